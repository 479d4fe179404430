"""What .gitignore leaves out: every answer is compared with git's own."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from counting import calls
from hublint.repository.git import pattern_index
from hublint.repository.git.ignored import ignores
from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree
from repositories import findings, make

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [*("a.bin", "b.BIN", "a b.txt", "é.png", "[x].gz", "ab", "a", "#h", "!n", "a\\b", "foo.pyc", "x ")]
FOLDERS = ["", "data/", "data/train/", "a/", "a/b/", "a/b/a/", "saved model/", "__pycache__/", "venv/lib/"]
PATTERNS = [
    *("*", "*.bin", "*.[bB]in", "[!a]*", "[^a]*", "[]x[]*", "[a-c]?", "?.png", "[[:alpha:]]*", "[[]x].gz", "[a"),
    *("/a", "a/b", "/a/**", "**/a", "**/a/*", "a/**/a", "data/**/*.bin", "data/*", "da**", "*/a.bin", "a//b", "./a"),
    *("data/", "a/", "a/b/", "__pycache__/", "/venv/", "*/", "**/", "a/b/**/", "b/", "train", "/", "//a", "**", "a**"),
    *("!*.bin", "!data/", "!a", "!/data/train", "!*/", "!a/b", "!n", "\\!n", "!train/", "# note", "#h", "\\#h", ""),
    *(
        "saved model/",
        "saved\\ model/",
        "x\\ ",
        "x ",
        "a b.txt  ",
        "a\\\\b",
        "\\a",
        "\\[x].gz",
        "\ta",
        "*.py[co]",
        "a\\",
    ),
]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
@pytest.mark.parametrize("seed", range(80))
def test_the_same_files_as_git(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(pattern_index, "_FEW", 0 if seed % 2 else 12)
    files = {
        folder + name: b""
        for folder in FOLDERS
        for name in chance.sample(NAMES, 4)
        if (folder + name) not in ("a", "a/b")
    }
    files = {path: data for path, data in files.items() if not any(other.startswith(path + "/") for other in files)}
    for folder in ["", chance.choice(FOLDERS[1:])]:
        lines = chance.choices(PATTERNS, k=chance.randint(1, 6 if seed % 3 else 30))
        files[folder + ".gitignore"] = chance.choice(["\n", "\n", "\r\n"]).join(lines).encode()
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    settings = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, env=settings)
    answer = subprocess.run(
        ["git", "-C", str(tmp_path), "check-ignore", "--no-index", "-z", "--stdin"],
        input="\0".join(files).encode(),
        capture_output=True,
        check=False,
        env=settings,
    )
    assert answer.returncode in (0, 1)
    left_out = ignores(make("model", files))
    said = {path for path in answer.stdout.decode().split("\0") if path}
    assert {path for path in files if path in left_out} == said
    for inside in ("data/train/", "a/"):
        if os.path.isdir(tmp_path / inside):
            part = ignores(Repository(FolderTree(str(tmp_path / inside)), "space"))
            below = {path for path in files if path.startswith(inside)}
            assert {path for path in below if part.may_hide(path.removeprefix(inside))} == said & below


def test_a_file_that_lists_around_a_space_name_may_be_there(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("*.pt\n.env\n/data/\n")
    files = {
        "README.md": "---\nsdk: docker\n---\n",
        "Dockerfile": "FROM python:3.12\nCOPY best.pt data/rows.csv app.py ./\nCMD python app.py\n",
        "app.py": "import dotenv\ndotenv.load_dotenv()\n",
    }
    (tmp_path / "demo").mkdir()
    for path, text in files.items():
        (tmp_path / "demo" / path).write_text(text)
    found = findings(Repository(FolderTree(str(tmp_path / "demo")), "space"), "DK012", "SE008")
    assert [each.message.partition(" is")[0] for each in found] == ["`data/rows.csv`"]


def test_many_stars_are_no_trap() -> None:
    repository = make(
        "model", {".gitignore": "*a" * 500 + "\n" + "**/" * 500 + "x\n", "a" * 3000: b"", "b/" * 500: b""}
    )
    begin = time.process_time()
    assert ["a" * 3000 in ignores(repository), "b/" * 500 + "c" in ignores(repository)] == [True, False]
    assert time.process_time() - begin < 20


def asked(lines: str, size: int, nested: bool = False) -> int:
    """The calls that `size` lines take for `size` files, or a .gitignore in each of `size` folders."""
    files: dict[str, str] = {f"d{n}/x{n}.bin": "" for n in range(size)}
    if nested:
        files.update({f"d{n}/.gitignore": lines.format(n) for n in range(size)})
    else:
        files[".gitignore"] = "".join(lines.format(n) + "\n" for n in range(size))
    repository = make("model", files)
    found: list[bool] = []
    count = calls(lambda: found.extend(path in ignores(repository) for path in repository.files))
    assert not any(found)
    return count


@pytest.mark.parametrize("lines", ["/e{}/", "*.e{}", "e{}*", "**/e{}/*.b?n", "d[x]/*e{}.bin"])
def test_lines_and_files_are_not_asked_pair_by_pair(lines: str) -> None:
    assert asked(lines, 1600) < 12 * asked(lines, 200)


def test_a_file_in_each_folder_is_asked_for_that_folder_only() -> None:
    assert asked("e{}", 1600, nested=True) < 12 * asked("e{}", 200, nested=True)
