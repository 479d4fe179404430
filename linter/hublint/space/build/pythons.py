"""Which Python a Space has, as far as its files tell."""

from __future__ import annotations

import re

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile.stage import Stage
    from hublint.repository.repository import Repository

# The Python of a Gradio Space without `python_version`. https://huggingface.co/docs/hub/spaces-config-reference
# (2026-08-22) says 3.10, the public build logs of two Spaces of 2026 say 3.13: nothing is claimed on which they differ.
DEFAULT_PYTHONS = ("3.10", "3.13")
# What brings another Python into an image, or chooses one by a file.
_TOOLS = "conda mamba micromamba pyenv pixi deadsnakes pypy pypy3 rye hatch asdf virtualenv".split()
_OTHER_PYTHON = lazy(
    r"\buv[\"', ]+(?:sync|venv|run|python)\b"
    rf"|\b(?:{'|'.join(_TOOLS)})\b"
    r"|(?m:^(?!\s*FROM\b).*\bpython3\.\d+(?!/site-packages|/dist-packages))"
)
_SIGNS = (*_TOOLS, "uv ", "uv,", "uv'", 'uv"', "python3.")


def pythons(repository: Repository) -> tuple[str, ...]:
    """The Pythons, as `3.12`, one of which surely runs a Space's app; empty where that cannot be told."""
    if repository.sdk == "docker":
        found = _python_of_image(repository)
    else:
        value = repository.card.data.get("python_version") if repository.card else None
        if value is None:
            return DEFAULT_PYTHONS
        found = _python_in(str(value))
    return (found,) if found else ()


def python_of(stage: Stage) -> str:
    """The Python, as `3.12`, of the image that a stage goes back to.

    Empty where its name does not tell, or where the stage may bring another one.
    """
    if any(_brings_another(each.raw) for each in stage.instructions):
        return ""
    return _python_in((stage.image or "").rpartition("python:")[2])


def _brings_another(text: str) -> bool:
    return any(sign in text for sign in _SIGNS) and _OTHER_PYTHON.search(text) is not None


def _python_in(text: str) -> str:
    found = re.match(r"3\.\d{1,2}(?!\d)", text)
    return found[0] if found else ""


def _python_of_image(repository: Repository) -> str:
    """The Python of a Docker Space's image, empty where another one may come into it."""
    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or _brings_another(dockerfile.source.text):
        return ""
    return python_of(stage)
