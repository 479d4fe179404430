"""What a terminal shows: colors, on or off, and its width."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_NARROWEST = 40  # columns; a narrower terminal breaks the lines itself
_CODES = {"bold": "1", "dim": "2", "red": "1;31", "yellow": "1;33", "cyan": "1;36", "green": "32", "blue": "34"}


class Style:
    """Paints words, or leaves them as they are, and shows what a stream cannot print as escapes.

    `width` is how many columns a line may have, 0 where that is open.
    """

    def __init__(self, color: bool = False, width: int = 0, encoding: str = "utf-8") -> None:
        self.color = color
        self.width = width
        self.encoding = encoding

    @classmethod
    def of(cls, choice: str, stream: TextIO | None) -> Style:
        """The style of a stream, with the color that was asked for."""
        return cls(wants_color(choice, stream), width_of(stream), getattr(stream, "encoding", None) or "utf-8")

    def shown(self, text: str) -> str:
        """A text as it is printed: `printable`, and in the characters that there are."""
        if text.isascii():
            return printable(text)
        return printable(text).encode(self.encoding, "backslashreplace").decode(self.encoding)

    def __call__(self, text: str, name: str) -> str:
        """`text` in a color or weight."""
        return f"\033[{_CODES[name]}m{text}\033[0m" if self.color and text and name else text


def wants_color(choice: str, stream: TextIO | None) -> bool:
    """Whether to color: the option, then NO_COLOR, then FORCE_COLOR, then whether the stream is an open terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO | None) -> int:
    """How many columns lines may have: COLUMNS, else what the terminal has; 0 where the stream is not a terminal."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and given.isascii() and len(given) < 6 and int(given):
        return max(int(given), _NARROWEST)
    try:
        if stream is None or not stream.isatty():
            return 0
        return max(os.get_terminal_size(stream.fileno()).columns, _NARROWEST)
    except (OSError, ValueError):
        return 0


def printable(text: str) -> str:
    """Text that cannot move the cursor or change colors: control characters are shown as escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\t\u200d\ufe0f" else _escape(char) for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
