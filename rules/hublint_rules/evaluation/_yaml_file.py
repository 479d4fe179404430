"""A YAML file that is not a README: `.eval_results/*.yaml` and eval.yaml."""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source
    from hublint.documents.yaml.nodes import Node


class Yaml(NamedTuple):
    """A YAML file as rules and edits want it; `root` is None where the file is empty or no YAML."""

    source: Source
    root: Node | None
    problem: int | None = None

    @property
    def path(self) -> str:
        """The file's path."""
        return self.source.path

    @property
    def text(self) -> str:
        """The file's text."""
        return self.source.text

    @property
    def newline(self) -> str:
        """The file's line break."""
        return self.source.newline


def parse_yaml(source: Source) -> Yaml:
    """A YAML file; `problem` is the offset where it is not YAML."""
    from hublint.documents.yaml.nodes import YamlError
    from hublint.documents.yaml.parsing import parse

    try:
        return Yaml(source, parse(source.text))
    except YamlError as error:
        place = error.offset if error.context_offset is None else error.context_offset
        return Yaml(source, None, place)
