"""Work on many items on the machines of a Ray cluster.

An item is worked on again where its machine is lost, so nothing is; what fails by itself is not repeated, and is for
`work` to answer. Source: docs.ray.io, "Task Fault Tolerance" (Ray 2.60).
"""

from __future__ import annotations

import os
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from hublint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
_AHEAD = 3  # so many items wait for each processor, so that none rests and memory stays flat


def run(
    work: Callable[[_Item], _Answer], items: Iterable[_Item], told: Callable[[str], object] | None = None
) -> Iterator[_Answer]:
    """What `work` makes of each item, in the order of the items.

    The cluster is that of RAY_ADDRESS, or one that runs on this machine, or else is started on it. hublint has to be
    installed on each of its machines, in the same version.

    Args:
        work: a function of a module, which the machines find by its name; items and answers are pickled.
        told: is given the id of the machine that worked on an item, each time before its answer is given.

    Raises:
        UsageError: Ray is not installed, the cluster cannot be reached, or an item cannot be worked on anywhere.
    """
    ray = _connected()
    ahead = _AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
    task = ray.remote(num_cpus=1, max_retries=-1)(_placed)
    coming = iter(items)
    pending = deque(task.remote(work, item) for item in islice(coming, ahead))
    try:
        while pending:
            machine, answer = ray.get(pending.popleft())
            pending.extend(task.remote(work, item) for item in islice(coming, 1))
            if told is not None:
                told(machine)
            yield answer
    except ray.exceptions.RayError as error:
        raise UsageError(f"Ray cannot go on: {str(error).strip().splitlines()[-1]}") from None
    finally:
        for left in pending:
            ray.cancel(left, force=False)


def _placed(work: Callable[[_Item], _Answer], item: _Item) -> tuple[str, _Answer]:
    """Where this is done, and what comes of it; it runs on a machine of the cluster."""
    import ray

    return str(ray.get_runtime_context().get_node_id()), work(item)


def _connected() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError:
        raise UsageError("`--engine ray` needs Ray: pip install 'hublint[ray]'") from None
    if not ray.is_initialized():
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        try:
            try:
                ray.init(address="auto", **quiet)
            except ConnectionError:
                if os.environ.get("RAY_ADDRESS"):
                    raise
                ray.init(address="local", include_dashboard=False, **quiet)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise UsageError(f"the Ray cluster cannot be reached: {error}") from None
    return ray
