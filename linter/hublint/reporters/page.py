"""A page in Markdown, as a terminal shows it."""

from __future__ import annotations

from hublint.reporters.wrapping import wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = (" ", "- ", "* ", "|", "#", ">")
_FENCE = "```"


def filled(text: str, width: int) -> str:
    """A page with its paragraphs in lines of `width` columns, or as it is where that is 0.

    Blocks of code, tables, lists, headings and what is indented stay as they are.
    """
    return "".join(f"{line}\n" for line in _lines(text, width)) if width else text


def _lines(text: str, width: int) -> Iterator[str]:
    paragraph: list[str] = []
    fenced = False
    for line in text.splitlines():
        if fenced or not line or line.startswith((*_KEPT, _FENCE)):
            yield from _joined(paragraph, width)
            paragraph = []
            yield line
            fenced ^= line.startswith(_FENCE)
        else:
            paragraph.append(line)
    yield from _joined(paragraph, width)


def _joined(paragraph: list[str], width: int) -> list[str]:
    return wrapped(" ".join(paragraph), width) if paragraph else []
