"""Findings that a fix brings, and whether what it mended explains them."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from fuzzing.parsers import PARSERS, README
from fuzzing.recording import Pass
from hublint.documents.card import Card
from hublint.documents.source import Source
from hublint.engine.findings import Result
from hublint.engine.fixing import Fixed
from hublint.engine.project import Project
from hublint.engine.reported import Reported


def new_findings(
    project: Project, fixed: Fixed, passes: Iterable[Pass], before: Result, after: Result
) -> Iterator[str]:
    """Errors and warnings that were not there before and are not the next rule's judgement of what was mended."""
    old = Counter(map(_about, before.findings))
    spoken = {(each.code, each.place.path, each.route) for each in before.findings if each.route}
    lines = {(each.code, each.place.path, each.place.line) for each in before.findings}
    mended = _Mended(project, fixed, passes)
    for each in after.findings:
        if old[_about(each)]:
            old[_about(each)] -= 1
        elif (each.code, each.place.path, each.route) in spoken:
            continue  # it quotes another value
        elif each.place.path not in fixed.files and (each.code, each.place.path, each.place.line) in lines:
            continue  # it names another file
        elif each.severity != "info" and not mended.explains(each):
            yield f"new finding: {each.code} {each.message[:80]} at {each.place.path}:{each.place.line}"


def _about(finding: Reported) -> tuple[str, str, str]:
    """What a finding says; the numbers of lines in it may change."""
    return finding.code, finding.place.path, re.sub(r"\d+", "#", finding.message)


# Keys that decide what there is to judge anywhere, and those that decide nothing but themselves.
_DECIDING = ("sdk", "app_file", "library_name", "python_version")
_ALONE = frozenset(
    (
        *("title", "emoji", "colorFrom", "colorTo", "pinned", "thumbnail", "short_description", "pretty_name"),
        *("license", "license_name", "license_link", "header", "fullWidth"),
    )
)


_LISTS = ("requirements.txt", "pyproject.toml")


class _Mended:
    """What fixes changed: lines of files, and keys that decide what there is to judge."""

    def __init__(self, project: Project, fixed: Fixed, passes: Iterable[Pass]) -> None:
        self._project, self._fixed = project, fixed
        self._lines: dict[str, set[int]] = {}
        self._read_now = {path for path in fixed.files if _is_read_now(project.repository.source(path), fixed)}
        card = project.repository.card or Card(README, b"")
        self._card = Card(README, fixed.files[README]) if README in fixed.files else card
        self._unread_before = (card.metadata is None and README in fixed.files) or "Dockerfile" in self._read_now
        self._decided = _decide(card.data, self._card.data)
        self._starts = _starts(project, {}) != _starts(project, fixed.files)
        self._longer_text = len(_body(self._card)) > len(_body(card))
        self._named = set(self._card.data) - set(card.data)
        self._removed = {f"`{key}`" for key in set(card.data) - set(self._card.data)}
        self._unknown = card.unknown
        self._installs = any(path.rpartition("/")[2] in _LISTS for path in fixed.files)
        self._closed_anew = _closing(card) != _closing(self._card)
        self._stays_unread = card.error is not None and self._card.error is not None
        self._subsets = card.data.get("configs") != self._card.data.get("configs")
        both = card.data.keys() & self._card.data.keys()
        self._retyped = {key for key in both if type(card.data[key]) is not type(self._card.data[key])}
        self._missed = self._named | self._unknown | _gone(card.data, self._card.data, self._longer_text)
        self._lists = {_list_of(edit.route) for each in passes for edit in each.edits.get(README, ())} - {""}

    def explains(self, finding: Reported) -> bool:
        """Whether a finding is about what was mended, or could not be said before."""
        if self._unread_before or self._decided or finding.place.path in self._read_now:
            return True
        if (finding.code == "FM002" and self._closed_anew) or (finding.code == "DK029" and self._installs):
            return True  # of what a start lacks the first is told
        if finding.code in ("FM002", "FM003") and self._stays_unread:
            return True  # keys that are known now tell more of what was meant
        if self._is_at_mended_line(finding):
            return True
        if finding.place.path != README:
            if self._subsets and finding.code.startswith("DF"):
                return True  # a subset says how its files are read
            return bool(self._named - _ALONE) or (self._starts and finding.place.path != "Dockerfile")
        return self._is_about_mended_key(finding) or (self._longer_text and self._is_in_text(finding))

    def _is_about_mended_key(self, finding: Reported) -> bool:
        """Whether a key has its right name or type now, was not read, had no value, or an item beside it was mended."""
        key = re.split(r"[.\[]", finding.route)[0] or self._key_at(finding.place.line)
        if key in self._named | self._unknown | self._retyped:
            return True
        if any(finding.route.startswith(f"{each}[") for each in self._lists):
            return True
        if finding.code == "FM008" and any(key in finding.message for key in self._removed):
            return True  # a key that stands for one which was there
        quoted = re.findall(r"`(\w+)`", finding.message)
        return finding.place.line == self._card.position(self._card.fence.start).line and any(
            f"`{name}" in finding.message or difflib.get_close_matches(name, quoted, 1, 0.8) for name in self._missed
        )

    def _key_at(self, line: int) -> str:
        """The key in whose entry a line is; empty where it is in none."""
        for entry in self._card.entries:
            first, last = (self._card.position(offset).line for offset in entry.span)
            if first <= line <= last:
                return entry.name
        return ""

    def _is_in_text(self, finding: Reported) -> bool:
        """Whether a finding is about the text below the metadata, of which there is more now."""
        begins = self._card.position(self._card.body.start).line
        return finding.code.startswith("CT") or finding.place.line >= begins

    def _is_at_mended_line(self, finding: Reported) -> bool:
        path, line = finding.place.path, finding.place.line
        if path not in self._fixed.files:
            return False
        if path not in self._lines:
            self._lines[path] = _changed_lines(self._project, path, self._fixed.files[path])
        return not self._lines[path].isdisjoint(range(line, finding.place.end_line + 1))


def _decide(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Whether keys differ that decide what there is to judge; a merge may bring any key."""
    no_port = old.get("app_port", 0) is None and "app_port" not in new  # which port was meant could not be told
    return no_port or any(old.get(key) != new.get(key) for key in _DECIDING) or ("<<" in old) != ("<<" in new)


def _starts(project: Project, files: Mapping[str, bytes]) -> list[str]:
    """The lines of the Dockerfile that say what starts, which decides what the rules about code look at."""
    known = project.repository.source("Dockerfile")
    source = Source("Dockerfile", files["Dockerfile"]) if "Dockerfile" in files else known
    return re.findall(r"(?mi)^[ \t]*(?:CMD|ENTRYPOINT)\b.*", source.text) if source is not None else []


def _gone(old: Mapping[str, object], new: Mapping[str, object], longer_text: bool) -> set[str]:
    """Keys that went and had no value; where text stood in the metadata, those too of which another was read."""
    if longer_text:
        return {key for key, value in old.items() if new.get(key) != value}
    gone = {key for key, value in old.items() if key not in new and value in (None, "", [], {})}
    return gone | {str(key).lower() for key in gone}


def _list_of(route: str) -> str:
    """The list that a route leads into, empty where there is none."""
    return route.rpartition("[")[0]


def _is_read_now(before: Source | None, fixed: Fixed) -> bool:
    """Whether a file can be parsed since it is fixed, and could not before."""
    if before is None or before.path == README:
        return False
    after = Source(before.path, fixed.files[before.path])
    return any(parses(after) and not parses(before) for parses in PARSERS.values())


def _closing(card: Card) -> str:
    """The line of the metadata's closing fence."""
    return card.line(card.position(card.block.closing.start).line) if card.block is not None else ""


def _body(card: Card) -> str:
    """The text below the metadata."""
    return card.text[slice(*card.body)]


def _changed_lines(project: Project, path: str, data: bytes) -> set[int]:
    known = project.repository.source(path)
    old = known.text.splitlines() if known is not None else []
    new = Source(path, data).text.splitlines()
    found: set[int] = set()
    for tag, _, _, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found.update(range(start + 1, end + 2))
    return found
