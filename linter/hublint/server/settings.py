"""What the client's settings say, as far as it can be used."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hublint.engine import config
from hublint.engine.check import Settings
from hublint.errors import UsageError
from hublint.server.repositories import Choices

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTION = "hublint"
# By their names in the client's settings, which are those of the configuration file in the spelling of JSON.
_OVERRIDES = {"select": "select", "extendSelect": "extend-select", "ignore": "ignore", "profile": "profile"}
_LONGEST = 10_000


def choices_of(given: object) -> tuple[Choices, str]:
    """What settings choose, and what is wrong with them; what is wrong chooses nothing."""
    settings = given if isinstance(given, dict) else {}
    inner = settings.get(SECTION)
    settings = inner if isinstance(inner, dict) else settings
    file, debounce = settings.get("configuration"), settings.get("debounce", 200)
    section = {key: settings[name] for name, key in _OVERRIDES.items() if settings.get(name)}
    try:
        overrides = _read(section)
        if file is not None and not isinstance(file, str):
            raise UsageError("`configuration` is a path")
        if not isinstance(debounce, int) or not 0 <= debounce <= _LONGEST:
            raise UsageError(f"`debounce` is a whole number of milliseconds, at most {_LONGEST}")
        path = os.path.abspath(os.path.expanduser(file)) if file else None
        if path:
            config.load(path)
    except (UsageError, OSError, ValueError) as error:
        return Choices(), f"the settings of the editor for hublint cannot be used: {error}"
    return Choices(path, overrides, debounce / 1000), ""


def _read(section: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as `Config` holds them.

    Raises:
        UsageError: one has a wrong value, or names a rule that does not exist.
    """
    config.check_section("settings", section)
    values = {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value for key, value in section.items()
    }
    Settings.of(config.overridden(config.Config(), values))
    return values
