"""Audits run as a user runs them, and what is in their files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from hublint.audit.records import Record, repositories

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = "---\n# Demo\n\n```python\nload()\n```\n"
MODEL = f"---\nlicense: Apache 2.0\n{_TEXT}"
CLEAN = f"---\nlicense: apache-2.0\nlanguage: en\nlibrary_name: transformers\npipeline_tag: text-generation\n{_TEXT}"


def audit(
    folder: Path, *words: str, input: str | None = None, python: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`hublint audit` in a folder, as a process of its own."""
    return subprocess.run(
        [python, "-m", "hublint", "audit", *words],
        cwd=folder,
        input=input,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )


def records(file: Path) -> dict[str, Record]:
    """The repositories in a file, by id."""
    return {record.id: record for record in repositories(str(file))}


def codes(record: Record) -> list[str]:
    """The rules that found something."""
    return [finding["code"] for finding in record.findings]


def folders(root: Path, number: int) -> None:
    """So many model repositories, every other of them with a finding."""
    for each in range(number):
        place = root / f"model-{each:03}"
        place.mkdir(parents=True)
        (place / "README.md").write_text(CLEAN if each % 2 else MODEL)
        (place / "config.json").write_text("{}")


def rows(file: Path, *rows: dict[str, Any]) -> Path:
    """A dump of JSON Lines."""
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return file
