"""Base models and datasets of a model card that are not given by their ids: what MC012 and MC016 share."""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.model import hub_ids
from hublint.records import NamedTuple
from hublint.rule import Finding, Fix
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.rule import Safety

_LONGEST = 200


class Wanted(NamedTuple):
    """A key that holds ids: `noun` is what an id names, the rest the Hub's and our words for values that are none."""

    key: str
    kind: hub_ids.Kind
    noun: str
    hub_message: str
    path: str
    elsewhere: str
    otherwise: str
    empty_message: bool = False
    several: bool = False


def check(card: Card, wanted: Wanted) -> Iterator[Finding]:
    """Yield a finding for each value of the key that is not an id."""
    for route, value in hub_ids.values(card.data, wanted.key):
        if hub_ids.is_repo_id(value) or is_placeholder(value) or (len(route) == 1 and value in (None, "", [])):
            continue
        if not isinstance(value, str) or not value:
            yield _no_text(card, wanted, route, value)
        elif not hub_ids.is_someones(value):
            yield _finding(card, wanted, route, value)


def _no_text(card: Card, wanted: Wanted, route: tuple[Step, ...], value: object) -> Finding:
    place = card.place(*route)
    if value not in (None, "") or isinstance(value, (bool, int, float)):
        return Finding(card, place, f"{shown(value)} is not a {wanted.noun} id; write `owner/name`")
    fix = None
    if len(card.data[wanted.key]) > 1:
        fix = Fix("Remove the empty item", (yaml_edits.remove_item(card, route),))
    message = f"an item of `{wanted.key}` is empty; write a {wanted.noun} id or remove it"
    hub_message = f'"{place.route}" is not allowed to be empty' if wanted.empty_message and value == "" else ""
    return Finding(card, place, message, hub_message=hub_message, fix=fix)


def _finding(card: Card, wanted: Wanted, route: tuple[Step, ...], value: str) -> Finding:
    place = card.place(*route)
    if hub_ids.is_shaped(value):
        message = (
            f"{shown(value)} is not an id that huggingface_hub takes: a name ends in a letter or digit, has no `--` or "
            "`..`, does not end in `.git` and has at most 96 characters"
        )
        return Finding(card, place, message, severity="warning")
    address = hub_ids.id_in_address(value, wanted.kind)
    said = f'"{place.route}" with value "{value}" is not valid. {wanted.hub_message}' if len(value) <= _LONGEST else ""
    return Finding(
        card,
        place,
        f"{shown(value)} {_problem(wanted, value, address)}",
        hub_message=said,
        fix=_fix(card, wanted, route, value, address),
    )


def _problem(wanted: Wanted, value: str, address: hub_ids.Address | None) -> str:
    if address is not None:
        return f"is an address, not a {wanted.noun} id; write `{address.repo_id}`"
    if wanted.several and len(_parts(value)) > 1:
        return f"is several {wanted.noun} ids in one text; write them as a list"
    if hub_ids.is_path(value):
        return wanted.path
    if "://" in value:
        return wanted.elsewhere
    return wanted.otherwise


def _fix(
    card: Card, wanted: Wanted, route: tuple[Step, ...], value: str, address: hub_ids.Address | None
) -> Fix | None:
    if address is not None:
        safety: Safety = "safe" if address.whole else "unsafe"
        if len(route) == 2 and address.repo_id in card.data[wanted.key]:
            return Fix(f"Remove it, `{address.repo_id}` is there", (yaml_edits.remove_item(card, route),), safety)
        return Fix(f"Write `{address.repo_id}`", (yaml_edits.set_value(card, route, address.repo_id),), safety)
    parts = _parts(value) if wanted.several and len(route) == 1 else []
    return Fix("Make it a list", (yaml_edits.set_value(card, route, parts),)) if len(parts) > 1 else None


def _parts(value: str) -> list[str]:
    """The ids in a text that holds nothing but ids with commas between."""
    parts = [part.strip() for part in value.split(",")]
    return list(dict.fromkeys(parts)) if all(map(hub_ids.is_repo_id, parts)) else []
