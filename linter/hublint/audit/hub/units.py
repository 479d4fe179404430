"""A repository on the Hub as one that is to be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.audit.hub.client import hub
from hublint.audit.hub.errors import HubError
from hublint.audit.hub.files import HubTree
from hublint.audit.hub.listing import listing
from hublint.audit.hub.local import Cached
from hublint.audit.judging import record_of
from hublint.audit.records import Record
from hublint.engine.project import Project
from hublint.records import NamedTuple
from hublint.reporters.summary import counted
from hublint.repository.repository import Repository

if TYPE_CHECKING:
    from hublint.audit.hub.listing import Listing
    from hublint.audit.records import Where
    from hublint.engine.check import Settings
    from hublint_schemas import Kind


class HubUnit(NamedTuple):
    """A repository on the Hub; `revision` is a branch, a tag or a commit, empty for what is newest.

    `commit` is what is newest, where that is known.
    """

    id: str
    kind: Kind
    settings: Settings
    revision: str = ""
    commit: str = ""
    source: Where = "hub"

    def judged(self) -> Record:
        """The repository's line, also where the Hub does not give it."""
        try:
            there, tree, project = self.opened()
        except HubError as error:
            at = f"at `{self.revision}`: " if self.revision else ""
            return Record(self.id, self.kind, self.source, status="failed", reason=f"{at}{error.reason}")
        record = record_of(project, self.source, there.id, revision=there.commit)
        if tree.refused:
            return record._replace(status="failed", reason=tree.refused)
        return record if record.reason else record._replace(reason=self._remarks(there.id, tree))

    def opened(self) -> tuple[Listing, HubTree, Project]:
        """What is there, its files, of which none is read yet, and the project that they are.

        Raises:
            HubError: the Hub does not say what is there.
        """
        asked = hub()
        cached = Cached(asked.cache, self.kind, self.id)
        revision = self.revision or self.commit
        there = cached.listing(self.id, revision) if asked.offline else listing(asked, self.kind, self.id, revision)
        tree = HubTree(asked, self.kind, there, cached.files(there.commit))
        repository = Repository(tree, self.kind, "it is on the Hub", there.id, there.id, on_hub=True)
        return there, tree, Project("", repository, self.settings)

    def _remarks(self, id: str, tree: HubTree) -> str:
        """What is to be known of a repository that was checked."""
        renamed = [f"it was renamed: `{self.id}` leads to it"] if id != self.id else []
        number = len(tree.skipped)
        skipped = [f"{counted(number, 'file')} {'was' if number == 1 else 'were'} too large or too many to be read"]
        return "; ".join([*renamed, *(skipped if number else [])])
