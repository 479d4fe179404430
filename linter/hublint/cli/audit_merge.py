"""`hublint audit merge`: the files of parts as one."""

from __future__ import annotations

import sys

import click

from hublint.audit.journal import spared
from hublint.audit.merging import merge as merged
from hublint.audit.merging import parts
from hublint.audit.placing import replacing
from hublint.audit.records import Writer
from hublint.audit.totals import Totals
from hublint.reporters.door import complain, emit
from hublint.reporters.style import Style


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--output", metavar="FILE", type=click.Path(), default="audit.jsonl", help="Where they go [audit.jsonl].")
def merge(files: tuple[str, ...], output: str) -> int:
    """Put the FILES of an audit together: sorted by kind, id and revision, each repository once.

    Exit code 2 where a part is missing or was broken off, or a repository could not be checked.
    """
    found = parts(files)
    for sentence in found.amiss:
        complain(sentence)
    spared(output)
    totals = Totals()
    with replacing(output) as file, Writer(file, found.run, totals) as writer:
        merged(files, writer)
    style = Style.of("auto", sys.stdout)
    emit("".join(f"{line}\n" for line in (*totals.lines(style), f"written to {style.shown(output)}")), sys.stdout)
    return 2 if found.amiss or totals.failed else 0
