"""Applying edits to a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.rule import Edit


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` after all edits of one file, whose spans refer to `text` as it is now.

    Equal edits count once; several insertions at one place keep their order.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    parts: list[str] = []
    done = 0
    previous = None
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: edit.span):
        start, end = edit.span
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"edit {start}:{end} lies outside the text")
        if start < done or (previous is not None and start == previous.start < previous.end):
            raise ValueError(f"edit {start}:{end} overlaps the one before it")
        parts += (text[done:start], edit.text)
        done, previous = end, edit.span
    parts.append(text[done:])
    return "".join(parts)
