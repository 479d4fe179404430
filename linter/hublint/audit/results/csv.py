"""Findings as CSV, which spreadsheets open."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hublint.audit.placing import replacing
from hublint.audit.records import repositories
from hublint.audit.results.rows import FINDING, finding_row, repository_row

if TYPE_CHECKING:
    from hublint.audit.results.rows import Value

_OF_REPOSITORY = ("repository", "owner", "kind", "source", "revision")
COLUMNS = (*_OF_REPOSITORY, *(column for column in FINDING if column not in ("fix_edits", "frame")))
# What a spreadsheet takes for the beginning of a formula. Source: OWASP, CSV Injection (2026-11-29).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(source: str, target: str) -> None:
    """Write the findings of an audit's file as RFC 4180 has them, with a head line; code frames and edits are left out.

    A text that begins as a formula does has `'` before it.

    Raises:
        UsageError: a file cannot be read or written.
    """
    with replacing(target) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        for record in repositories(source):
            row = repository_row(record)
            for finding in record.findings:
                writer.writerow({column: _shown(value) for column, value in (row | finding_row(finding)).items()})


def _shown(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
