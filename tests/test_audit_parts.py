"""Runs that are broken off and gone on with, and parts of one run on several machines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audits import MODEL, audit, folders, records, rows
from hublint.audit.records import End, Run, read
from hublint.audit.shards import Shard, shard_of
from hublint.errors import UsageError


def body(file: Path) -> list[str]:
    """The lines but the first, which has a clock, sorted."""
    return sorted(file.read_text("ascii").splitlines()[1:])


def cards(file: Path, number: int) -> Path:
    return rows(file, *({"modelId": f"org/m{each}", "card": MODEL + "x" * each} for each in range(number)))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_run_is_gone_on_with(tmp_path: Path) -> None:
    cards(tmp_path / "cards.jsonl", 3000)
    audit(tmp_path, "cards.jsonl", "--output", "whole.jsonl")
    command = [sys.executable, "-m", "hublint", "audit", "cards.jsonl"]
    run = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    file = tmp_path / "audit.jsonl"
    for _ in range(3000):
        if file.exists() and file.stat().st_size > 400_000:
            break
        time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    killed = file.read_bytes()
    assert 100 < killed.count(b"\n") < 3000, "it was killed in the middle"
    with file.open("ab") as torn:
        torn.write(b'{"type": "repository", "id": "org/to')
    done = audit(tmp_path, "cards.jsonl")
    assert done.returncode == 2
    assert "was broken off after" in done.stderr
    assert "--resume goes on with it" in done.stderr
    assert file.read_bytes().startswith(killed)
    done = audit(tmp_path, "cards.jsonl", "--resume")
    assert done.returncode == 1
    assert file.read_bytes().startswith(killed[: killed.rindex(b"\n") + 1]), "nothing is judged twice"
    assert body(file) == body(tmp_path / "whole.jsonl")
    assert (
        done.stdout.splitlines()[:-1]
        == audit(tmp_path, "cards.jsonl", "--output", "again.jsonl").stdout.splitlines()[:-1]
    )


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    folders(tmp_path / "fleet", 2)
    readme = tmp_path / "fleet" / "model-001" / "README.md"
    text = readme.read_text()
    readme.unlink()
    readme.symlink_to("nowhere")
    (tmp_path / "ids").write_text("fleet/model-000\nfleet/model-001\n")
    assert audit(tmp_path, "ids").returncode == 2
    readme.unlink()
    readme.write_text(text)
    assert audit(tmp_path, "ids", "--resume").returncode == 1
    audit(tmp_path, "ids", "--output", "whole.jsonl")
    assert body(tmp_path / "audit.jsonl") == body(tmp_path / "whole.jsonl")


@pytest.mark.parametrize(
    ("words", "what"), [(("--select", "FM"), "selection"), (("--shard", "1/2"), "part"), (("b.jsonl",), "targets")]
)
def test_another_run_is_not_gone_on_with(tmp_path: Path, words: tuple[str, ...], what: str) -> None:
    cards(tmp_path / "cards.jsonl", 3)
    cards(tmp_path / "b.jsonl", 3)
    audit(tmp_path, "cards.jsonl")
    before = (tmp_path / "audit.jsonl").read_bytes()
    done = audit(tmp_path, "cards.jsonl", *words, "--resume", "--output", "audit.jsonl")
    assert (done.returncode, (tmp_path / "audit.jsonl").read_bytes()) == (2, before)
    assert f"is of a run with another {what}" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audit.jsonl", "b.jsonl", "cards.jsonl"]


def test_parts_put_together_are_the_whole(tmp_path: Path) -> None:
    folders(tmp_path / "fleet", 12)
    cards(tmp_path / "cards.jsonl", 200)
    words = ("fleet", "cards.jsonl")
    audit(tmp_path, *words, "--output", "whole.jsonl")
    for part in range(1, 5):
        assert audit(tmp_path, *words, "--shard", f"{part}/4").returncode == 1
    files = [f"audit-{part}-of-4.jsonl" for part in range(1, 5)]
    sizes = [len(records(tmp_path / file)) for file in files]
    assert sum(sizes) == 212
    assert min(sizes) > 30
    done = audit(tmp_path, "merge", *reversed(files), "--output", "merged.jsonl")
    assert done.returncode == 0, done.stderr
    audit(tmp_path, "merge", "whole.jsonl", "--output", "sorted.jsonl")
    merged, whole = ((tmp_path / name).read_bytes().split(b"\n", 1) for name in ("merged.jsonl", "sorted.jsonl"))
    assert merged[1] == whole[1]
    first, *others, last = read(str(tmp_path / "merged.jsonl"))
    assert isinstance(first, Run)
    assert (first.shard, first.targets) == ("", words)
    assert [each.key for each in others] == sorted(each.key for each in others)  # type: ignore[union-attr]
    assert isinstance(last, End)
    assert last.repositories == 212


def test_a_part_may_be_empty(tmp_path: Path) -> None:
    cards(tmp_path / "cards.jsonl", 1)
    assert sorted(audit(tmp_path, "cards.jsonl", "--shard", f"{part}/3").returncode for part in (1, 2, 3)) == [0, 0, 1]
    (tmp_path / "cards.jsonl").write_text("")
    assert audit(tmp_path, "cards.jsonl").returncode == 2


def test_a_missing_part_is_said(tmp_path: Path) -> None:
    cards(tmp_path / "cards.jsonl", 20)
    for part in (1, 3):
        audit(tmp_path, "cards.jsonl", "--shard", f"{part}/3")
    lines = (tmp_path / "audit-3-of-3.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "audit-3-of-3.jsonl").write_bytes(b"".join(lines[:-1]))
    done = audit(tmp_path, "merge", "audit-1-of-3.jsonl", "audit-3-of-3.jsonl")
    assert done.returncode == 2
    assert "part 2/3 is missing" in done.stderr
    assert "audit-3-of-3.jsonl: was broken off" in done.stderr
    assert (tmp_path / "audit.jsonl").exists()


def test_parts_of_other_rules_are_not_put_together(tmp_path: Path) -> None:
    cards(tmp_path / "cards.jsonl", 5)
    audit(tmp_path, "cards.jsonl", "--output", "a.jsonl")
    audit(tmp_path, "cards.jsonl", "--output", "b.jsonl", "--select", "FM")
    done = audit(tmp_path, "merge", "a.jsonl", "b.jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert "b.jsonl: is of another rules than a.jsonl" in done.stderr


def test_of_equals_the_checked_one_is_kept(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl", {"modelId": "org/a", "card": None}, {"modelId": "org/b", "card": MODEL})
    rows(tmp_path / "b.jsonl", {"modelId": "org/a", "card": MODEL})
    audit(tmp_path, "a.jsonl", "--output", "1.jsonl")
    audit(tmp_path, "b.jsonl", "--output", "2.jsonl")
    assert audit(tmp_path, "merge", "1.jsonl", "2.jsonl").returncode == 0
    assert {id: each.status for id, each in records(tmp_path / "audit.jsonl").items()} == dict.fromkeys(
        ("org/a", "org/b"), "checked"
    )


def test_a_shard_is_stable() -> None:
    ids = [f"org/{each}" for each in range(1000)]
    parts = [[each for each in ids if Shard(number, 7).has(each)] for number in range(1, 8)]
    assert sorted(each for part in parts for each in part) == sorted(ids)
    assert max(map(len, parts)) < 200
    assert [number for number in range(1, 8) if Shard(number, 7).has("google-bert/bert-base-uncased")] == [1]


@pytest.mark.parametrize("text", ["0/4", "5/4", "1", "a/b", "1/0", "-1/4", "1/4/2"])
def test_what_is_not_a_shard(text: str) -> None:
    with pytest.raises(UsageError, match="as in `2/8`"):
        shard_of(text)
