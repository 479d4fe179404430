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
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules._card import strings
from hublint_rules.text._card_text import body, passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    "model": (
        "from_pretrained", "pipeline", "SentenceTransformer", "CrossEncoder", "snapshot_download", "hf_hub_download",
        "load_model",
    ),
    "dataset": ("load_dataset", "snapshot_download", "hf_hub_download"),
}  # fmt: skip
_WITHIN_WORD = lazy(r"(?<=\w)")
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
    calls = _calls(text, repository.kind)
    if not calls:
        return
    if name in card.lowered:
        named = re.compile(rf"(?i)(?<![\w.-]){re.escape(name)}(?![\w-])")
        if any(named.search(block.content) for _, block in _in_blocks(card, named.finditer(text))):
            return
    loads = [load for call, block in _in_blocks(card, calls) for load in _loads(card, call, block, repository.kind)]
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


def _calls(text: str, kind: str) -> list[re.Match[str]]:
    """The calls that load something and hold no other call, with their arguments, in the order of the text."""
    names = (name for name in _LOADERS[kind] if f"{name}(" in text)
    calls = (call for name in names for call in re.finditer(rf"{name}\(([^()]{{0,400}})\)", text))
    return sorted((call for call in calls if not _WITHIN_WORD.match(text, call.start())), key=lambda call: call.start())


def _in_blocks(card: Card, found: Iterable[re.Match[str]]) -> Iterator[tuple[re.Match[str], CodeBlock]]:
    """What was found in the text, as far as it stands in a block of code."""
    parts, offset = passages(card), card.body.start
    for match in found:
        start, end = match.span()
        read = None if parts.outline.is_visible(start, start + 1) else parts.at(start, end)
        block = read.block_at(offset + start, offset + end) if read else None
        if block is not None:
            yield match, block


def _loads(card: Card, call: re.Match[str], block: CodeBlock, kind: str) -> Iterator[_Load]:
    """What a call in a block of code loads, by its first id."""
    quoted = re.finditer(_QUOTED, call[1])
    found = next((match for match in quoted if is_repo_id(match[1])), None)
    if kind == "model" and re.search(r"repo_type\s*=\s*[\"'](?:dataset|space)", call[1]):
        return
    if found and found[1].split("/")[0].lower() not in _FOLDERS:
        start = card.body.start + call.start(1) + found.start(1)
        yield _Load(found[1], Span(start, start + len(found[1])))
    elif not re.fullmatch(r"\s*[\"'][\w-]+[\"']\s*", call[1]) or "pipeline" not in call[0]:
        yield _Load("", block.span)
