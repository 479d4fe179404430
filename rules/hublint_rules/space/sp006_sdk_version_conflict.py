"""A requirements.txt that pins another Gradio than `sdk_version`.

## What it does
Compares `sdk_version` with a `gradio==...` of requirements.txt. Ranges are left alone, and so are pins with an
environment marker.

## Why it matters on the Hub
The Hub installs `sdk_version` together with requirements.txt: either pip finds no version that suits both, and the
build fails, or the app runs on another Gradio than the metadata says.

## Example
```yaml
sdk: gradio
sdk_version: 4.44.0
```
```text requirements.txt
gradio==4.39.0
```

## Use instead
```yaml
sdk: gradio
sdk_version: 4.44.0
```
```text requirements.txt
numpy
```

## Fix safety
Unsafe: `sdk_version` becomes the version that requirements.txt pins, which need not be the newer or the tested one. A
pin such as `4.39.*` names no one version and is left to you.

## Evidence
https://huggingface.co/docs/hub/spaces-dependencies and https://huggingface.co/docs/hub/spaces-config-reference
(2026-08-22); PEP 440 for what a pin admits. Which of the two outcomes it is has not been measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Scalar
from hublint.rule import Finding, Fix, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP006",
    name="sdk-version-conflict",
    severity="warning",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("gradio",),
    only_if=("sdk_version",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where requirements.txt pins a Gradio that `sdk_version` is not."""
    node = card.get("sdk_version")
    if not isinstance(node, Scalar):
        return
    from hublint.documents.requirements import Requirements

    version = node.content.strip()
    requirements = repository.parsed("requirements.txt", Requirements)
    if requirements is None:
        return
    for requirement in requirements.named("gradio"):
        pin = requirement.pin
        if pin is None or requirement.marker or requirement.allows(version) is not False:
            continue
        line = requirements.source.position(requirement.span.start).line
        exact = pin.replace(".", "").isdigit()
        yield Finding(
            card,
            card.place("sdk_version"),
            f"`sdk_version` is {version}, but requirements.txt pins gradio {pin} on line {line}; they must agree",
            help="remove gradio from requirements.txt: the Space installs `sdk_version` by itself" if not exact else "",
            fix=Fix(f"Write `{pin}`", (yaml_edits.set_value(card, ("sdk_version",), pin),), "unsafe")
            if exact
            else None,
        )
        return
