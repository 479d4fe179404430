"""A model or dataset in the metadata that the Hub does not show.

## What it does
Only with `--online`: asks the Hub for each id in `base_model`, `datasets` and `new_version` of a model and in `models`
and `datasets` of a Space. A renamed repository is known. Where nobody on the Hub has the owner's name, it is an error.
Else the repository may also be private, which the Hub does not tell apart from one that is absent: a warning, and a
note where its owner is this repository's own.

## Why it matters on the Hub
The link on the page leads nowhere for whoever may not see it: a model is missing from its base model's tree, a Space
from the pages of its models. Mostly it is a slip in the id, or a repository that was deleted.

## Example
```yaml
base_model: mistral-ai/Mistral-7B-v0.1
```
```answers
model mistral-ai/Mistral-7B-v0.1: absent
```

## Use instead
```yaml
base_model: mistralai/Mistral-7B-v0.1
```
```answers
model mistralai/Mistral-7B-v0.1: there
```

## Evidence
PyPI huggingface_hub 2.4.0: `hf_raise_for_status` (a 401 stands for what is missing and for what is private),
`get_user_overview` and `get_organization_overview` (404 for who is not there). Answers of https://huggingface.co of
2026-04-30 as KohakuHub has them in its tests: 401 without a token, with one 404 and `X-Error-Code: RepoNotFound`. What
is not one of these answers means nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents.placeholders import is_placeholder
from hublint.model import hub_ids
from hublint.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository

RULE = Rule(
    code="HB001",
    name="unknown-repo-id",
    severity="error",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model", "space"),
    only_if=("base_model", "datasets", "models", "new_version"),
    online=True,
)

_KEYS: dict[str, dict[str, hub_ids.Kind]] = {
    "model": {"base_model": "model", "datasets": "dataset", "new_version": "model"},
    "space": {"models": "model", "datasets": "dataset"},
}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each id that the Hub does not show."""
    own = repository.repo_id.lower()
    seen: set[tuple[str, str]] = set()
    for key, kind in _KEYS[repository.kind].items():
        for route, value in hub_ids.values(card.data, key):
            if not isinstance(value, str) or not hub_ids.is_repo_id(value) or hub_ids.is_someones(value):
                continue
            if (kind, value) in seen or is_placeholder(value) or (kind == "model" and value.lower() == own):
                continue
            seen.add((kind, value))
            yield from _judged(card, repository, route, kind, value)


def _judged(
    card: Card, repository: Repository, route: tuple[Step, ...], kind: hub_ids.Kind, id: str
) -> Iterator[Finding]:
    standing = repository.online.repository(kind, id) if repository.online is not None else None
    if standing is None or standing.shown == "there":
        return
    owner = id.rpartition("/")[0]
    if standing.shown == "hidden":
        is_own = bool(owner) and owner.lower() == repository.repo_id.rpartition("/")[0].lower()
        message = f"the Hub shows no {kind} `{id}`: there is none of that name, or it is private and others see nothing"
        yield Finding(card, card.place(*route), message, severity="info" if is_own else "warning")
    elif owner:
        message = f"nobody on the Hub is called `{owner}`, so there is no {kind} `{id}`; write the id of its page"
        yield Finding(card, card.place(*route), message)
    else:
        message = f"the Hub has no {kind} `{id}`; write `owner/name` as the {kind}'s page shows it"
        yield Finding(card, card.place(*route), message)
