"""The cases of a rule: files, what is found in them, and what fixes make of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from hublint.engine import registry
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.fixing import fix, still_parses
from hublint.records import NamedTuple
from hublint.testing.answers import Table
from hublint.testing.listings import archive, expanded
from hublint.testing.made import made
from hublint.testing.pages import check_page

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from hublint.engine.reported import Reported
    from hublint.repository.repository import Repository
    from hublint_schemas import Kind

_KEYS = frozenset("kind files listing archives findings fixed unsafe-fixed repo_id also answers".split())


class Case(NamedTuple):
    """One case.

    Attributes:
        files: contents by path.
        listing: sizes by path of files that are there and not read; `{00..99}` in a path counts.
        archives: the names of what is in a `.zip` or `.tar`, by path.
        findings: what the rule says, each `path:line:column severity message`.
        fixed: the files that safe fixes change, as they are then.
        unsafe_fixed: the same with unsafe fixes too; `fixed` where it is None.
        also: the codes of other rules that run.
        answers: what is answered to rules that ask the network, see `Table`; None where nobody may be asked.
    """

    kind: Kind
    files: Mapping[str, str | bytes]
    findings: tuple[str, ...]
    listing: Mapping[str, int] = {}
    archives: Mapping[str, list[str]] = {}
    fixed: Mapping[str, str | bytes] = {}
    unsafe_fixed: Mapping[str, str | bytes] | None = None
    repo_id: str = ""
    also: tuple[str, ...] = ()
    answers: Mapping[str, Any] | None = None

    def repository(self, changed: Mapping[str, str | bytes] = {}) -> Repository:
        """The case as a repository in memory, with other contents for some files."""
        packed = {path: archive(path.rpartition(".")[2], names) for path, names in self.archives.items()}
        online = Table(self.answers) if self.answers is not None else None
        files = {**self.files, **packed, **changed}
        return made(self.kind, files, expanded(self.listing.items()), self.repo_id, online)


def load_cases(path: str | os.PathLike[str]) -> dict[str, Case]:
    """The cases in a YAML file, by name.

    Raises:
        AssertionError: a key of a case is not known.
        OSError: the file cannot be read.
        yaml.YAMLError: it is not YAML.
    """
    return {name: case_of(data) for name, data in (yaml.safe_load(Path(path).read_text("utf-8")) or {}).items()}


def case_of(data: Mapping[str, Any]) -> Case:
    """A case as its file has it.

    Raises:
        AssertionError: a key of it is not known.
    """
    unknown = set(data) - _KEYS
    assert not unknown, f"a case has no {', '.join(sorted(unknown))}"
    fields = {key.replace("-", "_"): value for key, value in data.items()}
    return Case(**{**fields, "findings": tuple(data["findings"]), "also": tuple(data.get("also", ()))})


def shown(finding: Reported) -> str:
    """A finding as cases write it."""
    place = finding.place
    return f"{place.path}:{place.line}:{place.column} {finding.severity} {finding.message}"


def found(code: str, case: Case, settings: Settings) -> list[Reported]:
    """What a rule finds in a case.

    Raises:
        AssertionError: it fails.
    """
    result = check(case.repository(), settings)
    assert not result.crashes, result.crashes
    return [finding for finding in result.findings if finding.code == code]


def check_case(code: str, case: Case, plugins: tuple[str, ...] = (), settings: Settings | None = None) -> None:
    """The rule says of a case what it is to say, in the form of hublint's messages.

    Args:
        plugins: the modules that hold the rule.
        settings: what else holds; the rule alone is selected where there are none.

    Raises:
        AssertionError: something differs.
    """
    findings = found(code, case, settings or _settings(code, case, plugins))
    _agree([shown(finding) for finding in findings], list(case.findings), code)
    for finding in findings:
        message = finding.message
        assert message[0] == message[0].lower() or not message[1:2].islower(), f"{message!r} starts in upper case"
        assert not message.endswith("."), f"{message!r} ends in a full stop"
        assert "\n" not in message, f"{message!r} has a line break"


def check_fixes(code: str, case: Case, plugins: tuple[str, ...] = (), settings: Settings | None = None) -> None:
    """Fixes make of a case what they are to make; what parsed still does, and a second run changes nothing.

    Raises:
        AssertionError: something differs.
    """
    settings = settings or _settings(code, case, plugins)
    unsafe_fixed = case.fixed if case.unsafe_fixed is None else case.unsafe_fixed
    for unsafe, wanted in ((False, case.fixed), (True, unsafe_fixed)):
        repository = case.repository()
        files = fix(repository, settings, unsafe).files
        _agree(sorted(files), sorted(wanted), "fixed files")
        for path in sorted(files):
            _agree(_lines(files[path]), _lines(wanted[path]), f"{path}, fixed")
        for path, data in files.items():
            source = repository.source(path)
            assert source is None or still_parses(source, data), f"{path} no longer parses"
        again = fix(case.repository(files), settings, unsafe).files
        assert not again, f"a second run changes {', '.join(again)}"


def check_rule(code: str, cases: str | os.PathLike[str], plugins: tuple[str, ...] = ()) -> None:
    """A rule has a page whose examples behave as they say, and cases, one of which fires and one of which is silent.

    Args:
        cases: the YAML file with its cases.
        plugins: the modules that hold the rule.

    Raises:
        AssertionError: something differs, or is missing.
    """
    every = load_cases(cases).values()
    assert any(case.findings for case in every), f"{cases} has no firing case"
    assert any(not case.findings for case in every), f"{cases} has no silent case"
    for case in every:
        check_case(code, case, plugins)
        check_fixes(code, case, plugins)
    settings = [(case, _settings(code, case, plugins)) for case in every]
    check_best_fix(
        code, {each.fix.safety for case, one in settings for each in found(code, case, one) if each.fix}, plugins
    )
    check_page(code, plugins)


def check_best_fix(code: str, safeties: set[str], plugins: tuple[str, ...] = ()) -> None:
    """A rule's `fix` is the best that its cases show.

    Raises:
        AssertionError: it is another.
    """
    best = "safe" if "safe" in safeties else "unsafe" if safeties else None
    declared = registry.load(registry.listed(plugins)[code]).rule.fix
    assert declared == best, f"{code} declares fix={declared!r}, and its cases show {best!r}"


def _settings(code: str, case: Case, plugins: tuple[str, ...]) -> Settings:
    return Settings.of(Config(select=(code, *case.also), plugins=plugins))


def _agree(found: list[str], wanted: list[str], what: str) -> None:
    """Two lists of lines are the same; the difference is said, whatever runs the test."""
    from difflib import ndiff

    assert found == wanted, "\n".join((f"{what}: `-` was wanted, `+` was found", *ndiff(wanted, found)))


def _lines(content: str | bytes) -> list[str]:
    text = content if isinstance(content, str) else content.decode("utf-8", "surrogateescape")
    return text.splitlines(keepends=True)
