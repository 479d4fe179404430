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

from hublint.documents.source import Span
from hublint.model.hub_ids import is_repo_id
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules._card import strings
from hublint_rules.text._card_text import body, passages

TYPE_CHECKING = False
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
    "model": (
        "from_pretrained", "pipeline", "SentenceTransformer", "CrossEncoder", "snapshot_download", "hf_hub_download",
        "load_model",
    ),
    "dataset": ("load_dataset", "snapshot_download", "hf_hub_download"),
}  # fmt: skip
_WITHIN_WORD = lazy(r"(?<=\w)")
_QUOTED = lazy(r"[\"']([\w.-]+/[\w.-]+)[\"']")
_TASK = lazy(r"\s*[\"'][\w-]+[\"']\s*")
_OF_ANOTHER_KIND = lazy(r"repo_type\s*=\s*[\"'](?:dataset|space)")
_BEFORE_NAME = lazy(r"(?<![\w.-])")
_AFTER_NAME = lazy(r"(?![\w-])")
_FOLDERS = frozenset(
    "path models model outputs output results checkpoints checkpoint data local tmp user username".split()
)


class _Load(NamedTuple):
    """An id that a call loads, empty where it cannot be known, and where both stand in the card's text."""

    repo_id: str
    where: Span
    call: Span


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first repository that is loaded in place of this one."""
    own = repository.repo_id.lower()
    owner, _, name = own.rpartition("/")
    if not owner or not name:
        return
    kin = {value.lower() for key in ("base_model", "new_version") for value in strings(card.data.get(key))}
    fine: list[_Load] = []
    others: list[_Load] = []
    for load in _loads(card, repository.kind):
        repo_id = load.repo_id.lower()
        is_fine = not repo_id or repo_id in kin or next(_places(repo_id, name), None) is not None
        (fine if is_fine else others).append(load)
    if not others or any(_block(card, *load.call) for load in fine) or _is_in_code(card, name):
        return
    loads = [load for load in others if _block(card, *load.call)]
    if not loads:
        return
    start = card.body.start
    yield Finding(
        card,
        Span(start + loads[0].where.start, start + loads[0].where.end),
        f"the card's code loads `{loads[0].repo_id}`, but never this {repository.kind}, `{repository.repo_id}`",
        help="load this repository in the example; if it is made from the other, say so with `base_model`"
        if repository.kind == "model"
        else "",
        severity="info" if all(load.repo_id.lower().startswith(f"{owner}/") for load in loads) else None,
    )


def _loads(card: Card, kind: str) -> Iterator[_Load]:
    """What the card's calls load, by the first id of each, in the order of the text."""
    for call in _calls(body(card), kind):
        if kind == "model" and _OF_ANOTHER_KIND.search(call[1]):
            continue
        found = next((match for match in _QUOTED.finditer(call[1]) if is_repo_id(match[1])), None)
        if found and found[1].split("/")[0].lower() not in _FOLDERS:
            start = call.start(1) + found.start(1)
            yield _Load(found[1], Span(start, start + len(found[1])), Span(*call.span()))
        elif "pipeline" not in call[0] or not _TASK.fullmatch(call[1]):
            yield _Load("", Span(*call.span()), Span(*call.span()))


def _calls(text: str, kind: str) -> list[re.Match[str]]:
    """The calls that load something and hold no other call, with their arguments, in the order of the text."""
    names = (name for name in _LOADERS[kind] if f"{name}(" in text)
    calls = (call for name in names for call in re.finditer(rf"{name}\(([^()]{{0,400}})\)", text))
    return sorted((call for call in calls if not _WITHIN_WORD.match(text, call.start())), key=lambda call: call.start())


def _block(card: Card, start: int, end: int) -> CodeBlock | None:
    """The block of code that holds a range of the card's text."""
    parts, offset = passages(card), card.body.start
    read = None if parts.outline.is_visible(start, start + 1) else parts.at(start, end)
    return read.block_at(offset + start, offset + end) if read else None


def _is_in_code(card: Card, name: str) -> bool:
    """Whether a block of code of the card says a name."""
    if name not in card.lowered:
        return False
    text = body(card)
    lowered = text.replace("\u0130", "i").lower() if "\u0130" in text else card.lowered  # so that places stay
    blocks = (_block(card, start, start + len(name)) for start in _places(lowered, name))
    return any(next(_places(block.content.lower(), name), None) is not None for block in blocks if block)


def _places(text: str, name: str) -> Iterator[int]:
    """Where a name stands in a text and is not part of another one."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if _BEFORE_NAME.match(text, start) and _AFTER_NAME.match(text, end):
            yield start
        start = text.find(name, end)
