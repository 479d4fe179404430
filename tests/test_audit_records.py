"""The file of an audit: what is written is what is read, a torn line hurts nobody, no credential is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hublint.audit.records import Counts, End, Record, Run, Writer, findings_of, line_of, read, repositories
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.report import Checked
from hublint.errors import UsageError
from repositories import make
from tokens import with_tokens

RUN = Run("2026-11-29T10:00:00Z", ("org/*",), "1/4", {"select": ["MC"]})
CARD = "---\nlicense: Apache 2.0\n---\n# Demo\n\nText.\n"


def record(card: str = CARD, id: str = "org/demo") -> Record:
    repository = make("model", {"README.md": card})
    result = check(repository, Settings.of(Config()))
    checked = Checked("some/where/", "model", "test", id, result)
    return Record(id, "model", "hub", "0" * 40, files=len(result.read), findings=findings_of(checked))


def written(path: Path, *records: Record) -> None:
    with Writer(path.open("wb"), RUN) as writer:
        for each in records:
            writer.write(each)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    failed = Record("org/b", "", "hub", status="failed", reason="it is gated")
    written(file, record(), failed)
    run, first, second, end = read(str(file))
    assert isinstance(run, Run) and run._replace(tool={}) == RUN and run.tool["name"] == "hublint"
    assert first == record()
    assert second == failed
    assert end == End(
        2, 1, {"error": first.count("error"), "warning": first.count("warning"), "info": first.count("info")}
    )
    assert sum(end.counts.values()) == len(first.findings) > 0


def test_a_finding_is_as_in_the_json_report() -> None:
    finding = next(each for each in record().findings if each["code"] == "MC008")
    assert finding["path"] == "README.md"
    assert finding["frame"].splitlines()[1] == " 2 | license: Apache 2.0"
    assert finding["frame"].splitlines()[2].startswith("   |          ^^^^^^^^^^")
    assert len(finding["fingerprint"]) == 32
    assert {"code", "name", "severity", "message", "line", "column", "url"} <= finding.keys()


def test_the_keys_of_the_lines(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", record())
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("ascii").splitlines()]
    assert [list(line) for line in lines] == [
        ["type", "version", "tool", "started", "targets", "shard", "selection"],
        ["type", "id", "kind", "source", "revision", "status", "reason", "files", "findings"],
        ["type", "repositories", "failed", "counts"],
    ]


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_torn_last_line_is_left_out(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "audit.jsonl"
    written(file, record(), record(id="org/other"))
    *lines, _, _ = whole = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines) + whole[-2][:-cut])
    assert [each.id for each in repositories(str(file))] == ["org/demo"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}\n",
        '{"type": "begin", "version": 1}\n',
        "\x00\x01\n",
        '{"type": "run", "version": 2, "started": "", "targets": [], "shard": "", "selection": {}, "tool": {}}\n',
        line_of(RUN) + "{\n" + line_of(record()),
        line_of(RUN) + line_of(RUN),
        line_of(record()),
        line_of(RUN) + '{"type": "repository", "id": "a"}\n',
        line_of(RUN) + "[" * 100_000 + "\n",
    ],
)
def test_another_file_is_not_taken_for_one(tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"other\.jsonl.*(audit|line)"):
        list(read(str(file)))


def test_a_line_of_a_later_version_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_text(line_of(RUN) + '{"type": "note"}\n' + line_of(record()))
    assert [type(each) for each in read(str(file))] == [Run, Record]


def test_a_missing_file_is_said() -> None:
    with pytest.raises(UsageError, match=r"none\.jsonl: No such file"):
        list(read("none.jsonl"))


def test_no_credential_is_written() -> None:
    token = with_tokens("hf_[34 letters]")
    line = line_of(Record(f"org/{token}", "model", "hub", status="failed", reason=f"refused for {token}"))
    assert token not in line
    assert token not in line_of(record(with_tokens(f"{CARD}\ntoken = '{token}'\n")))


def test_what_became_of_fixes_is_read_back(tmp_path: Path) -> None:
    applied = ({"code": "MC008", "name": "invalid-license", "paths": ["README.md"]},)
    changed = record()._replace(applied=applied, proposed="https://hf.co/a/b/discussions/1", undone="it is read-only")
    file = tmp_path / "audit.jsonl"
    file.write_text(line_of(RUN) + line_of(changed) + line_of(record()))
    assert list(read(str(file)))[1:] == [changed, record()]
    keys = {"applied", "proposed", "undone"}
    assert [keys & json.loads(line).keys() for line in file.read_text().splitlines()] == [set(), keys, set()]


def test_counts() -> None:
    counts = Counts()
    counts.add(record())
    counts.add(Record("a", "", "hub", status="failed"))
    assert counts.end()[:2] == (2, 1)
