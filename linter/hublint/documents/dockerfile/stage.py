"""The stages of a Dockerfile: bases, environment, user, directory, command."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile import Instruction
    from hublint.documents.dockerfile.words import Word
    from hublint.documents.shell import Command

_PORT = lazy(r"([0-9]{1,5})(?:/(?:tcp|udp|sctp))?", re.IGNORECASE)
_PLATFORM = ("BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS",
             "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE")  # fmt: skip
_LONGEST_CHAIN = 200


class GlobalScope(Mapping[str, "str | None"]):
    """The ARGs before the first FROM, which FROM itself sees; a name that is not here is unset."""

    closed = True

    def __init__(self) -> None:
        self._values: dict[str, str | None] = dict.fromkeys(_PLATFORM)
        self.declared: dict[str, str | None] = {}

    def add(self, instruction: Instruction) -> None:
        """Take over what an ARG instruction declares; without default the value is unknown."""
        for pair in instruction.pairs:
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
    """

    def __init__(self, stage: Stage, index: int, image: bool) -> None:
        self._stage = stage
        self._index = index
        self._image = image

    @property
    def closed(self) -> bool:
        """Whether nothing can be set that is not here."""
        return self._stage.is_scratch

    def __getitem__(self, name: str) -> str | None:
        for index, history in self._histories():
            entries = history.get(name)
            if entries:
                found = bisect_left(entries, (index,)) - 1
                if found >= 0:
                    return entries[found][1]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        seen = set()
        for index, history in self._histories():
            for name, entries in history.items():
                if name not in seen and entries[0][0] < index:
                    seen.add(name)
                    yield name

    def _histories(self) -> Iterator[tuple[int, dict[str, list[tuple[int, str | None]]]]]:
        for stage in self._stage.chain:
            index = self._index if stage is self._stage else len(stage.instructions)
            yield index, stage.image_history if self._image else stage.build_history

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Stage:
    """One FROM and what follows it.

    Attributes:
        index: 0 for the first FROM.
        name: as written after AS, empty without.
        origin: the FROM instruction.
        base: the image or stage as written, None when FROM has no argument.
        base_name: `base` with its ARGs expanded, None when they cannot be known.
        base_stage: the earlier stage that `base` names.
        instructions: those after FROM.
    """

    def __init__(self, index: int, origin: Instruction, scope: GlobalScope, named: Mapping[str, Stage]) -> None:
        self.index = index
        self.origin = origin
        self.scope = scope
        origin.stage = self
        words = origin.words
        self.base: Word | None = words[0] if words else None
        self.base_name = self.base.expand(scope) if self.base else None
        self.base_stage = named.get(self.base_name.lower()) if self.base_name else None
        self.name = words[2].text if len(words) == 3 and words[1].text.lower() == "as" else ""
        self.instructions: list[Instruction] = []
        self._first: Stage = self.base_stage._first if self.base_stage else self
        self.build_history: dict[str, list[tuple[int, str | None]]] = {}
        self.image_history: dict[str, list[tuple[int, str | None]]] = {}
        self._shell: list[Word] = self.base_stage._shell if self.base_stage else []

    def __repr__(self) -> str:
        return f"Stage({self.index}, {self.name!r}, {self.base_name!r})"

    def add(self, instruction: Instruction) -> None:
        """Append an instruction and take over the variables it sets."""
        instruction.stage = self
        instruction.index = index = len(self.instructions)
        if instruction.trigger:
            instruction.trigger.stage = self
            instruction.trigger.index = index
        self.instructions.append(instruction)
        if instruction.name == "SHELL" and instruction.argv:
            self._shell = instruction.argv
        instruction.shell = self._shell
        if instruction.trigger:
            instruction.trigger.shell = self._shell
        if instruction.name == "ENV":
            env = Environment(self, index, False)
            for pair in instruction.pairs:
                entry = (index, pair.value.expand(env) if pair.value is not None else None)
                self.build_history.setdefault(pair.key, []).append(entry)
                self.image_history.setdefault(pair.key, []).append(entry)
        elif instruction.name == "ARG":
            self._declare(instruction, index)

    def _declare(self, instruction: Instruction, index: int) -> None:
        env = Environment(self, index, False)
        image = Environment(self, index, True)
        for pair in instruction.pairs:
            if pair.value is not None:
                value = pair.value.expand(env)
            elif pair.key in self.scope.declared:
                value = self.scope.declared[pair.key]
            elif pair.key in env:
                continue
            else:
                value = None
            if pair.key in image and image[pair.key] != value:
                value = None  # the documentation lets ENV win, BuildKit the later one
            self.build_history.setdefault(pair.key, []).append((index, value))

    @property
    def chain(self) -> Iterator[Stage]:
        """This stage, its base stage, that one's base stage and so on."""
        stage: Stage | None = self
        for _ in range(_LONGEST_CHAIN):
            if stage is None:
                return
            yield stage
            stage = stage.base_stage

    @property
    def is_scratch(self) -> bool:
        """Whether it goes back to the empty image `scratch`."""
        return self._first.base_stage is None and self._first.base_name == "scratch"

    @property
    def image(self) -> str | None:
        """The image that the first stage of the chain starts from, None when it cannot be known."""
        return self._first.base_name if self._first.base_stage is None else None

    @property
    def image_word(self) -> Word | None:
        """The word that names `image`."""
        return self._first.base

    def env_at(self, instruction: Instruction) -> Environment:
        """The build's environment (ENV and ARG) that an instruction of this stage sees."""
        return Environment(self, instruction.index, False)

    @property
    def env(self) -> Environment:
        """The environment of the built image, where containers start: ENV only."""
        return Environment(self, len(self.instructions), True)

    def last(self, name: str) -> Instruction | None:
        """The last instruction of that name in this stage or else in its base stages."""
        for stage in self.chain:
            found = stage.own(name)
            if found:
                return found
        return None

    def own(self, name: str) -> Instruction | None:
        """The last instruction of that name in this very stage."""
        return next((found for found in reversed(self.instructions) if found.name == name), None)

    @property
    def user(self) -> Word | None:
        """The word of the last USER; None when the user is the base image's."""
        found = self.last("USER")
        return found.words[0] if found and found.words else None

    @property
    def workdir(self) -> Word | None:
        """The word of the last WORKDIR; None when the directory is the base image's."""
        found = self.last("WORKDIR")
        return found.words[0] if found and found.words else None

    @property
    def entrypoint(self) -> Instruction | None:
        """The ENTRYPOINT that counts; None when it is the base image's."""
        return self.last("ENTRYPOINT")

    @property
    def cmd(self) -> Instruction | None:
        """The CMD that counts; None when there is none or it is the base image's.

        An ENTRYPOINT drops the CMD of whatever its stage starts from (dispatchEntrypoint in dockerfile2llb).
        """
        for stage in self.chain:
            found = stage.own("CMD")
            if found or stage.own("ENTRYPOINT"):
                return found
        return None

    def start_commands(self) -> list[Command]:
        """The commands that a container starts with: ENTRYPOINT with CMD behind it, or either alone."""
        from hublint.documents.dockerfile import commands as dockerfile_commands

        return dockerfile_commands.start_commands(self)

    @property
    def exposed(self) -> list[tuple[int | None, Word]]:
        """Port and word of everything exposed, base stages first; the port is None when unknown or a range."""
        ports: list[tuple[int | None, Word]] = []
        for stage in reversed(list(self.chain)):
            for instruction in stage.instructions:
                if instruction.name == "EXPOSE":
                    env = stage.env_at(instruction)
                    ports += [(_port(word.expand(env)), word) for word in instruction.words]
        return ports

    def directory_at(self, instruction: Instruction) -> str | None:
        """The absolute working directory that an instruction of this stage sees, None when it cannot be known."""
        path: str | None = "/" if self.is_scratch else None
        for stage in reversed(list(self.chain)):
            for other in stage.instructions:
                if stage is self and other.index >= instruction.index:
                    break
                if other.name == "WORKDIR" and other.words:
                    path = _joined(path, other.words[0].expand(stage.env_at(other)))
        return path

    @property
    def directory(self) -> str | None:
        """The absolute directory in which containers start, None when it cannot be known."""
        if not self.instructions:
            return self.base_stage.directory if self.base_stage else ("/" if self.is_scratch else None)
        last = self.instructions[-1]
        path = self.directory_at(last)
        if last.name == "WORKDIR" and last.words:
            return _joined(path, last.words[0].expand(self.env_at(last)))
        return path

    def user_at(self, instruction: Instruction) -> Word | None:
        """The word of the USER that an instruction of this stage runs as; None when it is the base image's."""
        for other in reversed(self.instructions[: instruction.index]):
            if other.name == "USER" and other.words:
                return other.words[0]
        return self.base_stage.user if self.base_stage else None


def _joined(path: str | None, value: str | None) -> str | None:
    if value is None:
        return None
    if not value.startswith("/"):
        if path is None:
            return None
        value = f"{path}/{value}"
    parts: list[str] = []
    for part in value.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


def _port(value: str | None) -> int | None:
    found = _PORT.fullmatch(value) if value is not None else None
    return int(found[1]) if found else None
