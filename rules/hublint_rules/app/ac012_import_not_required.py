"""The app imports a module that nothing installs.

## What it does
Follows the imports that run when the app starts, through the repository's own modules, and reports one that belongs to
a known distribution which neither requirements.txt, nor what that needs in turn, nor the Gradio image gives. A Docker
Space is judged where its Dockerfile takes an official Python image and has pip install everything. It is silent where
something asked for is not in the tables (a URL, a folder, a rare or an old distribution), where an import may fail or
may not run, and where the app installs packages or fetches code itself. A Space without requirements.txt is SP026's.

## Why it matters on the Hub
The app stops with `ModuleNotFoundError` when it starts: nothing is in the container but what the build installs.

## Example
```yaml
sdk: gradio
```
```python app.py
import cv2
import gradio as gr
import numpy as np
```
```text requirements.txt
numpy
```

## Use instead
```yaml
sdk: gradio
```
```python app.py
import cv2
import gradio as gr
import numpy as np
```
```text requirements.txt
numpy
opencv-python-headless
```

## Fix safety
Unsafe: it adds the usual distribution of that module without a version, in order if the file is in order. Another
distribution, or a version, may be meant. There is none where the start runs another framework than the app is written
for.

## Evidence
Modules from pipreqs' list on PyPI, needs from the lock files of large projects (tables `modules` and `distributions`,
with their dates); https://huggingface.co/docs/hub/spaces-dependencies for what a Gradio Space has.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Import, PythonSource
    from hublint.repository.repository import Repository
    from hublint.space.app.installed import Installed

RULE = Rule(
    code="AC012",
    name="import-not-required",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("gradio", "docker"),
    only_if=("import",),
)

_INSTALLS = (
    r"\bpip3?\b['\", ]+install\b|\buv['\", ]+(?:pip|add|sync)\b|\bpip\.main\(|\bpip\._internal\b|\bsys\.path\b"
    r"|\bgit['\", ]+clone\b|\bspec_from_file_location\b|\bsite\.addsitedir\b|\bsys\.modules\b|\bmeta_path\b"
)
_WITH_PYTHON = frozenset(("pip", "setuptools", "pkg_resources", "wheel", "_distutils_hack"))
# A command of these serves what is written for it alone.
_RUNNERS = frozenset(("streamlit", "chainlit", "panel", "marimo", "voila", "mesop", "shiny", "solara"))
_FRAMEWORKS = _RUNNERS | {"flask", "fastapi", "gradio", "dash", "django", "bottle", "sanic", "quart", "tornado"}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each module."""
    if _is_asked_for(repository):
        return
    from hublint.space.app.installed import installed, with_needs

    asked = installed(repository)
    if asked is None or ".gitmodules" in repository.files:
        return
    import hublint_schemas

    modules: dict[str, list[str]] = hublint_schemas.table("modules")
    direct = {line.name for line in asked.lines}
    suspects = _suspects(repository, modules, direct)
    if not suspects:
        return
    missing = _missing(repository, suspects)
    given = with_needs(asked.lines, hublint_schemas.table("distributions")) if missing else None
    if given is None:
        return
    for name, (python, imported) in missing.items():
        if given.isdisjoint(modules[name]) and not _has_parts(given, modules[name]):
            yield _finding(repository, python, imported, name, modules[name], asked)


def _is_asked_for(repository: Repository) -> bool:
    """Whether every import is Python's own, the repository's own, or the name of a line of the requirements."""
    from hublint.documents.standard_modules import STANDARD

    names: set[str] = set()
    for line in repository.code.split("\n"):
        if line.startswith("from "):
            names.add(line[5:].partition(" ")[0].partition(".")[0])
        elif line.startswith("import "):
            names.update(part.strip().partition(" ")[0].partition(".")[0] for part in line[7:].split(","))
    names -= {"", *STANDARD}
    for path in repository.files:
        *folders, name = path.lower().split("/")
        names.difference_update(folders, (name.removesuffix(".py"),))
    source = repository.source("requirements.txt") if names else None
    text = source.text.lower().translate(str.maketrans("<>=~![;#@-", " " * 9 + "_")) if source else ""
    return names <= {line.split(maxsplit=1)[0] for line in text.split("\n") if line.strip()}


def _has_parts(given: set[str], names: list[str]) -> bool:
    """Whether a part of the wanted distribution is there, as llama-index-core of llama-index, which may give it too."""
    return any(each.startswith(f"{name}-") for name in names for each in given)


def _suspects(repository: Repository, modules: dict[str, list[str]], direct: set[str]) -> set[str]:
    """Modules that some file imports and no line asks for by name; found without parsing, since most apps have none."""
    from hublint.space.app.app_modules import PREINSTALLED
    from hublint.space.app.installed import modules_in

    imported = set(modules_in(repository.code))
    has = PREINSTALLED if repository.sdk == "gradio" else _WITH_PYTHON
    return {
        name
        for name, names in modules.items()
        if name.partition(".")[0].lower() in imported and name not in has and direct.isdisjoint(names)
    }


def _missing(repository: Repository, suspects: set[str]) -> dict[str, tuple[PythonSource, Import]]:
    """The first import of each of the suspects that neither Python, nor the repository, nor the image has."""
    import re

    from hublint.space.app.app_modules import is_preinstalled, own_names, third_party
    from hublint.space.running import surely_loaded

    own = own_names(repository)
    loaded = surely_loaded(repository)
    if any(re.search(_INSTALLS, python.source.text) for python, _ in loaded):
        return {}
    uses_spaces = any(imported.module == "spaces" for python, _ in loaded for imported in python.imports)
    hardware = repository.card.data.get("suggested_hardware") if repository.card else None
    uses_spaces = uses_spaces or str(hardware).startswith("zero")
    found: dict[str, tuple[PythonSource, Import]] = {}
    for python, every in loaded:
        for imported in every:
            name = third_party(imported, own)
            if name not in suspects:
                continue
            if repository.sdk != "gradio" or not is_preinstalled(name, uses_spaces):
                found.setdefault(name, (python, imported))
    return found


def _finding(
    repository: Repository, python: PythonSource, imported: Import, name: str, names: list[str], asked: Installed
) -> Finding:
    if repository.sdk == "gradio":
        lacking = f"neither {asked.path} nor the Gradio SDK installs it"
    else:
        lacking = f"nothing in the Dockerfile{f' or {asked.path}' if asked.path else ''} installs it"
    message = f"`{name}` is imported, but {lacking}; add `{names[0]}`"
    return Finding(python.source, imported.node, message, fix=_fix(repository, name, names[0], asked.path))


def _starts_another(repository: Repository, module: str) -> bool:
    """Whether the app is written for another framework than the one that is started: installing it would not help."""
    if module not in _FRAMEWORKS:
        return False
    if repository.sdk != "docker":
        return module == "streamlit"
    stage = repository.dockerfile.final_stage if repository.dockerfile else None
    if stage is None:
        return False
    from hublint.documents.dockerfile.commands import start_commands

    words = {word.text.rpartition("/")[2] for command in start_commands(stage) for word in command.argv}
    return module not in words and not words.isdisjoint(_RUNNERS)


def _fix(repository: Repository, module: str, name: str, path: str) -> Fix | None:
    if _starts_another(repository, module):
        return None
    from hublint.documents.requirements import Requirements
    from hublint.documents.source import Span

    requirements = repository.parsed(path, Requirements) if path else None
    if requirements is None or requirements.is_utf16:
        return None
    text = requirements.source.text
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = requirements.requirements
    names = [line.name for line in lines]
    after = (
        next((line for line in lines if line.name > name), None) if len(names) > 1 and names == sorted(names) else None
    )
    if after is not None:
        place = text.rfind("\n", 0, after.span.start) + 1
        edit = Edit(path, Span(place, place), f"{name}{newline}")
    else:
        start = "" if not text or text.endswith("\n") else newline
        edit = Edit(path, Span(len(text), len(text)), f"{start}{name}{newline}")
    return Fix(f"Add `{name}` to {path}", (edit,), "unsafe")
