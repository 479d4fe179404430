"""What the keys of a card's metadata are meant to be, and which of the Hub's keys it lacks."""

from __future__ import annotations

from functools import cache, lru_cache

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml.nodes import Mapping, Scalar, Sequence
from hublint_rules._spelling import closest, letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Entry
    from hublint_schemas import Kind

NOUNS: dict[Kind, str] = {"space": "Space", "model": "model card", "dataset": "dataset card"}

# Keys about which other rules speak: SP016, SP018, DC012.
_OWNED = frozenset(("hardware", "oauth", "YAML tags"))
# Keys that nobody should be led to.
_OBSOLETE = frozenset(
    (
        "config_names",
        "model_name",
        "model_type",
        "finetuned_from",
        "license_details",
        "duplicated_from",
        "train-eval-index",
    )
)
# Keys of one kind that FM009 lets be elsewhere.
_LET_BE = frozenset(
    (
        *("benchmark", "buckets", "inference", "metaTitle", "metrics"),  # words that others may read
        *("co2_eq_emissions", "instance_prompt", "mask_token"),  # facts about a model that may be described anywhere
        *("finetuned_from", "model_name", "model_type"),  # obsolete
        *("failure_strategy", "load_balancing_strategy", "pretty_name", "viewer_display_urls"),  # do no harm
    )
)
# Slips of keys of so many letters may be words, such as `gate`: the value has to be one that the key takes.
_SHORT = 5


@cache
def foreign(kind: Kind) -> dict[str, Kind]:
    """The keys that surely mean nothing in repositories of a kind, each with the kind that has it."""
    others = [other for other in hublint_schemas.KINDS if other != kind]
    return {key: other for other in others for key in hublint_schemas.own_keys(other) - _LET_BE}


def unknown(card: Card, kind: Kind) -> list[Entry]:
    """The entries of a card whose keys the Hub does not document for `kind` and of which no other rule speaks."""
    known = hublint_schemas.keys()[kind]
    entries = [entry for entry in card.entries if entry.name not in known]
    if not entries:
        return []
    owned = _owned(kind)
    return [entry for entry in entries if entry.name not in owned and isinstance(entry.key, Scalar)]


@cache
def _owned(kind: Kind) -> frozenset[str]:
    """The keys of which other rules speak."""
    return frozenset(("<<", *foreign(kind), *_OWNED))


def meant(kind: Kind, entry: Entry) -> str:
    """The key that FM008 takes an `unknown` entry's key for, else empty; its value has to fit a short one."""
    name = entry.name
    look_alikes: dict[str, str] = hublint_schemas.table("keys")[kind]["look_alikes"]
    if name in look_alikes:
        return look_alikes[name]
    key = _nearest_key(kind, name)
    if 0 < len(key) <= _SHORT and letters(key) != letters(name) and is_refused(kind, key, entry.value.value):
        return ""
    return key


@lru_cache(maxsize=1_000)
def _nearest_key(kind: Kind, name: str) -> str:
    known = hublint_schemas.keys()[kind] - _OBSOLETE
    return closest(name, known) or closest(name, (key for key in known if len(key) >= _SHORT), _SHORT - 1)


def is_refused(kind: Kind, key: str, value: object) -> bool:
    """Whether the Hub refuses or ignores a value of a key."""
    card = {key: value}
    if hublint_schemas.is_valid(kind, card):
        return False
    return any(violation.route[:1] == (key,) for violation in hublint_schemas.violations(kind, card))


def lacks(card: Card, kind: Kind, name: str) -> bool:
    """Whether a card has metadata in which a key is surely absent.

    It is not lacking where another rule speaks already: of a key that cannot be read (FM003), without a value (FM011),
    of one that resembles it (FM008), of a wrapper around all keys (DC012), of a template's placeholder (FM012).
    """
    if card.metadata is None or card.entry(name) is not None or name in card.unknown or is_template(card):
        return False
    if kind == "dataset" and wrapper(card.metadata):
        return False
    return card.entry("<<") is None and all(meant(kind, entry) != name for entry in unknown(card, kind))


def lacks_value(card: Card, kind: Kind, name: str) -> bool:
    """As `lacks`, but also of a key without a value: for the keys that FM011 leaves to the rules about Spaces."""
    return lacks(card, kind, name) or (card.entry(name) is not None and card.data.get(name) in (None, ""))


def is_template(card: Card) -> bool:
    """Whether all the metadata is one `{{ placeholder }}`."""
    return card.metadata is not None and card.metadata.flow and is_placeholder(card.data)


def wrapper(metadata: Mapping | None) -> Entry | None:
    """The key `YAML tags` where it holds metadata, or the instruction to paste them there; DC012 speaks about it."""
    for entry in metadata or ():
        if entry.name.lower().replace("_", " ").strip() == "yaml tags":
            value = entry.value
            holds = isinstance(value, Mapping) and bool(value.entries)
            asks = isinstance(value, Sequence) and "copy-paste the tags" in str(value.value).lower()
            return entry if holds or asks else None
    return None


def strings(value: object) -> list[str]:
    """A value that may be one string or a list of them, as a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
