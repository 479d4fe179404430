"""What is told of the thing under the cursor: a finding's rule, a key, a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

import hublint_schemas
from hublint.documents.yaml.render import render_scalar
from hublint.engine import registry
from hublint.engine.catalogue import summary_of
from hublint.reporters.wording import SEVERITY_WORDS
from hublint.server import vocabulary
from hublint.server.cursor import ITEM
from hublint.server.diagnostics import range_of
from hublint.server.parts import yaml_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.engine.registry import Loaded
    from hublint.server.checking import Judged
    from hublint.server.cursor import Cursor
    from hublint.server.documents import Document

_SECTIONS = ("What it does", "Why it matters on the Hub", "Fix safety")
_LISTED = 24  # values; of more some are shown
_SHOWN = 5
_HUB_DOCS = "https://github.com/huggingface/hub-docs"
_KINDS = {"space": "Spaces", "model": "models", "dataset": "datasets"}


def hover(document: Document, judged: Judged | None, line: int, character: int) -> types.Hover | None:
    """What is told of a position of the client; None where there is nothing to tell."""
    told: list[str] = []
    place: types.Range | None = None
    if judged is not None and judged.document == document:
        lines = document.lines()
        at = (line, character)
        for finding in judged.findings:
            where = range_of(finding.place, lines)
            if (where.start.line, where.start.character) <= at <= (where.end.line, where.end.character):
                place = place or where
                rule = registry.listed(judged.project.settings.config.plugins if judged.project else ()).get(
                    finding.code
                )
                if rule is not None:
                    told.append(rule_page(registry.load(rule)))
    known = _of_yaml(document, judged, line, character)
    if known is not None:
        told.append(known[0])
        place = place or known[1]
    told = list(dict.fromkeys(told))
    if not told:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(told)), place)


def rule_page(loaded: Loaded) -> str:
    """A rule's page in short."""
    rule, docs = loaded.rule, loaded.docs.strip()
    fix = {"safe": "has a safe fix", "unsafe": "has an unsafe fix"}.get(rule.fix or "", "has no fix")
    parts = [
        f"**{rule.code} {rule.name}**: {summary_of(docs)}",
        f"{SEVERITY_WORDS[rule.severity]}, {fix}, since {rule.since}",
    ]
    for title in _SECTIONS:
        _, found, rest = docs.partition(f"## {title}\n")
        if found:
            parts.append(f"*{title}*\n\n{rest.partition(chr(10) + '## ')[0].strip()}")
    return "\n\n".join([*parts, *([f"[The rule's page]({rule.url})"] if rule.url else [])])


def _of_yaml(document: Document, judged: Judged | None, line: int, character: int) -> tuple[str, types.Range] | None:
    """What the schema tells of the key or value at a position, and where that stands."""
    lines = document.lines()
    part = yaml_of(document, judged, lines)
    if part is None:
        return None
    column = len(lines.source.text[lines.offset(line, 0) : lines.offset(line, character)])
    cursor = part.cursor(line, column)
    if cursor is None or not cursor.text:
        return None
    start = lines.offset(line, 0) + cursor.start
    where = types.Range(types.Position(*lines.at(start)), types.Position(*lines.at(start + cursor.end - cursor.start)))
    for schema in part.schemas:
        text = _value(schema, cursor) if cursor.part == "value" or cursor.item else ""
        if not text and cursor.part == "key":
            text = key_page(schema, (*cursor.route, cursor.text))
        if text:
            return text, where
    return None


def key_page(schema: str, route: tuple[str, ...]) -> str:
    """What there is to know of a key; empty where the schema does not know it."""
    found = vocabulary.nodes(schema, route)
    if not found:
        return ""
    name = ".".join(step for step in route if step != ITEM)
    title = vocabulary.told(found, "title")
    head = f"**`{name}`** {title}" if title else f"**`{name}`**"
    also = [_KINDS[kind] for kind in hublint_schemas.KINDS if len(route) == 1 and hublint_schemas.is_key(kind, name)]
    parts = [f"{head} (of {', '.join(also)})" if also else head, vocabulary.told(found, "description") or ""]
    if vocabulary.told(found, "deprecated"):
        parts.append("No longer of use.")
    default = vocabulary.told(found, "default")
    if default is not None:
        parts.append(f"Without it: `{render_scalar(default)}`")
    parts.append(_listed(vocabulary.values(schema, route)))
    if len(route) == 1:
        parts.append(_since("keys", schema, name))
    rules = [node["x-rule"] for node in found if "x-rule" in node]
    return "\n\n".join(filter(None, [*parts, *_owners(rules)]))


def _since(what: str, of: str, word: str) -> str:
    """Since when the Hub's documentation names a key of a kind, or a value of a table; empty where no page does."""
    table = hublint_schemas.table("documented")
    day, commit = table[what].get(of, {}).get(word, ("", ""))
    kind = f" of {_KINDS[of]}" if of in _KINDS else ""
    earlier = " or earlier" if day == table["begins"] else ""
    return f"[In the Hub's documentation{kind} since {day}{earlier}]({_HUB_DOCS}/commit/{commit})" if day else ""


def _listed(values: list[vocabulary.Value]) -> str:
    """The values that a key may have, or some of many."""
    if not values:
        return ""
    shown = values if len(values) <= _LISTED else values[:_SHOWN]
    more = f" and {len(values) - len(shown)} more" if len(shown) < len(values) else ""
    return f"Values: {', '.join(f'`{render_scalar(value.text)}`' for value in shown)}{more}"


def _owners(codes: Iterable[str]) -> Iterator[str]:
    for code in dict.fromkeys(codes):
        rule = registry.listed().get(code)
        if rule is not None:
            yield f"Checked by [{code} {rule.name}]({rule.url}): {summary_of(registry.load(rule).docs)}"


def _value(schema: str, cursor: Cursor) -> str:
    """What a value is called, and since when it is documented; empty where no table knows it."""
    text = cursor.text.strip().strip("\"'")
    since = [_since("values", table, text) for table in vocabulary.tables(schema, cursor.route)]
    for value in vocabulary.values(schema, cursor.route):
        if str(value.text) == text and (value.name or any(since)):
            link = _link(schema, cursor, text)
            named = f"`{text}`: [{value.name}]({link})" if link else f"`{text}`: {value.name}"
            return "\n\n".join(filter(None, [named if value.name else f"`{text}`", *since]))
    return ""


def _link(schema: str, cursor: Cursor, text: str) -> str:
    from hublint.server.links import page_of

    return page_of(schema, cursor.route, text)
