"""Several repositories on the Hub at the same time: what takes long is waiting for it, and its limits are shared."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TYPE_CHECKING

from hublint.audit.hub.client import hub
from hublint.audit.judging import judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.audit.hub.units import HubUnit
    from hublint.audit.records import Record

_WINDOWS = 5  # minutes
# Requests for files, by kind: what the rules ask for in 205 Spaces (28 on average); the usual text files, and heads of
# the weights, of a model, and of the tables of a dataset.
_FILES = {"space": 28, "model": 8, "dataset": 5}
# Source: https://huggingface.co/docs/hub/rate-limits (2026-08-22): requests of the API, and for files, in five minutes.
_PLANS = {"without a token": (500, 3_000), "with a free account": (1_000, 5_000), "with PRO": (2_500, 12_000)}


def judged(units: Sequence[HubUnit], jobs: int) -> Iterator[Record]:
    """A line for each repository, as they finish; where nobody asks for more, what is under way is given up."""
    asked = hub()
    pending: set[Future[Record]] = set()
    coming = iter(units)
    with ThreadPoolExecutor(max(jobs, 1)) as pool:
        try:
            while True:
                pending |= {pool.submit(judge, unit) for unit in islice(coming, max(2 * jobs, 1) - len(pending))}
                if not pending:
                    return
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in finished)
        except BaseException:
            asked.stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def cost(units: Sequence[HubUnit]) -> str:
    """What a run will ask the Hub for, and how long its limits make that."""
    files = sum(_FILES[each.kind] for each in units)
    number = f"{len(units):,} {'repository' if len(units) == 1 else 'repositories'} on the Hub"
    asked = f"{number}: {len(units):,} API and about {files:,} file requests"
    times = {_time(len(units), files, *limits): plan for plan, limits in _PLANS.items()}
    if len(times) == 1:
        return f"{asked}, {next(iter(times))}"
    return f"{asked}: {', '.join(f'{time} {plan}' for time, plan in times.items())}"


def _time(requests: int, files: int, most_requests: int, most_files: int) -> str:
    windows = max(requests / most_requests, files / most_files)
    minutes = windows * _WINDOWS
    if windows <= 1:
        return f"within {_WINDOWS} minutes"
    return f"about {minutes:.0f} minutes" if minutes < 90 else f"about {minutes / 60:.0f} hours"
