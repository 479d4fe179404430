"""A program in a real terminal of so many columns and rows: keys go in, and its screen becomes text or a picture.

The screen is pyte's; the picture is drawn as SVG and turned into PNG by a browser.
"""

from __future__ import annotations

import codecs
import fcntl
import html
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pyte
from photographs import photograph

Cell = Any  # of pyte, without types
_WIDE, _HIGH, _SIZE = 8.43, 18, 14  # of a cell, and of its letters, in pixels
_EDGE = 10
_FONT = "DejaVu Sans Mono, Noto Color Emoji, monospace"
_PAPER, _INK = "#14161b", "#e0e2ea"
_NAMED = {
    "default": "",
    "black": "#14161b",
    "red": "#ff7a90",
    "green": "#8fe388",
    "brown": "#fce094",
    "blue": "#8cb4ff",
    "magenta": "#ff9df0",
    "cyan": "#7ce8e0",
    "white": "#e0e2ea",
    "brightblack": "#8b8f9b",
    "brightred": "#ff9aab",
    "brightgreen": "#b3f6c0",
    "brightbrown": "#fff0b8",
    "brightblue": "#a6dbff",
    "brightmagenta": "#ffcaff",
    "brightcyan": "#9bf3ec",
    "brightwhite": "#ffffff",
}


class Terminal:
    """A program that believes to be in a terminal."""

    def __init__(
        self, command: Sequence[str], folder: Path, columns: int, rows: int, variables: Mapping[str, str] | None = None
    ) -> None:
        """Start a program.

        Args:
            command: the program and its arguments.
            folder: where it runs.
            columns: of the screen.
            rows: of the screen.
            variables: of the environment, besides those of this process.
        """
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        environment = {
            **os.environ,
            "PATH": beside,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
        }
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**environment, **(variables or {})},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)

    def press(self, keys: str) -> None:
        """Type, as a hand would."""
        os.write(self._master, keys.encode())

    def wait(self, pattern: str, seconds: float = 60, calm: float = 0.6) -> str:
        """The screen as text, once it has the pattern and nothing has come for a while.

        Raises:
            TimeoutError: it never had it.
        """
        end, last = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() < end:
            came = self._read()
            now = time.monotonic()
            last = now if came else last
            if now - last >= calm and re.search(pattern, self.text()):
                return self.text()
            if came is None:
                break
        raise TimeoutError(f"{pattern!r} was waited for in vain:\n{self.text()}")

    def finish(self, seconds: float = 60) -> str:
        """The screen as text when the program has ended."""
        end = time.monotonic() + seconds
        while self._read() is not None:
            if time.monotonic() > end:
                raise TimeoutError(self.text())
        return self.text()

    def _read(self) -> bool | None:
        """Whether something came; None where nothing more will."""
        if not select.select([self._master], [], [], 0.05)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux tells the end so
            return None
        # pyte knows no colons between the parts of a colour or of an underline
        text = re.sub(r"\x1b\[[\d;:]*:[\d;:]*m", _without_colons, self._decoder.decode(data))
        self._stream.feed(text)
        return True if data else None

    def text(self) -> str:
        """The screen as text, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip("\n") + "\n"

    def svg(self, title: str, rows: range | None = None) -> str:
        """The screen, or some of its rows, as SVG."""
        rows = rows or range(self.screen.lines)
        wide, high = self.screen.columns * _WIDE + 2 * _EDGE, len(rows) * _HIGH + 2 * _EDGE
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high}" font-size="{_SIZE}"'
            f' font-family="{_FONT}"><title>{html.escape(title)}</title>',
            f'<rect width="100%" height="100%" fill="{_PAPER}"/>',
        ]
        for number, row in enumerate(rows):
            parts += _row(self.screen.buffer[row], self.screen.columns, _EDGE + number * _HIGH)
        if self.screen.cursor.y in rows and not self.screen.cursor.hidden:
            x, y = _EDGE + self.screen.cursor.x * _WIDE, _EDGE + (self.screen.cursor.y - rows.start) * _HIGH
            parts.append(f'<rect x="{x:.1f}" y="{y}" width="{_WIDE}" height="{_HIGH}" fill="{_INK}" opacity="0.6"/>')
        return "\n".join([*parts, "</svg>"]) + "\n"


def _without_colons(code: re.Match[str]) -> str:
    plain = re.sub(r"4:\d", "4", code[0])
    plain = re.sub(r"58[:;][25][:;][\d:;]*?(?=;\D|m)", "", plain)
    return plain.replace("::", ":").replace(":", ";")


def _row(cells: Mapping[int, Cell], columns: int, y: int) -> Iterator[str]:
    """One row: each run of cells that look the same, its paper and its letters."""

    def look(column: int) -> tuple[object, ...]:
        cell = cells[column]
        ink, paper = _colour(cell.fg, cell.bold) or _INK, _colour(cell.bg) or _PAPER
        if cell.reverse:
            ink, paper = paper, ink
        wide = column + 1 < columns and cells[column + 1].data == ""  # then the next cell belongs to this letter
        alone = column if wide else column - 1 if cell.data == "" else -1
        return ink, paper, cell.bold, cell.italics, cell.underscore, alone

    for (ink, paper, bold, italics, under, _), run in groupby(range(columns), look):
        place = list(run)
        text = "".join(cells[column].data for column in place)
        x, wide = _EDGE + place[0] * _WIDE, len(place) * _WIDE
        if paper != _PAPER:
            yield f'<rect x="{x:.1f}" y="{y}" width="{wide + 0.5:.1f}" height="{_HIGH}" fill="{paper}"/>'
        if under:
            yield f'<rect x="{x:.1f}" y="{y + _HIGH - 2}" width="{wide:.1f}" height="1.2" fill="{ink}"/>'
        if text.strip():
            face = (' font-weight="bold"' if bold else "") + (' font-style="italic"' if italics else "")
            shown = html.escape(text, quote=False).replace(" ", "\u00a0")
            yield f'<text x="{x:.1f}" y="{y + _HIGH - 4.5}" fill="{ink}"{face}>{shown}</text>'


def _colour(name: str, bold: bool = False) -> str:
    if re.fullmatch("[0-9a-f]{6}", name):
        return f"#{name}"
    return _NAMED.get(name, "")


def png(svg: str, path: Path) -> None:
    """Write a picture as PNG, see `photograph`."""
    wide, high = (int(each) for each in re.findall(r'(?:width|height)="(\d+)"', svg)[:2])
    drawn = path.with_suffix(".svg")
    drawn.write_text(svg, "utf-8")
    photograph(drawn.as_uri(), path, wide, high)
    drawn.unlink()
