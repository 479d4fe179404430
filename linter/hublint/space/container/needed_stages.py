"""Which stages of a Dockerfile are built at all."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile.stage import Stage


def needed(dockerfile: Dockerfile) -> list[Stage]:
    """The stages that the image needs, in file order; BuildKit leaves out the others."""
    final = dockerfile.final_stage
    found: dict[int, Stage] = {}
    pending = [final] if final else []
    while pending:
        stage = pending.pop()
        if stage.index in found:
            continue
        found[stage.index] = stage
        if stage.base_stage is not None:
            pending.append(stage.base_stage)
        for instruction in stage.instructions:
            pending += filter(None, map(dockerfile.stage, _origins(instruction)))
    return [found[index] for index in sorted(found)]


def _origins(instruction: Instruction) -> Iterator[str]:
    """The stages and images that an instruction takes files from."""
    for flag in instruction.flags:
        if flag.name == "from" and flag.value:
            yield flag.value
        elif flag.name == "mount" and flag.value:
            for option in flag.value.split(","):
                if option.startswith("from="):
                    yield option[5:]
