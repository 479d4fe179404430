"""Which of the `datasets` library's builders reads a list of files: told by their extensions.

Source: PyPI datasets 5.2.0 (load.py, packaged_modules/__init__.py).
"""

from __future__ import annotations

from functools import lru_cache

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ARCHIVE = ".zip"

# Builders of tables whose columns are known before all is read, and what is in the names of their files.
TABLES = ("csv", "json", "parquet")
TABLE_NAMES = (".csv", ".tsv", ".json", ".ndjson", "parquet", ".gpq")

_LANCE_METADATA = (".idx", ".txn", ".manifest")
_FAVORITES = (".parquet", ".lance", ".vortex", ".arrow", ".jsonl", ".json", ".csv")


class Format(NamedTuple):
    """A builder and the arguments that an extension gives it: `.tsv` is `csv` with another separator.

    `builder` is empty for files that no builder reads, and `.zip` where the archives' contents decide.
    """

    builder: str
    arguments: str = ""


@lru_cache(maxsize=1)
def _extensions() -> dict[str, Format]:
    import hublint_schemas

    facts = hublint_schemas.table("datasets")
    arguments = facts["extension_arguments"]
    return {
        extension: Format(builder, " ".join(f"{key}={value!r}" for key, value in arguments.get(extension, {}).items()))
        for extension, builder in facts["extensions"].items()
    }


@lru_cache(maxsize=1)
def _supported() -> frozenset[str]:
    import hublint_schemas

    upper = hublint_schemas.table("datasets")["extensions_in_upper_case_too"]
    known = _extensions()
    return frozenset(
        (*known, *(each.upper() for each, read in known.items() if read.builder in upper), ARCHIVE, *_LANCE_METADATA)
    )


@lru_cache(maxsize=1)
def _metadata_names() -> frozenset[str]:
    import hublint_schemas

    names: dict[str, list[str]] = hublint_schemas.table("datasets")["metadata_file_names"]
    return frozenset(name for listed in names.values() for name in listed)


def suffixes(path: str) -> list[str]:
    """Everything between dots in a file's name, as extensions: `a.tar.gz` has `.tar` and `.gz`."""
    return [f".{suffix}" for suffix in path.rpartition("/")[2].split(".")[1:]]


def is_supported(path: str) -> bool:
    """Whether the library keeps a file that a pattern of a subset matched."""
    return _is_ending_supported(path.rpartition("/")[2].partition(".")[2])


@lru_cache(maxsize=4096)
def _is_ending_supported(ending: str) -> bool:
    supported = _supported()
    return any(suffix in supported for suffix in suffixes(f".{ending}"))


def format_of(paths: Iterable[str]) -> Format:
    """The format that the library tells from a split's files: the commonest extension that a builder reads."""
    known, metadata = _extensions(), _metadata_names()
    endings: dict[tuple[bool, str], int] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        ending = (name not in metadata, name.partition(".")[2])
        endings[ending] = endings.get(ending, 0) + 1
    counts: dict[tuple[bool, str], int] = {}
    for (is_data, text), count in endings.items():
        for suffix in suffixes(f".{text}") if text else ():
            key = (is_data, suffix.lower())
            counts[key] = counts.get(key, 0) + count

    def weight(key: tuple[bool, str]) -> tuple[bool, int, int, str]:
        is_data, extension = key
        rank = len(_FAVORITES) - _FAVORITES.index(extension) if extension in _FAVORITES else 0
        return is_data, counts[key], rank, extension

    for _, extension in sorted(counts, key=weight, reverse=True):
        if extension in known:
            return known[extension]
        if extension == ARCHIVE:
            return Format(ARCHIVE)
    return Format("")


def archived_extension(names: Iterable[str]) -> str:
    """The commonest extension in zip archives, by which alone the library tells their format.

    Empty where it is one that a builder reads, or where as common a one may be.
    """
    counts: dict[str, int] = {}
    for name in names:
        for suffix in suffixes(name):
            counts[suffix.lower()] = counts.get(suffix.lower(), 0) + 1
    most = max(counts.values(), default=0)
    commonest = sorted(suffix for suffix, count in counts.items() if count == most)
    known = _extensions()
    return "" if not commonest or any(suffix in known for suffix in commonest) else commonest[0]


def builder_of(path: str) -> str:
    """The builder of a single file; empty where there is none."""
    return _builder_of_extensions(path.rpartition("/")[2].partition(".")[2])


@lru_cache(maxsize=4096)
def _builder_of_extensions(extensions: str) -> str:
    return format_of((f".{extensions}",)).builder if extensions else ""


def is_metadata(path: str) -> bool:
    """Whether a file describes others, as metadata.csv does the pictures beside it."""
    return path.rpartition("/")[2] in _metadata_names()


@lru_cache(maxsize=1)
def media_builders() -> frozenset[str]:
    """The builders that make one row of a file and read metadata.csv, metadata.jsonl or metadata.parquet."""
    import hublint_schemas

    names = hublint_schemas.table("datasets")["metadata_file_names"]
    return frozenset(builder for builder, listed in names.items() if "metadata.csv" in listed)
