"""What pip cannot install beside the Gradio of a Space, since both need a library in releases that exclude each other.

Gradio 3.41.0 to 5.7.1 refuse websockets 13 and newer, by themselves or by their gradio-client (up to 1.5.0); every
release of google-genai, 0.0.1 to 3.6.1, needs websockets 13 or newer (PyPI and `pip install --dry-run` of both with
gradio 3.41.0, 4.44.0, 5.8.0 and 5.50.0, 2026-11-29; gradio-app/gradio#10085).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository
    from hublint.space.build.asked_of_pip import Line

FIRST_BESIDE = "5.8.0"
_NEEDING = "google-genai"
_OLD = ((3, 41), (5, 8))


def not_beside_gradio(repository: Repository) -> Line | None:
    """The line of a Gradio Space that ends its build, since its `sdk_version` refuses what the line needs."""
    from hublint.documents.pep440 import version_of
    from hublint.space.app.versions import running_version
    from hublint.space.build.asked_of_pip import asked_of_pip

    if repository.sdk != "gradio" or "pre-requirements.txt" in repository.files:
        return None
    asked = asked_of_pip(repository)
    line = next((each for each in asked.lines if each.requirement.name == _NEEDING and each.counts()), None)
    if line is None or not line.is_decisive or line.requirement.url:
        return None
    version = version_of(running_version(repository, "gradio"))
    return line if version is not None and _OLD[0] <= version < _OLD[1] else None
