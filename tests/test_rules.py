"""Every rule: its metadata, its documentation, the examples in it, and its cases in fixtures/rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from hublint.engine import registry
from hublint.engine.catalogue import summary_of
from hublint.engine.fixing import still_parses
from hublint.rule import SEVERITIES
from listings import archive, expanded, read
from repositories import findings, fixed, make, shown
from tokens import with_tokens

if TYPE_CHECKING:
    from hublint.repository.repository import Repository

CASES = Path(__file__).resolve().parent.parent / "fixtures" / "rules"
RULES = {code: registry.load(listed) for code, listed in registry.listed().items()}
HEADINGS = ["What it does", "Why it matters on the Hub", "Example", "Use instead", "Fix safety", "Evidence"]


def cases(code: str) -> dict[str, dict[str, Any]]:
    path = CASES / f"{code}.yml"
    return with_tokens(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else {}


ALL_CASES = [pytest.param(code, case, id=f"{code}-{name}") for code in RULES for name, case in cases(code).items()]


@pytest.mark.parametrize("code", RULES)
def test_documentation_has_its_headings_in_order(code: str) -> None:
    rule, docs = RULES[code].rule, RULES[code].docs
    wanted = [heading for heading in HEADINGS if heading != "Fix safety" or rule.fix]
    assert list(sections_of(docs)) == wanted
    assert re.fullmatch(r".+\.", summary_of(docs)), "the first paragraph is one sentence"
    evidence = docs.partition("## Evidence")[2]
    assert re.search(r"https?://|Advice|facts|PyPI|npm|RFC|Docker|PEP|POSIX|tests?\b", evidence), (
        "evidence names a source"
    )


@pytest.mark.parametrize("code", RULES)
def test_module_declares_nothing_else(code: str) -> None:
    listed = registry.listed()[code]
    module = __import__(listed.module, fromlist=["RULE"])
    own = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == listed.module
    }
    assert own <= {"check"}
    assert RULES[code].rule.severity in SEVERITIES


@pytest.mark.parametrize("code", RULES)
def test_has_a_firing_and_a_silent_case(code: str) -> None:
    every = cases(code).values()
    assert any(case["findings"] for case in every), f"fixtures/rules/{code}.yml has no firing case"
    assert any(not case["findings"] for case in every), f"fixtures/rules/{code}.yml has no silent case"
    fixes = {fix.safety for case in every for finding in run(code, case) if (fix := finding.fix)}
    assert RULES[code].rule.fix == ("safe" if "safe" in fixes else "unsafe" if fixes else None), (
        "`fix` is the best it offers"
    )
    if fixes:
        assert any("fixed" in case or "unsafe-fixed" in case for case in every)


def test_no_cases_without_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} <= set(RULES)


def run(code: str, case: dict[str, Any]) -> list[Any]:
    return findings(repository_of(case, case["files"]), *selected(code, case))


def repository_of(case: dict[str, Any], files: dict[str, Any]) -> Repository:
    packed = {path: archive(path.rpartition(".")[2], names) for path, names in case.get("archives", {}).items()}
    return make(case["kind"], {**files, **packed}, expanded(case.get("listing", {}).items()), case.get("repo_id", ""))


def selected(code: str, case: dict[str, Any]) -> list[str]:
    return [code, *case.get("also", ())]


@pytest.mark.parametrize(("code", "case"), ALL_CASES)
def test_case(code: str, case: dict[str, Any]) -> None:
    assert set(case) <= {"kind", "files", "listing", "findings", "fixed", "unsafe-fixed", "repo_id", "also", "archives"}
    found = [finding for finding in run(code, case) if finding.code == code]
    assert [shown(finding) for finding in found] == case["findings"]
    for finding in found:
        message = finding.message
        assert message[0] == message[0].lower() or not message[1:2].islower(), "messages start in lower case"
        assert not message.endswith("."), "messages have no full stop"
        assert "\n" not in message


@pytest.mark.parametrize(("code", "case"), ALL_CASES)
def test_fixes(code: str, case: dict[str, Any]) -> None:
    for key, unsafe in (("fixed", False), ("unsafe-fixed", True)):
        repository = repository_of(case, case["files"])
        after = fixed(repository, *selected(code, case), unsafe=unsafe)
        wanted = case.get(key, case.get("fixed", {}) if unsafe else {})
        assert {path: data.decode("utf-8", "surrogateescape") for path, data in after.files.items()} == {
            path: text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")
            for path, text in wanted.items()
        }, key
        for path, data in after.files.items():
            source = repository.source(path)
            assert source is None or still_parses(source, data)
        again = {**case["files"], **after.files}
        repository = repository_of(case, again)
        assert fixed(repository, *selected(code, case), unsafe=unsafe).files == {}, "a second run changes nothing"


def sections_of(docs: str) -> dict[str, str]:
    """The documentation's sections by heading; a heading within a fenced block is part of an example."""
    sections: dict[str, str] = {}
    heading = fence = ""
    for line in docs.splitlines(keepends=True):
        marks = re.match(r"`{3,}", line)
        if marks and not fence:
            fence = marks[0]
        elif marks and line.rstrip() == fence:
            fence = ""
        if line.startswith("## ") and not fence:
            heading = line[3:].strip()
            sections[heading] = ""
        elif heading:
            sections[heading] += line
    return sections


def example_files(block: str) -> tuple[dict[str, str | bytes], dict[str, int]]:
    """The files that a documentation section's fenced blocks stand for, and those known by size only."""
    files: dict[str, str | bytes] = {}
    listing: dict[str, int] = {}
    for _, info, text in re.findall(r"^(`{3,})(.*)\n([\s\S]*?)^\1$", block, re.MULTILINE):
        language, _, path = info.partition(" ")
        if path:
            files[path] = archive(language, text.split()) if language in ("tar", "zip") else text
        elif language == "yaml":
            files["README.md"] = f"---\n{text}---\n# Title\n\nText.\n"
        elif language == "listing":
            listing.update(read(text))
        else:
            raise AssertionError(f"a block needs `yaml`, `listing` or a file name, not {info!r}")
    return files, listing


@pytest.mark.parametrize("code", RULES)
def test_documentation_examples_behave_as_they_say(code: str) -> None:
    rule, docs = RULES[code].rule, with_tokens(RULES[code].docs)
    sections = sections_of(docs)
    bad, good = example_files(sections["Example"]), example_files(sections["Use instead"])
    assert any(bad) and any(good)

    def fires(files: dict[str, str | bytes], listing: dict[str, int]) -> bool:
        found = findings(make(rule.kinds[0], files, listing, "example/demo"), code)
        return any(finding.code == code for finding in found)

    assert fires(*bad), "the example fires"
    assert not fires(*good), "the advice is silent"
