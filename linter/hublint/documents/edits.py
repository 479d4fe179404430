"""Edits of files, the fixes they make together, and a text after them."""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from hublint.documents.source import Span

    Safety = Literal["safe", "unsafe"]
else:
    Safety = str  # whoever imports it when it runs has no use for more


class Edit(NamedTuple):
    """Replace `span` of the file at `path` by `text`; a file that does not exist is created."""

    path: str
    span: Span
    text: str
    route: str = ""


class Fix(NamedTuple):
    """Edits that are applied together or not at all.

    `encoding` re-encodes the edited file. `title` is an imperative sentence without full stop.
    """

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = "safe"
    encoding: str = ""


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
