"""Sparse checkouts: what is left out of the work tree is compared with git's own listing."""

from __future__ import annotations

import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from hublint.engine.discovery import find
from hublint.repository.git.sparse import left_out
from hublint.repository.tree import FolderTree, read_file
from repositories import findings

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")

FILES = ["README.md", "app.py", "src/a.py", "src/deep/b.py", "data/x.csv", "data/é.csv", "data/" + "n" * 200 + "/y"]


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.quotePath=false", "-C", str(root)]
    return subprocess.run([*command, *arguments], capture_output=True, encoding="utf-8", check=True).stdout


def checkout(root: Path, *options: str, version: str = "2") -> None:
    git(root, "init", "-q", *options)
    for path in FILES:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    git(root, "update-index", "--index-version", version)


def skipped(root: Path) -> list[str]:
    lines = git(root, "ls-files", "-t", "-z").split("\0")
    return sorted(line[2:] for line in lines if line.startswith("S "))


@pytest.mark.parametrize("version", ["2", "4"])
@pytest.mark.parametrize("format", ["sha1", "sha256"])
def test_left_out_files_are_those_that_git_names(tmp_path: Path, version: str, format: str) -> None:
    checkout(tmp_path, f"--object-format={format}", version=version)
    assert left_out(str(tmp_path), read_file) == []
    git(tmp_path, "sparse-checkout", "set", "src")
    (tmp_path / "app.py").unlink()
    data = sorted(path for path in FILES if "data" in path)
    assert sorted(left_out(str(tmp_path), read_file)) == skipped(tmp_path) == data
    sizes = FolderTree(str(tmp_path)).sizes()
    assert sizes["data/x.csv"] == -1 and sizes["src/a.py"] == 1 and "app.py" not in sizes
    git(tmp_path, "sparse-checkout", "set", "--no-cone", "/README.md")
    assert sorted(left_out(str(tmp_path), read_file)) == skipped(tmp_path) == sorted(set(FILES) - {"README.md"})
    git(tmp_path, "sparse-checkout", "disable")
    assert left_out(str(tmp_path), read_file) == skipped(tmp_path) == []


def test_worktrees_have_an_index_of_their_own(tmp_path: Path) -> None:
    checkout(tmp_path)
    git(tmp_path, "worktree", "add", "-q", str(tmp_path / "other"), "-b", "other")
    git(tmp_path / "other", "sparse-checkout", "set", "src")
    assert sorted(left_out(str(tmp_path / "other"), read_file)) == skipped(tmp_path / "other") != []


def test_a_file_that_is_not_checked_out_is_not_missing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nsdk: docker\n---\n", "utf-8")
    (tmp_path / "Dockerfile").write_text("FROM python:3.12\nCOPY src/app.py .\n", "utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text("print()\n", "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "x")
    git(tmp_path, "sparse-checkout", "set", "--no-cone", "/README.md", "/Dockerfile")
    assert not (tmp_path / "src").exists()
    (project,) = find([str(tmp_path)]).projects
    assert findings(project.repository, "DK012") == []
    git(tmp_path, "rm", "-q", "--sparse", "--cached", "src/app.py")
    (project,) = find([str(tmp_path)]).projects
    assert [finding.message[:30] for finding in findings(project.repository, "DK012")] == [
        "`src/app.py` is not in the rep"
    ]


@pytest.mark.parametrize("seed", range(20))
def test_a_broken_index_is_no_failure(tmp_path: Path, seed: int) -> None:
    checkout(tmp_path, version="4" if seed % 2 else "2")
    git(tmp_path, "sparse-checkout", "set", "src")
    index = tmp_path / ".git" / "index"
    data = bytearray(index.read_bytes())
    chance = random.Random(seed)
    for _ in range(3):
        data[chance.randrange(len(data))] = chance.randrange(256)
    index.write_bytes(bytes(data[: chance.randrange(len(data))]) if seed % 3 else bytes(data))
    assert isinstance(left_out(str(tmp_path), read_file), list)
