"""What a run changed: the fixes that it wrote into folders, and the pull requests that it opened on the Hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.reporters.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.audit.records import Record


class Changed:
    """Counts what was changed as records go by."""

    def __init__(self) -> None:
        self._fixes = self._files = self._repositories = self._opened = 0

    def add(self, record: Record) -> None:
        """Count what became of a repository."""
        self._fixes += len(record.applied)
        self._files += len({path for fix in record.applied for path in fix["paths"]})
        self._repositories += bool(record.applied)
        self._opened += bool(record.proposed)

    @property
    def applied(self) -> str:
        """How many fixes were written, and where."""
        where = f"{counted(self._files, 'file')} of {counted(self._repositories, 'repository')}"
        return f"{counted(self._fixes, 'fix')} applied" + (f" in {where}" if self._fixes else "")

    def lines(self) -> Iterator[str]:
        """What there is to say of a run, if anything."""
        if self._fixes:
            yield self.applied
        if self._opened:
            yield f"{counted(self._opened, 'pull request')} opened"
