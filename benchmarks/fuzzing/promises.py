"""What a fix promises (tests/test_fix_promises.py), told again by other means than the fixer's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fuzzing.newly import new_findings
from fuzzing.parsers import PARSERS, README
from fuzzing.recording import Pass, Recorder
from hublint.documents.card import Card
from hublint.documents.edits import Edit
from hublint.documents.source import Source
from hublint.engine.findings import Result
from hublint.engine.fixing import Fixed
from hublint.engine.project import Project


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
    yield from new_findings(project, fixed, recorder.passes, before, found)
    yield from _credentials(project, fixed, before, found, tokens)


def _credentials(project: Project, fixed: Fixed, before: Result, after: Result, tokens: Iterable[str]) -> Iterator[str]:
    """Credentials that were found and are not any more, though all or most of them is left."""
    for path, data in fixed.files.items():
        known = project.repository.source(path)
        old, new = known.text if known is not None else "", Source(path, data).text
        for token in tokens:
            third = len(token) // 3
            if token not in old or known is None or not _tells_credential(before, path, _place(known, token)):
                continue
            if token in new and not _tells_credential(after, path):
                yield f"credential: nothing is said of it after the fix at {path}"
            elif token not in new and (token[: 2 * third] in new or token[third:] in new):
                yield f"credential: the fix wrote it in another way at {path}"


def _place(source: Source, token: str) -> tuple[int, int, int]:
    """The line of a credential, and its columns."""
    line, column = source.position(source.text.index(token))
    return line, column, column + len(token)


def _tells_credential(result: Result, path: str, where: tuple[int, int, int] | None = None) -> bool:
    """Whether a credential is found in a file, or at a place of it; its author may have silenced it."""
    for each in (*result.findings, *result.silenced):
        place = each.place
        if place.path != path or not (each.code.startswith("SE") or each.code == "DK009"):
            continue
        if where is None:
            return True
        line, start, end = where
        is_beside = place.line == place.end_line == line and (place.end_column <= start or place.column >= end)
        if place.line <= line <= place.end_line and not is_beside:
            return True
    return False


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
    for name, parses in PARSERS.items():
        if known is not None and parses(before) and not parses(after):
            yield f"parses: {path} is not {name} any more"
    if path == README and known is not None:
        yield from _data(before, after, edits)
        if path not in each.encoded:
            yield from _end_of_block(before, after, edits)


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


Route = tuple[Any, ...]
Leaves = dict[Route, str]


def _end_of_block(before: Source, after: Source, edits: list[Edit]) -> Iterator[str]:
    """Where the metadata end elsewhere though no edit is about their fences."""
    old, new = Card(README, before.raw), Card(README, after.raw)
    if old.block is None or old.error is not None or (old.root is not None and old.metadata is None):
        return
    at, end, changes = old.block.closing.start, old.block.end, set(edits)
    if any("---" in edit.text or (edit.span.end > at and edit.span.start < end) for edit in changes):
        return
    moved = sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in changes if edit.span.end <= at)
    if new.block is None or new.block.closing.start != at + moved:
        yield "block: the metadata end elsewhere"


def _fills_fences(old: Card, edits: list[Edit]) -> bool:
    """Whether a block is written between two fences that hold nothing, the second of which was read as metadata."""
    lines = old.text.lstrip().splitlines()[:2]
    return lines == ["---", "---"] and any(edit.text.startswith("---") for edit in edits)


def _data(before: Source, after: Source, edits: list[Edit]) -> Iterator[str]:
    """Values of the metadata that differ though no edit is about them."""
    old, new = Card(README, before.raw), Card(README, after.raw)
    if old.metadata is None or new.metadata is None or _fills_fences(old, edits):
        return
    first, second = dict(_leaves(old.data)), dict(_leaves(new.data))
    differing = {route for route in first.keys() | second.keys() if first.get(route, _NONE) != second.get(route, _NONE)}
    routes = {_route(edit.route) for edit in edits if edit.route}
    moved = _moved_fences(before, edits, first, second)
    texts = "\n".join(f"{before.text[slice(*edit.span)]}\n{edit.text}" for edit in edits)
    aliasing = _aliasing(old)
    for route in sorted(differing, key=str):
        if route and (route[0] in aliasing or _was_unread(old, route) or route in moved):
            continue  # it repeats what is edited, could not be read before, or is or was text below the block
        if not any(_concerns(route, other, texts) or _moved(route, other, first, second) for other in routes | {()}):
            yield f"data: {'.'.join(map(str, route))[:60]} changed, edited were {sorted(map(str, routes))[:4]}"
            return


def _moved_fences(before: Source, edits: list[Edit], first: Leaves, second: Leaves) -> set[Route]:
    """The values that came or went because a fence was put in or two blocks were joined."""
    plain = [edit for edit in edits if not edit.route]
    fenced = any(edit.text.strip() == "---" for edit in plain)
    joined = any(not edit.text and "---" in before.text[slice(*edit.span)] for edit in plain)
    return {*(first.keys() - second.keys() if fenced else ()), *(second.keys() - first.keys() if joined else ())}


def _aliasing(card: Card) -> set[str]:
    """The keys whose values may repeat others."""
    return {entry.name for entry in card.entries if "*" in card.text[slice(*entry.span)]}


def _was_unread(old: Card, route: Route) -> bool:
    """Whether nobody could read the key of a value."""
    return route[0] in old.unknown or (bool(old.unknown) and route[0] not in old.data)


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
