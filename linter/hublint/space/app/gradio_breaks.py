"""Whether a Space's Gradio starts with what pip installs beside it today."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.repository.repository import Repository
    from hublint.space.build.asked_of_pip import Line
    from hublint.space.build.gradio_starts import Failure

# An app that names one of these mends gradio or installs something itself.
MENDING = (
    "hffolder", "json_schema_to", "api_info", "sys.modules", "audioop", "subprocess", "os.system", "pip install",
    "import pip", "importlib", "monkey", "gradio_client",
)  # fmt: skip


# Ways to run a file that no import names.
_RUNNING = ("exec(", "runpy", "__import__", "popen", "os.spawn")


def may_mend(repository: Repository, words: Iterable[str]) -> bool:
    """Whether one of the words stands in Python that the Space may run, in lower case.

    Of a Gradio Space, a file that neither the app loads nor anything in it names does not count.
    """
    if not any(word in repository.code for word in words):
        return False
    code = _runs(repository) if repository.sdk == "gradio" else repository.code
    return any(word in code for word in words)


def _runs(repository: Repository) -> str:
    """The text of the files that an app loads, and of those whose names stand in one of these."""
    from hublint.space.running import loaded

    files = {python.source.path: python.source.text.lower() for python in loaded(repository)}
    code = "\n".join(files.values())
    if not files or any(word in code for word in _RUNNING):
        return repository.code
    named = [path for path in repository.files if path.endswith(".py") and path not in files and _name(path) in code]
    sources = filter(None, map(repository.glance, named))
    return "\n".join((code, *(source.text.lower() for source in sources)))


def _name(path: str) -> str:
    """What imports a file: its own name, or that of its package."""
    folder, _, name = path.lower().removesuffix(".py").rpartition("/")
    return folder.rpartition("/")[2] if name in ("__init__", "__main__") else name


def breaks(repository: Repository, pythons: tuple[str, ...]) -> list[Failure]:
    """What surely fails first in each of the Pythons, of which a Space has one; none where it may start.

    In a Docker Space only `import gradio` is judged, where pip installs a pinned release of it.
    """
    if may_mend(repository, MENDING):
        return []
    from hublint.space.build.gradio_starts import failures

    if repository.sdk == "docker":
        line = pinned(repository)
        return failures(repository, line.requirement.pin or "", pythons, set) if line else []
    from hublint.space.app.gradio_components import endpoint_components, launches
    from hublint.space.app.versions import running_version

    version = running_version(repository, "gradio")

    def used() -> set[str]:
        return endpoint_components(repository) if launches(repository) else set()

    return failures(repository, version, pythons, used) if version else []


def pinned(repository: Repository) -> Line | None:
    """The one line by which a Docker Space asks for a release of gradio; None where it does not, or for another too."""
    from hublint.space.build.asked_of_pip import asked_of_pip

    lines = [line for line in asked_of_pip(repository).lines if line.requirement.name == "gradio"]
    if len(lines) != 1 or lines[0].requirement.pin is None or lines[0].requirement.extras or not lines[0].counts():
        return None
    return lines[0]
