"""Whether pip surely takes a new release of a library, since nothing that is asked for holds it back.

The table `gradio_starts` has the names that hold nothing back at their newest, asked of a resolver.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.requirements import Requirement
    from hublint.repository.repository import Repository

# The releases that were seen beside the builder's own packages in Python 3.10 (PyPI, 2026-11-29).
NEWEST = {
    "huggingface-hub": "1.16.1",
    "pydantic": "2.14.4",
    "starlette": "1.7.0",
    "numpy": "2.2.6",
    "gradio-client": "2.7.2",
}
# Those of which a resolver was asked what holds them back.
_RESOLVED = ("huggingface-hub", "pydantic", "starlette", "numpy")
# Those that whoever asks has seen beside the very release of gradio that a Docker Space pins.
_WITH_GRADIO = ("huggingface-hub", "gradio-client")
_BOUNDS = ("==", "<", "~=", "!=")
_NEEDERS = {"starlette": ("fastapi",)}


def takes_newest(repository: Repository, library: str) -> bool:
    """Whether surely a release as new as in `NEWEST` is installed, where the library is installed at all."""
    from hublint.space.build.asked_of_pip import asked_of_pip
    from hublint.space.build.pythons import pythons

    found = pythons(repository)
    if not is_all(repository) or not found or any(int(python.partition(".")[2]) < 10 for python in found):
        return False
    return all(_lets(line.requirement, library, repository) for line in asked_of_pip(repository).lines)


def is_all(repository: Repository) -> bool:
    """Whether all that is asked for is known; a Gradio Space without requirements.txt asks for nothing."""
    from hublint.space.build.asked_of_pip import FILES, asked_of_pip

    if repository.sdk == "gradio" and not any(path in repository.files for path in FILES):
        return True
    asked = asked_of_pip(repository)
    return asked.is_whole and not asked.constraints


def _lets(requirement: Requirement, library: str, repository: Repository) -> bool:
    """Whether a requirement lets the newest release of a library in."""
    import hublint_schemas

    if requirement.url:
        return False
    if requirement.name == library:
        return requirement.allows(NEWEST[library]) is True
    is_judged = repository.sdk == "gradio" or (repository.sdk == "docker" and library in _WITH_GRADIO)
    if requirement.name == "gradio" and is_judged:
        return set(requirement.extras) <= {"oauth", "mcp"}
    if not needs_any(requirement, (library, *_NEEDERS.get(library, ()))):
        return True
    is_open = library in _RESOLVED and not any(bound in requirement.specifier for bound in _BOUNDS)
    return is_open and requirement.name in hublint_schemas.table("gradio_starts")["free"].split()


def may_conflict(requirement: Requirement) -> bool:
    """Whether a bounded requirement may need a websockets that old releases of gradio's client refuse.

    pip then finds no solution, and the build ends before anything is imported: google-genai 0.5.0 beside gradio 4.25.0
    (uv's resolver, 2026-11-29).
    """
    is_bounded = any(bound in requirement.specifier for bound in _BOUNDS)
    return is_bounded and requirement.name != "gradio" and needs_any(requirement, ("websockets",))


def needs_any(requirement: Requirement, libraries: tuple[str, ...]) -> bool:
    """Whether a distribution may need one of the libraries, or something that needs it; True where that is unknown."""
    import hublint_schemas
    from hublint.space.app.installed import with_needs

    given = with_needs([requirement._replace(specifier="")], hublint_schemas.table("distributions"))
    return given is None or not given.isdisjoint(libraries)
