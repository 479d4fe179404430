"""One run of `hublint check`: find the repositories, lint, fix, report."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from hublint.engine import config as configuration
from hublint.engine.check import Result, lint
from hublint.engine.discovery import Finder
from hublint.engine.report import Checked, Report
from hublint.engine.selection import select
from hublint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hublint.engine.config import Config
    from hublint.engine.discovery import Target
    from hublint.engine.fixing import Fixed
    from hublint_schemas import Kind

FORMATS = ("text", "concise", "json", "github")


class Request(NamedTuple):
    """What a user asks of one run; the defaults are those of the command line.

    `overrides` are settings of `Config` that the command line gives.
    """

    paths: tuple[str, ...] = ()
    overrides: Mapping[str, Any] = {}
    repo_type: Kind | None = None
    config: str | None = None
    isolated: bool = False
    fix: bool = False
    diff: bool = False
    formats: tuple[str, ...] = ()
    color: str = "auto"
    statistics: bool = False
    quiet: bool = False
    show_files: bool = False
    stdin_filename: str | None = None
    allow_empty: bool = False


def perform(request: Request) -> int:
    """Do what is asked and give the exit code: 0 clean, 1 findings at or above `fail-on`, 2 the job was not done.

    Raises:
        UsageError: a path, an option or a configuration file cannot be used.
    """
    outputs = _outputs(request.formats)
    paths = request.paths
    overlay: dict[str, bytes] = {}
    if request.stdin_filename or paths == ("-",):
        if not request.stdin_filename or paths not in ((), ("-",)):
            raise UsageError("standard input needs --stdin-filename PATH and no other path")
        overlay = {os.path.abspath(request.stdin_filename): sys.stdin.buffer.read()}
        paths = (request.stdin_filename,)
    targets, ordinary = _finder(request, overlay).find(paths or (".",))
    targets = [target._replace(config=_override(target.config, request.overrides)) for target in targets]
    if request.show_files:
        return _show_files(targets, request.allow_empty)
    checked, fixes = [], []
    for target in targets:
        one, fixed = _run(target, request, overlay)
        checked.append(one)
        if fixed is not None:
            fixes.append((target, fixed))
    report = Report(checked, ordinary)
    failed = _crashed(report)
    if request.diff:
        _show_diff(fixes, request.color)
        count = sum(fixed.applied for _, fixed in fixes)
        print(f"{count} {'fix' if count == 1 else 'fixes'} would be applied", file=sys.stderr)
    else:
        if request.fix:
            failed |= not _write(fixes, overlay)
        stream = sys.stderr if request.fix and overlay else sys.stdout
        _show(report, outputs, request, stream)
    if failed:
        return 2
    if not checked:
        if not request.allow_empty:
            print("hublint: nothing was checked (--allow-empty makes that no failure)", file=sys.stderr)
        return 0 if request.allow_empty else 2
    pairs = zip(checked, targets, strict=True)
    return int(any(Report([one], []).fails(target.config.fail_on) for one, target in pairs))


def _finder(request: Request, overlay: dict[str, bytes]) -> Finder:
    settings = None
    if request.config:
        settings = configuration.load(request.config)
    elif request.isolated:
        settings = configuration.Config(root=os.getcwd())
    return Finder(request.repo_type, settings, overlay)


def _run(target: Target, request: Request, overlay: dict[str, bytes]) -> tuple[Checked, Fixed | None]:
    run = _linter(target)
    result = run(target.repository)
    fixed = None
    applied = 0
    if request.fix or request.diff:
        from hublint.engine.fixing import fix

        fixed = fix(target.repository, run, target.config.unsafe_fixes)
        if not request.diff:
            result, applied = fixed.result, fixed.applied
    findings = [
        finding for finding in result.findings if not overlay or os.path.join(target.folder, finding.path) in overlay
    ]
    return Checked(target.repository, _prefix(target.folder), findings, result.crashes, applied), fixed


def _outputs(formats: tuple[str, ...]) -> list[tuple[str, str]]:
    outputs = []
    for choice in formats or ("text",):
        name, _, file = choice.partition(":")
        if name not in FORMATS:
            raise UsageError(f"no output format is called `{name}`; there are {', '.join(FORMATS)}")
        outputs.append((name, file))
    return outputs


def _override(config: Config, overrides: Mapping[str, Any]) -> Config:
    """The command line's settings over the file's."""
    given = dict(overrides)
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


def _show(report: Report, outputs: list[tuple[str, str]], request: Request, stream: Any) -> None:
    from importlib import import_module

    from hublint.reporters.style import Style, wants_color

    for name, file in outputs:
        if name in ("text", "concise"):
            name = "statistics" if request.statistics else "summary" if request.quiet else name
        module = import_module(f"hublint.reporters.{name}")
        if file:
            text = module.render(report, Style())
            try:
                with open(file, "w", encoding="utf-8", newline="\n") as target:
                    target.write(text)
            except OSError as error:
                raise UsageError(f"{file}: {error.strerror}") from None
        else:
            stream.write(module.render(report, Style(wants_color(request.color, stream))))
