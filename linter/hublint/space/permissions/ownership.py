"""Who runs each instruction of an image, and who may write at each of its paths; docs/permissions.md has the table."""

from __future__ import annotations

import re

from hublint.records import NamedTuple
from hublint.space.container.files import BASE_DIRECTORY, below, join
from hublint.space.container.users import is_root_image, user_1000
from hublint.space.permissions.ownership_commands import account, is_clear, is_script, mode_owner, paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.dockerfile import Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import Command
    from hublint.repository.repository import Repository

# Folders of the base images: root's, but for those whose owner or mode is not looked into here.
_BASE = frozenset(
    "/ /bin /boot /etc /home /lib /lib64 /media /mnt /opt /root /sbin /srv /usr /usr/bin /usr/lib /usr/local "
    "/usr/local/bin /usr/local/lib /usr/share /usr/src /var /var/cache /var/lib /var/log".split()
)
_SYSTEM = ("/bin", "/etc", "/lib", "/opt", "/root", "/sbin", "/usr", "/var")
_UNJUDGED = (
    "/tmp", "/var/tmp", "/dev", "/run", "/var/run", "/proc", "/sys", "/data", "/go", "/usr/local/bundle",
    "/usr/local/cargo", "/usr/local/rustup", "/ms-playwright", "/opt/conda", "/workspace",
)  # fmt: skip
# Commands after which the paths that they name may have any owner, or be links to other places.
_CHANGING = frozenset("chgrp cp install ln mv rm rmdir rsync setfacl tar unzip".split())
_SWITCHING = frozenset(("gosu", "su-exec", "sudo"))
_MOST = 2000  # instructions, and twice as many changes
_MOST_SOURCES = 100
_LONGEST = 4096


class Place(NamedTuple):
    """What is known of one path.

    Attributes:
        owner: "root" where only root may write, "user" where the app's user may, else "unknown".
        maker: the instruction that made it so.
    """

    owner: str
    maker: Instruction


class _Copied(NamedTuple):
    """What a COPY or ADD brings from the build context.

    Attributes:
        sources: the known ones by their paths in the repository; an empty one is the whole of it.
        place: the path that they are copied to.
        into: whether that is a folder for what is copied.
        all_known: whether nothing else is copied.
    """

    sources: list[str]
    place: str
    into: bool
    all_known: bool

    def brings(self, repository: Repository, path: str) -> bool:
        """Whether a path of the image is one of those that come."""
        return any(self._comes_from(source, repository, path) for source in self.sources)

    def _comes_from(self, source: str, repository: Repository, path: str) -> bool:
        files, folders = repository.files, repository.folders
        inner = below(path, self.place)
        if not source or source in folders:
            copied = f"{source}/{inner}" if source else inner
            return bool(inner) and (copied in files or copied in folders)
        if any(mark in source for mark in "*?["):
            above = f"{source.rpartition('/')[0]}/{inner}".lstrip("/")
            return bool(inner) and (above in files or above in folders)
        name = source.rpartition("/")[2]
        return path == (join(self.place, name) if self.into else self.place)


class _Event(NamedTuple):
    concerns: Callable[[str], bool]
    place: Place
    makes: bool


class Ownership:
    """The owners of an image's paths, as seen by its last USER.

    Args:
        repository: the build context.
        stage: the stage that becomes the image.
    """

    def __init__(self, repository: Repository, stage: Stage) -> None:
        self.repository = repository
        self.user = ""
        self._names: set[str] = set()
        self._homes: set[str] = set()
        self._events: list[_Event] = []
        self._made: set[str] = set(_BASE)
        self._left = 2 * _MOST
        steps = [each for origin in reversed(list(stage.chain)) for each in origin.instructions]
        word = stage.user
        name = self._name_of(next((each for each in reversed(steps) if each.name == "USER"), None))
        if not is_root_image(stage) or word is None or not name or len(steps) > _MOST:
            return
        self._names = {name}
        self._learn_names(stage, steps)
        if self._names & {"root", "0"}:
            return
        self.user = name
        for step in steps:
            if self.user:
                self._take(step)

    @property
    def has_roots(self) -> bool:
        """Whether an instruction made anything that only root may write."""
        return bool(self.user) and any(event.place.owner == "root" for event in self._events)

    @property
    def home(self) -> str:
        """The home of the app's user, where the image surely has it; else empty."""
        there = (home for home in sorted(self._homes) if self.exists(home))
        return next((home for home in there if (place := self.place(home)) and place.owner == "user"), "")

    def runs(self, instruction: Instruction) -> str:
        """As whom an instruction is run: "root", "user" (the one that the app has) or "unknown"."""
        for stage in instruction.stage.chain if instruction.stage else ():
            end = instruction.index if stage is instruction.stage else len(stage.instructions)
            for other in reversed(stage.instructions[:end]):
                if other.name == "USER":
                    return self._who(self._name_of(other))
        return "root"

    def place(self, path: str) -> Place | None:
        """What the Dockerfile says of a path itself; None where it does not make or change it."""
        for event in reversed(self._events):
            if event.concerns(path):
                return event.place
        return None

    def exists(self, path: str) -> bool:
        """Whether a path is surely in the image."""
        return path in self._made or any(event.makes and event.concerns(path) for event in self._events)

    def keeper(self, path: str) -> tuple[str, Place] | None:
        """The folder that decides whether a path may be made in the image: the nearest one above it that is known.

        None where no instruction made that folder, or its owner cannot be judged.
        """
        while path != "/":
            path = path.rpartition("/")[0] or "/"
            place = self.place(path)
            if place is not None:
                return path, place
            if path in _BASE:
                return None
        return None

    def copied_to(self, copy: Instruction) -> str:
        """The owner that the files of a COPY or ADD end with; "unknown" where a later step may have changed it."""
        target = copy.expand(copy.destination) if copy.destination else None
        if target is None or not self._events:
            return "unknown"
        place = join(_directory_of(copy), target)
        if _unjudged(place) or any(place == each or below(place, each) for each in _SYSTEM):
            return "unknown"
        later = [event for event in self._events if event.place.maker is copy or event.concerns(place)]
        return "root" if later and later[-1].place.maker is copy and later[-1].place.owner == "root" else "unknown"

    def _who(self, name: str) -> str:
        if name in ("root", "0"):
            return "root"
        return "user" if name in self._names else "unknown"

    def _name_of(self, user: Instruction | None) -> str:
        if user is None or not user.words:
            return ""
        return (user.expand(user.words[0]) or "").strip("\"'").partition(":")[0]

    def _learn_names(self, stage: Stage, steps: list[Instruction]) -> None:
        """The app's user by name and by number, and its home."""
        from hublint.documents.dockerfile.commands import commands_of

        taken = user_1000(stage.image or "")
        accounts = [(taken, "1000", f"/home/{taken}")] if taken else []
        for step in steps:
            if step.name == "RUN" and ("useradd" in step.raw or "adduser" in step.raw):
                accounts += [a for a in map(account, commands_of(step)) if a is not None]
        for name, uid, home in accounts:
            if name in self._names or (uid and uid in self._names):
                self._names.update(filter(None, (name, uid)))
                self._homes.add(home)
        self._homes.update(f"/home/{name}" for name in self._names)

    def _take(self, step: Instruction) -> None:
        if step.name == "WORKDIR":
            path = _directory_after(step)
            if path is not None:
                self._make(path, self.runs(step), step)
        elif step.name in ("COPY", "ADD"):
            self._copy(step)
        elif step.name == "RUN":
            self._run(step)

    def _add(self, concerns: Callable[[str], bool], owner: str, step: Instruction, makes: bool = False) -> None:
        if self._may_go_on():
            self._events.append(_Event(concerns, Place(owner, step), makes))

    def _may_go_on(self) -> bool:
        """Whether the image is not too large to be judged; asked before each change."""
        self._left -= 1
        if self._left < 0:
            self.user = ""
        return bool(self.user)

    def _make(self, path: str, owner: str, step: Instruction) -> None:
        """Make a folder and those above it; what is there keeps its owner."""
        if _unjudged(path) or len(path) > _LONGEST or not self._may_go_on():
            return
        while self.user and path not in self._made and not self.exists(path):
            self._made.add(path)
            before = self.place(path)
            if before is not None and path in before.maker.raw:
                return  # an unknown command may have made it
            self._add(path.__eq__, "user" if path in self._homes else owner, step)
            path = path.rpartition("/")[0] or "/"

    def _everything(self, step: Instruction) -> None:
        self._add(lambda _: True, "unknown", step)

    def _tree(self, path: str, owner: str, step: Instruction) -> None:
        self._add(lambda other: other == path or bool(below(other, path)), owner, step)

    def _copy(self, step: Instruction) -> None:
        target = step.expand(step.destination) if step.destination else None
        if target is None:
            return self._everything(step)
        place = join(_directory_of(step), target)
        chown = step.flag("chown")
        owner = self._who((chown.value or "").partition(":")[0]) if chown else "root"
        if step.flag("chmod") is not None or _unjudged(place):
            return self._tree(place, "unknown", step)
        if len(step.sources) > _MOST_SOURCES:
            return self._tree(place, "unknown", step)
        copied = self._copied(step, target, place)
        self._make(place if copied.into else place.rpartition("/")[0] or "/", owner, step)
        if not copied.all_known:
            return self._add(lambda other: bool(below(other, place)), "unknown", step)
        if owner == "root" and ".dockerignore" in self.repository.files:
            owner = "unknown"  # what is not copied has no owner
        return self._add(lambda other: copied.brings(self.repository, other), owner, step, True)

    def _copied(self, step: Instruction, target: str, place: str) -> _Copied:
        sources = [step.expand(word) for word in step.sources]
        plain = [join("/", source)[1:] for source in sources if source is not None and "://" not in source]
        contents = any(not source or source in self.repository.folders for source in plain)
        into = contents or target.endswith(("/", ".")) or len(sources) > 1 or self.exists(place)
        elsewhere = step.flag("from") is not None or bool(step.heredocs) or _is_archive(step, plain)
        return _Copied(plain, place, into, all_known=len(plain) == len(sources) and not elsewhere)

    def _run(self, step: Instruction) -> None:
        from hublint.documents.dockerfile.commands import commands_of

        who = self.runs(step)
        commands = commands_of(step)
        if not commands:
            self._everything(step)
        directory = _directory_of(step)
        for command in commands:
            if command.name == "cd":
                target = command.argv[1].value if len(command.argv) > 1 else None
                directory = join(directory, target) if target else BASE_DIRECTORY
            else:
                switched = any((word.value or "").rpartition("/")[2] in _SWITCHING for word in command.prefix)
                self._command(step, command, "unknown" if switched else who, directory)

    def _command(self, step: Instruction, command: Command, who: str, directory: str) -> None:
        name = command.name
        values = [word.value for word in command.argv[1:]]
        if name == "mkdir":
            self._mkdir(step, values, who, directory)
        elif name == "touch":
            self._touch(step, values, who, directory)
        elif name in ("useradd", "adduser"):
            made = account(command)
            if made is not None:
                self._make(made[2], "user" if made[2] in self._homes else "unknown", step)
        elif name in ("chown", "chmod"):
            self._change(step, name, values, directory)
        elif name in _CHANGING:
            self._shuffle(step, values, directory)
        elif is_script(name, values):
            self.user = ""  # it may hand over anything, and what is made later too
        elif command.argv and not is_clear(name, values):
            self._everything(step)

    def _mkdir(self, step: Instruction, values: list[str | None], who: str, directory: str) -> None:
        open_mode = any(value and re.fullmatch(r"-m=?|--mode.*|-[pv]*m.*", value) for value in values)
        for path in filter(None, paths(values, directory)):
            self._make(path, "unknown" if open_mode else who, step)

    def _touch(self, step: Instruction, values: list[str | None], who: str, directory: str) -> None:
        for path in filter(None, paths(values, directory)):
            if not self.exists(path):
                self._made.add(path)
                self._add(path.__eq__, who, step)

    def _shuffle(self, step: Instruction, values: list[str | None], directory: str) -> None:
        """What `mv`, `ln` and the like leave at the paths that they name."""
        for path in paths(values, directory):
            if path:
                self._tree(path, "unknown", step)
            else:
                self._everything(step)

    def _change(self, step: Instruction, name: str, values: list[str | None], directory: str) -> None:
        """What `chown` and `chmod` do; a mode that does not let others write changes no owner."""
        whole = any(value and re.fullmatch(r"-[a-zA-Z]*R[a-zA-Z]*|--recursive", value) for value in values)
        first, *places = paths(values, directory, raw=1) or [""]
        if name == "chown":
            user = re.split("[:.]", first or "")[0]
            owner = self._who(user) if user else "unknown"
        else:
            owner = mode_owner(first)
        if not owner:
            return
        for path in places:
            if not path:
                self._everything(step)
            elif whole:
                self._tree(path, owner, step)
            else:
                self._add(path.__eq__, owner, step)


def _directory_of(step: Instruction) -> str:
    """The directory in which an instruction is run."""
    return (step.stage.directory_at(step) if step.stage else None) or BASE_DIRECTORY


def _directory_after(workdir: Instruction) -> str | None:
    target = workdir.expand(workdir.words[0]) if workdir.words else None
    if target is None or workdir.stage is None:
        return None
    return join(_directory_of(workdir), target)


def _is_archive(step: Instruction, sources: list[str]) -> bool:
    return step.name == "ADD" and any(re.search(r"\.(?:tar|t?[gx]z|tbz2?|bz2|zst)\b", source) for source in sources)


def _unjudged(path: str) -> bool:
    return path.startswith("/(") or any(path == each or below(path, each) for each in _UNJUDGED)
