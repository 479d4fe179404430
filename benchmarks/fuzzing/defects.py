"""Defects that hublint once had, to see that the inputs find them."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from fuzzing.judging import Failure
from hublint.documents.edits import Edit, Fix
from hublint.documents.source import Span
from hublint.engine import covering, fixing, path_patterns, registry
from hublint.engine.project import Project
from hublint.reporters import door
from hublint_rules import _adding_line
from hublint_rules.hublint import _comment


class Defect(NamedTuple):
    """What stood in the place of functions and numbers: each with its owner, its name and how it was.

    It shows as a failure of that `kind` which begins with these words.
    """

    kind: str
    words: str | tuple[str, ...]
    replaced: tuple[tuple[Any, str, Any], ...]

    def shows_in(self, failure: Failure) -> bool:
        """Whether a failure is this defect's."""
        return failure.kind == self.kind and failure.what.startswith(self.words)


def _line_as_in_the_file(repository: Any, path: str, line: str, title: str, safety: Any = "safe") -> Fix:
    """A line for git with the file's own line break, be it one that git does not know, whether it is there or not."""
    source = repository.source(path)
    text, newline = (source.text, source.newline) if source is not None else ("", "\n")
    before = newline if text and text[-1] not in "\r\n" else ""
    return Fix(title, (Edit(path, Span(len(text), len(text)), f"{before}{line}{newline}"),), safety)


_fix = Project.fix


def _without_a_file(self: Project, *arguments: Any) -> Any:
    """Fixes that are told, of which one file is not written."""
    fixed = _fix(self, *arguments)
    return fixed._replace(files=dict(sorted(fixed.files.items())[1:]))


def _backtracking(pattern: str, path: str) -> bool:
    """Patterns of paths as regular expressions."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.strip("/"))
    forms = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.fullmatch("".join(forms.get(part) or re.escape(part) for part in parts), path) is not None


_whole_frame = covering._frame


def _bare_frame(finding: Any, mask: Any) -> Any:
    """A line of a file as it stands there, in the reporters that show lines."""
    return _whole_frame(finding, lambda text: text)


def _overlap(edit: Edit, other: Edit) -> bool:
    """Removals of neighbouring lines go one after the other."""
    return edit.span.start <= other.span.end and other.span.start <= edit.span.end


DEFECTS = {
    "empty-block": Defect(
        "violation",
        ("parses", "block"),
        ((_comment, "_is_in_empty_block", lambda *_: False), (fixing, "_is_still_card", lambda *_: True)),
    ),
    "line-for-git": Defect("violation", "unsettled", ((_adding_line, "adding_line", _line_as_in_the_file),)),
    "ten-passes": Defect("violation", "unsettled", ((fixing, "_overlap", _overlap), (fixing, "MAX_PASSES", 10))),
    "not-written": Defect("violation", "reported", ((Project, "fix", _without_a_file),)),
    "stars": Defect("hang", "", ((path_patterns, "matches", _backtracking),)),
    "bare-frame": Defect("leak", "", ((covering, "_frame", _bare_frame), (door, "passed", lambda text, *_: text))),
}


@contextlib.contextmanager
def put_back(name: str) -> Iterator[Defect]:
    """Have a defect wherever its functions are used."""
    for rule in registry.listed().values():
        registry.load(rule)
    defect = DEFECTS[name]
    with contextlib.ExitStack() as stack:
        for owner, attribute, worse in defect.replaced:
            stack.enter_context(_replaced(owner, attribute, worse))
        yield defect


@contextlib.contextmanager
def _replaced(owner: Any, name: str, worse: Any) -> Iterator[None]:
    whole = getattr(owner, name)
    modules = [each for each in (*sys.modules.values(), owner) if hasattr(each, "__dict__")]
    owners = [each for each in modules if vars(each).get(name) is whole]
    for each in owners:
        setattr(each, name, worse)
    try:
        yield
    finally:
        for each in owners:
            setattr(each, name, whole)
