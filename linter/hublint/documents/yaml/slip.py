"""What is left of a metadata block that one line makes unreadable, without the top-level key that the line is of."""

from __future__ import annotations

import re

from hublint.documents.yaml.causes import find_cause
from hublint.documents.yaml.lines import Lines
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.yaml.nodes import YamlError

_MAX_READ = 200_000
_TOP_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?=[ \t]|\Z)")
_ANY_KEY = re.compile(r"(?<![\w-])([A-Za-z_][\w-]*)[ \t]*:(?=\s|\Z)")
# From whose absence no rule concludes anything but that they are absent.
_ALONE = frozenset(
    (
        *("title", "emoji", "colorFrom", "colorTo", "short_description", "pretty_name", "description", "thumbnail"),
        *("widget", "language", "license", "license_name", "license_link", "custom_headers"),
        *("extra_gated_prompt", "extra_gated_heading", "extra_gated_description", "extra_gated_button_content"),
    )
)
# Slips that do not belong to one key.
_OF_ALL = frozenset("merge-conflict template encoding control-character documents html-comment slash-comment".split())


class Rest(NamedTuple):
    """A text of the same length without the faulty entry, and the keys of which nothing is known therefore."""

    text: str
    unknown: frozenset[str]


def without_slip(text: str, error: YamlError, start: int) -> Rest | None:
    """The rest of a block, None where the fault is not one key's own, or other rules ask whether the key is there.

    Args:
        text: the block's YAML, which does not parse.
        error: why, with offsets that count from `start` characters before it.
    """
    import hublint_schemas

    if len(text) > _MAX_READ:
        return None
    lines = Lines(text)
    cause = find_cause(lines, error, start)
    first = cause.line
    while first >= 0 and not _TOP_KEY.match(lines[first].text):
        first -= 1
    if first < 0 or cause.name in _OF_ALL:
        return None
    end = cause.line + 1
    while end < len(lines) and not _TOP_KEY.match(lines[end].text):
        end += 1
    gone = {number: " " * len(lines[number].text) for number in range(first, end)}
    gone[first] = f"#{gone[first][1:]}"  # blanks would belong to a text in lines above
    named = {found[1] for number in gone for found in _ANY_KEY.finditer(lines[number].text)}
    unknown = frozenset(name for keys in hublint_schemas.keys().values() for name in named & keys)
    own = _TOP_KEY.match(lines[first].text)
    if own is None or own[1] not in _ALONE or not unknown <= _ALONE:
        return None
    return Rest(lines.replaced(gone).text, unknown)
