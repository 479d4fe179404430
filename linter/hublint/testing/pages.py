"""The page of a rule, its module's docstring: its headings, and examples that behave as they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from hublint.engine import registry
from hublint.engine.catalogue import summary_of
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.records import NamedTuple
from hublint.testing.answers import Table
from hublint.testing.listings import archive, read
from hublint.testing.made import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.repository.repository import Repository
    from hublint_schemas import Kind

    _Holding = Callable[[Repository], Settings]

_ID = "example/demo"

HEADINGS = ("What it does", "Why it matters on the Hub", "Example", "Use instead", "Fix safety", "Evidence")


class Example(NamedTuple):
    """What the blocks of a section stand for.

    Attributes:
        listing: the sizes of files that are known by size only.
        answers: what is answered to rules that ask the network.
    """

    files: dict[str, str | bytes]
    listing: dict[str, int]
    answers: dict[str, Any]

    def repository(self, kind: Kind) -> Repository:
        """The example as a repository in memory."""
        return made(kind, self.files, self.listing, _ID, Table(self.answers) if self.answers else None)


def check_page(code: str, plugins: tuple[str, ...] = ()) -> None:
    """A rule's page has its headings in their order, `Example` fires and `Use instead` does not.

    Args:
        plugins: the modules that hold the rule.

    Raises:
        AssertionError: something differs.
    """
    rule, _, docs = registry.load(registry.listed(plugins)[code])
    check_headings(docs, has_fix=rule.fix is not None)
    check_examples(code, docs, rule.kinds[0], plugins)


def check_headings(docs: str, has_fix: bool) -> None:
    """The headings of a page; `Fix safety` where the rule has a fix.

    Raises:
        AssertionError: they are others, or the first paragraph is not one sentence.
    """
    wanted = [heading for heading in HEADINGS if heading != "Fix safety" or has_fix]
    assert list(sections_of(docs)) == wanted, f"the headings are {', '.join(wanted)}"
    assert re.fullmatch(r".+\.", summary_of(docs)), "the first paragraph is one sentence"


def check_examples(
    code: str, docs: str, kind: Kind, plugins: tuple[str, ...] = (), settings: _Holding | None = None
) -> None:
    """The example of a page fires, and its advice is silent.

    Args:
        settings: from a repository to what holds in it; the rule alone is selected where there is none.

    Raises:
        AssertionError: it is not so, or a section has no example.
    """
    sections = sections_of(docs)
    bad, good = example_of(sections["Example"]), example_of(sections["Use instead"])
    assert any(bad[:2]) and any(good[:2]), "both sections have a block"
    holding = settings or (lambda repository: Settings.of(Config(select=(code,), plugins=plugins)))
    assert _fires(code, bad.repository(kind), holding), "the example does not fire"
    assert not _fires(code, good.repository(kind), holding), "the advice fires"


def sections_of(docs: str) -> dict[str, str]:
    """A page's sections by heading; a heading within a fenced block is part of an example."""
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


def example_of(section: str) -> Example:
    """What the fenced blocks of a section stand for: metadata (`yaml`), a `listing`, what the network answers
    (`answers`, see `hublint.testing.answers`), or a file behind the language.

    Raises:
        AssertionError: a block is none of these.
    """
    found = Example({}, {}, {})
    for _, info, text in re.findall(r"^(`{3,})(.*)\n([\s\S]*?)^\1$", section, re.MULTILINE):
        language, _, path = info.partition(" ")
        if path:
            found.files[path] = archive(language, text.split()) if language in ("tar", "zip") else text
        elif language == "yaml":
            found.files["README.md"] = f"---\n{text}---\n# Title\n\nText.\n"
        elif language == "listing":
            found.listing.update(read(text))
        elif language == "answers":
            found.answers.update(yaml.safe_load(text))
        else:
            raise AssertionError(f"a block needs `yaml`, `listing`, `answers` or a file name, not {info!r}")
    return found


def _fires(code: str, repository: Repository, settings: _Holding) -> bool:
    result = check(repository, settings(repository))
    assert not result.crashes, result.crashes
    return any(finding.code == code for finding in result.findings)
