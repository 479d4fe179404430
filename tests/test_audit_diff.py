"""Two runs compared: what is new, gone and moved, in words and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit_files import FAILED, HOSTILE, RUN, finding, record, written
from hublint.audit.records import Record
from hublint.audit.results.diff import Change, compare
from hublint.cli.main import run

A, B, C = (finding(fingerprint=each * 32, message=f"`{each}` is wrong") for each in "abc")
DOWN = {**A, "line": 9}


def elsewhere(one: dict[str, Any], path: str) -> dict[str, Any]:
    return {**one, "path": path, "fingerprint": "0" * 32}


def compared(tmp_path: Path, before: list[Record], after: list[Record]) -> list[Change]:
    files = written(tmp_path / "a.jsonl", *before), written(tmp_path / "b.jsonl", *after)
    return list(compare(*map(str, files)))


def numbers(change: Change) -> tuple[int, int, int, int]:
    return len(change.new), len(change.gone), len(change.moved), change.stayed


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ([A, B], [A, B], (0, 0, 0, 2)),
        ([A], [A, B], (1, 0, 0, 1)),
        ([A, B], [B], (0, 1, 0, 1)),
        ([A], [B], (1, 1, 0, 0)),
        ([A], [DOWN], (0, 0, 1, 0)),
        ([A, A], [A, A, A], (1, 0, 0, 2)),
        ([A, A, A], [A], (0, 2, 0, 1)),
        ([A], [elsewhere(A, "docs/README.md")], (0, 0, 1, 0)),
        ([A], [elsewhere(A, "docs/README.md"), A], (1, 0, 0, 1)),
        # In the same file it would have its fingerprint still.
        ([A], [elsewhere(A, "README.md")], (1, 1, 0, 0)),
        # Another value in another file is another finding.
        ([A], [elsewhere(B, "docs/README.md")], (1, 1, 0, 0)),
        ([A, A], [elsewhere(A, "x"), elsewhere(A, "y"), elsewhere(A, "z")], (1, 0, 2, 0)),
        ([], [], (0, 0, 0, 0)),
    ],
)
def test_findings_of_a_repository(
    tmp_path: Path, before: list[dict[str, Any]], after: list[dict[str, Any]], wanted: tuple[int, ...]
) -> None:
    (change,) = compared(tmp_path, [record(findings=before)], [record(findings=after)])
    assert (change.state, numbers(change)) == ("both", wanted)


def test_repositories_come_and_go(tmp_path: Path) -> None:
    before = [record("a/stays", findings=[A]), record("a/went", findings=[A, B]), record("a/kind", "model", [A])]
    after = [record("a/came", findings=[C]), record("a/kind", "dataset", [A]), record("a/stays", findings=[A])]
    found = {(change.id, change.kind): (change.state, *numbers(change)) for change in compared(tmp_path, before, after)}
    assert found == {
        ("a/came", "model"): ("came", 1, 0, 0, 0),
        ("a/kind", "dataset"): ("came", 1, 0, 0, 0),
        ("a/stays", "model"): ("both", 0, 0, 0, 1),
        ("a/went", "model"): ("went", 0, 2, 0, 0),
        ("a/kind", "model"): ("went", 0, 1, 0, 0),
    }


def test_nothing_is_said_of_what_could_not_be_checked(tmp_path: Path) -> None:
    whole = record("acme/secret", findings=[A])
    for before, after in (
        ([whole], [FAILED]),
        ([FAILED], [whole]),
        ([FAILED], [FAILED]),
        ([FAILED], []),
        ([], [FAILED]),
    ):
        (change,) = compared(tmp_path, before, after)
        assert (change.state, numbers(change)) == ("unknown", (0, 0, 0, 0))


def test_a_repository_at_two_revisions(tmp_path: Path) -> None:
    twice = [record(findings=[A]), record(findings=[B])._replace(revision="f" * 40)]
    assert [numbers(change) for change in compared(tmp_path, twice, twice)] == [(0, 0, 0, 1)] * 2


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "a.jsonl", record(findings=[A, B, finding("DK002", fingerprint="d" * 32)]), record("a/went"))
    later = RUN._replace(started="2026-12-01T10:00:00Z")
    new = finding("MC008", name="invalid-license", severity="warning", fingerprint="e" * 32, message="`x` is not one")
    written(tmp_path / "b.jsonl", record(findings=[DOWN, B, new]), record("a/came", "space", [A]), run=later)


def test_as_text(files: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "diff", "a.jsonl", "b.jsonl"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "acme/demo (model)",
        "  + README.md:2: warning[MC008] invalid-license: `x` is not one",
        "  - README.md:2: error[DK002] invalid-color: `Gray` is not one of the Hub's colors; write `gray`",
        "  > README.md:9: error[SP008] invalid-color: `a` is wrong (was README.md:2)",
        "",
        "a/came (space) is new",
        "  + README.md:2: error[SP008] invalid-color: `a` is wrong",
        "",
        "a/went (model) is gone",
        "  - README.md:2: error[SP008] invalid-color: `Gray` is not one of the Hub's colors; write `gray`",
        "  - README.md:2: warning[MC008] unknown-license: `Gray` is not one of the Hub's colors; write `gray`",
        "",
        "2 new (1 error, 1 warning), 3 gone, 1 moved, 1 as before",
        "1 repository compared, 1 new, 1 gone",
    ]


def test_what_was_not_checked_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "a.jsonl", *[FAILED._replace(id=f"a/{number}") for number in range(7)])
    assert run(["audit", "diff", "a.jsonl", "a.jsonl"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "not checked in both runs: a/0, a/1, a/2, a/3, a/4 and 2 more",
        "",
        "0 new, 0 gone, 0 moved, 0 as before",
        "0 repositories compared, 7 not checked in both runs",
    ]


def test_as_json(files: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "diff", "a.jsonl", "b.jsonl", "--output-format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["before"]["started"], told["after"]["started"]) == (
        1,
        RUN.started,
        "2026-12-01T10:00:00Z",
    )
    assert told["counts"] == {
        "new": 2,
        "gone": 3,
        "moved": 1,
        "stayed": 1,
        "new_by_severity": {"error": 1, "warning": 1, "info": 0},
        "repositories": {"both": 1, "came": 1, "went": 1, "unknown": 0},
    }
    demo = told["repositories"][0]
    assert [each["code"] for each in demo["new"] + demo["gone"]] == ["MC008", "DK002"]
    assert demo["moved"][0]["line"] == 9 and demo["moved"][0]["from"] == {"path": "README.md", "line": 2, "column": 10}


def test_as_markdown(files: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "diff", "a.jsonl", "b.jsonl", "--output-format", "markdown"]) == 1
    out = capsys.readouterr().out
    assert "2 new (1 error, 1 warning), 3 gone, 1 moved, 1 as before." in out
    assert (
        "| new | <code>acme/demo</code> | warning MC008 invalid-license | <code>README.md&#58;2</code> |"
        in out.replace("README.md:2", "README.md&#58;2")
    )
    assert out.count("\n| ") == 1 + 8


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_the_same_twice(files: None, capsys: pytest.CaptureFixture[str], format: str) -> None:
    assert run(["audit", "diff", "a.jsonl", "a.jsonl", "--output-format", format]) == 0
    out = capsys.readouterr().out
    if format == "json":
        assert json.loads(out)["repositories"] == []
    else:
        assert "0 new, 0 gone, 0 moved, 5 as before" in out and "README.md" not in out


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", 1), ("warning", 1), ("note", 1), ("info", 1), ("never", 0), ("", 1)]
)
def test_exit_codes(files: None, capsys: pytest.CaptureFixture[str], fail_on: str, code: int) -> None:
    options = ["--fail-on", fail_on] if fail_on else []
    assert run(["audit", "diff", "a.jsonl", "b.jsonl", *options]) == code
    assert run(["audit", "diff", "a.jsonl", "a.jsonl", *options]) == 0
    assert run(["audit", "diff", "a.jsonl", "none.jsonl", *options]) == 2
    assert "none.jsonl: No such file" in capsys.readouterr().err


def test_a_new_warning_is_not_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, severity in (("a", ""), ("warning", "warning"), ("note", "info")):
        written(tmp_path / f"{name}.jsonl", record(findings=[finding(severity=severity)] if severity else []))
    codes = [
        run(["audit", "diff", "a.jsonl", f"{name}.jsonl", "--fail-on", level])
        for name, level in (("warning", "error"), ("warning", "warning"), ("note", "warning"), ("note", "note"))
    ]
    assert codes == [0, 1, 0, 1]


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_hostile_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile = [finding(message=text, path=text, name=text, fingerprint=text[:32]) for text in HOSTILE]
    written(tmp_path / "a.jsonl", record("x\x1b[31m\ny|<b>"))
    written(tmp_path / "b.jsonl", record("x\x1b[31m\ny|<b>", findings=hostile), *[record(text) for text in HOSTILE])
    run(["audit", "diff", "a.jsonl", "b.jsonl", "--output-format", format])
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\u202e" not in out and "\x00" not in out and "\r" not in out
    if format == "markdown":
        assert "<img" not in out and "<script" not in out
        rows = [line for line in out.splitlines() if line.startswith("| ")]
        assert {line.replace("\\|", "").count("|") for line in rows} == {6}


def test_a_long_comparison_fits_a_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    many = [finding(message="@|<>" * 300, fingerprint=str(number)) for number in range(2_000)]
    written(tmp_path / "a.jsonl", record(findings=[]))
    written(tmp_path / "b.jsonl", record(findings=many))
    assert run(["audit", "diff", "a.jsonl", "b.jsonl", "--output-format", "markdown"]) == 1
    out = capsys.readouterr().out
    assert len(out) < 65_536 and "2000 new" in out and "more lines: `hublint audit diff` shows all." in out
