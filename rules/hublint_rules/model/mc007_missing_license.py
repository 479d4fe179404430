"""A model card without a license.

## What it does
Looks for `license`. Where a LICENSE file is recognised, a fix writes its id. A key that is meant to be it, such as
`licence: license`, which some trainers write, is FM008's alone.

## Why it matters on the Hub
Without a license nobody may use the model, and the page and the license filter do not show it. The text of a LICENSE
file is not read by the Hub.

## Example
```yaml
library_name: transformers
```

## Use instead
```yaml
license: mit
library_name: transformers
```

## Fix safety
Unsafe: that the file's license covers the model's weights, too, only its author knows.

## Evidence
https://huggingface.co/docs/hub/repositories-licenses (2026-08). Advice: the Hub accepts a card without one.
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.yaml import edits as yaml_edits
from hublint.regexes import lazy
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC007",
    name="missing-license",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="unsafe",
)

_FILES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.md", "LICENCE.txt", "COPYING")
_TEXTS = (
    ("apache-2.0", lazy(r"\s*Apache License\s+Version 2\.0, January 2004")),
    ("mit", lazy(r"\s*(?:The )?MIT License\b")),
    ("agpl-3.0", lazy(r"\s*GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3\b")),
    ("gpl-3.0", lazy(r"\s*GNU GENERAL PUBLIC LICENSE\s+Version 3\b")),
    ("gpl-2.0", lazy(r"\s*GNU GENERAL PUBLIC LICENSE\s+Version 2\b")),
    ("lgpl-3.0", lazy(r"\s*GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3\b")),
    ("mpl-2.0", lazy(r"\s*Mozilla Public License,? [Vv]ersion 2\.0")),
    ("bsd-3-clause", lazy(r"\s*BSD 3-Clause License\b")),
    ("bsd-2-clause", lazy(r"\s*BSD 2-Clause License\b")),
    ("unlicense", lazy(r"\s*This is free and unencumbered software released into the public domain")),
    ("cc-by-4.0", lazy(r"\s*(?:Creative Commons )?Attribution 4\.0 International")),
    ("cc-by-sa-4.0", lazy(r"\s*(?:Creative Commons )?Attribution-ShareAlike 4\.0 International")),
    ("cc-by-nc-4.0", lazy(r"\s*(?:Creative Commons )?Attribution-NonCommercial 4\.0 International")),
    ("cc0-1.0", lazy(r"\s*(?:Creative Commons )?CC0 1\.0 Universal")),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a model has no license."""
    if not lacks(card, "model", "license"):
        return
    path, license_id = _recognised(repository)
    given = card.data.get("license_name")
    if license_id:
        told = f"the card has no `license`, and the Hub does not read {path}; write `{license_id}` if it is the model's"
    elif isinstance(given, str):
        told = "the card has a `license_name`, which the Hub shows only with `license: other`; add that"
    else:
        told = "the card has no `license`, so nobody knows what they may do with the model; name one"
    yield Finding(
        card,
        card.place("license"),
        told,
        fix=Fix(
            f"Add `license: {license_id}`, as {path} has it",
            (yaml_edits.insert_entry(card, "license", license_id, ("language",)),),
            "unsafe",
        )
        if license_id
        else None,
    )


def _recognised(repository: Repository) -> tuple[str, str]:
    """The one license file and the Hub's id of its text; two empty strings where it is not known."""
    found = [name for name in _FILES if name in repository.files]
    source = repository.source(found[0]) if len(found) == 1 else None
    if source is None or source.is_binary:
        return "", ""
    start = source.text.lstrip("\ufeff#=*- \r\n\t")[:1000]
    for license_id, pattern in _TEXTS:
        if pattern.match(start) and license_id in hublint_schemas.table("licenses")["licenses"]:
            return found[0], license_id
    return "", ""
