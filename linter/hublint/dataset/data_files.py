"""Which files of a listing the `datasets` library takes for data: globs, default patterns and split names.

Source: PyPI datasets 5.2.0 (data_files.py) over fsspec 2026.9.0; `tests/test_data_files.py` compares the two.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.repository.repository import Repository

SPLITS = ("train", "validation", "test")

_File = tuple[str, tuple[str, ...], str]
# A split, and the number of the pattern that tells it.
_Told = tuple[str, int]

_MAGIC = lazy(r"[*?\[]")
_URL = lazy(r"[A-Za-z][A-Za-z0-9+.\-]*:|[^/]*::")
_SHARD = lazy(r"(.+)-\d{5}-of-\d{5}.*\..*", re.ASCII | re.DOTALL)
_SPLIT = lazy(r"\w+(\.\w+)*")
_NOTHING = lazy(r"(?!)")
_DELIMITER = "[-._ 0-9]"
_DELIMITERS = "-._ 0123456789"


class PatternError(ValueError):
    """A pattern or a file name at which the library raises instead of looking for files.

    `kind` is `stars` for a `**` that is not a whole path component, `split` for a shard whose name gives `value`
    as its split, which is not a legal name of one.
    """

    def __init__(self, kind: str, value: str) -> None:
        super().__init__(f"{kind}: {value}")
        self.kind = kind
        self.value = value


class DataFiles:
    """Every file of a repository, found by pattern.

    Args:
        paths: the files' paths, relative to the repository's root.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self.folders: dict[str, list[str]] = {}
        self._matching: dict[tuple[str, str], list[str]] = {}
        self._by_split: dict[str, dict[str, list[str]]] = {}
        self.paths = frozenset(paths)
        for path in sorted(self.paths):
            folder, _, name = path.rpartition("/")
            self.folders.setdefault(folder, []).append(name)

    def exists(self, path: str) -> bool:
        """Whether there is a file of exactly that path."""
        return path in self.paths

    def matching(self, pattern: str, folder: str = "") -> list[str]:
        """The files that a pattern of `data_files` stands for, sorted; whatever their extensions.

        Args:
            pattern: a path or glob, relative to `folder`.
            folder: the subset's `data_dir`.

        Raises:
            PatternError: `**` is not a whole path component.
        """
        key = (pattern, folder)
        if key not in self._matching:
            self._matching[key] = self._match(pattern, folder)
        return self._matching[key]

    def _match(self, pattern: str, folder: str) -> list[str]:
        parts = _parts(pattern, folder)
        if any("**" in part and part != "**" for part in parts):
            raise PatternError("stars", pattern)
        if pattern.startswith("/"):
            return []
        first = next((index for index, part in enumerate(parts) if has_magic(part)), len(parts))
        if first == len(parts):
            path = "/".join(_collapsed(parts) or ())
            return [path] if self.exists(path) else []
        if first and parts[first - 1] == "" and first > 1:
            return []
        root = _collapsed(parts[:first])
        if root is None or any(part in ("", ".", "..") for part in parts[first:]):
            return []
        return sorted(self._found([*root, *parts[first:]]))

    def _found(self, parts: list[str]) -> Iterator[str]:
        *wanted, last = [*parts, "*"] if parts[-1] == "**" else parts
        hidden = sum(map(_is_hidden, parts))
        special = sum(part.startswith("__") for part in parts[:-1])
        fits, ignored = _segment(last).match, ignored_names() - {last}
        for folder in self._fitting(wanted):
            inside = folder.split("/") if folder else []
            if sum(part.startswith("__") for part in inside) != special:
                continue
            missing = hidden - sum(map(_is_hidden, inside))
            if missing not in (0, 1):
                continue
            lead = f"{folder}/" if folder else ""
            for name in self.folders[folder]:
                if fits(name) and name not in ignored and missing == _is_hidden(name):
                    yield lead + name

    def _fitting(self, wanted: list[str]) -> Iterator[str]:
        """The folders that fit a pattern of folders."""
        if not any(map(has_magic, wanted)):
            folder = "/".join(wanted)
            if folder in self.folders:
                yield folder
            return
        segments = [None if part == "**" else _segment(part) for part in wanted]
        for folder in self.folders:
            if _fits(segments, folder.split("/") if folder else []):
                yield folder

    def by_split(self, folder: str = "") -> dict[str, list[str]]:
        """The files of each split where no `data_files` are given: told by their names, else all are `train`.

        Args:
            folder: the subset's `data_dir`.

        Raises:
            PatternError: the name of a shard gives a split that is not a legal name of one.
        """
        if folder not in self._by_split:
            self._by_split[folder] = self._tell(folder)
        return self._by_split[folder]

    def _tell(self, folder: str) -> dict[str, list[str]]:
        shards = self._shards(folder)
        if shards:
            return shards
        files = sorted(self._plain(folder))
        for told in (_logs, _tasks, _told_by_folders, _told_by_names):
            splits = told(files)
            if splits:
                return splits
        return {"train": [path for path, _, _ in files]} if files else {}

    def _shards(self, folder: str) -> dict[str, list[str]]:
        """`data/NAME-00000-of-00001.EXT`, where NAME is the split."""
        base = "/".join(_collapsed(_parts("data", folder)) or ["data"])
        splits: dict[str, list[str]] = {}
        for name in self.folders.get(base, ()):
            found = _SHARD.fullmatch(name)
            if found is None or _is_hidden(name):
                continue
            if not _SPLIT.fullmatch(found[1]):
                raise PatternError("split", found[1])
            splits.setdefault(found[1], []).append(f"{base}/{name}")
        order = [*SPLITS, *sorted(splits.keys() - set(SPLITS))]
        return {split: sorted(splits[split]) for split in order if split in splits}

    def _plain(self, folder: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
        """Path, folders below `folder` and name of every file that is neither hidden, special nor metadata."""
        base, ignored = "/".join(_collapsed(_parts("", folder)) or []), ignored_names()
        for place in sorted(self.folders):
            if base and place != base and not place.startswith(f"{base}/"):
                continue
            inside = place[len(base) :].strip("/")
            parts = tuple(inside.split("/")) if inside else ()
            if any(part.startswith("__") or _is_hidden(part) for part in parts):
                continue
            for name in sorted(self.folders[place]):
                if not _is_hidden(name) and name not in ignored:
                    yield (f"{place}/{name}" if place else name), parts, name


def files_of(repository: Repository) -> DataFiles:
    """A repository's files, indexed once."""
    return repository.once(_indexed)


def _indexed(repository: Repository) -> DataFiles:
    return DataFiles(repository.files)


def has_magic(pattern: str) -> bool:
    """Whether a pattern is a glob rather than a path."""
    return _MAGIC.search(pattern) is not None


def is_url(pattern: str) -> bool:
    """Whether a pattern names something outside the repository, or inside an archive."""
    return _URL.match(pattern) is not None


def is_split_name(name: str) -> bool:
    """Whether the library accepts a name for a split."""
    return _SPLIT.fullmatch(name) is not None


def _parts(pattern: str, folder: str) -> list[str]:
    joined = f"{folder.rstrip('/')}/{pattern}" if folder else pattern
    return joined.rstrip("/").split("/")


def _collapsed(parts: list[str]) -> list[str] | None:
    """Path components without `.`, `..` and empty ones; None where they leave the repository."""
    kept: list[str] = []
    for part in parts:
        if part == "..":
            if not kept:
                return None
            kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    return kept


def _is_hidden(part: str) -> bool:
    return part.startswith(".") and part.strip(".") != ""


@lru_cache(maxsize=1)
def ignored_names() -> frozenset[str]:
    """Names that the library leaves out unless a pattern asks for them."""
    import hublint_schemas

    return frozenset(hublint_schemas.table("datasets")["files_ignored_by_loader"])


@lru_cache(maxsize=1024)
def _segment(part: str) -> re.Pattern[str]:
    """One path component of a glob. Each star takes the shortest text that lets the next piece match, for good."""
    pieces, index = [""], 0
    while index < len(part):
        character = part[index]
        end = index + 1
        if character == "*":
            pieces.append("")
        elif character == "?":
            pieces[-1] += "."
        elif character == "[" and (end := _class_end(part, index)):
            pieces[-1] += _character_class(part[index:end])
        else:
            end = index + 1
            pieces[-1] += re.escape(character)
        index = end
    first, *rest = pieces
    middle = "".join(f"(?=(?P<g{number}>.*?{piece}))(?P=g{number})" for number, piece in enumerate(rest[:-1]) if piece)
    tail = f".*{rest[-1]}" if rest else ""
    return re.compile(rf"(?s:{first}{middle}{tail})\Z")


def _class_end(part: str, start: int) -> int:
    """Behind the `]` that closes the class at `start`; 0 where none does."""
    first = start + 1
    first += part.startswith("!", first)
    first += part.startswith("]", first)
    return part.find("]", first) + 1


def _character_class(text: str) -> str:
    from fnmatch import translate

    pattern = translate(text)[len("(?s:") : -len(r")\Z")]
    try:
        re.compile(pattern)
    except re.error:  # an empty range, which matches nothing
        return "(?!)"
    return pattern


def _fits(wanted: list[re.Pattern[str] | None], segments: list[str]) -> bool:
    """Whether folders fit a pattern in which None stands for any number of them."""
    at = asked = 0
    star, resume = -1, 0
    while at < len(segments):
        pattern = wanted[asked] if asked < len(wanted) else _NOTHING
        if pattern is None:
            star, resume = asked, at
            asked += 1
        elif pattern.match(segments[at]):
            at += 1
            asked += 1
        elif star >= 0:
            resume += 1
            at, asked = resume, star + 1
        else:
            return False
    return all(pattern is None for pattern in wanted[asked:])


def _logs(files: list[_File]) -> dict[str, list[str]]:
    found = [path for path, _, name in files if name.endswith(".eval")]
    return {"logs": found} if found else {}


def _tasks(files: list[_File]) -> dict[str, list[str]]:
    found = [path for path, _, name in files if name in ("task.toml", "instruction.md")]
    return {"test": found} if found else {}


def _told_by_folders(files: list[_File]) -> dict[str, list[str]]:
    return _grouped((path, told) for path, folders, _ in files for told in _told_of_folders(folders))


def _told_by_names(files: list[_File]) -> dict[str, list[str]]:
    return _grouped((path, told) for path, _, name in files for told in _told_in(name, True))


def _grouped(told: Iterable[tuple[str, _Told]]) -> dict[str, list[str]]:
    """The files of each split, those of an earlier pattern of the library first; one of several patterns once."""
    found: dict[str, list[tuple[int, str]]] = {split: [] for split in SPLITS}
    for path, (split, rank) in told:
        found[split].append((rank, path))
    return {split: list(dict.fromkeys(path for _, path in sorted(each))) for split, each in found.items() if each}


@lru_cache(maxsize=4096)
def _told_of_folders(folders: tuple[str, ...]) -> frozenset[_Told]:
    return frozenset(told for folder in folders for told in _told_in(folder, False))


def tells_split(folder: str) -> bool:
    """Whether the library takes the name of a folder for that of a split."""
    return bool(_told_in(folder, False))


def may_be_told_twice(path: str) -> bool:
    """Whether several patterns of one split fit a file, so that the library reads it several times."""
    *folders, name = path.split("/")
    for told in (_told_of_folders(tuple(folders)), _told_in(name, True)):
        splits = [split for split, _ in told]
        if len(splits) > len(set(splits)):
            return True
    return False


def _told_in(text: str, closed: bool) -> list[_Told]:
    """The splits whose keywords stand between delimiters; a name's end delimits only where it is not `closed`."""
    found = []
    for split, pattern in _keywords(closed).items():
        if pattern.search(text):
            found += [(split, rank) for rank in _ranks(text, split, closed)]
    return found


def _ranks(text: str, split: str, closed: bool) -> list[int]:
    """Which of the library's patterns for a split fit, by their number: for each keyword one for each place of it."""
    ranks = []
    for number, keyword in enumerate(_words()[split]):
        ends = _ends(text, keyword)
        places = (
            not closed and text == keyword,
            ends[:1] == [len(keyword)] and len(text) > len(keyword),
            not closed and ends[-1:] == [len(text)] and len(text) > len(keyword),
            any(len(keyword) < end < len(text) for end in ends),
        )
        ranks += [4 * number + place for place, fits in enumerate(places) if fits]
    return ranks


def _ends(text: str, keyword: str) -> list[int]:
    """Where a keyword ends that stands between delimiters or the ends of a text."""
    found, start = [], text.find(keyword)
    while start >= 0:
        end = start + len(keyword)
        if (not start or text[start - 1] in _DELIMITERS) and (end == len(text) or text[end] in _DELIMITERS):
            found.append(end)
        start = text.find(keyword, start + 1)
    return found


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    import hublint_schemas

    known: dict[str, list[str]] = hublint_schemas.table("datasets")["split_keywords"]
    return known


@lru_cache(maxsize=2)
def _keywords(closed: bool) -> dict[str, re.Pattern[str]]:
    known = _words()
    end = _DELIMITER if closed else rf"(?:{_DELIMITER}|\Z)"
    return {split: re.compile(rf"(?:\A|{_DELIMITER})(?:{'|'.join(known[split])}){end}") for split in SPLITS}
