"""`hublint check`: the main job."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from hublint.engine import config as configuration
from hublint.engine.discovery import Finder
from hublint.engine.lint import Result, lint
from hublint.engine.report import Checked, Report
from hublint.engine.selection import PROFILES, select
from hublint.errors import UsageError
from hublint.rule import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.engine.config import Config
    from hublint.engine.discovery import Target
    from hublint.engine.fixing import Fixed

FORMATS = ("text", "concise", "json", "github")

_Command = Any


def _options(command: _Command) -> _Command:
    many: Any = {"multiple": True, "metavar": "RULES", "callback": _split}
    for option in (
        click.argument("paths", nargs=-1, type=click.Path()),
        click.option(
            "--repo-type", type=click.Choice(KINDS), help="What every given folder is, whatever its files say."
        ),
        click.option("--select", **many, help="Only these rules: codes, prefixes, names, or ALL."),
        click.option("--extend-select", **many, help="These rules too."),
        click.option("--ignore", **many, help="Not these rules."),
        click.option("--profile", type=click.Choice(PROFILES), help="push: what the Hub refuses; strict: everything."),
        click.option(
            "--fail-on", type=click.Choice(configuration.FAIL_ON), help="Exit 1 from this severity on [warning]."
        ),
        click.option("--config", metavar="FILE", type=click.Path(), help="Use this configuration file."),
        click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
        click.option("--unsafe-fixes", is_flag=True, default=None, help="Apply, or show, unsafe fixes too."),
        click.option("--diff", is_flag=True, help="Show what --fix would change; change nothing."),
        click.option(
            "--output-format",
            "formats",
            multiple=True,
            metavar="FORMAT[:FILE]",
            help=f"{', '.join(FORMATS)}; repeatable, to a file after a colon.",
        ),
        click.option(
            "--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Color the output."
        ),
        click.option("--statistics", is_flag=True, help="Count findings by rule instead of showing them."),
        click.option("--show-files", is_flag=True, help="List the repositories and files that would be checked."),
        click.option(
            "--stdin-filename", metavar="PATH", help="Read this file's content from standard input (path `-`)."
        ),
        click.option("--allow-empty", is_flag=True, help="Exit 0 where there is no Hub repository to check."),
    ):
        command = option(command)
    return command


def _split(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip())


@click.command()
@_options
@click.option("--fix", "fixing", is_flag=True, help="Apply the safe fixes.")
def check(**options: Any) -> int:
    """Check the Hub repositories at, below or around PATHS (default: here)."""
    return _check(**options)


@click.command()
@_options
def fix(**options: Any) -> int:
    """Apply the safe fixes to the Hub repositories at PATHS: `check --fix`."""
    return _check(**options, fixing=True)


def _check(
    paths: tuple[str, ...],
    repo_type: Any,
    config: str | None,
    isolated: bool,
    fixing: bool,
    diff: bool,
    formats: tuple[str, ...],
    color: str,
    statistics: bool,
    show_files: bool,
    stdin_filename: str | None,
    allow_empty: bool,
    **overrides: Any,
) -> int:
    outputs = _outputs(formats)
    overlay: dict[str, bytes] = {}
    if stdin_filename or paths == ("-",):
        if not stdin_filename or paths not in ((), ("-",)):
            raise UsageError("standard input needs --stdin-filename PATH and no other path")
        overlay = {os.path.abspath(stdin_filename): sys.stdin.buffer.read()}
        paths = (stdin_filename,)
    settings = configuration.load(config) if config else configuration.Config(root=os.getcwd()) if isolated else None
    finder = Finder(repo_type, settings, overlay)
    targets, ordinary = finder.find(paths or (".",))
    targets = [target._replace(config=_override(target.config, overrides)) for target in targets]
    if show_files:
        return _show_files(targets, allow_empty)

    checked, fixes = [], []
    for target in targets:
        run = _linter(target)
        result = run(target.repository)
        if fixing or diff:
            from hublint.engine.fixing import fix as fix_repository

            fixed = fix_repository(target.repository, run, target.config.unsafe_fixes)
            fixes.append((target, fixed))
            if not diff:
                result = fixed.result
        findings = [
            finding
            for finding in result.findings
            if not overlay or os.path.join(target.folder, finding.path) in overlay
        ]
        applied = fixes[-1][1].applied if fixing and not diff else 0
        checked.append(Checked(target.repository, _prefix(target.folder), findings, result.crashes, applied))
    report = Report(checked, ordinary)
    failed = _crashed(report)
    if diff:
        _show_diff(fixes, color)
        print(f"{sum(fixed.applied for _, fixed in fixes)} fixes would be applied", file=sys.stderr)
    elif fixing:
        failed |= not _write(fixes, overlay)
        _show(report, outputs, color, statistics, sys.stderr if overlay else sys.stdout)
    else:
        _show(report, outputs, color, statistics, sys.stdout)
    if failed:
        return 2
    if not checked:
        if not allow_empty:
            print("hublint: nothing was checked (--allow-empty makes that no failure)", file=sys.stderr)
        return 0 if allow_empty else 2
    fail_on = targets[0].config.fail_on
    return int(report.fails(fail_on))


def _outputs(formats: tuple[str, ...]) -> list[tuple[str, str]]:
    outputs = []
    for choice in formats or ("text",):
        name, _, file = choice.partition(":")
        if name not in FORMATS:
            raise UsageError(f"no output format is called `{name}`; there are {', '.join(FORMATS)}")
        outputs.append((name, file))
    return outputs


def _override(config: Config, overrides: dict[str, Any]) -> Config:
    """The command line's settings over the file's."""
    given = {key: value for key, value in overrides.items() if value not in (None, ())}
    given["ignore"] = (*config.ignore, *given.get("ignore", ()))
    given["extend_select"] = (*config.extend_select, *given.get("extend_select", ()))
    return config._replace(**given)


def _linter(target: Target) -> Callable[[Any], Result]:
    selection = select(target.config)
    within = os.path.relpath(target.folder, target.config.root or target.folder).replace(os.sep, "/")
    return lambda repository: lint(repository, selection, target.config, within)


def _prefix(folder: str) -> str:
    """What leads from the working folder to a repository, empty or ending in `/`."""
    relative = os.path.relpath(folder)
    if relative == ".":
        return ""
    shown = folder if relative.startswith(os.path.join("..", "..")) else relative
    return shown.replace(os.sep, "/").rstrip("/") + "/"


def _show_files(targets: list[Target], allow_empty: bool) -> int:
    from hublint.reporters.style import printable

    for target in targets:
        repository = target.repository
        print(f"{printable(_prefix(target.folder) or './')} {repository.kind} ({printable(repository.reason)})")
        for path in repository.files:
            print(f"  {printable(path)}")
    return 0 if targets or allow_empty else 2


def _crashed(report: Report) -> bool:
    from hublint import __version__

    for checked in report.checked:
        for crash in checked.crashes:
            print(
                f"hublint {__version__}: rule {crash.code} failed on {checked.prefix or './'} ({crash.error}); "
                "please report this, all other rules have run",
                file=sys.stderr,
            )
    return any(checked.crashes for checked in report.checked)


def _show_diff(fixes: list[tuple[Target, Fixed]], color: str) -> None:
    from hublint.reporters.diff import render
    from hublint.reporters.style import Style, wants_color

    style = Style(wants_color(color, sys.stdout))
    for target, fixed in fixes:
        sys.stdout.write(render(target.repository, _prefix(target.folder), fixed.files, style))


def _write(fixes: list[tuple[Target, Fixed]], overlay: dict[str, bytes]) -> bool:
    from hublint.engine.fixing import WriteError, write

    if overlay:
        path, data = next(iter(overlay.items()))
        for target, fixed in fixes:
            data = fixed.files.get(os.path.relpath(path, target.folder).replace(os.sep, "/"), data)
        sys.stdout.buffer.write(data)
        return True
    done = True
    for target, fixed in fixes:
        try:
            write(target.folder, target.repository, fixed.files)
        except WriteError as error:
            print(f"hublint: {_prefix(target.folder)}{error}", file=sys.stderr)
            done = False
    return done


def _show(report: Report, outputs: list[tuple[str, str]], color: str, statistics: bool, stream: Any) -> None:
    from importlib import import_module

    from hublint.reporters.style import Style, wants_color

    for name, file in outputs:
        module = import_module(
            f"hublint.reporters.{'statistics' if statistics and name in ('text', 'concise') else name}"
        )
        if file:
            text = module.render(report, Style())
            try:
                with open(file, "w", encoding="utf-8", newline="\n") as target:
                    target.write(text)
            except OSError as error:
                raise UsageError(f"{file}: {error.strerror}") from None
        else:
            stream.write(module.render(report, Style(wants_color(color, stream))))
