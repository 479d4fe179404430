"""Findings as Parquet, which data frames, DuckDB and the Hub's own viewer open; needs pyarrow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hublint.audit.placing import replacing
from hublint.audit.records import Record, Run, read
from hublint.audit.results.rows import FINDING, REPOSITORY, finding_row, repository_row, text
from hublint.errors import UsageError

if TYPE_CHECKING:
    from hublint.audit.results.rows import Value

_ROWS = 20_000  # of a group; so many are in memory
_LEFT_OUT = ("status", "reason", "files", "errors", "warnings", "notes")
COLUMNS: dict[str, type] = {**{name: kind for name, kind in REPOSITORY.items() if name not in _LEFT_OUT}, **FINDING}
# Of which there are few, so that each is kept once.
_FEW = ("owner", "kind", "source", "severity", "code", "name", "fix_safety", "url")


def write(source: str, target: str) -> None:
    """Write the findings of an audit's file, a row each; the run is in the file's metadata under `hublint`.

    Raises:
        UsageError: a file cannot be read or written, or pyarrow is missing.
    """
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'hublint[audit]'") from None

    lines = read(source)
    run = next(lines)
    assert isinstance(run, Run)
    about = {"started": run.started, "targets": run.targets, "shard": run.shard, "tool": dict(run.tool)}
    schema = pyarrow.schema(
        [(name, pyarrow.string() if kind is str else pyarrow.int32()) for name, kind in COLUMNS.items()],
        {"hublint": text(json.dumps(about))},
    )
    with replacing(target) as file:
        writer = parquet.ParquetWriter(file, schema, compression="zstd", use_dictionary=list(_FEW))
        with writer:
            rows: list[dict[str, Value]] = []

            def flush() -> None:
                columns: dict[str, list[Any]] = {column: [row[column] for row in rows] for column in COLUMNS}
                writer.write_table(pyarrow.table(columns, schema))
                rows.clear()

            for record in lines:
                if not isinstance(record, Record):
                    continue
                row = repository_row(record)
                for finding in record.findings:
                    rows.append(row | finding_row(finding))
                    if len(rows) == _ROWS:
                        flush()
            flush()
