"""`hublint config`: what holds for a path, and where it stands."""

from __future__ import annotations

import os
import sys

import click

from hublint.engine import config as configuration
from hublint.engine.check import within
from hublint.engine.config import Config, shown_file
from hublint.errors import UsageError
from hublint.reporters.door import emit
from hublint.reporters.style import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_WIDEST = 60


@click.command()
@click.argument("path", type=click.Path(), default=".")
@click.option("--config", "file", metavar="FILE", type=click.Path(), help="Use this configuration file.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
def config(path: str, file: str | None, isolated: bool) -> None:
    """Print the settings that hold for a Hub repository at PATH (default: here), and where each of them stands."""
    absolute = os.path.abspath(path)
    if not os.path.lexists(absolute):
        raise UsageError(f"{path}: no such file or folder")
    folder = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
    found = file or ("" if isolated else configuration.find(folder, {}))
    base = configuration.load(found, trusted=bool(file)) if found else Config(root=folder)
    place = within(base, folder) or "."
    applying = configuration.applying(base, place)
    whole = configuration.joined(base, applying)
    plugins = () if file or isolated else configuration.own_plugins()
    if plugins:
        whole = whole._replace(plugins=plugins)
    lines: list[tuple[str, str]] = []
    for name, default in Config._field_defaults.items():
        if name in ("root", "file", "overrides"):
            continue
        key, value = name.replace("_", "-"), getattr(whole, name)
        lines.append((_toml(key, value), _where(base, key, applying, value == default, plugins)))
    width = min(max(len(setting) for setting, _ in lines), _WIDEST)
    head = f"# {shown_file(found)}" if found else "# no configuration file"
    shown = (head, *(f"{setting:{width}}  # {where}" for setting, where in lines))
    emit("".join(f"{printable(line)}\n" for line in shown), sys.stdout)


def _where(base: Config, key: str, applying: list[Any], is_default: bool, plugins: tuple[str, ...]) -> str:
    """Where the value of a key stands."""
    if key == "plugins" and plugins:
        return shown_file(configuration.own_file())
    places = []
    file = configuration.origin(base, key) if base.file else ""
    if file and configuration.sets(file, key):
        places.append(shown_file(file))
    if any(key.replace("-", "_") in override for override in applying):
        places.append(f"`overrides` in {shown_file(configuration.origin(base, 'overrides'))}")
    return " and ".join(places) or ("default" if is_default else shown_file(base.file))


def _toml(key: str, value: Any) -> str:
    """A setting as it stands in TOML."""
    import json

    if isinstance(value, dict):
        pairs = (f"{json.dumps(name)} = {_value(each)}" for name, each in value.items())
        return f"{key} = {{{', '.join(pairs)}}}"
    return f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
