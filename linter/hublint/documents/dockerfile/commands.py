"""The shell commands that a Dockerfile's instructions start."""

from __future__ import annotations

from hublint.documents import shell
from hublint.documents.dockerfile.words import is_heredoc
from hublint.documents.shell.command import SHELLS, is_shell_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.documents.dockerfile.stage import Instruction, Stage


def commands_of(instruction: Instruction) -> list[shell.Command]:
    """The commands of RUN, CMD, ENTRYPOINT, HEALTHCHECK or an ONBUILD of them; others have none.

    CMD, ENTRYPOINT and HEALTHCHECK see the image's final environment, RUN the build's. Nothing is read where SHELL
    names something that is not a POSIX shell.
    """
    inner = instruction.trigger or instruction
    if inner.name not in ("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK") or not inner.form:
        return []
    env: Mapping[str, str | None] = {}
    if inner.stage is not None:
        env = inner.stage.env_at(inner) if inner.name == "RUN" else inner.stage.env
    if inner.form == "json":
        words = [(word.value, word.span, word.to_source()) for word in inner.argv]
        return shell.argv_commands(words, env)
    if not _is_posix(inner) or not inner.words:
        return []
    word = inner.words[-1]
    if not inner.heredocs:
        return shell.commands(word.text, to_source=word.to_source(), env=env)
    if is_heredoc(word.text):
        return _script(inner, env)
    found = shell.commands(word.text, to_source=word.to_source(), env=env)
    if (
        len(found) == 1
        and found[0].name in SHELLS
        and all(argument.text.startswith("-") and argument.text != "-c" for argument in found[0].argv[1:])
    ):
        found += _script(inner, env)
    return found


def start_commands(stage: Stage) -> list[shell.Command]:
    """What a container of the stage starts: its ENTRYPOINT with its CMD behind it, or either alone.

    An ENTRYPOINT in shell form ignores CMD. Without ENTRYPOINT the base image may have one that takes CMD as its
    arguments, which cannot be seen here.
    """
    entrypoint, cmd = stage.entrypoint, stage.cmd
    if entrypoint is None or not entrypoint.words:
        return commands_of(cmd) if cmd is not None else []
    if entrypoint.form == "shell" or cmd is None or cmd.form != "json":
        return commands_of(entrypoint)
    words = [(word.value, word.span, word.to_source()) for word in [*entrypoint.argv, *cmd.argv]]
    return shell.argv_commands(words, stage.env)


def _script(instruction: Instruction, env: Mapping[str, str | None]) -> list[shell.Command]:
    heredoc = instruction.heredocs[0]
    if not is_shell_script(heredoc.body):
        return []
    return shell.commands(heredoc.body, heredoc.body_span.start, env=env)


def _is_posix(instruction: Instruction) -> bool:
    if not instruction.shell:
        return True
    return instruction.shell[0].value.rpartition("/")[2] in SHELLS
