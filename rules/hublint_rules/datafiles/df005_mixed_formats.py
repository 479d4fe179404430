"""Files of several formats where the datasets library takes one.

## What it does
Tells the format of each split as datasets does, by its commonest extension or by that in its zips, and compares: the
splits of a subset with one another, further subsets with the first one, and the files of a split with its format.

## Why it matters on the Hub
One format is told from the first subset's files, for all subsets. Where its splits differ `load_dataset` raises; other
subsets are read with the wrong reader, which fails or yields nonsense; other files of a split are left out, or make
the reader fail where `data_files` name them. Since datasets 5 even `.md` files count as a format of their own.

## Example
```text data/train.csv
a,b
1,2
```
```text data/test.jsonl
{"a": 1, "b": 2}
```

## Use instead
```text data/train.csv
a,b
1,2
```
```text data/test.csv
a,b
1,2
```

## Evidence
PyPI datasets 5.2.0, load.py (infer_module_for_data_files, create_builder_configs_from_metadata_configs), and what it
did with such repositories; tests compare the rule with the library. Eight pictures and a .json of each one's name load
as eight rows of the .json, fourteen pictures and twelve .txt as pictures alone; a second subset of .jsonl loads as
lines of text after one of .txt, and one of Parquet raises; a train.zip of pictures beside test.csv raises (run,
2026-11-29).
"""

from __future__ import annotations

from hublint.dataset.data_formats import ARCHIVE, Format, builder_of, format_of, is_metadata, media_builders
from hublint.dataset.lerobot import lerobot_of
from hublint.dataset.loading import found_splits
from hublint.dataset.strays import stray_of
from hublint.dataset.subsets import subsets_of
from hublint.dataset.zips import format_in
from hublint.documents.yaml.nodes import Mapping
from hublint.rule import Finding, Rule
from hublint_rules._places import at_card
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.dataset.subsets import Subset
    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF005",
    name="mixed-formats",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
)

_TABLES = frozenset(("csv", "json", "parquet", "arrow", "webdataset", "hdf5", "xml", "lance"))
_HUB = "Couldn't infer the same data file format for all splits. Got"
_SHARE = 4
# Builders that may well read another one's files, though as something else: lines, cells.
_READ_AS = frozenset(
    (first, own)
    for first in ("csv", "text", "json")
    for own in ("csv", "text", "json")
    if (first, own) != ("json", "csv")
)
_CAPTIONS = frozenset(("text", "json", "xml"))
_FEW = 3


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each subset whose files are not of one format."""
    if stray_of(repository) is not None or lerobot_of(repository) is not None:  # DF015, DF020
        return
    first: Format | None = None
    for subset in subsets_of(repository):
        if first is None:
            told = _formats(found_splits(repository, subset._replace(folder="")))  # the library forgets `data_dir` here
            if not told:
                yield from _archived(repository, subset)
                return
            if len(set(told.values())) > 1:
                yield _split_formats(repository, subset, told)
                return
            first = next(iter(told.values()))
        splits = found_splits(repository, subset)
        odd = [each for each in _formats(splits).values() if each != first and not _is_same(subset, each, first)]
        if odd:
            yield _other_format(repository, subset, odd[0], first)
        elif any(splits.values()):
            yield from _within(repository, subset, splits, first)


def _formats(splits: dict[str, list[str]]) -> dict[str, Format]:
    """The format of each split; none where one cannot be told."""
    formats = {split: format_of(paths) for split, paths in splits.items() if paths}
    return {} if any(each.builder in ("", ARCHIVE) for each in formats.values()) else formats


def _archived(repository: Repository, subset: Subset) -> Iterator[Finding]:
    """Splits of which zips make some, where their contents tell that the formats differ."""
    splits = found_splits(repository, subset._replace(folder=""))
    formats = {split: format_in(repository, paths) for split, paths in splits.items() if paths}
    if len(set(formats.values())) > 1 and not any(each.builder in ("", ARCHIVE) for each in formats.values()):
        yield _split_formats(repository, subset, formats)


def _place(repository: Repository, subset: Subset) -> tuple[Source, Span]:
    card = repository.card
    if card is None or subset.number < 0:
        return at_card(repository)
    key = "data_files" if subset.patterns is not None else "data_dir" if subset.folder else "config_name"
    mapping = card.get("configs", subset.number)
    entry = mapping.entry(key) if isinstance(mapping, Mapping) else None
    return card, entry.key.span if entry is not None else card.fence


def _of(subset: Subset) -> str:
    return f" of the subset {shown(subset.name)}" if subset.number >= 0 else ""


def _split_formats(repository: Repository, subset: Subset, formats: dict[str, Format]) -> Finding:
    named = ", ".join(f"`{split}` is {_name(each)}" for split, each in list(formats.items())[:4])
    return Finding(
        *_place(repository, subset),
        f"the splits{_of(subset)} have different formats ({named}), and datasets takes only one; bring them into one",
        severity="error",
        hub_message=_HUB,
    )


def _name(form: Format) -> str:
    return f"{form.builder} ({form.arguments})" if form.arguments else form.builder


def _is_same(subset: Subset, own: Format, first: Format) -> bool:
    """Whether the subset's own parameters make up for what its extension would have said."""
    return own.builder == first.builder and any(key in subset.parameters for key in ("sep", "delimiter"))


def _other_format(repository: Repository, subset: Subset, own: Format, first: Format) -> Finding:
    if subset is subsets_of(repository)[0]:
        why = f"datasets tells {_name(first)} from the whole repository; name the files in `data_files`"
    else:
        why = (
            f"the first subset's are {_name(first)}, and datasets reads all subsets as the first one; bring them into "
            "one format"
        )
    return Finding(
        *_place(repository, subset),
        f"the files{_of(subset)} are {_name(own)}, but {why}",
        severity=None if (first.builder, own.builder) in _READ_AS else "error",
    )


def _within(repository: Repository, subset: Subset, splits: dict[str, list[str]], form: Format) -> Iterator[Finding]:
    """One finding for the subset's files that are not of its format."""
    paths = [path for found in splits.values() for path in found if not is_metadata(path)]
    others = [path for path in paths if builder_of(path) != form.builder]
    if not others:
        return
    builders = sorted({builder_of(path) for path in others} - {""})
    data = [path for path in others if builder_of(path) in _TABLES or builder_of(path) in media_builders()]
    place = _place(repository, subset)
    if form.builder == "harbor" and data:
        yield Finding(
            *place,
            f"the most common files{_of(subset)} are .md and .toml, so datasets 5 takes this for a dataset of "
            f"tasks, not of {listed(builders)}; list the data files in `configs`",
            severity="error",
            hub_message="No task.toml or instruction.md files found",
        )
    elif subset.patterns is not None and form.builder not in media_builders() and data:
        yield Finding(
            *place,
            f"`data_files`{_of(subset)} also match {_count(data)}, which datasets would read as {form.builder}; narrow "
            "the patterns",
        )
    elif form.builder == "text" and data:
        yield Finding(
            *place,
            f"the most common files{_of(subset)} are text, so datasets leaves out {_count(data)}; list the files "
            "you mean in `configs`",
        )
    elif len(paired := _paired(repository, paths, form)) > _FEW:
        yield Finding(
            *place,
            f"the most common files{_of(subset)} are {form.builder}, so datasets leaves out {_count(paired)}, named "
            "like them; bring both into one table, or into a metadata.jsonl beside pictures or sounds",
        )
    else:
        yield from _left_out(subset, place, paths, others, form)


def _paired(repository: Repository, paths: list[str], form: Format) -> list[str]:
    """Captions of most of the pictures or sounds that are read, or pictures and sounds of most of the texts."""
    kind = _CAPTIONS if form.builder in media_builders() else media_builders() if form.builder in _CAPTIONS else ()
    if form.builder in media_builders() and any(map(is_metadata, repository.files)):
        return []
    stems = {_stem(path) for path in paths if builder_of(path) == form.builder}
    found = [path for path in paths if builder_of(path) in kind and _stem(path) in stems]
    return found if 2 * len({_stem(path) for path in found}) > len(stems) else []


def _count(paths: list[str]) -> str:
    return f"`{paths[0]}`" + (f" and {len(paths) - 1} more" if len(paths) > 1 else "")


def _left_out(
    subset: Subset, place: tuple[Source, Span], paths: list[str], others: list[str], form: Format
) -> Iterator[Finding]:
    """Tables in a second format that are not copies of the first and make up a good part of the files."""
    stems = {_stem(path) for path in paths if builder_of(path) == form.builder}
    tables = [path for path in others if builder_of(path) in _TABLES and _stem(path) not in stems]
    if len(tables) * _SHARE >= len(paths) and len(tables) > 1:
        yield Finding(
            *place,
            f"the most common files{_of(subset)} are {form.builder}, so datasets leaves out {_count(tables)}; list the "
            "files you mean in `configs`",
            severity="info",
        )


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
