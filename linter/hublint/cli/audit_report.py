"""`hublint audit report`: what an audit found, as text, as a page, as tables."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from hublint.audit.changed import Changed
from hublint.audit.records import Record, read
from hublint.audit.totals import Totals
from hublint.errors import UsageError
from hublint.reporters.door import complain, emit
from hublint.reporters.style import Style

_FORMATS = {
    "html": "One file that a browser opens, with nothing to load.",
    "sqlite": "A database; one that is there gets this run too.",
    "parquet": "Findings as a table; needs the extra `audit`.",
    "csv": "Findings for a spreadsheet.",
}


def _options(command: click.Command) -> click.Command:
    for name, what in reversed(_FORMATS.items()):
        command = click.option(f"--{name}", metavar="FILE", type=click.Path(), help=what)(command)
    return command


@click.command()
@click.argument("file", type=click.Path())
@_options  # type: ignore[arg-type]
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Color the output.")
def report(file: str, color: str, **targets: str | None) -> int:
    """Show what is in the FILE of an audit; with options, write it into files."""
    wanted = {name: target for name, target in targets.items() if target is not None}
    twice = {target for target in wanted.values() if [*wanted.values(), file].count(target) > 1}
    if twice:
        raise UsageError(f"{twice.pop()}: would be read and written, or written twice")
    totals, changed, complete = Totals(), Changed(), False
    for line in read(file):
        if isinstance(line, Record):
            totals.add(line)
            changed.add(line)
        complete = not isinstance(line, Record)
    if not complete:
        complain(f"{file}: the run was broken off; this is what was done until then")
    for name, target in wanted.items():
        import_module(f"hublint.audit.results.{name}").write(file, target)
    style = Style.of(color, sys.stdout)
    lines = [f"written to {style.shown(target)}" for target in wanted.values()] or [
        *totals.lines(style),
        *changed.lines(),
    ]
    emit("".join(f"{line}\n" for line in lines), sys.stdout)
    return 0
