"""The command lines that a repository runs or shows: Dockerfile, shell scripts, workflows, the README's code blocks."""

from __future__ import annotations

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.shell import Command
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

_FENCE = lazy(r"^[ >]*(`{3,}|~{3,})[ \t]*\{?\.?([\w+-]*)[^`\r\n]*$")
_LANGUAGES = frozenset(("", "bash", "sh", "shell", "zsh", "console", "terminal", "cmd", "powershell", "shell-session"))
_PROMPT = lazy(r"[\s>]*(?:-\s+)?(?:run:\s*)?(?:[|>]-?\s*$)?(?:[$!%]\s*)?")


def commands(repository: Repository, marks: tuple[str, ...]) -> Iterator[tuple[Source, Command]]:
    """Every command of a place that holds one of the marks, with its file."""
    if repository.kind == "space" and repository.sdk == "docker":
        yield from _of_image(repository, marks)
    if repository.card is not None and _holds(repository.card, marks):
        yield from _shown(repository.card, marks, True)
    yield from _of_scripts(repository, marks)


def _of_image(repository: Repository, marks: tuple[str, ...]) -> Iterator[tuple[Source, Command]]:
    dockerfile = repository.dockerfile
    if dockerfile is None or dockerfile.errors or not _holds(dockerfile.source, marks):
        return
    from hublint.documents.dockerfile.commands import commands_of

    for instruction in dockerfile.instructions:
        for command in commands_of(instruction):
            yield dockerfile.source, command


def _of_scripts(repository: Repository, marks: tuple[str, ...]) -> Iterator[tuple[Source, Command]]:
    """The commands of shell scripts and workflows."""
    wanted = [path for path in repository.files if path.endswith((".sh", ".bash")) or _is_workflow(path)]
    if not wanted:
        return
    from hublint.repository.texts import text_paths

    allowed = set(text_paths(repository))
    for path in wanted:
        source = repository.glance(path) if path in allowed else None
        if source is None or source.is_binary or not _holds(source, marks):
            continue
        source = repository.source(path) or source
        if _is_workflow(path):
            yield from _shown(source, marks, False)
        else:
            from hublint.documents import shell

            for command in shell.commands(source.text):
                yield source, command


def _is_workflow(path: str) -> bool:
    return path.startswith(".github/workflows/") and path.endswith((".yml", ".yaml"))


def _holds(source: Source, marks: tuple[str, ...]) -> bool:
    return any(mark in source.text for mark in marks)


def _shown(source: Source, marks: tuple[str, ...], fenced: bool) -> Iterator[tuple[Source, Command]]:
    """The commands of the lines that hold a mark, inside shell code blocks if there have to be such."""
    from hublint.documents import shell

    fence = language = ""
    line = 0
    while line < len(source.line_starts):
        line += 1
        text = source.line(line)
        marked = _FENCE.match(text) if fenced and ("```" in text or "~~~" in text) else None
        if marked:
            if not fence:
                fence, language = marked[1], marked[2].lower()
            elif marked[1].startswith(fence) and not marked[2]:
                fence = ""
            continue
        if (fenced and not fence) or not any(mark in text for mark in marks):
            continue
        found = _PROMPT.match(text)
        begin = found.end() if found else 0
        if text[begin : begin + 1] == "#" or (fenced and language not in _LANGUAGES and "!" not in text[:begin]):
            continue
        start = source.offset(line) + begin
        line = _last_line(source, line)
        for command in shell.commands(source.text[start : source.line_span(line).end], start):
            yield source, command


def _last_line(source: Source, line: int) -> int:
    """The line on which a command ends that begins on `line`: a backslash at the end goes on."""
    while line < len(source.line_starts) and source.line(line).endswith("\\"):
        line += 1
    return line
