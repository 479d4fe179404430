"""`hublint baseline`: write down what is known, so that `check --baseline` fails on what is new only."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from hublint.cli.check import ONLINE, PATHS, REPO_TYPE, RULES, given_of
from hublint.cli.telling import crashed, unread_of
from hublint.engine.baseline import FILE, load
from hublint.engine.baselining import changes, save
from hublint.engine.config import shown_file
from hublint.engine.discovery import Options, find
from hublint.engine.report import Checked, Report
from hublint.reporters.door import complain, emit
from hublint.reporters.style import printable
from hublint.reporters.summary import counted

if TYPE_CHECKING:
    from hublint.engine.baseline import Key
    from hublint.engine.baselining import Changes
    from hublint.engine.findings import Result
    from hublint.engine.project import Project

_SHOWN = 5
_Command = Any


def _options(command: _Command) -> _Command:
    file = click.option("--file", metavar="FILE", type=click.Path(), help=f"Where it is [{FILE}].")
    prune = click.option("--prune", is_flag=True, help="Only take out what matches nothing any more.")
    for option in reversed((PATHS, file, prune, REPO_TYPE, ONLINE, *RULES)):
        command = option(command)
    return command


@click.command()
@_options
def baseline(**options: Any) -> int:
    """Write what is found in the Hub repositories at PATHS (default: here) into a baseline: check --baseline FILE, or
    `baseline` in the configuration, then tells what is new only."""
    given, overrides = given_of(options)
    paths = given.pop("paths", None) or (".",)
    file, prune = given.pop("file", ""), given.pop("prune")
    kind, config, isolated = given.get("repo_type"), given.get("config"), given["isolated"]
    looking = Options(kind, config, isolated, overrides, baseline=False)
    if not given["online"]:
        return _written(paths, looking, file, prune)
    from hublint.cli.asking import asking

    with asking() as online:
        return _written(paths, looking._replace(online=online), file, prune)


def _written(paths: tuple[str, ...], options: Options, file: str, prune: bool) -> int:
    found = find(paths, options)
    for sentence in (*found.problems, *(each.sentence for each in found.ordinary)):
        complain(sentence)
    every: dict[str, list[tuple[Project, Result]]] = {}
    failed = bool(found.problems)
    for project in found.projects:
        result = project.check()
        failed |= crashed(Report([Checked.of(project, result)]))
        if unread_of([(project.prefix, project.unread())])[1]:
            failed = True
            continue
        target = file or project.settings.config.baseline or FILE
        every.setdefault(os.path.realpath(target), []).append((project, result))
    if not every:
        complain("no Hub repository was checked, so no baseline was written")
    for target, results in sorted(every.items()):
        known = load(target, needed=prune)
        made = changes(known, results, paths, prune)
        save(known, made.texts)
        emit(_told(shown_file(target), made), sys.stdout)
    return 2 if failed or not every else 0


def _told(file: str, made: Changes) -> str:
    """What became of a baseline, as it is printed."""
    counts = {"added": len(made.added), "removed": len(made.removed), "moved": len(made.moved), "kept": made.kept}
    lines = [f"{printable(file)}: {', '.join(f'{number} {what}' for what, number in counts.items())}"]
    if made.others:
        lines[0] += f"; {made.others} about what was not looked at stay"
    lines += _listed("+", [_shown(key) for key in made.added])
    lines += _listed("-", [_shown(key) for key in made.removed])
    lines += _listed(">", [f"{_shown(old)} -> {printable(shown_file(new.path))}" for old, new in made.moved])
    if made.secret:
        are = "is" if made.secret == 1 else "are"
        lines.append(
            f"{counted(made.secret, 'finding')} about credentials {are} not in it, so `check` goes on telling; "
            "take the credentials out, or set `baseline-secrets = true`"
        )
    return "".join(f"{line}\n" for line in lines)


def _shown(key: Key) -> str:
    return printable(f"{key.rule} {shown_file(key.path)}")


def _listed(sign: str, items: list[str]) -> list[str]:
    more = [f"  {sign} and {len(items) - _SHOWN} more"] if len(items) > _SHOWN else []
    return [f"  {sign} {item}" for item in items[:_SHOWN]] + more
