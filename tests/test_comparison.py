"""docs/comparison.md: its faults are those that were measured, and hublint still does with them what the table says."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import peers  # noqa: E402

PAGE = (ROOT / "docs" / "comparison.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.split("\n\n")[2].splitlines()]


def test_the_table_is_of_these_faults_and_tools() -> None:
    head, _, *rows, last = ROWS
    assert head == ["fault", "on the Hub", *(tool.name for tool in peers.TOOLS)]
    assert [row[:2] for row in rows] == [[fault.what, fault.effect] for fault in peers.FAULTS]
    counts = [f"{sum(map(bool, column))} of {len(rows)}" for column in list(zip(*rows, strict=True))[2:]]
    assert last == ["**found**", "", *counts]
    assert f"{len(rows)} faults" in PAGE


def test_hublint_finds_what_the_table_says(tmp_path: Path) -> None:
    said = {
        fault.what: peers.found(peers.TOOLS[0], fault, tmp_path, tmp_path, silent)
        for silent in [{}]
        for fault in peers.FAULTS
    }
    assert said == {row[0]: row[2] for row in ROWS[2:-1]}


def test_versions_are_those_that_were_run() -> None:
    for name, _, version in (peer.partition("==") for peer in peers.PEERS if "==" in peer):
        assert re.search(rf"\| [^|]*{name.removesuffix('-bin')}[^|]* \| {re.escape(version)} \|", PAGE), name
