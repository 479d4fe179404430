"""Credentials that a Docker Space's build writes into its image; they are DK009's, and no other rule reports them."""

from __future__ import annotations

from bisect import bisect_right

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.documents.dockerfile import Instruction
    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository
    from hublint.secrets.scan import Secrets

_KEEPING = frozenset(("ENV", "ARG", "RUN", "LABEL"))


class Divided(NamedTuple):
    """What was found in a text, divided into what instructions write into the image and the rest.

    `instructions` are those that keep what they say in the image: ENV, ARG, RUN and LABEL, behind ONBUILD too.
    """

    inside: Secrets
    outside: Secrets
    instructions: list[Instruction]


def divided(repository: Repository, source: Source, secrets: Secrets) -> Divided:
    """Divide the credentials of one text; a token or password that the image has is dropped from the rest."""
    instructions = _instructions(repository, source)
    inside = secrets._replace(
        tokens=[each for each in secrets.tokens if around(instructions, each.span)],
        keys=[],
        urls=[each for each in secrets.urls if around(instructions, each.span)],
        literals=[each for each in secrets.literals if around(instructions, each.span)],
        env=[],
    )
    known = {token.value for token in inside.tokens} | {literal.value for literal in inside.literals}
    known.update(url.password for url in inside.urls)
    outside = secrets._replace(
        tokens=[each for each in secrets.tokens if each.value not in known],
        urls=[each for each in secrets.urls if each.password not in known],
        literals=[each for each in secrets.literals if each.value not in known],
    )
    return Divided(inside, outside, instructions)


def _instructions(repository: Repository, source: Source) -> list[Instruction]:
    if source.path != "Dockerfile" or repository.kind != "space" or repository.sdk != "docker":
        return []
    dockerfile = repository.dockerfile
    if dockerfile is None or dockerfile.errors:
        return []
    return [each for each in dockerfile.instructions if (each.trigger or each).name in _KEEPING]


def around(instructions: Sequence[Instruction], span: Span) -> Instruction | None:
    """The instruction, of several in file order, in which a span begins."""
    at = bisect_right(instructions, span.start, key=lambda each: each.span.start) - 1
    return instructions[at] if at >= 0 and span.start < instructions[at].span.end else None
