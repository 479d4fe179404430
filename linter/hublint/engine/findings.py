"""What one check found."""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from hublint.engine.reported import Crash, Reported


class Result(NamedTuple):
    """What one check found.

    Attributes:
        findings: sorted by path and place.
        silenced: what comments and configuration hide, in the same order.
        crashes: the rules that failed.
        read: the paths of the files whose bytes were read, sorted.
    """

    findings: tuple[Reported, ...] = ()
    silenced: tuple[Reported, ...] = ()
    crashes: tuple[Crash, ...] = ()
    read: tuple[str, ...] = ()


def only(result: Result, paths: Collection[str]) -> Result:
    """The findings of some files alone."""

    def of(findings: Iterable[Reported]) -> Iterator[Reported]:
        return (finding for finding in findings if finding.place.path in paths)

    return result._replace(findings=tuple(of(result.findings)), silenced=tuple(of(result.silenced)))
