"""A language that is not given by its ISO 639 code.

## What it does
Checks `language` of models and datasets: names (`English`), codes with a region (`zh-CN`), upper case, several in one
text. Two or three characters that stand for no language are a warning, codes of the older
bibliographic list (`ger`) a note.

## Why it matters on the Hub
The Hub refuses the whole push for anything but two or three lower-case letters, `code` or `multilingual`. A code that
does not exist leads to no language, so the filter by language does not find the repository.

## Example
```yaml
language:
- English
- zh-CN
```

## Use instead
```yaml
language:
- en
- zh
language_bcp47:
- zh-CN
```

## Fix safety
Safe: a language's English name or another case becomes its code, a code with a script or region is kept in
`language_bcp47`, several codes in one text become a list. The code of another list (`jp`, `ger`) is unsafe.

## Evidence
The Hub's message, from https://github.com/espnet/espnet_model_zoo/pull/92 and huggingface_hub issue 3862; it refused
`es-ES`, `zh-CN`, `en_unnorm` and `python`. Codes: npm @huggingface/languages 1.0.0. Whether `jp` is refused is open.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Sequence
from hublint.model import hub_ids
from hublint.regexes import lazy
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown
from hublint_rules.model import _languages as languages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository
    from hublint.rule import Edit, Severity

RULE = Rule(
    code="MC011",
    name="invalid-language",
    severity="error",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    kinds=("model", "dataset"),
    fix="safe",
    only_if=("language",),
)

_SEVERAL = lazy(r"\s*[,;/]\s*")
_LONGEST = 200
_MOST = 1000
_Items = list[tuple[tuple["Step", ...], object]]


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each value that is not a code."""
    items = list(hub_ids.values(card.data, "language"))
    regions: Fix | None = None
    for route, value in items:
        if is_placeholder(value) or (len(route) == 1 and value in (None, "", [])):
            continue
        if not isinstance(value, str) or not value.strip():
            yield _no_text(card, route, value)
        elif not languages.is_shaped(value):
            regional = languages.region_of(value)
            if regional and regions is None:
                regions = _move_regions(card, items)
            yield _refused(card, route, value, regional, regions if regional else _fix(card, route, value))
        elif not languages.is_code(value):
            yield _unknown(card, route, value)


def _no_text(card: Card, route: tuple[Step, ...], value: object) -> Finding:
    fix = None
    if value in (None, "") and not isinstance(value, (int, float)) and len(card.data["language"]) > 1:
        fix = Fix("Remove the empty item", (yaml_edits.remove_item(card, route),))
    given = "an empty item" if value in (None, "") else shown(value)
    return Finding(card, card.place(*route), f"{given} is not a language code; write one, such as `en`", fix=fix)


def _refused(
    card: Card, route: tuple[Step, ...], value: str, regional: tuple[str, str] | None, fix: Fix | None
) -> Finding:
    place = card.place(*route)
    meant = languages.code_of(value)
    if regional:
        problem = f"is not an ISO 639 code; write `{regional[0]}`, and put `{regional[1]}` under `language_bcp47`"
    elif meant and meant == value.lower():
        problem = f"is not in lower case; write `{meant}`"
    elif meant:
        problem = f"is not a language code; write `{meant}`"
    elif fix is not None:
        problem = "is several languages in one text; write a list of their codes"
    else:
        problem = "is not an ISO 639 language code (two or three letters), nor `code` or `multilingual`"
    hub_message = ""
    if meant != value.lower() and len(value) <= _LONGEST:
        hub_message = (
            f'"{place.route}" with value "{value}" is not valid. It must be an ISO 639-1, 639-2 or 639-3 code '
            '(two/three letters), or a special value like "code", "multilingual".'
        )
    return Finding(card, place, f"{shown(value)} {problem}", hub_message=hub_message, fix=fix)


def _unknown(card: Card, route: tuple[Step, ...], value: str) -> Finding:
    why = "is not an ISO 639 language code"
    severity: Severity = "warning"
    if meant := languages.terminologic(value):
        why, severity = "is an older code that the Hub's list lacks", "info"
    elif meant := languages.successor(value):
        why = "is a withdrawn code"
    elif parts := languages.parts_of(value):
        why, severity = f"is a withdrawn code, split into {' and '.join(f'`{part}`' for part in parts)}", "info"
    else:
        meant = languages.code_of(value)
    fix = Fix(f"Write `{meant}`", (yaml_edits.set_value(card, route, meant),), "unsafe") if meant else None
    advice = f"; write `{meant}` if that is meant" if meant else ""
    return Finding(
        card,
        card.place(*route),
        f"`{value}` {why}{advice}",
        severity=severity,
        help="" if meant else "all codes: https://huggingface.co/languages",
        fix=fix,
    )


def _fix(card: Card, route: tuple[Step, ...], value: str) -> Fix | None:
    meant = languages.code_of(value)
    given = card.data["language"]
    if meant and len(route) == 2 and meant in given:
        return Fix(f"Remove {shown(value)}, `{meant}` is there", (yaml_edits.remove_item(card, route),))
    if meant:
        return Fix(f"Write `{meant}`", (yaml_edits.set_value(card, route, meant),))
    words = [word for word in _SEVERAL.split(value.strip()) if word]
    if len(route) == 1 and 1 < len(words) <= _LONGEST:
        codes = [languages.code_of(word) for word in words]
        if all(codes):
            return Fix("Make it a list", (yaml_edits.set_value(card, route, list(dict.fromkeys(codes))),))
    return None


def _move_regions(card: Card, items: _Items) -> Fix | None:
    """Leave the codes in `language` and put the whole tags into `language_bcp47`, all of them at once."""
    if len(items) > _MOST:
        return None
    kept = {value for _, value in items if isinstance(value, str) and languages.is_code(value)}
    tags: list[str] = []
    edits: list[Edit] = []
    for route, value in items:
        regional = languages.region_of(value) if isinstance(value, str) and not languages.is_shaped(value) else None
        if regional is None:
            continue
        code, tag = regional
        tags.append(tag)
        if code in kept:
            edits.append(yaml_edits.remove_item(card, route))
        else:
            kept.add(code)
            edits.append(yaml_edits.set_value(card, route, code))
    kept_tags = _add_tags(card, list(dict.fromkeys(tags)))
    return Fix("Move script and region to `language_bcp47`", (*edits, *kept_tags)) if kept_tags is not None else None


def _add_tags(card: Card, tags: list[str]) -> list[Edit] | None:
    """None where `language_bcp47` is there and no list of its own."""
    entry = card.entry("language_bcp47")
    if entry is None:
        return [yaml_edits.insert_entry(card, "language_bcp47", tags, after=("language",))]
    node = entry.value
    if not isinstance(node, Sequence):
        return None
    present = {str(tag).lower().replace("_", "-") for tag in node.value}
    new = [tag for tag in tags if tag.lower() not in present]
    if len(new) > 1 and not node.items:
        return None
    return [yaml_edits.append_item(card, ("language_bcp47",), tag) for tag in new]
