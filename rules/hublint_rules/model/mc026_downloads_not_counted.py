"""A model whose downloads the Hub does not count, since it has none of the files that are counted for its library.

## What it does
Compares the files with what the Hub counts for the card's `library_name`: config.json and four others by default, and
what a library that the Hub knows has asked for. Silent for GGUF files, which are always counted, for adapters, of
which MC014 speaks, and for repositories without weights.

## Why it matters on the Hub
The model's page shows 0 downloads however often it is fetched, and lists sorted by downloads put it last.

## Example
```yaml
library_name: my-library
```
```listing
transformer/0.safetensors 4000
```

## Use instead
```yaml
library_name: my-library
```
```listing
config.json 40
transformer/0.safetensors 4000
```

## Evidence
https://huggingface.co/docs/hub/models-download-stats (2026-11) and `countDownloads` in npm @huggingface/tasks 0.21.54;
huggingface/huggingface.js#2091.
"""

from __future__ import annotations

from hublint.model import library
from hublint.model.downloads import counts, named, query_of
from hublint.rule import Finding, Rule
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC026",
    name="downloads-not-counted",
    severity="info",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    only_if=("library_name",),
)

_TRAINING = ("trl", "unsloth")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where there are weights and no file that is counted."""
    name = card.data.get("library_name")
    if not isinstance(name, str) or not name or name.lower() in _TRAINING:
        return
    weights = library.weights_of(repository)
    if not weights or library.is_adapter(repository) or any(path.lower().endswith(".gguf") for path in weights):
        return
    query = query_of(name)
    if not counts(query, repository.files):
        yield Finding(
            card,
            card.place("library_name"),
            f"no file here is one that the Hub counts for {shown(name)}, so the page will show 0 downloads",
            help=f"what is counted: {listed(named(query), 5)}",
        )
