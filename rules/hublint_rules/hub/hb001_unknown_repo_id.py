"""The id of a model or dataset that the Hub does not show.

## What it does
Only with `--online`: asks the Hub for each id in `base_model`, `datasets` and `new_version` of a model, in `models` and
`datasets` of a Space, and for what a Space's code loads by an id that is written out. A renamed repository is known.
Where nobody on the Hub has the owner's name, it is an error. Else the repository may also be private, which the Hub
does not tell apart from one that is absent: a warning, a note where its owner is this repository's own, and nothing for
code where anything in the repository speaks of a token. Code that saves or downloads into folders is left alone, since
what it loads may be one of these.

## Why it matters on the Hub
The link on the page leads nowhere for whoever may not see it: a model is missing from its base model's tree, a Space
from the pages of its models. Code that loads it ends with "Repository Not Found". Mostly it is a slip in the id, or a
repository that was deleted.

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

from hublint.documents.placeholders import is_placeholder
from hublint.model import hub_ids
from hublint.rule import Finding, Rule
from hublint_rules.hub._loads import brings_files, loads, speaks_of_token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="HB001",
    name="unknown-repo-id",
    severity="error",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model", "space"),
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
            yield from _judged(repository, card, card.place(*route), kind, value)
    if repository.kind == "space":
        yield from _loaded(repository, seen)


def _loaded(repository: Repository, seen: set[tuple[str, str]]) -> Iterator[Finding]:
    """What the code loads, of ids that the metadata do not name."""
    if brings_files(repository):
        return
    for module, call, kind, id in loads(repository):
        if (kind, id) in seen or hub_ids.is_someones(id) or is_placeholder(id):
            continue
        for finding in _judged(repository, module.source, call.node, kind, id):
            if finding.severity is None or not speaks_of_token(repository):
                yield finding


def _judged(repository: Repository, source: Source, where: object, kind: hub_ids.Kind, id: str) -> Iterator[Finding]:
    standing = repository.online.repository(kind, id) if repository.online is not None else None
    if standing is None or standing.shown == "there":
        return
    owner = id.rpartition("/")[0]
    if standing.shown == "hidden":
        is_own = bool(owner) and owner.lower() == repository.repo_id.rpartition("/")[0].lower()
        yield Finding(
            source,
            where,
            f"the Hub shows no {kind} `{id}`: there is none of that name, or it is private and others see nothing",
            help=f"write the id of the {kind}'s page; a private one is known with a token that may read it (HF_TOKEN)",
            severity="info" if is_own else "warning",
        )
    elif owner:
        message = f"nobody on the Hub is called `{owner}`, so there is no {kind} `{id}`; write the id of its page"
        yield Finding(source, where, message)
    else:
        message = f"the Hub has no {kind} `{id}`; write `owner/name` as the {kind}'s page shows it"
        yield Finding(source, where, message)
