"""A script that is run as a file needs the mode of a program, which git's index has and a work tree may not."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree
from repositories import findings

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")

DOCKERFILE = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n{more}CMD [{command}]\n"


def found(root: Path, executable: bool, command: str = '"./start.sh"', more: str = "", inside: str = "") -> list[str]:
    space = root / inside
    space.mkdir(exist_ok=True)
    (space / "README.md").write_text("---\nsdk: docker\n---\n", "utf-8")
    (space / "Dockerfile").write_text(DOCKERFILE.format(command=command, more=more), "utf-8")
    (space / "start.sh").write_text("#!/bin/sh\npython -m http.server 7860\n", "utf-8")
    git = ["git", "-c", "core.fileMode=false", "-C", str(root)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    mode = "+x" if executable else "-x"
    script = f"{inside}/start.sh".lstrip("/")
    subprocess.run([*git, "update-index", f"--chmod={mode}", script], check=True)
    repository = Repository(FolderTree(str(space)), "space", "test", "demo", "")
    return [f"{each.place.path}:{each.place.line} {each.message}" for each in findings(repository, "DK029")]


def test_a_plain_file_is_not_run(tmp_path: Path) -> None:
    assert found(tmp_path, False) == [
        "Dockerfile:4 git has `start.sh` as a plain file, so it may not be run and the start ends here; "
        "`git update-index --chmod=+x start.sh`, or start it with `bash`"
    ]


def test_in_a_folder_of_a_checkout(tmp_path: Path) -> None:
    assert len(found(tmp_path, False, inside="space")) == 1
    assert not found(tmp_path, True, inside="space")


def test_a_program_is_run(tmp_path: Path) -> None:
    assert not found(tmp_path, True)


@pytest.mark.parametrize(("command", "more"), [('"bash", "start.sh"', ""), ('"./start.sh"', "RUN chmod +x start.sh\n")])
def test_what_needs_no_mode_or_gets_it(tmp_path: Path, command: str, more: str) -> None:
    assert not found(tmp_path, False, command, more)


def test_outside_of_a_checkout_nothing_is_known(tmp_path: Path) -> None:
    found(tmp_path, False)
    shutil.rmtree(tmp_path / ".git")
    assert not findings(Repository(FolderTree(str(tmp_path)), "space", "test", "demo", ""), "DK029")
