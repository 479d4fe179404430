"""`hublint check --add-suppressions`: comments for what is left."""

from __future__ import annotations

from hublint.engine import registry
from hublint.engine.silencing import is_spared, silence
from hublint.engine.writing import WriteError, write
from hublint.reporters.door import complain
from hublint.reporters.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.findings import Result
    from hublint.engine.project import Project

_SHOWN = 5


def suppress(project: Project, reason: str) -> tuple[Result, bool]:
    """Write a comment for everything that is found, where there can be one; what is found then, and whether all went
    well."""
    rules = registry.listed(project.settings.config.plugins)
    spared = {each.code for each in rules.values() if is_spared(registry.metadata(each))}
    made = silence(project.repository, project.settings, spared, reason)
    written: list[str] = []
    done = True
    try:
        write(project.folder, project.repository, made.files, written)
    except WriteError as error:
        complain(f"{project.prefix}{error}")
        done = False
    if made.comments and done:
        complain(f"{counted(made.comments, 'comment')} written into {counted(len(written), 'file')}")
    left = made.result.findings
    if left and done:
        places = [f"{project.prefix}{each.place.path}:{each.place.line} {each.code}" for each in left]
        more = [f"{len(places) - _SHOWN} more"] if len(places) > _SHOWN else []
        complain(f"no comment can silence {', '.join([*places[:_SHOWN], *more])}")
    if done:
        return made.result, True
    return project.changed({path: made.files[path] for path in written}).check(), False
