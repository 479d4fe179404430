"""A Dockerfile as BuildKit reads it, everything in it with its place in the file.

Behaviour follows moby/buildkit: frontend/dockerfile/parser (lines, words), instructions (arguments),
shell (variables) and dockerfile2llb (stages, environment).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hublint.documents.dockerfile.lexer import Directive, Heredoc, Lexer, Line, SyntaxProblem
from hublint.documents.dockerfile.refusals import check
from hublint.documents.dockerfile.stage import GlobalScope, Stage
from hublint.documents.dockerfile.words import (
    BLANKS,
    Flag,
    Word,
    heredoc_words,
    is_heredoc,
    json_words,
    split_blank,
    split_flags,
    split_quoted,
)
from hublint.documents.source import Span
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.documents.dockerfile.words import Logical
    from hublint.documents.shell import Command
    from hublint.documents.source import Source

_NAME = lazy(r"[^\t\v\f\r ]+")
_SHELL_FORM = frozenset({"RUN", "CMD", "ENTRYPOINT", "SHELL"})
_BLANK_SPLIT = frozenset({"FROM", "EXPOSE"})
_LIST_FORM = frozenset({"ADD", "COPY", "VOLUME"})
_PAIRS = frozenset({"ENV", "LABEL", "ARG"})
_ONE_STRING = frozenset({"MAINTAINER", "STOPSIGNAL", "USER", "WORKDIR"})
_HEREDOC = frozenset({"ADD", "COPY", "RUN"})


class Pair(NamedTuple):
    """One `key=value` of ENV, LABEL or ARG; `value` is None for an ARG without default."""

    key: str
    value: Word | None
    span: Span


class Instruction:
    """One instruction.

    Attributes:
        name: upper case; empty when a continuation holds nothing.
        span: all of it, heredocs included, without the last line break.
        flags: the `--name=value` words before the arguments.
        words: the arguments as the instruction's own grammar splits them; RUN, CMD, ENTRYPOINT and HEALTHCHECK
            in shell form have the whole command as their last word.
        form: "json" or "shell" for what can be either, else "".
        argv: the strings of the JSON form.
        pairs: what ENV, LABEL and ARG set.
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
        found = _NAME.match(text, start, end)
        stop = found.end() if found else start
        self.name = text[start:stop].upper()
        self.name_span = line.logical.span(start, stop)
        self.flags, rest = split_flags(line.logical, stop, end, escape)
        while rest < end and text[rest] in BLANKS:
            rest += 1
        self.rest = rest
        self.words: list[Word] = []
        self.argv: list[Word] = []
        self.pairs: list[Pair] = []
        self.heredocs: list[Heredoc] = []
        self.problems: list[SyntaxProblem] = []
        self.form = ""
        self.trigger: Instruction | None = None
        self.stage: Stage | None = None
        self.shell: list[Word] = []
        self.index = 0
        if rest < end:
            self._read(line, rest, end, escape)

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

    def commands(self) -> list[Command]:
        """The shell commands that RUN, CMD, ENTRYPOINT, HEALTHCHECK or an ONBUILD of them starts.

        CMD, ENTRYPOINT and HEALTHCHECK see the image's final environment, RUN the build's. Nothing is read
        when SHELL names something that is no POSIX shell.
        """
        from hublint.documents.dockerfile import commands as dockerfile_commands

        return dockerfile_commands.commands(self)

    def _read(self, line: Line, start: int, end: int, escape: str) -> None:
        name, logical = self.name, line.logical
        if name in _SHELL_FORM or name in _LIST_FORM:
            if self._read_json(start, end, escape):
                return
            if name in _LIST_FORM:
                self.form = ""
                self.words = split_blank(logical, start, end, escape)
            else:
                self.words = [Word(logical, start, end, escape)]
        elif name in _BLANK_SPLIT:
            self.words = split_blank(logical, start, end, escape)
        elif name in _PAIRS:
            self.words = split_quoted(logical, start, end, escape)
            self._read_pairs(logical, start, end, escape)
        elif name in _ONE_STRING:
            self.words = [Word(logical, start, end, escape)]
        elif name == "HEALTHCHECK":
            found = _NAME.match(logical.text, start, end)
            stop = found.end() if found else end
            kind = Word(logical, start, stop, escape)
            while stop < end and logical.text[stop] in BLANKS:
                stop += 1
            if stop == end or not self._read_json(stop, end, escape):
                self.words = [Word(logical, stop, end, escape)] if stop < end else []
            self.words.insert(0, kind)
        elif name == "ONBUILD":
            self.words = [Word(logical, start, end, escape)]
            if not logical.text[start:end].lower().startswith("onbuild"):
                self.trigger = Instruction(line, escape, start)

    def _read_json(self, start: int, end: int, escape: str) -> bool:
        try:
            words = json_words(self.logical, start, end, escape)
        except ValueError as error:
            self.problems.append(SyntaxProblem(self.place(start, end), str(error)))
            words = None
        self.form = "shell" if words is None else "json"
        if words is None:
            return False
        self.words, self.argv = list(words), words
        return True

    def _read_pairs(self, logical: Logical, start: int, end: int, escape: str) -> None:
        first = self.words[0]
        if self.name != "ARG" and "=" not in first.text:
            found = _NAME.match(logical.text, start, end)
            stop = found.end() if found else end
            value_start = stop
            while value_start < end and logical.text[value_start] in "\t\v\f\r ":
                value_start += 1
            if value_start < end:
                value = Word(logical, value_start, end, escape)
                self.words = [Word(logical, start, stop, escape), value]
                self.pairs = [Pair(self.words[0].text, value, self.place(start, end))]
            return
        for word in self.words:
            equals = word.text.find("=")
            if equals >= 0:
                value = word.slice(equals + 1, len(word.text))
                self.pairs.append(Pair(word.slice(0, equals).value, value, word.span))
            elif self.name == "ARG":
                self.pairs.append(Pair(word.value, None, word.span))

    @property
    def opens_heredocs(self) -> bool:
        """Whether lines after it may belong to it."""
        inner = self.trigger or self
        return inner.name in _HEREDOC and inner.form != "json" and bool(heredoc_words(self.raw))


class Dockerfile:
    """All of a Dockerfile.

    Attributes:
        directives: `# syntax=`, `# escape=` and `# check=` at the top.
        comments: spans of the comments, from `#` to the end of the line, those inside continuations too.
        instructions: in file order; global ARGs first.
        stages: one for every FROM.
        errors: what makes BuildKit refuse the file, in file order. When there is one, the rest of the model
            is a best effort and should not be judged. A `# syntax=` that names another frontend than
            Docker's leaves it empty, since that frontend may read anything.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.instructions: list[Instruction] = []
        self.stages: list[Stage] = []
        lexer = Lexer(source.text)
        scope = GlobalScope()
        named: dict[str, Stage] = {}
        for line in lexer.lines():
            instruction = Instruction(line, lexer.escape)
            if instruction.opens_heredocs:
                owner = instruction.trigger or instruction
                owner.heredocs, stop = lexer.heredocs(line)
                instruction.heredocs = owner.heredocs
                instruction.span = owner.span = Span(line.span.start, stop)
            self._place(instruction, scope, named)
        self.directives: list[Directive] = lexer.directives
        self.comments: list[Span] = lexer.comments
        self.escape = lexer.escape
        self.errors: list[SyntaxProblem] = []
        if self._is_docker_frontend():
            self.errors = sorted([*lexer.problems, *check(self)])

    @property
    def final_stage(self) -> Stage | None:
        """The stage that becomes the image."""
        return self.stages[-1] if self.stages else None

    def stage(self, name: str) -> Stage | None:
        """The stage that `--from=name` means: a name in any case, or an index."""
        for stage in self.stages:
            if stage.name and stage.name.lower() == name.lower():
                return stage
        if name.isascii() and name.isdigit() and len(name) < 9 and int(name) < len(self.stages):
            return self.stages[int(name)]
        return None

    def _place(self, instruction: Instruction, scope: GlobalScope, named: dict[str, Stage]) -> None:
        self.instructions.append(instruction)
        if instruction.name == "FROM":
            stage = Stage(len(self.stages), instruction, scope, named)
            self.stages.append(stage)
            if stage.name:
                named[stage.name.lower()] = stage
        elif self.stages:
            self.stages[-1].add(instruction)
        elif instruction.name == "ARG":
            scope.add(instruction)

    def _is_docker_frontend(self) -> bool:
        syntax = next((directive.value for directive in self.directives if directive.name == "syntax"), "")
        image = syntax.split(" ")[0].removeprefix("docker.io/")
        return not image or re.match(r"docker/dockerfile(-upstream)?([:@]|$)", image) is not None
