"""Listings of files that are known by path and size only, written short: `train/{000..999}.jpg 2000` is a thousand.

Also archives, written as the names of what is in them.
"""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RANGE = re.compile(r"\{(\d+)\.\.(\d+)\}")


def expanded(listing: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Path to size, for each path that a pattern stands for."""
    return {path: size for pattern, size in listing for path in _paths(pattern)}


def read(block: str) -> dict[str, int]:
    """The listing that a fenced block holds: on each line a path or pattern, a blank, the size in bytes."""
    lines = [line.rpartition(" ") for line in block.splitlines()]
    return expanded((pattern, int(size)) for pattern, _, size in lines)


def archive(kind: str, names: Iterable[str]) -> bytes:
    """A tar or zip archive of small files of those names, in that order."""
    buffer = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(buffer, "w") as packed:
            for name in names:
                packed.writestr(zipfile.ZipInfo(name), "x")
        return buffer.getvalue()
    with tarfile.open(fileobj=buffer, mode="w") as file:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 1
            file.addfile(member, io.BytesIO(b"x"))
    return buffer.getvalue()


def _paths(pattern: str) -> Iterator[str]:
    """As bash expands it: `{00..10}` counts up, with as many digits as the bounds have where they begin with 0."""
    bounds = _RANGE.search(pattern)
    if bounds is None:
        yield pattern
        return
    first, last = bounds.groups()
    width = max(len(first), len(last)) if first.startswith("0") and len(first) > 1 else 0
    for number in range(int(first), int(last) + 1):
        yield from _paths(f"{pattern[: bounds.start()]}{number:0{width}d}{pattern[bounds.end() :]}")
