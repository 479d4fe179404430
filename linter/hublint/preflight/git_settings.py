"""Git's settings for a folder, as `git config` gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.preflight import programs as commands
from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class GitSettings(NamedTuple):
    """Keys and values in git's order, so that the last one of a key is the one that counts."""

    entries: tuple[tuple[str, str], ...]

    def all(self, key: str) -> list[str]:
        """Every value of a key; section and variable in lower case."""
        return [value for name, value in self.entries if name == key]

    def sections(self, section: str, variable: str) -> Iterator[tuple[str, str]]:
        """Subsection and value of every `section.<subsection>.variable`."""
        for name, value in self.entries:
            if name.startswith(f"{section}.") and name.endswith(f".{variable}"):
                subsection = name[len(section) + 1 : -len(variable) - 1]
                if subsection:
                    yield subsection, value

    def rewritten(self, url: str) -> str:
        """The URL that git pushes to instead, by `url.<base>.pushInsteadOf` and `insteadOf`."""
        for variable in ("pushinsteadof", "insteadof"):
            found = [(old, base) for base, old in self.sections("url", variable) if old and url.startswith(old)]
            if found:
                old, base = max(found, key=lambda pair: len(pair[0]))
                return base + url[len(old) :]
        return url


def read(git: str, folder: str) -> tuple[GitSettings | None, str]:
    """The settings that hold in a folder, else why they cannot be had."""
    outcome = commands.run(git, ["config", "--list", "-z"], folder)
    if outcome.problem:
        return None, f"`git config` {outcome.problem}"
    entries = []
    for item in outcome.output.split("\0"):
        key, newline, value = item.partition("\n")
        if key:
            entries.append((key, value if newline else "true"))
    return GitSettings(tuple(entries)), ""
