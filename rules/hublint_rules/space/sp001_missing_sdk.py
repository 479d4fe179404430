"""A Space whose metadata does not say which SDK builds it.

## What it does
Looks for `sdk` in the metadata. A README without any metadata is missing-frontmatter (FM001).

## Why it matters on the Hub
The push is accepted, but the Space stops at the stage CONFIG_ERROR and nothing is built.

## Example
```yaml
title: Speech demo
colorFrom: blue
```

## Use instead
```yaml
title: Speech demo
colorFrom: blue
sdk: gradio
```

## Fix safety
Unsafe: the SDK is inferred from the files. A Dockerfile speaks for `docker`, an app that imports gradio or a
requirement of it for `gradio`, an index.html alone for `static`. Without such a file, or with both a Dockerfile and
gradio, there is no fix.

## Evidence
The runtime's own message "Missing configuration in README", seen in its API on 2026-10-03 and on Spaces' pages;
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22).
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

RULE = Rule(
    code="SP001",
    name="missing-sdk",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the metadata has no `sdk`."""
    if not lacks_value(card, "space", "sdk"):
        return
    sdk = _inferred_sdk(repository, card)
    problem = "`sdk` is empty" if card.entry("sdk") else "the metadata has no `sdk`"
    yield Finding(
        card,
        card.place("sdk"),
        f"{problem}, so the Space is not built; write `sdk: {sdk or 'gradio'}`"
        + ("" if sdk else ", `sdk: docker` or `sdk: static`"),
        hub_message="Missing configuration in README",
        fix=_fix(card, sdk) if sdk else None,
    )


def _fix(card: Card, sdk: str) -> Fix:
    if card.entry("sdk"):
        edit = yaml_edits.set_value(card, ("sdk",), sdk)
    else:
        edit = yaml_edits.insert_entry(card, "sdk", sdk, ("title", "emoji", "colorFrom", "colorTo"))
    return Fix(f"Write `sdk: {sdk}`", (edit,), "unsafe")


def _inferred_sdk(repository: Repository, card: Card) -> str:
    """The one SDK that the files speak for, else empty."""
    gradio = _uses_gradio(repository)
    if "Dockerfile" in repository.files:
        return "" if gradio and not card.entry("app_port") else "docker"
    if gradio:
        return "gradio"
    python = any("/" not in path and path.endswith(".py") for path in repository.files)
    return "static" if "index.html" in repository.files and not python else ""


def _uses_gradio(repository: Repository) -> bool:
    from hublint.documents.requirements import Requirements

    requirements = repository.parsed("requirements.txt", Requirements)
    if requirements is not None and requirements.named("gradio"):
        return True
    app = repository.app
    return app is not None and any(found.module.partition(".")[0] == "gradio" for found in app.imports)
