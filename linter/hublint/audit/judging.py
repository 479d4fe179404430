"""From a repository to its line: whatever happens, there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hublint.audit.records import Record, findings_of
from hublint.engine.report import Checked
from hublint.reporters.summary import counted

if TYPE_CHECKING:
    from typing import Protocol

    from hublint.audit.records import Where
    from hublint.engine.findings import Result
    from hublint.engine.project import Project

    class Unit(Protocol):
        """One repository that is to be judged; it can be pickled."""

        @property
        def id(self) -> str: ...

        @property
        def kind(self) -> str: ...

        @property
        def source(self) -> Where: ...

        @property
        def revision(self) -> str:
            """What was asked for of it by name; empty for what is newest."""
            ...

        def judged(self) -> Record:
            """Its line."""
            ...


def judge(unit: Unit) -> Record:
    """A repository's line, also where hublint fails on it."""
    try:
        return unit.judged()
    except Exception as error:
        return Record(unit.id, unit.kind, unit.source, status="failed", reason=failed(error))


def failed(error: Exception) -> str:
    """That hublint failed on a repository, a sentence."""
    return f"hublint failed on it ({type(error).__name__}: {error}); please report this"


def record_of(project: Project, source: Where, id: str, result: Result | None = None, **more: Any) -> Record:
    """The line of a project, with what could be judged of it.

    Args:
        result: what its check gave, where it was checked already.
        more: other fields of the record.
    """
    result = project.check() if result is None else result
    repository = project.repository
    checked = Checked("", repository.kind, repository.reason, repository.repo_id, result)
    problem = _problem(project, result)
    record = Record(id, repository.kind, source, files=len(result.read), findings=findings_of(checked))
    return record._replace(**{**more, **({"status": "failed", "reason": problem} if problem else {})})


def _problem(project: Project, result: Result) -> str:
    """Why a repository was not judged as a whole; empty where it was."""
    unread = [f"{each.path} cannot be read: {each.reason}" for each in project.unread() if each.decisive]
    crashes = [f"rule {each.code} failed on it ({each.error}); please report this" for each in result.crashes]
    first, *others = [*unread, *crashes] or [""]
    return f"{first} (and {counted(len(others), 'problem')} more)" if others else first
