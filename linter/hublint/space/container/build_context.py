"""Which files a build of the Dockerfile can copy: the repository's without those that .dockerignore leaves out.

Source: https://docs.docker.com/build/concepts/context/#dockerignore-files; github.com/moby/patternmatcher.
"""

from __future__ import annotations

import re

from hublint.repository.git.pattern_index import Key, PatternIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository

_LONGEST = 200
_MOST_STARS = 6


def near(repository: Repository, path: str) -> str:
    """The one file or folder that differs from `path` in upper and lower case only, else empty."""
    wanted = path.lower()
    found = [other for other in (*repository.files, *repository.folders) if other.lower() == wanted]
    return found[0] if len(found) == 1 else ""


def excluding(repository: Repository, path: str) -> str:
    """The line of .dockerignore that leaves out a file, or all of a folder; empty where none does."""
    patterns = repository.once(_patterns)
    line = patterns.verdict(path)
    if line and path in repository.folders:
        inside = (file for file in repository.files if file.startswith(f"{path}/"))
        return line if all(patterns.verdict(file) for file in inside) else ""
    return line


class _Patterns:
    """The patterns of an ignore file: expression, line as written, and whether it brings back."""

    def __init__(self, patterns: list[tuple[str, str, bool]]) -> None:
        self._lines = [(re.compile(_regex(cleaned)), written, negated) for cleaned, written, negated in patterns]
        self._index = PatternIndex(_key(cleaned) for cleaned, _, _ in patterns)

    def verdict(self, path: str) -> str:
        """The last pattern that fits the path or a folder above it, empty where that brings it back."""
        parts = path.split("/")
        paths = ["/".join(parts[: length + 1]) for length in range(len(parts))]
        candidates = {at for each in paths for at in self._index.candidates(each.encode("utf-8", "surrogateescape"))}
        for at in sorted(candidates, reverse=True):
            pattern, written, negated = self._lines[at]
            if any(pattern.fullmatch(each) for each in paths):
                return "" if negated else written
        return ""


def _key(pattern: str) -> Key:
    """The literal text that every path has that fits."""
    literal = re.split(r"[*?]", pattern)
    if len(literal) == 1:
        return Key("whole", pattern.encode("utf-8", "surrogateescape"), False)
    longest = max(literal, key=len)
    # `**/` may stand for nothing, and its slash with it
    text = longest.strip("/").encode("utf-8", "surrogateescape")
    return Key("inside" if text else "", text, False)


def _patterns(repository: Repository) -> _Patterns:
    """The patterns of the ignore file; none where one of them cannot be read."""
    for name in ("Dockerfile.dockerignore", ".dockerignore"):
        source = repository.source(name) if name in repository.files else None
        if source is None:
            continue
        found: list[tuple[str, str, bool]] = []
        for line in source.text.removeprefix("\ufeff").splitlines():
            written = line.strip()
            if not written or line.startswith("#"):
                continue
            negated = written.startswith("!")
            parts = [part for part in written.removeprefix("!").strip().split("/") if part not in ("", ".")]
            cleaned = "/".join(parts).strip()
            if not _is_readable(cleaned, parts) or (negated and not cleaned):
                return _Patterns([])
            if cleaned:
                found.append((cleaned, written, negated))
        return _Patterns(found)
    return _Patterns([])


def _is_readable(pattern: str, parts: list[str]) -> bool:
    """Whether a pattern means what it says: moby/patternmatcher leaves some characters to the regular expression."""
    if len(pattern) > _LONGEST or pattern.count("*") > _MOST_STARS or pattern.startswith("!") or ".." in parts:
        return False
    return not any(mark in pattern for mark in "[\\()|{}+^")


def _regex(pattern: str) -> str:
    if pattern.startswith("**") and pattern[2:3] not in ("", "/") and not set(pattern[2:]) & {"*", "?"}:
        return ".*" + re.escape(pattern[2:])
    stem = pattern.removesuffix("**")
    return "".join(map(_piece, re.split(r"(\*\*/?|\*|\?)", stem))) + (".*" if stem != pattern else "")


def _piece(piece: str) -> str:
    return {"**": "(?:.*/)?", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}.get(piece) or re.escape(piece)
