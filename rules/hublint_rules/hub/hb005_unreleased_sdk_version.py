"""An `sdk_version` that was never released.

## What it does
Only with `--online`: asks the package index, PyPI, for the versions of Gradio or Streamlit, and looks up `sdk_version`
among them. What cannot be the name of a release is SP005's.

## Why it matters on the Hub
The build asks pip for exactly this release, which finds none: "No matching distribution found for gradio==5.49.9".

## Example
```yaml
sdk: gradio
sdk_version: 5.49.9
```
```answers
package gradio: [5.48.0, 5.49.0, 5.49.1, 6.0.0]
```

## Use instead
```yaml
sdk: gradio
sdk_version: 5.49.1
```
```answers
package gradio: [5.48.0, 5.49.0, 5.49.1, 6.0.0]
```

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): a released version; the builder's `pip install
gradio[oauth]==<sdk_version>` in build logs of public Spaces (2026-04 to 2026-07). PEP 700: `versions` of the index,
which is https://pypi.org/simple/ unless the environment's HUBLINT_PACKAGE_INDEX names another.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="HB005",
    name="unreleased-sdk-version",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    sdks=("gradio", "streamlit"),
    only_if=("sdk_version",),
    online=True,
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a version that the index does not have."""
    from hublint.documents import pep440

    version = card.data.get("sdk_version")
    if not isinstance(version, str) or not version.strip() or card.violations("space", "SP005"):
        return
    releases = repository.online.releases(repository.sdk) if repository.online is not None else None
    if releases is None or any(pep440.allows(f"=={version}", each) is not False for each in releases):
        return
    near = _nearest(version, releases)
    yield Finding(
        card,
        card.place("sdk_version"),
        f"{repository.sdk} {version} was never released, so the build fails" + (f"; write `{near}`" if near else ""),
    )


def _nearest(version: str, releases: tuple[str, ...]) -> str:
    """The newest release before a version, else empty."""
    from hublint.documents import pep440

    finals = {found: each for each in releases if (found := pep440.version_of(each)) is not None}
    wanted = pep440.version_of(version) or ()
    return finals[max(before)] if (before := [each for each in finals if each < wanted]) else ""
