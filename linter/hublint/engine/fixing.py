"""Apply fixes to a repository in memory, to a fixpoint."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from hublint.documents.card import Card
from hublint.documents.edits import apply_edits
from hublint.documents.source import Source
from hublint.engine.check import judge
from hublint.engine.covering import covered
from hublint.engine.findings import Result
from hublint.repository.repository import README

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from hublint.documents.edits import Edit
    from hublint.engine.check import Settings
    from hublint.engine.covering import Judged
    from hublint.repository.repository import Repository

MAX_PASSES = 10


class Change(NamedTuple):
    """A file before and after its fixes, credentials covered; `before` is None for a file that is new."""

    path: str
    before: str | None
    after: str


class Fixed(NamedTuple):
    """What fixing did: new bytes by path, how many fixes were applied, and what is left."""

    files: dict[str, bytes]
    applied: int
    result: Result


def fix(repository: Repository, settings: Settings, unsafe: bool = False, only: Collection[str] | None = None) -> Fixed:
    """Fix what can be fixed, again and again until nothing changes; nothing is written to disk.

    Fixes whose edits overlap wait for the next pass. A fix after which a file no longer parses is dropped.

    Args:
        unsafe: apply unsafe fixes too.
        only: the paths that may be edited; a fix that edits another one too is left out whole.
    """
    files: dict[str, bytes] = {}
    applied = 0
    rejected: set[tuple[str, str, str]] = set()
    current = repository
    found, crashes = judge(current, settings)
    seen = {_state(files)}
    for _ in range(MAX_PASSES):
        batch = _compatible(_wanted(found, unsafe, only), rejected)
        if not batch:
            break
        changed = _apply(current, batch, rejected)
        if not changed.files:
            continue
        candidate = {**files, **changed.files}
        if _state(candidate) in seen:
            break
        files, applied = candidate, applied + changed.applied
        seen.add(_state(files))
        current = repository.changed(files)
        found, crashes = judge(current, settings)
    return Fixed(files, applied, covered(current, found, crashes))


def changes(repository: Repository, files: Mapping[str, bytes]) -> list[Change]:
    """What new bytes change in a repository's files, as it may be shown, sorted by path."""
    from hublint.engine.masking import Mask

    mask = Mask(repository)
    found = []
    for path, data in sorted(files.items()):
        old = repository.source(path)
        found.append(Change(path, mask(old.text) if old is not None else None, mask(Source(path, data).text)))
    return found


class _Changed(NamedTuple):
    files: dict[str, bytes]
    applied: int


def _state(files: dict[str, bytes]) -> frozenset[tuple[str, bytes]]:
    return frozenset(files.items())


def _key(judged: Judged) -> tuple[str, str, str]:
    return (judged.rule.code, judged.finding.path, judged.finding.message)


def _touched(judged: Judged) -> set[str]:
    """The paths of the files that a finding's fix changes."""
    fix = judged.finding.fix
    if fix is None:
        return set()
    return {edit.path for edit in fix.edits} | ({judged.finding.path} if fix.encoding else set())


def _wanted(found: Iterable[Judged], unsafe: bool, only: Collection[str] | None) -> list[Judged]:
    """Findings that are shown and whose fixes may be applied."""
    return [
        judged
        for judged in found
        if not judged.silenced
        and (fix := judged.finding.fix) is not None
        and (unsafe or fix.safety == "safe")
        and (only is None or _touched(judged) <= set(only))
    ]


def _compatible(found: Iterable[Judged], rejected: set[tuple[str, str, str]]) -> list[Judged]:
    """Findings whose fixes may be applied together, first come first served."""
    taken: dict[str, list[Edit]] = {}
    reencoded: set[str] = set()
    chosen = []
    for judged in found:
        fix, path = judged.finding.fix, judged.finding.path
        if fix is None or _key(judged) in rejected:
            continue
        clash = any(_overlap(edit, other) for edit in fix.edits for other in taken.get(edit.path, ()))
        if clash or _touched(judged) & reencoded or (fix.encoding and path in taken):
            continue
        chosen.append(judged)
        for edit in fix.edits:
            taken.setdefault(edit.path, []).append(edit)
        if fix.encoding:
            reencoded.add(path)
    return chosen


def _overlap(edit: Edit, other: Edit) -> bool:
    """Touching edits count as overlapping: which comes first would be a guess."""
    return edit.span.start <= other.span.end and other.span.start <= edit.span.end


def _apply(repository: Repository, batch: list[Judged], rejected: set[tuple[str, str, str]]) -> _Changed:
    """Apply all fixes at once; where that breaks a file, one by one, rejecting those that break it."""
    together = _edited(repository, batch)
    if together is not None:
        return _Changed(together, len(batch))
    accepted: list[Judged] = []
    files: dict[str, bytes] = {}
    for judged in batch:
        trial = _edited(repository, [*accepted, judged])
        if trial is None:
            rejected.add(_key(judged))
        else:
            accepted.append(judged)
            files = trial
    return _Changed(files, len(accepted))


def _edited(repository: Repository, batch: Iterable[Judged]) -> dict[str, bytes] | None:
    """New bytes of every file that the fixes touch; None where they overlap, or where one would no longer parse."""
    edits: dict[str, list[Edit]] = {}
    encodings: dict[str, str] = {}
    fixes = [judged.finding.fix for judged in batch]
    for fix in filter(None, fixes):
        for edit in fix.edits:
            edits.setdefault(edit.path, []).append(edit)
            if fix.encoding:
                encodings[edit.path] = fix.encoding
    files = {}
    for path, changes in edits.items():
        before = repository.source(path) or Source(path, b"")
        try:
            text = apply_edits(before.text, changes)
            data = text.removeprefix("\ufeff").encode(encodings[path]) if path in encodings else before.encode(text)
        except ValueError:
            return None
        if not still_parses(before, data):
            return None
        if data != before.raw:
            files[path] = data
    return files


def still_parses(before: Source, data: bytes) -> bool:
    """Whether a file that parsed before still does with new bytes; one that did not may be anything."""
    if before.path == README:
        old, new = Card(README, before.raw), Card(README, data)
        if old.metadata is not None:
            return new.metadata is not None
        return new.error is None or old.error is not None
    if before.path.endswith(".py"):
        return not _is_python(before.raw) or _is_python(data)
    if before.path.rpartition("/")[2] == "Dockerfile":
        from hublint.documents.dockerfile import Dockerfile

        old_errors = Dockerfile(before).errors
        return len(Dockerfile(Source(before.path, data)).errors) <= len(old_errors)
    return True


def _is_python(data: bytes) -> bool:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
