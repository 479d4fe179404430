"""Which file of the repository lies at a path of the built image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.regexes import lazy

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

    def below(self, folder: str) -> dict[str, str | None]:
        """The repository's file at every path in a folder to which COPY or ADD brings one; None where it is unknown."""
        found: dict[str, str | None] = {}
        for stage in self.stage.chain:
            for instruction in stage.instructions:
                for path in self._targets(stage, instruction, folder):
                    found[path] = self.find(path)
        return found

    def _targets(self, stage: Stage, instruction: Instruction, folder: str) -> list[str]:
        destination = instruction.destination
        if instruction.name not in ("COPY", "ADD") or destination is None:
            return []
        target = instruction.expand(destination)
        if target is None:
            return [f"{folder}/(unknown)"]
        place = join(stage.directory_at(instruction) or BASE_DIRECTORY, target)
        if not below(f"{place}/", f"{folder}/") and not f"{folder}/".startswith(place.rstrip("/") + "/"):
            return []
        paths = []
        if not instruction.sources:  # a heredoc
            return [place] if below(place, folder) else []
        for word in instruction.sources:
            source = join("/", instruction.expand(word) or "(unknown)")[1:]
            name = source.rpartition("/")[2]
            if instruction.flag("from") is None and (not source or source in self.repository.folders):
                start = f"{source}/" if source else ""
                inner = [path[len(start) :] for path in self.repository.files if path.startswith(start)]
                paths += [f"{place}/{path}" if place != "/" else f"/{path}" for path in inner]
            elif target.endswith("/") or target == "." or len(instruction.sources) > 1:
                paths.append(join(place, name))
            else:
                paths.append(place)
        return [path for path in paths if below(path, folder)]

    def _copied(self, stage: Stage, instruction: Instruction, path: str, depth: int) -> str | None:
        destination = instruction.destination
        target = instruction.expand(destination) if destination else None
        if target is None:
            return None
        place = join(stage.directory_at(instruction) or BASE_DIRECTORY, target)
        origin = instruction.flag("from")
        sources = [instruction.expand(word) for word in instruction.sources]
        into = target.endswith("/") or target == "." or len(sources) > 1
        for source in sources:
            if source is None or "://" in source:
                continue
            if origin is not None:
                found = self._from_stage(origin.value or "", source, place, path, depth)
            else:
                found = self._from_context(source, place, path, into)
            if found is not None:
                return found
        return None

    def _from_context(self, source: str, place: str, path: str, into: bool) -> str | None:
        source = join("/", source)[1:]
        files, folders = self.repository.files, self.repository.folders
        if not source or source in folders:
            inner = below(path, place)
            candidate = f"{source}/{inner}" if source else inner
            return candidate if inner and candidate in files else None
        name = path.rpartition("/")[2]
        if any(mark in source for mark in "*?["):
            from fnmatch import fnmatchcase

            folder = source.rpartition("/")[0]
            candidate = f"{folder}/{name}" if folder else name
            return candidate if fnmatchcase(candidate, source) and below(path, place) and candidate in files else None
        if source not in files:
            return None
        inside = path == join(place, source.rpartition("/")[2])
        return source if inside or (path == place and not into) else None

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
