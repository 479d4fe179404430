"""`hublint preflight`: what stands between a folder and its deployment."""

from __future__ import annotations

import os
import sys

import click

from hublint.engine.discovery import Options, find
from hublint.errors import UsageError
from hublint.reporters.door import emit
from hublint_schemas import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.project import Project
    from hublint_schemas import Kind


@click.command()
@click.argument("path", default=".", type=click.Path())
@click.option("--repo-type", type=click.Choice(KINDS), help="What the folder is, whatever its files say.")
@click.option("--config", metavar="FILE", type=click.Path(), help="Use this configuration file.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
@click.option("--plugin", "plugins", multiple=True, metavar="MODULE", help="Rules of your own; repeatable.")
@click.option("--output-format", type=click.Choice(("text", "json")), default="text", help="How to print it.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Color the output.")
@click.option("-q", "--quiet", is_flag=True, help="Show only whether the way is free.")
def preflight(
    path: str,
    repo_type: Kind | None,
    config: str | None,
    isolated: bool,
    plugins: tuple[str, ...],
    output_format: str,
    color: str,
    quiet: bool,
) -> int:
    """Check what a deployment of the Hub repository at PATH needs, and name all that is in its way.

    Nothing is sent or asked over the network. Exit code: 0 nothing is in the way, 1 something is, 2 the check itself
    could not be done.
    """
    from hublint.preflight.deployment import Deployment
    from hublint.preflight.output import as_json, as_text
    from hublint.preflight.plan import preflight as ask
    from hublint.reporters.style import Style

    options = Options(repo_type, config, isolated, {"plugins": plugins}, baseline=False)  # the Hub knows of none
    found = ask(Deployment(_project(path, options)))
    if output_format == "json":
        emit(as_json(found), sys.stdout, "json")
    else:
        emit(as_text(found, Style.of(color, sys.stdout), quiet), sys.stdout)
    return int(bool(found.stops))


def _project(path: str, options: Options) -> Project:
    """The one repository at a path.

    Raises:
        UsageError: there is none, or there are several, or what is there cannot be looked at.
    """
    found = find((path,), options)
    projects = found.projects
    if found.problems:
        raise UsageError(found.problems[0])
    if not projects:
        raise UsageError(found.ordinary[0].sentence.replace("hublint check", "hublint preflight"))
    if len(projects) > 1:
        folders = ", ".join(os.path.relpath(project.folder) for project in projects[:5])
        raise UsageError(f"{path}: {len(projects)} Hub repositories, name one of them: {folders}")
    unread = [each for each in projects[0].unread() if each.decisive]
    if unread:
        raise UsageError(f"{projects[0].prefix}{unread[0].path} cannot be read: {unread[0].reason}")
    return projects[0]
