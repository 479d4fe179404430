"""What leaves the engine: findings with their credentials covered, free of the repository they were found in."""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from hublint.documents.edits import Safety
    from hublint.rule import Severity


class Place(NamedTuple):
    """A range in a file of the repository: lines and columns from 1, in code points; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Frame(NamedTuple):
    """The line that a finding stands in, or the part of a long line that is around it.

    `start` and `end` are offsets in `text`; `cut` tells whether the line goes on to the left and to the right.
    """

    text: str
    start: int
    end: int
    cut: tuple[bool, bool] = (False, False)


class ReportedEdit(NamedTuple):
    """Replace what stands at `place` by `text`; a file that does not exist is created."""

    place: Place
    text: str


class ReportedFix(NamedTuple):
    """Edits that belong together; none are told where one of them would show a credential."""

    safety: Safety
    title: str
    edits: tuple[ReportedEdit, ...] = ()
    encoding: str = ""


class Located(NamedTuple):
    """Where a finding stands as other programs count, for the formats that ask for it.

    The columns, and those of `suggestion`, count UTF-8 bytes. `suggestion` is the whole fix as one edit.
    `line_hash` is what code scanning knows the line by; empty where a credential is in it.
    """

    column: int
    end_column: int
    line_hash: str = ""
    suggestion: ReportedEdit | None = None


class Reported(NamedTuple):
    """One finding, ready for any output.

    `fingerprint` stays the same while lines are put in or taken out elsewhere and while messages become better; it
    tells apart findings of one repository. `content` is what is left of it without path and counter.
    `url` is the rule's page, empty where a plugin names none.
    `silenced` is empty for what is shown, else by what it is hidden: `comment`, `config` or `baseline`.
    """

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    route: str = ""
    label: str = ""
    help: str = ""
    hub_message: str = ""
    frame: Frame | None = None
    fix: ReportedFix | None = None
    fingerprint: str = ""
    content: str = ""
    silenced: str = ""
    located: Located | None = None
    url: str = ""


class Applied(NamedTuple):
    """A fix that was applied, and the files that it edited; `later`: for what shows only once others are in."""

    code: str
    name: str
    paths: tuple[str, ...]
    later: bool = False


class Crash(NamedTuple):
    """A rule that failed on a repository: a defect of hublint, which hides no other finding."""

    code: str
    error: str


def reported(row: list[Any]) -> Reported:
    """A finding from what JSON makes of it."""
    found = Reported(*row)
    located = Located(*found.located) if found.located else None
    if located and located.suggestion:
        located = located._replace(suggestion=_edit(located.suggestion))
    frame = Frame(*found.frame) if found.frame else None
    if frame:
        left, right = frame.cut
        frame = frame._replace(cut=(left, right))
    return found._replace(
        place=Place(*found.place),
        frame=frame,
        fix=_fix(*found.fix) if found.fix else None,
        located=located,
    )


def _fix(safety: Any, title: str, edits: Iterable[Any], encoding: str) -> ReportedFix:
    return ReportedFix(safety, title, tuple(map(_edit, edits)), encoding)


def _edit(row: Iterable[Any]) -> ReportedEdit:
    place, text = row
    return ReportedEdit(Place(*place), text)
