"""What is made of an audit's file: tables in which all of it stands, whatever is in its texts."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from audit_files import FAILED, HOSTILE, RUN, finding, record, written
from hublint.audit.records import Record, repositories
from hublint.audit.results import csv as csv_file
from hublint.audit.results import parquet, sqlite
from hublint.audit.results.rows import FINDING, finding_row, repository_row
from hublint.errors import UsageError

FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def queried(file: Path, query: str) -> list[Any]:
    with sqlite3.connect(file) as connection:
        return connection.execute(query).fetchall()


def csv_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, strict=True))


def every(source: Path) -> Iterable[dict[str, Any]]:
    for each in repositories(str(source)):
        yield from (repository_row(each) | finding_row(one) for one in each.findings)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    hostile = [finding(message=text, path=text, help=text) for text in HOSTILE]
    return written(
        tmp_path / "audit.jsonl", record(), FAILED, record("acme/clean", "dataset", []), record("x/y", "space", hostile)
    )


def test_sqlite_has_all(source: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / "audit.db"
    sqlite.write(str(source), str(file))
    assert queried(file, "SELECT started, shard, complete FROM runs") == [(RUN.started, RUN.shard, 1)]
    assert queried(file, "SELECT name, kind, status, errors, warnings FROM repositories ORDER BY name") == [
        ("acme/clean", "dataset", "checked", 0, 0),
        ("acme/demo", "model", "checked", 1, 1),
        ("acme/secret", "", "failed", 0, 0),
        ("x/y", "space", "checked", len(HOSTILE), 0),
    ]
    columns = ", ".join(f'f."{column}"' for column in FINDING)
    rows = queried(file, f"SELECT {columns} FROM findings f ORDER BY f.id")
    assert rows == [tuple(row[column] for column in FINDING) for row in every(source)]


def test_sqlite_holds_many_runs_each_once(source: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "audit.db", tmp_path / "other.jsonl"
    written(other, record(), run=RUN._replace(started="2026-12-01T10:00:00Z"))
    for path in (source, other, source):
        sqlite.write(str(path), str(file))
    counts = "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM repositories), (SELECT count(*) FROM findings)"
    assert queried(file, counts) == [(2, 5, 2 + len(HOSTILE) + 2)]


def test_sqlite_is_as_it_was_where_something_fails(source: Path, tmp_path: Path) -> None:
    file, torn = tmp_path / "audit.db", tmp_path / "torn.jsonl"
    sqlite.write(str(source), str(file))
    torn.write_bytes(source.read_bytes().replace(RUN.started.encode(), b"2027") + b"{}\n")
    before = queried(file, "SELECT * FROM runs")
    for target in (file, tmp_path / "new.db"):
        with pytest.raises(UsageError, match="line"):
            sqlite.write(str(torn), str(target))
    assert queried(file, "SELECT * FROM runs") == before and not (tmp_path / "new.db").exists()


def test_another_database_is_left_alone(source: Path, tmp_path: Path) -> None:
    file, text = tmp_path / "other.db", tmp_path / "text.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE mine (id)")
    text.write_text("not a database, and long enough to be read as the head of one " * 9)
    for target in (file, text):
        before = target.read_bytes()
        with pytest.raises(UsageError, match="database"):
            sqlite.write(str(source), str(target))
        assert target.read_bytes() == before


def test_sqlite_uses_its_indexes(source: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.db"
    sqlite.write(str(source), str(file))
    for query, index in (
        ("SELECT * FROM findings WHERE code = 'SP008'", "findings_by_code"),
        ("SELECT * FROM findings WHERE repository_id = 1", "findings_by_repository"),
        ("SELECT * FROM repositories WHERE run_id = 1 AND owner = 'acme'", "repositories_by_owner"),
    ):
        assert index in str(queried(file, f"EXPLAIN QUERY PLAN {query}"))


def test_parquet_has_all(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 3)
    parquet.write(str(source), str(tmp_path / "a.parquet"))
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    assert table.to_pylist() == [{column: row[column] for column in parquet.COLUMNS} for row in every(source)]
    assert json.loads(table.schema.metadata[b"hublint"])["started"] == RUN.started
    assert pyarrow.parquet.ParquetFile(tmp_path / "a.parquet").num_row_groups > 1


def test_parquet_of_nothing_has_its_columns(tmp_path: Path) -> None:
    parquet.write(str(written(tmp_path / "a.jsonl")), str(tmp_path / "a.parquet"))
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    assert (table.num_rows, table.column_names) == (0, list(parquet.COLUMNS))


def test_parquet_without_pyarrow_says_what_is_missing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'hublint\[audit\]'"):
        parquet.write(str(source), str(tmp_path / "a.parquet"))
    assert not (tmp_path / "a.parquet").exists()


def test_csv_has_all(source: Path, tmp_path: Path) -> None:
    csv_file.write(str(source), str(tmp_path / "a.csv"))
    rows = csv_rows(tmp_path / "a.csv")
    # What could be taken for a formula is the only thing that differs.
    plain = [{key: value.removeprefix("'") for key, value in row.items()} for row in rows]
    wanted = [{key: str(row[key]).removeprefix("'") for key in csv_file.COLUMNS} for row in every(source)]
    assert plain == wanted
    assert all(line.endswith(b"\r\n") for line in (tmp_path / "a.csv").read_bytes().splitlines(keepends=True)[:2])


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_has_no_formula(tmp_path: Path, text: str) -> None:
    source = written(tmp_path / "a.jsonl", record(text, "model", [finding(message=text, path=text)]))
    csv_file.write(str(source), str(tmp_path / "a.csv"))
    (row,) = csv_rows(tmp_path / "a.csv")
    assert row["message"] == row["path"] == row["repository"] == f"'{text}"
    assert row["line"] == "2"


@pytest.mark.parametrize("module", [csv_file, parquet])
def test_nothing_is_left_of_what_fails(source: Path, tmp_path: Path, module: Any) -> None:
    with source.open("ab") as file:
        file.write(b"[]\n")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "known").write_text("as it was")
    with pytest.raises(UsageError, match="line"):
        module.write(str(source), str(folder / "known"))
    with pytest.raises(UsageError):
        module.write(str(source), str(folder / "known" / "below"))
    assert [(each.name, each.read_text()) for each in folder.iterdir()] == [("known", "as it was")]


def test_what_is_not_as_it_should_be_fails_nothing(tmp_path: Path) -> None:
    odd: list[Any] = [
        {"severity": "info"},
        {"severity": "info", "message": 7, "line": "x", "fix": [], "path": None, "column": -4, "end_line": 2**70},
        {"severity": "info", "fix": {"edits": "x", "title": {}}, "code": ["a"]},
    ]
    source = written(tmp_path / "a.jsonl", Record("a/b", "model", "hub", findings=tuple(odd)))
    for module in (csv_file, parquet, sqlite):
        module.write(str(source), str(tmp_path / module.__name__))
        assert (tmp_path / module.__name__).stat().st_size


def test_the_queries_of_the_documentation(source: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "audit.db", tmp_path / "other.jsonl"
    written(other, record("acme/demo", findings=[finding()]), run=RUN._replace(started="2026-11-01T10:00:00Z"))
    for path in (other, source):
        sqlite.write(str(path), str(file))
    page = (Path(__file__).resolve().parent.parent / "docs" / "audit-results.md").read_text("utf-8")
    rules, kinds, owners, places, history, new, failed = (
        queried(file, query) for query in re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    )
    assert rules[0] == ("SP008", "invalid-color", "error", 1 + len(HOSTILE), 2)
    assert sorted(kinds) == [("dataset", 1, 1, 100.0), ("model", 1, 0, 0.0), ("space", 1, 0, 0.0)]
    assert owners == [("x", len(HOSTILE), len(HOSTILE)), ("acme", 1, 1)]
    assert len(places) == 1 + len(HOSTILE) and places[0][:3] == ("acme/demo", "README.md", 2)
    assert history == [("2026-11-01T10:00:00Z", 1), (RUN.started, 1 + len(HOSTILE))]
    assert len(new) == 1 + len(HOSTILE) and new[0][:2] == ("acme/demo", "MC008")
    assert failed == [("acme/secret", FAILED.reason)]


def test_the_python_of_the_documentation(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    parquet.write(str(source), "findings.parquet")
    page = (Path(__file__).resolve().parent.parent / "docs" / "audit-results.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(code, {})
    assert re.search(r"SP008\s+2\n", capsys.readouterr().out)


def test_the_columns_of_the_documentation(source: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.db"
    sqlite.write(str(source), str(file))
    page = (Path(__file__).resolve().parent.parent / "docs" / "audit-results.md").read_text("utf-8")
    for table in ("runs", "repositories", "findings"):
        told, *_ = re.findall(rf"^\| `{table}` \| (.*) \|$", page, re.MULTILINE)
        columns = [row[1] for row in queried(file, f"PRAGMA table_info({table})")]
        assert sorted(re.findall(r"`(\w+)`", told)) == sorted(columns)
