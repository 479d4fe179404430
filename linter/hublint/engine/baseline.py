"""A baseline: the findings that are known already, so that only new ones count.

One entry a line, in JSON: rule, path from the baseline's folder, a hash of key route and text, and for people the route
and the message. No line numbers, no totals, no dates. Lines are in the order of a hash, so that branches which add
entries seldom add them at one place; whoever reads a baseline heeds no order.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left

from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.repository.tree import MAX_READ, read_regular
from hublint.secrets.shapes import covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Any

    from hublint.engine.findings import Result
    from hublint.engine.reported import Reported

_FIELDS = ("path", "rule", "content")
FILE = ".hublint-baseline.jsonl"
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class Key(NamedTuple):
    """What tells one known finding from others: equal ones are counted. `path` is absolute, credentials covered."""

    path: str
    rule: str
    content: str


class Entry(NamedTuple):
    """One line of a baseline: its number from 1, its text without line break, and the path in it."""

    key: Key
    line: int
    text: str
    path: str


class Baseline:
    """The entries of one file, in its order.

    Attributes:
        file: its absolute path, links followed.
        data: its bytes.
    """

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self.data = data
        folder = os.path.dirname(file)
        self.entries = tuple(
            _entry(folder, file, number, line.removesuffix(b"\r"))
            for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
            if line.strip()
        )
        by_key: dict[Key, list[Entry]] = {}
        for entry in self.entries:
            by_key.setdefault(entry.key, []).append(entry)
        self.by_key: Mapping[Key, list[Entry]] = by_key
        self._sorted = sorted(by_key)

    def below(self, folder: str) -> Iterable[Key]:
        """What is known of the files below a folder."""
        start = covered(_joined(folder, ""))
        for index in range(bisect_left(self._sorted, (start,)), len(self._sorted)):
            if not self._sorted[index].path.startswith(start):
                return
            yield self._sorted[index]

    def without(self, lines: Collection[int]) -> bytes:
        """The file without some of its lines."""
        every = self.data.split(b"\n")
        return b"\n".join(line for number, line in enumerate(every, 1) if number not in lines)


class Known(NamedTuple):
    """What a baseline knows of the repository in a folder, whose links are followed."""

    baseline: Baseline
    folder: str

    @property
    def path(self) -> str:
        """The baseline's file as a path from the repository, which may begin with `../`."""
        return os.path.relpath(self.baseline.file, self.folder).replace(os.sep, "/")


def load(file: str, needed: bool = True) -> Baseline:
    """Read a baseline.

    Args:
        file: its path, absolute or from the working folder.
        needed: whether it has to exist; otherwise one that does not is empty.

    Raises:
        UsageError: it cannot be read, or a line of it is not an entry; says which.
    """
    path = os.path.realpath(file)
    try:
        return Baseline(path, read_regular(path, MAX_READ))
    except FileNotFoundError:
        if needed:
            raise UsageError(f"{_shown(path)}: no such baseline; `hublint baseline` writes one") from None
        return Baseline(path, b"")
    except (OSError, ValueError) as error:
        raise UsageError(f"{_shown(path)}: {getattr(error, 'strerror', None) or error}") from None


def key_of(folder: str, finding: Reported) -> Key:
    """What tells a finding in the repository of a folder, whose links are followed, from others."""
    return Key(covered(_joined(folder, finding.place.path)), finding.code, finding.content)


def text_of(key: Key, baseline: str, route: str = "", message: str = "") -> str:
    """The line of a baseline for one finding.

    Args:
        baseline: the path of the file it is for, absolute.
        route: for people only, as is the message.
    """
    path = os.path.relpath(key.path, os.path.dirname(baseline)).replace(os.sep, "/")
    fields = {"rule": key.rule, "path": path, "content": key.content, "route": route, "message": message}
    fields = {name: value for name, value in fields.items() if value}
    text = json.dumps(fields, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(fields)


def bytes_of(texts: Iterable[str]) -> bytes:
    """A baseline with these lines, in the order in which it is kept."""
    return "".join(f"{text}\n" for text in sorted(texts, key=lambda text: (_place(text), text))).encode()


def reviewed(result: Result, known: Known) -> tuple[Result, list[Key]]:
    """A result without what a baseline knows, which is silenced, and what it knows and was not found.

    Of more equal findings than it knows, the last are new.
    """
    left = {key: len(entries) for key in known.baseline.below(known.folder) if (entries := known.baseline.by_key[key])}
    new, old = [], list(result.silenced)
    for finding in result.findings:
        key = key_of(known.folder, finding)
        if left.get(key):
            left[key] -= 1
            old.append(finding._replace(silenced="baseline"))
        else:
            new.append(finding)
    old.sort(key=lambda each: (each.place, each.code, each.message))
    gone = [key for key, number in left.items() for _ in range(number)]
    return result._replace(findings=tuple(new), silenced=tuple(old)), gone


def _joined(folder: str, path: str) -> str:
    return f"{folder.rstrip(os.sep)}{os.sep}{path.replace('/', os.sep)}"


def _place(text: str) -> str:
    """Where a line stands in a baseline: nowhere near others of its file or rule."""
    from hashlib import sha256

    fields = json.loads(text)
    named = "\0".join(fields[name] for name in _FIELDS)
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()


def _entry(folder: str, file: str, number: int, line: bytes) -> Entry:
    try:
        text = line.decode()
        fields: Any = json.loads(text)
    except (ValueError, RecursionError):
        text, fields = line.decode(errors="replace"), None
    values = [str(fields[name]) for name in _FIELDS if _is_text(fields, name)]
    if len(values) < len(_FIELDS):
        why = "the mark of a merge conflict" if text.startswith(_MARKERS) else "not an entry of a baseline"
        raise UsageError(
            f"{_shown(file)}:{number}: this line is {why}; take it out, or delete the file and run `hublint baseline`"
        )
    path, rule, content = values
    return Entry(Key(covered(os.path.normpath(os.path.join(folder, path))), rule, content), number, text, path)


def _is_text(fields: Any, name: str) -> bool:
    value = fields.get(name) if isinstance(fields, dict) else None
    return isinstance(value, str) and "\0" not in value


def _shown(file: str) -> str:
    from hublint.engine.config import shown_file

    return shown_file(file)
