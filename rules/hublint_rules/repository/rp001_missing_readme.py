"""A repository without README.md.

## What it does
Looks for README.md at the root, and names what is there in its stead: another spelling, another format, a README.md in
a folder where only GitHub looks. A repository without any content is left alone.

## Why it matters on the Hub
README.md at the root is the card: a Space takes its configuration from it and does not start without, and a model or
dataset has neither license nor task nor text.

## Example
```markdown readme.md
---
title: My demo
sdk: gradio
app_file: app.py
---
```

## Use instead
```markdown README.md
---
title: My demo
sdk: gradio
app_file: app.py
---
```

## Evidence
`README.md` with these very letters: https://huggingface.co/docs/hub/repositories-getting-started and
`REPOCARD_NAME` in https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/constants.py.
The Space stage CONFIG_ERROR with "Missing configuration in README" (runtime API, 2026-10).
"""

from __future__ import annotations

from hublint.repository.repository import README
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP001",
    name="missing-readme",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
)

_FORMATS = ("", ".md", ".markdown", ".mdx", ".rst", ".txt")
_STEMS = ("readme", "model_card", "modelcard", "dataset_card", "datasetcard", "card")
_FOR_GITHUB = (".github/README.md", "docs/README.md")
_PAPERWORK = ("license", "licence", "notice")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding where the root holds files but no README.md."""
    if README in repository.files or not any(_is_content(path) for path in repository.files):
        return
    found = _instead(repository)
    message = "there is no README.md: "
    if found:
        message = f"the Hub reads only README.md, not `{found}`: "
    space = repository.kind == "space"
    yield Finding(
        *at_file(README),
        message
        + ("the Space has no configuration and does not start" if space else f"the {repository.kind} has no card"),
        help=f"rename `{found}` to README.md"
        if found.lower().endswith(".md") and "/" not in found
        else "add README.md with a metadata block between two `---` lines",
        hub_message="Missing configuration in README" if space else "",
        severity="error" if space else None,
    )


def _is_content(path: str) -> bool:
    return not path.startswith(".") and not path.lower().startswith(_PAPERWORK)


def _instead(repository: Repository) -> str:
    """The file that was meant to be the card, the likeliest first; empty where there is none."""
    found = []
    for path in repository.files:
        stem, dot, suffix = path.lower().partition(".")
        if stem in _STEMS and dot + suffix in _FORMATS:
            found.append((_STEMS.index(stem), _FORMATS.index(dot + suffix) if dot != "" else len(_FORMATS), path))
    if found:
        return min(found)[2]
    return next((path for path in _FOR_GITHUB if path in repository.files), "")
