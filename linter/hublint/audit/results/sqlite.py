"""Runs, repositories and findings as a database of SQLite; docs/audit-results.md has queries."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hublint.audit.records import End, Record, Run, read
from hublint.audit.results.rows import FINDING, REPOSITORY, finding_row, repository_row, text
from hublint.errors import UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

APPLICATION = 0x68_75_62_6C  # "hubl", by which a database is known as one of hublint's
VERSION = 1
_TYPES = {str: "TEXT", int: "INTEGER"}
_OTHERS = {name: kind for name, kind in REPOSITORY.items() if name != "repository"}


def _columns(columns: Mapping[str, type]) -> str:
    return ", ".join(f'"{name}" {_TYPES[kind]} NOT NULL' for name, kind in columns.items())


SCHEMA = f"""
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, version TEXT NOT NULL, targets TEXT NOT NULL, shard TEXT NOT NULL,
  selection TEXT NOT NULL, complete INTEGER NOT NULL DEFAULT 0, UNIQUE (started, targets, shard)
);
CREATE TABLE repositories (
  id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name TEXT NOT NULL, {_columns(_OTHERS)}
);
CREATE TABLE findings (
  id INTEGER PRIMARY KEY, repository_id INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  {_columns(FINDING)}
);
CREATE INDEX repositories_by_name ON repositories (run_id, name);
CREATE INDEX repositories_by_owner ON repositories (run_id, owner);
CREATE INDEX findings_by_repository ON findings (repository_id);
CREATE INDEX findings_by_code ON findings (code, severity);
CREATE VIEW latest AS
  SELECT repositories.name AS repository, owner, kind, findings.* FROM findings
  JOIN repositories ON repositories.id = repository_id
  WHERE run_id = (SELECT id FROM runs ORDER BY started DESC, id DESC LIMIT 1);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""


def write(source: str, target: str) -> None:
    """Put the run of an audit's file into a database, which may hold others; one that is in it already is replaced.

    All or nothing: where something fails, the database is as it was.

    Raises:
        UsageError: a file cannot be read or written, or is not a database of hublint.
    """
    try:
        import sqlite3
    except ImportError:
        raise UsageError("this Python was built without sqlite3") from None

    try:
        os.makedirs(os.path.dirname(os.path.realpath(target)), exist_ok=True)
        is_new = not os.path.exists(target) or not os.path.getsize(target)
        connection = sqlite3.connect(target, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise UsageError(f"{target}: {error}") from None
    done = False
    try:
        _prepare(connection, target, is_new)
        connection.execute("BEGIN IMMEDIATE")
        _fill(connection, read(source))
        connection.execute("COMMIT")
        done = True
    except sqlite3.DatabaseError as error:
        raise UsageError(f"{target}: {error}") from None
    finally:
        connection.close()  # what was not committed is undone
        if is_new and not done and os.path.isfile(target):
            os.unlink(target)


def _prepare(connection: sqlite3.Connection, target: str, is_new: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    if is_new:
        connection.executescript(SCHEMA)
    known = tuple(connection.execute(f"PRAGMA {each}").fetchone()[0] for each in ("application_id", "user_version"))
    if known != (APPLICATION, VERSION):
        raise UsageError(f"{target}: is not a database of hublint {VERSION}; name another file")


def _fill(connection: sqlite3.Connection, lines: Iterable[Run | Record | End]) -> None:
    run = None
    for line in lines:
        if isinstance(line, Run):
            run = _run(connection, line)
        elif isinstance(line, End):
            connection.execute("UPDATE runs SET complete = 1 WHERE id = ?", (run,))
        else:
            row = repository_row(line)
            row["name"] = row.pop("repository")
            repository = _insert(connection, "repositories", {"run_id": run, **row})
            for finding in line.findings:
                _insert(connection, "findings", {"repository_id": repository, **finding_row(finding)})


def _run(connection: sqlite3.Connection, run: Run) -> int | None:
    """Put in a run; the same one, if it is there, is taken out."""
    key = {"started": text(run.started), "targets": text(run.targets), "shard": text(run.shard)}
    connection.execute("DELETE FROM runs WHERE (started, targets, shard) = (?, ?, ?)", tuple(key.values()))
    more = {"version": text(run.tool.get("version")), "selection": text(run.selection)}
    return _insert(connection, "runs", {**key, **more})


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int | None:
    names = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join("?" * len(row))
    return connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values())).lastrowid
