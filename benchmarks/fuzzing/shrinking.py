"""A smaller input with the same failure."""

from __future__ import annotations

import time
from collections.abc import Iterator

from fuzzing.changing import Input
from fuzzing.judging import Failure, judge

_PATIENCE = 15.0  # seconds


def shrunk(given: Input, failure: Failure) -> Input:
    """An input without the files and lines that the failure does not need; the time for it is bounded."""
    if failure.kind == "hang":
        return given
    end = time.monotonic() + _PATIENCE
    progress = True
    while progress and time.monotonic() < end:
        progress = False
        for smaller in _smaller(given):
            if time.monotonic() > end:
                break
            if any(each.signature == failure.signature for each in judge(smaller)):
                given, progress = smaller, True
                break
    return given


def _smaller(given: Input) -> Iterator[Input]:
    if given.listing:
        yield given._replace(listing={})
    for path in given.files:
        yield given._replace(files={key: data for key, data in given.files.items() if key != path})
    for path, data in given.files.items():
        lines = data.splitlines(keepends=True)
        size = len(lines) // 2
        while size:
            for start in range(0, len(lines), size):
                yield given._replace(files={**given.files, path: b"".join(lines[:start] + lines[start + size :])})
            size //= 2
