"""A `dataset_info` that tells of other columns, splits, rows or labels than the files have.

## What it does
Compares what `dataset_info` says of a subset with its files: the names of the splits; the number of rows of each split
whose files were read whole (a megabyte and 10,000 rows of a file, 64 files; any size for Parquet) or are pictures,
sounds or videos without metadata; columns that the
files have and `features` lacks; values that cannot be cast to a column's type; labels that are not among the names of
their `class_label`. A column that only the card has is fine, and so is a `num_bytes` of long ago.

## Why it matters on the Hub
`load_dataset` takes the card at its word and raises, as does the dataset viewer: ExpectedMoreSplitsError,
UnexpectedSplitsError, NonMatchingSplitsSizesError or DatasetGenerationCastError. It happens to whoever adds, removes or
changes files by hand after `push_to_hub`, or copies a card.

## Example
```yaml
dataset_info:
  splits:
  - name: train
    num_bytes: 20
    num_examples: 2
  - name: test
    num_bytes: 20
    num_examples: 2
```
```text train.csv
text
good
bad
```

## Use instead
```yaml
dataset_info:
  splits:
  - name: train
    num_bytes: 20
    num_examples: 2
```
```text train.csv
text
good
bad
```

## Fix safety
Unsafe: `splits` or `features`, whichever is stale, is removed from the description, and the library finds out by
itself. Nothing is removed for an unknown label, where the file may be wrong.

## Evidence
verify_splits (utils/info_utils.py), cast_table_to_schema (table.py) and ClassLabel.cast_storage of PyPI datasets 5.2.0,
and what it raised in each case (2026-11-29): tests/test_load_dataset.py. Reports:
https://github.com/huggingface/datasets/issues/6896, https://github.com/huggingface/dataset-viewer/issues/1443
(NonMatchingSplitsSizesError: 1,116 datasets).
"""

from __future__ import annotations

from hublint.dataset.casting import misfits, unlike_first
from hublint.dataset.data_files import may_be_told_twice
from hublint.dataset.data_formats import builder_of, is_metadata, media_builders
from hublint.dataset.features import card_columns
from hublint.dataset.heads import rows_of
from hublint.dataset.infos import LEGACY, info_of
from hublint.dataset.loading import loads_of
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.dataset.casting import Misfit
    from hublint.dataset.loading import Load
    from hublint.documents.card import Card
    from hublint.documents.tables.types import Type
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository

    Route = tuple[Step, ...]

RULE = Rule(
    code="DC013",
    name="info-not-the-files",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="unsafe",
    only_if=("dataset_info",),
)

_TABLES = ("csv", "json", "parquet", "text")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each part of a description that the files contradict."""
    if repository.exists(LEGACY):
        return
    for load in loads_of(repository):
        told = info_of(repository, load.subset)
        if told is None:
            continue
        route, info = told
        yield from _splits(card, repository, load, route, info)
        if load.form.builder in _TABLES:
            yield from _columns(card, repository, load, route, info)


def _splits(card: Card, repository: Repository, load: Load, route: Route, info: dict[str, Any]) -> Iterator[Finding]:
    counts = _counts(info.get("splits"))
    if not counts:
        return
    fix = _removal(card, (*route, "splits"), info)
    absent = [name for name in counts if name not in load.splits]
    unlisted = [name for name in load.splits if name not in counts]
    if absent:
        message = (
            f"`splits` lists {listed(absent)}, but the files make {listed(list(load.splits))}: `load_dataset` "
            "raises; remove `splits`, or add the files"
        )
        yield Finding(
            card, _place(card, route, counts, absent[0]), message, hub_message="ExpectedMoreSplitsError", fix=fix
        )
    elif unlisted:
        message = (
            f"the files make {listed(unlisted)}, which `splits` does not list: `load_dataset` raises; remove `splits`, "
            "or list what the files make"
        )
        yield Finding(card, card.place(*route, "splits"), message, hub_message="UnexpectedSplitsError", fix=fix)
    else:
        for name, count in counts.items():
            rows = _rows(repository, load, load.splits[name])
            if rows is not None and count is not None and rows != count:
                has = f"has {count} rows" if count else "has no rows, as it does without `num_examples`"
                message = (
                    f"`splits` says that {shown(name)} {has}, but its files have {rows}: `load_dataset` raises; "
                    "remove `splits`, or write the number"
                )
                place = _place(card, route, counts, name)
                yield Finding(card, place, message, hub_message="NonMatchingSplitsSizesError", fix=fix)
                return


def _rows(repository: Repository, load: Load, paths: list[str]) -> int | None:
    """How many rows a split has; None where that is not known."""
    if load.subset.patterns is None and any(map(may_be_told_twice, paths)):
        return None
    if load.form.builder in media_builders():  # one row of a file where nothing else makes rows
        others = [path for path in paths if is_metadata(path) or builder_of(path) != load.form.builder]
        return None if others or load.subset.parameters else len(paths)
    return rows_of(repository, paths, load.form.builder, load.parameters)


def _counts(splits: Any) -> dict[str, int | None] | None:
    """The number of rows of each split that a description lists; None for one that DC010 reports."""
    if not isinstance(splits, list) or not all(
        isinstance(split, dict) and isinstance(split.get("name"), str) for split in splits
    ):
        return None
    counts = {split["name"]: split.get("num_examples", 0) for split in splits}
    return {name: count if type(count) is int else None for name, count in counts.items()}


def _place(card: Card, route: Route, counts: dict[str, int | None], name: str) -> Any:
    return card.place(*route, "splits", list(counts).index(name), "name")


def _columns(card: Card, repository: Repository, load: Load, route: Route, info: dict[str, Any]) -> Iterator[Finding]:
    columns = card_columns(info.get("features"))
    if not columns or "features" in load.subset.parameters:
        return
    every = misfits(repository, load, columns, load.paths)
    found = next((each for each in every if not _is_unchecked_label(each, columns, info["features"])), None)
    if found is None:
        return
    names = list(columns)
    top = found.column.partition(".")[0].partition("[]")[0]
    within = (names.index(top), "name") if top in columns else ()
    label = found.target.kind == "label"
    yield Finding(
        card,
        card.place(*route, "features", *within),
        _message(found),
        hub_message="An error occurred while generating the dataset",
        fix=_removal(card, (*route, "features"), info) if not label and _fits_without(repository, load) else None,
    )


def _fits_without(repository: Repository, load: Load) -> bool:
    """Whether the files fit one another, so that no `features` are better than these."""
    return next(unlike_first(repository, load), None) is None


def _is_unchecked_label(misfit: Misfit, columns: dict[str, Type], features: list[dict[str, Any]]) -> bool:
    """Whether a number stands for a label where datasets may find the columns equal, and so compares no number.

    Texts of pandas are never equal to `string`.
    """
    if misfit.target.kind != "label" or not misfit.what.strip("`").strip(" +-").isdigit():
        return False
    return not any(
        feature.get("dtype") == "string" and columns[str(feature["name"])].kind == "string" for feature in features
    )


def _message(misfit: Misfit) -> str:
    where = f"{shown(misfit.path)} (line {misfit.line})" if misfit.line else shown(misfit.path)
    if not misfit.what:
        return (
            f"{shown(misfit.path)} has the column {shown(misfit.column)}, which `features` lacks: `load_dataset` "
            "raises; add it, or remove `features`"
        )
    if misfit.target.kind == "label":
        return (
            f"{misfit.what} in {where} is not among the names of the label {shown(misfit.column)}, which are "
            f"{listed(list(misfit.target.names))}: `load_dataset` raises; add the name, or correct the file"
        )
    return (
        f"`features` says that {shown(misfit.column)} is {misfit.target}, but it is {misfit.what} in {where}: "
        "`load_dataset` cannot turn the one into the other and raises; correct the type, or remove `features`"
    )


def _removal(card: Card, route: Route, info: dict[str, Any]) -> Fix:
    alone = len(info) == 1 and len(route) == 2
    edit = yaml_edits.remove_entry(card, route[:1] if alone else route)
    return Fix(f"Remove `{route[-1]}`", (edit,), "unsafe")
