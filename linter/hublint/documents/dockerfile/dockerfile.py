"""All of a Dockerfile: its lines read into instructions and stages."""

from __future__ import annotations

import re

from hublint.documents.dockerfile.environment import GlobalScope
from hublint.documents.dockerfile.lexer import Directive, Lexer, SyntaxProblem
from hublint.documents.dockerfile.refusals import refusals
from hublint.documents.dockerfile.stage import Instruction, Stage
from hublint.documents.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source


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
        self._first_named: dict[str, Stage] = {}
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
            self.errors = sorted([*lexer.problems, *refusals(source, self.directives, self.instructions, self.stages)])

    @property
    def final_stage(self) -> Stage | None:
        """The stage that becomes the image."""
        return self.stages[-1] if self.stages else None

    def stage(self, name: str) -> Stage | None:
        """The stage that `--from=name` means: a name in any case, or an index."""
        if name.lower() in self._first_named:
            return self._first_named[name.lower()]
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
                self._first_named.setdefault(stage.name.lower(), stage)
        elif self.stages:
            self.stages[-1].add(instruction)
        elif instruction.name == "ARG":
            scope.add(instruction.pairs)

    def _is_docker_frontend(self) -> bool:
        syntax = next((directive.value for directive in self.directives if directive.name == "syntax"), "")
        image = syntax.split(" ")[0].removeprefix("docker.io/")
        return not image or re.match(r"docker/dockerfile(-upstream)?([:@]|$)", image) is not None
