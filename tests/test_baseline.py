"""Baselines: what is known is silenced, what is new fails, and branches merge."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hublint.cli.main import run
from hublint.engine.baseline import Baseline, Known, bytes_of, key_of, load, reviewed, text_of
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.errors import UsageError
from test_rules import ALL_CASES, repository_of
from tokens import with_tokens

FILE = ".hublint-baseline.jsonl"
CARD = "---\nsdk: gradio\ncolorFrom: teal\ncolorTo: orange\n---\n# Demo\n"
CHECK = ("check", "--output-format", "concise")


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(CARD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What is new beside the baseline, as `path code`."""
    capsys.readouterr()
    run([*CHECK, "--baseline", FILE, *arguments])
    lines = [line for line in capsys.readouterr().out.splitlines() if re.match(r".+:\d+:\d+: ", line)]
    return [f"{line.split(':')[0]} {line.split('[')[1].split(']')[0]}" for line in lines]


def test_only_what_is_new_fails(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*CHECK]) == 1
    assert run(["baseline"]) == 0
    before = (spaces / FILE).read_bytes()
    assert run([*CHECK, "--baseline", FILE]) == 0
    edit(spaces / "one" / "README.md", "sdk: gradio\n", "# a line more\nsdk:  gradio\nemoji: abc\n")
    assert findings(capsys) == ["one/README.md SP009", f"{FILE} HL004"]
    assert run([*CHECK, "--baseline", FILE]) == 1
    assert run(["baseline"]) == 0
    assert "1 added, 1 removed, 0 moved, 9 kept" in capsys.readouterr().out
    edit(spaces / "one" / "README.md", "emoji: abc\n", "")
    assert run(["baseline"]) == 0
    assert (spaces / FILE).read_bytes() == before


def test_an_equal_finding_more_is_new(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = spaces / "two" / "README.md"
    edit(page, "sdk: gradio\n", "sdk: gradio\nmodels:\n- no id!\n- no id!\n")
    run(["baseline"])
    assert findings(capsys) == []
    known = sum(each.key.path.endswith("README.md") for each in load(FILE).entries)
    edit(page, "models:\n", "models:\n- no id!\n")
    assert findings(capsys) == ["two/README.md FM013", "two/README.md SP019"]
    assert run([*CHECK, "--baseline", FILE]) == 1
    run(["baseline"])
    assert len(load(FILE).entries) > known


@pytest.mark.parametrize("where", [".", "one", "two", "ci"])
def test_working_folder_and_paths_do_not_matter(
    spaces: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    (spaces / "ci").mkdir()
    for file in (FILE, os.path.join("ci", "known.jsonl")):
        monkeypatch.chdir(spaces)
        run(["baseline", "one", "--file", file])
        run(["baseline", str(spaces / "two"), "--file", str(spaces / file)])
        whole = (spaces / file).read_bytes()
        (spaces / file).unlink()
        monkeypatch.chdir(spaces / where)
        assert run(["baseline", os.path.relpath(spaces), "--file", os.path.relpath(spaces / file)]) == 0
        assert (spaces / file).read_bytes() == whole
        for paths in ([str(spaces)], [os.path.relpath(spaces / "two"), str(spaces / "one")], [str(spaces / "two")]):
            capsys.readouterr()
            assert run([*CHECK, *paths, "--baseline", os.path.relpath(spaces / file)]) == 0, capsys.readouterr().out


def test_what_was_not_asked_is_not_stale(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["baseline"])
    for name in ("one", "two"):
        (spaces / name / "README.md").write_text("---\nsdk: gradio\n---\n# Demo\n", "utf-8")
    assert findings(capsys, "--select", "SP004,HL004") == []
    assert findings(capsys, "--profile", "push") == []
    assert findings(capsys, "one") == [f"{FILE} HL004"] * 2
    assert findings(capsys, "--select", "SP004,SP008,HL004") == [f"{FILE} HL004"] * 4
    assert findings(capsys, "--ignore", "HL004") == []
    before = load(FILE)
    run(["baseline", "one", "--prune"])
    assert len(load(FILE).entries) == len(before.entries) - 2
    assert run([*CHECK, "--fix", "--baseline", FILE]) == 0
    assert len(load(FILE).entries) == len(before.entries) - 4
    assert findings(capsys) == []


def test_a_diff_shows_what_is_taken_out(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["baseline"])
    edit(spaces / "one" / "README.md", "teal", "blue")
    before = (spaces / FILE).read_bytes()
    capsys.readouterr()
    run(["check", "--baseline", FILE, "--diff"])
    told = capsys.readouterr()
    assert [line[:18] for line in told.out.splitlines() if line.startswith("-")][1:] == ['-{"rule": "SP008",']
    assert "1 fix would be applied" in told.err
    assert (spaces / FILE).read_bytes() == before


def test_prune_adds_nothing(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["baseline"])
    edit(spaces / "one" / "README.md", "teal", "lilac")
    capsys.readouterr()
    assert run(["baseline", "--prune"]) == 0
    assert "0 added, 1 removed, 0 moved, 9 kept" in capsys.readouterr().out
    assert findings(capsys) == ["one/README.md SP008"]
    (spaces / FILE).unlink()
    assert run(["baseline", "--prune"]) == 2


def test_what_is_moved_is_told(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["baseline"])
    (spaces / "one").rename(spaces / "uno")
    assert findings(capsys).count(f"{FILE} HL004") == 5
    run(["baseline"])
    told = capsys.readouterr().out
    assert "0 added, 0 removed, 5 moved, 5 kept" in told
    assert "> SP008 one/README.md -> uno/README.md" in told.replace(os.sep, "/")
    assert findings(capsys) == []


def test_credentials_stay_out(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = with_tokens({"a": "hf_[34 letters]"})["a"]
    (spaces / "one" / "app.py").write_text(f'token = "{secret}"\n', "utf-8")
    run(["baseline"])
    assert "1 finding about credentials is not in it" in capsys.readouterr().out
    assert findings(capsys) == ["one/app.py SE001"]
    (spaces / "hublint.toml").write_text(f"baseline-secrets = true\nbaseline = '{FILE}'\n", "utf-8")
    run(["baseline"])
    assert run(["check"]) == 0
    text = (spaces / FILE).read_text("utf-8")
    assert secret[:12] not in text
    entry = next(json.loads(line) for line in text.splitlines() if "SE001" in line)
    assert entry.keys() == {"rule", "path", "content"}
    assert run([*CHECK, "--select", "SE", "--isolated", "."]) == 1, "the baseline itself holds nothing like one"
    assert FILE not in "".join(findings(capsys))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}\n", f"{FILE}:1: this line is not an entry"),
        ('{"rule": "A", "path": "b", "content": "c"}\n\n{"rule": 1, "path": "b", "content": "c"}\n', f"{FILE}:3: "),
        ("<<<<<<< HEAD\n", f"{FILE}:1: this line is the mark of a merge conflict"),
        ("\xff", f"{FILE}:1: "),
        ("[" * 100_000, f"{FILE}:1: "),
        (None, f"{FILE}: no such baseline; `hublint baseline` writes one"),
    ],
)
def test_a_broken_baseline_is_an_error(
    spaces: Path, capsys: pytest.CaptureFixture[str], text: str | None, message: str
) -> None:
    if text is not None:
        (spaces / FILE).write_bytes(text.encode("latin-1"))
    assert run([*CHECK, "--baseline", FILE]) == 2
    assert message in capsys.readouterr().err


def test_the_configuration_names_it(spaces: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (spaces / "hublint.toml").write_text("baseline = 'ci/known.jsonl'\n", "utf-8")
    (spaces / "ci").mkdir()
    assert run(["check", "one"]) == 2
    monkeypatch.chdir(spaces / "one")
    assert run(["baseline"]) == 0
    assert (spaces / "ci" / "known.jsonl").exists()
    assert run(["check"]) == 0
    assert run(["check", "../two"]) == 1


def test_preflight_heeds_none(spaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (spaces / "hublint.toml").write_text(f"baseline = '{FILE}'\n", "utf-8")
    run(["baseline"])
    capsys.readouterr()
    assert run(["preflight", "one"]) == 1
    assert "SP008" in capsys.readouterr().out


def test_line_ends_and_order_do_not_matter(spaces: Path) -> None:
    run(["baseline"])
    lines = (spaces / FILE).read_bytes().splitlines()
    (spaces / FILE).write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(reversed(lines)))
    assert run([*CHECK, "--baseline", FILE]) == 0
    run(["baseline"])
    assert (spaces / FILE).read_bytes().splitlines() == lines


def test_names_that_are_no_utf8(spaces: Path) -> None:
    text = json.dumps({"rule": "A", "path": "b\udcff", "content": "c"})
    assert Baseline(str(spaces / FILE), bytes_of([text])).entries[0].path == "b\udcff"


def entry(number: int) -> str:
    return json.dumps({"rule": "SP008", "path": f"spaces/{number % 7}/README.md", "content": f"{number:016x}"})


def git(folder: Path, *arguments: str) -> int:
    own = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    own |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    return subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **own}, capture_output=True).returncode


def merges(folder: Path, known: list[str], ours: str, theirs: str, attributes: str = "") -> bool:
    """Whether git merges two branches each of which adds an entry, and to a baseline with both."""
    folder.mkdir()
    git(folder, "init", "-qb", "main")
    (folder / ".gitattributes").write_text(attributes, "utf-8")
    for branch, more in (("main", []), ("theirs", [theirs]), ("ours", [ours])):
        git(folder, "checkout", "-qB", branch, *(["main"] if more else []))
        (folder / FILE).write_bytes(bytes_of([*known, *more]))
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", branch)
    if git(folder, "merge", "-q", "theirs"):
        return False
    try:
        return {each.text for each in load(str(folder / FILE)).entries} == {*known, ours, theirs}
    except UsageError:
        return False


def test_branches_merge(tmp_path: Path) -> None:
    """Two of one file and rule, which any order by path would put side by side, land apart in a hundred lines."""
    known = [entry(number) for number in range(100)]
    clean = [
        merges(tmp_path / str(index), known, entry(700 + 14 * index), entry(707 + 14 * index)) for index in range(8)
    ]
    assert sum(clean) >= 7, clean


def test_branches_merge_always_by_union(tmp_path: Path) -> None:
    union = f"{FILE} merge=union\n"
    assert all(merges(tmp_path / str(index), [], entry(index), entry(50 + index), union) for index in range(3))


@pytest.mark.parametrize(("code", "case"), [param for param in ALL_CASES if param.values[1]["findings"]])
def test_whatever_a_rule_finds_can_be_known(code: str, case: dict[str, Any]) -> None:
    result = check(repository_of(case, case["files"]), Settings.of(Config(select=(code,))))
    texts = [text_of(key_of("/a", each), f"/a/{FILE}", each.route, each.message) for each in result.findings]
    known = Known(Baseline(f"/a/{FILE}", bytes_of(texts)), "/a")
    left, gone = reviewed(result, known)
    assert (left.findings, gone) == ((), [])
    assert {each.silenced for each in left.silenced} <= {"baseline", "comment", "config"}
    if texts:
        left, gone = reviewed(result, known._replace(baseline=Baseline(f"/a/{FILE}", bytes_of(texts[1:]))))
        assert len(left.findings) == 1 and not gone
