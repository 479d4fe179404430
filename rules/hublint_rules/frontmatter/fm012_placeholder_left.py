"""A value that a template left to be filled in.

## What it does
Finds `{license}`, `{{ cookiecutter.title }}`, `[More Information Needed]`, `[This needs to be ...]`,
`your-username/model` and `__HF_EMOJI__` among the values of the keys that the Hub knows. What stands under a key of
the author's own, such as `prompt_template: "{prompt}"`, may be meant as it is.

## Why it matters on the Hub
`{{ x }}` without quotes is a mapping for YAML, not text. Where the Hub checks the key it refuses the push,
elsewhere the placeholder is published.

## Example
```yaml
license: apache-2.0
base_model: your-username/your-model
```

## Use instead
```yaml
license: apache-2.0
base_model: openai-community/gpt2
```

## Evidence
Advice. The placeholders are those of modelcard.md and datasetcard.md in
https://github.com/huggingface/hub-docs, of the templates in huggingface_hub 2.4.0, and of template repositories
seen on GitHub in 2026.
"""

from __future__ import annotations

import re

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml.nodes import Mapping, Node, Scalar, Sequence
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules._card import is_template
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM012",
    name="placeholder-left",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
)

_FREE = frozenset(
    ("widget", "mask_token", "instance_prompt", "inference", "dataset_info", "configs", "custom_headers", "model-index")
)
_IDS = frozenset(("base_model", "datasets", "models", "new_version", "duplicated_from", "preload_from_hub"))
_SOMEONE = lazy(r"<?your[-_ ]?(?:hf[-_ ]?)?(?:user[-_ ]?name|user|name|org|organization|handle)>?/", re.IGNORECASE)
_TEMPLATE = lazy(r"__[A-Z][A-Z0-9_]*__")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each placeholder among the top-level values and their items."""
    if card.root is not None and is_template(card):
        text = _text(card.text, card.root)
        yield Finding(card, card.root, f"{text} is a template's placeholder; write the metadata")
        return
    for entry in card.entries:
        if isinstance(entry.key, Mapping):
            yield Finding(card, entry.key, f"{_text(card.text, entry.key)} is a template's placeholder; fill it in")
        if entry.name in _FREE or entry.name.startswith("extra_gated_"):
            continue
        for node in _values(entry.value):
            used = isinstance(node, Scalar) and "__" in node.content and bool(_TEMPLATE.fullmatch(node.content))
            named = entry.name in _IDS and _SOMEONE.match(str(node.value)) is not None
            if not (used or named or is_placeholder(node.value)) or not _is_known(entry.name):
                continue
            told = f"{_text(card.text, node)} is a template's placeholder"
            if used:
                yield Finding(card, node, f"{told}, to be filled in when it is used", severity="info")
            else:
                yield Finding(card, node, f"{told}; fill it in or remove `{entry.name}`")


def _is_known(name: str) -> bool:
    """Whether a key is one that cards or Spaces of the Hub have."""
    import hublint_schemas

    look_alikes = (keys["look_alikes"] for keys in hublint_schemas.table("keys").values())
    return any(name in keys for keys in (*hublint_schemas.keys().values(), *look_alikes))


def _values(node: Node) -> list[Node]:
    nodes = node.items if isinstance(node, Sequence) else [node]
    return [node for node in nodes if not isinstance(node, Mapping) or (len(node.entries) == 1 and _is_in_braces(node))]


def _is_in_braces(node: Mapping) -> bool:
    """Whether it may be a template's `{x}` or `{{ x }}`, and is not `x:` as an item of a list."""
    return node.flow and (not node.entries or node.span.start < node.entries[0].key.span.start)


def _text(text: str, node: Node) -> str:
    return shown(node.content if isinstance(node, Scalar) else text[slice(*node.span)])
