"""The JSON Schema of the configuration, made of what the reader itself knows."""

from __future__ import annotations

from hublint.engine.config import CHOICES, KEYS, LISTS, OVERRIDES, SWITCHES, TABLES, Config

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


HELP = {
    "extend": "Read that file first; keys here replace its keys.",
    "profile": "Which rules run where `select` names none.",
    "select": "Only these rules: codes, beginnings of codes, names, or ALL.",
    "extend-select": "These rules too, such as ones that are off by default.",
    "ignore": "Not these rules; the longer selector wins over `select`.",
    "severity": "Another severity for rules, or `off`; the longer selector wins.",
    "fail-on": "From which severity on the exit code is 1.",
    "unsafe-fixes": "Whether `--fix` applies unsafe fixes too.",
    "baseline": "A baseline; what it knows is not shown.",
    "baseline-secrets": "Whether `hublint baseline` writes down credentials too, by a hash only.",
    "per-file-ignores": "Rules that say nothing about files, by path pattern.",
    "exclude": "Path patterns of what is not looked at.",
    "repo-types": "What folders are, whatever their files say, by path pattern.",
    "overrides": "Settings for some repositories only.",
    "plugins": "Modules with rules of your own; only in a file that the user names.",
    "paths": "Path patterns of the repositories for which these settings hold.",
}
_STRINGS = {"type": "array", "items": {"type": "string"}}


def schema() -> dict[str, Any]:
    """The schema (draft 7) of hublint.toml, and of [tool.hublint] in pyproject.toml."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of hublint",
        **_object(KEYS),
    }


def _object(keys: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key: _property(key) for key in sorted(keys)},
        "additionalProperties": False,
    }


def _property(key: str) -> dict[str, Any]:
    default = Config._field_defaults.get(key.replace("-", "_"))
    shown = {"default": default} if isinstance(default, (str, bool)) and default != "" else {}
    return {"description": HELP[key], **_type(key), **shown}


def _type(key: str) -> dict[str, Any]:
    if key in (*LISTS, "paths"):
        return _STRINGS
    if key in CHOICES:
        return {"enum": list(CHOICES[key])}
    if key in TABLES:
        return {"type": "object", "additionalProperties": {"enum": list(TABLES[key])}}
    if key in SWITCHES:
        return {"type": "boolean"}
    if key == "per-file-ignores":
        return {"type": "object", "additionalProperties": _STRINGS}
    if key == "overrides":
        return {"type": "array", "items": {**_object(("paths", *OVERRIDES)), "required": ["paths"]}}
    return {"type": "string", "pattern": "^[^\\x00]*$"}
