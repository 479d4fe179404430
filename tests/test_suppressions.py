"""Suppression comments on the command line: until when they hold, showing what they silence, and writing them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hublint.cli.main import run

CHECK = ("check", "--output-format", "concise")


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What is found, as `path:line code`."""
    capsys.readouterr()
    run([*CHECK, *arguments])
    lines = [line for line in capsys.readouterr().out.splitlines() if re.match(r".+:\d+:\d+: ", line)]
    return [f"{':'.join(line.split(':')[:2])} {line.split('[')[1][:5]}" for line in lines]


def test_until(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = "---\nsdk: gradio\ncolorFrom: teal # hublint: ignore[SP008] until=%s the theme\n---\n"
    (space / "README.md").write_text(card % "2999-12-31", "utf-8")
    assert findings(capsys, "--select", "SP008,HL") == []
    (space / "README.md").write_text(card % "2024-12-31", "utf-8")
    assert findings(capsys, "--select", "SP008,HL") == ["README.md:3 SP008", "README.md:3 HL005"]
    assert run([*CHECK, "--select", "SP008,HL", "--fix"]) == 1
    assert (space / "README.md").read_text("utf-8") == "---\nsdk: gradio\ncolorFrom: teal\n---\n"


def test_what_is_silenced_can_be_shown(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "---\nsdk: gradio\ncolorFrom: teal # hublint: ignore[SP008] a\ncolorTo: red # hublint: ignore[SP008]\n---\n"
    (space / "README.md").write_text(text, "utf-8")
    assert findings(capsys, "--select", "SP008,HL") == ["README.md:4 HL001", "README.md:4 HL003"]
    assert findings(capsys, "--select", "SP008,HL", "--ignore-suppressions") == ["README.md:3 SP008"]
