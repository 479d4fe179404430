"""Check many repositories with several processes, each in one go."""

from __future__ import annotations

from hublint.cli.progress import progress
from hublint.engine.many import WholeNeeded, many
from hublint.engine.workers import cores

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.cli.outputs import Stream
    from hublint.engine.cache import Cache
    from hublint.engine.discovery import Found, Options
    from hublint.engine.outcome import Outcome


def shared(
    paths: tuple[str, ...], options: Options, jobs: int, cache: Cache | None, stream: Stream
) -> tuple[Found, list[Outcome]] | None:
    """What is to be said of a run and what was found in its repositories; None where they are not many, or can only
    be judged as a whole.

    Args:
        jobs: how many processes share the work, 0 for one a processor.
        stream: is told of each repository as soon as it is judged.
    """
    run = many(paths, options, jobs or cores(), cache)
    if run is None:
        return None
    outcomes: list[Outcome] = []
    try:
        for outcome in progress(run.judged(), run.total):
            outcomes.append(outcome)
            stream.tell(outcome.checked)
    except WholeNeeded:
        return None
    return run.found(), outcomes
