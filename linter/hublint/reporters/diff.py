"""What fixes would change, as a unified diff."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from hublint.documents.source import Source
from hublint.engine.masking import Mask
from hublint.reporters.style import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.reporters.style import Style
    from hublint.repository.repository import Repository


def render(repository: Repository, prefix: str, files: Mapping[str, bytes], style: Style) -> str:
    """The diff of a repository's files against their new bytes, credentials covered."""
    shown = []
    mask = Mask(repository)
    for path, data in sorted(files.items()):
        old = repository.source(path)
        before = old.text if old is not None else ""
        after = Source(path, data).text
        name = printable(prefix + path)
        for line in difflib.unified_diff(_lines(before), _lines(after), name if old else "/dev/null", name):
            body = mask(line.rstrip("\r\n"))
            shown.append(style(printable(body), _color(body)))
            if not line.endswith(("\n", "\r")):
                shown.append("\\ No newline at end of file")
    return "".join(f"{line}\n" for line in shown)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) if "\r" not in text else text.replace("\r\n", "\n").splitlines(keepends=True)


def _color(line: str) -> str:
    if line.startswith(("---", "+++")):
        return "bold"
    return {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
