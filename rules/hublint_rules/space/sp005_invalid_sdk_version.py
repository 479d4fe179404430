"""An `sdk_version` that is not an exact version.

## What it does
Checks `sdk_version` of Gradio and Streamlit Spaces: it is one release such as `5.49.1`. An unquoted `5.0`, which is a
number, is ambiguous-scalar (FM006).

## Why it matters on the Hub
The Hub installs exactly that release. No release is called `>=5.0` or `latest`, so the Space does not build.

## Example
```yaml
sdk: gradio
sdk_version: ==5.49.1
```

## Use instead
```yaml
sdk: gradio
sdk_version: 5.49.1
```

## Fix safety
Safe where only `==`, a leading `v` or the package's name stand before one version. Unsafe for the lower end of a range
(`>=5.0`, `^5.0`, `~=5.0`). Nothing can be inferred from `latest`.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): a released version of Gradio; PEP 440 for what a
release can be called. `v5.0` and `5.*` are warnings: pip would read them, the reference does not allow them.
"""

from __future__ import annotations

import re

from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Safety

RULE = Rule(
    code="SP005",
    name="invalid-sdk-version",
    severity="error",
    effect="broken",
    subject="violations",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("gradio", "streamlit"),
    only_if=("sdk_version",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for an `sdk_version` that names no release."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        text = value.strip() if isinstance(value, str) else ""
        if isinstance(value, str) and not text:
            continue
        version, safety = _meant(text, repository.sdk)
        if text and version == text:
            continue
        yield Finding(
            card,
            card.place("sdk_version"),
            f"{shown(value)} is not an exact version; write one release, such as `{version or '5.49.1'}`",
            severity="warning" if re.fullmatch(r"v\d+(\.\d+)*|\d+(\.\d+)*\.\*", text) else None,
            fix=Fix(f"Write `{version}`", (yaml_edits.set_value(card, violation.route, version),), safety)
            if version
            else None,
        )


def _meant(text: str, package: str) -> tuple[str, Safety]:
    """The version that is meant, else empty, and how certain that is."""
    found = re.fullmatch(
        rf"(?:{package}\b)?\s*(===?|>=|~=|[~^]|)\s*v?(\d{{1,4}}(?:\.\d{{1,4}})+(?:(?:a|b|rc)\d{{1,3}})?)",
        text,
        re.IGNORECASE,
    )
    if found is None:
        return "", "safe"
    return found[2], "safe" if found[1] in ("", "==", "===") else "unsafe"
