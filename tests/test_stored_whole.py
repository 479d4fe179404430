"""A workflow pushes what git has of a file: a pointer, or the content where it was committed without Git LFS."""

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

POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 4000\n"
SYNC = """on: push
jobs:
  sync:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - run: git push https://alice:${{ secrets.HF_TOKEN }}@huggingface.co/spaces/alice/demo main
"""


def found(root: Path, packed: bool = False, **committed: str) -> list[str]:
    (root / ".github" / "workflows").mkdir(parents=True)
    (root / ".github" / "workflows" / "sync.yml").write_text(SYNC, "utf-8")
    (root / "README.md").write_text("---\ntitle: Demo\nsdk: static\n---\n", "utf-8")
    (root / ".gitattributes").write_text("*.png filter=lfs diff=lfs merge=lfs -text\n", "utf-8")
    for name, text in committed.items():
        (root / f"{name}.png").write_text(text, "utf-8")
    # No filter stands for a git without Git LFS, which stores the files as they lie there.
    git = ["git", "-c", "filter.lfs.clean=cat", "-c", "filter.lfs.process=", "-C", str(root)]
    git += ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    if packed:
        subprocess.run([*git, "commit", "-q", "-m", "All"], check=True)
        subprocess.run([*git, "gc", "-q"], check=True)
    for name in committed:
        (root / f"{name}.png").write_text("what a checkout shows\n" * 20, "utf-8")
    repository = Repository(FolderTree(str(root)), "space", "test", "demo", "")
    return [each.message for each in findings(repository, "RP013")]


@pytest.mark.parametrize("packed", [False, True])
def test_content_that_git_has_is_pushed(tmp_path: Path, packed: bool) -> None:
    assert not found(tmp_path, packed, logo="a picture\n" * 200, photo="another\n" * 200)


@pytest.mark.parametrize("packed", [False, True])
def test_only_pointers_are_counted(tmp_path: Path, packed: bool) -> None:
    assert found(tmp_path, packed, logo="a picture\n" * 200, photo=POINTER) == [
        "this job checks out without `lfs: true`, so it pushes a pointer in the place of `photo.png`, "
        "which .gitattributes hands to Git LFS"
    ]


def test_outside_of_a_checkout_gitattributes_decides(tmp_path: Path) -> None:
    assert found(tmp_path, logo="a picture\n") == []
    shutil.rmtree(tmp_path / ".git")
    repository = Repository(FolderTree(str(tmp_path)), "space", "test", "demo", "")
    assert len(findings(repository, "RP013")) == 1
