"""A split whose name the datasets library refuses.

## What it does
Checks the names of splits in `configs`, and those that datasets reads from file names such as
`data/train-clean-00000-of-00001.parquet` where no `data_files` are given. A name consists of letters, digits and
underscores, with dots between words; it is text, not a number.

## Why it matters on the Hub
`load_dataset` raises, and the dataset viewer shows an error instead of the data. The dash is the usual culprit.

## Example
```yaml
configs:
- config_name: default
  data_files:
  - split: train-clean
    path: train.csv
```
```text train.csv
a,b
```

## Use instead
```yaml
configs:
- config_name: default
  data_files:
  - split: train_clean
    path: train.csv
```
```text train.csv
a,b
```

## Fix safety
Safe: an underscore takes the place of what is not allowed, a number is quoted. No program can know the split by its old
name, since it never loaded. Names in files are left to you.

## Evidence
PyPI datasets 5.2.0: `_split_re` in naming.py, utils/metadata.py, data_files.py; tests compare the
rule with the library.
"""

from __future__ import annotations

import re

from hublint.dataset.data_files import PatternError, is_split_name
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._places import at_card
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas.violation import Violation

RULE = Rule(
    code="DF003",
    name="invalid-split-name",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
)

_HUB = "some symbols like dashes '-' are not allowed in split names"


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each split name that datasets refuses, in the card and in the names of shards."""
    card = repository.card
    violations = card.violations(repository.kind, RULE.code) if card is not None else []
    if card is not None and violations:
        yield from (_in_card(card, violation) for violation in violations)
    else:
        yield from _in_files(repository)


def _in_card(card: Card, violation: Violation) -> Finding:
    value, route = violation.value, violation.route
    text = str(value).lower() if isinstance(value, bool) else str(value)
    meant = text if is_split_name(text) else re.sub(r"[^\w.]+", "_", text.strip()).strip("._")
    if value is None or isinstance(value, (dict, list)):
        meant = ""
    siblings = card.get(*route[:-2])
    taken = [item.get("split") for item in siblings.value if isinstance(item, dict)] if siblings is not None else []
    fits = is_split_name(meant) and meant not in taken
    rule = "it can have only letters, digits and underscores" if isinstance(value, str) else "it must be text"
    return Finding(
        card,
        card.place(*route),
        f"{shown(value)} cannot be the name of a split: {rule}"
        + (f"; write `{meant}`" if fits and isinstance(value, str) else "; put it in quotes" if fits else ""),
        hub_message=_HUB if isinstance(value, str) else "",
        fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, route, meant),)) if fits else None,
    )


def _in_files(repository: Repository) -> Iterator[Finding]:
    from hublint.dataset.data_files import files_of
    from hublint.dataset.subsets import subsets_of

    for subset in subsets_of(repository):
        if subset.patterns is not None:
            continue
        try:
            files_of(repository).by_split(subset.folder)
        except PatternError as error:
            folder = f"{subset.folder.rstrip('/')}/data" if subset.folder else "data"
            shards = shown(f"{folder}/{error.value}-...-of-...")
            source, place = at_card(repository)
            yield Finding(
                source,
                place,
                f"{shards} names the split {shown(error.value)}, but a split can have only letters, digits "
                "and underscores; rename the files, or list them in `configs`",
                hub_message=r"Split name should match '^\w+(\.\w+)*$'' but got",
            )
            return
