"""A Jupyter notebook: its cells, and where each of their characters stands in the JSON file."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.source import Source

_TOKEN = lazy(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]|[^\s"\[\]{},:]+', re.DOTALL)
_UNIT = lazy(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)
# No text, or said twice.
_SKIPPED = {"output_type", "name", "metadata", "execution_count", "png", "jpeg", "pdf", "prompt_number"}


class NotebookProblem(NamedTuple):
    """Why a file is not a notebook."""

    span: Span
    line: int
    column: int
    message: str


class Text:
    """A text that the notebook keeps as one JSON string or as a list of them."""

    def __init__(self, raw: str, strings: list[Span]) -> None:
        self._raw = raw
        self._strings = strings
        self._units: dict[int, list[int]] = {}

    @cached_property
    def _parts(self) -> list[str]:
        from json import loads

        return [loads(self._raw[start:end], strict=False) for start, end in self._strings]

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for part in self._parts:
            starts.append(starts[-1] + len(part))
        return starts

    @cached_property
    def value(self) -> str:
        """The text."""
        return "".join(self._parts)

    def span(self, start: int, end: int) -> Span:
        """Where a part of the text stands in the file; from one string into the next, quotes and comma are in it."""
        begin = self._place(start)
        return Span(begin, self._place(end - 1, after=True) if end > start else begin)

    def lines(self) -> Iterator[tuple[str, Span]]:
        """Every line without its break, with its place."""
        start = 0
        for line in self.value.split("\n"):
            yield line, self.span(start, start + len(line))
            start += len(line) + 1

    def _place(self, offset: int, after: bool = False) -> int:
        if not self._strings:
            return 0
        index = min(max(bisect_right(self._starts, offset) - 1, 0), len(self._parts) - 1)
        start, end = self._strings[index]
        inside = min(max(offset - self._starts[index], 0) + after, len(self._parts[index]))
        if end - start - 2 == len(self._parts[index]):
            return start + 1 + inside
        if index not in self._units:
            units = _UNIT.finditer(self._raw, start + 1, end - 1)
            self._units[index] = [*(unit.start() for unit in units), end - 1]
        return self._units[index][min(inside, len(self._units[index]) - 1)]


class Cell(NamedTuple):
    """One cell; `kind` is `code`, `markdown` or `raw`."""

    kind: str
    source: Text
    outputs: tuple[Text, ...]


class Notebook:
    """A notebook of format 3 or 4; whatever is wrong with it is `error`, and then it has no cells."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @property
    def cells(self) -> list[Cell]:
        """Every cell, in order."""
        return self._read[0]

    @property
    def error(self) -> NotebookProblem | None:
        """Why the file cannot be read."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[list[Cell], NotebookProblem | None]:
        import json

        text = self.source.text
        begin = 1 if text.startswith("\ufeff") else 0
        try:
            data = json.loads(text[begin:])
        except json.JSONDecodeError as error:
            return [], self._problem(error.pos + begin, error.msg)
        except (RecursionError, ValueError) as error:
            return [], self._problem(0, "nested too deeply" if isinstance(error, RecursionError) else str(error))
        if not isinstance(data, dict):
            return [], self._problem(begin, "a notebook is a JSON object")
        places: Any = _places(text, begin)
        sheets = [sheet for sheet in _items(places.get("worksheets")) if isinstance(sheet, dict)]
        cells = [cell for sheet in [places, *sheets] for cell in _items(sheet.get("cells")) if isinstance(cell, dict)]
        return [self._cell(cell) for cell in cells], None

    def _problem(self, offset: int, message: str) -> NotebookProblem:
        span = Span(min(offset, len(self.source.text)), min(offset + 1, len(self.source.text)))
        return NotebookProblem(span, *self.source.position(span.start), message)

    def _cell(self, cell: dict[str, Any]) -> Cell:
        text = self.source.text
        kind = Text(text, _strings(cell.get("cell_type"))).value
        outputs: list[Text] = []
        for output in _items(cell.get("outputs")):
            outputs += [Text(text, strings) for strings in _texts(output)]
        return Cell(kind, Text(text, _strings(cell.get("source", cell.get("input")))), tuple(outputs))


def _items(place: Any) -> list[Any]:
    return place if isinstance(place, list) else []


def _strings(place: Any) -> list[Span]:
    """The strings of a text: itself or its list."""
    return [place] if isinstance(place, Span) else [part for part in _items(place) if isinstance(part, Span)]


def _texts(place: Any) -> Iterator[list[Span]]:
    """Every text inside an output, images left out."""
    pending = [place]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            kept = [value for key, value in current.items() if key not in _SKIPPED and not key.startswith("image/")]
            pending.extend(reversed(kept))
            continue
        strings = _strings(current)
        if strings:
            yield strings
        if not isinstance(current, Span):
            pending.extend(part for part in reversed(_items(current)) if not isinstance(part, Span))


def _places(text: str, begin: int) -> Any:
    """Well-formed JSON as dicts and lists with the span of each string in its place; other scalars are None."""
    from json import loads

    root: list[Any] = []
    stack: list[Any] = [root]
    keys: list[str | None] = [None]
    for token in _TOKEN.finditer(text, begin):
        first = token[0][0]
        if first in "]}":
            stack.pop()
            keys.pop()
            continue
        container = stack[-1]
        if isinstance(container, dict) and keys[-1] is None:
            keys[-1] = loads(token[0], strict=False)
            continue
        value: Any = {} if first == "{" else [] if first == "[" else Span(*token.span()) if first == '"' else None
        if isinstance(container, dict):
            container[keys[-1]] = value
            keys[-1] = None
        else:
            container.append(value)
        if first in "[{":
            stack.append(value)
            keys.append(None)
    return root[0]
