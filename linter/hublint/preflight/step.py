"""One question of a preflight and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hublint.records import NamedTuple

if TYPE_CHECKING:
    from hublint.space.variables.asked import Variable

Status = Literal["ok", "warning", "stop", "not needed", "not checked"]


class Step(NamedTuple):
    """The answer to one question.

    Attributes:
        name: of the question.
        status: `stop` means that the push or the start fails for sure as long as nothing changes.
        text: one sentence without full stop.
        details: more lines, for people.
        commands: what to run or open next, the first way first.
        unchecked: what only the network or a credential would tell.
        variables: environment variables that the code reads.
    """

    name: str
    status: Status
    text: str
    details: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
