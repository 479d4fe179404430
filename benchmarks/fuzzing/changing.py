"""A repository to check, and how one file of it becomes another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Token(NamedTuple):
    """A planted credential; `told` holds it and what tells it, such as a name, empty where its own shape does."""

    kind: str
    text: str
    told: str = ""


class Input(NamedTuple):
    """A repository to check; `links` are on disk only, `tokens` are planted in it and must be shown nowhere.

    `steps` say which mutators made it, `seed` of which repository.
    """

    number: int
    seed: str
    kind: str
    files: dict[str, bytes]
    listing: dict[str, int]
    links: Mapping[str, str] = {}
    config: str = ""
    unsafe: bool = True
    tokens: tuple[Token, ...] = ()
    steps: tuple[str, ...] = ()

    def holds(self, token: Token) -> bool:
        """Whether a token is there, whole and with what tells it."""
        told = token.told or token.text
        forms = [re.escape(form) for form in {told, told.replace("\n", "\\n")}]
        whole = re.compile("|".join(rf"(?<![\w-]){form}(?![\w-])" if token.told else form for form in forms))
        places = (*self.files, *(text_of(data)[0] for data in self.files.values()), self.config.replace('\\"', '"'))
        return any(whole.search(place) for place in places)


def text_of(data: bytes) -> tuple[str, str]:
    """A file's text and encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16-le" if data[:1] == b"\xff" else "utf-16-be"
        return data.decode(encoding, "replace"), encoding
    return data.decode("utf-8", "surrogateescape"), "utf-8"


def bytes_of(text: str, encoding: str) -> bytes:
    """A file's bytes, what is not of its encoding too."""
    try:
        return text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "surrogatepass")
    except UnicodeEncodeError:
        return text.encode(encoding, "surrogatepass")


def done(made: Input, step: str, **changes: object) -> Input:
    """An input after a step."""
    return made._replace(steps=(*made.steps, step), **changes)  # type: ignore[arg-type]


def rewritten(made: Input, step: str, path: str, change: Callable[[str], str]) -> Input:
    """An input after a step that changes one text."""
    text, encoding = text_of(made.files.get(path, b""))
    return done(made, step, files={**made.files, path: bytes_of(change(text), encoding)})
