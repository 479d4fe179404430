"""Files that a pattern without a match may have meant."""

from __future__ import annotations

from hublint.dataset.data_files import PatternError, has_magic
from hublint.dataset.data_formats import is_supported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.dataset.data_files import DataFiles

_MOST_COMPARED = 2000


def near(files: DataFiles, pattern: str, folder: str = "") -> str:
    """A pattern close to one without a match that has matches; empty where none is close."""
    for other in _spellings(files, pattern):
        if other != pattern and matched(files, other, folder):
            return other
    return _close_path(files, pattern) if not has_magic(pattern) and not folder else ""


def matched(files: DataFiles, pattern: str, folder: str = "") -> list[str]:
    """The supported files that a pattern stands for; none where the library raises."""
    try:
        return [path for path in files.matching(pattern, folder) if is_supported(path)]
    except PatternError:
        return []


def repaired(pattern: str) -> str:
    """A pattern whose every `**` is a whole path component: `data/**.csv` becomes `data/**/*.csv`."""
    parts: list[str] = []
    for part in pattern.split("/"):
        if "**" in part and part != "**":
            before, _, after = part.partition("**")
            parts += [f"{before}*"] if before else []
            parts += ["**", "*" + after.lstrip("*")] if after.strip("*") else ["**"]
        else:
            parts.append(part)
    return "/".join(parts)


def _spellings(files: DataFiles, pattern: str) -> Iterator[str]:
    plain = pattern.replace("\\", "/").strip().lstrip("/")
    yield plain
    yield plain.replace("[", "[[]")
    if not has_magic(plain):
        bare = plain.rstrip("/")
        yield f"{bare}/*"
        yield f"{bare}/**"
        yield from (path for path in _paths(files) if path.lower() == bare.lower())
        name = bare.rpartition("/")[2]
        yield from _only([path for path in _paths(files) if path.rpartition("/")[2] == name])
        stem = bare.partition(".")[0] if "/" not in bare else bare.rpartition("/")[0] + "/" + name.partition(".")[0]
        yield from _only([path for path in _paths(files) if path.startswith(f"{stem}.") and is_supported(path)])
        return
    folder, _, last = plain.rpartition("/")
    yield f"{folder}/**/{last}".lstrip("/") if last != "**" else plain
    for each in _top_folders(files):
        yield f"{each}/{plain}"
    stem, dot, _ = last.rpartition(".")
    for suffix in ("parquet", "csv", "jsonl", "json", "arrow", "tar", "txt"):
        if dot:
            yield f"{folder}/{stem}.{suffix}".lstrip("/")


def _paths(files: DataFiles) -> Iterator[str]:
    for folder, names in files.folders.items():
        for name in names:
            yield f"{folder}/{name}" if folder else name


def _top_folders(files: DataFiles) -> list[str]:
    found = {folder.partition("/")[0] for folder in files.folders if folder}
    return sorted(folder for folder in found if not folder.startswith((".", "__")))[:20]


def _only(found: list[str]) -> Iterable[str]:
    return found if len(found) == 1 else ()


def _close_path(files: DataFiles, path: str) -> str:
    suffix = path.rpartition(".")[2]
    others = [other for other in _paths(files) if other.endswith(f".{suffix}") and abs(len(other) - len(path)) < 4]
    if not others or len(others) > _MOST_COMPARED or len(path) > 200:
        return ""
    from difflib import get_close_matches

    found = [other for other in get_close_matches(path, others, 2, 0.85) if _digits(other) == _digits(path)]
    return found[0] if len(found) == 1 else ""


def _digits(path: str) -> str:
    """A number that differs is not a slip: `train-00001` is not meant where `train-00002` is written."""
    return "".join(letter for letter in path if letter.isdigit())
