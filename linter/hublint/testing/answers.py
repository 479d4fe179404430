"""What the Hub and the package index answer in a case or an example, written down as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hublint.repository.online import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint_schemas import Kind

_STANDINGS = {
    "there": Standing("there"),
    "gated": Standing("there", gated=True),
    "private": Standing("there", private=True),
    "hidden": Standing("hidden"),
    "absent": Standing("absent"),
}


class Table:
    """Answers by question; what is not in the table has no answer. See `hublint.repository.online.Online`.

    Args:
        answers: `KIND ID` to `there`, `gated`, `private`, `hidden` or `absent`; `metadata` to the sentences with which
            the Hub refuses it; `link ADDRESS` to why it leads to nothing; `package NAME` to its versions.
    """

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers

    def repository(self, kind: Kind, id: str) -> Standing | None:
        """What the table has of a repository."""
        given = self._answers.get(f"{kind} {id}")
        return None if given is None else _STANDINGS[given]

    def refusals(self, kind: Kind, metadata: str, name: str) -> tuple[str, ...] | None:
        """The sentences with which any metadata is refused."""
        given = self._answers.get("metadata")
        return None if given is None else tuple(given)

    def dead_end(self, link: str) -> str | None:
        """Why an address leads to nothing."""
        given = self._answers.get(f"link {link}")
        return None if given is None else str(given)

    def releases(self, package: str) -> tuple[str, ...] | None:
        """The versions of a package."""
        given = self._answers.get(f"package {package}")
        return None if given is None else tuple(map(str, given))
