"""requirements.txt asks for a Gradio that `sdk_version` is not.

## What it does
Compares `sdk_version` with every line of requirements.txt that asks for gradio, with or without extras: pins and
ranges, as PEP 440 reads them. A line with an environment marker counts where the marker is true in every Python that
the Space may have. Lines with a URL are left alone.

## Why it matters on the Hub
The Hub installs `gradio[oauth,mcp]` at `sdk_version` together with requirements.txt. Where no version suits both, pip
ends with `ResolutionImpossible` and the build fails.

## Example
```yaml
sdk: gradio
sdk_version: 4.44.1
```
```text requirements.txt
gradio[mcp]>=5.28
```

## Use instead
```yaml
sdk: gradio
sdk_version: 5.49.1
```
```text requirements.txt
gradio[mcp]>=5.28
```

## Fix safety
Unsafe: `sdk_version` becomes the version that requirements.txt pins, which need not be the newer or the tested one. A
range, or a pin such as `4.39.*`, names no one version and is left to you; so are lines that contradict each other.

## Evidence
https://huggingface.co/docs/hub/spaces-dependencies and https://huggingface.co/docs/hub/spaces-config-reference
(2026-08-22); PEP 440 and PEP 508. Build logs that were reported in 2026, for Gradio 6.13.0 too, run one command:
`pip install -r requirements.txt gradio[oauth,mcp]==<sdk_version> ...`; in February 2024 there were two, and
`sdk_version` won (https://discuss.huggingface.co/t/space-force-installs-old-gradio/71840). Measured on 2026-11-29 with
pip: a file with `gradio[mcp]>=5.28` beside `gradio[oauth,mcp]==4.44.1` ends with "ERROR: ResolutionImpossible".
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Scalar
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP006",
    name="sdk-version-conflict",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("gradio",),
    only_if=("sdk_version",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a line of requirements.txt excludes `sdk_version`."""
    node = card.get("sdk_version")
    if not isinstance(node, Scalar):
        return
    from hublint.space.build.asked_of_pip import asked_of_pip

    version = node.content.strip()
    lines = [line for line in asked_of_pip(repository).lines if line.requirement.name == "gradio" and line.counts()]
    every = [line.requirement for line in lines]
    for line, requirement in zip(lines, every, strict=True):
        if requirement.allows(version) is not False:
            continue
        number = line.source.position(requirement.span.start).line
        pin = requirement.pin or ""
        exact = pin.replace(".", "").isdigit() and all(each.allows(pin) is not False for each in every)
        yield Finding(
            card,
            card.place("sdk_version"),
            f"`sdk_version` is {version}, but line {number} of {line.source.path} asks for "
            f"`gradio{requirement.specifier}`: pip finds no version that is both, and the build fails",
            help="write a `sdk_version` that the line admits, or drop gradio from requirements.txt",
            fix=Fix(f"Write `{pin}`", (yaml_edits.set_value(card, ("sdk_version",), pin),), "unsafe")
            if exact
            else None,
        )
        return
