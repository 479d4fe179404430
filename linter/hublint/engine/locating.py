"""Places as other programs count them: columns in UTF-8 bytes, and the hash by which code scanning knows a line again.

It is asked for only where a format needs it, since it reads files from their beginning.
"""

from __future__ import annotations

import sys
from array import array
from itertools import accumulate, compress

from hublint.documents.edits import apply_edits
from hublint.documents.source import Span
from hublint.engine.reported import Located, Place, ReportedEdit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source
    from hublint.engine.masking import Mask
    from hublint.rule import Finding

_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
_BLOCK = 100  # characters of a line, and of those behind it, that its hash is made of
_END = 65535
_ALL_BITS = (1 << 64) - 1
_AHEAD = pow(37, _BLOCK, 1 << 64)
_LARGEST = 4_000_000  # bytes of a file whose lines are hashed
_MARK = 512  # so far apart are the places of a line up to which its bytes are counted once
_LINES = 50  # a longer suggestion is none


class Locator:
    """Locates the findings of one repository; what it worked out of a file it keeps for the next finding in it."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._hashes: dict[str, dict[int, str]] = {}
        self._told: set[tuple[str, int]] = set()
        self._marks: dict[tuple[str, int], list[int]] = {}

    def __call__(self, finding: Finding) -> Located:
        """Where a finding stands."""
        source, span = finding.source, finding.span
        place = self._place(source, span)
        return Located(place.column, place.end_column, self._line_hash(source, place.line), self._suggestion(finding))

    def _place(self, source: Source, span: Span) -> Place:
        line, column = self._position(source, span.start)
        return Place(source.path, line, column, *self._position(source, span.end))

    def _position(self, source: Source, offset: int) -> tuple[int, int]:
        """Line and column of an offset, the column in UTF-8 bytes from 1."""
        line, column = source.position(offset)
        if source.text.isascii():
            return line, column
        start = offset - column + 1
        marks = self._marks.setdefault((source.path, line), [0])
        while (len(marks) - 1) * _MARK + _MARK <= column - 1:
            at = start + (len(marks) - 1) * _MARK
            marks.append(marks[-1] + _bytes(source.text[at : at + _MARK]))
        whole = (column - 1) // _MARK
        return line, marks[whole] + _bytes(source.text[start + whole * _MARK : offset]) + 1

    def _line_hash(self, source: Source, line: int) -> str:
        """The hash of a line; empty where it would tell something of a credential, or there is no such line.

        It is not a digest: whoever knows the rest of the line can work a short password out of it.
        """
        if source.path not in self._hashes:
            self._hashes[source.path] = line_hashes(source.raw) if source.raw else {}
        hashes = self._hashes[source.path]
        if (source.path, line) not in self._told:
            self._told.add((source.path, line))
            if line in hashes and self._mask.hides(_hashed(source, line)):
                hashes[line] = ""
        return hashes.get(line, "")

    def _suggestion(self, finding: Finding) -> ReportedEdit | None:
        """A finding's fix as one edit; none where it is long, of several files, or would show a credential."""
        fix, source = finding.fix, finding.source
        if fix is None or fix.encoding or not fix.edits or any(edit.path != source.path for edit in fix.edits):
            return None
        span = Span(min(edit.span.start for edit in fix.edits), max(edit.span.end for edit in fix.edits))
        place = self._place(source, span)
        if place.end_line - place.line > _LINES:
            return None
        before = source.text[slice(*span)]
        edits = [edit._replace(span=Span(*(offset - span.start for offset in edit.span))) for edit in fix.edits]
        after = apply_edits(before, edits)
        if self._mask.hides(after) or self._mask.hides(before):
            return None
        return ReportedEdit(place, after)


def line_hashes(data: bytes) -> dict[int, str]:
    """What GitHub's code scanning calls `primaryLocationLineHash`, of every line of a file by number from 1; of a large
    file nothing.

    A line and what follows it, its first 100 UTF-16 units without blanks and tabs, every line break as `\\n`, behind
    the end of the file 65535 and zeros, make a polynomial in 37 modulo 2**64; behind a colon it is told how often that
    number came so far. Source: github/codeql-action, src/fingerprints.ts (2026-11-29).
    """
    if len(data) > _LARGEST:
        return {}
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    packed = text.replace(" ", "").replace("\t", "").encode(_UTF_16)
    units = array("H", packed)
    units.extend((_END, *(0,) * _BLOCK))
    starts = [0, *compress(range(1, len(units) - _BLOCK), (unit == 10 for unit in units))]
    rolling = array("Q", accumulate(units, lambda value, unit: value * 37 + unit & _ALL_BITS, initial=0))
    seen: dict[int, int] = {}
    hashes = {}
    for line, start in enumerate(starts, 1):
        value = rolling[start + _BLOCK] - rolling[start] * _AHEAD & _ALL_BITS
        seen[value] = seen.get(value, 0) + 1
        hashes[line] = f"{value:x}:{seen[value]}"
    return hashes


def _hashed(source: Source, line: int) -> str:
    """What of a text goes into the hash of a line, to the end of the last line that does."""
    start, last = source.offset(line), line
    end = source.line_span(line).end
    count = len(source.text[start:end].replace(" ", "").replace("\t", ""))
    while count < _BLOCK and last < len(source.line_starts):
        last += 1
        begin, end = source.line_span(last)
        count += 1 + len(source.text[begin:end].replace(" ", "").replace("\t", ""))
    return source.text[start:end]


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
