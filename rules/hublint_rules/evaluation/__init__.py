"""Evaluation results: a model card's `model-index`, `.eval_results/*.yaml` and a benchmark's eval.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.source import Source
    from hublint.documents.yaml.nodes import Node, Step
    from hublint.repository.repository import Repository

INDEX = "model-index"


def applies(repository: Repository) -> bool:
    """Whether there is a model or a benchmark to look at."""
    return repository.kind == "model" or (repository.kind == "dataset" and "eval.yaml" in repository.files)


class Result(NamedTuple):
    """One entry of `results` that is a mapping, with its route."""

    route: tuple[Step, ...]
    data: dict[str, Any]

    def part(self, name: str) -> dict[str, Any]:
        """The mapping of that name, empty where there is none."""
        part = self.data.get(name)
        return part if isinstance(part, dict) else {}

    def metrics(self) -> Iterator[tuple[tuple[Step, ...], dict[str, Any]]]:
        """Each metric that is a mapping, with its route."""
        metrics = self.data.get("metrics")
        for index, metric in enumerate(metrics if isinstance(metrics, list) else ()):
            if isinstance(metric, dict):
                yield (*self.route, "metrics", index), metric

    @property
    def is_mteb(self) -> bool:
        """Whether the massive text embedding benchmark's leaderboard reads it, which has words of its own."""
        return str(self.part("dataset").get("type", "")).lower().startswith("mteb/")


def results(card: Card | None) -> Iterator[Result]:
    """Each result of a card's `model-index`; what is of another shape is left to EV001."""
    index = card.data.get(INDEX) if card else None
    for position, entry in enumerate(index if isinstance(index, list) else ()):
        found = entry.get("results") if isinstance(entry, dict) else None
        for number, result in enumerate(found if isinstance(found, list) else ()):
            if isinstance(result, dict):
                yield Result((INDEX, position, "results", number), result)


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
    """A YAML file; `problem` is the offset where it is no YAML."""
    from hublint.documents.yaml.nodes import YamlError
    from hublint.documents.yaml.parsing import parse

    try:
        return Yaml(source, parse(source.text))
    except YamlError as error:
        place = error.offset if error.context_offset is None else error.context_offset
        return Yaml(source, None, place)
