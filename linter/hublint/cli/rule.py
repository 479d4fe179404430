"""`hublint rule`: the catalogue and the documentation of each rule."""

from __future__ import annotations

import sys

import click

from hublint.cli.completion import rules
from hublint.engine import registry, selection
from hublint.engine.catalogue import describe, summary_of
from hublint.engine.config import own_plugins
from hublint.errors import UsageError
from hublint.reporters.door import complain, emit
from hublint.reporters.page import filled
from hublint.reporters.style import width_of
from hublint.reporters.wording import SEVERITY_WORDS
from hublint.reporters.wrapping import wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.rule import Rule

_MOST = 20  # found rules that are listed


@click.command()
@click.argument("words", nargs=-1, metavar="[RULE | WORD ...]", shell_complete=rules)
@click.option("--plugin", "plugins", multiple=True, metavar="MODULE", help="Rules of your own too; repeatable.")
@click.option("--output-format", type=click.Choice(("text", "json")), default="text", help="How to print it.")
def rule(words: tuple[str, ...], plugins: tuple[str, ...], output_format: str) -> None:
    """Explain RULE (a code or a name), or find the rules that speak of WORDs or of a message; without any, list all."""
    plugins = tuple(dict.fromkeys((*own_plugins(), *plugins)))
    listed = registry.listed(plugins)
    codes = _codes_of(words, listed, plugins) if words else list(listed)
    loaded = [registry.load(listed[code]) for code in codes]
    if output_format == "json":
        import json

        described = [describe(one) for one in loaded]
        text = json.dumps(described[0] if words and len(described) == 1 else described, indent=2)
        emit(f"{text}\n", sys.stdout, "json")
    elif words and len(loaded) == 1:
        emit(filled(_page(loaded[0]), width_of(sys.stdout)), sys.stdout)
    else:
        width = width_of(sys.stdout)
        lines = (line for one in loaded for line in wrapped(_line(one), width, "    "))
        emit("".join(f"{line}\n" for line in lines), sys.stdout)


def _codes_of(words: tuple[str, ...], listed: dict[str, registry.Listed], plugins: tuple[str, ...]) -> list[str]:
    """The codes that a code, a name or another selector means, else those of the rules that speak of the words."""
    from hublint.engine.rule_search import search

    given = " ".join(words)
    try:
        codes = [code for code in listed if given.upper() == code or listed[code].name == given.lower()]
        return codes or sorted(selection.expand(given, plugins))
    except UsageError:
        found = search(given, listed.values())
        if not found:
            near = selection.meant(given, plugins)
            raise UsageError(f"no rule is called `{given}`, and none speaks of it{near}") from None
    if not found[0].whole:
        complain("no rule speaks of all of these words; the nearest:")
    if len(found) > _MOST:
        complain(f"the best {_MOST} of {len(found)} rules; more words find fewer")
    return [match.code for match in found[:_MOST]]


def _page(one: registry.Loaded) -> str:
    """All that is told of one rule."""
    facts = describe(one)
    sdks = f" with sdk {' or '.join(facts['sdks'])}" if facts["sdks"] else ""
    page = f"\n{facts['url']}\n" if facts["url"] else ""
    return (
        f"{one.rule.code} {one.rule.name}\n\n"
        f"{SEVERITY_WORDS[one.rule.severity]}, on the Hub: {facts['effect']}; {', '.join(facts['kinds'])}{sdks}; "
        f"fix: {facts['fix'] or 'none'}; {_when(one.rule)}; since {one.rule.since}\n\n"
        f"{facts['documentation']}\n{page}"
    )


def _line(one: registry.Loaded) -> str:
    """A rule's line in the list."""
    mark = {"safe": "*", "unsafe": "?"}.get(one.rule.fix or "", " ")
    severity = SEVERITY_WORDS[one.rule.severity] if one.rule.default else "off"
    return f"{one.rule.code} {severity:8}{mark} {one.rule.name:32} {summary_of(one.docs)}"


def _when(rule: Rule) -> str:
    return "only with --online" if rule.online else f"{'on' if rule.default else 'off'} by default"
