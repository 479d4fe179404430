"""Which version of a library or tool runs, as far as a repository's files tell."""

from __future__ import annotations

import re

from hublint.documents.pep440 import version_of
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.requirements import Requirement
    from hublint.repository.repository import Repository

# Libraries that say which huggingface_hub or datasets they work with: one of them at an older version holds it back.
_HOLDS = frozenset(
    "huggingface-hub transformers gradio datasets diffusers accelerate peft tokenizers sentence-transformers evaluate "
    "timm safetensors spaces setfit optimum trl pyarrow fsspec dill multiprocess".split()
)
# What `datasets huggingface-hub>=0.30 click<8.1`, which the builder of Gradio Spaces installs first, brings at least
# (PyPI, 2026-11-29): newer ones want a newer click.
_OF_THE_BUILDER = "1.16.1"
_OTHER_LISTS = ("pyproject.toml", "setup.py", "environment.yml", "uv.lock", "poetry.lock", "Pipfile", "Pipfile.lock")
_MARKS = ("==", "<", "~=")
_FILES = lazy(
    r"(?:^|/)(?:requirements[^/]*\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|environment\.ya?ml|package\.json"
    r"|uv\.lock|poetry\.lock|Pipfile\.lock|package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$"
)
_LARGEST = 2_000_000
_BINDING = ("==", "===", "~=", "<", "<=", "^", "~", "@", "")
_OLD_HUB = lazy(
    r"huggingface[_-]hub(?:\[[^\]\n]{0,99}\])?\s*(?:[<>=!~]={0,2}\s*[\d.*]+\s*,\s*)*(?:(?:==|~=|<=?)\s*0\.|<\s*1(?:\.0)*\b)",
    re.IGNORECASE,
)
_HUB_LISTS = ("Dockerfile", "README.md", "pyproject.toml", "setup.py", "environment.yml", "environment.yaml")


def running_version(repository: Repository, library: str) -> str:
    """The version of a library: a number, `newest` where nothing holds it back, empty where that cannot be told.

    Args:
        library: `gradio`, `datasets` or `huggingface_hub`.
    """
    name = library.replace("_", "-")
    if library == "gradio" and repository.sdk == "gradio":
        return _sdk_version(repository)
    if library == "huggingface_hub" and repository.sdk == "gradio" and (beside := _hub_beside_gradio(repository)):
        return beside
    if any(path.rpartition("/")[2] in _OTHER_LISTS for path in repository.files):
        return ""
    found = _asked_version(repository, name)
    return _OF_THE_BUILDER if (found, name, repository.sdk) == ("newest", "huggingface-hub", "gradio") else found


def _asked_version(repository: Repository, name: str) -> str:
    """What pip is asked for, as `running_version` gives it."""
    from hublint.space.build.asked_of_pip import asked_of_pip

    asked = asked_of_pip(repository)
    lines = [line.requirement for line in asked.lines]
    own = [line for line in (*lines, *asked.constraints) if line.name == name]
    if any(line.url for line in own):
        return ""
    pin = _pin(own)
    if pin is not None:
        return pin if version_of(pin) else ""
    is_all = asked.is_whole and not asked.constraints
    return "newest" if is_all and not _is_held(repository, lines, name) and _has_recent_python(repository) else ""


def _sdk_version(repository: Repository) -> str:
    """The card's `sdk_version`, unless it is none or the lines that ask for gradio may mean another."""
    from hublint.space.build.asked_of_pip import asked_of_pip

    own = [line.requirement for line in asked_of_pip(repository).lines if line.requirement.name == "gradio"]
    given = repository.card.data.get("sdk_version") if repository.card else None
    if not isinstance(given, str) or not version_of(given) or given.count(".") != 2:
        return ""
    return given if not any(line.url or line.allows(given) is not True for line in own) else ""


def _hub_beside_gradio(repository: Repository) -> str:
    """The huggingface_hub that was seen beside `sdk_version`, where nothing that is asked for may hold it back."""
    from hublint.space.build.gradio_starts import installed_beside
    from hublint.space.build.newest import takes_newest
    from hublint.space.build.pythons import pythons

    version = _sdk_version(repository)
    seen = installed_beside(version, "huggingface-hub", pythons(repository)) if version else ""
    return seen if seen and takes_newest(repository, "huggingface-hub") else ""


def _pin(own: list[Requirement]) -> str | None:
    """The one version that all lines with a specifier pin in any environment."""
    pins = {line.pin for line in own if line.specifier}
    return pins.pop() if len(pins) == 1 and not any(line.marker for line in own) else None


def _has_recent_python(repository: Repository) -> bool:
    """Whether the newest releases, which want Python 3.10 (PyPI, 2026-11-21), can be installed."""
    from hublint.space.build.pythons import pythons

    found = pythons(repository)
    return bool(found) and all(int(python.partition(".")[2]) >= 10 for python in found)


def _is_held(repository: Repository, lines: list[Requirement], name: str) -> bool:
    """Whether an old version may be installed, because it or a library around it is held back."""
    holders = _HOLDS if name != "gradio" else {line.name for line in lines}
    for line in lines:
        if line.url or (line.name in holders and any(mark in line.specifier for mark in _MARKS)):
            return True
    if repository.sdk != "gradio":
        return name != "huggingface-hub" and not any(line.name == name for line in lines)
    given = repository.card.data.get("sdk_version") if repository.card else None
    return given is not None and not str(given).startswith("6")


def is_since(
    repository: Repository, dockerfile: Dockerfile, commands: str, package: str, since: tuple[int, ...]
) -> bool:
    """Whether no version of a package before `since` can run in a Docker Space.

    Every mention counts that a file of requirements, a RUN or a runner such as `npx` makes: without version the newest
    is installed. Unknown, hence False, where nothing mentions the package, and where a lock file may pin an older one.

    Args:
        commands: the text of the commands that start it.
    """
    texts = [each.raw for each in dockerfile.instructions if each.name == "RUN"]
    texts += re.findall(r"\b(?:npx|bunx|uvx)\b[^\n;&|]*", commands)
    for path in repository.files:
        if _FILES.search(path) is None:
            continue
        source = repository.source(path)
        if source is None or source.is_binary or len(source.raw) > _LARGEST:
            return False
        texts.append(source.text)
    name = re.escape(package)
    mention = re.compile(
        rf"(?<![\w./-]){name}(?![\w/-])(?:\[[\w, -]*\])?[\"']?\s*"
        r"(?::\s*[\"']|=\s*[\"'](?=[^\"']*\d)|version\s*=?\s*[\"'])?"
        r"(===?|~=|!=|[<>]=?|@|\^|~|)\s*([\^~]?\d[\d.]*)?"
    )
    found = [match for text in texts for match in mention.finditer(text)]
    if any(re.match(r"\s*,\s*[<=~!]", match.string[match.end() : match.end() + 20]) for match in found):
        return False
    return bool(found) and all(_allows(match[1], match[2], since) for match in found)


def _allows(operator: str, version: str | None, since: tuple[int, ...]) -> bool:
    if version is None or operator not in _BINDING:
        return operator in ("", ">=", ">")
    numbers = tuple(int(part) for part in version.strip("^~.").split(".") if part)
    return numbers[: len(since)] >= since[: len(numbers)] if len(numbers) < len(since) else numbers >= since


def asks_for_old_hub(repository: Repository) -> bool:
    """Whether any file that names what is installed, or the README, asks for a huggingface_hub before 1.0."""
    for path in repository.files:
        name = path.rpartition("/")[2]
        if name in _HUB_LISTS or (name.startswith("requirements") and name.endswith(".txt")):
            source = repository.glance(path)
            if source is not None and _OLD_HUB.search(source.text):
                return True
    return False
