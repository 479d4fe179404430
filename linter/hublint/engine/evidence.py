"""What tells that a folder is a Hub repository: the same whether it is named, lies below a named one, or around one."""

from __future__ import annotations

import os

from hublint.repository.git.folder import is_checkout
from hublint.repository.kinds import Evidence, is_program, kind_of_files, kind_of_metadata, may_tell, metadata_keys
from hublint.repository.sources import README, Sources
from hublint.repository.tree import FolderTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from hublint.engine.config import Config
    from hublint.repository.git.remotes import Remote
    from hublint_schemas import Kind

_SHARDS = "data"
_AROUND = 3  # so many folders around one outside of a checkout are looked at
_BESIDE = 500  # so many folders beside one are looked at


class Surroundings:
    """What lies in, beside and around folders, each looked at once.

    Args:
        config: gives the configuration that holds in a folder.
        kind: what every named folder is to be taken for, None to look at evidence.
    """

    def __init__(self, config: Callable[[str], Config], kind: Kind | None) -> None:
        self._config = config
        self._kind = kind
        self._names: dict[str, frozenset[str]] = {}
        self._collections: dict[str, bool] = {}

    def evidence(self, folder: str, sources: Sources, given: bool) -> Evidence | None:
        """Evidence in its order: the option, the configuration, the git remote, metadata keys, files."""
        if self._kind is not None and given:
            return Evidence(self._kind, "--repo-type")
        kind = self.configured(folder)
        if kind is not None:
            return Evidence(kind, f"`repo-types` in {os.path.basename(self._config(folder).file)}")
        remote = remote_of(folder)
        if remote is not None:
            return Evidence(remote.kind, f"git remote {remote.repo_id}")
        return _by_metadata(sources, sources.tree.sizes) or self._by_files(
            folder, sources, given or is_checkout(folder)
        )

    def configured(self, folder: str) -> Kind | None:
        """The kind that `repo-types` in the configuration gives a folder."""
        config = self._config(folder)
        if not config.repo_types:
            return None
        relative = os.path.relpath(folder, config.root).replace(os.sep, "/")
        for pattern, kind in config.repo_types.items():
            if pattern.strip("/") == relative or (relative != "." and _names_folder(pattern, relative)):
                return kind
        return None

    def _by_files(self, folder: str, sources: Sources, surely: bool) -> Evidence | None:
        """What files say; where a folder is a part of a program, only if Hub repositories lie beside it.

        The .gitattributes of a Space goes along into a copy of it, whose README.md was written for another place.
        """
        if not surely and not may_tell(self.names(folder)) and ".gitattributes" not in self.names(folder):
            return None
        found = kind_of_files(sources.tree.sizes())
        if found is None and ".gitattributes" in self.names(folder) and not _is_elsewhere(folder):
            from hublint.repository.likeness import made_as_space

            found = made_as_space(sources)
        if found is None or surely or not self._is_part(folder, found) or self._in_collection(folder):
            return found
        return None

    def _is_part(self, folder: str, found: Evidence) -> bool:
        """Whether a folder belongs to what lies around it: a program, or a repository whose shards are in `data`."""
        return (found.kind == "dataset" and os.path.basename(folder) == _SHARDS) or self._in_program(folder)

    def names(self, folder: str) -> frozenset[str]:
        """The names in a folder; none where it cannot be read."""
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(folder))
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]

    def _in_program(self, folder: str) -> bool:
        """Whether a folder around one, within its checkout, holds a program, or code that may have written into it."""
        around: list[str] = []
        at = folder
        while not is_checkout(at) and os.path.dirname(at) != at:
            at = os.path.dirname(at)
            around.append(at)
        return any(self._has_code(each) for each in (around if is_checkout(at) else around[:_AROUND]))

    def _has_code(self, folder: str) -> bool:
        names = self.names(folder)
        return is_program(names) or any(name.endswith((".py", ".ipynb")) for name in names)

    def _in_collection(self, folder: str) -> bool:
        """Whether beside a folder there is one that surely is a Hub repository."""
        parent = os.path.dirname(folder)
        if parent not in self._collections:
            beside = (os.path.join(parent, name) for name in sorted(self.names(parent))[:_BESIDE])
            self._collections[parent] = any(
                remote_of(each) is not None or _by_metadata(Sources(FolderTree(each)), dict) is not None
                for each in beside
                if README in self.names(each)
            )
        return self._collections[parent]


def remote_of(folder: str) -> Remote | None:
    """The Hub remote of a git checkout; None for any other folder."""
    if not is_checkout(folder):
        return None
    from hublint.repository.git.remotes import hub_remote

    return hub_remote(folder)


def _is_elsewhere(folder: str) -> bool:
    """Whether a folder is a git checkout whose remotes all lead to other places than the Hub."""
    if not is_checkout(folder):
        return False
    from hublint.repository.git.remotes import is_only_elsewhere

    return is_only_elsewhere(folder)


def pushed(sources: Sources) -> Evidence | None:
    """A workflow that pushes a repository to a Space, though its README.md says nothing of one."""
    if not any(path.startswith(".github/workflows/") for path in sources.tree.sizes()):
        return None
    from hublint.repository.workflows import space_push

    push = space_push(sources)
    return Evidence("space", f"{push.source.path} pushes it to a Space") if push is not None else None


def _by_metadata(sources: Sources, files: Callable[[], Collection[str]]) -> Evidence | None:
    card = sources.card
    keys = metadata_keys(card) if card is not None else []
    return kind_of_metadata(keys, card.data, files()) if card is not None and keys else None


def _names_folder(pattern: str, relative: str) -> bool:
    """Whether a pattern names this very folder, not one around it."""
    from hublint.engine.path_patterns import matches

    return matches(pattern, relative) and not matches(pattern, relative.rpartition("/")[0] or ".")
