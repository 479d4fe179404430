"""`hublint schema`: the JSON Schemas, for editors and other tools."""

from __future__ import annotations

import click

from hublint.rule import KINDS


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
def schema(kind: str) -> None:
    """Print the JSON Schema of the metadata block of a KIND's README.md."""
    import hublint_schemas

    click.echo(hublint_schemas.schema_text(kind), nl=False)
