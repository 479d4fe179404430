"""Configuration: `[tool.hublint]` in pyproject.toml, `hublint.toml` or `.hublint.toml`; the nearest file wins."""

from __future__ import annotations

import os
import sys

from hublint.engine.profiles import PROFILES
from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.repository.tree import read_regular
from hublint.rule import SEVERITIES
from hublint_schemas import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import Any, Literal

    from hublint.rule import Severity
    from hublint_schemas import Kind

FILES = (".hublint.toml", "hublint.toml", "pyproject.toml")
# People read `note`; it and `info` are one severity.
_NOTE = {"note": "info"}
FAIL_ON = ("error", "warning", "note", "info", "never")
_MAX_EXTENDS = 10
_LARGEST = 1024 * 1024
_LONGEST_KEY = 60


class Config(NamedTuple):
    """Settings of one run over one repository. `root` is the folder that path patterns are relative to."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = "recommended"
    fail_on: str = "warning"
    severity: Mapping[str, Severity | Literal["off"]] = {}
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    repo_types: Mapping[str, Kind] = {}
    exclude: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    baseline: str = ""
    baseline_secrets: bool = False
    overrides: tuple[Mapping[str, Any], ...] = ()
    root: str = ""
    file: str = ""


LISTS = ("select", "extend-select", "ignore", "exclude", "plugins")
CHOICES = {"profile": PROFILES, "fail-on": FAIL_ON}
TABLES = {"severity": (*SEVERITIES, *_NOTE, "off"), "repo-types": KINDS}
PATHS = ("extend", "baseline")
SWITCHES = ("unsafe-fixes", "baseline-secrets")
KEYS = ("per-file-ignores", "overrides", *PATHS, *SWITCHES, *LISTS, *CHOICES, *TABLES)
# What may hold for some repositories only.
OVERRIDES = ("select", "extend-select", "ignore", "profile", "fail-on", "severity")


def overridden(config: Config, given: Mapping[str, Any]) -> Config:
    """A configuration under other settings; `ignore`, `extend_select` and `plugins` add to its own."""
    if not given:
        return config
    fail_on = given.get("fail_on", config.fail_on)
    return config._replace(
        **{
            **given,
            "fail_on": _NOTE.get(fail_on, fail_on),
            "ignore": (*config.ignore, *given.get("ignore", ())),
            "extend_select": (*config.extend_select, *given.get("extend_select", ())),
            "plugins": tuple(dict.fromkeys((*config.plugins, *given.get("plugins", ())))),
        }
    )


def applying(config: Config, path: str) -> list[Mapping[str, Any]]:
    """The `overrides` that hold for the repository at a path from the configuration's folder, `.` for itself."""
    if not config.overrides:
        return []
    from hublint.engine.path_patterns import matches

    return [each for each in config.overrides if any(matches(pattern, path) for pattern in each["paths"])]


def joined(config: Config, overrides: Iterable[Mapping[str, Any]]) -> Config:
    """A configuration with some of its `overrides`: `ignore`, `extend-select` and `severity` add up, else the last
    wins."""
    for override in overrides:
        given = {key: value for key, value in override.items() if key != "paths"}
        if "severity" in given:
            given["severity"] = {**config.severity, **given["severity"]}
        config = overridden(config, given)
    return config


def shown_file(file: str) -> str:
    """A configuration file's path, relative where it lies below the working folder."""
    here = os.path.join(os.getcwd(), "")
    return file[len(here) :] if file.startswith(here) else file


def find(folder: str, known: dict[str, str]) -> str:
    """The configuration file nearest to a folder, upwards; empty where there is none.

    Args:
        known: the answers given so far, by folder; no folder is looked at twice.
    """
    at = os.path.abspath(folder)
    climbed: list[str] = []
    while at not in known:
        climbed.append(at)
        parent = os.path.dirname(at)
        own = _own(at)
        if own or parent == at:
            known[at] = own
        else:
            at = parent
    known.update(dict.fromkeys(climbed, known[at]))
    return known[at]


def seen(folder: str, names: Collection[str], known: dict[str, str]) -> None:
    """Note the answer for a folder whose parent's is known, where its names tell that it has no configuration."""
    at = os.path.abspath(folder)
    if os.path.dirname(at) in known and not any(name in names for name in FILES):
        known.setdefault(at, known[os.path.dirname(at)])


def _own(folder: str) -> str:
    """The configuration file in this very folder, empty where there is none."""
    for name in FILES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (name != "pyproject.toml" or _is_meant(path)):
            return path
    return ""


def _is_meant(path: str) -> bool:
    """Whether a pyproject.toml configures hublint; `load` says what is wrong with one that cannot be read."""
    try:
        return _section(path) is not None
    except UsageError:
        return True


def own_file() -> str:
    """The user's own configuration: `hublint/hublint.toml` in $XDG_CONFIG_HOME, else in ~/.config."""
    home = os.environ.get("XDG_CONFIG_HOME", "")
    return os.path.join(home if os.path.isabs(home) else os.path.expanduser("~/.config"), "hublint", "hublint.toml")


def own_plugins() -> tuple[str, ...]:
    """The plugins that the user's own configuration names; nothing else may stand in it.

    Raises:
        UsageError: the file cannot be read, is no TOML, or holds something else.
    """
    file = own_file()
    if not os.path.lexists(file):
        return ()
    section = _section(file) or {}
    for key in section:
        if key != "plugins":
            raise UsageError(f"{shown_file(file)}: only `plugins` is read from this file, not `{key}`")
    check_section(file, section)
    return tuple(section.get("plugins", ()))


def load(path: str, trusted: bool = False) -> Config:
    """Read a configuration file and what it extends.

    Args:
        path: the file.
        trusted: whether the user named this very file, so that it may name `plugins`, which are imported. A file that
            was merely found, or that another one extends, may come with what is linted.

    Raises:
        UsageError: the file cannot be read, is no TOML, or holds a key or value that means nothing or is not for it.
    """
    settings: dict[str, Any] = {}
    file = path
    seen: list[str] = []
    while file:
        if os.path.realpath(file) in seen or len(seen) > _MAX_EXTENDS:
            raise UsageError(f"{shown_file(path)}: `extend` leads back to {shown_file(file)}")
        seen.append(os.path.realpath(file))
        section = _section(file)
        if section is None:
            raise UsageError(f"{shown_file(file)}: no table [tool.hublint]")
        check_section(file, section)
        if "plugins" in section and not (trusted and file == path):
            raise UsageError(
                f"{shown_file(file)}: `plugins` are imported, and this file may have come with what is checked; put it "
                f"into {own_file()} or a file given by --config, or name each with --plugin"
            )
        extended = section.pop("extend", "")
        if section.get("baseline"):
            section["baseline"] = _extended(file, section["baseline"])
        settings = {**section, **settings}
        file = _extended(file, extended) if extended else ""
    values = {key.replace("-", "_"): value for key, value in settings.items()}
    values["per_file_ignores"] = {
        pattern: tuple(codes) for pattern, codes in values.get("per_file_ignores", {}).items()
    }
    values["overrides"] = tuple(map(_read, values.get("overrides", ())))
    values = _read(values)
    return Config(**values, root=os.path.dirname(os.path.abspath(path)), file=path)


def _read(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as `Config` holds them: names in Python's spelling, tuples, and one word for each severity."""
    values: dict[str, Any] = {key.replace("-", "_"): value for key, value in settings.items()}
    for key, value in values.items():
        if isinstance(value, list):
            values[key] = tuple(value)
    if "severity" in values:
        values["severity"] = {rule: _NOTE.get(chosen, chosen) for rule, chosen in values["severity"].items()}
    if "fail_on" in values:
        values["fail_on"] = _NOTE.get(values["fail_on"], values["fail_on"])
    return values


def origin(config: Config, key: str) -> str:
    """The file in which a key of a configuration stands: its own, or one that this extends."""
    file = config.file
    for _ in range(_MAX_EXTENDS):
        section = _section(file) or {}
        if key in section or "extend" not in section:
            break
        file = _extended(file, section["extend"])
    return file


def sets(file: str, key: str) -> bool:
    """Whether a key stands in this very file."""
    return key in (_section(file) or {})


def _extended(file: str, extended: str) -> str:
    return os.path.join(os.path.dirname(file), os.path.expanduser(extended))


def _section(path: str) -> dict[str, Any] | None:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        data = read_regular(path, _LARGEST)
        if os.path.basename(path) == "pyproject.toml" and b"hublint" not in data:
            return None
        settings = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{shown_file(path)}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown_file(path)}: {error}") from None
    except RecursionError:
        raise UsageError(f"{shown_file(path)}: brackets are nested too deep") from None
    except ValueError:
        raise UsageError(f"{shown_file(path)}: a number has too many digits") from None
    if os.path.basename(path) != "pyproject.toml":
        return settings
    tools = _table(path, "tool", settings.get("tool", {}))
    return _table(path, "tool.hublint", tools["hublint"]) if "hublint" in tools else None


def check_section(file: str, section: Mapping[str, Any], known: Sequence[str] = KEYS) -> None:
    """See that settings have known names and values of the right types.

    Raises:
        UsageError: one has not; says which, and what it takes.
    """
    for key, value in section.items():
        if key not in known:
            raise UsageError(f"{shown_file(file)}: unknown key `{key}`; {_nearest_key(key, known)}")
        if key == "overrides":
            _check_overrides(file, value)
        elif key in (*LISTS, "paths"):
            _strings(file, key, value)
        elif key in CHOICES and value not in CHOICES[key]:
            raise UsageError(f"{shown_file(file)}: `{key}` is one of {', '.join(CHOICES[key])}, not {_shown(value)}")
        elif key in SWITCHES and not isinstance(value, bool):
            raise UsageError(f"{shown_file(file)}: `{key}` is true or false, not {_shown(value)}")
        elif key in PATHS and (not isinstance(value, str) or "\0" in value):
            raise UsageError(f"{shown_file(file)}: `{key}` is a path, not {_shown(value)}")
        elif key == "per-file-ignores":
            for pattern, codes in _table(file, key, value).items():
                _strings(file, f"{key}.{pattern}", codes)
        elif key in TABLES:
            for name, choice in _table(file, key, value).items():
                if choice not in TABLES[key]:
                    raise UsageError(
                        f"{shown_file(file)}: `{key}.{name}` is one of {', '.join(TABLES[key])}, not {_shown(choice)}"
                    )


def _nearest_key(key: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key[:_LONGEST_KEY].replace("_", "-").lower(), known, 1)
    return f"did you mean `{near[0]}`?" if near else f"known are {', '.join(sorted(known))}"


def _check_overrides(file: str, value: object) -> None:
    if not isinstance(value, list):
        raise UsageError(f"{shown_file(file)}: `overrides` is a list of tables, not {_shown(value)}")
    for override in value:
        if "paths" not in _table(file, "overrides", override):
            raise UsageError(f"{shown_file(file)}: `overrides` needs `paths`, the repositories for which it holds")
        check_section(file, override, ("paths", *OVERRIDES))


def _table(file: str, key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{shown_file(file)}: `{key}` is a table, not {_shown(value)}")
    return value


def _strings(file: str, key: str, value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UsageError(f"{shown_file(file)}: `{key}` is a list of strings, not {_shown(value)}")


def _shown(value: object) -> str:
    """A value in a sentence; a nested one may be deeper than `repr` can go."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        odd = next((item for item in value if not isinstance(item, str)), None)
        return "a list" if odd is None or isinstance(odd, (dict, list)) else f"a list with {_shown(odd)}"
    return repr(value)
