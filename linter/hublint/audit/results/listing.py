"""The findings of an HTML report as blocks of JSON: tables of texts, and arrays of numbers that point into them.

What is only shown of a finding that was opened is in blocks of its own, each of `PART` findings, so that a browser
reads them when they are asked for.
"""

from __future__ import annotations

import base64
import gzip
import json
from array import array
from typing import TYPE_CHECKING, Any

from hublint.audit.records import SEVERITIES
from hublint.audit.results.rows import finding_row, owner_of, repository_row, text
from hublint.reporters.style import printable
from hublint.reporters.wording import cut_lists, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

    from hublint.audit.records import Record

PART = 1_000
MOST_FINDINGS = 200_000
MOST_REPOSITORIES = 100_000
_OWNERS = 500
_EDITS = 50
_LONGEST = 4_000  # characters of one text
_PLAIN = 100_000  # characters; a longer block is packed
_FIXES = ("", "safe", "unsafe")
_NUMBERS = ("rule", "level", "path", "line", "column", "message", "fix")


class _Texts:
    """Texts, each once, numbered as they come; at the end they are in order, and so are their numbers."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        """The number of a text."""
        return self._known.setdefault(value, len(self._known))

    def ordered(self, numbers: array[int]) -> tuple[list[Any], list[int]]:
        """The texts in order, and what numbers given so far are then."""
        every = list(self._known)
        order = sorted(range(len(every)), key=every.__getitem__)
        place = [0] * len(every)
        for new, old in enumerate(order):
            place[old] = new
        return [every[old] for old in order], [place[number] for number in numbers]


class Listing:
    """Takes records one after another and writes their blocks.

    Args:
        counts: how many findings of each level will come; where they are too many, errors go before warnings, and those
            before notes.
        touched: how many repositories with findings will come; they go before others.
        spool: where the blocks of details go.
    """

    def __init__(self, counts: Mapping[str, int], touched: int, spool: IO[str]) -> None:
        self._touched = min(touched, MOST_REPOSITORIES)
        self._others = MOST_REPOSITORIES - self._touched
        self._room = {}
        left = MOST_FINDINGS
        for level in SEVERITIES:
            self._room[level] = min(counts[level], left)
            left -= self._room[level]
        self._spool = spool
        self._repositories: list[list[Any]] = []
        self._rules, self._paths, self._messages = _Texts(), _Texts(), _Texts()
        self._numbers = {name: array("I") for name in _NUMBERS}
        self._owners: dict[str, int] = {}
        self._details: list[Any] = []
        self._parts = self.left_out = 0

    def add(self, record: Record) -> None:
        """Add a repository; what has no room is counted in `left_out`."""
        if record.findings:
            has_room, self._touched = self._touched > 0, self._touched - 1
        else:
            has_room, self._others = self._others > 0, self._others - 1
        if not has_room:
            self.left_out += 1
            return
        row = repository_row(record)
        listed = sum(map(self._add, record.findings))
        counts = [row["errors"], row["warnings"], row["notes"]]
        texts = [shown(row[name]) for name in ("repository", "kind", "revision", "source", "status", "reason")]
        self._repositories.append([*texts, counts, listed])
        owner = owner_of(texts[0])
        self._owners[owner] = self._owners.get(owner, 0) + sum(map(int, counts))

    def _add(self, finding: Mapping[str, Any]) -> bool:
        level = finding["severity"]
        if not self._room[level]:
            return False
        self._room[level] -= 1
        row = finding_row(finding, edits=False)
        url = str(row["url"])
        rule = (shown(row["code"]), shown(row["name"]), url if url.startswith("https://") else "")
        values = {
            "rule": self._rules.number(rule),
            "level": SEVERITIES.index(level),
            "path": self._paths.number(shown(row["path"])),
            "line": row["line"],
            "column": row["column"],
            "message": self._messages.number(shown(cut_lists(str(row["message"])))),
            "fix": _FIXES.index(row["fix_safety"]) if row["fix_safety"] in _FIXES else 0,
        }
        for name, numbers in self._numbers.items():
            numbers.append(int(values[name]))
        help, words = cut_lists(str(row["help"])), quoted(str(row["hub_message"]))
        texts = map(shown, (help, words, row["route"], row["frame"], row["fix_title"]))
        self._details.append([*texts, list(_edits(finding))])
        if len(self._details) == PART:
            self._flush()
        return True

    def _flush(self) -> None:
        self._spool.write(block(f"part-{self._parts}", self._details))
        self._parts += 1
        self._details.clear()

    @property
    def findings(self) -> int:
        """How many findings are listed."""
        return len(self._numbers["rule"])

    def close(self) -> str:
        """The block of all but the details, which are in the spool then."""
        if self._details:
            self._flush()
        numbers: dict[str, Any] = dict(self._numbers)
        tables = {}
        for name, texts in (("rule", self._rules), ("path", self._paths), ("message", self._messages)):
            tables[f"{name}s"], numbers[name] = texts.ordered(self._numbers[name])
        owners = sorted(self._owners, key=lambda owner: (-self._owners[owner], owner))
        data = {
            "part": PART,
            "repositories": self._repositories,
            "owners": owners[:_OWNERS],
            **tables,
            "findings": {name: list(values) for name, values in numbers.items()},
        }
        return block("data", data)


def block(id: str, data: Any) -> str:
    """Data as an element of a page, in which nothing ends it; a large one is packed."""
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    if len(text) <= _PLAIN:
        return f'<script type="application/json" id="{id}">{text}</script>\n'
    packed = base64.b64encode(gzip.compress(text.encode("ascii"), 6, mtime=0)).decode("ascii")
    return f'<script type="application/gzip" id="{id}">{packed}</script>\n'


def shown(value: object) -> str:
    """A text as a page shows it: with escapes for what cannot be seen, and cut where it is very long."""
    whole = str(value)
    if len(whole) > _LONGEST:
        whole = f"{whole[:_LONGEST]}..."
    return whole if whole.isprintable() else "\n".join(map(printable, whole.split("\n")))


def _edits(finding: Mapping[str, Any]) -> Iterator[list[Any]]:
    fix = finding.get("fix")
    edits = fix.get("edits") if isinstance(fix, dict) else None
    for edit in (edits if isinstance(edits, list) else [])[:_EDITS]:
        row = finding_row(edit if isinstance(edit, dict) else {})
        places = [row[name] for name in ("line", "column", "end_line", "end_column")]
        yield [shown(row["path"]), *places, shown(text(edit.get("text")) if isinstance(edit, dict) else "")]
