"""Settings of "Sign in with Hugging Face" that the Hub refuses or ignores.

## What it does
Checks `hf_oauth`, `hf_oauth_scopes` and `hf_oauth_expiration_minutes`, asks for `hf_oauth: true` where only the others
are set, and finds `oauth`, which is not a key of the Hub. A scope that is only not documented is a warning.

## Why it matters on the Hub
The Hub refuses a scope that it does not know, and also `openid` and `profile`, which every Space has anyway. Without
`hf_oauth: true` there is no OAuth app: the sign-in button fails because `OAUTH_CLIENT_ID` is not set.

## Example
```yaml
sdk: gradio
hf_oauth: true
hf_oauth_scopes:
  - openid
  - email
```

## Use instead
```yaml
sdk: gradio
hf_oauth: true
hf_oauth_scopes:
  - email
```

## Fix safety
Safe: implied scopes are removed, other spellings of a scope (`read_repos`) and of `true` are set right, a text of
scopes becomes a list, and `oauth` becomes the keys that the Hub reads. Unsafe: adding `hf_oauth: true`, which creates
an OAuth app.

## Evidence
https://huggingface.co/docs/hub/spaces-oauth and /spaces-config-reference (2026-08-22); the Hub's refusal of `openid`
and `profile` is kept in public test comments. Whether `true` or a number in quotes is refused
is not recorded: a warning.
"""

from __future__ import annotations

import re

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._spelling import nearest
from hublint_rules._wording import did_you_mean, shown, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas.violation import Violation

RULE = Rule(
    code="SP018",
    name="invalid-oauth",
    severity="error",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("hf_oauth", "hf_oauth_scopes", "hf_oauth_expiration_minutes", "hf_oauth_authorized_org", "oauth"),
)

_SCOPES = "hf_oauth_scopes"
_MINUTES = "hf_oauth_expiration_minutes"
_NEEDS_OAUTH = (_SCOPES, _MINUTES, "hf_oauth_authorized_org")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield the findings about OAuth: wrong values, options without `hf_oauth`, and the key `oauth`."""
    for violation in card.violations(repository.kind, RULE.code):
        if violation.value == "":
            continue
        key = violation.route[0]
        if key == "hf_oauth":
            yield _switch(card, violation.value)
        elif key == _MINUTES:
            yield _minutes(card, violation.value)
        elif len(violation.route) == 1:
            yield _scopes_as_text(card, violation.value)
        else:
            yield _scope(card, violation)
    if card.data.get("oauth") not in (None, "") and not is_placeholder(card.data["oauth"]):
        yield _not_a_key(card, card.data["oauth"])
    yield from _without_oauth(card)


def _switch(card: Card, value: Any) -> Finding:
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    meant = words.get(value.strip().lower()) if isinstance(value, str) else None
    text = "true" if meant else "false"
    quotes = " without quotes" if value in ("true", "false") else ""
    return Finding(
        card,
        card.place("hf_oauth"),
        f"`hf_oauth` must be `true` or `false`{quotes}, not {typed(value)}",
        severity="warning" if isinstance(value, str) and value in ("true", "false") else None,
        fix=Fix(f"Write `{text}`", (yaml_edits.set_value(card, ("hf_oauth",), meant),)) if meant is not None else None,
    )


def _minutes(card: Card, value: Any) -> Finding:
    text = value.strip() if isinstance(value, str) else ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    fits = number is not None and 1 <= number <= 43200
    return Finding(
        card,
        card.place(_MINUTES),
        f"`{_MINUTES}` must be a whole number from 1 to 43200 (30 days), not {typed(value)}",
        severity="warning" if fits else None,
        fix=Fix(f"Write `{number}`", (yaml_edits.set_value(card, (_MINUTES,), number),)) if fits else None,
    )


def _scopes_as_text(card: Card, value: Any) -> Finding:
    scopes = _listed(value) if isinstance(value, str) else None
    fix = None
    if scopes is not None:
        edit = yaml_edits.set_value(card, (_SCOPES,), scopes) if scopes else yaml_edits.remove_entry(card, (_SCOPES,))
        fix = Fix("Write a list" if scopes else f"Remove `{_SCOPES}`", (edit,))
    return Finding(card, card.place(_SCOPES), f"`{_SCOPES}` must be a list of scopes, not {shown(value)}", fix=fix)


def _scope(card: Card, violation: Violation) -> Finding:
    value = violation.value
    known = hublint_schemas.table("space")["oauth_scopes"]
    scopes = _listed(value) if isinstance(value, str) else None
    place = card.place(*violation.route)
    implied = scopes == []
    listed = [item for item in card.data[_SCOPES] if item != value]
    fix = None
    if scopes is not None and len(scopes) == 1 and scopes[0] not in listed:
        fix = Fix(f"Write `{scopes[0]}`", (yaml_edits.set_value(card, violation.route, scopes[0]),))
    elif scopes is not None and not listed:
        edit = yaml_edits.set_value(card, (_SCOPES,), scopes) if scopes else yaml_edits.remove_entry(card, (_SCOPES,))
        fix = Fix("Write one scope an item" if scopes else f"Remove `{_SCOPES}`", (edit,))
    elif scopes is not None and set(scopes) <= set(listed):
        fix = Fix(f"Remove {shown(value)}", (yaml_edits.remove_item(card, violation.route),))
    # A list that grows: a word in the form of a scope may be one that is not documented yet.
    new = scopes is None and isinstance(value, str) and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", value) is not None
    hint = _hint(value, scopes, known)
    return Finding(
        card,
        place,
        f"{shown(value)} is granted to every Space, and the Hub refuses it in this list; remove it"
        if implied
        else f"{shown(value)} is not {'a documented' if new else 'an'} OAuth scope of Spaces{hint}",
        severity="warning" if new else None,
        help="" if implied else "all scopes: https://huggingface.co/docs/hub/spaces-oauth",
        # The only record of the sentence cuts the list off here.
        hub_message=f'"{place.route}" must be one of [email, read-repos, ...]',
        fix=fix,
    )


def _hint(value: Any, scopes: list[str] | None, known: list[str]) -> str:
    if scopes:
        return "; write `" + "` and `".join(scopes) + "`"
    return did_you_mean(nearest(value, known)) if isinstance(value, str) else ""


def _not_a_key(card: Card, value: Any) -> Finding:
    entry = card.entry("oauth")
    entries = _translated(value)
    fix = None
    if card.entry("hf_oauth") is None and entries and not any(card.entry(key) for key in entries):
        fix = Fix(f"Write `{'` and `'.join(entries)}`", (yaml_edits.replace_entries(card, ("oauth",), entries),))
    return Finding(
        card,
        entry.key if entry else card.fence,
        "`oauth` is not a key that the Hub reads; write `hf_oauth: true` and `hf_oauth_scopes`",
        severity="warning",
        fix=fix,
    )


def _translated(value: Any) -> dict[str, Any]:
    """The Hub's own keys for what guides write under `oauth`; empty where that is not certain."""
    if value is True:
        return {"hf_oauth": True}
    if not isinstance(value, dict) or value.get("enabled", True) is not True or value.keys() - {"enabled", "scopes"}:
        return {}
    given = value.get("scopes")
    words = " ".join(str(word) for word in given) if isinstance(given, list) else given
    scopes = _listed(words) if isinstance(words, str) else [] if given is None else None
    if scopes is None:
        return {}
    return {"hf_oauth": True, _SCOPES: scopes} if scopes else {"hf_oauth": True}


def _without_oauth(card: Card) -> Iterator[Finding]:
    if card.data.get("hf_oauth") not in (None, False) or card.entry("oauth") is not None:
        return
    present = [key for key in _NEEDS_OAUTH if card.data.get(key) not in (None, "", [])]
    entry = card.entry(present[0]) if present else None
    if entry is None or is_placeholder(card.data[present[0]]):
        return
    off = card.data.get("hf_oauth") is False
    yield Finding(
        card,
        entry.key,
        f"`{present[0]}` is ignored {'while `hf_oauth` is `false`' if off else 'without `hf_oauth: true`'}",
        severity="info" if off else "warning",
        fix=None
        if off or card.entry("hf_oauth")
        else Fix("Add `hf_oauth: true`", (yaml_edits.insert_entry(card, "hf_oauth", True),), "unsafe"),
    )


def _listed(text: str) -> list[str] | None:
    """The scopes that a text names, without the implied ones; None where it names something else."""
    facts = hublint_schemas.table("space")
    known = {re.sub(r"[^a-z]", "", scope): scope for scope in (*facts["oauth_scopes"], *facts["implied_oauth_scopes"])}
    words = [word for word in re.split(r"[\s,]+", text.strip().lower()) if word]
    scopes = [known.get(re.sub(r"[^a-z]", "", word)) for word in words]
    if not words or None in scopes:
        return None
    return [scope for scope in dict.fromkeys(scopes) if scope and scope not in facts["implied_oauth_scopes"]]
