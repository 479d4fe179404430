"""As whom a Space's image runs, and what it surely writes although that user may not."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from hublint.documents.source import Span
from hublint.repository.container_files import ContainerFiles, join
from hublint.rule import Edit, locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile_stage import Stage
    from hublint.documents.dockerfile_words import Word
    from hublint.documents.python import PythonSource
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

# Images whose user is root, as their Dockerfiles say.
_ROOT_IMAGE = re.compile(
    r"(?:docker\.io/|public\.ecr\.aws/docker/)?(?:library/)?"
    r"(?:python|node|ubuntu|debian|alpine|golang|rust|ruby|buildpack-deps|continuumio/(?:mini|ana)conda3|"
    r"nvidia/cuda|pytorch/pytorch|tensorflow/tensorflow|ghcr\.io/astral-sh/uv)(?:[:@].*)?"
)
_WRITABLE = ("/tmp/", "/var/tmp/", "/dev/shm/", "/data/", "/home/", "/proc/", "/dev/")
_GRANTING = re.compile(r"\b(?:chmod|chown|chgrp|setfacl|install\s+-d|umask)\b|--ch(?:own|mod)=")
_BUILDING = re.compile(r"RUN\b.*\b(?:python3?\s+(?:\S+\.py|-c)|sqlite3)\b", re.IGNORECASE)
_MODULE = re.compile(r"([A-Za-z_][\w.]*):[A-Za-z_]\w*")
_MAKING = frozenset(("os.mkdir", "os.makedirs"))
_NOBLE = re.compile(r"(?:.*/)?ubuntu(?::(?:latest|rolling|noble.*|plucky.*|questing.*|2[4-9]\..*))?|.*ubuntu2[4-9].*")


class Account(NamedTuple):
    """The user 1000 of an image: its name, its home, and the command that creates it where it is not there yet."""

    name: str
    home: str
    command: str


class RootOwnedWrite(NamedTuple):
    """Something that the app does on its start and user 1000 may not: where, and in words."""

    source: Source
    span: Span
    action: str


def root_word(dockerfile: Dockerfile) -> Word | None:
    """The word of the last USER where it says root."""
    stage = dockerfile.final_stage
    found = stage.last("USER") if stage else None
    if found is None or not found.words:
        return None
    user = (found.expand(found.words[0]) or "").partition(":")[0]
    return found.words[0] if user in ("root", "0") else None


def drops_root(stage: Stage) -> bool:
    """Whether the start itself switches to another user."""
    wanted = ("gosu", "su-exec", "setpriv", "runuser", "sudo", "su", "chroot", "s6-setuidgid", "fixuid")
    commands = stage.start_commands()
    return any(word.text.rpartition("/")[2] in wanted for c in commands for word in (*c.prefix, *c.argv))


def leaving_root(dockerfile: Dockerfile, stage: Stage, word: Word) -> tuple[str, tuple[Edit, ...]]:
    """The user to end with, and the edits: behind the last step that may need root, else in the last USER itself."""
    user = _earlier_user(stage) or "1000"
    source = dockerfile.source
    last = stage.own("USER")
    steps = [each for each in stage.instructions if each.name in ("RUN", "COPY", "ADD")]
    if last is not None and (not steps or steps[-1].index < last.index):
        return user, (Edit(source.path, word.span, user),)
    anchor = steps[-1] if steps else stage.origin
    end = source.line_span(source.position(anchor.span.end).line).end
    return user, (Edit(source.path, Span(end, end), f"{source.newline}USER {user}"),)


def _earlier_user(stage: Stage) -> str:
    """A user that the Dockerfile switches to before it goes back to root."""
    for each in reversed(stage.instructions):
        if each.name == "USER" and each.words:
            name = (each.expand(each.words[0]) or "").partition(":")[0]
            if name not in ("", "root", "0"):
                return name
    return ""


def is_root_image(stage: Stage) -> bool:
    """Whether the base image is known to run as root."""
    return stage.image is not None and _ROOT_IMAGE.fullmatch(stage.image) is not None


def account(stage: Stage) -> Account | None:
    """The user 1000 that an image has or can be given; None where that is not known."""
    image = stage.image or ""
    if not is_root_image(stage):
        return None
    name = image.rpartition("/")[2].partition(":")[0]
    if name == "node":
        return Account("node", "/home/node", "")
    if _NOBLE.fullmatch(image):
        return Account("ubuntu", "/home/ubuntu", "")
    if "alpine" in image:
        return Account("user", "/home/user", "adduser -D -u 1000 user")
    return Account("user", "/home/user", "useradd -m -u 1000 user")


def user_edits(dockerfile: Dockerfile, stage: Stage) -> tuple[Edit, ...] | None:
    """The user block of the Hub's guide: create the user, own what is copied, switch to it before the start."""
    user = account(stage)
    start = stage.own("CMD") or stage.own("ENTRYPOINT")
    if user is None or start is None or (stage.base_stage is not None and not stage.instructions):
        return None
    entrypoint = stage.own("ENTRYPOINT")
    if entrypoint is not None and entrypoint.index < start.index:
        start = entrypoint
    source = dockerfile.source
    later = [each for each in stage.instructions if each.index > start.index and each.name in ("RUN", "COPY", "ADD")]
    if later or dockerfile.escape != "\\":
        return None
    path, newline = source.path, source.newline
    edits = []
    for each in stage.instructions:
        if each.name in ("COPY", "ADD") and each.flag("chown") is None:
            end = each.name_span.end
            edits.append(Edit(path, Span(end, end), f" --chown={user.name}"))
    if user.command:
        end = source.line_span(source.position(stage.origin.span.end).line).end
        edits.append(Edit(path, Span(end, end), f"{newline}RUN {user.command}"))
    lines = [f"USER {user.name}", f"ENV HOME={user.home} \\", f"    PATH={user.home}/.local/bin:$PATH", ""]
    if stage.directory not in (None, "/"):
        lines.insert(0, f"RUN chown {user.name} .")
    begin = source.offset(source.position(start.span.start).line)
    edits.append(Edit(path, Span(begin, begin), newline.join(lines)))
    return tuple(edits)


def root_owned_write(repository: Repository, dockerfile: Dockerfile, stage: Stage) -> RootOwnedWrite | None:
    """A write under a path of root's that the start surely does.

    None where the build may have changed permissions or may have written the same thing itself.
    """
    if any(_GRANTING.search(each.raw) or _BUILDING.search(each.raw) for s in stage.chain for each in s.instructions):
        return None
    files = ContainerFiles(repository, dockerfile, stage)
    for python in _entries(repository, stage, files):
        for call in python.calls:
            if call.name in _MAKING and call.function is None:
                found = _folder(repository, stage, files, python, call.node)
            elif call.name == "sqlite3.connect":
                found = _database(files, python, call.node)
            else:
                continue
            if found:
                return found
    return None


def _entries(repository: Repository, stage: Stage, files: ContainerFiles) -> Iterator[PythonSource]:
    """The Python files that the start runs or that its server imports."""
    for command in stage.start_commands():
        directory = files.directory
        for word in command.argv:
            value = word.value or ""
            module = _MODULE.fullmatch(value)
            script = module[1].replace(".", "/") + ".py" if module else value if value.endswith(".py") else ""
            path = files.find(join(directory, script)) if script else None
            python = repository.python(path) if path else None
            if python is not None and python.error is None:
                yield python


def _folder(
    repository: Repository, stage: Stage, files: ContainerFiles, python: PythonSource, call: ast.Call
) -> RootOwnedWrite | None:
    name = _literal(python, call)
    if not name or not _is_unconditional(python, call):
        return None
    place = join(files.directory, name)
    first = place.rpartition("/")[2]
    made = any(first in each.raw for s in stage.chain for each in s.instructions if each.name != "ENV")
    is_copied = any(folder == first or folder.endswith(f"/{first}") for folder in repository.folders)
    if made or is_copied or not _is_root_owned(place):
        return None
    return RootOwnedWrite(python.source, locate(python.source, call), f"creates the folder `{name}`")


def _database(files: ContainerFiles, python: PythonSource, call: ast.Call) -> RootOwnedWrite | None:
    name = _literal(python, call)
    if not name or name.startswith((":", "file:")):
        return None
    place = join(files.directory, name)
    if not _is_root_owned(place) or files.find(place) or not _creates_tables(python):
        return None
    return RootOwnedWrite(python.source, locate(python.source, call), f"creates the database `{name}`")


def _creates_tables(python: PythonSource) -> bool:
    return any("create table" in text.lower() for _, text in python.string_literals if len(text) < 20_000)


def _literal(python: PythonSource, call: ast.Call) -> str:
    known = python.value(call.args[0]) if call.args else None
    if known is None or known.env or known.option or not isinstance(known.value, str):
        return ""
    return known.value if 0 < len(known.value) < 200 else ""


def _is_root_owned(place: str) -> bool:
    return not f"{place}/".startswith(_WRITABLE)


def _is_unconditional(python: PythonSource, call: ast.Call) -> bool:
    """Whether a call is a statement of the module itself, outside of conditions and `try`."""
    body = python.tree.body if python.tree else []
    return any(isinstance(statement, ast.Expr) and statement.value is call for statement in body)


def base_span(origin: Instruction) -> Span:
    """Where to report what an image lacks: the base in its FROM."""
    return origin.words[0].span if origin.words else origin.span
