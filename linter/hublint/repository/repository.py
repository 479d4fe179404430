"""A Hub repository as rules see it."""

from __future__ import annotations

from functools import cached_property

from hublint.repository.sources import README as README
from hublint.repository.sources import Sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from hublint.documents.card import Card
    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.python import PythonSource
    from hublint.documents.source import Source
    from hublint.repository.online import Online
    from hublint.repository.tree import Tree
    from hublint_schemas import Kind

    _Answer = TypeVar("_Answer")
    _Parsed = TypeVar("_Parsed")


class Repository:
    """One Space, model or dataset repository.

    Args:
        files: its tree, or the texts of it.
        kind: `space`, `model` or `dataset`.
        reason: why it is held to be that, for people.
        name: how it is shown to people, e.g. its folder.
        repo_id: `owner/name` on the Hub where a git remote tells, else empty.
        synced: whether nothing but a workflow that pushes it makes it a Space.
        on_hub: whether this is a commit on the Hub, so that nothing of it is still to be pushed.
        online: who answers what its files do not tell; None where nobody may be asked.
    """

    def __init__(
        self,
        files: Tree | Sources,
        kind: Kind,
        reason: str = "",
        name: str = "",
        repo_id: str = "",
        synced: bool = False,
        on_hub: bool = False,
        online: Online | None = None,
    ) -> None:
        self.sources = files if isinstance(files, Sources) else Sources(files)
        self.kind = kind
        self.reason = reason
        self.name = name
        self.repo_id = repo_id
        self.synced = synced
        self.on_hub = on_hub
        self.online = online
        self._answers: dict[object, object] = {}

    def once(self, build: Callable[[Repository], _Answer]) -> _Answer:
        """`build(self)`, asked once; the answer lives as long as the repository."""
        if build not in self._answers:
            self._answers[build] = build(self)
        return self._answers[build]  # type: ignore[return-value]

    def changed(self, files: Mapping[str, bytes | None]) -> Repository:
        """The same repository with other bytes for some files, None for one that is gone."""
        return self._with(self.sources.changed(files))

    def over(self, tree: Tree) -> Repository:
        """The same repository, with all that was not asked of it yet asked of another tree that has the same files."""
        return self._with(self.sources.over(tree))

    def _with(self, sources: Sources) -> Repository:
        return Repository(
            sources, self.kind, self.reason, self.name, self.repo_id, self.synced, self.on_hub, self.online
        )

    @property
    def tree(self) -> Tree:
        """Where the files come from."""
        return self.sources.tree

    @property
    def files(self) -> Mapping[str, int]:
        """Every file's path and size (-1 where unknown), sorted by path."""
        return self.tree.sizes()

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, at any depth."""
        found: set[str] = set()
        for path in self.files:
            folder = path.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def listing(self) -> str:
        """Every file's path on a line of its own, in lower case."""
        return "\n".join(self.files).lower()

    @cached_property
    def code(self) -> str:
        """The text of the Python files, in lower case."""
        sources = (self.glance(path) for path in self.files if path.endswith(".py"))
        return "\n".join(source.text.lower() for source in sources if source is not None and not source.is_binary)

    def exists(self, path: str) -> bool:
        """Whether a file or folder of that path is in the repository."""
        path = path.strip("/")
        return path in self.files or path in self.folders or path in ("", ".")

    def source(self, path: str) -> Source | None:
        """The text of a file; None where it is absent or its bytes cannot be had."""
        return self.sources.source(path)

    def glance(self, path: str) -> Source | None:
        """The same as `source`, but a large file that was not looked at before is not kept in memory."""
        return self.sources.glance(path)

    def part(self, path: str, start: int, length: int) -> bytes | None:
        """Up to `length` bytes of a file of any size from `start` on, from the end where that is negative; not kept."""
        return self.sources.part(path, start, length)

    def parsed(self, path: str, parse: Callable[[Source], _Parsed]) -> _Parsed | None:
        """`parse(source)` of a text file, done once for each file and parser; None where it is not readable text."""
        return self.sources.parsed(path, parse)

    @property
    def card(self) -> Card | None:
        """The README.md."""
        return self.sources.card

    @cached_property
    def sdk(self) -> str:
        """A Space's `sdk`; empty where there is none."""
        sdk = self.card.data.get("sdk") if self.card else None
        return sdk if isinstance(sdk, str) else ""

    @property
    def dockerfile(self) -> Dockerfile | None:
        """The Dockerfile at the root, which is the only one that the Hub builds."""
        from hublint.documents.dockerfile import Dockerfile

        return self.parsed("Dockerfile", Dockerfile)

    def python(self, path: str) -> PythonSource | None:
        """A Python file, parsed."""
        from hublint.documents.python import PythonSource

        return self.parsed(path, PythonSource)

    @cached_property
    def app_file(self) -> str:
        """A Space's `app_file`, else its sdk's default; empty for a Docker Space.

        Source: facts on Space configuration: app.py for gradio and streamlit, index.html for static.
        """
        if self.sdk == "docker":
            return ""
        given = self.card.data.get("app_file") if self.card else None
        if isinstance(given, str) and given:
            return given
        return "index.html" if self.sdk == "static" else "app.py"

    @property
    def app(self) -> PythonSource | None:
        """The Python file that a Gradio or Streamlit Space starts."""
        return self.python(self.app_file) if self.app_file.endswith(".py") else None
