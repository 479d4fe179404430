"""`hublint rule`: the catalogue and the documentation of each rule."""

from __future__ import annotations

import click

from hublint.engine import registry, selection
from hublint.engine.catalogue import describe, summary_of
from hublint.errors import UsageError


@click.command()
@click.argument("rule", required=False)
@click.option("--output-format", type=click.Choice(("text", "json")), default="text", help="How to print it.")
def rule(rule: str | None, output_format: str) -> None:
    """Explain RULE (a code or a name); without it list all rules."""
    listed = registry.listed()
    if rule is None:
        codes = list(listed)
    else:
        codes = [code for code in listed if rule.upper() == code or listed[code].name == rule.lower()]
        if not codes:
            codes = sorted(selection.expand(rule))
        if not codes:
            raise UsageError(f"no rule is called `{rule}`; see `hublint rule`")
    loaded = [registry.load(listed[code]) for code in codes]
    if output_format == "json":
        import json

        described = [describe(one) for one in loaded]
        click.echo(json.dumps(described[0] if rule and len(described) == 1 else described, indent=2))
    elif rule is not None and len(loaded) == 1:
        one = loaded[0]
        click.echo(f"{one.rule.code} {one.rule.name}\n")
        facts = describe(one)
        sdks = f" with sdk {' or '.join(facts['sdks'])}" if facts["sdks"] else ""
        click.echo(
            f"{facts['severity']}, on the Hub: {facts['effect']}; {', '.join(facts['kinds'])}{sdks}; "
            f"fix: {facts['fix'] or 'none'}; {'on' if one.rule.default else 'off'} by default; since {one.rule.since}\n"
        )
        click.echo(facts["documentation"])
    else:
        for one in loaded:
            mark = {"safe": "*", "unsafe": "?"}.get(one.rule.fix or "", " ")
            severity = one.rule.severity if one.rule.default else "off"
            click.echo(f"{one.rule.code} {severity:8}{mark} {one.rule.name:32} {summary_of(one.docs)}")
