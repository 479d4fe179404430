"""What the commands of a build do to owners and modes."""

from __future__ import annotations

import re

from hublint.documents.shell.command import SHELLS
from hublint.space.container.files import join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.shell import Command

# Commands that make nothing an app would write to.
_CLEAR = frozenset(
    """
    : [ [[ addgroup apk apt apt-get apt-key cat command delgroup dpkg echo exit export false groupadd hash id ldconfig
    locale-gen ls passwd pip pip3 pipx poetry printf set sleep test true umask update-ca-certificates uv which
    """.split()
)
# Options of `useradd` and of both kinds of `adduser` that a value follows.
_SHORT = "ugGdscbefkKph"
_LONG = frozenset(
    "--uid --gid --groups --home-dir --home --shell --comment --gecos --ingroup --base-dir --skel --password".split()
)


def account(command: Command) -> tuple[str, str, str] | None:
    """Name, uid (perhaps empty) and home of the account that `useradd` or `adduser` creates."""
    if command.name not in ("useradd", "adduser"):
        return None
    given: dict[str, str] = {}
    names: list[str] = []
    option = ""
    for word in command.argv[1:]:
        value = word.value or ""
        if option:
            given[option] = value
            option = ""
        elif value.startswith("--"):
            name, equals, attached = value.partition("=")
            if equals:
                given[name] = attached
            elif name in _LONG:
                option = name
        elif value.startswith("-"):
            option = f"-{value[-1]}" if value[-1] in _SHORT else ""
        else:
            names.append(value)
    home = next((given[name] for name in ("-d", "--home-dir", "--home", "-h") if given.get(name)), "")
    uid = given.get("-u") or given.get("--uid") or ""
    return (names[0], uid, home or f"/home/{names[0]}") if names and names[0] else None


def paths(values: list[str | None], directory: str, raw: int = 0) -> list[str | None]:
    """The words that are not options as absolute paths, None where unknown; the first `raw` of them as written."""
    words = [value for value in values if value is None or not value.startswith("-")]
    found: list[str | None] = list(words[:raw])
    for word in words[raw:]:
        if word is None:
            found.append(None)
        elif any(mark in word for mark in "*?[{~$"):
            found.append(join(directory, re.split(r"[*?\[{~$]", word)[0].rpartition("/")[0] or "."))
        else:
            found.append(join(directory, word))
    return found


def is_script(name: str, values: list[str | None]) -> bool:
    """Whether a command runs a script that is not written in the Dockerfile, other than one that is piped to it."""
    given = [value for value in values if value is None or not value.startswith("-")]
    return name.endswith(".sh") or name == "make" or (name in SHELLS and bool(given) and "-c" not in values)


def is_clear(name: str, values: list[str | None]) -> bool:
    """Whether a command makes nothing that an app would write to; the script of `sh -c` is listed behind it."""
    if name in ("npm", "pnpm", "yarn"):
        return values[:1] in (["ci"], ["install"], ["i"])
    if values[:1] == ["-m"] and len(values) > 1:
        return values[1] in ("pip", "venv", "spacy", "nltk.downloader", "playwright")
    return name in _CLEAR or (name in SHELLS and "-c" in values)


def mode_owner(mode: str | None) -> str:
    """Who may write after a `chmod`: "user" for all, empty where that does not change."""
    if mode and re.fullmatch(r"[0-7]{3,4}", mode):
        return "user" if int(mode[-1]) & 2 else "unknown" if int(mode[-2]) & 2 else ""
    if mode and re.fullmatch(r"[ugoa]*[+=-][rwxXst]+(?:,[ugoa]*[+=-][rwxXst]+)*", mode):
        writing = [part for part in mode.split(",") if "w" in part and "-" not in part]
        if any(re.match(r"[ug]*[oa]", part) for part in writing):
            return "user"
        return "unknown" if writing and any(not part.startswith("u+") for part in writing) else ""
    return "unknown"
