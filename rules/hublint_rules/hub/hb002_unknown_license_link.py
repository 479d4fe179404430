"""A link to a license on the Hub that leads to nothing.

## What it does
Only with `--online`: asks the Hub whether a `license_link` to a file on the Hub, or to the page of a dataset or Space,
leads to something. Gated files are there. Addresses elsewhere are not asked for: a linted repository does not decide
which hosts are called. Nor is a link to a file that lies in this repository and may still be on its way to the Hub; a
file's name alone is MC009's.

## Why it matters on the Hub
The page links to the license, and people get "404" instead of the terms by which they may use the model or dataset.

## Example
```yaml
license: other
license_name: gemma
license_link: https://huggingface.co/acme/base/blob/main/LICENCE
```
```answers
link https://huggingface.co/acme/base/blob/main/LICENCE: there is no such file
```

## Use instead
```yaml
license: other
license_name: gemma
license_link: https://huggingface.co/acme/base/blob/main/LICENSE
```
```answers
link https://huggingface.co/acme/base/blob/main/LICENSE: ""
```

## Evidence
https://huggingface.co/docs/hub/repositories-licenses (2026-08): `license_link` is a file of the repository or an
address. PyPI huggingface_hub 2.4.0, `hf_raise_for_status`: `X-Error-Code` of a file's address is `EntryNotFound`,
`RevisionNotFound`, `RepoNotFound` or `GatedRepo`.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="HB002",
    name="unknown-license-link",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model", "dataset"),
    only_if=("license_link",),
    online=True,
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a link that leads to nothing."""
    link = card.data.get("license_link")
    if not isinstance(link, str) or "://" not in link or is_placeholder(link) or _is_on_its_way(repository, link):
        return
    reason = repository.online.dead_end(link) if repository.online is not None else None
    if reason:
        message = f"{shown(link)} leads to nothing: {reason}; link to where the license is"
        yield Finding(card, card.place("license_link"), message)


def _is_on_its_way(repository: Repository, link: str) -> bool:
    """Whether the link may lead to a file of this repository, which is there."""
    before, _, path = link.partition("/main/")
    is_own = not repository.repo_id or f"/{repository.repo_id}/".lower() in f"{before}/".lower()
    return is_own and bool(path) and path.partition("?")[0] in repository.files
