"""Regular expressions that are compiled at their first use: most texts need none of them."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def lazy(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A function that gives the compiled pattern, the same at every call."""
    return cache(partial(re.compile, pattern, flags))
