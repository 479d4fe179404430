"""What an app must write where its user may not: who runs, who owns and what is written, put together.

Only images with a known base that runs as root and with a USER that is another are judged. Whatever may have made or
handed over a path without saying so (a script, an unknown program) leaves it unjudged. docs/permissions.md has the
whole table.
"""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.space.container import users

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.repository.repository import Repository
    from hublint.space.permissions.ownership import Ownership
    from hublint.space.permissions.writes import Write


# What no start that writes does without: in Python, and in commands and scripts.
_CALLS = ("mkdir", "makedirs", "open(", "write_", "touch", "connect", "handler", "_dir=", "filename=")
_COMMANDS = ("mkdir", "touch", "chainlit")
_SWITCHES = frozenset("gosu su-exec setpriv runuser sudo su chroot s6-setuidgid fixuid".split())
_SWITCH = lazy(r"(?m)^[ \t]*(?:exec[ \t]+)?(?:gosu|su-exec|setpriv|runuser|s6-setuidgid|fixuid|sudo|su)[ \t]")


class Denied(NamedTuple):
    """A write that the app's user may not do.

    Attributes:
        write: the write.
        path: the folder or file that is root's.
        maker: the instruction that made it so.
        runs: as whom that instruction was run.
    """

    write: Write
    path: str
    maker: Instruction
    runs: str


def owners(repository: Repository) -> Ownership | None:
    """The owners of the paths in a Docker Space's image, whose `user` is empty where nothing can be judged.

    None where no Dockerfile can be read.
    """
    return repository.once(_owners)


def _owners(repository: Repository) -> Ownership | None:
    from hublint.space.permissions.ownership import Ownership

    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or dockerfile.errors:
        return None
    return Ownership(repository, stage)


def drops_root(repository: Repository) -> bool | None:
    """Whether the start of a Docker Space switches to another user, in its commands or in the scripts that they run.

    None where that cannot be known: a script that is not in the repository, or the base image's own entry point.
    """
    return repository.once(_drops_root)


def _drops_root(repository: Repository) -> bool | None:
    from hublint.documents.dockerfile.commands import start_commands
    from hublint.space.serving import walked

    dockerfile, walker = repository.dockerfile, walked(repository)
    stage = dockerfile.final_stage if dockerfile else None
    if walker is None or dockerfile is None or stage is None:
        return None
    words = [word.text for command in start_commands(stage) for word in (*command.prefix, *command.argv)]
    scripts = {each.source.path: each.source for each in walker.started if each.source is not dockerfile.source}
    if any(word.rpartition("/")[2] in _SWITCHES for word in words):
        return True
    if any(_SWITCH.search(script.text) for script in scripts.values()):
        return True
    names = {path.rpartition("/")[2] for path in scripts}
    known = all(word.rpartition("/")[2] in names for word in words if word.endswith((".sh", ".bash")))
    return False if known and (stage.entrypoint is not None or users.is_root_image(stage)) else None


def denied(repository: Repository) -> list[Denied]:
    """The writes that surely fail when a Docker Space starts, one for each path that is root's."""
    return repository.once(_denied)


def _denied(repository: Repository) -> list[Denied]:
    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or dockerfile.errors or stage.user is None:
        return []
    if drops_root(repository):
        return []
    if not _may_write(repository, dockerfile):
        return []
    ownership = owners(repository)
    if ownership is None or not ownership.has_roots:
        return []
    from hublint.space.permissions.writes import writes

    found: dict[str, Denied] = {}
    for write in writes(repository, dockerfile, stage):
        refusal = _refusal(ownership, write)
        if refusal is not None:
            found.setdefault(refusal.path, refusal)
    return list(found.values())


def _may_write(repository: Repository, dockerfile: Dockerfile) -> bool:
    """Whether anything that could be started resembles a write; its no is certain."""
    code, commands = repository.code, dockerfile.source.text
    if any(word in code for word in _CALLS) or any(word in commands for word in _COMMANDS):
        return True
    names = (path.rpartition("/")[2] for path in repository.files)
    return any(name.endswith((".sh", ".bash")) or ("." not in name and name != "Dockerfile") for name in names)


def _refusal(ownership: Ownership, write: Write) -> Denied | None:
    """What keeps the app from a write; None where nothing surely does."""
    place = ownership.place(write.path)
    there = ownership.exists(write.path)
    if place is not None:
        if there and place.owner == "root" and write.kind == "file":
            return Denied(write, write.path, place.maker, ownership.runs(place.maker))
        return None
    keeper = None if there else ownership.keeper(write.path)
    if keeper is None:
        return None
    folder, place = keeper
    direct = folder == (write.path.rpartition("/")[0] or "/")
    if place.owner != "root" or not (direct or write.kind == "folder"):
        return None
    return Denied(write, folder, place.maker, ownership.runs(place.maker))
