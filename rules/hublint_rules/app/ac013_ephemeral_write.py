"""The app keeps a database in a file on the container's disk, which is emptied at every restart.

## What it does
Reports SQLite, TinyDB, `shelve` and similar databases that the app opens at a relative path and writes to. It is
silent on files that are in the repository, on `/data`, temporary folders and every other absolute path, where a volume
may be mounted, and in apps that upload files to the Hub themselves.

## Why it matters on the Hub
A Space's disk is ephemeral: what users entered is gone when the Space restarts, sleeps or is built again. Only
attached volumes last; the former persistent storage does not exist any more.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import sqlite3

connection = sqlite3.connect("users.db")
connection.execute("CREATE TABLE IF NOT EXISTS users (name TEXT)")
connection.execute("INSERT INTO users VALUES (?)", ("Ada",))
connection.commit()
```

## Use instead
Attach a Storage Bucket in the Space's settings, here at `/data`.
```yaml
title: Demo
sdk: gradio
```
```python app.py
import sqlite3

connection = sqlite3.connect("/data/users.db")
connection.execute("CREATE TABLE IF NOT EXISTS users (name TEXT)")
connection.execute("INSERT INTO users VALUES (?)", ("Ada",))
connection.commit()
```

## Evidence
https://huggingface.co/docs/hub/spaces-storage (2026-08-22): the disk is ephemeral, its content lost if the Space
restarts or is stopped; Storage Buckets are attached as volumes at any path.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC013",
    name="ephemeral-write",
    severity="info",
    effect="advice",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    only_if=("sqlite", "tinydb", "shelve"),
)

# What opens a file, by the keyword argument that is first.
_FILES = {
    "sqlite3.connect": "database",
    "aiosqlite.connect": "database",
    "peewee.SqliteDatabase": "database",
    "playhouse.sqlite_ext.SqliteExtDatabase": "database",
    "sqlitedict.SqliteDict": "filename",
    "tinydb.TinyDB": "path",
    "shelve.open": "filename",
}
_URLS = {
    "sqlalchemy.create_engine": "url",
    "sqlalchemy.ext.asyncio.create_async_engine": "url",
    "sqlmodel.create_engine": "url",
    "databases.Database": "url",
    "dataset.connect": "url",
}
_URL_SETTING = "SQLALCHEMY_DATABASE_URI"
_WRITERS = frozenset(("sqlitedict.SqliteDict", "tinydb.TinyDB", "shelve.open"))
_WRITES = (
    r"(?i)\b(?:insert|replace)\s+(?:or\s+\w+\s+)?into\b|\bupdate\s+\w+\s+set\b"
    r"|\.commit\(|\.create_all\(|\.create_tables\("
)
# Such an app may well save the file on the Hub and fetch it at the start, or know of a volume.
_SAVES = (
    r"\b(?:upload_file|upload_folder|upload_large_folder|CommitScheduler|push_to_hub|create_commit|sync_bucket)\b"
    r"|['\"]/data\b"
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first place where each database is opened."""
    import re

    from hublint.space.running import reached

    apps = reached(repository, "")
    if not apps or any(re.search(_SAVES, python.source.text) for python in apps):
        return
    writing = any(re.search(_WRITES, python.source.text) for python in apps)
    names = {path.rpartition("/")[2] for path in repository.files}
    seen: set[str] = set()
    for python in apps:
        for node, path, certain in _opened(python):
            if path in seen or not (writing or certain) or not _is_relative(path):
                continue
            if path.rpartition("/")[2] in names or _in_mounted_directory(repository):
                continue
            seen.add(path)
            yield Finding(
                python.source,
                node,
                f"what is written to `{path}` is lost when the Space restarts, unless a volume is mounted there; "
                "attach a Storage Bucket and keep it on that",
            )


def _opened(python: PythonSource) -> Iterator[tuple[ast.expr, str, bool]]:
    """Databases: the place in the code, the path, and whether what opens it is there for writing."""
    for call in python.calls:
        name = call.name
        if name in _FILES and not call.unpacks:
            path = _path(python, call, _FILES[name], is_url=False)
        elif name in _URLS:
            path = _path(python, call, _URLS[name], is_url=True)
        else:
            continue
        if path:
            yield call.node, path, name in _WRITERS
    for assignment in python.assignments:
        if assignment.name.endswith(_URL_SETTING):
            path = _file_of_url(_text(python, assignment.value))
            if path:
                yield assignment.value, path, True


def _path(python: PythonSource, call: Call, keyword: str, is_url: bool) -> str:
    given = call.argument(keyword, 0)
    if given is None:
        return ""
    text = _text(python, given)
    flag = call.keyword("flag")
    if flag is not None and _text(python, flag.value) == "r":
        return ""
    return _file_of_url(text) if is_url else text


def _text(python: PythonSource, expression: ast.expr) -> str:
    known = python.value(expression)
    if known is None or known.env or known.option is not None or not isinstance(known.value, str):
        return ""
    return known.value


def _file_of_url(url: str) -> str:
    scheme, separator, path = url.partition(":///")
    return path.partition("?")[0] if separator and scheme.partition("+")[0] == "sqlite" else ""


def _is_relative(path: str) -> bool:
    """Whether a path certainly lies on the container's own disk, as far as code can tell."""
    return (
        bool(path)
        and not path.startswith(("/", "~", "file:", ":memory:", ".."))
        and "\\" not in path
        and ":" not in path
    )


def _in_mounted_directory(repository: Repository) -> bool:
    """Whether a container starts in a folder that is outside of the app's own, such as `/data`."""
    dockerfile = repository.dockerfile if repository.sdk == "docker" else None
    stage = dockerfile.final_stage if dockerfile else None
    return stage is not None and (stage.directory or "").startswith(("/data", "/tmp", "/mnt"))
