"""What a run says of itself beside its report, on standard error, and its exit code."""

from __future__ import annotations

from hublint.engine.report import fails
from hublint.reporters.door import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hublint.engine.discovery import Found
    from hublint.engine.outcome import Outcome
    from hublint.engine.project import Unread
    from hublint.engine.report import Report

_SHOWN = 10  # so many files that cannot be read, or are in no repository, are named


def explain(found: Found, shown: bool, allow_empty: bool) -> None:
    """Say what cannot be looked at, what is left out, and, unless the report has `shown` it, why a named path is."""
    from hublint.engine.unchecked import left_out

    for sentence in (*found.problems, *found.notes):
        complain(sentence)
    if found.left:
        complain(left_out(found.left))
    for each in found.ordinary:
        if each.fails and not shown and not allow_empty:
            complain(each.sentence)


def sentences(found: Found) -> list[str]:
    """Why named paths are not checked; of many that nobody would check, how many there are."""
    failing = [each.sentence for each in found.ordinary if each.fails]
    others = [each.sentence for each in found.ordinary if not each.fails]
    more = len(others) - _SHOWN
    counted = [f"{more} more of the named paths are in no Hub repository"] if more > 0 else []
    return [*failing, *others[:_SHOWN], *counted]


def exit_code(outcomes: Sequence[Outcome], found: Found, allow_empty: bool) -> int:
    """The exit code of a run in which nothing failed."""
    if (not outcomes or any(each.fails for each in found.ordinary)) and not allow_empty:
        what = "not all that was named was checked" if outcomes else "nothing was checked"
        complain(f"{what} (--allow-empty makes that no failure)")
        return 2
    return int(any(fails(outcome.checked.result, outcome.fail_on) for outcome in outcomes))


def crashed(report: Report) -> bool:
    """Say which rules failed; whether any did."""
    from hublint import __version__

    for checked in report.checked:
        for crash in checked.result.crashes:
            complain(
                f"rule {crash.code} failed on {checked.prefix or './'} ({crash.error}); "
                f"please report this (hublint {__version__}), all other rules have run"
            )
    return any(checked.result.crashes for checked in report.checked)


def unread_of(repositories: Iterable[tuple[str, Sequence[Unread]]]) -> tuple[int, bool]:
    """Say which files of repositories could not be read: how many, and whether one is not judged without them.

    Args:
        repositories: of each what leads to it, and the files.
    """
    count, decisive = 0, False
    for prefix, found in repositories:
        for path, reason, _ in found[:_SHOWN]:
            complain(f"{prefix}{path} cannot be read: {reason}")
        if len(found) > _SHOWN:
            complain(f"{prefix or './'}: {len(found) - _SHOWN} more files cannot be read")
        count += len(found)
        decisive |= any(each.decisive for each in found)
    return count, decisive
