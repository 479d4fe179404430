"""`hublint rule`: the catalogue and the documentation of each rule."""

from __future__ import annotations

import re
import sys

import click

from hublint.engine import registry, selection
from hublint.engine.catalogue import describe, summary_of
from hublint.engine.config import own_plugins
from hublint.errors import UsageError
from hublint.reporters.door import emit
from hublint.reporters.page import filled
from hublint.reporters.style import width_of
from hublint.reporters.wording import SEVERITY_WORDS
from hublint.reporters.wrapping import wrapped

_SHORTEST = 3  # letters of a word that is looked for


@click.command()
@click.argument("rule", required=False)
@click.option("--plugin", "plugins", multiple=True, metavar="MODULE", help="Rules of your own too; repeatable.")
@click.option("--output-format", type=click.Choice(("text", "json")), default="text", help="How to print it.")
def rule(rule: str | None, plugins: tuple[str, ...], output_format: str) -> None:
    """Explain RULE (a code or a name) or list the rules about a word; without it list all."""
    plugins = tuple(dict.fromkeys((*own_plugins(), *plugins)))
    listed = registry.listed(plugins)
    codes = list(listed) if rule is None else _codes_of(rule, listed, plugins)
    loaded = [registry.load(listed[code]) for code in codes]
    if output_format == "json":
        import json

        described = [describe(one) for one in loaded]
        text = json.dumps(described[0] if rule and len(described) == 1 else described, indent=2)
        emit(f"{text}\n", sys.stdout, "json")
    elif rule is not None and len(loaded) == 1:
        emit(filled(_page(loaded[0]), width_of(sys.stdout)), sys.stdout)
    else:
        width = width_of(sys.stdout)
        lines = (line for one in loaded for line in wrapped(_line(one), width, "    "))
        emit("".join(f"{line}\n" for line in lines), sys.stdout)


def _codes_of(rule: str, listed: dict[str, registry.Listed], plugins: tuple[str, ...]) -> list[str]:
    """The codes that a code, a name, a prefix or another selector means, else those that speak of a word."""
    codes = [code for code in listed if rule.upper() == code or listed[code].name == rule.lower()]
    if codes:
        return codes
    try:
        codes = sorted(selection.expand(rule, plugins))
    except UsageError:
        codes = _speaking_of(rule, listed)
        if not codes:
            raise
    return codes


def _speaking_of(word: str, listed: dict[str, registry.Listed]) -> list[str]:
    """The codes of rules whose name or first sentence has a word that begins so."""
    if len(word) < _SHORTEST or not word.replace("-", "").replace(" ", "").isalpha():
        return []
    begun = re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE)
    return [
        code
        for code, one in listed.items()
        if begun.search(one.name) or begun.search(summary_of(registry.load(one).docs))
    ]


def _page(one: registry.Loaded) -> str:
    """All that is told of one rule."""
    facts = describe(one)
    sdks = f" with sdk {' or '.join(facts['sdks'])}" if facts["sdks"] else ""
    return (
        f"{one.rule.code} {one.rule.name}\n\n"
        f"{SEVERITY_WORDS[one.rule.severity]}, on the Hub: {facts['effect']}; {', '.join(facts['kinds'])}{sdks}; "
        f"fix: {facts['fix'] or 'none'}; {'on' if one.rule.default else 'off'} by default; since {one.rule.since}\n\n"
        f"{facts['documentation']}\n"
    )


def _line(one: registry.Loaded) -> str:
    """A rule's line in the list."""
    mark = {"safe": "*", "unsafe": "?"}.get(one.rule.fix or "", " ")
    severity = SEVERITY_WORDS[one.rule.severity] if one.rule.default else "off"
    return f"{one.rule.code} {severity:8}{mark} {one.rule.name:32} {summary_of(one.docs)}"
