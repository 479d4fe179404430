"""Hardware that Spaces do not have, or a key that does not ask for any.

## What it does
Checks `suggested_hardware` against the Hub's hardware flavors, those that are gone included, and finds `hardware`,
which is not a key of the Hub.

## Why it matters on the Hub
`suggested_hardware` is offered to whoever duplicates the Space; a flavor that does not exist helps nobody. `hardware`
is ignored. Neither gives the Space itself any hardware: that is chosen in its settings or with
`hf spaces settings --hardware`.

## Example
```yaml
sdk: gradio
suggested_hardware: t4_small
```

## Use instead
```yaml
sdk: gradio
suggested_hardware: t4-small
```

## Fix safety
Safe where the value is a flavor in another spelling (`T4-Small`, `zero-gpu`), and where `hardware` with a known flavor
becomes `suggested_hardware`, or stands beside it and goes. Anything else is left to you.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference and /spaces-gpus (2026-08-22), SpaceHardware of PyPI
huggingface_hub 1.2.0, 1.18 and 2.4.0, the types of npm @huggingface/hub 2.17.5. The H100 flavors were removed in
December 2025; the documentation no longer lists the TPU flavors `v5e-*`; about `h200` sources differ, so it is left
alone. Hugging Face's own skill for Spaces (https://github.com/huggingface/skills, skills/huggingface-spaces) says that
`hardware:` is "silently ignored" and that ZeroGPU, `zero-a10g`, is for Gradio Spaces only. Whether a push with an
unknown flavor is refused is not recorded: a value that is not a slip of a known one is a warning, for it may be new.
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._spelling import closest, nearest
from hublint_rules._wording import did_you_mean, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP016",
    name="unknown-hardware",
    severity="error",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("suggested_hardware", "hardware"),
)

_KEY = "suggested_hardware"
_ZERO_GPU = "zero-a10g"
_UNCONFIRMED = "h200"
_ALIASES = {"zerogpu": _ZERO_GPU, "zero": _ZERO_GPU, "zerogpua10g": _ZERO_GPU}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for hardware that cannot be suggested, and for the key `hardware`."""
    value = card.data.get(_KEY)
    if value not in (None, "") and not is_placeholder(value):
        yield from _suggested(card, value, repository.sdk)
    given = card.data.get("hardware")
    if given not in (None, "") and not is_placeholder(given):
        yield _not_a_key(card, given, repository.sdk)


def _suggested(card: Card, value: object, sdk: str) -> Iterator[Finding]:
    flavors = hublint_schemas.table("space")["hardware"]
    place = card.place(_KEY)
    if value == _ZERO_GPU and sdk in ("docker", "static"):
        yield Finding(
            card,
            place,
            f"`{_ZERO_GPU}` is ZeroGPU, which only Gradio Spaces can have; a {sdk} Space needs another flavor",
            severity="warning",
        )
    if not isinstance(value, str):
        yield Finding(card, place, f"{shown(value)} is not a hardware flavor; write one, such as `cpu-basic`")
        return
    status = flavors[value]["status"] if value in flavors else ""
    if status == "retired" or value.startswith("v5e-"):
        when = " in December 2025" if value.startswith("h100") else ""
        yield Finding(
            card,
            place,
            f"`{value}` was removed from the hardware of Spaces{when}; choose another",
            label="suggest hardware that exists",
            severity="warning",
        )
    elif not status and not value.startswith(_UNCONFIRMED):
        meant = _meant(value)
        likely = [meant] if meant else nearest(value, _current())
        yield Finding(
            card,
            place,
            f"{shown(value)} is not a hardware flavor of Spaces{did_you_mean(likely)}",
            help="" if meant else "all flavors: https://huggingface.co/docs/hub/spaces-config-reference",
            severity=None if meant else "warning",
            fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, (_KEY,), meant),)) if meant else None,
        )


def _not_a_key(card: Card, value: object, sdk: str) -> Finding:
    entry = card.entry("hardware")
    flavor = value if value in _current() else _meant(value) if isinstance(value, str) else ""
    fix = None
    if card.entry(_KEY) is not None:
        fix = Fix("Remove `hardware`", (yaml_edits.remove_entry(card, ("hardware",)),))
    elif isinstance(flavor, str) and flavor and sdk != "static" and not (flavor == _ZERO_GPU and sdk == "docker"):
        fix = Fix(
            f"Write `{_KEY}: {flavor}`, which people who duplicate the Space see",
            (yaml_edits.replace_entry(card, ("hardware",), _KEY, flavor),),
        )
    return Finding(
        card,
        entry.key if entry else card.fence,
        "`hardware` is not a key that the Hub reads; choose the hardware in the Space's settings",
        help=f"`{_KEY}` tells people who duplicate the Space what it needs",
        severity="warning",
        fix=fix,
    )


def _current() -> list[str]:
    flavors = hublint_schemas.table("space")["hardware"]
    return [name for name, facts in flavors.items() if facts["status"] == "current"]


def _meant(value: str) -> str:
    """The one flavor that a value is another spelling or a slip of, else empty."""
    name = closest(value, [*_current(), *_ALIASES])
    return _ALIASES.get(name, name)
