"""A Hub repository as rules see it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from hublint.documents.card import Card
from hublint.documents.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.python import PythonSource
    from hublint.engine.suppressions import Suppression
    from hublint.repository.git.ignored import Ignores
    from hublint.repository.tree import Tree
    from hublint.rule import Kind

_Parsed = TypeVar("_Parsed")

README = "README.md"


class Repository:
    """One Space, model or dataset repository.

    Args:
        tree: its files.
        kind: `space`, `model` or `dataset`.
        reason: why it is held to be that, for people.
        name: how it is shown to people, e.g. its folder.
        repo_id: `owner/name` on the Hub where a git remote tells, else empty.
        synced: whether nothing but a workflow that pushes it makes it a Space.

    `suppressions`, `checked` (codes and names of the rules that ran) and `known` (those of all rules) are set once the
    ordinary rules have run, for the rules about suppressions.
    """

    def __init__(
        self, tree: Tree, kind: Kind, reason: str = "", name: str = "", repo_id: str = "", synced: bool = False
    ) -> None:
        self.tree = tree
        self.kind = kind
        self.reason = reason
        self.name = name
        self.repo_id = repo_id
        self.synced = synced
        self.suppressions: list[Suppression] = []
        self.checked: frozenset[str] = frozenset()
        self.known: frozenset[str] = frozenset()
        self._sources: dict[str, Source | None] = {}
        self._parsed: dict[tuple[str, object], object] = {}

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
        if path not in self._sources:
            self._sources[path] = self.glance(path)
        return self._sources[path]

    def glance(self, path: str) -> Source | None:
        """The same as `source`, but a file that was not looked at before is not kept in memory."""
        if path in self._sources:
            return self._sources[path]
        data = self.tree.read(path)
        if data is None:
            return None
        return Card(path, data) if path == README else Source(path, data)

    def parsed(self, path: str, parse: Callable[[Source], _Parsed]) -> _Parsed | None:
        """`parse(source)` of a text file, done once for each file and parser; None where it is no readable text."""
        key = (path, parse)
        if key not in self._parsed:
            source = self.source(path)
            self._parsed[key] = parse(source) if source is not None and not source.is_binary else None
        return self._parsed[key]  # type: ignore[return-value]

    def loaded(self) -> list[Source]:
        """The texts that were looked at so far, sorted by path."""
        return [source for _, source in sorted(self._sources.items()) if source is not None]

    @cached_property
    def ignores(self) -> Ignores:
        """Which files git leaves out of commits."""
        from hublint.repository.git.ignored import Ignores

        return Ignores(self)

    @cached_property
    def suspects(self) -> list[Source]:
        """The texts that may hold a credential; in most repositories there is none."""
        from hublint.repository.texts import suspects

        return list(suspects(self))

    @property
    def card(self) -> Card | None:
        """The README.md."""
        source = self.source(README)
        return source if isinstance(source, Card) else None

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
