"""What `hublint audit --apply` tells of the fixes that were written into folders."""

from __future__ import annotations

from hublint.audit.changed import Changed
from hublint.reporters.door import complain
from hublint.reporters.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.audit.records import Record

_SHOWN = 10  # so many repositories whose fixes were not all written are named


class Applying:
    """Counts what was written.

    Attributes:
        undone: of how many repositories not all that was to be written was.
    """

    def __init__(self) -> None:
        self.undone = 0
        self._changed = Changed()

    def resume(self, opened: int) -> None:
        """Go on with a run; what it wrote is not counted again."""

    def of(self, record: Record) -> Record:
        """Count what became of a repository, and say what was not written."""
        self._changed.add(record)
        if record.undone:
            self.undone += 1
            if self.undone <= _SHOWN:
                complain(f"{record.id}: {record.undone}")
        return record

    def lines(self) -> Iterator[str]:
        """What is said at the end."""
        yield self._changed.applied
        if self.undone > _SHOWN:
            yield f"{counted(self.undone - _SHOWN, 'more repository')} could not be fixed as a whole"
