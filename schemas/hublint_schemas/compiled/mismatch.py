"""What the compiled checks share: their exception, and patterns that are compiled when first needed."""

from __future__ import annotations

import re

_patterns: dict[str, re.Pattern[str]] = {}


class Mismatch(Exception):
    """Data do not fit their schema."""


def matches(pattern: str, text: str) -> bool:
    """Whether a JSON Schema `pattern` is found in `text`; `$` is the very end, as in ECMAScript."""
    if pattern not in _patterns:
        _patterns[pattern] = re.compile(pattern.replace("$", r"\Z"))
    return _patterns[pattern].search(text) is not None
