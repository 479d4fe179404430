"""What a fix promises (tests/test_fix_promises.py), told again by other means than the fixer's own."""

from __future__ import annotations

import ast
import difflib
import json
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import yaml

from hublint.documents.card import Card
from hublint.documents.dockerfile import Dockerfile
from hublint.documents.edits import Edit
from hublint.documents.source import Source
from hublint.engine import fixing
from hublint.engine.findings import Result
from hublint.engine.fixing import Fixed
from hublint.engine.project import Project
from hublint.engine.reported import Reported
from hublint.repository.repository import Repository

README = "README.md"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Pass(NamedTuple):
    """The fixes that were applied together to one state of a repository, and the new bytes."""

    repository: Repository
    edits: dict[str, list[Edit]]
    encoded: frozenset[str]
    files: dict[str, bytes]


class Recorder:
    """Notes each pass of a fix while it is entered."""

    def __init__(self) -> None:
        self.passes: list[Pass] = []

    def __enter__(self) -> Recorder:
        self._original = fixing._edited

        def recorded(repository: Repository, batch: Iterable[Any]) -> dict[str, bytes] | None:
            batch = list(batch)
            files = self._original(repository, batch)
            if files:
                self._note(repository, batch, files)
            return files

        fixing._edited = recorded
        return self

    def __exit__(self, *_: object) -> None:
        fixing._edited = self._original

    def _note(self, repository: Repository, batch: list[Any], files: dict[str, bytes]) -> None:
        edits: dict[str, list[Edit]] = {}
        encoded = set()
        for judged in batch:
            for edit in judged.finding.fix.edits:
                edits.setdefault(edit.path, []).append(edit)
                if judged.finding.fix.encoding:
                    encoded.add(edit.path)
        if self.passes and self.passes[-1].repository is repository:
            self.passes.pop()  # one by one: the last that went well holds all
        self.passes.append(Pass(repository, edits, frozenset(encoded), files))


def broken(
    project: Project,
    fresh: Callable[[dict[str, bytes]], Project],
    unsafe: bool,
    before: Result,
    tokens: Iterable[str] = (),
) -> Iterator[str]:
    """Each promise that fixing a project does not keep.

    Args:
        fresh: the project with other bytes for some files, made anew.
        before: what was found in it.
        tokens: the credentials in it, which a fix takes out whole, or leaves where they are and are found.
    """
    with Recorder() as recorder:
        fixed = project.fix(unsafe)
    if not fixed.settled:
        yield "unsettled: the fixes do not come to an end"
        if fixed.files or fixed.applied:
            yield "unsettled: the original is not given back"
        return
    if bool(fixed.applied) != bool(fixed.files):
        yield f"reported: {fixed.applied} fixes applied, {len(fixed.files)} files written"
    for each in recorder.passes:
        for path, data in each.files.items():
            yield from _file(each, path, data)
    if not fixed.files:
        return
    yield from _written(recorder, fixed)
    after = fresh(fixed.files)
    found = after.check()
    if _keys(found) != _keys(fixed.result):
        yield f"reported: the fix tells {_difference(fixed.result, found)} than a check of what it wrote"
    again = after.fix(unsafe)
    if again.files:
        yield f"second run: changes {', '.join(sorted(again.files))}"
    yield from _new(project, fixed, before, found)
    yield from _credentials(project, fixed, before, found, tokens)


def _credentials(project: Project, fixed: Fixed, before: Result, after: Result, tokens: Iterable[str]) -> Iterator[str]:
    """Credentials that were found and are not any more, though all or most of them is left."""
    for path, data in fixed.files.items():
        known = project.repository.source(path)
        old, new = known.text if known is not None else "", Source(path, data).text
        if not _tells_credential(before, path):
            continue
        for token in tokens:
            third = len(token) // 3
            if token not in old:
                continue
            if token in new and not _tells_credential(after, path):
                yield f"credential: nothing is said of it after the fix at {path}"
            elif token not in new and (token[: 2 * third] in new or token[third:] in new):
                yield f"credential: the fix wrote it in another way at {path}"


def _tells_credential(result: Result, path: str) -> bool:
    return any(
        each.place.path == path and (each.code.startswith("SE") or each.code == "DK009") for each in result.findings
    )


def _written(recorder: Recorder, fixed: Fixed) -> Iterator[str]:
    last = {path: data for each in recorder.passes for path, data in each.files.items()}
    if last != fixed.files:
        yield "reported: the files are not what the passes made"


def _keys(result: Result) -> Counter[tuple[object, ...]]:
    return Counter((each.code, each.place, each.message, each.severity) for each in result.findings)


def _difference(one: Result, other: Result) -> str:
    first, second = _keys(one), _keys(other)
    more, less = (sorted({str(key[0]) for key in keys}) for keys in (first - second, second - first))
    return f"more {more}, less {less}"


def _file(each: Pass, path: str, data: bytes) -> Iterator[str]:
    """What one pass did to one file."""
    known = each.repository.source(path)
    before = known or Source(path, b"")
    after = Source(path, data)
    edits = each.edits.get(path, [])
    if path not in each.encoded and before.encoding != after.encoding:
        yield f"encoding: {path} is {after.encoding} after the fix, was {before.encoding}"
    elif not _in_order(*_content(_kept(before.text, edits), after.text, path in each.encoded)):
        yield f"bytes: {path} differs outside of the edits"
    for name, parses in _PARSERS.items():
        if known is not None and parses(before) and not parses(after):
            yield f"parses: {path} is not {name} any more"
    if path == README and known is not None:
        yield from _data(before, after, edits)


def _kept(text: str, edits: Iterable[Edit]) -> list[str]:
    """What lies between the edits."""
    kept, done = [], 0
    for start, end in sorted({tuple(edit.span) for edit in edits}):
        kept.append(text[done:start])
        done = max(done, end)
    return [*kept, text[done:]]


def _content(kept: list[str], text: str, is_encoded: bool) -> tuple[list[str], str]:
    """Pieces and text; byte order marks are not content of a file that gets another encoding."""
    return ([piece.lstrip("\ufeff") for piece in kept], text.lstrip("\ufeff")) if is_encoded else (kept, text)


def _in_order(kept: list[str], text: str) -> bool:
    first = kept[0].removeprefix("\ufeff") if not text.startswith("\ufeff") else kept[0]
    if not text.startswith(first) or not text.endswith(kept[-1]):
        return False
    at = len(first)
    for piece in kept[1:]:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _is_python(source: Source) -> bool:
    if not source.path.endswith(".py"):
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source.raw)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _is_json(source: Source) -> bool:
    if not source.path.endswith(".json"):
        return False
    try:
        json.loads(source.raw)
    except (ValueError, RecursionError):
        return False
    return True


def _is_yaml(source: Source) -> bool:
    """A file of YAML, or a card whose metadata Python's reader takes."""
    text = source.text
    if source.path == README:
        block = Card(README, source.raw).block
        if block is None:
            return False
        text = text[slice(*block.content)]
    elif not source.path.endswith((".yml", ".yaml")):
        return False
    try:
        yaml.load(text, _LOADER)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError, KeyError):
        return False
    return True


def _is_card(source: Source) -> bool:
    return source.path == README and Card(README, source.raw).metadata is not None


def _is_dockerfile(source: Source) -> bool:
    return source.path.rpartition("/")[2] == "Dockerfile" and not Dockerfile(source).errors


def _is_text(source: Source) -> bool:
    return not source.is_binary and (source.is_utf8 or source.encoding != "utf-8")


_PARSERS: dict[str, Callable[[Source], bool]] = {
    "text": _is_text,
    "Python": _is_python,
    "JSON": _is_json,
    "YAML": _is_yaml,
    "metadata": _is_card,
    "Dockerfile without errors": _is_dockerfile,
}

Route = tuple[Any, ...]
Leaves = dict[Route, str]


def _data(before: Source, after: Source, edits: list[Edit]) -> Iterator[str]:
    """Values of the metadata that differ though no edit is about them."""
    old, new = Card(README, before.raw), Card(README, after.raw)
    if old.metadata is None or new.metadata is None:
        return
    first, second = dict(_leaves(old.data)), dict(_leaves(new.data))
    differing = {route for route in first.keys() | second.keys() if first.get(route, _NONE) != second.get(route, _NONE)}
    routes = {_route(edit.route) for edit in edits if edit.route}
    texts = "\n".join(f"{before.text[slice(*edit.span)]}\n{edit.text}" for edit in edits)
    for route in sorted(differing, key=str):
        if route and route[0] in old.unknown:  # what could not be read before
            continue
        if not any(_concerns(route, other, texts) or _moved(route, other, first, second) for other in routes | {()}):
            yield f"data: {'.'.join(map(str, route))[:60]} changed, edited were {sorted(map(str, routes))[:4]}"
            return


def _concerns(route: Route, edited: Route, texts: str) -> bool:
    """Whether a value is where an edit is about, or beside it under a name that the edit writes."""
    if edited and _touches(route, edited):
        return True
    beside = len(edited) - 1 if edited else 0
    return route[:beside] == edited[:beside] and str(route[beside : beside + 1][0]) in texts


def _moved(route: Route, edited: Route, first: Leaves, second: Leaves) -> bool:
    """Whether a value came out of a wrapper that was taken away, or is an alias of the edited one."""
    if not edited or route not in second:
        return False
    aliased = route in first and first[route] == first.get(edited) and second[route] == second.get(edited)
    return aliased or first.get((*edited, *route)) == second[route]


_NONE = "absent"


def _leaves(value: Any, route: Route = ()) -> Iterator[tuple[Route, str]]:
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from _leaves(each, (*route, str(key)))
    elif isinstance(value, list) and value:
        for index, each in enumerate(value):
            yield from _leaves(each, (*route, index))
    else:
        yield route or ("",), repr(value)


def _route(text: str) -> Route:
    return tuple(int(index) if index else key for key, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", text))


def _touches(route: Route, other: Route) -> bool:
    """Whether a value is at an edited route, above it or below it; items behind one that goes move up."""
    if route[: len(other)] == other[: len(route)]:
        return True
    return bool(other) and isinstance(other[-1], int) and route[: len(other) - 1] == other[:-1]


def _new(project: Project, fixed: Fixed, before: Result, after: Result) -> Iterator[str]:
    """Errors and warnings that were not there before and are not the next rule's judgement of what was mended."""
    old = Counter(map(_about, before.findings))
    mended = _Mended(project, fixed)
    for each in after.findings:
        if old[_about(each)]:
            old[_about(each)] -= 1
        elif each.severity != "info" and not mended.explains(each):
            yield f"new finding: {each.code} {each.message[:80]} at {each.place.path}:{each.place.line}"


def _about(finding: Reported) -> tuple[str, str, str]:
    """What a finding says; the numbers of lines in it may change."""
    return finding.code, finding.place.path, re.sub(r"\d+", "#", finding.message)


# Keys that decide what there is to judge in other files.
_DECIDING = ("sdk", "app_file", "library_name")


class _Mended:
    """What fixes changed: lines of files, and keys that decide what there is to judge."""

    def __init__(self, project: Project, fixed: Fixed) -> None:
        self._project, self._fixed = project, fixed
        self._lines: dict[str, set[int]] = {}
        card = project.repository.card
        old = card.data if card is not None and card.metadata is not None else None
        new = Card(README, fixed.files[README]).data if README in fixed.files else old
        self._unread_before = old is None and README in fixed.files
        self._decided = old is not None and any(old.get(key) != new.get(key) for key in _DECIDING)
        self._named = set(new or ()) - set(old or ())
        self._keys = old is not None and set(old) != set(new)
        before, after = (_body(each) for each in (card, Card(README, fixed.files.get(README, b""))))
        self._longer_text = README in fixed.files and after != before and after.endswith(before)

    def explains(self, finding: Reported) -> bool:
        """Whether a finding is about what was mended, or could not be said before."""
        path, line = finding.place.path, finding.place.line
        if path == README and self._longer_text:
            return True
        if self._named and (path != README or re.split(r"[.\[]", finding.route)[0] in self._named):
            return True  # a key has got its right name, and is judged now
        if self._unread_before or self._decided or (self._keys and path == README and line == 1):
            return True
        if path not in self._fixed.files:
            return False
        if path not in self._lines:
            self._lines[path] = _changed_lines(self._project, path, self._fixed.files[path])
        return not self._lines[path].isdisjoint(range(line, finding.place.end_line + 1))


def _body(card: Card | None) -> str:
    """The text below the metadata, of which there is more once the metadata end where they should."""
    return card.text[slice(*card.body)] if card is not None else ""


def _changed_lines(project: Project, path: str, data: bytes) -> set[int]:
    known = project.repository.source(path)
    old = known.text.splitlines() if known is not None else []
    new = Source(path, data).text.splitlines()
    found: set[int] = set()
    for tag, _, _, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found.update(range(start + 1, end + 2))
    return found
