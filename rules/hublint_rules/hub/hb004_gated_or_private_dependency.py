"""Something that the repository needs from the Hub and that not everybody may read.

## What it does
Only with `--online`: asks the Hub for what a Space's code loads by an id that is written out, and for the base model
of an adapter. In a Space a gated or private one is a warning, where nothing in the repository speaks of a token. For
an adapter a private base model is a warning and a gated one a note, unless the adapter is so itself.

## Why it matters on the Hub
A Space reads the Hub as nobody unless it has a secret `HF_TOKEN`, so loading ends with "401" or "access to model ...
is restricted". An adapter is of no use to those who cannot read its base model.

## Example
```yaml
sdk: gradio
```
```python app.py
from transformers import pipeline

chat = pipeline("text-generation", model="meta-llama/Llama-3.1-8B-Instruct")
```
```answers
model meta-llama/Llama-3.1-8B-Instruct: gated
```

## Use instead
```yaml
sdk: gradio
```
```python app.py
import os

from transformers import pipeline

chat = pipeline("text-generation", model="meta-llama/Llama-3.1-8B-Instruct", token=os.environ["HF_TOKEN"])
```
```answers
model meta-llama/Llama-3.1-8B-Instruct: gated
```

## Evidence
https://huggingface.co/docs/hub/models-gated (2026-08): files of a gated model are for those who were given access;
`gated` and `private` are what `model_info` of PyPI huggingface_hub 2.4.0 reads, and its files answer 401 or 403 with
`X-Error-Code: GatedRepo`, its page and card 200 (answers of 2026-07-30). PyPI peft: an adapter loads
`base_model_name_or_path`.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule, Span
from hublint_rules.hub._loads import loads, speaks_of_token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.online import Online
    from hublint.repository.repository import Repository

RULE = Rule(
    code="HB004",
    name="gated-or-private-dependency",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("space", "model"),
    online=True,
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each id whose repository is not for everybody."""
    if repository.online is not None:
        of_kind = _of_space if repository.kind == "space" else _of_adapter
        yield from of_kind(repository, repository.online)


def _of_space(repository: Repository, online: Online) -> Iterator[Finding]:
    if speaks_of_token(repository):
        return
    for module, call, kind, id in loads(repository):
        standing = online.repository(kind, id)
        if standing is not None and (standing.gated or standing.private):
            what = "private" if standing.private else "gated"
            yield Finding(
                module.source,
                call.node,
                f"`{id}` is {what}: the Space can load it only with a secret `HF_TOKEN` of somebody who may read "
                "it, and nothing here speaks of one",
                help="set the secret in the Space's settings; where it is set already, name `HF_TOKEN` in the code",
            )


def _of_adapter(repository: Repository, online: Online) -> Iterator[Finding]:
    from hublint.model.hub_ids import is_repo_id
    from hublint.model.inference import base_model_of
    from hublint.model.library import is_adapter

    base = base_model_of(repository) if is_adapter(repository) else None
    source = repository.source(base.path) if base is not None else None
    if base is None or source is None or not is_repo_id(base.value) or repository.exists(base.value):
        return
    standing = online.repository("model", base.value)
    if standing is None or not (standing.gated or standing.private) or _is_so_itself(repository, online):
        return
    if standing.private:
        message = f"`{base.value}` is private: only those who may read it can load this adapter"
    else:
        message = f"`{base.value}` is gated: whoever loads this adapter has to ask for access to it first; say so"
    at = source.text.find(base.value)
    span = Span(at, at + len(base.value)) if at >= 0 else Span(0, 0)
    yield Finding(source, span, message, severity=None if standing.private else "info")


def _is_so_itself(repository: Repository, online: Online) -> bool:
    card = repository.card
    if card is not None and any(entry.name.startswith("extra_gated") for entry in card.entries):
        return True
    standing = online.repository("model", repository.repo_id) if repository.repo_id else None
    return standing is not None and (standing.gated or standing.private)
