"""Which part of a document is YAML that the Hub reads, and by which schema."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from hublint.records import NamedTuple
from hublint.server.cursor import Cursor, cursor_at
from hublint_schemas import KINDS, keys

if TYPE_CHECKING:
    from hublint.server.checking import Judged
    from hublint.server.documents import Document
    from hublint.server.positions import Lines

_FENCE = re.compile(r"---[ \t]*")
_KEY = re.compile(r"([A-Za-z][\w .-]*?)[ \t]*:(?:[ \t]|$)")
_OPEN = 300  # lines; a block without an end is no longer


class Yaml(NamedTuple):
    """Some lines of a document that are YAML.

    Attributes:
        schemas: those by which it may be read: one, or all kinds' where nothing tells the kind yet.
        first: the number of its first line in the document, from 0.
        lines: the lines, without line breaks.
    """

    schemas: tuple[str, ...]
    first: int
    lines: list[str]

    def cursor(self, line: int, column: int) -> Cursor | None:
        """Where a cursor stands, given by the document's line from 0 and a column in code points; None outside."""
        inside = line - self.first
        return cursor_at(self.lines, inside, column) if 0 <= inside < len(self.lines) else None


def yaml_of(document: Document, judged: Judged | None, lines: Lines) -> Yaml | None:
    """The YAML of a document: the metadata of a README.md, the whole of a file of evaluations; None without any."""
    project = judged.project if judged is not None else None
    kind = project.repository.kind if project is not None else None
    count = len(lines.source.line_starts)
    every = [lines.source.line(number + 1).removeprefix("\ufeff") for number in range(count)]
    inside = project.inside(document.path) if project is not None and project.folder else document.name
    if document.name == "README.md":
        if inside != document.name:
            return None
        block = _block(every)
        if block is None:
            return None
        if kind is not None:
            return Yaml((kind,), 1, block)
        known = frozenset().union(*(keys()[each] for each in KINDS))
        names = {found[1] for found in map(_KEY.match, block) if found}
        return Yaml(KINDS, 1, block) if names <= known else None
    name = _evaluation(inside if project is not None else document.path)
    return Yaml((name,), 0, every) if name and kind in (None, _KINDS[name]) else None


_KINDS = {"eval_results": "model", "eval_yaml": "dataset"}


def _evaluation(path: str) -> str:
    folder, name = os.path.split(path)
    if os.path.basename(folder) == ".eval_results" and name.endswith((".yaml", ".yml")):
        return "eval_results"
    return "eval_yaml" if name == "eval.yaml" else ""


def _block(lines: list[str]) -> list[str] | None:
    """The lines between the fences; where the closing one is not written yet, those up to the first blank one."""
    if not lines or not _FENCE.fullmatch(lines[0]):
        return None
    for number, line in enumerate(lines[1:], 1):
        if _FENCE.fullmatch(line):
            return lines[1:number]
    rest = lines[1:_OPEN]
    end = next((number for number, line in enumerate(rest) if not line.strip() and number), len(rest))
    return rest[: max(end + 1, 1)] or [""]
