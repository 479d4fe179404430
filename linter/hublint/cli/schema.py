"""`hublint schema`: the JSON Schemas, for editors and other tools."""

from __future__ import annotations

import sys

import click

import hublint_schemas
from hublint.reporters.door import emit


@click.command()
@click.argument("name", type=click.Choice((*hublint_schemas.KINDS, *hublint_schemas.FILES)))
def schema(name: str) -> None:
    """Print a JSON Schema: that of the metadata block in a space's, model's or dataset's README.md, that of a model's
    .eval_results/*.yaml (eval_results), or that of a benchmark's eval.yaml (eval_yaml)."""
    emit(hublint_schemas.schema_text(name), sys.stdout, "json")
