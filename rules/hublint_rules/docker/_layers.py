"""The RUN steps whose files stay in the image."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.shell import Command


def steps(dockerfile: Dockerfile, mark: str) -> Iterator[tuple[Instruction, list[Command]]]:
    """Every RUN of the final stage and of those it is built on that holds a mark and mounts no cache."""
    from hublint.documents.dockerfile.commands import commands_of

    stage = dockerfile.final_stage
    for origin in stage.chain if stage else ():
        for instruction in origin.instructions:
            if instruction.name != "RUN" or mark not in instruction.raw:
                continue
            if not any(flag.name == "mount" and "type=cache" in (flag.value or "") for flag in instruction.flags):
                yield instruction, commands_of(instruction)
