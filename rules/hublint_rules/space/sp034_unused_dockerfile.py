"""A Dockerfile in a Gradio or static Space, which the Hub does not build.

## What it does
Looks for a Dockerfile at the root of a Space whose `sdk` is `gradio`, `streamlit` or `static`, and which git does not
leave out.

## Why it matters on the Hub
The Hub builds the Space from its SDK and leaves the Dockerfile aside. Who wrote it may wonder why nothing of it
happens: no port, no packages, no other server.

## Example
```yaml
title: Demo
sdk: gradio
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "app.py"]
```

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker (2026-08): `sdk: docker` makes the Hub build the Dockerfile.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP034",
    name="unused-dockerfile",
    severity="info",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    sdks=("gradio", "streamlit", "static"),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield one finding, at the `sdk`."""
    from hublint.repository.git.ignored import ignores

    if "Dockerfile" in repository.files and "Dockerfile" not in ignores(repository):
        yield Finding(
            card,
            card.place("sdk"),
            f"the Hub does not use the Dockerfile, since `sdk` is `{repository.sdk}`",
            help="write `sdk: docker` if it is meant to be built, else leave the file as it is",
        )
