"""A Gradio Space that does not say which Gradio it was written for.

## What it does
Looks for `sdk_version` in the metadata of a Gradio Space. Where requirements.txt pins one Gradio, that is a note only.

## Why it matters on the Hub
The version is then not yours to decide: a later rebuild may bring another Gradio with other defaults and break an app
that nobody touched.

## Example
```yaml
sdk: gradio
app_file: app.py
```

## Use instead
```yaml
sdk: gradio
sdk_version: 5.49.1
app_file: app.py
```

## Fix safety
Unsafe, and only where requirements.txt pins one Gradio: that version is written.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22). Advice: the Hub accepts Spaces without it.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Edit

RULE = Rule(
    code="SP004",
    name="missing-sdk-version",
    severity="warning",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("gradio",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a Gradio Space has no `sdk_version`."""
    if not lacks_value(card, "space", "sdk_version"):
        return
    version = _pinned_version(repository)
    yield Finding(
        card,
        card.place("sdk_version"),
        f"the Space has no `sdk_version`; write `{version}`, which requirements.txt pins"
        if version
        else "the Space has no `sdk_version`, so a rebuild may bring another Gradio; write the one that was tested",
        severity="info" if version else None,
        fix=Fix(f"Write `sdk_version: {version}`, as requirements.txt has it", (_edit(card, version),), "unsafe")
        if version
        else None,
    )


def _edit(card: Card, version: str) -> Edit:
    if card.entry("sdk_version"):
        return yaml_edits.set_value(card, ("sdk_version",), version)
    return yaml_edits.insert_entry(card, "sdk_version", version, ("sdk",))


def _pinned_version(repository: Repository) -> str:
    """The Gradio that requirements.txt pins, else empty."""
    from hublint.documents.requirements import Requirements

    requirements = repository.parsed("requirements.txt", Requirements)
    pins = {found.pin for found in requirements.named("gradio")} if requirements is not None else set()
    pin = pins.pop() if len(pins) == 1 else None
    return pin if pin and pin.replace(".", "").isdigit() else ""
