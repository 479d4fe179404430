"""Records as rows of a table: the same columns in SQLite, Parquet and CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hublint.audit.records import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.audit.records import Record

Value = str | int
_MOST = 2**31 - 1

# Of a repository; what is a number is said.
REPOSITORY: dict[str, type] = {
    **dict.fromkeys(("repository", "owner", "kind", "source", "revision", "status", "reason"), str),
    **dict.fromkeys(("files", "errors", "warnings", "notes"), int),
}
FINDING: dict[str, type] = {
    **dict.fromkeys(("severity", "code", "name", "path"), str),
    **dict.fromkeys(("line", "column", "end_line", "end_column"), int),
    **dict.fromkeys(("message", "hub_message", "help", "route"), str),
    **dict.fromkeys(("fix_safety", "fix_title", "fix_edits", "frame", "fingerprint", "url"), str),
}


def repository_row(record: Record) -> dict[str, Value]:
    """A repository, with the counts of its findings."""
    name = text(record.id)
    return {
        "repository": name,
        "owner": owner_of(name),
        "kind": text(record.kind),
        "source": text(record.source),
        "revision": text(record.revision),
        "status": text(record.status),
        "reason": text(record.reason),
        "files": number(record.files),
        **dict(zip(("errors", "warnings", "notes"), map(record.count, SEVERITIES), strict=True)),
    }


def finding_row(finding: Mapping[str, Any], edits: bool = True) -> dict[str, Value]:
    """A finding without its repository; what it lacks is empty or 0.

    Args:
        edits: whether those of its fix are needed.
    """
    row = {column: kind(finding.get(column)) for column, kind in _COLUMNS}
    fix = finding.get("fix")
    if isinstance(fix, dict):
        row["fix_safety"], row["fix_title"] = text(fix.get("safety")), text(fix.get("title"))
        if edits and fix.get("edits"):
            row["fix_edits"] = json.dumps(fix["edits"])
    return row


def owner_of(name: str) -> str:
    """Who a repository belongs to: what is before its name; the folder around it where it is one."""
    return name.rpartition("/")[0]


def text(value: Any) -> str:
    """A value as text that every format can hold: what is no character is shown as an escape."""
    if value is None:
        return ""
    whole = value if isinstance(value, str) else json.dumps(value)
    return whole if whole.isascii() else whole.encode("utf-8", "backslashreplace").decode()


def number(value: Any) -> int:
    """A count or place, 0 for what is neither."""
    return min(max(value, 0), _MOST) if isinstance(value, int) else 0


_COLUMNS = tuple((column, number if kind is int else text) for column, kind in FINDING.items())
