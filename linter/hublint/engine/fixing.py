"""Apply fixes to a repository in memory, to a fixpoint."""

from __future__ import annotations

import ast
from bisect import bisect_left, insort
from collections import Counter
from itertools import islice

from hublint.documents.card import Card
from hublint.documents.edits import apply_edits
from hublint.documents.source import Source
from hublint.engine.check import concluded, judge
from hublint.engine.findings import Result
from hublint.engine.reported import Applied
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.repository import README

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from hublint.documents.edits import Edit
    from hublint.documents.source import Span
    from hublint.engine.check import Settings
    from hublint.engine.covering import Judged
    from hublint.repository.repository import Repository

MAX_PASSES = 100
_NUMBER = lazy(r"\d+")
_TOKEN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_PATIENCE = 10  # so many passes may leave as many findings to fix as the one before
_OF_LINES = lazy(r"(?:^|/)(?:\.gitignore|\.gitattributes|[^/]*\.txt)$")  # each line stands for itself


class Change(NamedTuple):
    """A file before and after its fixes, credentials covered; `before` is None for a file that is new."""

    path: str
    before: str | None
    after: str


class Fixed(NamedTuple):
    """What fixing did: new bytes by path, what is left, and the fixes that were applied, in their order.

    Where the fixes did not `settle`, there are no new bytes, no fix was applied, and all is left.

    Attributes:
        offered: how many findings had a fix that might be applied before the first was.
        left: how many have one still.
    """

    files: dict[str, bytes]
    result: Result
    fixes: tuple[Applied, ...] = ()
    offered: int = 0
    left: int = 0
    settled: bool = True

    @property
    def applied(self) -> int:
        """How many fixes were applied."""
        return len(self.fixes)


def fix(repository: Repository, settings: Settings, unsafe: bool = False, only: Collection[str] | None = None) -> Fixed:
    """Fix what can be fixed, again and again until nothing changes; nothing is written to disk.

    Fixes whose edits overlap wait for the next pass. A fix is left out while it would break a file, while its own edits
    overlap, and while it would change or repeat a credential that it is not about. Fixes that undo each other, or that
    never come to an end, give the original back.

    Args:
        unsafe: apply unsafe fixes too.
        only: the paths that may be edited; a fix that edits another one too is left out whole.
    """
    files: dict[str, bytes] = {}
    applied: list[Applied] = []
    current = repository
    original = found, crashes = judge(current, settings)
    wanted = _wanted(found, unsafe, only)
    offered, waiting = len(wanted), Counter(map(_slip, wanted))
    patience = _PATIENCE
    seen = {_state(files)}
    for _ in range(MAX_PASSES):
        changed = _pass(current, wanted)
        if not changed.files:
            return Fixed(files, concluded(current, settings, found, crashes), tuple(applied), offered, len(wanted))
        files = {**files, **changed.files}
        for judged in changed.applied:
            later = not waiting[_slip(judged)]
            waiting[_slip(judged)] -= not later
            applied.append(Applied(judged.rule.code, judged.rule.name, tuple(sorted(_touched(judged))), later))
        if _state(files) in seen:
            break
        seen.add(_state(files))
        current = repository.changed(files)
        found, crashes = judge(current, settings)
        before, wanted = len(wanted), _wanted(found, unsafe, only)
        patience -= len(wanted) >= before
        if patience < 0:
            break
    return Fixed({}, concluded(repository, settings, *original), offered=offered, left=offered, settled=False)


def fix_one(repository: Repository, settings: Settings, fingerprint: str) -> dict[str, bytes]:
    """New bytes, by path, of the files that the fix of one finding edits, and no other fix; nothing is written to disk.

    There are none where no finding that is shown has that fingerprint, or its fix cannot be applied.

    Args:
        fingerprint: that of the finding as a check of the same files reported it.
    """
    from hublint.engine.covering import covered

    found, _ = judge(repository, settings)
    shown = (each for each in found if not each.silenced)
    pairs = zip(shown, covered(repository, found, ()).findings, strict=True)
    return _pass(repository, [judged for judged, each in pairs if each.fingerprint == fingerprint]).files


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
    applied: list[Judged]


def _slip(judged: Judged) -> tuple[str, str, str]:
    """What tells a finding from others, wherever its place has moved to."""
    finding = judged.finding
    return judged.rule.code, finding.path, _NUMBER.sub("", f"{finding.route} {finding.message}")


def _state(files: dict[str, bytes]) -> frozenset[tuple[str, bytes]]:
    return frozenset(files.items())


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


def _pass(repository: Repository, wanted: Iterable[Judged]) -> _Changed:
    """Apply what can be applied together; fixes that cannot be applied to this state make room for others."""
    left = [each for each in wanted if _is_change(repository, each) and not _spoils_credential(repository, each)]
    while left:
        batch = _compatible(left)
        changed = _apply(repository, batch)
        if changed.files:
            return changed
        tried = {id(judged) for judged in batch}
        left = [judged for judged in left if id(judged) not in tried]
    return _Changed({}, [])


def _is_change(repository: Repository, judged: Judged) -> bool:
    """Whether a fix writes anything but what stands there."""
    fix = judged.finding.fix
    if fix is None or fix.encoding:
        return fix is not None
    sources = ((edit, repository.source(edit.path)) for edit in fix.edits)
    return any(source is None or source.text[slice(*edit.span)] != edit.text for edit, source in sources)


def _spoils_credential(repository: Repository, judged: Judged) -> bool:
    """Whether a fix would change a text in which a credential is known, or write one once more, though its rule is
    about something else."""
    fix = judged.finding.fix
    if fix is None or judged.rule.effect == "leaked":
        return False
    return any(_holds_credential(repository, edit) for edit in fix.edits)


def _holds_credential(repository: Repository, edit: Edit) -> bool:
    from hublint.engine.masking import Mask

    if repository.once(Mask).hides(edit.text):
        return True
    source = repository.source(edit.path)
    if source is None:
        return False
    text, (start, end) = source.text, edit.span
    inside = start == end and 0 < start < len(text) and text[start - 1] in _TOKEN and text[start] in _TOKEN
    if start == end and not inside:
        return False
    while start and text[start - 1] in _TOKEN:
        start -= 1
    while end < len(text) and text[end] in _TOKEN:
        end += 1
    return repository.once(Mask).hides(text[start:end])


def _compatible(found: Iterable[Judged]) -> list[Judged]:
    """Findings whose fixes may be applied together, first come first served."""
    taken: dict[str, list[Edit]] = {}
    added: set[tuple[str, str, Span]] = set()
    reencoded: set[str] = set()
    chosen = []
    for judged in found:
        fix, path = judged.finding.fix, judged.finding.path
        if fix is None:
            continue
        adding = {(judged.rule.code, edit.path, edit.span) for edit in fix.edits if _adds_part(edit)}
        edits = [edit for edit in fix.edits if (judged.rule.code, edit.path, edit.span) not in added & adding]
        clash = any(_overlap(edit, other) for edit in edits for other in _beside(edit, taken.get(edit.path, [])))
        if clash or _touched(judged) & reencoded or (fix.encoding and path in taken):
            continue
        chosen.append(judged)
        added |= adding
        for edit in edits:
            insort(taken.setdefault(edit.path, []), edit, key=_start)
        if fix.encoding:
            reencoded.add(path)
    return chosen


def _adds_part(edit: Edit) -> bool:
    """Whether an edit adds an item behind others, or a line of its own: a rule may add several at one place at once."""
    if edit.span.start != edit.span.end:
        return False
    if edit.route:
        return edit.route.endswith("]") and not edit.route.endswith("[0]")
    return edit.text.endswith("\n") and edit.text[0] not in "\r\n" and bool(_OF_LINES.search(edit.path))


def _start(edit: Edit) -> int:
    return edit.span.start


def _beside(edit: Edit, taken: list[Edit]) -> Iterator[Edit]:
    """Those of the edits, which do not overlap and are sorted, that may overlap or touch another one."""
    at = bisect_left(taken, edit.span.start, key=_start)
    for other in reversed(taken[max(at - 2, 0) : at]):
        yield other
    for other in islice(taken, at, None):
        if other.span.start > edit.span.end:
            break
        yield other


def _overlap(edit: Edit, other: Edit) -> bool:
    """Whether edits cannot be applied together: where they only touch, which comes first would be a guess.

    Removals that touch are one removal.
    """
    if not edit.text and not other.text and edit.span.start != other.span.start:
        return edit.span.start < other.span.end and other.span.start < edit.span.end
    return edit.span.start <= other.span.end and other.span.start <= edit.span.end


def _apply(repository: Repository, batch: list[Judged]) -> _Changed:
    """Apply all fixes at once; where that breaks a file, one by one without those that break it."""
    together = _edited(repository, batch)
    if together is not None:
        return _Changed(together, batch)
    accepted: list[Judged] = []
    files: dict[str, bytes] = {}
    for judged in batch:
        trial = _edited(repository, [*accepted, judged])
        if trial is not None:
            accepted.append(judged)
            files = trial
    return _Changed(files, accepted)


def _edited(repository: Repository, batch: Iterable[Judged]) -> dict[str, bytes] | None:
    """New bytes of every file that the fixes touch; None where they cannot be made, or one would no longer parse."""
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
        known = repository.source(path)
        if known is None and path in repository.files:
            return None
        before = known or Source(path, b"")
        try:
            text = apply_edits(before.text, changes)
            if path in encodings:
                data = text.removeprefix("\ufeff").encode(encodings[path])
            else:
                data = before.encode(text)
        except ValueError:
            return None
        if not still_parses(before, data):
            return None
        if data != before.raw:
            files[path] = data
    return files


def still_parses(before: Source, data: bytes) -> bool:
    """Whether a file that was text before, or parsed, still is and does with new bytes; others may become anything."""
    after = Source(before.path, data)
    if _is_decoded(before) and not _is_decoded(after):
        return False
    if before.path == README:
        return _is_still_card(Card(README, before.raw), Card(README, data))
    if before.path.endswith(".py"):
        return not _is_python(before.raw) or _is_python(data)
    if before.path.rpartition("/")[2] == "Dockerfile":
        from hublint.documents.dockerfile import Dockerfile

        old_errors = Dockerfile(before).errors
        return len(Dockerfile(after).errors) <= len(old_errors)
    return True


def _is_still_card(old: Card, new: Card) -> bool:
    if (old.metadata is not None and new.metadata is None) or (old.block is not None and new.block is None):
        return False
    if new.error is None or old.error is None or not old.block or not new.block:
        return new.error is None or old.error is not None
    if new.error.kind != "break":
        return True
    from hublint.documents.yaml.odd_breaks import is_read

    return is_read(new.text, new.block.content) or not is_read(old.text, old.block.content)


def _is_decoded(source: Source) -> bool:
    """Whether every byte of a file is part of a text in UTF-8 or UTF-16."""
    return not source.is_binary and (source.is_utf8 or source.encoding != "utf-8")


def _is_python(data: bytes) -> bool:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
