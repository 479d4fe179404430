"""A metadata block right below the first one, where no reader of the Hub looks for any."""

from __future__ import annotations

from hublint.documents.frontmatter import find_block
from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.frontmatter import Block

_OPENS = lazy(r"\s*---(?:\r\n|\r|\n)")


class SecondBlock(NamedTuple):
    """Where a second block opens, and the fences between the two, without which they are one; None where they clash."""

    opening: Span
    between: Span | None


def second_block(text: str, first: Block) -> SecondBlock | None:
    """The second of two blocks that stand one below the other, if its keys are surely meant for the Hub."""
    if text.find("---", first.end) < 0 or _OPENS.match(text, first.end) is None:
        return None
    from hublint.documents.near_miss import is_metadata, keys_in, mapping_of

    rest = text[first.end :]
    found = find_block(rest)
    if found is None or not is_metadata(keys_in(rest[slice(*found.content)]), surely=True):
        return None
    upper, lower = mapping_of(text[slice(*first.content)]), mapping_of(rest[slice(*found.content)])
    if upper is None or lower is None:
        return None
    between = Span(first.closing.start, first.end + found.content.start)
    whole = mapping_of(text[first.content.start : between.start] + rest[slice(*found.content)])
    both = {**upper.value, **lower.value}
    is_one = whole is not None and whole.value == both and len(both) == len(upper.entries) + len(lower.entries)
    opening = Span(first.end + found.opening.start, first.end + found.opening.end)
    return SecondBlock(opening, between if is_one else None)
