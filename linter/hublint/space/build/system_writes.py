"""What a step of a Docker build writes below /etc and /usr, which belong to root in an image's own folders."""

from __future__ import annotations

from itertools import pairwise

from hublint.regexes import lazy
from hublint.space.build.steps import decisive
from hublint.space.container.base_images import image_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import Command
    from hublint.documents.source import Source

# Images in which root owns all of these folders, and nobody else may write there.
_IMAGES = frozenset(("python", "debian", "ubuntu", "node", "buildpack-deps", "alpine", "nvidia/cuda"))
_SYSTEM = lazy(r"/(?:etc|usr)/[\w./+-]*\w")
_REDIRECTION = lazy(r"\s*>>?\s*(/(?:etc|usr)/[\w./+-]*\w)")
_HANDED_OVER = lazy(r"\b(?:chown|chmod|setfacl|chgrp)\b[^\n]*(?:\s/(?:etc|usr)\b|\$)|\b(?:sudo|gosu|su-exec)\b")
_NPM_PREFIX = lazy(r"(?i:npm_config_prefix)|\bprefix\b|\.npmrc")
_LAST = frozenset(("cp", "mv", "ln", "install"))
_EVERY = frozenset(("touch", "tee", "chmod", "chown", "mkdir"))
_OPTION = {"curl": ("-o", "--output"), "wget": ("-O", "--output-document"), "tar": ("-C", "--directory")}


def system_write(source: Source, instruction: Instruction) -> tuple[Command, str] | None:
    """The first command of a RUN that surely writes there and ends the build where it may not, and the path."""
    stage = instruction.stage
    name = image_name(stage.image or "") if stage is not None else ""
    if stage is None or name not in _IMAGES:
        return None
    above = list(_above(stage, instruction))
    if any(each.name == "RUN" and _HANDED_OVER.search(each.raw) for each in above):
        return None
    folders = [folder for each in above for folder in _folders(each)]
    is_npm_of_root = name == "node" and not any(_NPM_PREFIX.search(each.raw) for each in above)
    for command in decisive(instruction):
        path = "" if command.prefix else _written(command, source)
        if path and not any(_is_below(path, folder) for folder in folders):
            return command, path
        if is_npm_of_root and _is_global(command):
            return command, "/usr/local/lib/node_modules"
    return None


def _above(stage: Stage, instruction: Instruction) -> Iterator[Instruction]:
    for part in stage.chain:
        for each in part.instructions:
            if part is not stage or each.index < instruction.index:
                yield each


def _written(command: Command, source: Source) -> str:
    values = [word.value or "" for word in command.argv[1:]]
    paths = [value for value in values if not value.startswith("-")]
    found: list[str] = []
    if command.name in _LAST and len(paths) > 1:
        found = paths[-1:]
    elif command.name in _EVERY and not (
        command.name == "mkdir" and any("p" in value for value in values if value[:1] == "-")
    ):
        found = paths
    elif command.name in _OPTION:
        found = [after for option, after in pairwise(values) if option in _OPTION[command.name]]
    behind = _REDIRECTION.match(source.text, command.span.end)
    found += [behind[1]] if behind else []
    return next((path for path in found if _SYSTEM.fullmatch(path.rstrip("/"))), "")


def _is_global(command: Command) -> bool:
    values = [word.value or "" for word in command.argv[1:]]
    return command.name == "npm" and values[:1] in (["install"], ["i"]) and not {"-g", "--global"}.isdisjoint(values)


def _folders(instruction: Instruction) -> list[str]:
    """What an instruction may make for somebody else: the folders of WORKDIR, and where COPY and ADD put things."""
    if instruction.name not in ("WORKDIR", "COPY", "ADD"):
        return []
    return [found.rstrip("/") for found in _SYSTEM.findall(instruction.raw)]


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
