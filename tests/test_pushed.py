"""What the remotes of a clone hold: every answer is compared with git's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from hublint.repository.git.objects import Objects, _applied, _Unreadable
from hublint.repository.git.pushed import Pushed
from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree
from repositories import findings, fixed, shown

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8


def git(folder: Path, *arguments: str) -> str:
    settings = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder), "PATH": os.environ["PATH"]}
    who = ("-c", "user.name=a", "-c", "user.email=a@b.co", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, env=settings, check=True, capture_output=True)
    return done.stdout.decode()


def write(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(PNG + path.encode())


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of a repository whose history is long enough for deltas."""
    home = tmp_path / "hub"
    home.mkdir()
    git(home, "init", "-q")
    write(home, *(f"data/{n}/image {n}.png" for n in range(60)), "é.png", "a.png")
    for n in range(12):
        write(home, f"data/0/more{n}.png")
        git(home, "add", ".")
        git(home, "commit", "-qm", str(n))
    git(home, "repack", "-adfq", "--depth=50")
    git(tmp_path, "clone", "-q", str(home), "clone")
    return tmp_path / "clone"


@pytest.mark.parametrize("packed", [True, False])
def test_the_same_files_as_git(clone: Path, packed: bool) -> None:
    if packed:
        git(clone, "pack-refs", "--all")
    write(clone, "new.png", "data/0/new.png")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "new")
    held = set(git(clone, "ls-tree", "-rz", "--name-only", "origin/main").split("\0")) - {""}
    pushed = Pushed(str(clone))
    paths = [*held, "new.png", "data/0/new.png", "data/7", "no/such.png"]
    assert {path for path in paths if pushed.holds(path)} == held | {"data/7"}
    assert pushed.holds("new.png") is pushed.holds("data/0/new.png") is False


def test_without_a_remote_nothing_is_held_and_without_git_nothing_is_known(tmp_path: Path) -> None:
    assert Pushed(str(tmp_path)).holds("a.png") is None
    git(tmp_path, "init", "-q")
    assert Pushed(str(tmp_path)).holds("a.png") is False


@pytest.mark.parametrize("damage", [b"", b"\0" * 4000, b"\xff" * 4000])
def test_a_broken_store_is_no_answer(clone: Path, damage: bytes) -> None:
    for ending in ("*.pack", "*.idx"):
        for path in (clone / ".git/objects/pack").glob(ending):
            path.chmod(0o644)
            path.write_bytes((path.read_bytes()[:8] if ending == "*.idx" else b"") + damage)
    assert Pushed(str(clone)).holds("a.png") is None


def test_a_delta_that_grows_is_bounded() -> None:
    delta = bytes([1, 1]) + b"\x80" * 2000
    with pytest.raises(_Unreadable):
        _applied(b"x" * 0x10000, delta)
    assert Objects("/no/such/folder").read(bytes(20)) is None


def test_a_new_binary_file_of_a_clone_is_a_warning_and_an_old_one_is_not(clone: Path) -> None:
    write(clone, "new.jpg")
    tree = FolderTree(str(clone))
    repository = Repository(tree, "space", "test", "demo", "owner/name")
    assert [shown(finding) for finding in findings(repository, "RP002")] == [
        "new.jpg:1:1 warning `new.jpg` is binary and not in Git LFS: the Hub refuses a `git push` that brings it; "
        "`hf upload` takes it"
    ]
    after = fixed(repository, "RP002")
    assert after.files == {".gitattributes": b"*.jpg filter=lfs diff=lfs merge=lfs -text\n"}
    assert not [each for each in findings(repository, "RP017") if "jpg" in each.message]


def test_a_pointer_that_came_from_the_hub_is_left_alone_and_a_new_one_is_not(clone: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 4000\n"
    for name in ("new.safetensors", "old.safetensors"):
        (clone / name).write_text(pointer)
    (clone.parent / "hub" / "old.safetensors").write_text(pointer)
    git(clone.parent / "hub", "add", ".")
    git(clone.parent / "hub", "commit", "-qm", "uploaded over HTTP")
    git(clone, "fetch", "-q")
    found = {}
    for home in ("owner/name", ""):
        repository = Repository(FolderTree(str(clone)), "model", "test", "demo", home)
        found[home] = [finding.message.partition(" a Git")[0] for finding in findings(repository, "RP015")]
    assert found == {
        "owner/name": ["`new.safetensors` is"],
        "": ["`new.safetensors`, `old.safetensors` are each"],
    }
