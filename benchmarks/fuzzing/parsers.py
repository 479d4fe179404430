"""Which files can be parsed, asked of other parsers than the fixer's own where there are some."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Callable

import yaml

from hublint.documents.card import Card
from hublint.documents.dockerfile import Dockerfile
from hublint.documents.source import Source

README = "README.md"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _is_python(source: Source) -> bool:
    if not source.path.endswith(".py"):
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source.raw)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _is_json(source: Source) -> bool:
    if not source.path.endswith(".json"):
        return False
    try:
        json.loads(source.raw)
    except (ValueError, RecursionError):
        return False
    return True


def _is_yaml(source: Source) -> bool:
    """A file of YAML, or a card whose metadata Python's reader takes."""
    text = source.text
    if source.path == README:
        block = Card(README, source.raw).block
        if block is None:
            return False
        text = text[slice(*block.content)]
    elif not source.path.endswith((".yml", ".yaml")):
        return False
    try:
        yaml.load(text, _LOADER)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError, KeyError):
        return False
    return True


def _is_card(source: Source) -> bool:
    return source.path == README and Card(README, source.raw).metadata is not None


def _is_dockerfile(source: Source) -> bool:
    return source.path.rpartition("/")[2] == "Dockerfile" and not Dockerfile(source).errors


def _is_text(source: Source) -> bool:
    return not source.is_binary and (source.is_utf8 or source.encoding != "utf-8")


PARSERS: dict[str, Callable[[Source], bool]] = {
    "text": _is_text,
    "Python": _is_python,
    "JSON": _is_json,
    "YAML": _is_yaml,
    "metadata": _is_card,
    "Dockerfile without errors": _is_dockerfile,
}
