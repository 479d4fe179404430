"""The fix that adds a line to a file that git reads: .gitignore, .gitattributes."""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.rule import Edit, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository
    from hublint.rule import Safety


def adding_line(repository: Repository, path: str, line: str, title: str, safety: Safety = "safe") -> Fix | None:
    """The fix that adds a line at the end of a file, which is made where it is missing.

    None where it would be of no use: the line is there already, or git does not read the file as text.
    """
    source = repository.source(path)
    if source is None:
        return None if path in repository.files else Fix(title, (Edit(path, Span(0, 0), f"{line}\n"),), safety)
    text = source.text
    if source.is_binary or source.encoding != "utf-8" or not line.isprintable():
        return None
    if line in (each.removesuffix("\r") for each in text.removeprefix("\ufeff").split("\n")):
        return None
    newline = "\r\n" if "\r\n" in text else "\n"  # git takes no other for a line break
    before = newline if text and not text.endswith("\n") else ""
    return Fix(title, (Edit(path, Span(len(text), len(text)), f"{before}{line}{newline}"),), safety)
