"""`--since` and `--changed-lines`, with real git."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.cli.main import run

CARD = "---\nsdk: gradio\nsdk_version: 5.0.0\ntitle: a\nemoji: 🚀\ncolorFrom: teal\ncolorTo: blue\n---\n# Demo\n"
CHECK = ("check", "--output-format", "concise", "--select", "SP008,FM001,SP010,CT,SE001,RP001")


def git(folder: Path, *arguments: str) -> str:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_ALLOW_PROTOCOL": "file"}
    for who in ("AUTHOR", "COMMITTER"):
        own |= {f"GIT_{who}_NAME": "a", f"GIT_{who}_EMAIL": "a@example.org"}
    command = ["git", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **own}, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, message: str = "change") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with three Spaces, each with one fault."""
    root = tmp_path / "root"
    for name in ("one", "two", "three"):
        (root / "spaces" / name).mkdir(parents=True)
        (root / "spaces" / name / "README.md").write_text(CARD, "utf-8")
    git(root, "init", "-qb", "main")
    commit(root, "start")
    monkeypatch.chdir(root)
    return root


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    capsys.readouterr()
    run([*CHECK, *arguments])
    told = capsys.readouterr()
    lines = [line for line in told.out.splitlines() if re.match(r".+:\d+:\d+: ", line)]
    return [f"{':'.join(line.split(':')[:2]).removeprefix('spaces/')} {line.split('[')[1][:5]}" for line in lines]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_was_touched(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*CHECK]) == 1
    assert run([*CHECK, "--since", "HEAD"]) == 0
    assert "3 repositories not touched since HEAD" in capsys.readouterr().err


def test_only_what_was_touched(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(spaces / "spaces" / "one" / "README.md", "# Demo", "# Demo 1")
    (spaces / "spaces" / "two" / "app.py").write_text("app = None\n", "utf-8")
    assert findings(capsys, "--since", "HEAD") == ["one/README.md:6 SP008", "two/README.md:6 SP008"]
    assert findings(capsys, "--since", "HEAD", "--changed-lines") == []
    commit(spaces)
    assert findings(capsys, "--since", "HEAD~1") == ["one/README.md:6 SP008", "two/README.md:6 SP008"]
    assert findings(capsys, "--since", "HEAD") == []
    os.chdir(spaces / "spaces" / "one")
    assert findings(capsys, "--since", "HEAD~1") == ["README.md:6 SP008"]


def test_changed_lines(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(spaces / "spaces" / "one" / "README.md", "colorTo: blue", "colorTo: lilac")
    edit(spaces / "spaces" / "two" / "README.md", "emoji: 🚀\n", "emoji: 🎉\n")
    edit(spaces / "spaces" / "three" / "README.md", "emoji: 🚀\n", "")
    (spaces / "spaces" / "new").mkdir()
    (spaces / "spaces" / "new" / "README.md").write_text(CARD, "utf-8")
    # What stands beside a line that was removed may be about it.
    wanted = ["new/README.md:6 SP008", "one/README.md:7 SP008", "three/README.md:5 SP008"]
    assert findings(capsys, "--since", "HEAD", "--changed-lines") == wanted
    git(spaces, "add", "-A")
    assert findings(capsys, "--since", "HEAD", "--changed-lines") == wanted


def test_a_file_that_was_renamed_changed_only_where_it_did(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (spaces / "spaces" / "one").rename(spaces / "spaces" / "ünö")
    edit(spaces / "spaces" / "ünö" / "README.md", "colorTo: blue", "colorTo: lilac")
    git(spaces, "add", "-A")
    assert findings(capsys, "--since", "HEAD") == ["ünö/README.md:6 SP008", "ünö/README.md:7 SP008"]
    assert findings(capsys, "--since", "HEAD", "--changed-lines") == ["ünö/README.md:7 SP008"]


def test_a_readme_that_is_gone(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (spaces / "spaces" / "one" / "app.py").write_text("import gradio\n", "utf-8")
    (spaces / "hublint.toml").write_text("[repo-types]\n'spaces/*' = 'space'\n", "utf-8")
    commit(spaces)
    (spaces / "spaces" / "one" / "README.md").unlink()
    for lines in ((), ("--changed-lines",)):
        found = findings(capsys, "--since", "HEAD", *lines)
        assert found == ["one/README.md:1 RP001"]


def test_a_configuration_that_was_changed_touches_all(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (spaces / "hublint.toml").write_text("", "utf-8")
    assert len(findings(capsys, "--since", "HEAD")) == 3


def test_a_branch_is_compared_with_where_it_left(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(spaces, "checkout", "-qb", "topic")
    edit(spaces / "spaces" / "one" / "README.md", "# Demo", "# Demo 1")
    commit(spaces)
    git(spaces, "checkout", "-q", "main")
    edit(spaces / "spaces" / "two" / "README.md", "# Demo", "# Demo 2")
    commit(spaces)
    git(spaces, "checkout", "-q", "topic")
    assert findings(capsys, "--since", "main") == ["one/README.md:6 SP008"]
    git(spaces, "merge", "-q", "--no-edit", "main")
    assert findings(capsys, "--since", "main") == ["one/README.md:6 SP008"]
    assert findings(capsys, "--since", "HEAD^1") == ["two/README.md:6 SP008"]
    git(spaces, "checkout", "-q", "--detach")
    assert findings(capsys, "--since", "HEAD^2") == ["one/README.md:6 SP008"]


def test_a_shallow_clone_is_an_error(
    spaces: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = git(spaces, "rev-parse", "HEAD")
    for number in range(3):
        edit(spaces / "spaces" / "one" / "README.md", "# Demo", f"# Demo {number}")
        commit(spaces)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{spaces}", "clone")
    monkeypatch.chdir(clone)
    for revision in (first, "HEAD~1"):
        assert run([*CHECK, "--since", revision]) == 2
        told = capsys.readouterr()
        assert "`fetch-depth: 0`" in told.err and not told.out
    assert run([*CHECK, "--since", "HEAD"]) == 0
    git(clone, "fetch", "-q", "--depth=1", "origin", first)
    assert run([*CHECK, "--since", first]) == 2, "both ends are there, and nothing between them"
    assert "no history in common" in capsys.readouterr().err
    git(clone, "fetch", "-q", "--unshallow")
    assert findings(capsys, "--since", first) == ["one/README.md:6 SP008"]


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "", "HEAD:spaces"])
def test_a_revision_that_is_none(spaces: Path, capsys: pytest.CaptureFixture[str], revision: str) -> None:
    assert run([*CHECK, f"--since={revision}"]) == 2
    assert f"git knows no revision `{revision}`" in capsys.readouterr().err
    assert not (spaces / "x").exists()


def test_outside_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run([*CHECK, "--since", "HEAD"]) == 2
    assert "is not in a git checkout, which --since needs" in capsys.readouterr().err
    git(tmp_path, "init", "-q")
    assert run([*CHECK, "--since", "HEAD"]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_nothing_of_the_repository_is_started(
    spaces: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = spaces.parent / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch '{spaces.parent}/started'\ncat\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (spaces / ".gitattributes").write_text("*.md diff=evil filter=evil\n", "utf-8")
    commit(spaces)
    edit(spaces / "spaces" / "one" / "README.md", "colorTo: blue", "colorTo: lilac")
    for key in ("core.fsmonitor", "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean"):
        git(spaces, "config", key, str(program))
    for key in ("filter.evil.smudge", "filter.evil.process", "core.pager", "core.sshCommand"):
        git(spaces, "config", key, str(program))
    git(spaces, "config", "filter.evil.required", "true")
    hooks = spaces / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).write_bytes(program.read_bytes())
        (hooks / name).chmod(0o755)
    for variable in ("GIT_EXTERNAL_DIFF", "GIT_PAGER"):
        monkeypatch.setenv(variable, str(program))
    monkeypatch.setenv("GIT_DIR", str(spaces.parent))
    (spaces.parent / "started").unlink(missing_ok=True)
    assert findings(capsys, "--since", "HEAD", "--changed-lines") == ["one/README.md:7 SP008"]
    assert not (spaces.parent / "started").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_folder_of_somebody_else(
    spaces: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    os.chown(spaces, 12345, 12345)
    os.chown(spaces / ".git", 12345, 12345)
    assert run([*CHECK, "--since", "HEAD"]) == 2
    told = capsys.readouterr().err
    assert "dubious ownership" in told and "safe.directory" in told
    (spaces.parent / "config").write_text("[safe]\n\tdirectory = *\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(spaces.parent / "config"))
    assert run([*CHECK, "--since", "HEAD"]) == 0


def test_what_does_not_go_together(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--changed-lines"], ["--changed-lines", "--since", "HEAD", "--fix"]):
        assert run([*CHECK, *arguments]) == 2
        assert "--changed-lines needs --since" in capsys.readouterr().err
