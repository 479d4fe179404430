"""Where a README's metadata block begins and ends."""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

# huggingface_hub 2.4.0, repocard.REGEX_YAML_BLOCK; tests compare the two.
_BLOCK = lazy(r"(\s*)(---)(\r\n|\r|\n)([\S\s]*?)(\r\n|\r|\n)(---)[ \t]*(?:\r\n|\n|$)")


class Block(NamedTuple):
    """A block: its opening `---`, the YAML between the fences, its closing `---`, and where the text goes on."""

    opening: Span
    content: Span
    closing: Span
    end: int


def find_block(text: str, start: int = 0) -> Block | None:
    """The metadata block as huggingface_hub finds it from `start` on, None where it finds none."""
    found = _BLOCK.match(text, start)
    if found is None:
        return None
    return Block(Span(*found.span(2)), Span(*found.span(4)), Span(*found.span(6)), found.end())
