"""A text that is in no folder: what can be said of it whatever lies beside it one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.engine import registry
from hublint.engine.alone import Asked, found_beyond
from hublint.engine.check import Settings
from hublint.engine.config import Config
from hublint.engine.findings import only
from hublint.engine.project import Project
from hublint.repository.kinds import kind_of_metadata, metadata_keys
from hublint.repository.repository import Repository
from hublint.repository.sources import README, Sources
from hublint.repository.tree import MemoryTree

if TYPE_CHECKING:
    from hublint.engine.reported import Reported
    from hublint.server.documents import Document
    from hublint_schemas import Kind


def project_of(document: Document) -> Project | None:
    """The repository that a text would be all of; None where nothing tells what it is for."""
    sources = Sources(MemoryTree({document.name: document.data}))
    kind = _kind(document, sources)
    if kind is None:
        return None
    return Project("", Repository(sources, kind, "the text alone", document.name), Settings.of(Config()))


def _kind(document: Document, sources: Sources) -> Kind | None:
    if document.name == "Dockerfile":
        return "space"
    card = sources.card
    if document.name != README or card is None:
        return None
    evidence = kind_of_metadata(metadata_keys(card), card.data, ())
    return evidence.kind if evidence is not None else None


def findings_of(project: Project) -> tuple[Reported, ...]:
    """What is found in a text that is in no folder, without what a file beside it might settle."""
    tree = project.repository.tree
    if not isinstance(tree, MemoryTree):
        return ()
    found = only(project.check(), tree.files).findings
    settled = {code: _is_settled(project, tree, code) for code in {each.code for each in found}}
    return tuple(each for each in found if settled[each.code])


def _is_settled(project: Project, tree: MemoryTree, code: str) -> bool:
    """Whether a rule looks at nothing but the text, or is about a credential, which is one anywhere."""
    rule = registry.listed()[code]
    if registry.metadata(rule).effect == "leaked":
        return True
    repository = Repository(MemoryTree(tree.files), project.repository.kind)
    return found_beyond(rule, repository, Asked(tree.files)) is None
