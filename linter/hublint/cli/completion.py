"""`hublint completion`: what makes a shell complete hublint's commands, options, rules and files."""

from __future__ import annotations

import sys

import click
from click.shell_completion import CompletionItem, get_completion_class

from hublint.errors import UsageError
from hublint.reporters.door import emit

_PROGRAM = "hublint"
_VARIABLE = "_HUBLINT_COMPLETE"
_SETUP = {
    "bash": 'eval "$(hublint completion bash)"  # in ~/.bashrc',
    "zsh": 'eval "$(hublint completion zsh)"  # in ~/.zshrc',
    "fish": "hublint completion fish | source  # in ~/.config/fish/config.fish",
}


@click.command()
@click.argument("shell", type=click.Choice(tuple(_SETUP)))
def completion(shell: str) -> None:
    """Print the script that makes SHELL complete hublint's commands, options and rules; the shell's start file runs
    it."""
    made = get_completion_class(shell)
    if made is None:
        raise UsageError(f"click knows no completion for {shell}")
    group = click.get_current_context().find_root().command
    script = made(group, {}, _PROGRAM, _VARIABLE).source()
    # What is completed holds commas itself, and so does what is told of it.
    script = script.replace('(string split "," $', '(string split --max 1 "," $')
    emit(f"# {_SETUP[shell]}\n{script.strip()}\n", sys.stdout)


def rules(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes and names of rules that go on as typed; after a comma another one begins."""
    from hublint.engine import registry

    before, comma, begun = incomplete.rpartition(",")
    found = [(rule.code, rule.name) for rule in registry.listed().values()]
    found += [(rule.name, rule.code) for rule in registry.listed().values() if begun]
    found += [] if begun else [("ALL", "every rule")]
    wanted = begun.lower()
    return [
        CompletionItem(f"{before}{comma}{word}", help=about) for word, about in found if word.lower().startswith(wanted)
    ]


def formats(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The output formats that go on as typed; a file after a colon is the user's."""
    from hublint.cli.outputs import FORMATS

    return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]
