"""From what fixing made of a repository to its files on disk."""

from __future__ import annotations

from hublint.engine.writing import WriteError, write
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.findings import Result
    from hublint.engine.fixing import Fixed
    from hublint.engine.project import Project
    from hublint.engine.reported import Applied

UNSETTLED = "its fixes undo each other or come to no end, so none was applied; please report this"


class Kept(NamedTuple):
    """What is left in what was written, the fixes that are in it, and why not all are; empty where all went well."""

    result: Result
    fixes: tuple[Applied, ...]
    problem: str = ""


def keep(project: Project, fixed: Fixed, written: list[str]) -> Kept:
    """Write the fixed files, one after the other; those before a problem stay.

    Args:
        written: gets the path of every file as it is written.
    """
    try:
        write(project.folder, project.repository, fixed.files, written)
    except WriteError as error:
        whole = tuple(fix for fix in fixed.fixes if set(fix.paths) <= set(written))
        left = project.changed({path: fixed.files[path] for path in written}).check()
        return Kept(left, whole, f"{error} ({count_of(written, fixed)})")
    return Kept(fixed.result, fixed.fixes, "" if fixed.settled else UNSETTLED)


def count_of(written: list[str], fixed: Fixed) -> str:
    """How many of the fixed files are written, in words."""
    number = len(fixed.files)
    return f"{len(written)} of {number} {'file' if number == 1 else 'files'} written"
