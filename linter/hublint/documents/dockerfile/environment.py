"""The variables that a Dockerfile's instructions see."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hublint.documents.dockerfile.arguments import Pair

History = dict[str, list[tuple[int, "str | None"]]]
"""By name, the values that it is given and the index of the instruction that does so."""

_PLATFORM = ("BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS",
             "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE")  # fmt: skip


class GlobalScope(Mapping[str, "str | None"]):
    """The ARGs before the first FROM, which FROM itself sees; a name that is not here is unset."""

    closed = True

    def __init__(self) -> None:
        self._values: dict[str, str | None] = dict.fromkeys(_PLATFORM)
        self.declared: dict[str, str | None] = {}

    def add(self, pairs: Iterable[Pair]) -> None:
        """Take over what an ARG declares; without default the value is unknown."""
        for pair in pairs:
            value = pair.value.expand(self) if pair.value is not None else None
            if pair.value is None and pair.key in self.declared:
                continue
            self._values[pair.key] = self.declared[pair.key] = value

    def __getitem__(self, name: str) -> str | None:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class Environment(Mapping[str, "str | None"]):
    """The variables at one point of a stage; None is a value that cannot be known.

    `closed` is True when a name that is not here is certainly unset: the stage starts from `scratch`. From any
    other image more variables may come than the Dockerfile shows.

    Args:
        histories: that of the stage and those of its base stages, each with the index of the instruction before which
            it counts.
        closed: see above.
    """

    def __init__(self, histories: Sequence[tuple[int, History]], closed: bool) -> None:
        self._histories = histories
        self.closed = closed

    def __getitem__(self, name: str) -> str | None:
        for index, history in self._histories:
            entries = history.get(name)
            if entries:
                found = bisect_left(entries, (index,)) - 1
                if found >= 0:
                    return entries[found][1]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        seen = set()
        for index, history in self._histories:
            for name, entries in history.items():
                if name not in seen and entries[0][0] < index:
                    seen.add(name)
                    yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)
