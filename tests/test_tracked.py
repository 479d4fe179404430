"""Files that .gitignore names and git tracks all the same: they are in the repository, and git itself says which."""

from __future__ import annotations

import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from hublint.engine.discovery import Options, find
from hublint.repository.git.ignored import ignores
from hublint.repository.git.index import tracked
from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree, read_file
from repositories import findings
from tokens import with_tokens

if TYPE_CHECKING:
    from pathlib import Path

    from hublint.engine.reported import Reported

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")

FILES = {
    "README.md": "---\nsdk: gradio\n---\n",
    ".env": "HF_TOKEN=hf_[34 letters]\n",
    "secret.py": 'token = "hf_[34 letters]"\n',
    "app.py": "print()\n",
    "src/__pycache__/a.cpython-312.pyc": "x",
    "myenv/pyvenv.cfg": "x",
    "myenv/lib/a.py": "",
}
IGNORED = ".env\nsecret.py\n__pycache__/\nmyenv/\n"


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.quotePath=false", "-C", str(root)]
    return subprocess.run([*command, *arguments], capture_output=True, encoding="utf-8", check=True).stdout


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in with_tokens(files).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def committed(root: Path, *options: str, inside: str = "") -> None:
    """A checkout whose files were committed before .gitignore named some of them."""
    root.mkdir(exist_ok=True)
    git(root, "init", "-q", *options)
    write(root / inside, FILES)
    git(root, "add", "-A")
    write(root / inside, {".gitignore": IGNORED, "later/__pycache__/b.cpython-312.pyc": "x", "x/.env": "A=1\n"})
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")


def named(root: Path) -> set[str]:
    return set(filter(None, git(root, "ls-files", "-z").split("\0")))


def reported(folder: Path, *rules: str) -> list[Reported]:
    (project,) = find([str(folder)], Options(kind="space")).projects
    return findings(project.repository, *rules)


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("format", ["sha1", "sha256"])
def test_what_git_tracks_is_not_left_out(tmp_path: Path, version: str, format: str) -> None:
    committed(tmp_path, f"--object-format={format}")
    git(tmp_path, "update-index", "--index-version", version)
    assert tracked(str(tmp_path), read_file) == named(tmp_path)
    repository = Repository(FolderTree(str(tmp_path)), "space")
    left_out = {path for path in repository.files if path in ignores(repository)}
    assert left_out == set(repository.files) - named(tmp_path) == {"later/__pycache__/b.cpython-312.pyc", "x/.env"}


@pytest.mark.parametrize("inside", ["", "spaces/demo"])
def test_a_credential_in_it_is_found_until_git_forgets_it(tmp_path: Path, inside: str) -> None:
    committed(tmp_path, inside=inside)
    folder = tmp_path / inside
    assert [found.place.path for found in reported(folder, "SE007")] == [".env"]
    assert [found.place.path for found in reported(folder, "SE001")] == ["secret.py"]
    git(folder, "rm", "-q", "--cached", ".env", "secret.py")
    assert reported(folder, "SE") == []


def test_junk_is_told_with_the_command_that_takes_it_out(tmp_path: Path) -> None:
    committed(tmp_path)
    found = reported(tmp_path, "RP005")
    assert [(one.message, one.help, one.fix) for one in found] == [
        (
            "`myenv/` (2 files) is a virtual environment: .gitignore names it, but git tracks it already",
            "`git rm -r --cached myenv` takes it out",
            None,
        ),
        (
            "`src/__pycache__/` (1 file) is compiled Python: .gitignore names it, but git tracks it already",
            "`git rm -r --cached src/__pycache__` takes it out",
            None,
        ),
    ]


def test_a_worktree_and_a_submodule_have_an_index_elsewhere(tmp_path: Path) -> None:
    committed(tmp_path / "main")
    git(tmp_path / "main", "worktree", "add", "-q", str(tmp_path / "other"), "-b", "other")
    (tmp_path / "around").mkdir()
    git(tmp_path / "around", "init", "-q")
    git(
        tmp_path / "around", "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "main"), "sub"
    )
    for folder in (tmp_path / "other", tmp_path / "around" / "sub"):
        assert tracked(str(folder), read_file) == named(folder)
        assert [found.place.path for found in reported(folder, "SE007")] == [".env"]


def test_a_split_index_tells_no_more_than_it_holds(tmp_path: Path) -> None:
    committed(tmp_path)
    git(tmp_path, "update-index", "--split-index")
    assert tracked(str(tmp_path), read_file) <= named(tmp_path)


@pytest.mark.parametrize("seed", range(20))
def test_a_broken_index_is_no_failure(tmp_path: Path, seed: int) -> None:
    committed(tmp_path)
    index = tmp_path / ".git" / "index"
    data = bytearray(index.read_bytes())
    chance = random.Random(seed)
    for _ in range(3):
        data[chance.randrange(len(data))] = chance.randrange(256)
    index.write_bytes(bytes(data[: chance.randrange(len(data))]) if seed % 3 else bytes(data))
    assert isinstance(tracked(str(tmp_path), read_file), frozenset)


def test_the_index_is_read_only_where_something_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(tmp_path)
    (tmp_path / ".gitignore").write_text("*.log\n", "utf-8")
    monkeypatch.setattr(FolderTree, "tracked", lambda tree: pytest.fail("the index is read"))
    repository = Repository(FolderTree(str(tmp_path)), "space")
    assert not any(path in ignores(repository) for path in repository.files)
