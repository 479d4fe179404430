"""Files that were meant to tell the Hub what to install, and that its builder does not read.

Source: https://huggingface.co/docs/hub/spaces-dependencies (2026-08-22): requirements.txt, pre-requirements.txt and
packages.txt at the root are read, nothing else.
"""

from __future__ import annotations

from re import IGNORECASE

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository

REQUIREMENTS = "requirements.txt"
_READ = (REQUIREMENTS, "pre-requirements.txt")
_MISNAMED = lazy(
    r"(?:requirement|requirements?[ _-]?\(\d+\)|requirements?\.txt|requierements?|requirments?|requirementes"
    r"|requiremnts|requirements?[ _.-](?:app|space|hf|spaces|huggingface|gradio)"
    r"|requirements?[ _-]?(?:copy|final|new))\.txt"
    r"|requirements?",
    IGNORECASE,
)
_PACKAGES = lazy(
    r"(?:package|pacakges?|packages?[ _-]?\(\d+\)|packages?\.txt|apt|apt[-_](?:packages?|requirements)"
    r"|system[-_]packages?|aptfile)(?:\.txt)?",
    IGNORECASE,
)
_FIRST_OF_PACKAGES = ("pac", "apt", "sys")
_LOCKS = ("Pipfile", "poetry.lock", "uv.lock", "environment.yml", "environment.yaml")


def misnamed_requirements(repository: Repository) -> str:
    """The file at the root whose name resembles requirements.txt, where no such file is there; else empty."""
    if any(path in repository.files for path in _READ):
        return ""
    roots = (path for path in repository.files if "/" not in path)
    return next((path for path in roots if _MISNAMED.fullmatch(path) or path.lower() == REQUIREMENTS), "")


def lock_file(repository: Repository) -> str:
    """The list of another tool that is there alone; empty where requirements.txt is there too."""
    if any(path in repository.files for path in _READ):
        return ""
    return next((path for path in _LOCKS if path in repository.files), "")


def misnamed_packages(repository: Repository) -> list[str]:
    """The files at the root whose names resemble packages.txt."""
    like = (path for path in repository.files if path.lower().startswith(_FIRST_OF_PACKAGES))
    return [path for path in like if path != "packages.txt" and _PACKAGES.fullmatch(path)]
