"""The Hub's own verdict on the metadata is another than hublint's.

## What it does
Only with `--online`: sends the metadata block, without the text below it, to the check by which the Hub accepts a push
or refuses it. It speaks where the Hub refuses what no other rule that ran calls an error, and where the Hub takes all
of what another rule says it refuses. Where both refuse, nothing is added. A block that may hold a credential is not
sent.

## Why it matters on the Hub
The Hub decides. It learns new licenses, keys and limits between two releases of hublint.

## Example
```yaml
license: acme-2.0
```
```answers
metadata: ['"license" must be one of [apache-2.0, mit, openrail]']
```

## Use instead
```yaml
license: apache-2.0
```
```answers
metadata: []
```

## Evidence
PyPI huggingface_hub 2.4.0: `HfApi._validate_yaml` and `RepoCard.validate` send `repoType` and `content` to
/api/validate-yaml; 200 with `warnings` takes it, 400 with `errors` of `message` refuses it. Answers of that check as
they stand in https://github.com/strukto-ai/mirage/pull/971 (2026-08-31) and
https://github.com/huggingface/huggingface_hub/issues/1927.
"""

from __future__ import annotations

import re

from hublint.regexes import lazy
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository
    from hublint.rule import Error

RULE = Rule(
    code="HB003",
    name="hub-refuses",
    severity="error",
    effect="refused",
    subject="verdict",
    since="0.1.0",
    online=True,
)

_NAMED = lazy(r'"([^"\s]{1,200})" ')
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_OF_BLOCK = ("Invalid YAML", "The YAML metadata", '"value" ')


def check(card: Card, repository: Repository, errors: tuple[Error, ...]) -> Iterator[Finding]:
    """Yield a finding for each disagreement between the Hub and the rules that ran before."""
    if repository.online is None or card.block is None or card.is_pointer or card.encoding != "utf-8":
        return
    name = repository.repo_id or repository.name
    refusals = repository.online.refusals(repository.kind, card.text[: card.block.end], name)
    if refusals is None:
        return
    for said in refusals:
        route = _route(card, said)
        if not _is_known(said, route, errors):
            about = f"`{route[0]}`" if route else "the metadata as a whole"
            yield Finding(
                card,
                card.place(*route),
                f"the Hub refuses a push because of {about}, and no other rule that ran calls it an error",
                hub_message=said,
            )
    if not refusals:
        yield from _taken(card, errors)


def _taken(card: Card, errors: tuple[Error, ...]) -> Iterator[Finding]:
    for error in errors:
        if error.refused:
            yield Finding(
                card,
                error,
                f"{error.code} says that the Hub refuses this, and the Hub's check of the metadata takes it; "
                f"update hublint, or ignore {error.code}",
            )


def _route(card: Card, said: str) -> tuple[Step, ...]:
    """The keys that a sentence of the Hub names, `"datasets[0]" with value ...`; none where it is about the block."""
    found = _NAMED.match(said)
    steps = [int(number) if number else key for number, key in _STEP.findall(found[1])] if found else []
    return tuple(steps) if steps and isinstance(steps[0], str) and not said.startswith(_OF_BLOCK) else ()


def _is_known(said: str, route: tuple[Step, ...], errors: tuple[Error, ...]) -> bool:
    """Whether another rule has called an error what a sentence of the Hub is about."""
    if route:
        return any(re.split(r"[.\[]", error.route, maxsplit=1)[0] == route[0] for error in errors)
    if said.startswith(_OF_BLOCK):
        return any(error.refused and error.code.startswith("FM") for error in errors)
    return any(error.refused for error in errors)
