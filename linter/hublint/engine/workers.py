"""Work on many items in several processes; with one it is a plain loop."""

from __future__ import annotations

import gc
import os
import signal
import sys
from itertools import islice

from hublint.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.context import BaseContext
    from typing import TypeVar

    _Item = TypeVar("_Item")
    _Answer = TypeVar("_Answer")

_AHEAD = 3  # so many items wait for each process, so that none rests and memory stays flat
_PILED = 5_000  # objects that are young when they are collected; fewer are not worth it


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(work: Callable[[_Item], _Answer], items: Iterable[_Item], jobs: int) -> Iterator[_Answer]:
    """What `work` makes of each item, in the order of the items.

    Args:
        work: a function of a module, which other processes find by its name; items and answers are pickled.
        items: taken one after the other, a few ahead of the answers.
        jobs: the number of processes beside this one; with 1 there is none, and nothing is pickled.

    Raises:
        UsageError: a process was killed, as by a machine that has no memory left.
    """
    if jobs <= 1:
        yield from (_done(work, item) for item in items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    coming = iter(items)
    executor = ProcessPoolExecutor(jobs, _context(), _begin, gc.get_threshold())
    try:
        pending = [executor.submit(_done, work, item) for item in islice(coming, jobs * _AHEAD)]
        while pending:
            yield pending.pop(0).result()
            pending += [executor.submit(_done, work, item) for item in islice(coming, 1)]
    except BrokenProcessPool:
        raise UsageError("a worker process was killed, perhaps for want of memory; try `--jobs 1`") from None
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _done(work: Callable[[_Item], _Answer], item: _Item) -> _Answer:
    """The answer to an item. A repository and what is known of it name each other, so they are collected here, and not
    before many are there; what is left then stays as long as the process, and no collection looks at it again."""
    answer = work(item)
    young, older, _ = gc.get_count()
    if young > _PILED or older:
        gc.collect()
        gc.freeze()
    return answer


def _begin(*threshold: int) -> None:
    """Ctrl-C is for the process that started the others, which then ends them; where it was killed, they end too."""
    gc.set_threshold(*threshold)
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    first = parent_process()
    if first is not None:
        wait([first.sentinel])
        os._exit(1)


def _context() -> BaseContext:
    """Where it is safe, processes that have everything imported already."""
    from multiprocessing import get_context

    return get_context("fork" if sys.platform == "linux" else "spawn")
