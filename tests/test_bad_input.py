"""Any byte sequence, any tree: a finding or a clear error, never a traceback, a hang or a lost byte."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hublint.cli.main import run
from hublint.engine.config import Config
from repositories import findings, make

SPACE = b"---\nsdk: docker\ntitle: x\n---\n"
DEEP = b"---\nsdk: docker\nx: " + b"[" * 5000 + b"\n---\n"
BOMB = (
    b"---\nsdk: docker\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(
        b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (n, n, *([n - 1] * 9)) for n in range(ord("b"), ord("k"))
    )
    + b"---\n"
)


def check(folder: Path, *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "hublint", "check", str(folder), *arguments],
        capture_output=True,
        timeout=seconds,
        check=False,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert "failed on" not in done.stderr
    return done


@pytest.mark.parametrize(
    "readme",
    [
        pytest.param(bytes(range(256)) * 40, id="binary"),
        pytest.param(SPACE.decode().encode("utf-16"), id="utf-16"),
        pytest.param(b"\xef\xbb\xbf" + SPACE, id="byte-order-mark"),
        pytest.param(SPACE.replace(b"\n", b"\r\n"), id="crlf"),
        pytest.param(SPACE.replace(b"\n", b"\r"), id="cr"),
        pytest.param(SPACE.replace(b"x", b"\0"), id="nul"),
        pytest.param(SPACE.replace(b"x", b"\xff\xfe\xc3"), id="invalid-utf-8"),
        pytest.param(BOMB, id="yaml-bomb"),
        pytest.param(DEEP, id="deep-nesting"),
        pytest.param(b"", id="empty"),
        pytest.param(b"---", id="a-fence"),
        pytest.param(b"---\n" * 3, id="fences"),
        pytest.param(b"---\n? ? ? a\n---\n", id="complex-keys"),
        pytest.param(b"---\n&a : *a\n---\n", id="alias-to-its-key"),
        pytest.param(b"---\na: &a [*a]\n---\n", id="alias-within-itself"),
        pytest.param(b"---\nsdk: docker\nx: " + b"9" * 5000 + b"\n---\n", id="huge-number"),
        pytest.param(b"---\nsdk: " + b"a" * 200_000 + b"\n---\n", id="long-line"),
    ],
)
def test_any_readme(tmp_path: Path, readme: bytes) -> None:
    (tmp_path / "README.md").write_bytes(readme)
    for kind in ("space", "model", "dataset"):
        assert check(tmp_path, "--repo-type", kind).returncode in (0, 1)
    check(tmp_path, "--diff", "--unsafe-fixes", "--repo-type", "space")
    check(tmp_path)
    assert (tmp_path / "README.md").read_bytes() == readme


def test_readme_of_100_megabytes(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(SPACE + b"line of text, hf_ and sk- and key: value\n" * 2_500_000)
    assert check(tmp_path, seconds=120).returncode == 1


def test_folders_and_links_where_files_are_expected(tmp_path: Path) -> None:
    space = tmp_path / "space"
    for name in ("Dockerfile", "requirements.txt", "app.py", "packages.txt"):
        (space / name).mkdir(parents=True)
        (space / name / "inner").write_bytes(b"x")
    (space / "README.md").write_bytes(SPACE)
    (space / "loop").symlink_to(space)
    (space / ".env").symlink_to("/etc/passwd")
    (space / "dangling").symlink_to("nowhere")
    os.mkfifo(space / "pipe")
    assert check(space).returncode == 1


def test_nothing_of_the_repository_is_imported(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(SPACE.replace(b"docker", b"gradio"))
    for name in ("app", "yaml", "click", "inspect", "json", "jsonschema", "difflib", "hublint_rules", "usercustomize"):
        (tmp_path / f"{name}.py").write_bytes(b"raise SystemExit('impor' + 'ted')\n")
    for arguments in (["check", "."], ["check", "--diff", "--unsafe-fixes", "."], ["check", "--output-format", "json"]):
        done = subprocess.run(
            [sys.executable, "-m", "hublint", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert "imported" not in done.stderr + done.stdout
        assert done.returncode in (0, 1), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder in which a program works")
def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        f"import os, sys; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); from hublint.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code, "check", "."], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "hublint: the working folder no longer exists\n")


def test_readme_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "README.md").mkdir()
    assert check(tmp_path).returncode == 2
    assert check(tmp_path, "--repo-type", "space").returncode in (0, 1)


def test_names_that_fool_terminals(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(SPACE)
    for name in (b"new\nline.py", b"esc\x1b[31m.py", b"\xff\xfe.py", "emoji 😀.py".encode()):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(b"token = 'x'\nimport torch\n")
    for output in ("text", "concise", "json", "github"):
        done = check(tmp_path, "--output-format", output)
        assert "\x1b" not in done.stdout
    assert "\x1b" not in check(tmp_path, "--show-files").stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
def test_unreadable_files(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(SPACE)
    (tmp_path / "Dockerfile").write_bytes(b"FROM x\n")
    (tmp_path / "Dockerfile").chmod(0)
    assert check(tmp_path).returncode in (0, 1)


def test_a_file_that_changes_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_bytes(b"---\nsdk: gradio\ncolorFrom: Grey\n---\n")
    from hublint.engine import fixing

    original = fixing.fix

    def slow(*arguments: object) -> object:
        done = original(*arguments)  # type: ignore[arg-type]
        readme.write_bytes(b"---\nsdk: gradio\ncolorFrom: Green\n---\n")
        return done

    monkeypatch.setattr(fixing, "fix", slow)
    assert run(["fix", str(tmp_path), "--select", "SP008"]) == 2
    assert readme.read_bytes() == b"---\nsdk: gradio\ncolorFrom: Green\n---\n"
    assert "changed while hublint was at work" in capsys.readouterr().err


def test_permissions_are_kept_and_nothing_is_left_behind(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_bytes(b"---\r\nsdk: gradio\r\ncolorFrom: Grey\r\n---")
    readme.chmod(0o640)
    assert run(["fix", str(tmp_path), "--select", "SP008"]) == 0
    assert readme.read_bytes() == b"---\r\nsdk: gradio\r\ncolorFrom: gray\r\n---"
    assert readme.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_many_files_are_no_quadratic_time(tmp_path: Path) -> None:
    files = {f"data/[RE] {index % 100}/file {index}.txt": b"x" for index in range(35_000)}
    repository = make("space", {"README.md": SPACE, "Dockerfile": b"FROM python:3.12\nCOPY . .\n", **files})
    begun = time.process_time()
    findings(repository, config=Config())
    assert time.process_time() - begun < 90


PIECES = st.sampled_from(
    [
        *(b"---\n", b"---\r\n", b"sdk: docker\n", b"license: ", b"- a\n", b": ", b"\t", b"'", b'"', b"{", b"[", b"]"),
        *(b"&a ", b"*a ", b"!!python/x ", b"|\n", b"\xef\xbb\xbf", b"\xff", b"\0", b"# hublint: ignore[", b"FROM "),
        *(b"CMD [", b"<<EOF\n", b"\\\n", b"import gradio\n", b"demo.launch(", b"hf_", "é😀".encode(), b"\x85"),
        *("\u2028".encode(), b"<!--", b"-->\n", b"model-index:\n"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES | st.binary(max_size=8), max_size=25).map(b"".join),
    st.lists(PIECES | st.binary(max_size=8), max_size=25).map(b"".join),
    st.sampled_from(["space", "model", "dataset"]),
)
def test_any_bytes_in_any_file(readme: bytes, other: bytes, kind: str) -> None:
    files = {"README.md": SPACE + readme if kind == "space" else readme}
    files |= dict.fromkeys(
        ("Dockerfile", "app.py", "requirements.txt", "a.ipynb", ".env", "config.json", "packages.txt"), other
    )
    findings(make(kind, files), config=Config(profile="strict"))
