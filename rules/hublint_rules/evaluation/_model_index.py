"""The results in a model card's `model-index`."""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step

INDEX = "model-index"


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


def results(card: Card) -> Iterator[Result]:
    """Each result of a card's `model-index`; what is of another shape is left to EV001."""
    index = card.data.get(INDEX)
    for position, entry in enumerate(index if isinstance(index, list) else ()):
        found = entry.get("results") if isinstance(entry, dict) else None
        for number, result in enumerate(found if isinstance(found, list) else ()):
            if isinstance(result, dict):
                yield Result((INDEX, position, "results", number), result)
