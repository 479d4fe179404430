"""Suppression comments on the command line: until when they hold, showing what they silence, and writing them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from hublint.cli.main import run
from hublint.documents.card import Card
from hublint.documents.source import Span
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.silencing import silence
from hublint.repository.comments import suppressions
from repositories import fixed, make
from test_rules import ALL_CASES, RULES, repository_of

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


SPACE = {
    "README.md": "---\nsdk: gradio\ncolorFrom: teal\ntags:\n- a\n-   a\nshort_description: >\n  %s\n  more\n---\n"
    "# Demo\n\n![a](missing.png)\n\n| ![b](missing.png) |\n|---|\n\n```\n[c](missing.md)\n```\n" % ("word " * 30),
    "app.py": "#!/usr/bin/env python\nimport gradio as gr\n\n\ndef build():\n    demo = gr.Interface(\n"
    "        lambda x: x,\n        'text',\n        'text',\n    )\n    demo.launch(\n        share=True,\n"
    "        server_port=8000)  # noqa\n\n\nbuild()\n",
    "requirements.txt": "gradio==4.0.0\ngradio==5.0.0\ngit+https://github.com/a/b\n",
    "packages.txt": "# a\nffmpeg\n",
}
DOCKER = {
    "README.md": "---\ntitle: a\nemoji: 🚀\nsdk: docker\napp_port: 7860\n---\nText.\n",
    "Dockerfile": "# syntax=docker/dockerfile:1\nFROM python:3.12\nRUN apt-get update && \\\n"
    '    sudo apt-get install -y ffmpeg\nUSER root\nCOPY . .\nCMD ["python", "app.py"]\n',
    "app.py": "from flask import Flask\napp = Flask('a')\napp.run(port=5000)\n",
    "start.sh": "#!/bin/sh\nsudo ls\n",
}


@pytest.mark.parametrize("files", [SPACE, DOCKER, {**SPACE, "README.md": "# Demo\n\n![a](missing.png)\n"}])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_are_written(
    space: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], newline: str
) -> None:
    for path, text in files.items():
        (space / path).write_text(text, "utf-8", newline=newline)
    kind = ("--repo-type", "space", "--profile", "strict")
    before = findings(capsys, *kind)
    assert len(before) > 1, before
    capsys.readouterr()
    run([*CHECK, *kind, "--add-suppressions", "known when hublint came"])
    told = capsys.readouterr()
    left = findings(capsys, *kind)
    where = {line.split(":")[0] for line in left}
    assert where <= {"packages.txt"}, (left, told.err)
    assert "comments written into" in told.err
    once = {path: (space / path).read_bytes() for path in files}
    assert once != {path: text.encode() for path, text in files.items()}
    assert all(data.count(b"\n") == data.count(newline.encode()) for data in once.values())
    run([*CHECK, *kind, "--add-suppressions", "known when hublint came"])
    assert {path: (space / path).read_bytes() for path in files} == once
    for path, data in once.items():
        lines = [
            line for line in data.decode().splitlines() if not re.match(r"\s*# hublint: .*|^<!-- hublint: .*", line)
        ]
        plain = re.sub(r" <!-- hublint: .*? -->", "", "\n".join(lines)).rstrip("\n")
        assert plain == files[path].rstrip("\n")


@pytest.mark.parametrize(("code", "case"), [param for param in ALL_CASES if param.values[1]["findings"]])
def test_comments_are_written_for_whatever_a_rule_finds(code: str, case: dict[str, Any]) -> None:
    """In a file that got comments nothing is left but what no comment is written for."""
    spared = {each for each, rule in RULES.items() if rule.rule.effect == "leaked" or each.startswith("HL")}
    repository = repository_of(case, case["files"])
    settings = Settings.of(Config(select=(code,)))
    made = silence(repository, settings, spared, "known")
    left = check(repository.changed(made.files), settings).findings
    assert left == made.result.findings
    assert [each for each in left if each.place.path in made.files and each.code not in spared] == []


def test_what_has_no_comment_is_told(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "README.md").write_text("---\nlicense: mit\n---\nText.\n", "utf-8")
    (space / "config.json").write_text("{,}", "utf-8")
    command = [*CHECK, "--repo-type", "model", "--select", "RP008", "--add-suppressions"]
    assert run([*command, "later"]) == 1
    assert "no comment can silence config.json:1 RP008" in capsys.readouterr().err
    for reason in ("", " ", "a --> b"):
        assert run([*command, reason]) == 2
    assert run([*command, "a", "--fix"]) == 2
    assert "goes with neither" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("block", "left"),
    [
        ("# hublint: ignore[SP008] old\n", "\n"),
        (" # hublint: ignore[SP008] until=2020-01-01\r\n", "\r\n"),
        ("# hublint: ignore[SP008] old\n# hublint: ignore-file[SP008] old\n", "\n\n"),
        ("# hublint: ignore[SP008] old\nsdk: gradio\n", "sdk: gradio\n"),
    ],
)
def test_the_block_ends_where_it_did_without_its_comments(block: str, left: str) -> None:
    text = "# Demo\n\na: b\n---\n"
    repository = make("space", {"README.md": f"---\n{block}---\n{text}"})
    after = fixed(repository, "SP008", "HL001", "HL005").files["README.md"].decode()
    assert after == f"---\n{left}---\n{text}"
    assert Card("README.md", after.encode()).body == Span(len(after) - len(text), len(after))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("RUN a # hublint: ignore[SP008] old \\\n b\n", None),
        ("RUN a \\\n# hublint: ignore[SP008] old \\\n b\n", "RUN a \\\n b\n"),
        ("RUN a # hublint: ignore[SP008] old\n", "RUN a\n"),
        ("RUN a # hublint: ignore[SP008] old\u2028RUN b\n", None),
        ("RUN a\u2028# hublint: ignore[SP008] old\n", "RUN a\u2028\n"),
        ("COPY . . # hublint: ignore[SP008] old\n", None),
        ("  # hublint: ignore[SP008] old\nCOPY . .\n", "COPY . .\n"),
    ],
)
def test_no_comment_goes_whose_line_goes_on(line: str, left: str | None) -> None:
    files = {"README.md": "---\nsdk: docker\n---\n", "Dockerfile": f"FROM x\n{line}"}
    after = fixed(make("space", files), "SP008", "HL001").files
    assert after == ({} if left is None else {"Dockerfile": f"FROM x\n{left}".encode()})


@pytest.mark.parametrize(("line", "silences"), [("*.bin -text{}\n", False), ("{}\n*.bin -text\n", True)])
def test_a_line_of_gitattributes_is_a_comment_or_has_none(line: str, silences: bool) -> None:
    comment = "# hublint: ignore-file[RP001] kept so"
    files = {"README.md": "---\nsdk: static\n---\n", ".gitattributes": line.format(comment)}
    repository = make("space", files)
    assert bool(suppressions(repository)) is silences


@pytest.mark.parametrize(
    ("text", "silences"),
    [
        ("FROM x\nCOPY . . {}\n", False),
        ("FROM x\nCOPY . \\\n  . {}\n", False),
        ('FROM x\nRUN ["a"] {}\n', False),
        ("FROM x\nRUN a {}\n", True),
        ("FROM x\nRUN a && \\\n  b {}\n", True),
        ("FROM x\nCOPY . \\\n  {}\n  .\n", True),
        ("{}\nFROM x\n", True),
    ],
)
@pytest.mark.parametrize("name", ["Dockerfile", "docker/Dockerfile.dev"])
def test_what_stands_behind_an_instruction_is_a_comment_to_a_shell_only(name: str, text: str, silences: bool) -> None:
    comment = "# hublint: ignore-file[DK021] kept so"
    repository = make("space", {"README.md": "---\nsdk: docker\n---\n", name: text.format(comment)})
    assert bool(suppressions(repository)) is silences
