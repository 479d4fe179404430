"""`hublint check`: the main job."""

from __future__ import annotations

from typing import Any

import click

from hublint.cli.checking import Request, perform
from hublint.cli.outputs import FORMATS
from hublint.engine.config import FAIL_ON
from hublint.engine.profiles import PROFILES
from hublint_schemas import KINDS

_SETTINGS = ("select", "extend_select", "ignore", "profile", "fail_on", "unsafe_fixes", "plugins", "baseline")

_Command = Any


def split(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """What stands between the commas of a repeatable option."""
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip())


def _completing(name: str) -> Any:
    """The function of `completion` that completes a value, imported when a shell asks."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> Any:
        from hublint.cli import completion

        return getattr(completion, name)(context, parameter, incomplete)

    return complete


_MANY: Any = {"multiple": True, "metavar": "RULES", "callback": split, "shell_complete": _completing("rules")}
PATHS = click.argument("paths", nargs=-1, type=click.Path())
REPO_TYPE = click.option(
    "--repo-type", type=click.Choice(KINDS), help="What every given folder is, whatever its files say."
)
ONLINE = click.option(
    "--online", is_flag=True, help="Ask the Hub and PyPI what the files do not tell (HB001 to HB005)."
)
RULES = (
    click.option("--select", **_MANY, help="Only these rules: codes, prefixes, names, or ALL."),
    click.option("--extend-select", **_MANY, help="These rules too."),
    click.option("--ignore", **_MANY, help="Not these rules."),
    click.option(
        "--profile", type=click.Choice(PROFILES), help="push: what the Hub refuses; strict: all; or for a purpose."
    ),
    click.option("--plugin", "plugins", multiple=True, metavar="MODULE", help="Rules of your own; repeatable."),
    click.option("--config", metavar="FILE", type=click.Path(), help="Use this configuration file."),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
)


def _options(command: _Command) -> _Command:
    """Give a command the options of `check`, in the order in which --help lists them."""
    for option in reversed(
        (
            PATHS,
            # what is looked at
            REPO_TYPE,
            click.option(
                "--stdin-filename", metavar="PATH", help="Read this file's content from standard input (path `-`)."
            ),
            click.option("--since", metavar="REVISION", help="Only the repositories touched since a git revision."),
            click.option("--changed-lines", is_flag=True, help="With --since: only what stands on changed lines."),
            click.option("--show-files", is_flag=True, help="List the repositories and files that would be checked."),
            click.option("--allow-empty", is_flag=True, help="Exit 0 where there is no Hub repository to check."),
            click.option(
                "-j", "--jobs", type=click.IntRange(1), help="Processes that share many repositories [one a processor]."
            ),
            ONLINE,
            click.option("--no-cache", is_flag=True, help="Look at everything anew, whatever is known from before."),
            # which rules judge it
            *RULES,
            click.option(
                "--baseline", metavar="FILE", type=click.Path(), help="Show only what this baseline does not know."
            ),
            click.option("--ignore-suppressions", is_flag=True, help="Show also what comments silence."),
            click.option("--fail-on", type=click.Choice(FAIL_ON), help="Exit 1 from this severity on [warning]."),
            # what is changed
            *(
                [click.option("--fix", is_flag=True, help="Apply the safe fixes.")]
                if command.__name__ == "check"
                else []
            ),
            click.option(
                "--add-suppressions",
                metavar="REASON",
                help="Write a comment for all that is found, where there can be.",
            ),
            click.option("--unsafe-fixes", is_flag=True, default=None, help="Apply, or show, unsafe fixes too."),
            click.option("--diff", is_flag=True, help="Show what --fix would change; change nothing."),
            click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit 1 where a fix was applied."),
            # what is shown
            click.option(
                "--output-format",
                "formats",
                multiple=True,
                metavar="FORMAT[:FILE]",
                shell_complete=_completing("formats"),
                help=f"{', '.join(FORMATS)}; repeatable, each to a file after a colon, as sarif:hublint.sarif.",
            ),
            click.option("--sarif-suppressed", is_flag=True, help="In sarif, show also what is silenced, and by what."),
            click.option("--statistics", is_flag=True, help="Count findings by rule instead of showing them."),
            click.option("-q", "--quiet", is_flag=True, help="Show no findings, only the summary."),
            click.option("--color", type=click.Choice(("auto", "always", "never")), help="Color the output."),
        )
    ):
        command = option(command)
    return command


@click.command()
@_options
def check(**options: Any) -> int:
    """Check the Hub repositories at, below or around PATHS (default: here)."""
    return perform(_request(options))


@click.command()
@_options
def fix(**options: Any) -> int:
    """Apply the safe fixes to the Hub repositories at PATHS: `check --fix`."""
    return perform(_request(options)._replace(fix=True))


def _request(options: dict[str, Any]) -> Request:
    """Only what was given: the defaults are `Request`'s and `Config`'s."""
    given, overrides = given_of(options)
    return Request(overrides=overrides, **given)


def given_of(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The options that were given, and apart those that are settings of `Config`."""
    given = {key: value for key, value in options.items() if value not in (None, ())}
    overrides = {key: given.pop(key) for key in _SETTINGS if key in given}
    return given, overrides
