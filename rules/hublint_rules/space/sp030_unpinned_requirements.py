"""A requirement without any version.

## What it does
Finds lines of requirements.txt that name a package and no version at all. Not selected by default.

## Why it matters on the Hub
A Space is built anew when it is changed, restarted after a long pause or duplicated. The build then takes the newest
release, which may break what worked.

## Example
```yaml
sdk: gradio
```

```text requirements.txt
transformers
```

## Use instead
```yaml
sdk: gradio
```

```text requirements.txt
transformers==4.46.0
```

## Evidence
Advice. 208 of the 306 Spaces with a requirements.txt in the corpus have at least one such line, hence off by default.
`gradio` is left out where `sdk_version` pins it (https://huggingface.co/docs/hub/spaces-config-reference).
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.requirements import Requirements
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP030",
    name="unpinned-requirements",
    severity="info",
    effect="advice",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    default=False,
    only_if=("requirements.txt",),
)

_PATH = "requirements.txt"


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each package without a version."""
    requirements = repository.parsed(_PATH, Requirements) if _PATH in repository.files else None
    if requirements is None:
        return
    card = repository.card
    pinned = {"gradio"} if card and card.data.get("sdk_version") and repository.sdk == "gradio" else set()
    for line in requirements.requirements:
        if not line.name or line.specifier or line.url or line.name in pinned or is_placeholder(line.raw):
            continue
        yield Finding(
            requirements.source,
            line.span,
            f"`{line.name}` has no version, so each build may install another one; name the one that works",
        )
