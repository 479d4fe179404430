"""The stages of a Dockerfile and their instructions: bases, environment, user, directory, command."""

from __future__ import annotations

import re

from hublint.documents.dockerfile.arguments import Arguments
from hublint.documents.dockerfile.environment import Environment, GlobalScope
from hublint.documents.dockerfile.words import BLANKS, ITEM, heredoc_words, is_heredoc, split_flags
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hublint.documents.dockerfile.environment import History
    from hublint.documents.dockerfile.lexer import Heredoc, Line
    from hublint.documents.dockerfile.words import Flag, Logical, Word
    from hublint.documents.source import Span

_PORT = lazy(r"([0-9]{1,5})(?:/(?:tcp|udp|sctp))?", re.IGNORECASE)
_LONGEST_CHAIN = 200
_HEREDOC = frozenset({"ADD", "COPY", "RUN"})


class Instruction:
    """One instruction.

    Attributes:
        name: upper case; empty when a continuation holds nothing.
        span: all of it, heredocs included, without the last line break.
        flags: the `--name=value` words before the arguments.
        words, form, argv, pairs, problems: those of its `Arguments`.
        trigger: the instruction inside ONBUILD.
        raw: the logical line, continuations and comments removed; `place` maps it to the file.
        stage: the stage it belongs to, None before the first FROM.
        index: its place among the stage's instructions.
    """

    __slots__ = (
        "argv", "flags", "form", "heredocs", "index", "logical", "name", "name_span", "pairs", "problems", "raw",
        "rest", "shell", "span", "stage", "trigger", "words",
    )  # fmt: skip

    def __init__(self, line: Line, escape: str, start: int = 0) -> None:
        self.logical: Logical = line.logical
        self.raw = text = line.logical.text
        self.span = line.span
        end = len(text.rstrip(BLANKS))
        start = min(start + len(text[start:]) - len(text[start:].lstrip(BLANKS)), end)
        found = ITEM.match(text, start, end)
        stop = found.end() if found else start
        self.name = text[start:stop].upper()
        self.name_span = line.logical.span(start, stop)
        self.flags, rest = split_flags(line.logical, stop, end, escape)
        while rest < end and text[rest] in BLANKS:
            rest += 1
        self.rest = rest
        arguments = Arguments(self.name, line.logical, rest, end, escape)
        self.words = arguments.words
        self.argv = arguments.argv
        self.pairs = arguments.pairs
        self.form = arguments.form
        self.problems = arguments.problems
        self.heredocs: list[Heredoc] = []
        self.trigger: Instruction | None = None
        self.stage: Stage | None = None
        self.shell: list[Word] = []
        self.index = 0
        if self.name == "ONBUILD" and self.words and not text[rest:end].lower().startswith("onbuild"):
            self.trigger = Instruction(line, escape, rest)

    def __repr__(self) -> str:
        return f"Instruction({self.raw[:40]!r}, {self.span.start}..{self.span.end})"

    @property
    def text(self) -> str:
        """The arguments in one logical line, flags left out."""
        return self.raw[self.rest :].rstrip(BLANKS)

    def place(self, start: int, end: int) -> Span:
        """Span in the file of `raw[start:end]`."""
        return self.logical.span(start, end)

    def flag(self, name: str) -> Flag | None:
        """The first flag of that name."""
        return next((flag for flag in self.flags if flag.name == name), None)

    def expand(self, word: Word) -> str | None:
        """The value of one of its words where it stands, None when it cannot be known."""
        return word.expand(self.environment)

    @property
    def environment(self) -> Mapping[str, str | None]:
        """The variables that its words see."""
        if self.name == "FROM" or self.stage is None:
            return self.stage.scope if self.stage else GlobalScope()
        return self.stage.env_at(self)

    @property
    def sources(self) -> list[Word]:
        """What COPY or ADD copies: paths, URLs and patterns, but no heredocs."""
        if self.name not in ("COPY", "ADD"):
            return []
        return [word for word in self.words[:-1] if word.json or not is_heredoc(word.text)]

    @property
    def destination(self) -> Word | None:
        """Where COPY or ADD copies to."""
        return self.words[-1] if self.name in ("COPY", "ADD") and len(self.words) > 1 else None

    @property
    def opens_heredocs(self) -> bool:
        """Whether lines after it may belong to it."""
        inner = self.trigger or self
        return inner.name in _HEREDOC and inner.form != "json" and bool(heredoc_words(self.raw))


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
        self.build_history: History = {}
        self.image_history: History = {}
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
            env = self._environment(index)
            for pair in instruction.pairs:
                entry = (index, pair.value.expand(env) if pair.value is not None else None)
                self.build_history.setdefault(pair.key, []).append(entry)
                self.image_history.setdefault(pair.key, []).append(entry)
        elif instruction.name == "ARG":
            self._declare(instruction, index)

    def _declare(self, instruction: Instruction, index: int) -> None:
        env = self._environment(index)
        image = self._environment(index, image=True)
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
        return self._environment(instruction.index)

    @property
    def env(self) -> Environment:
        """The environment of the built image, where containers start: ENV only."""
        return self._environment(len(self.instructions), image=True)

    def _environment(self, index: int, image: bool = False) -> Environment:
        histories = [
            (index if stage is self else len(stage.instructions), stage.image_history if image else stage.build_history)
            for stage in self.chain
        ]
        return Environment(histories, self.is_scratch)

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
