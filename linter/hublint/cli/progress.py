"""How far a long run has come: one line on a terminal, gone when it is done."""

from __future__ import annotations

import os
import sys
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO, TypeVar

    _Item = TypeVar("_Item")

_FEW = 20  # repositories are done before anybody asks how far it is
_PATIENCE = 1.0  # seconds before the first line
_PAUSE = 0.2  # seconds between lines
_ERASE = "\r\033[K"


def progress(
    items: Iterable[_Item], total: int | None, stream: TextIO | None = None, clock: Callable[[], float] = monotonic
) -> Iterator[_Item]:
    """The repositories one by one; meanwhile standard error tells how many are done, if it is a terminal.

    Args:
        total: how many there are about; None where nobody knows.
    """
    stream = stream or sys.stderr
    if (total is not None and total <= _FEW) or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield from items
        return
    start = clock()
    due = start + _PATIENCE
    drawn = False
    try:
        for done, item in enumerate(items):
            now = clock()
            if now >= due and done:
                stream.write(_ERASE + _line(done, total, now - start))
                stream.flush()
                drawn, due = True, now + _PAUSE
            yield item
    finally:
        if drawn:
            stream.write(_ERASE)
            stream.flush()


def _line(done: int, total: int | None, seconds: float) -> str:
    rate = done / seconds
    if total is None:
        return f"{done} repositories, {rate:.0f} a second"
    left = max(total - done, 0) / rate
    rest = f"{left / 60:.0f} min left" if left >= 90 else f"{left:.0f} s left"
    return f"{done} of {total} repositories, {rate:.0f} a second, {rest}"
