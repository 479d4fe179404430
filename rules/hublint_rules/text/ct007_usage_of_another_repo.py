"""A card whose code loads other repositories only, and never this one.

## What it does
Where the repository's id is known from its git remote, looks at what the card's code blocks load: `from_pretrained`,
`pipeline(model=...)`, `load_dataset` and the like. It fires if they name repositories, yet neither this one nor one
that the metadata gives as `base_model`, and load nothing from a folder or an unknown variable. A repository of the
same name with another owner is taken for this one. Other repositories of the same owner are a note only: a family of
models may share one card.

## Why it matters on the Hub
Readers copy the code and run another model or dataset than the one whose page they are on, most often because the card
came from a sister repository.

## Example
```markdown README.md
---
license: mit
---

~~~python
from transformers import AutoModel

model = AutoModel.from_pretrained("example/first-demo")
~~~
```

## Use instead
```markdown README.md
---
license: mit
---

~~~python
from transformers import AutoModel

model = AutoModel.from_pretrained("example/demo")
~~~
```

## Evidence
Advice. Of 209 collected model cards that load something, five named only a sister model by mistake.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.documents.source import Span
from hublint.model.hub_ids import is_repo_id
from hublint.records import NamedTuple
from hublint.rule import Finding, Rule
from hublint_rules._card import strings
from hublint_rules.text._card_text import body, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.markdown import CodeBlock
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT007",
    name="usage-of-another-repo",
    severity="warning",
    effect="advice",
    subject="text",
    since="0.1.0",
    kinds=("model", "dataset"),
)

_LOADERS = {
    "model": r"from_pretrained|pipeline|SentenceTransformer|CrossEncoder|snapshot_download|hf_hub_download|load_model",
    "dataset": r"load_dataset|snapshot_download|hf_hub_download",
}
_QUOTED = r"[\"']([\w.-]+/[\w.-]+)[\"']"
_FOLDERS = frozenset(
    "path models model outputs output results checkpoints checkpoint data local tmp user username".split()
)


class _Load(NamedTuple):
    """An id that code loads; empty where that cannot be known."""

    repo_id: str
    span: Span


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first repository that is loaded in place of this one."""
    own = repository.repo_id.lower()
    name = own.rpartition("/")[2]
    if "/" not in own:
        return
    text = body(card)
    if not re.search(_LOADERS[repository.kind], text):
        return
    read = markdown(repository)
    blocks = read.blocks if read else []
    named = rf"(?i)(?<![\w.-]){re.escape(name)}(?![\w-])"
    if any(re.search(named, block.content) for block in blocks):
        return
    loads = [load for block in blocks for load in _loads(card.text, block, repository.kind)]
    kin = {value.lower() for key in ("base_model", "new_version") for value in strings(card.data.get(key))}
    ids = [load.repo_id.lower() for load in loads]
    if not ids or "" in ids or kin.intersection(ids):
        return
    sisters = all(id.partition("/")[0] == own.partition("/")[0] for id in ids)
    yield Finding(
        card,
        loads[0].span,
        f"the card's code loads `{loads[0].repo_id}`, but never this {repository.kind}, `{repository.repo_id}`",
        help="load this repository in the example; if it is made from the other, say so with `base_model`"
        if repository.kind == "model"
        else "",
        severity="info" if sisters else None,
    )


def _loads(text: str, block: CodeBlock, kind: str) -> Iterator[_Load]:
    """What a block of code loads, by its first id in each call."""
    code = text[slice(*block.span)]
    for call in re.finditer(rf"\b(?:{_LOADERS[kind]})\(([^()]{{0,400}})\)", code):
        quoted = re.finditer(_QUOTED, call[1])
        found = next((match for match in quoted if is_repo_id(match[1])), None)
        if kind == "model" and re.search(r"repo_type\s*=\s*[\"'](?:dataset|space)", call[1]):
            continue
        if found and found[1].split("/")[0].lower() not in _FOLDERS:
            start = block.span.start + call.start(1) + found.start(1)
            yield _Load(found[1], Span(start, start + len(found[1])))
        elif not re.fullmatch(r"\s*[\"'][\w-]+[\"']\s*", call[1]) or "pipeline" not in call[0]:
            yield _Load("", block.span)
