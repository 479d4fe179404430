"""`hublint init`: the first card, .gitattributes and .gitignore of a repository, from what is in its folder."""

from __future__ import annotations

import os
import sys
from shlex import quote

import click

from hublint.cli.check import REPO_TYPE
from hublint.errors import UsageError
from hublint.reporters.door import complain, emit
from hublint.reporters.style import printable, width_of
from hublint.reporters.wrapping import wrapped
from hublint.repository.sources import README

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.starting import Start
    from hublint_schemas import Kind


@click.command()
@click.argument("path", type=click.Path(), default=".")
@REPO_TYPE
def init(path: str, repo_type: Kind | None) -> int:
    """Write README.md, .gitattributes and .gitignore into the folder PATH (default: here), from what is in it.

    Nothing that is there is changed. What only the author knows is listed.
    """
    from hublint.engine.discovery import find
    from hublint.engine.starting import start

    folder = os.path.abspath(path)
    if not os.path.isdir(folder):
        raise UsageError(f"{path}: is not a folder")
    made = start(folder, repo_type)
    done = _written(folder, made)
    width = width_of(sys.stdout)
    lines = [f"{made.project.repository.kind}: {made.reason}"]
    lines += [f"wrote {name}" for name in sorted(made.files)] if done else []
    lines += [f"{name} is there already and was left as it is" for name in made.kept]
    lines += ["for you to fill in:"] if made.open else []
    lines += [f"  {each.code} {each.message}" for each in made.open]
    kind = made.project.repository.kind
    if done and not any(each.folder == folder and each.repository.kind == kind for each in find((folder,)).projects):
        lines.append(
            f"no file tells yet that this is a {kind}: until README.md names its license, library or task, check it "
            f"with `hublint check --repo-type {kind}`"
        )
    if README in made.kept and any(each.fix for each in made.open):
        lines.append(f"`hublint fix --unsafe-fixes {quote(path)}` writes the block, as far as the files tell it")
    shown = (piece for line in lines for piece in wrapped(printable(line), width, "    "))
    emit("".join(f"{line}\n" for line in shown), sys.stdout)
    return 0 if done else 2


def _written(folder: str, made: Start) -> bool:
    """Write the new files; whether all are there now."""
    from hublint.engine.writing import WriteError, put

    for name, data in sorted(made.files.items()):
        try:
            put(os.path.join(folder, name), name, None, data)
        except WriteError as error:
            complain(str(error))
            return False
    return True
