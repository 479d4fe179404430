"""Files whose names give no split, though they seem meant for one.

## What it does
Where the card lists no `data_files`, datasets tells the splits from the names of folders and files: `train`, `test`,
`validation`, `dev`, `eval` and the like in lower case, set off by `-`, `.`, `_`, a blank or a digit. The rule speaks
about `Test.csv` and `testset.csv`, and about files that fit no split beside others that do.

## Why it matters on the Hub
All files become one split `train` if no name tells a split. If some do, the files whose names do not are left out: a
warning where they are the most, or hold nine tenths of the bytes, for `load_dataset` gives a small part of the data
and says nothing.

## Example
```text train.csv
a
```
```text testset.csv
a
```

## Use instead
```text train.csv
a
```
```text test.csv
a
```

## Evidence
https://huggingface.co/docs/hub/datasets-file-names-and-splits (2026-08-22); PyPI datasets 5.2.0, data_files.py, with
which tests compare the detection of splits. Of three pictures in metadata.csv of which one is called `train.png`, and
of four tables of which one is called `x_test.csv`, it loads that one (run on 2026-11-29)."""

from __future__ import annotations

from re import IGNORECASE

from hublint.dataset.data_formats import ARCHIVE, builder_of, format_of, is_metadata, media_builders
from hublint.dataset.strays import stray_of
from hublint.dataset.subsets import splits_of, subsets_of
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules._places import at_card
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository
    from hublint.rule import Severity

RULE = Rule(
    code="DF013",
    name="split-not-detected",
    severity="info",
    effect="ignored",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
)

_MEANT = lazy(
    r"(?:\A|[-._ 0-9])(test|testing|dev|val|valid|validation|eval|evaluation)[-_ ]?(?:set|data|file|split)?"
    r"(?:\Z|[-._ 0-9])",
    IGNORECASE,
)
# So few pictures may be those of the card.
_FIGURES = 20
_DRAWN = ("imagefolder", "pdffolder")
_SPLITS = {"t": "test", "d": "validation", "v": "validation", "e": "test"}

_FAR = 9


def check(repository: Repository) -> Iterator[Finding]:
    """Yield at most one finding: about names that give no split, or about files that are left out."""
    if stray_of(repository) is None:  # else DF015
        yield from _undetected(repository)


def _undetected(repository: Repository) -> Iterator[Finding]:
    subsets = subsets_of(repository)
    if len(subsets) != 1 or subsets[0].patterns is not None or subsets[0].folder:
        return
    splits = splits_of(repository, subsets[0])
    found = {path for paths in splits.values() for path in paths}
    builder = format_of(found).builder
    if not found or builder in ("", ARCHIVE, "harbor"):
        return
    data = [path for path in repository.files if builder_of(path) == builder and _is_visible(path)]
    message = _unnamed(data) if list(splits) == ["train"] else ""
    rest = [path for path in data if path not in found]
    if message:
        yield Finding(*at_card(repository), message)
    elif rest and _are_data(repository, data, builder):
        severity: Severity | None = "warning" if _are_most(repository, rest, found) else None
        yield Finding(*at_card(repository), _left_out(rest, len(data), builder), severity=severity)


def _are_data(repository: Repository, paths: list[str], builder: str) -> bool:
    """Whether files are not mere figures of the card: few pictures are data where metadata describe them."""
    if builder not in media_builders() or builder not in _DRAWN or len(paths) > _FIGURES:
        return True
    folders = {path.rpartition("/")[0] for path in paths}
    tables = [path for path in repository.files if is_metadata(path)]
    return any(path.rpartition("/")[0] in folders for path in tables) or any(
        _describes(repository, table, paths) for table in tables
    )


def _describes(repository: Repository, table: str, paths: list[str]) -> bool:
    """Whether a metadata file above the folders of some files names one of them."""
    source = repository.source(table)
    folder = table[: table.rfind("/") + 1]
    named = [path[len(folder) :] for path in paths if path.startswith(folder)]
    return source is not None and not source.is_binary and any(name in source.text for name in named)


def _are_most(repository: Repository, rest: list[str], found: set[str]) -> bool:
    """Whether what is left out is more than what is read, in files and in bytes, or by far in bytes."""
    read = [path for path in found if not is_metadata(path)]
    lost, kept = (sum(max(repository.files[path], 0) for path in paths) for paths in (rest, read))
    return lost >= kept if len(rest) > len(read) else lost > _FAR * kept > 0


def _unnamed(data: list[str]) -> str:
    """What is wrong where all is `train` and a name seems to mean another split; empty where none does."""
    meant = next(filter(_split_meant, data), "")
    if not meant or len(data) < 2:
        return ""
    split = _split_meant(meant)
    return (
        f"{shown(meant)} seems to be the split `{split}`, but datasets does not see it: `{split}` must be in "
        "lower case, between `-`, `_`, `.` or digits; rename it, or list the files in `configs`"
    )


def _left_out(rest: list[str], of: int, builder: str) -> str:
    if len(rest) == 1:
        told = f"{shown(rest[0])}, one of {of} {builder} files, is left out: it names no split"
    else:
        told = f"{shown(rest[0])} and {len(rest) - 1} more of {of} {builder} files are left out: they name no split"
    return f"{told}, and other files do; list the files in `configs`"


def _is_visible(path: str) -> bool:
    return not is_metadata(path) and not any(part.startswith((".", "__")) for part in path.split("/"))


def _split_meant(path: str) -> str:
    """The split other than `train` that a name seems to mean."""
    *folders, name = path.split("/")
    for part in (*folders, name.partition(".")[0]):
        found = _MEANT.search(part)
        if found:
            return _SPLITS[found[1][0].lower()]
    return ""
