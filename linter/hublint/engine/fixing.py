"""Apply fixes to a repository in memory, to a fixpoint, and write what changed."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING, NamedTuple

from hublint.documents.card import Card
from hublint.documents.edits import apply_edits
from hublint.documents.source import Source
from hublint.repository.repository import README, Repository
from hublint.repository.tree import MemoryTree, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hublint.documents.edits import Edit, Fix
    from hublint.engine.check import Result
    from hublint.rule import Finding

MAX_PASSES = 10


class Fixed(NamedTuple):
    """What fixing did: new bytes by path, how many fixes were applied, and what is left."""

    files: dict[str, bytes]
    applied: int
    result: Result


class WriteError(Exception):
    """A file that could not be written; it is as it was."""


def fix(repository: Repository, lint: Callable[[Repository], Result], unsafe: bool = False) -> Fixed:
    """Fix what can be fixed, again and again until nothing changes; nothing is written to disk.

    Fixes whose edits overlap wait for the next pass. A fix after which a file no longer parses is dropped.

    Args:
        lint: gives the findings of a repository.
        unsafe: apply unsafe fixes too.
    """
    files: dict[str, bytes] = {}
    applied = 0
    rejected: set[tuple[str, str, str]] = set()
    current = repository
    result = lint(current)
    seen = {_state(files)}
    for _ in range(MAX_PASSES):
        batch = _compatible(result.findings, rejected, unsafe)
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
        current = Repository(
            MemoryTree(files, repository.tree), repository.kind, repository.reason, repository.name, repository.repo_id
        )
        result = lint(current)
    return Fixed(files, applied, result)


class _Changed(NamedTuple):
    files: dict[str, bytes]
    applied: int


def _state(files: dict[str, bytes]) -> frozenset[tuple[str, bytes]]:
    return frozenset(files.items())


def _key(finding: Finding) -> tuple[str, str, str]:
    return (finding.rule.code if finding.rule else "", finding.path, finding.message)


def _compatible(findings: Iterable[Finding], rejected: set[tuple[str, str, str]], unsafe: bool) -> list[Finding]:
    """Findings whose fixes may be applied together, first come first served."""
    taken: dict[str, list[Edit]] = {}
    reencoded: set[str] = set()
    chosen = []
    for finding in findings:
        fix = finding.fix
        if fix is None or (fix.safety == "unsafe" and not unsafe) or _key(finding) in rejected:
            continue
        touched = {edit.path for edit in fix.edits} | ({finding.path} if fix.encoding else set())
        clash = any(_overlap(edit, other) for edit in fix.edits for other in taken.get(edit.path, ()))
        if clash or touched & reencoded or (fix.encoding and finding.path in taken):
            continue
        chosen.append(finding)
        for edit in fix.edits:
            taken.setdefault(edit.path, []).append(edit)
        if fix.encoding:
            reencoded.add(finding.path)
    return chosen


def _overlap(edit: Edit, other: Edit) -> bool:
    """Touching edits count as overlapping: which comes first would be a guess."""
    return edit.span.start <= other.span.end and other.span.start <= edit.span.end


def _apply(repository: Repository, findings: list[Finding], rejected: set[tuple[str, str, str]]) -> _Changed:
    """Apply all fixes at once; where that breaks a file, one by one, rejecting those that break it."""
    together = _edited(repository, [finding.fix for finding in findings if finding.fix])
    if together is not None:
        return _Changed(together, len(findings))
    accepted: list[Finding] = []
    files: dict[str, bytes] = {}
    for finding in findings:
        trial = _edited(repository, [kept.fix for kept in (*accepted, finding) if kept.fix])
        if trial is None:
            rejected.add(_key(finding))
        else:
            accepted.append(finding)
            files = trial
    return _Changed(files, len(accepted))


def _edited(repository: Repository, fixes: list[Fix]) -> dict[str, bytes] | None:
    """New bytes of every file the fixes touch; None where one would no longer parse."""
    edits: dict[str, list[Edit]] = {}
    encodings: dict[str, str] = {}
    for fix in fixes:
        for edit in fix.edits:
            edits.setdefault(edit.path, []).append(edit)
            if fix.encoding:
                encodings[edit.path] = fix.encoding
    files = {}
    for path, changes in edits.items():
        before = repository.source(path) or Source(path, b"")
        text = apply_edits(before.text, changes)
        if path in encodings:
            data = text.removeprefix("\ufeff").encode(encodings[path])
        else:
            data = before.encode(text)
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


def write(folder: str, repository: Repository, files: dict[str, bytes]) -> None:
    """Replace files on disk, each in one step, with the permissions they had.

    Raises:
        WriteError: a file changed since it was read, or cannot be written; it is left as it is.
    """
    for path, data in files.items():
        target = os.path.join(folder, path)
        before = repository.source(path)
        if read_file(target) != (before.raw if before is not None else None):
            raise WriteError(f"{path}: changed while hublint was at work; left as it is")
        temporary = f"{target}.hublint-{os.getpid()}"
        try:
            mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else None
            with open(temporary, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                os.chmod(temporary, mode)
            os.replace(temporary, target)
        except OSError as error:
            if os.path.lexists(temporary):
                os.unlink(temporary)
            raise WriteError(f"{path}: {error.strerror}") from None
