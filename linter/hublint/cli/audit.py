"""`hublint audit`: the state of many repositories, in folders, on the Hub or in dumps of cards."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from time import gmtime, strftime

import click

from hublint.audit.dumps import Columns
from hublint.audit.journal import Done, begun, resumed
from hublint.audit.plan import MOST_PROPOSALS, Plan, Request, is_inside, planned, results
from hublint.audit.records import Run
from hublint.audit.shards import shard_of
from hublint.audit.totals import Totals
from hublint.cli.applying import Applying
from hublint.cli.check import RULES, given_of
from hublint.cli.progress import progress
from hublint.engine.config import FAIL_ON
from hublint.engine.discovery import Options
from hublint.engine.elsewhere import Elsewhere
from hublint.errors import UsageError
from hublint.reporters.door import complain, emit
from hublint.reporters.json import tool
from hublint.reporters.style import Style
from hublint.reporters.summary import counted
from hublint.rule import SEVERITIES
from hublint_schemas import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    from hublint.cli.proposing import Proposing

COMMANDS = {
    "report": "Show what is in a file, or write it as HTML, SQLite, Parquet or CSV",
    "diff": "Tell what is new, gone and moved between two files",
    "merge": "Put the files of parts (--shard) together, sorted",
}


PROPOSE = "--propose"


class _Audit(click.Command):
    """A command of targets, unless the first word is one of the commands that work on its files."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args and args[0] in COMMANDS:
            module = import_module(f"hublint.cli.audit_{args[0]}")
            command: click.Command = getattr(module, args[0])
            return command.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, _with_number(args), parent, **extra)

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(f"hublint audit {name}", what) for name, what in COMMANDS.items()])


def _begun(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Any]:
    """What goes on as typed: files, and in the first place the commands."""
    from click.shell_completion import CompletionItem

    first = not context.params.get("targets")
    commands = [(name, what) for name, what in COMMANDS.items() if first and name.startswith(incomplete)]
    return [CompletionItem(incomplete, type="file"), *(CompletionItem(name, help=what) for name, what in commands)]


def _with_number(args: list[str]) -> list[str]:
    """The arguments with the number of `--propose`: one, unless a number stands behind it."""
    words = args[: args.index("--")] if "--" in args else args
    pairs = zip(words, [*words, ""][1:], strict=True)
    given = [f"{PROPOSE}=1" if word == PROPOSE and not behind.isdecimal() else word for word, behind in pairs]
    return [*given, *args[len(words) :]]


def _options(command: Any) -> Any:
    for option in reversed(
        (
            click.argument("targets", nargs=-1, required=True, metavar="TARGET...", shell_complete=_begun),
            click.option("--output", metavar="FILE", type=click.Path(), help="Where the lines go [audit.jsonl]."),
            click.option(
                "--resume", is_flag=True, help="Go on with a run that was broken off; what failed is retried."
            ),
            click.option("--shard", metavar="I/N", default="", help="Only part I of N, for several machines."),
            click.option(
                "-j",
                "--jobs",
                type=click.IntRange(1),
                help="Processes for folders and dumps [one a processor]; repositories of the Hub at a time [8].",
            ),
            click.option(
                "--engine",
                type=click.Choice(("local", "ray")),
                default="local",
                help="What judges dumps: processes here, or the machines of a Ray cluster [local].",
            ),
            click.option("--kind", type=click.Choice(KINDS), help="What ids and cards are of, where nothing tells."),
            click.option("--id-column", metavar="NAME", default="", help="In a dump, the column of ids."),
            click.option("--card-column", metavar="NAME", default="", help="In a dump, the column of cards."),
            click.option("--kind-column", metavar="NAME", default="", help="In a dump, the column of kinds."),
            *RULES,
            click.option("--apply", is_flag=True, help="Apply the safe fixes, in folders."),
            click.option(
                PROPOSE,
                type=click.IntRange(1, MOST_PROPOSALS),
                metavar="[N]",
                help="Open at most N [1] pull requests with safe fixes on the Hub; each is shown and asked about.",
            ),
            click.option("--yes", is_flag=True, help="With --propose: open what is shown, without a question."),
            click.option("--fail-on", type=click.Choice(FAIL_ON), help="Exit 1 from this severity on [warning]."),
        )
    ):
        command = option(command)
    return command


@click.command(cls=_Audit)
@_options
def audit(**options: Any) -> int:
    """Judge many repositories: folders, `org/*`, `model:org/name@revision`, `space:...`, `dataset:...`, hf:// and web
    addresses, dumps of cards (.parquet, .jsonl), `-` or a file with a target on each line."""
    given, overrides = given_of(options)
    columns = Columns(given.pop("id_column"), given.pop("card_column"), given.pop("kind_column"))
    shard = shard_of(given["shard"])
    looking = Options(config=given.get("config"), isolated=given["isolated"], overrides=overrides)
    fixes = _fixes(given, bool(str(shard)))
    request = Request(
        given["targets"], looking, given.get("kind"), columns, shard, given.get("jobs", 0), given["engine"], fixes
    )
    selection = {
        key.replace("_", "-"): list(value) if isinstance(value, tuple) else value for key, value in overrides.items()
    }
    selection |= {key: given[key] for key in ("config", "kind", "apply", "propose") if given.get(key)}
    run = Run(strftime("%Y-%m-%dT%H:%M:%SZ", gmtime()), request.words, str(shard), selection, tool())
    output = given.get("output") or (f"audit-{shard.number}-of-{shard.total}.jsonl" if str(shard) else "audit.jsonl")
    elsewhere = Elsewhere(looking)
    changing = _changing(request, given, elsewhere)
    plan = planned(request, elsewhere)
    for sentence in plan.sentences:
        complain(sentence)
    folder = "" if "output" in given else is_inside(output, plan)
    if folder:
        raise UsageError(f"{output} would lie in `{folder}`, which is judged; --output says where it is to be")
    totals = _written(output, run, given["resume"], plan, request, elsewhere, changing)
    style = Style.of("auto", sys.stdout)
    lines = (*totals.lines(style), *(changing.lines() if changing else ()), f"written to {style.shown(output)}")
    emit("".join(f"{line}\n" for line in lines), sys.stdout)
    code = code_of(totals, elsewhere.settings("").config.fail_on, bool(run.shard))
    return 2 if changing and changing.undone else code


def _fixes(given: Mapping[str, Any], is_part: bool) -> Literal["", "applied", "proposed"]:
    """What is to be done with the safe fixes.

    Raises:
        UsageError: that is not one thing, or not for one run.
    """
    proposes = "propose" in given
    if given["apply"] and proposes:
        raise UsageError("--apply is for folders and --propose for the Hub; a run does one of them")
    if given["yes"] and not proposes:
        raise UsageError("--yes answers what --propose asks, which was not given")
    if proposes and is_part:
        raise UsageError("--propose counts the pull requests of one run, so it does not go with --shard")
    return "proposed" if proposes else "applied" if given["apply"] else ""


def _changing(request: Request, given: Mapping[str, Any], elsewhere: Elsewhere) -> Applying | Proposing | None:
    """What deals with the safe fixes, if anything does."""
    if request.fixes == "proposed":
        from hublint.cli.proposing import Proposing

        return Proposing(given["propose"], given["yes"], elsewhere)
    return Applying() if request.fixes else None


def _written(
    output: str,
    run: Run,
    again: bool,
    plan: Plan,
    request: Request,
    elsewhere: Elsewhere,
    changing: Applying | Proposing | None,
) -> Totals:
    """Judge, and write each line as it comes."""
    totals, done = Totals(), Done()
    if again:
        goes_on = os.path.lexists(output)
        writer, done = resumed(output, run, totals)
        if changing and goes_on:
            changing.resume(done.proposed)
    else:
        writer = begun(output, run, totals)
    before = totals.repositories
    left = [each for each in plan.hub if not done.has(each)]
    if left:
        from hublint.audit.hub.client import hub
        from hublint.audit.hub.fetching import cost

        complain(cost(left))
        hub().told = complain
    try:
        with writer:
            found = results(plan, request, elsewhere, done)
            for record in found if request.fixes == "proposed" else progress(found, None):
                if record in done:
                    continue
                record = changing.of(record) if changing else record
                writer.write(record)
                if record.source == "hub":  # under another name or revision it may come again
                    done.add(record)
    except KeyboardInterrupt:
        complain(f"stopped; {counted(totals.repositories, 'repository')} are in {output}, --resume goes on")
        raise
    if before:
        complain(f"{counted(before, 'repository')} of {output} were done already")
    return totals


def code_of(totals: Totals, fail_on: str, is_part: bool) -> int:
    """The exit code: 2 where not all could be judged, 1 where there are findings at or above a severity.

    Nothing at all is judged only in a part that has none.
    """
    if totals.failed or not (totals.repositories or is_part):
        return 2
    worst = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    return int(any(totals.findings[severity] for severity in worst))
