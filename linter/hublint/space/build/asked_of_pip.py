"""What a Space's build asks pip for: the one reading of its requirements files and of its Dockerfile's `pip install`.

A Gradio or Streamlit Space: pre-requirements.txt, then requirements.txt
(https://huggingface.co/docs/hub/spaces-dependencies, 2026-08-22). A Docker Space: the RUN of the stages that are built.
"""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.requirements import Requirement, Requirements
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.build.pip_commands import PipInstall, Word

FILES = ("pre-requirements.txt", "requirements.txt")
_OTHER_PLACES = ("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--no-index")
_INCLUDES = ("-r", "--requirement", "-c", "--constraint")
_MOST = 50
# What tells pip or uv of other places, or not to look at what a package needs, in ENV, ARG or a file.
_TOLD = lazy(
    r"\b(?:PIP|UV)_(?!NO_CACHE|DISABLE|ROOT|DEFAULT_TIMEOUT|COMPILE|LINK|SYSTEM)[A-Z_]+"
    r"|\bpip3? config\b|pip\.conf|uv\.toml"
)
_SIGNS = ("PIP_", "UV_", " config", "pip.conf", "uv.toml")
_OFFICIAL = frozenset(("python", "ubuntu", "debian", "buildpack-deps", "nvidia/cuda", "node"))
_OFFICIAL_PYTHON = lazy(r"(?:docker\.io/)?(?:library/)?python:3[\w.-]*")


class Line(NamedTuple):
    """One requirement.

    Attributes:
        requirement: with its place in `source`.
        source: the file where it is written: of requirements, or the Dockerfile.
        pythons: the Pythons, as `3.12`, one of which it is installed for; empty where that cannot be told.
        is_decisive: whether pip surely reads it, asks PyPI alone, and ends the build where it refuses.
        in_command: whether it is a word of a RUN, not a line of a file.
    """

    requirement: Requirement
    source: Source
    pythons: tuple[str, ...]
    is_decisive: bool
    in_command: bool = False

    def counts(self) -> bool:
        """Whether its marker is surely true."""
        if not self.requirement.marker:
            return True
        from hublint.documents.markers import LINUX, holds

        environments = [{**LINUX, "python_version": python} for python in self.pythons] or [LINUX]
        return all(holds(self.requirement.marker, environment) for environment in environments)


class Asked(NamedTuple):
    """What pip is asked for.

    Attributes:
        lines: every requirement that is read.
        constraints: the lines of `-c` files.
        is_whole: whether that is surely all that is installed, what the builder of a Gradio Space brings apart.
        path: the file to which a line may be added; empty where there is none.
    """

    lines: tuple[Line, ...]
    constraints: tuple[Requirement, ...]
    is_whole: bool
    path: str


def asked_of_pip(repository: Repository) -> Asked:
    """Everything that the build of a Space tells pip to install, as far as its files tell."""
    return repository.once(_asked)


def _asked(repository: Repository) -> Asked:
    if repository.sdk == "docker":
        dockerfile = repository.dockerfile
        return _Reader(repository, ()).of_dockerfile(dockerfile) if dockerfile else Asked((), (), False, "")
    from hublint.space.build.pythons import pythons

    return _Reader(repository, pythons(repository)).of_files()


class _Reader:
    """Gathers lines, file by file and command by command."""

    def __init__(self, repository: Repository, pythons: tuple[str, ...]) -> None:
        self.repository = repository
        self.pythons = pythons
        self.lines: list[Line] = []
        self.constraints: list[Requirement] = []
        self.is_whole = True
        self.path = ""

    def of_files(self) -> Asked:
        for path in FILES:
            if path in self.repository.files:
                files = self._tree(path, lambda place: place if place in self.repository.files else None)
                self._files(files, is_decisive=not any(map(_has_other_places, files)))
        path = FILES[1] if FILES[1] in self.repository.files else ""
        return Asked(tuple(self.lines), tuple(self.constraints), self.is_whole, path)

    def of_dockerfile(self, dockerfile: Dockerfile) -> Asked:
        from hublint.space.container.needed_stages import needed

        final = dockerfile.final_stage
        image = (final.image or "") if final else ""
        self.is_whole = len(dockerfile.stages) == 1 and bool(_OFFICIAL_PYTHON.fullmatch(image))
        if not dockerfile.errors:
            text = dockerfile.source.text
            is_told = any(sign in text for sign in _SIGNS) and _TOLD.search(text) is not None
            for stage in needed(dockerfile):
                self._stage(dockerfile, stage, is_told)
        self.is_whole = self.is_whole and not dockerfile.errors and bool(self.lines)
        return Asked(tuple(self.lines), tuple(self.constraints), self.is_whole, self.path)

    def _stage(self, dockerfile: Dockerfile, stage: Stage, is_told: bool) -> None:
        """Take in a stage; `is_told`: the Dockerfile may tell pip where else to look."""
        from hublint.space.build.pip_commands import pip_installs
        from hublint.space.build.pythons import python_of
        from hublint.space.container.base_images import image_name

        is_plain = not is_told and image_name(stage.image or "") in _OFFICIAL
        python = python_of(stage)
        for instruction in stage.instructions:
            installs = pip_installs(instruction)
            self.is_whole = self.is_whole and installs.is_all
            for install in installs.found:
                self.pythons = (python,) if python and not install.is_uv else ()
                folder = stage.directory_at(instruction)
                self._install(dockerfile, stage, folder, install, is_plain)

    def _install(
        self, dockerfile: Dockerfile, stage: Stage, folder: str | None, install: PipInstall, is_plain: bool
    ) -> None:
        from hublint.space.container.files import ContainerFiles, join

        inside = ContainerFiles(self.repository, dockerfile, stage)
        files: list[_File] = []
        for word in install.words:
            place = join(folder or inside.directory, word.value) if word.option and word.value else ""
            path = inside.find(place) if place else None
            self.is_whole = self.is_whole and not (word.option and path is None)
            if place:
                files += self._tree(place, inside.find, is_constraint=word.option == "-c")
                self.path = self.path or (path or "" if word.option == "-r" else "")
        is_decisive = is_plain and install.is_decisive and not install.has_other_places
        is_decisive = is_decisive and not any(map(_has_other_places, files))
        for word in install.words:
            if not word.option:
                self._word(dockerfile.source, word, is_decisive)
        self._files(files, is_decisive)

    def _word(self, source: Source, word: Word, is_decisive: bool) -> None:
        from hublint.documents.requirements import Requirements
        from hublint.documents.source import Source as Text

        text = (word.value or "").encode("utf-8", "surrogateescape")
        found = Requirements(Text("requirements.txt", text)).requirements
        if len(found) != 1 or not found[0].name or found[0].url or word.where is None:
            self.is_whole = False
        else:
            self.lines.append(Line(found[0]._replace(span=word.where.span), source, self.pythons, is_decisive, True))

    def _tree(self, place: str, find: Callable[[str], str | None], is_constraint: bool = False) -> list[_File]:
        """A file and those that it includes, each once; what cannot be read makes the answer no whole one."""
        from hublint.documents.requirements import Requirements
        from hublint.space.container.files import join

        found: dict[str, _File] = {}
        pending = [(place, is_constraint)]
        while pending and len(found) < _MOST:
            place, is_constraint = pending.pop()
            path = find(place)
            requirements = self.repository.parsed(path, Requirements) if path else None
            if requirements is None or place in found:  # pip refuses files that include each other
                self.is_whole = False
            else:
                found[place] = _File(requirements, is_constraint)
                for line in requirements.lines:
                    if line.option in _INCLUDES:
                        inner = join("/" + place.rpartition("/")[0], line.argument)
                        inner = inner if place.startswith("/") else inner[1:]
                        pending.append((inner, is_constraint or line.option in ("-c", "--constraint")))
        self.is_whole = self.is_whole and not pending
        return list(found.values())

    def _files(self, files: list[_File], is_decisive: bool) -> None:
        for requirements, is_constraint in files:
            self.is_whole = self.is_whole and not requirements.invalid
            for line in requirements.lines:
                if line.editable or line.url or (not line.name and not line.option):
                    self.is_whole = False
                elif line.name and is_constraint:
                    self.constraints.append(line)
                elif line.name:
                    found = Line(line, requirements.source, self.pythons, is_decisive)
                    self.lines += () if found in self.lines else (found,)


class _File(NamedTuple):
    requirements: Requirements
    is_constraint: bool


def _has_other_places(file: _File) -> bool:
    return any(line.option in _OTHER_PLACES for line in file.requirements.lines)
