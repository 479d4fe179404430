"""The app asks people to sign in, but the Space has no `hf_oauth: true`.

## What it does
Reports `gr.LoginButton()` in the app of a Gradio Space whose metadata does not switch sign-in on. It is silent where
the file looks at `OAUTH_CLIENT_ID` itself.

## Why it matters on the Hub
Only with `hf_oauth: true` does the Hub hand over the client id and secret. Without them Gradio refuses to start an app
with such a button on a Space.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr

with gr.Blocks() as demo:
    gr.LoginButton()
demo.launch()
```

## Use instead
```yaml
title: Demo
sdk: gradio
hf_oauth: true
```
```python app.py
import gradio as gr

with gr.Blocks() as demo:
    gr.LoginButton()
demo.launch()
```

## Fix safety
Safe: adds `hf_oauth: true`, without which the app does not start.

## Evidence
https://huggingface.co/docs/hub/spaces-oauth (2026-08-22): `OAUTH_CLIENT_ID` and the others come with `hf_oauth: true`.
PyPI gradio, oauth.py: raises a ValueError on a Space where `OAUTH_CLIENT_ID` is not set.
"""

from __future__ import annotations

from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC007",
    name="oauth-not-enabled",
    severity="error",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("gradio",),
    only_if=("loginbutton",),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first sign-in button."""
    card = repository.card
    if card is None or "hf_oauth" in card.data:
        return
    from hublint.space.running import marked

    for python in marked(repository, "LoginButton"):
        if "OAUTH_CLIENT_ID" in python.source.text:
            continue
        for call in python.calls:
            if call.name == "gradio.LoginButton":
                from hublint.documents.yaml import edits as yaml_edits

                yield Finding(
                    python.source,
                    call.node.func,
                    "`gr.LoginButton` needs `hf_oauth: true` in README.md, without which Gradio does not start "
                    "on a Space",
                    fix=Fix("Add `hf_oauth: true`", (yaml_edits.insert_entry(card, "hf_oauth", True),), "safe"),
                )
                return
