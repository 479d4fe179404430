"""A `dataset_infos.json` from which datasets cannot make the columns, or whose columns the files do not have.

## What it does
Reads `dataset_infos.json`, the file that `dataset_info` in the card has replaced, as datasets does: an object with an
object for each subset, whose `features` name a class with `_type` for each column. Where that is so, and neither the
card nor `configs` tells of the columns, compares them with tables that have one of them, as DC013 does with those of
the card.

## Why it matters on the Hub
datasets still opens the file, and what it cannot read there stops `load_dataset` and the dataset viewer before a single
row is read: "Feature type not found", "'str' object has no attribute 'items'". Such files are often written by hand or
by an assistant, in the form of the card.

## Example
```json dataset_infos.json
{"default": {"features": {"text": {"dtype": "string"}, "label": {"dtype": "int64"}}}}
```
```text train.csv
text,label
good,1
bad,0
```

## Use instead
```yaml
dataset_info:
  features:
  - name: text
    dtype: string
  - name: label
    dtype: int64
```
```text train.csv
text,label
good,1
bad,0
```

## Evidence
load.py and `generate_from_dict` in features.py of PyPI datasets 5.2.0, and what it did with such files (2026-11-29):
tests/test_dataset_infos.py. Three of 61 public datasets that were read so have such a file, and three more one with
columns that their files do not have.
"""

from __future__ import annotations

import json

from hublint.dataset.casting import misfits
from hublint.dataset.data_formats import TABLES, is_supported
from hublint.dataset.features import noted_columns
from hublint.dataset.infos import LEGACY, info_of
from hublint.dataset.loading import heads_of, loads_of
from hublint.documents.source import Span
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown
from hublint_rules.dataset._dtypes import CLASSES, is_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from hublint.dataset.loading import Load
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC014",
    name="broken-dataset-infos",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=(LEGACY,),
)

_LISTS = ("Sequence", "List", "LargeList")
_DEEPEST = 32
_WAY_OUT = "remove the file, and describe the columns with `dataset_info` in the card if you want to"


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding, about the first thing that stops the loading."""
    source = repository.source(LEGACY)
    if source is None or source.is_pointer or not _has_data(repository):
        return
    try:
        infos = json.loads(source.text)
    except RecursionError:
        return
    except ValueError as error:
        message = f"this is not JSON, and datasets reads the file: `load_dataset` raises; {_WAY_OUT}"
        at = min(getattr(error, "pos", 0), len(source.text))
        yield Finding(source, Span(at, at), message, hub_message="JSONDecodeError")
        return
    problem, word = _problem(infos)
    if problem:
        yield Finding(source, _place(source, word), f"{problem}: `load_dataset` raises; {_WAY_OUT}")
    else:
        yield from _columns(repository, source, infos)


def _has_data(repository: Repository) -> bool:
    return any(is_supported(path) and path not in (LEGACY, "README.md") for path in repository.files)


def _place(source: Source, word: str) -> Span:
    at = source.text.find(json.dumps(word)) if word else -1
    return Span(at, at + len(json.dumps(word))) if at >= 0 else Span(0, min(1, len(source.text)))


def _problem(infos: Any) -> tuple[str, str]:
    """What datasets cannot read, and the name by which it is found; empty where it can read all."""
    if not isinstance(infos, dict):
        return "the file must be an object with an object for each subset", ""
    for name, info in infos.items():
        if not isinstance(info, dict):
            return f"{shown(name)} must be the name of a subset, with an object, and has {_kind(info)}", name
        if info.get("features") is None:
            continue
        if not isinstance(info["features"], dict):
            return (
                f"`features` of {shown(name)} must be an object with the columns' names, not {_kind(info['features'])}",
                name,
            )
        for column, feature in info["features"].items():
            problem = _of_feature(feature)
            if problem:
                return f"the column {shown(column)} {problem}", column
    return "", ""


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "null" if value is None else "a plain value"


def _of_feature(feature: Any, depth: int = 0) -> str:
    """Why datasets makes no type of a feature; empty where it may well do."""
    if depth > _DEEPEST:
        return ""
    if isinstance(feature, list):
        return next(filter(None, (_of_feature(each, depth + 1) for each in feature)), "")
    if not isinstance(feature, dict):
        return f"has {_kind(feature)} where an object with `_type` must be"
    kind = feature.get("_type")
    if kind is None or isinstance(kind, dict):
        if isinstance(feature.get("dtype"), str):
            return 'has a `dtype` without `"_type": "Value"`'
        return next(filter(None, (_of_feature(each, depth + 1) for each in feature.values())), "")
    if kind in _LISTS:
        lacks = "feature" not in feature
        return f"is a `{kind}` without `feature`" if lacks else _of_feature(feature["feature"], depth + 1)
    return _of_class(kind, feature.get("dtype")) if isinstance(kind, str) else ""


def _of_class(kind: str, dtype: Any) -> str:
    if kind not in CLASSES:
        return f"has {shown(kind)} for `_type`, which is not a class of datasets"
    if kind == "Value" and dtype is None:
        return "is a `Value` without `dtype`"
    if kind == "Value" and isinstance(dtype, str) and not is_value(dtype):
        return f"has {shown(dtype)} for `dtype`, which is not a type"
    return ""


def _columns(repository: Repository, source: Source, infos: dict[str, Any]) -> Iterator[Finding]:
    """The first column of a table that the file's columns do not take."""
    if len(infos) == 1:  # the name of the only subset is not read
        infos = {"default": next(iter(infos.values()))}
    for load in loads_of(repository, *TABLES):
        features = infos.get(load.subset.name, {}).get("features")
        if not features or _is_told_elsewhere(repository, load):
            continue
        columns = noted_columns(features)
        if not _is_about(repository, load, columns):
            continue
        found = next(iter(misfits(repository, load, columns, load.paths)), None)
        if found is None:
            continue
        where = f"{shown(found.path)} (line {found.line})" if found.line else shown(found.path)
        what = (
            f"{shown(found.path)} has the column {shown(found.column)}, which `features` lacks"
            if not found.what
            else f"`features` says that {shown(found.column)} is {found.target}, but it is {found.what} in {where}"
        )
        yield Finding(
            source,
            _place(source, "features"),
            f"{what}: `load_dataset` raises; {_WAY_OUT}",
            hub_message="An error occurred while generating the dataset",
        )
        return


def _is_about(repository: Repository, load: Load, columns: Mapping[str, object]) -> bool:
    """Whether a file has one of the columns; what a loading script made, which the file then describes, has others."""
    return any(not columns.keys().isdisjoint(head.columns) for _, head in heads_of(repository, load, load.paths))


def _is_told_elsewhere(repository: Repository, load: Load) -> bool:
    """Whether the card says which columns a subset has."""
    card, told = repository.card, info_of(repository, load.subset)
    if told is not None:
        return True
    return card is not None and load.subset.number >= 0 and "features" in card.data["configs"][load.subset.number]
