"""One place where a repository asks for an environment variable, and how much it needs it."""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Need = Literal["start", "use", "build", "optional", "default"]


# The stronger first.
NEEDS: tuple[Need, ...] = ("start", "use", "build", "optional", "default")


class Read(NamedTuple):
    """A read of the variable `name`.

    `need`: without the variable the start fails, the place fails when it is reached, the build fails, the place gets
    nothing, or it takes a default. `note` says what else is to be known.
    """

    name: str
    path: str
    line: int
    need: Need
    note: str = ""
