"""Pictures of what commands print in a terminal, typed in a real shell.

    python docs/pictures/screens.py [NAME ...]      writes docs/images/terminal-NAME.png

Needs bash, pyte, Pillow and Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from terminal import Terminal, png

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
COLUMNS, ROWS = 110, 60


class Session(NamedTuple):
    """What is typed, and how what is printed ends."""

    command: str
    end: str


SESSIONS = {
    "check": Session("hublint check demo", r"\d errors?, .* in 1 Space"),
    "fix": Session("hublint fix --diff demo", r"\d fix(es)? would be applied"),
}


def play(session: Session, folder: Path) -> Terminal:
    """Type a command in a shell; the terminal is as it is when the next prompt is there, and the caller closes it."""
    shell = ["bash", "--norc", "--noprofile", "-i"]
    terminal = Terminal(shell, folder, COLUMNS, ROWS, {"PS1": "$ ", "BASH_SILENCE_DEPRECATION_WARNING": "1"})
    try:
        terminal.wait(r"^\$")
        terminal.press(f"{session.command}\r")
        terminal.wait(rf"{session.end}[^$]*\n\$\n$")
    except BaseException:
        terminal.__exit__()
        raise
    return terminal


def main(names: list[str]) -> None:
    """Write the pictures, or some of them."""
    for name in names or SESSIONS:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "fixtures" / "sample" / "demo", Path(folder, "demo"))
            with play(SESSIONS[name], Path(folder)) as terminal:
                print(terminal.text())
                drawn = terminal.svg(SESSIONS[name].command, range(terminal.screen.cursor.y + 1))
                png(drawn, IMAGES / f"terminal-{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
