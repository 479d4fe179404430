"""`hublint audit --apply`: the safe fixes are written into folders, as `hublint fix` writes them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audits import MODEL, audit, codes, folders, records, rows

DEMO = Path(__file__).resolve().parent.parent / "fixtures" / "demo"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_is_written_as_by_fix(tmp_path: Path) -> None:
    for name in ("audited", "fixed"):
        shutil.copytree(DEMO, tmp_path / name)
    before = bytes_of(tmp_path / "audited")
    done = audit(tmp_path, "audited", "--apply")
    subprocess.run([sys.executable, "-m", "hublint", "fix", "--quiet", "fixed"], cwd=tmp_path, check=False)
    assert bytes_of(tmp_path / "audited") == bytes_of(tmp_path / "fixed") != before
    assert done.returncode == 1
    assert "\n12 fixes applied in 4 files of 3 repositories\n" in done.stdout
    report = audit(tmp_path, "report", "audit.jsonl")
    assert report.stdout.endswith("\n12 fixes applied in 4 files of 3 repositories\n")
    audit(tmp_path, "report", "audit.jsonl", "--html", "page.html")
    assert "files read · 12 fixes applied in 4 files of 3 repositories" in (tmp_path / "page.html").read_text("utf-8")


def test_a_line_tells_what_was_applied_and_what_is_left(tmp_path: Path) -> None:
    folders(tmp_path / "repos", 2)
    done = audit(tmp_path, "repos", "--apply")
    found = records(tmp_path / "audit.jsonl")
    fixed, clean = found["repos/model-000"], found["repos/model-001"]
    assert fixed.applied == ({"code": "MC008", "name": "invalid-license", "paths": ["README.md"]},)
    assert (fixed.undone, fixed.proposed, clean.applied) == ("", "", ())
    assert "MC008" not in codes(fixed)
    assert "1 fix applied in 1 file of 1 repository\n" in done.stdout
    assert b"license: apache-2.0\n" in (tmp_path / "repos" / "model-000" / "README.md").read_bytes()
    lines = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert ["applied" in line for line in lines] == [False, True, False, False], "what is not changed has no such key"
    assert lines[0]["selection"]["apply"] is True


def test_unsafe_fixes_are_not_applied_whatever_the_configuration_says(tmp_path: Path) -> None:
    shutil.copytree(DEMO / "space", tmp_path / "space")
    (tmp_path / "space" / "hublint.toml").write_text("unsafe-fixes = true\n")
    audit(tmp_path, "space", "--apply")
    (tmp_path / "space" / "hublint.toml").unlink()
    shutil.copytree(DEMO / "space", tmp_path / "other")
    audit(tmp_path, "other", "--apply", "--output", "other.jsonl")
    assert bytes_of(tmp_path / "space") == bytes_of(tmp_path / "other")


def test_many_are_written_by_several_processes(tmp_path: Path) -> None:
    folders(tmp_path / "repos", 30)
    done = audit(tmp_path, "repos", "--apply", "--jobs", "2")
    assert "15 fixes applied in 15 files of 15 repositories\n" in done.stdout
    assert audit(tmp_path, "repos", "--apply").stdout.count("0 fixes applied\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a mode says nothing there")
def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    folders(tmp_path / "repos", 3)
    card = tmp_path / "repos" / "model-000" / "README.md"
    card.chmod(0o444)
    done = audit(tmp_path, "repos", "--apply")
    assert done.returncode == 2
    assert "repos/model-000: README.md: is read-only; left as it is (0 of 1 file written)" in done.stderr
    assert card.read_text() == MODEL
    found = records(tmp_path / "audit.jsonl")
    assert found["repos/model-000"].undone.startswith("README.md: is read-only")
    assert (found["repos/model-000"].status, codes(found["repos/model-000"])[:1]) == ("checked", ["MC008"])
    assert len(found["repos/model-002"].applied) == 1
    assert not [path for path in (tmp_path / "repos").rglob("*") if ".hublint-" in path.name]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["model:org/a", "--apply"], "org/a: is on the Hub, and --apply writes into folders; --propose opens pull "),
        (["org/*", "--apply"], "org/*: is on the Hub, and --apply writes into folders"),
        (["ids.txt", "--apply"], "org/b: is on the Hub, and --apply writes into folders"),
        (["cards.jsonl", "--apply"], "cards.jsonl: a dump holds copies of cards"),
        (["cards.jsonl", "--propose"], "cards.jsonl: a dump holds copies of cards"),
        (["repos", "--propose"], "repos: is a folder, and --propose opens pull requests on the Hub; --apply writes "),
        (["repos", "--propose", "3", "--apply"], "--apply is for folders and --propose for the Hub"),
        (["repos", "--yes"], "--yes answers what --propose asks, which was not given"),
        (["model:org/a", "--propose", "--shard", "1/2"], "so it does not go with --shard"),
        ([], "Missing argument 'TARGET...'"),
        (["--propose"], "Missing argument 'TARGET...'"),
        (["--propose", "--", "repos"], "repos: is a folder, and --propose opens"),
        (["model:org/a", "--propose=0"], "0 is not in the range"),
        (["model:org/a", "--propose", "101"], "101 is not in the range"),
    ],
)
def test_what_does_not_fit_is_said_before_anything_is_done(tmp_path: Path, words: list[str], sentence: str) -> None:
    folders(tmp_path / "repos", 1)
    rows(tmp_path / "cards.jsonl", {"id": "org/a", "card": MODEL})
    (tmp_path / "ids.txt").write_text("repos\nmodel:org/b\n")
    before = bytes_of(tmp_path)
    done = audit(tmp_path, *words, HF_ENDPOINT="http://127.0.0.1:9", HF_HOME=os.fspath(tmp_path / "home"))
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert {path: data for path, data in bytes_of(tmp_path).items() if not path.startswith("home")} == before


def test_a_run_is_gone_on_with_by_the_same_command(tmp_path: Path) -> None:
    folders(tmp_path / "repos", 4)
    audit(tmp_path, "repos", "--apply")
    lines = (tmp_path / "audit.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "audit.jsonl").write_bytes(b"".join(lines[:2]))
    done = audit(tmp_path, "repos", "--resume")
    assert "is of a run with another selection" in done.stderr
    done = audit(tmp_path, "repos", "--apply", "--resume")
    assert "\n0 fixes applied\n" in done.stdout
    found = records(tmp_path / "audit.jsonl")
    assert (len(found), len(found["repos/model-000"].applied)) == (4, 1)
