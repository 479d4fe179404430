"""Values that BuildKit refuses before the first step: images, ports, durations, mounts, stages.

Source: github.com/moby/buildkit, frontend/dockerfile/instructions and frontend/dockerfile/dockerfile2llb;
github.com/distribution/reference.
"""

from __future__ import annotations

import re

from hublint.documents.dockerfile.lexer import SyntaxProblem
from hublint.documents.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.documents.dockerfile.stage import Instruction, Stage
    from hublint.documents.dockerfile.words import Flag

_PORT = r"\+?([0-9]{1,9})(?:-([0-9]{1,9}))?(?:/(?:tcp|udp|sctp)?)?"
_HIGHEST_PORT = 65535
_DURATION = r"[+-]?0|\+?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+"
_UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "μs": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
_DAY = 86_400
_SHORTEST = _UNITS["ms"]
_NETWORKS = ("default", "none", "host")
_MOUNT_TYPES = ("bind", "cache", "tmpfs", "secret", "ssh")
_MOUNT_KEYS = frozenset(
    "type from source target readonly id sharing required size mode uid gid src dst destination ro rw readwrite "
    "env".split()
)
_PATH = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_IMAGE = rf"{_PATH}(?:/{_PATH})*(?::\w[\w.-]{{0,127}})?(?:@.*)?"


def refused_values(instructions: Sequence[Instruction], stages: Sequence[Stage]) -> Iterator[SyntaxProblem]:
    """What is wrong with values; only the stages that the last one is built on are surely evaluated."""
    for instruction in instructions:
        if instruction.name == "HEALTHCHECK":
            yield from _durations(instruction)
        elif instruction.name == "RUN":
            for flag in instruction.flags:
                if flag.name == "network" and flag.value and flag.value not in _NETWORKS:
                    yield SyntaxProblem(flag.span, f"`{flag.value}` is not a network: `default`, `none` or `host`")
    for stage in stages[-1].chain if stages else ():
        yield from _image(stage)
        for instruction in stage.instructions:
            if instruction.name == "EXPOSE":
                yield from _ports(instruction)
            for flag in instruction.flags:
                if instruction.name == "RUN" and flag.name == "mount":
                    yield from _mount(flag)
                elif instruction.name == "COPY" and flag.name == "from":
                    yield from _stage_index(flag, stage, len(stages))


def _durations(instruction: Instruction) -> Iterator[SyntaxProblem]:
    if instruction.words and instruction.words[0].text.upper() == "NONE":  # its flags are not read
        return
    for flag in instruction.flags:
        value = flag.value
        if not value:
            continue
        if flag.name == "retries":
            if not re.fullmatch(r"\+?[0-9]{1,9}|-0+", value):
                yield SyntaxProblem(flag.span, f"`--retries` must be a whole number, not `{value}`")
        elif not re.fullmatch(_DURATION, value, re.ASCII):
            way = f"; write `{value}s`" if value.isascii() and value.isdigit() else ""
            yield SyntaxProblem(flag.span, f"`{value}` is not a duration such as `30s`{way}")
        elif 0 < _nanoseconds(value) < _SHORTEST:
            yield SyntaxProblem(flag.span, f"`{value}` is less than `1ms`, the shortest that Docker takes; write `1ms`")


def _nanoseconds(duration: str) -> int:
    """A duration as Go parses it; what is longer than a day counts as one."""
    parts = re.findall(r"([0-9]*(?:\.[0-9]*)?)(ns|us|µs|μs|ms|s|m|h)", duration)
    return sum(int(min(float(number[:20]), _DAY) * _UNITS[unit]) for number, unit in parts)


def _image(stage: Stage) -> Iterator[SyntaxProblem]:
    name = stage.base_name
    if not name or stage.base is None or stage.base_stage is not None or name == "scratch":
        return
    first, slash, rest = name.partition("/")
    is_registry = slash and (first == "localhost" or "." in first or ":" in first or first != first.lower())
    path = rest if is_registry else name
    if re.fullmatch(_IMAGE, path, re.ASCII):
        return
    message = f"`{name[:80]}` is not the name of an image"
    if re.fullmatch(_IMAGE, path.lower(), re.ASCII):
        message += ": write it in lower case"
    elif "://" in name:
        message += ": leave out the scheme"
    yield SyntaxProblem(stage.base.span, message)


def _ports(instruction: Instruction) -> Iterator[SyntaxProblem]:
    """The first word of EXPOSE that is not a port."""
    for word in instruction.words:
        value = instruction.expand(word)
        if value and not all(map(_is_port, value.split())):  # a variable may hold several
            if value.startswith("#"):
                span = Span(word.span.start, instruction.words[-1].span.end)
                yield SyntaxProblem(span, "a comment needs a line of its own: here its words are taken for ports")
            else:
                yield SyntaxProblem(word.span, f"`{value[:40]}` is not a port")
            return


def _is_port(value: str) -> bool:
    if ":" in value:  # ports of the host, which are parsed and dropped
        return True
    found = re.fullmatch(_PORT, value, re.ASCII | re.IGNORECASE)
    return found is not None and int(found[1]) <= int(found[2] or found[1]) <= _HIGHEST_PORT


def _mount(flag: Flag) -> Iterator[SyntaxProblem]:
    if not flag.value or '"' in flag.value or "$" in flag.value:
        return
    for field in flag.value.split(","):
        key, _, value = field.partition("=")
        if key.lower() not in _MOUNT_KEYS:
            yield SyntaxProblem(flag.span, f"`--mount` has no option `{key[:40]}`")
            return
        if key.lower() == "type" and value.lower() not in _MOUNT_TYPES:
            yield SyntaxProblem(flag.span, f"`--mount` has no type `{value[:40]}`: {', '.join(_MOUNT_TYPES)}")
            return


def _stage_index(flag: Flag, stage: Stage, count: int) -> Iterator[SyntaxProblem]:
    value = flag.value or ""
    if value.isascii() and value.isdigit() and len(value) < 9 and (int(value) >= count or int(value) == stage.index):
        said = (
            "is this very stage" if int(value) == stage.index else f"is not one of the {count} stages, counted from 0"
        )
        yield SyntaxProblem(flag.span, f"`--from={value}` {said}")
