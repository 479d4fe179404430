"""Cards without the files beside them, as dumps hold them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from hublint.audit.judging import record_of
from hublint.audit.records import Record
from hublint.engine import registry
from hublint.engine.alone import Asked, found_beyond
from hublint.engine.project import Project
from hublint.records import NamedTuple
from hublint.repository.kinds import kind_of_metadata, metadata_keys
from hublint.repository.repository import Repository
from hublint.repository.sources import README, Sources
from hublint.repository.tree import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.audit.records import Where
    from hublint.documents.card import Card
    from hublint.engine.check import Settings
    from hublint.engine.findings import Result
    from hublint.rule import Subject
    from hublint_schemas import Kind

_UNKNOWN = "nothing tells whether it is a model, a dataset or a Space; --kind, or a column named by --kind-column, does"

_ABOUT_FILES: tuple[Subject, ...] = ("repository", "code", "dockerfile", "suppressions", "baseline")
# What lies in repositories of every kind.
_USUAL = (
    "LICENSE", "app.py", "index.html", "requirements.txt", "Dockerfile", "config.json", "model.safetensors",
    "pytorch_model.bin", "model.gguf", "tokenizer.json", "adapter_config.json", "adapter_model.safetensors",
    "model_index.json", "modules.json", "data/train-00000-of-00001.parquet", "metadata.csv", ".gitattributes",
)  # fmt: skip
_SIZE = 1000


class CardUnit(NamedTuple):
    """A card, and the id of the repository whose README.md it is; `kind` is empty where the metadata is to tell it."""

    id: str
    kind: Kind | str
    card: bytes
    settings: Settings
    source: Where = "dump"
    revision: str = ""

    def judged(self) -> Record:
        """The repository's line: what is found in the card whatever files lie beside it."""
        alone = Sources(MemoryTree({README: self.card}))
        card = alone.card  # read now, so that whoever looks at the same text later shares what was made of it
        kind = self.kind or _told(card)
        if not kind:
            return Record(self.id, "", self.source, status="failed", reason=_UNKNOWN)
        settings = self.settings._replace(selection=self.settings.selection.without(*_ABOUT_FILES))
        project = Project("", self._repository(kind, alone.over(alone.tree)), settings)
        return record_of(project, self.source, self.id, self._of_the_card(kind, alone, project.check()))

    def _of_the_card(self, kind: str, alone: Sources, result: Result) -> Result:
        """A result without what may be found only because no other file is known."""
        standing = {code: self._standing(kind, alone, code) for code in {finding.code for finding in result.findings}}
        findings = (
            each if standing[each.code] is None else each._replace(fix=None)
            for each in result.findings
            if standing[each.code] is None or each.message in (standing[each.code] or ())
        )
        return result._replace(findings=tuple(findings))

    def _standing(self, kind: str, alone: Sources, code: str) -> frozenset[str] | None:
        """Which messages of a rule stand whatever lies beside the card; None for all, where it asks for no other file.

        Of one that asks, what it says both where nothing else is there and where everything is.
        """
        rule = registry.listed(self.settings.config.plugins)[code]
        if registry.metadata(rule).subject == "secrets":
            return None
        found = found_beyond(rule, self._repository(kind, alone), _Full({README: self.card}))
        return frozenset(finding.message for finding in found) if found is not None else None

    def _repository(self, kind: str, files: Sources) -> Repository:
        return Repository(files, kind, "named in a dump", self.id, self.id)  # type: ignore[arg-type]


def _told(card: Card | None) -> str:
    """The kind that the metadata speaks for."""
    keys = metadata_keys(card) if card is not None else []
    found = kind_of_metadata(keys, card.data, (README,)) if card is not None and keys else None
    return found.kind if found is not None else ""


class _Full(Asked):
    """Has a file at every path; only the card can be read."""

    @cached_property
    def _everything(self) -> Mapping[str, int]:
        return _Everything(super().sizes())

    def sizes(self) -> Mapping[str, int]:
        self.asked = True
        return self._everything


class _Everything(dict[str, int]):
    """Sizes of which no path is missing, though only the usual ones are listed."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        super().__init__(sorted({**dict.fromkeys(_USUAL, _SIZE), **sizes}.items()))

    def __contains__(self, path: object) -> bool:
        return True

    def __missing__(self, path: str) -> int:
        return _SIZE

    def get(self, path: str, default: object = None) -> int:
        return self[path]
