"""U+0085, U+2028 and U+2029, which nobody sees: text for js-yaml and so for the Hub, line breaks for PyYAML."""

from __future__ import annotations

from hublint.documents.edits import Edit, Fix
from hublint.documents.source import Span
from hublint.documents.yaml.nodes import ODD_BREAK, Mapping, Scalar, YamlError
from hublint.documents.yaml.parsing import parse
from hublint.documents.yaml.recovery import Reading, recover
from hublint.documents.yaml.walk import restore_scalars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.yaml.nodes import Node

_PRIVATE = range(0xE000, 0xF8FF)
_TRIED = 20  # so many are tried one by one


class Stand:
    """For each of the characters one that a text does not hold and that all take for text: same length, same places."""

    def __init__(self, text: str) -> None:
        free = (chr(code) for code in _PRIVATE if chr(code) not in text)
        self._plain = {ord(odd): next(free, "_") for odd in "\x85\u2028\u2029"}
        self._odd = {ord(other): chr(odd) for odd, other in self._plain.items() if other != "_"}

    def plain(self, text: str) -> str:
        """A text with the others in the place of the characters."""
        return text.translate(self._plain)

    def restored(self, text: str) -> str:
        """A piece of such a text as it was."""
        return text.translate(self._odd)


def read(text: str, span: Span) -> Reading:
    """What the Hub reads, and as the error what Python's tools read otherwise.

    The error's kind is `break` where such a character is all that is wrong.
    """
    odd = Stand(text)
    plain = odd.plain(text)
    try:
        root, error, unknown = parse(plain, span, plain_keys=True), None, frozenset[str]()
    except YamlError as fault:
        root, error, unknown = recover(plain, span, fault)
    else:
        guilty = _guilty(text, plain, span, root)
        error = YamlError("break", f"U+{ord(text[guilty]):04X}", guilty) if guilty is not None else None
    restore_scalars(root, lambda scalar: _restore(scalar, odd))
    return Reading(root, error, unknown)


def _guilty(text: str, plain: str, span: Span, root: Node | None) -> int | None:
    """The first character that makes Python's tools read anything else; None where they read the same."""
    wanted = _value(root)
    if _value_of(text, span) == wanted:
        return None
    places = [found.start() for found in ODD_BREAK.finditer(text, *span)]
    for place in places[:_TRIED]:
        if _value_of(plain[:place] + text[place] + plain[place + 1 :], span) != wanted:
            return place
    return places[0]


def is_read(text: str, span: Span) -> bool:
    """Whether Python's tools read a part of a text that holds such characters, be it otherwise than the Hub."""
    return _value_of(text, span) is not _REFUSED


def _value_of(text: str, span: Span) -> object:
    try:
        return _value(parse(text, span, plain_keys=True))
    except YamlError:
        return _REFUSED


_REFUSED = object()


def _value(root: Node | None) -> object:
    return repr(root.value) if root is not None else None


def _restore(scalar: Scalar, odd: Stand) -> None:
    scalar.text = odd.restored(scalar.text)
    if isinstance(scalar.content, str):
        scalar.content = odd.restored(scalar.content)


def mend(path: str, text: str, span: Span, root: Node | None) -> Fix | None:
    """Spaces for all such characters of a part; none where the Hub would read anything else then."""
    try:
        mended = parse(ODD_BREAK.sub(" ", text), span, plain_keys=True)
    except YamlError:
        return None
    if not isinstance(mended, Mapping) or _value(mended) != _value(root):
        return None
    edits = (Edit(path, Span(found.start(), found.end()), " ") for found in ODD_BREAK.finditer(text, *span))
    return Fix("Put a space for what nobody sees", tuple(edits))
