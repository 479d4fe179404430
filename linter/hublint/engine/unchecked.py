"""What was named or found and is not checked, in sentences that say why and what to do."""

from __future__ import annotations

import os

from hublint.records import NamedTuple
from hublint.repository.kinds import metadata_keys
from hublint.repository.sources import README

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hublint.repository.kinds import Evidence
    from hublint.repository.sources import Sources
    from hublint_schemas import Kind

_SHOWN = 5
_NAMES = {"space": "a Space", "model": "a model", "dataset": "a dataset"}


class Ordinary(NamedTuple):
    """A path that a user named and in which there is no Hub repository; `fails`: the run was to check it."""

    path: str
    sentence: str
    fails: bool


class Left(NamedTuple):
    """A folder that looks like a Hub repository, absolute, the kind, and why."""

    folder: str
    kind: Kind
    reason: str

    @property
    def command(self) -> str:
        """The command that checks it all the same."""
        return _command(self.kind, os.path.relpath(self.folder))


def no_repository(path: str, sources: Sources, looks: Evidence | None, excluded: Collection[tuple[str, str]]) -> str:
    """Why a folder is not held to be a Hub repository, and how to check it if it is one.

    Args:
        path: as the user named it.
        looks: what it looks like.
        excluded: folders in it that a configuration excludes, each with the configuration's name.
    """
    why = f"no Hub repository found in `{path}`: {_readme(sources)} and no git remote is on huggingface.co"
    if looks is not None:
        way = f"{looks.reason}, so it may be {_NAMES[looks.kind]}: `{_command(looks.kind, path)}`"
    else:
        way = f"If it is one: `{_command('space', path)}` (or `model`, `dataset`)"
    return f"{why}. {way}{''.join(f'; {is_excluded(*each)}' for each in sorted(excluded)[:_SHOWN])}"


def is_excluded(path: str, file: str) -> str:
    """That a configuration leaves a path out."""
    return f"`{path}` is excluded by {file}"


def left_out(left: Sequence[Left]) -> str:
    """The folders that look like Hub repositories and were not checked, named and counted."""
    shown = [os.path.relpath(each.folder).replace(os.sep, "/") for each in left]
    if len(left) == 1:
        return f"`{shown[0]}` looks like a Hub repository ({left[0].reason}) and was not checked: `{left[0].command}`"
    names = ", ".join([*shown[:_SHOWN], *(["..."] if len(shown) > _SHOWN else [])])
    return (
        f"{len(left)} folders look like Hub repositories and were not checked: {names}; "
        "`--repo-type`, or `repo-types` in the configuration, says what they are"
    )


def _command(kind: Kind, path: str) -> str:
    from shlex import quote

    return f"hublint check --repo-type {kind} {quote(path)}"


def _readme(sources: Sources) -> str:
    card = sources.card
    if card is None:
        return f"there is no {README}"
    return "the keys in README.md are not the Hub's" if metadata_keys(card) else "README.md has no metadata block"
