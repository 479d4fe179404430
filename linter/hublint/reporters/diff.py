"""What fixes would change, as a unified diff."""

from __future__ import annotations

import difflib

from hublint.reporters.style import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.engine.fixing import Change
    from hublint.reporters.style import Style


def render(prefix: str, changes: Iterable[Change], style: Style) -> str:
    """The diff of a repository's files against what they become.

    Args:
        prefix: what leads from the working folder to the repository, empty or ending in `/`.
    """
    shown = []
    for change in changes:
        name = printable(prefix + change.path)
        old = name if change.before is not None else "/dev/null"
        for line in difflib.unified_diff(_lines(change.before or ""), _lines(change.after), old, name):
            body = line.rstrip("\r\n")
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
