"""Which anchors a card's headings may give.

How the Hub makes an id of a heading is documented nowhere, so every plausible way counts: only letters and digits are
compared, whatever their case.
"""

from __future__ import annotations

import re
from itertools import pairwise

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.documents.markdown import Markdown

_HEADING = lazy(r"[ \t>*+\d.)-]*#{1,6}[ \t]*(.+)")
_UNDERLINE = lazy(r" {0,3}(?:=+|-+)[ \t]*")
_ENDS = frozenset("=- \t")
_AROUND_RULE = "=- \t>*+.)0123456789"
_HTML_HEADING = r"(?i)<h([1-6])\b[^<>]{0,300}>([\s\S]{0,500}?)</h\1>"
_NAMED_IN_HTML = lazy(r"(?i)<h[1-6]\b|\b(?:id|name)\s*=")
_MARKS = lazy(r"[<\[\]:&{]")
_RENDERED = lazy(r"[<&{]|\][(\[]")
_OWN_ID = r"\{\s*#([^{}\s]+)\s*\}"


def rough(lines: list[str]) -> set[str]:
    """The bare names of everything in a text's lines that may be a heading, code included."""
    return _bare_names(_headings(lines))


def _headings(lines: list[str]) -> list[str]:
    found = [match[1] for line in lines if "#" in line and (match := _HEADING.match(line))]
    found += [above for above, line in pairwise(lines) if line[-1:] in _ENDS and above and _UNDERLINE.fullmatch(line)]
    return found


def are_plain(lines: list[str]) -> bool:
    """Whether `rough` surely misses no name that a parser would find: its headings are on lines with `#`
    and shown as they are written, and no HTML names a place."""
    text = "\n".join(lines)
    if "]:" in text or ("<" in text and _NAMED_IN_HTML.search(text)) or any(map(_RENDERED.search, _headings(lines))):
        return False
    return not any(
        not line.strip(_AROUND_RULE) and ("=" in line or "-" in line) and above.strip(" \t")
        for above, line in pairwise(lines)
    )


def exact(read: Markdown, text: str) -> set[str]:
    """The bare names of a parsed card's headings and of the ids in its HTML; `text` is the card's text."""
    lines = [part for heading in read.headings for part in (heading.text, heading.source)]
    lines += [content for _, content in re.findall(_HTML_HEADING, text)]
    lines += [own for heading in read.headings for own in re.findall(_OWN_ID, heading.source)]
    return _bare_names([*lines, *read.anchors])


def is_given(anchor: str, names: set[str]) -> bool:
    """Whether an anchor, without its `#`, is one that those names may give; so is one that says nothing."""
    if ":~:" in anchor or anchor.startswith(("/", "!")):
        return True
    anchor = anchor.removeprefix("user-content-")
    wanted = _bare(anchor)
    if not wanted or wanted == "top" or wanted in names:
        return True
    return _bare(re.sub(r"[-_]?\d+$", "", anchor)) in names


def _bare_names(lines: Iterable[str]) -> set[str]:
    names = set()
    for line in _readings(lines):
        if not _MARKS.search(line):
            names.add(_bare(line))
            continue
        plain = re.sub(r"<[^<>]*>", "", line)
        shown = re.sub(r"!?\[([^\[\]]*)\]\([^()\s]*\)", r"\1", plain)
        no_emoji = re.sub(r":\w+:", "", shown)
        spelt = re.sub(_OWN_ID, "", shown)
        for form in (line, plain, shown, no_emoji, spelt, shown.replace("&", " and ")):
            names.add(_bare(form))
    names.discard("")
    return names


def _readings(lines: Iterable[str]) -> Iterator[str]:
    """Each line, and where signs such as `ℹ️`, `™` or `²` may count as a letter or as none, both readings."""
    for line in lines:
        yield line
        if not line.isascii():
            from unicodedata import normalize

            plain = re.sub(".\ufe0f\u20e3?", "", line)
            yield "".join(sign for sign in plain if normalize("NFKD", sign) == normalize("NFD", sign))


def _bare(text: str) -> str:
    if text.isascii():
        letters = text.lower().replace(" ", "").replace("-", "")
        return letters if letters.isalnum() else "".join(filter(str.isalnum, letters))
    from unicodedata import combining, normalize

    text = normalize("NFKD", text.casefold())
    return "".join(letter for letter in text if letter.isalnum() and not combining(letter))
