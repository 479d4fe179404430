"""What makes BuildKit refuse a Dockerfile that could be split into instructions."""

from __future__ import annotations

from hublint.documents.dockerfile.expansion import problem
from hublint.documents.dockerfile.lexer import SyntaxProblem
from hublint.documents.dockerfile.refused_values import refused_values
from hublint.documents.dockerfile.words import is_heredoc
from hublint.documents.source import Span
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hublint.documents.dockerfile.lexer import Directive
    from hublint.documents.dockerfile.stage import Instruction, Stage
    from hublint.documents.dockerfile.words import Word
    from hublint.documents.source import Source

_NEEDS_ARGUMENT = frozenset(("ENV", "LABEL", "ARG", "EXPOSE", "VOLUME", "HEALTHCHECK", "ONBUILD", "SHELL"))
_NEEDS_ONE = frozenset(("USER", "WORKDIR", "STOPSIGNAL", "MAINTAINER"))
_EXPANDED = frozenset(("ADD", "COPY", "ENV", "LABEL", "EXPOSE", "VOLUME", "ARG", "FROM")) | _NEEDS_ONE - {"MAINTAINER"}
NAMES = _NEEDS_ARGUMENT | _NEEDS_ONE | _EXPANDED | {"RUN", "CMD", "ENTRYPOINT"}
_UNCHECKED_FLAGS = frozenset(("ARG", "STOPSIGNAL"))
_STAGE_NAME = lazy(r"[a-z][a-z0-9\-_.]*")
_BOOLEAN = frozenset(("link", "keep-git-dir", "unpack", "parents"))
_REPEATED = frozenset(("mount", "device", "exclude"))
_FLAGS = {
    "ADD": frozenset(("chown", "chmod", "link", "keep-git-dir", "checksum", "unpack", "exclude")),
    "COPY": frozenset(("chown", "chmod", "link", "from", "exclude", "parents")),
    "FROM": frozenset(("platform",)),
    "RUN": frozenset(("mount", "network", "security", "device")),
    "HEALTHCHECK": frozenset(("interval", "timeout", "start-period", "start-interval", "retries")),
}


def refusals(
    source: Source, directives: Sequence[Directive], instructions: Sequence[Instruction], stages: Sequence[Stage]
) -> list[SyntaxProblem]:
    """Everything wrong with the instructions of a Dockerfile and their order."""
    problems: list[SyntaxProblem] = []
    if source.encoding != "utf-8":
        start = Span(0, min(1, len(source.text)))
        return [SyntaxProblem(start, f"the file is {source.encoding.upper()}, BuildKit reads UTF-8 only")]
    pinned = any(directive.name == "syntax" and not _is_stable(directive.value) for directive in directives)
    for instruction in instructions:
        found = list(_instruction(instruction, pinned))
        problems += found
        if not found and instruction.stage is None and instruction.name != "ARG":
            message = f"`{instruction.name}` before the first `FROM`: only `ARG` may stand there"
            problems.append(SyntaxProblem(instruction.name_span, message))
    if not problems:
        problems += refused_values(instructions, stages)
    if not instructions:
        problems.append(SyntaxProblem(Span(0, 0), "the file has no instructions"))
    elif not stages and not problems:
        problems.append(SyntaxProblem(instructions[-1].span, "the file has no `FROM`"))
    return problems


def _is_stable(syntax: str) -> bool:
    tag = syntax.split(" ")[0].rpartition("/")[2].partition(":")[2]
    return tag in ("", "1", "latest")


def _instruction(instruction: Instruction, pinned: bool) -> Iterator[SyntaxProblem]:
    name = instruction.name
    if name not in NAMES:
        yield SyntaxProblem(instruction.name_span or instruction.span, f"unknown instruction `{name[:40]}`")
        return
    yield from instruction.problems
    if instruction.problems:
        return
    yield from _flags(instruction, pinned)
    message = _arguments(instruction)
    if message:
        yield SyntaxProblem(Span(instruction.span.start, _line_end(instruction)), message)
        return
    if name in _EXPANDED:
        for word in _expanded_words(instruction):
            message = problem(word.value if word.json else word.text, word.escape)
            if message:
                yield SyntaxProblem(word.span, message)


def _line_end(instruction: Instruction) -> int:
    return instruction.place(0, len(instruction.raw.rstrip())).end


def _expanded_words(instruction: Instruction) -> list[Word]:
    if instruction.name in ("ENV", "LABEL", "ARG"):
        return [pair.value for pair in instruction.pairs if pair.value is not None]
    if instruction.name == "FROM":
        return instruction.words[:1]
    return [word for word in instruction.words if word.json or not is_heredoc(word.text)]


def _flags(instruction: Instruction, pinned: bool) -> Iterator[SyntaxProblem]:
    name = instruction.name
    if name in _UNCHECKED_FLAGS or (name == "HEALTHCHECK" and _kind(instruction) == "NONE"):
        return
    known = _FLAGS.get(name, frozenset())
    seen = set()
    for flag in instruction.flags:
        if flag.name not in known:
            if not pinned:
                yield SyntaxProblem(flag.span, f"`{name}` knows no flag `--{flag.name}`")
        elif flag.name in seen and flag.name not in _REPEATED:
            yield SyntaxProblem(flag.span, f"flag `--{flag.name}` is given twice")
        elif flag.name in _BOOLEAN:
            if flag.value is not None and flag.value.lower() not in ("true", "false"):
                yield SyntaxProblem(flag.span, f"flag `--{flag.name}` is `true` or `false`, not `{flag.value}`")
        elif flag.value is None:
            yield SyntaxProblem(flag.span, f"flag `--{flag.name}` has no value: write `--{flag.name}=...`")
        seen.add(flag.name)


def _arguments(instruction: Instruction) -> str:
    name = instruction.name
    if name in _NEEDS_ARGUMENT and not instruction.words:
        return f"`{name}` has no argument"
    if name in _NEEDS_ONE and not instruction.words:
        return f"`{name}` needs exactly one argument"
    check = _CHECKS.get(name)
    return check(instruction) if check is not None else ""


def _from(instruction: Instruction) -> str:
    words = instruction.words
    if len(words) == 3 and words[1].text.lower() == "as":
        if not _STAGE_NAME.fullmatch(words[2].text.lower()):
            return f"`{words[2].text}` is not a name for a stage: letters, digits, `-`, `_`, `.`, a letter first"
    elif len(words) != 1:
        return f"`FROM` takes an image or `IMAGE AS NAME`, not {len(words)} arguments"
    if instruction.stage and instruction.stage.base_name == "":
        return f"the image `{words[0].text}` is empty: no `ARG` before the first `FROM` gives it a value"
    return ""


def _pairs(instruction: Instruction) -> str:
    name, words = instruction.name, instruction.words
    if not instruction.pairs:
        return f"`{name} {words[0].text[:40]}` has no value"
    if "=" in words[0].text:
        for word in words:
            if "=" not in word.text:
                return f"`{word.text[:40]}` is not of the form `name=value`; a value with blanks needs quotes"
    if any(not pair.key for pair in instruction.pairs):
        return f"a `{name}` without name"
    return ""


def _kind(instruction: Instruction) -> str:
    return instruction.words[0].text.upper() if instruction.words else ""


def _healthcheck(instruction: Instruction) -> str:
    kind = _kind(instruction)
    rest = len(instruction.words) > 1
    if kind == "NONE":
        return "`HEALTHCHECK NONE` takes no arguments" if rest else ""
    if kind != "CMD":
        return f"`HEALTHCHECK` is followed by `CMD` or `NONE`, not `{instruction.words[0].text[:40]}`"
    return "" if rest else "`HEALTHCHECK CMD` has no command"


def _onbuild(instruction: Instruction) -> str:
    trigger = instruction.trigger
    if trigger is None:
        return "`ONBUILD ONBUILD` is not allowed"
    if trigger.name in ("FROM", "MAINTAINER"):
        return f"`ONBUILD {trigger.name}` is not allowed"
    if trigger.problems:
        return trigger.problems[0].message
    return _pairs(trigger) if trigger.name in ("ENV", "LABEL") and trigger.words else ""


def _copy(instruction: Instruction) -> str:
    name, words = instruction.name, instruction.words
    if len(words) < 2:
        return f"`{name}` has no destination: it needs a source and a destination"
    is_heredoc_last = not words[-1].json and is_heredoc(words[-1].text)
    return f"the destination of `{name}` is a heredoc" if is_heredoc_last else ""


def _arg(instruction: Instruction) -> str:
    return "" if all(pair.key for pair in instruction.pairs) else "an `ARG` without name"


def _shell(instruction: Instruction) -> str:
    return "" if instruction.form == "json" else '`SHELL` needs the JSON form, for example `["/bin/bash", "-c"]`'


def _volume(instruction: Instruction) -> str:
    return "" if all(word.value.strip() for word in instruction.words) else "a `VOLUME` without path"


_CHECKS: dict[str, Callable[[Instruction], str]] = {
    "FROM": _from,
    "COPY": _copy,
    "ADD": _copy,
    "ENV": _pairs,
    "LABEL": _pairs,
    "ARG": _arg,
    "SHELL": _shell,
    "VOLUME": _volume,
    "HEALTHCHECK": _healthcheck,
    "ONBUILD": _onbuild,
}
