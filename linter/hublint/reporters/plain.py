"""A page in Markdown as plain text."""

from __future__ import annotations

_FENCE = "```"


def plain(text: str) -> str:
    """The page without the marks of headings, and with blocks of code indented."""
    lines = []
    fenced = False
    for line in text.splitlines():
        if line.startswith(_FENCE):
            fenced = not fenced
        elif fenced:
            lines.append(f"    {line}".rstrip())
        else:
            lines.append(line.lstrip("#").lstrip() if line.startswith("#") else line)
    return "\n".join(lines)
