"""A parameter of a subset that the reader of its files does not take.

## What it does
Finds the format of the first subset's files, which decides for all subsets, and checks the other keys of each subset
against what datasets' reader of that format takes: `sep` for CSV, `field` for JSON, `drop_labels` for images. Silent
where the format cannot be told, as when the files are not here.

## Why it matters on the Hub
datasets leaves the parameter out and says so only in its log: with `delimeter: ";"` the whole line lands in one column.

## Example
```yaml
configs:
- config_name: default
  data_files: data.csv
  delimeter: ";"
```
```text data.csv
a;b
1;2
```

## Use instead
```yaml
configs:
- config_name: default
  data_files: data.csv
  delimiter: ";"
```
```text data.csv
a;b
1;2
```

## Fix safety
Safe where one parameter of the reader is a slip away and not set already. The rest is left to you.

## Evidence
"Some datasets params were ignored" in PyPI datasets 5.2.0, load.py; the parameters are those of its readers'
configuration classes.
"""

from __future__ import annotations

from hublint.dataset.loading import told_format
from hublint.dataset.subsets import subsets_of
from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Mapping
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.dataset.subsets import Subset
    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF012",
    name="unknown-builder-parameter",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
)

_CLOSE = 0.8


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each key of a subset that its reader does not take."""
    import hublint_schemas

    subsets = subsets_of(repository)
    if not any(subset.parameters for subset in subsets):
        return
    form = told_format(repository, subsets[0])
    builder = form.builder if form is not None else ""
    facts = hublint_schemas.table("datasets")
    known = facts["builder_parameters"].get(builder)
    if known is None:
        return
    for subset in subsets:
        for name in subset.parameters:
            if name not in known and name not in facts["builder_base_fields"]:
                yield _finding(card, subset, name, builder, known)


def _finding(card: Card, subset: Subset, name: str, builder: str, known: list[str]) -> Finding:
    from difflib import get_close_matches

    route = ("configs", subset.number, name)
    close = get_close_matches(name.lower().replace("-", "_"), known, 1, _CLOSE)
    meant = close[0] if close and close[0] not in subset.parameters else ""
    takes = f"; did you mean `{meant}`?" if meant else f"; it takes {listed(known, 5)}" if known else ""
    mapping = card.get("configs", subset.number)
    entry = mapping.entry(name) if isinstance(mapping, Mapping) else None
    return Finding(
        card,
        entry.key if entry is not None else card.place(*route),
        f"{shown(name)} is not a parameter of datasets' reader `{builder}`, which ignores it{takes}",
        hub_message=f"Some datasets params were ignored: ['{name}']",
        fix=Fix(f"Write `{meant}`", (yaml_edits.rename_key(card, route, meant),)) if meant and entry else None,
    )
