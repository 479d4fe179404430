"""Path patterns of the configuration: `*` within a folder, `**` across folders, a bare name at any depth."""

from __future__ import annotations

import re
from functools import cache


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    pattern = pattern.removeprefix("./").rstrip("/") or "."
    anchored = "/" in pattern
    parts = []
    index = 0
    while index < len(pattern):
        if pattern.startswith("**/", index):
            parts.append("(?:.*/)?")
            index += 3
        elif pattern.startswith("**", index):
            parts.append(".*")
            index += 2
        elif pattern[index] == "*":
            parts.append("[^/]*")
            index += 1
        elif pattern[index] == "?":
            parts.append("[^/]")
            index += 1
        else:
            parts.append(re.escape(pattern[index]))
            index += 1
    prefix = "" if anchored else "(?:.*/)?"
    return re.compile(f"{prefix}{''.join(parts)}(?:/.*)?", re.DOTALL)


def matches(pattern: str, path: str) -> bool:
    """Whether a path, or a folder it is in, fits the pattern; both relative to one folder, with forward slashes."""
    return _compiled(pattern.lstrip("/")).fullmatch(path) is not None
