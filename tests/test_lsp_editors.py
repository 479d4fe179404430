"""The files for editors: that they say what the server takes, and that the editors which are there work with them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hublint import __version__
from hublint.cli.main import run
from hublint.engine.profiles import PROFILES
from hublint.server.settings import choices_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
EDITORS = ROOT / "editors"
CARD = "---\ntitle: A\nemoji: 🔥\ncolorTo: red\ncolorFrom: Grey\nsdk: docker\n---\n\n# A\n\nA demo, in words.\n"
DOCKERFILE = 'FROM python:3.11\nCMD ["python", "-m", "http.server", "7860"]\n'
COMMAND = ["hublint", "server"]


def environment() -> dict[str, str]:
    """With the `hublint` of these tests on the PATH."""
    return {**os.environ, "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))}


def _has_eglot() -> bool:
    if shutil.which("emacs") is None:
        return False
    code = "(progn (package-initialize) (require 'eglot) (require 'markdown-mode))"
    return subprocess.run(["emacs", "--batch", "--eval", code], capture_output=True).returncode == 0


@pytest.mark.skipif(not _has_eglot(), reason="needs Emacs with eglot and markdown-mode")
def test_emacs(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    (tmp_path / "Dockerfile").write_text(DOCKERFILE, "utf-8")
    variables = {
        "HUBLINT_TEST_SPACE": str(tmp_path),
        "HUBLINT_TEST_CONFIGURATION": str(EDITORS / "emacs" / "hublint.el"),
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
    }
    (tmp_path / "home").mkdir()
    script = str(Path(__file__).parent / "emacs.el")
    done = subprocess.run(
        ["emacs", "--batch", "-l", script],
        env={**environment(), **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.stdout.splitlines() == [
        "mode markdown-mode",
        "codes (SP008)",
        "actions 2",
        "line colorFrom: gray",
        "",
        "gone",
    ], done.stderr
    assert run(["check", "--quiet", str(tmp_path / "README.md")]) == 0


def test_vs_code_offers_what_the_server_takes() -> None:
    manifest = json.loads((EDITORS / "vscode" / "package.json").read_text("utf-8"))
    assert manifest["version"] == __version__
    assert manifest["devDependencies"]["@types/vscode"] == manifest["engines"]["vscode"].lstrip("^")
    settings = manifest["contributes"]["configuration"]["properties"]
    own = {"hublint.enable", "hublint.path", "hublint.trace.server"}
    given = {name.partition(".")[2]: each["default"] for name, each in settings.items() if name not in own}
    assert choices_of({"hublint": given})[1] == "", "the defaults are taken"
    assert settings["hublint.profile"]["enum"] == ["", *PROFILES]
    for name in given:
        wrong = 10**6 if name == "debounce" else [1] if isinstance(given[name], list) else "no/such"
        assert choices_of({name: wrong})[1], f"the server reads {name}"


def test_every_file_starts_the_same_command() -> None:
    helix = tomllib.loads((EDITORS / "helix" / "languages.toml").read_text("utf-8"))
    server = helix["language-server"]["hublint"]
    assert [server["command"], *server["args"]] == COMMAND
    kate = json.loads((EDITORS / "kate" / "settings.json").read_text("utf-8"))
    assert all(each["command"] == COMMAND for each in kate["servers"].values())
    sublime = (EDITORS / "sublime" / "LSP.sublime-settings").read_text("utf-8")
    text = "\n".join(line for line in sublime.splitlines() if not line.startswith("//"))
    assert json.loads(text)["clients"]["hublint"]["command"] == COMMAND
    assert tomllib.loads((EDITORS / "zed" / "extension.toml").read_text("utf-8"))["version"] == __version__


@pytest.mark.skipif(
    not os.environ.get("HUBLINT_TEST_ALL") or shutil.which("npm") is None,
    reason="installs and builds with npm: `make test-all`",
)
def test_the_vs_code_extension_is_built_and_packaged(tmp_path: Path) -> None:
    folder = tmp_path / "vscode"
    shutil.copytree(EDITORS / "vscode", folder, ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix"))
    for command in ("npm ci --no-audit --no-fund", "npm run build", "npm test", "npm run package"):
        done = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True, timeout=900)
        assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    with zipfile.ZipFile(folder / "hublint.vsix") as package:
        names = set(package.namelist())
    assert {"extension/dist/extension.js", "extension/package.json", "extension/readme.md"} <= names
    assert not [name for name in names if "node_modules" in name or name.endswith(".ts")]
