"""`hublint schema`: the JSON Schemas, for editors and other tools."""

from __future__ import annotations

import sys

import click

import hublint_schemas
from hublint.reporters.door import emit


@click.command()
@click.argument("name", type=click.Choice((*hublint_schemas.KINDS, *hublint_schemas.FILES, "config")))
def schema(name: str) -> None:
    """Print a JSON Schema: that of the metadata block in a space's, model's or dataset's README.md, that of a model's
    .eval_results/*.yaml (eval_results), of a benchmark's eval.yaml (eval_yaml), or of hublint.toml (config)."""
    if name == "config":
        import json

        from hublint.engine.config_schema import schema as made

        emit(json.dumps(made(), indent=2) + "\n", sys.stdout, "json")
        return
    emit(hublint_schemas.schema_text(name), sys.stdout, "json")
