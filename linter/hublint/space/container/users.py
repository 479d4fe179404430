"""As whom a Space's image runs, and the edits that make it user 1000."""

from __future__ import annotations

import re

from hublint.documents.edits import Edit
from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.space.container.base_images import PLAIN_IMAGES, image_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.dockerfile.words import Word

# Images on Ubuntu, and where their tags have its release.
_CUDA = r".*ubuntu(\d\d)\.(\d\d)(?!\d)"
_UBUNTUS = {
    "ubuntu": r"(\d\d)\.(\d\d)(?!\d)",
    "buildpack-deps": r"(\d\d)\.(\d\d)(?!\d)",
    "nvidia/cuda": _CUDA,
    "nvcr.io/nvidia/cuda": _CUDA,
}
_WITH_UBUNTU = frozenset(("lunar", "mantic", "noble", "oracular", "plucky", "questing", "resolute"))
# Images on an Ubuntu that their name does not tell.
_UNSURE = frozenset(
    "condaforge/miniforge3 condaforge/mambaforge mcr.microsoft.com/playwright "
    "mcr.microsoft.com/playwright/python".split()
)
# What installs system-wide, and what leaves no file that is of use.
_INSTALLS = lazy(
    r"(?:/\S*/)?(?:(?:apt|apt-get|apk|pip[\d.]*|python[\d.]* -m pip)(?: -\S+)* "
    r"(?:update|upgrade|install|add|clean|autoremove|autoclean|purge|cache|del|uninstall)\b"
    r"|uv pip install\b|rm\b|true$|set\b|:$|find /var/lib/apt\b)"
)
# What keeps its own files in folders that only root may write.
_SERVICES = lazy(
    r"\b(?:nginx|supervisor|redis|postgres\w*|mysql|mariadb|apache2?|httpd|mongo\w*|caddy|haproxy|squid|cron|dbus|ssh\w*"
    r"|openssh-server|x11vnc|xvfb|tor|docker\w*|elasticsearch|rabbitmq|memcached)\b",
    re.IGNORECASE,
)
_READ = ("/usr", "/opt", "/bin", "/sbin", "/lib", "/etc", "/tmp", "/home")  # to read, or to write for everybody
_SYSTEM = ("/usr", "/etc", "/opt", "/bin", "/sbin", "/lib", "/root", "/var")


class Account(NamedTuple):
    """The user 1000 of an image: its name, its home, and the command that creates it where it is not there yet."""

    name: str
    home: str
    command: str


def root_word(dockerfile: Dockerfile) -> Word | None:
    """The word of the last USER where it says root."""
    stage = dockerfile.final_stage
    found = stage.last("USER") if stage else None
    if found is None or not found.words:
        return None
    user = (found.expand(found.words[0]) or "").partition(":")[0]
    return found.words[0] if user in ("root", "0") else None


def leaving_root(dockerfile: Dockerfile, stage: Stage, word: Word) -> tuple[str, tuple[Edit, ...] | None]:
    """The user to end with, and the edits that lead there.

    A user that the Dockerfile had before comes back behind the last step that may need root. Without one it is the
    whole block of `user_edits`; None where that cannot be, or where the user may not enter the work folder.
    """
    user = _earlier_user(stage)
    enters = not f"{stage.directory or '/'}/".startswith("/root/")
    if not user:
        known = account(stage)
        return known.name if known else "1000", user_edits(dockerfile, stage) if enters else None
    if not enters:
        return user, None
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
    return stage.image is not None and image_name(stage.image) in PLAIN_IMAGES


def user_1000(image: str) -> str:
    """The user with uid 1000 that an image has from the start; empty where it has none or that is not known.

    Sources: the Dockerfiles of docker-node, oven-sh/bun, microsoft/playwright (whose `pwuser` is the first user, or the
    second behind Ubuntu's), devcontainers/images and jupyter/docker-stacks; Ubuntu has `ubuntu` since 23.04
    (launchpad.net/bugs/2005129), and nvidia/cuda and buildpack-deps add to it.
    """
    name = image_name(image)
    tag = image.partition("@")[0].rpartition("/")[2].partition(":")[2]
    if name in ("node", "oven/bun"):
        return name.rpartition("/")[2]
    if name.startswith("mcr.microsoft.com/devcontainers/"):
        return "codespace" if name.endswith("/universal") else "node" if name.endswith("-node") else "vscode"
    if name.startswith(("quay.io/jupyter/", "jupyter/")):
        return "jovyan"
    if name in _UBUNTUS:
        release = re.match(_UBUNTUS[name], tag)
        if release is not None:
            return "ubuntu" if (int(release[1]), int(release[2])) >= (23, 4) else ""
        if name == "ubuntu" and tag in ("", "latest", "rolling", "devel") and "@" not in image:
            return "ubuntu"
        return "ubuntu" if tag.partition("-")[0] in _WITH_UBUNTU else ""
    if name in ("mcr.microsoft.com/playwright", "mcr.microsoft.com/playwright/python"):
        return "ubuntu" if tag.endswith("-noble") else "pwuser" if tag.endswith(("-jammy", "-focal")) else ""
    return ""


def account(stage: Stage) -> Account | None:
    """The user 1000 that an image has or can be given; None where that is not known."""
    image = stage.image or ""
    if not is_root_image(stage):
        return None
    taken = user_1000(image)
    if taken:
        return Account(taken, f"/home/{taken}", "")
    if image_name(image) in _UNSURE or ("ubuntu" in image and not re.search(r"(?:18|20|22)\.\d\d", image)):
        return None
    if "alpine" in image:
        return Account("user", "/home/user", "adduser -D -u 1000 user")
    return Account("user", "/home/user", "useradd -m -u 1000 user")


def user_edits(dockerfile: Dockerfile, stage: Stage) -> tuple[Edit, ...] | None:
    """The user block of the Hub's guide: create the user, own what is copied, switch to it before the start.

    A `USER root` of the stage goes. None where something that RUN made, or that a variable names, would stay root's.
    """
    user = account(stage)
    start = stage.own("CMD") or stage.own("ENTRYPOINT")
    if user is None or start is None or (stage.base_stage is not None and not stage.instructions):
        return None
    entrypoint = stage.own("ENTRYPOINT")
    if entrypoint is not None and entrypoint.index < start.index:
        start = entrypoint
    source = dockerfile.source
    if not _leaves_nothing_to_root(stage) or _names_a_folder_of_root(stage):
        return None
    later = [each for each in stage.instructions if each.index > start.index and each.name in ("RUN", "COPY", "ADD")]
    if later or dockerfile.escape != "\\":
        return None
    path, newline = source.path, source.newline
    edits = _owning(stage, path, user)
    if user.command:
        end = source.line_span(source.position(stage.origin.span.end).line).end
        edits.append(Edit(path, Span(end, end), f"{newline}RUN {user.command}"))
    lines = [f"USER {user.name}", *_home_lines(stage, user), ""]
    if stage.directory not in (None, "/"):
        lines.insert(0, f"RUN chown {user.name} .")
    begin = source.offset(_first_line(dockerfile, start))
    place = Span(begin, begin)
    for each in stage.instructions:
        if each.name == "USER":
            line = _line_of(dockerfile, each)
            if line.end == begin:
                place = Span(line.start, begin)
            else:
                edits.append(Edit(path, line, ""))
    edits.append(Edit(path, place, newline.join(lines)))
    return tuple(edits)


def _home_lines(stage: Stage, user: Account) -> list[str]:
    """The user's home and programs as variables; a home that the Dockerfile sets stays if the user may write there."""
    home = stage.env.get("HOME")
    folders = [user.home, "/tmp", *([stage.directory] if stage.directory not in (None, "/") else [])]
    if home and f"{home}/".startswith(tuple(f"{folder}/" for folder in folders)):
        return ["ENV PATH=$HOME/.local/bin:$PATH"]
    return [f"ENV HOME={user.home} \\", f"    PATH={user.home}/.local/bin:$PATH"]


def _owning(stage: Stage, path: str, user: Account) -> list[Edit]:
    """What hands the user all that COPY and ADD bring, apart from system folders."""
    ends = (
        each.name_span.end
        for each in stage.instructions
        if each.name in ("COPY", "ADD") and each.flag("chown") is None and not _into_system(each)
    )
    return [Edit(path, Span(end, end), f" --chown={user.name}") for end in ends]


def _line_of(dockerfile: Dockerfile, instruction: Instruction) -> Span:
    """An instruction with the line break behind it."""
    source = dockerfile.source
    last = source.position(instruction.span.end).line
    end = source.offset(last + 1) if last < len(source.line_starts) else len(source.text)
    return Span(source.offset(source.position(instruction.span.start).line), end)


def _names_a_folder_of_root(stage: Stage) -> bool:
    """Whether a volume, or a variable such as HF_HOME, names a folder that the user does not own."""
    owned = tuple(f"{folder.rstrip('/')}/" for folder in (*_READ, stage.directory or "/usr"))
    values = [value for value in stage.env.values() if value and value.startswith("/")]
    return stage.last("VOLUME") is not None or not all(f"{value}/".startswith(owned) for value in values)


def _leaves_nothing_to_root(stage: Stage) -> bool:
    """Whether RUN, root's own work, surely makes nothing that the app may have to write or look for in its home."""
    from hublint.documents.dockerfile.commands import commands_of

    chain: Stage | None = stage
    while chain is not None:
        for each in chain.instructions:
            if each.name != "RUN":
                continue
            commands = commands_of(each)
            if not commands or not all(_only_installs([word.text for word in each.argv]) for each in commands):
                return False
        chain = chain.base_stage
    return True


def _only_installs(words: list[str]) -> bool:
    """Whether a command installs system-wide, or cleans up behind that."""
    text = " ".join(words)
    if "--user" in words or (words[:1] and words[0].startswith("ap") and _SERVICES.search(text)):
        return False
    return _INSTALLS.match(text) is not None


def _into_system(copy: Instruction) -> bool:
    destination = copy.expand(copy.destination) if copy.destination else None
    return destination is not None and f"{destination}/".startswith(tuple(f"{folder}/" for folder in _SYSTEM))


def _first_line(dockerfile: Dockerfile, instruction: Instruction) -> int:
    """The line on which an instruction begins, or the comment right above it."""
    source = dockerfile.source
    line = source.position(instruction.span.start).line
    ends = [each.span.end for each in dockerfile.instructions if each.span.end <= instruction.span.start]
    first = source.position(max(ends)).line + 1 if ends else 1
    while line > first and source.line(line - 1).lstrip().startswith("#"):
        line -= 1
    return line


def chown_edits(dockerfile: Dockerfile, user: Instruction, path: str) -> tuple[Edit, ...]:
    """A `RUN chown` for one path right before a USER that root's steps come before; none for odd names."""
    name = user.words[0].text
    if not re.fullmatch(r"[\w./-]+", path) or not re.fullmatch(r"[\w.:-]+", name) or dockerfile.escape != "\\":
        return ()
    begin = dockerfile.source.offset(_first_line(dockerfile, user))
    return (Edit(dockerfile.source.path, Span(begin, begin), f"RUN chown {name} {path}{dockerfile.source.newline}"),)


def base_span(origin: Instruction) -> Span:
    """Where to report what an image lacks: the base in its FROM."""
    return origin.words[0].span if origin.words else origin.span
