"""`hublint audit diff`: what is new, gone and moved between two audits."""

from __future__ import annotations

import sys

import click

from hublint.audit.results.changes import FORMATS, told
from hublint.engine.config import FAIL_ON
from hublint.reporters.door import emit
from hublint.reporters.style import Style
from hublint.rule import SEVERITIES


@click.command()
@click.argument("before", metavar="A", type=click.Path())
@click.argument("after", metavar="B", type=click.Path())
@click.option("--output-format", "format", type=click.Choice(FORMATS), default="text", help="How it is told [text].")
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), default="warning", help="Exit 1 where this or worse is new [warning]."
)
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Color the output.")
def diff(before: str, after: str, format: str, fail_on: str, color: str) -> int:
    """Tell what is new, gone and moved from the audit in file A to that in file B."""
    totals, pieces = told(before, after, format, Style.of(color, sys.stdout))
    for piece in pieces:
        emit(piece, sys.stdout, format)
    worst = SEVERITIES[: SEVERITIES.index(fail_on.replace("note", "info")) + 1] if fail_on != "never" else ()
    return int(any(totals.severities[severity] for severity in worst))
