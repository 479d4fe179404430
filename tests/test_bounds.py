"""Whatever a repository holds, checking it takes bounded memory and time: nothing hangs, and no rule fails."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hublint.documents import shell
from hublint.documents.dockerfile import Dockerfile
from hublint.documents.dockerfile.expansion import expand
from hublint.documents.expanding import LONGEST
from hublint.documents.source import Source
from hublint.repository.tree import FolderTree

if TYPE_CHECKING:
    from pathlib import Path

CARD = "---\nsdk: docker\ntitle: x\n---\n"
DOUBLED = ["A=$A$A", "A=${A:-x}${A:+$A$A}", 'A="$A$A"', "A=${A}${A}", "A=${A:-x$A}$A", "A=${A//a/aaa}$A"]


def check(folder: Path, *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """A check in a process of its own, for what would hang or fill the memory."""
    done = subprocess.run(
        [sys.executable, "-m", "hublint", "check", str(folder), *arguments],
        capture_output=True, timeout=seconds, check=False, encoding="utf-8", preexec_fn=_bounded,
    )  # fmt: skip
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr and "failed on" not in done.stderr
    return done


def _bounded() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))


@pytest.mark.parametrize("line", DOUBLED)
def test_variables_of_a_dockerfile_grow_up_to_a_bound(line: str) -> None:
    for name in ("ENV", "ARG"):
        text = f"ARG G=a\nFROM python:3.12\n{name} A=aaaaaaaa\n" + f"{name} {line}\n" * 40
        stage = Dockerfile(Source("Dockerfile", text.encode())).stages[0]
        assert stage.instructions[0].pairs and stage.env_at(stage.instructions[1])["A"] == "aaaaaaaa"
        history = [value for _, value in stage.build_history["A"]]
        assert history[-1] is None and all(value is None or len(value) <= LONGEST for value in history)
    text = "ARG A=aaaa\n" + f"ARG {line}\n" * 40 + "FROM $A\n"
    assert Dockerfile(Source("Dockerfile", text.encode())).stages[0].base_name is None


def test_a_long_literal_stays_known() -> None:
    text = "a" * 100_000
    assert expand(f'"{text}"$A', {"A": ""}) == text
    assert expand("$A", {"A": text}) == text
    assert shell.commands(f"echo '{text}'$A", env={"A": ""})[0].argv[1].value == text


@pytest.mark.parametrize("line", DOUBLED[:-1])
def test_variables_of_a_script_grow_up_to_a_bound(line: str) -> None:
    last = shell.commands("A=aaaaaaaa\n" + f"{line}\n" * 40 + "run $A -- x$A")[-1]
    assert [word.value for word in last.argv] == ["run", None, "--", None]
    assert [word.default for word in last.argv] == ["run", None, "--", None]


def test_defaults_of_a_script_grow_up_to_a_bound() -> None:
    last = shell.commands("A=${A:-aaaa}\n" + "A=$A$A\n" * 40 + "run $A")[-1]
    assert last.argv[1].value is None and last.argv[1].default is None


def test_an_expansion_does_not_become_any_number_of_words() -> None:
    script = "A='" + "a " * 1000 + "'\n"
    assert len(shell.commands(script + "run $A")[-1].argv) == 2
    assert len(shell.commands("A='a b c'\nrun $A")[-1].argv) == 4


@pytest.mark.parametrize("name", ["s.sh", ".env"])
def test_started_scripts_and_sourced_files_are_bounded(tmp_path: Path, name: str) -> None:
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    (tmp_path / "Dockerfile").write_text(
        "FROM python:3.12\nENV A=aaaaaaaa\n" + "ENV A=$A$A\n" * 40 + "COPY . .\nCMD bash s.sh\n", "utf-8"
    )
    (tmp_path / "s.sh").write_text("source .env\nuvicorn a:b --port $A\n", "utf-8")
    (tmp_path / name).write_text("A=aaaa\n" + "A=$A$A\n" * 40 + "uvicorn a:b --port $A\n", "utf-8")
    assert check(tmp_path, "--select", "ALL").returncode in (0, 1)


INDEX_4 = b"DIRC\0\0\0\4\xff\xff\xff\xff"


def sparse(root: Path, index: bytes | None) -> Path:
    """A sparse checkout with an index, and where that is to be put."""
    (root / "README.md").write_text(CARD, "utf-8")
    (root / ".git/info").mkdir(parents=True)
    (root / ".git/info/sparse-checkout").write_text("*", "utf-8")
    if index is not None:
        (root / ".git/index").write_bytes(index)
    return root / ".git/index"


def entry(name: bytes) -> bytes:
    """An entry of a git index of version 3: a file that is not checked out."""
    flags = (0x4000 | len(name)).to_bytes(2, "big") + (0x4000).to_bytes(2, "big")
    data = bytes(24) + (0o100644).to_bytes(4, "big") + bytes(12) + bytes(20) + flags + name
    return data + bytes(8 - len(data) % 8)


def test_an_index_is_opened_like_any_other_file(tmp_path: Path) -> None:
    for number, kind in enumerate(("fifo", "link", "folder")):
        root = tmp_path / str(number)
        root.mkdir()
        path = sparse(root, None)
        if kind == "fifo":
            os.mkfifo(path)
        elif kind == "link":
            path.symlink_to("/dev/zero")
        else:
            path.mkdir()
        assert check(root).returncode in (0, 1)


def test_numbers_in_an_index_are_bounded(tmp_path: Path) -> None:
    sparse(tmp_path, INDEX_4 + bytes(62) + b"\xff" * 3_000_000)
    assert check(tmp_path).returncode in (0, 1)


def test_an_index_names_nothing_outside_of_the_repository(tmp_path: Path) -> None:
    names = b"../x /etc/passwd .git/config a/../../x a//b ./a a/.GIT/hooks/x a/ data/x".split()
    sparse(tmp_path, b"DIRC\0\0\0\3" + len(names).to_bytes(4, "big") + b"".join(map(entry, names)))
    assert list(FolderTree(str(tmp_path)).sizes()) == ["README.md", "data/x"]
