"""The fix that adds a line to a file such as .gitignore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents.source import Span
from hublint.rule import Edit, Fix

if TYPE_CHECKING:
    from hublint.repository.repository import Repository
    from hublint.rule import Safety


def adding_line(repository: Repository, path: str, line: str, title: str, safety: Safety = "safe") -> Fix | None:
    """The fix that adds a line at the end of a file, which is made where it is missing.

    None where it would be of no use: the line is there already, or the file cannot be read.
    """
    source = repository.source(path)
    if source is None:
        return None if path in repository.files else Fix(title, (Edit(path, Span(0, 0), f"{line}\n"),), safety)
    if source.is_binary or line in source.text.splitlines() or not line.isprintable():
        return None
    end = len(source.text)
    before = "" if not end or source.text.endswith(("\n", "\r")) else source.newline
    return Fix(title, (Edit(path, Span(end, end), f"{before}{line}{source.newline}"),), safety)
