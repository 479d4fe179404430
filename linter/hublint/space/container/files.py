"""Which file of the repository lies at a path of the built image."""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.space.container.build_context import excluding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.repository.repository import Repository

BASE_DIRECTORY = "/(base)"  # where an image starts whose Dockerfile sets no WORKDIR
_DEEPEST = 5
_HARMLESS_SED = lazy(r"s([/|#,])(?:\\+r|\^M)\$?\1\1")


def join(directory: str, path: str) -> str:
    """`path` as seen from `directory`, absolute and without dots."""
    parts: list[str] = []
    for part in (path if path.startswith("/") else f"{directory}/{path}").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


class _Copy(NamedTuple):
    """A COPY or ADD.

    Attributes:
        sources: what is copied; None for what cannot be known.
        place: the path that it is copied to.
        into: whether that is a folder for what is copied.
        origin: the stage or image of `--from`.
    """

    sources: list[str | None]
    place: str
    into: bool
    origin: str | None


class ContainerFiles:
    """The files that COPY and ADD bring into a stage.

    Args:
        repository: the build context.
        dockerfile: its Dockerfile.
        stage: the stage whose files are asked for.
    """

    def __init__(self, repository: Repository, dockerfile: Dockerfile, stage: Stage) -> None:
        self.repository = repository
        self.dockerfile = dockerfile
        self.stage = stage
        self._copies: dict[tuple[Stage, int], _Copy | None] = {}

    @property
    def directory(self) -> str:
        """Where the container starts."""
        return self.stage.directory or BASE_DIRECTORY

    def find(self, path: str, depth: int = 0) -> str | None:
        """The repository's file at an absolute path; None where there is none, or a RUN may have changed it."""
        for stage in self.stage.chain:
            for instruction in reversed(stage.instructions):
                if instruction.name == "RUN" and _rewrites(instruction, path.rpartition("/")[2]):
                    return None
                found = self._copied(stage, instruction, path, depth)
                if found is not None:
                    return found
        return None

    def below(self, folder: str) -> list[str]:
        """Every path in a folder to which COPY or ADD brings a file, in the order of the instructions."""
        return list(
            dict.fromkeys(
                path
                for stage in self.stage.chain
                for instruction in stage.instructions
                for path in self._targets(stage, instruction, folder)
            )
        )

    def _targets(self, stage: Stage, instruction: Instruction, folder: str) -> list[str]:
        """The paths in a folder to which a COPY or ADD brings files."""
        if instruction.destination is None:
            return []
        copy = self._copy(stage, instruction)
        if copy is None:
            return [f"{folder}/(unknown)"]
        if not below(f"{copy.place}/", f"{folder}/") and not f"{folder}/".startswith(copy.place.rstrip("/") + "/"):
            return []
        paths = [path for source in copy.sources for path in self._brought(copy, source)]
        if not copy.sources:  # a heredoc
            paths = [copy.place]
        return [path for path in paths if below(path, folder)]

    def _brought(self, copy: _Copy, source: str | None) -> list[str]:
        """The paths of the image that one source comes to."""
        source = join("/", source or "(unknown)")[1:]
        if copy.origin is None and (not source or source in self.repository.folders):
            start = f"{source}/" if source else ""
            inner = [
                path[len(start) :] for path in self.repository.files if path.startswith(start) and self._is_sent(path)
            ]
            return [f"{copy.place.rstrip('/')}/{path}" for path in inner]
        return [join(copy.place, source.rpartition("/")[2]) if copy.into else copy.place]

    def _copied(self, stage: Stage, instruction: Instruction, path: str, depth: int) -> str | None:
        copy = self._copy(stage, instruction)
        if copy is None:
            return None
        for source in copy.sources:
            if source is None or "://" in source:
                continue
            if copy.origin is not None:
                found = self._from_stage(copy.origin, source, copy.place, path, depth)
            else:
                found = self._from_context(source, copy.place, path, copy.into)
            if found is not None:
                return found
        return None

    def _copy(self, stage: Stage, instruction: Instruction) -> _Copy | None:
        key = stage, instruction.index
        if key not in self._copies:
            self._copies[key] = _copy(stage, instruction)
        return self._copies[key]

    def _from_context(self, source: str, place: str, path: str, into: bool) -> str | None:
        source = join("/", source)[1:]
        if not source or source in self.repository.folders:
            inner = below(path, place)
            candidate = f"{source}/{inner}" if source else inner
            return candidate if inner and self._is_sent(candidate) else None
        name = path.rpartition("/")[2]
        if any(mark in source for mark in "*?["):
            from fnmatch import fnmatchcase

            folder = source.rpartition("/")[0]
            candidate = f"{folder}/{name}" if folder else name
            return (
                candidate
                if fnmatchcase(candidate, source) and below(path, place) and self._is_sent(candidate)
                else None
            )
        is_here = path == join(place, source.rpartition("/")[2]) or (path == place and not into)
        return source if is_here and self._is_sent(source) else None

    def _is_sent(self, path: str) -> bool:
        """Whether a file is there and .dockerignore does not leave it out."""
        return path in self.repository.files and not excluding(self.repository, path)

    def _from_stage(self, name: str, source: str, place: str, path: str, depth: int) -> str | None:
        stage = self.dockerfile.stage(name)
        if stage is None or depth >= _DEEPEST:
            return None
        source = join("/", source)
        other = ContainerFiles(self.repository, self.dockerfile, stage)
        if path == place:
            return other.find(source, depth + 1)
        inner = below(path, place)
        if not inner:
            return None
        found = other.find(join(source, inner), depth + 1)
        if found is None and inner == source.rpartition("/")[2]:
            found = other.find(source, depth + 1)
        return found


def _copy(stage: Stage, instruction: Instruction) -> _Copy | None:
    """What a COPY or ADD says; None for any other instruction, and where it cannot be known where it copies to."""
    destination = instruction.destination
    target = instruction.expand(destination) if destination is not None else None
    if target is None:
        return None
    sources = [instruction.expand(word) for word in instruction.sources]
    into = target.endswith("/") or target == "." or len(sources) > 1
    origin = instruction.flag("from")
    place = join(stage.directory_at(instruction) or BASE_DIRECTORY, target)
    return _Copy(sources, place, into, origin.value or "" if origin is not None else None)


def below(path: str, folder: str) -> str:
    """The rest of a path inside a folder, empty where it is not inside."""
    folder = folder.rstrip("/") + "/"
    return path[len(folder) :] if path.startswith(folder) else ""


def _rewrites(instruction: Instruction, name: str) -> bool:
    """Whether a RUN may change the content of a file of that name."""
    text = instruction.raw
    if name not in text and "find " not in text:
        return False
    return ("sed " in text and not _HARMLESS_SED.search(text)) or f"> {name}" in text or f">{name}" in text
