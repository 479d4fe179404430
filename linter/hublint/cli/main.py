"""The command line: one module for each command, imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from hublint import __version__
from hublint.errors import UsageError
from hublint.reporters.door import complain

COMMANDS = {
    "check": "Check Hub repositories; --fix mends them",
    "fix": "Fix what can be fixed: `check --fix`",
    "audit": "Judge many repositories: folders, the Hub's, dumps of cards; `audit merge` puts parts together",
    "baseline": "Write down what is known, so that `check --baseline` tells what is new",
    "completion": "Print what makes a shell complete commands, options and rules",
    "config": "Print the settings that hold for a path, and where they stand",
    "init": "Write a first README.md, .gitattributes and .gitignore from what is in a folder",
    "preflight": "Check what a deployment needs: tools, login, remote, secrets, findings",
    "rule": "List the rules, explain one, or find those that speak of a word",
    "server": "Serve an editor by the Language Server Protocol: findings, fixes, completion, hover",
    "schema": "Print a JSON Schema: of a README.md's metadata, of a file of evaluation results, or of hublint.toml",
}


class _Commands(click.Group):
    """Imports a command's module only when the command is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module("hublint.cli.check" if name == "fix" else f"hublint.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names.

        Raises:
            UsageError: it names none; says what may have been meant.
        """
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UsageError(_unknown(args[0]))
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _unknown(name: str) -> str:
    """What to say of a first argument that is not a command."""
    import os
    from difflib import get_close_matches

    close = get_close_matches(name.lower(), COMMANDS, 1)
    if close:
        return f"No such command `{name}`; did you mean `hublint {close[0]}`?"
    if os.path.lexists(name) or os.sep in name:
        from shlex import quote

        return f"No such command `{name}`; to check that path: `hublint check {quote(name)}`"
    return f"No such command `{name}`; there are {', '.join(COMMANDS)}"


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Show the version, and of which day the tables are by which the metadata is judged."""
    if wanted:
        from hublint_schemas import tables_by_date

        click.echo(f"hublint {__version__}")
        for date, names in tables_by_date().items():
            click.echo(f"tables of {date}: {', '.join(names)}")
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version, and of which day the tables are.",
)
def group() -> None:
    """Say before the push what the Hugging Face Hub will refuse, ignore or fail to run."""


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit code."""
    try:
        code = group.main(arguments, prog_name="hublint", standalone_mode=False)
    except UsageError as error:
        complain(str(error))
        return 2
    except click.ClickException as error:
        message = " ".join(error.format_message().split())  # choices stand on lines of their own
        complain(f"{message} (--help shows what there is)")
        return 2
    except click.exceptions.Abort:
        return 130
    return code if isinstance(code, int) else 0
