"""A license of one's own that is not told to the end.

## What it does
Looks at `license: other` without a `license_name` and without a `license_link`, at a `license_name` beside a license
of the Hub's list, and at a `license_link` to a file that is not there. One of the two keys alone, or a card whose
text has a section on the license or another key that tells it, is a note only. A link is not followed where no file
but the card is known.

## Why it matters on the Hub
The page shows `other` and nothing else, so nobody learns the terms. Beside a license of the list the name is not
shown.

## Example
```yaml
license: other
```

## Use instead
```yaml
license: other
license_name: acme-1.0
license_link: https://example.org/acme-1.0
```

## Fix safety
Safe: `license_link` is added where a LICENSE file stands beside the card, and its case is mended.

## Evidence
https://huggingface.co/docs/hub/repositories-licenses and
https://huggingface.co/docs/hub/model-cards#specifying-a-license (2026-08): with `other` the name and the link are to
be given. Advice: the Hub accepts cards without them.
"""

from __future__ import annotations

import re

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.regexes import lazy
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks, strings
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC009",
    name="incomplete-custom-license",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model", "dataset"),
    fix="safe",
)

_FILES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENSE.pdf")
_OPEN = frozenset(("other", "unknown"))
_HEADING = lazy(r"\n(?:#{1,6}|\*\*)[ \t]*[^\r\n]{0,40}licen[sc]", re.IGNORECASE)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each gap in what a card says about a license of its own."""
    licenses = strings(card.data.get("license"))
    if licenses == ["other"]:
        yield from _other(repository, card)
    elif licenses and not _OPEN & set(licenses):
        yield from _name_beside(card, licenses)
    yield from _absent_link(repository, card)


def _other(repository: Repository, card: Card) -> Iterator[Finding]:
    missing = [key for key in ("license_name", "license_link") if lacks(card, repository.kind, key)]
    if not missing:
        return
    file = next((name for name in _FILES if name in repository.files), "")
    elsewhere = any("license" in key.lower() and key != "license" and value for key, value in card.data.items())
    told = len(missing) == 1 or file or elsewhere
    fix = None
    if file and "license_link" in missing:
        after = ("license", "license_name")
        fix = Fix(f"Add `license_link: {file}`", (yaml_edits.insert_entry(card, "license_link", file, after),))
    yield Finding(
        card,
        card.place("license"),
        f"`license: other` needs {' and '.join(f'`{key}`' for key in missing)}, "
        + ("so that people can read the license" if missing == ["license_link"] else "or the page shows only `other`"),
        severity="info" if told or _HEADING.search(card.text, card.body.start - 1) else None,
        fix=fix,
    )


def _name_beside(card: Card, licenses: list[str]) -> Iterator[Finding]:
    name = card.data.get("license_name")
    table = hublint_schemas.table("licenses")
    if not isinstance(name, str) or not name.strip() or is_placeholder(name):
        return
    if not all(license_id in table["licenses"] for license_id in licenses):
        return
    folded = name.strip().lower().replace("_", "-").replace(" ", "-")
    same = any(
        folded == license_id or table["spellings"].get(name.strip()) == license_id or license_id in folded
        for license_id in licenses
    )
    yield Finding(
        card,
        card.place("license_name"),
        f"{shown(name)} is not shown beside `license: {licenses[0]}`; a `license_name` needs `license: other`",
        severity="info" if same else None,
    )


def _absent_link(repository: Repository, card: Card) -> Iterator[Finding]:
    link = card.data.get("license_link")
    if not isinstance(link, str) or not re.fullmatch(r"(?:\./)?[\w.-]+(?:/[\w.-]+)*", link) or is_placeholder(link):
        return
    path = link.removeprefix("./")
    others = [name for name in repository.files if "/" not in name and not name.startswith((".", "README"))]
    if repository.exists(path) or not others or re.match(r"(?:www\.|[\w-]+\.[a-z]{2,}/)", path):
        return
    near = [name for name in others if name.lower() == path.lower()]
    yield Finding(
        card,
        card.place("license_link"),
        f"`license_link` names {shown(link)}, which is not in the repository"
        + (f"; write `{near[0]}`" if near else ""),
        fix=Fix(f"Write `{near[0]}`", (yaml_edits.set_value(card, ("license_link",), near[0]),))
        if len(near) == 1
        else None,
    )
