"""A Gradio that does not start with the libraries that pip installs beside it today.

## What it does
Looks up `sdk_version` in a table of what Gradio Spaces do in clean environments, made as the Hub's builder makes them:
a release of Gradio says of huggingface_hub, pydantic or Starlette only how old they may be, and newer ones have lost
what it uses. It speaks where the chain is known to the end: the version is in the table, or the measured ones on both
sides fail in the same way; every line of requirements.txt is known to hold nothing back; and for failures that come
with a component, such as `gr.Image`, an endpoint of the app surely has it. Where the Python is not told, both that the
Hub may choose have to fail.

In a Docker Space it judges `import gradio` alone, in the image of a Python that is known and official, with a table of
environments in which pip installed that release of Gradio and what it asks for: every `pip install` of the Dockerfile
is then followed to its files.

It also reports a pinned release of diffusers that the app imports and that was seen not to import beside the
huggingface_hub that pip takes with it.

## Why it matters on the Hub
A Space is built anew after each push and each restart of an old image, with the newest libraries that pip may take. An
app that ran for a year then ends with an ImportError or a TypeError, though nobody changed it.

## Example
```yaml
sdk: gradio
sdk_version: 4.44.1
```
```python app.py
import gradio as gr

gr.Interface(str.upper, "text", "text").launch()
```
```text requirements.txt
numpy
```

## Use instead
```yaml
sdk: gradio
sdk_version: 5.50.0
```
```python app.py
import gradio as gr

gr.Interface(str.upper, "text", "text").launch()
```
```text requirements.txt
numpy
```

## Fix safety
Unsafe. Gradio 5 becomes 5.50.0, which serves with what pip installs today. An older Gradio keeps its version: all of
the lines that a clean environment was seen to need are added to requirements.txt, and `python_version: "3.10"`. There
is no fix where another line needs one of those libraries too, nor where the app uses what Python 3.10 lacks.

## Evidence
The table `gradio_starts` of `schemas/refreshing/gradio_starts.py` (PyPI, 2026-11-29): each row is an environment with
what the builder installs (build logs of public Spaces, 2026-04 to 2026-07: `datasets "huggingface-hub>=0.30" ...`, then
`gradio[oauth]==<sdk_version> "uvicorn>=0.14.0" "websockets>=10.4" spaces`, and `"fastapi<0.113.0"` beside Gradio 4.31,
with which Gradio 4 was tried too), in which the page and the API description of an app were asked for, from Gradio 5
on with and without `GRADIO_SSR_MODE`, which Spaces set. huggingface/mcp-course#199, Zeyi-Lin/HivisionIDPhotos#281.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Scalar
from hublint.rule import Edit, Finding, Fix, Rule, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.requirements import Requirements
    from hublint.repository.repository import Repository
    from hublint.space.build.asked_of_pip import Line
    from hublint.space.build.gradio_starts import Failure

RULE = Rule(
    code="SP031",
    name="sdk-version-breaks",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("gradio", "docker"),
)

_SERVING = "5.50.0"
_REPAIR = ("huggingface_hub<1.0", "pydantic==2.10.6", "starlette<1.0")
_REPAIRED_PYTHON = "3.10"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a release of Gradio that does not start, and for pins that do not import."""
    if repository.sdk == "docker":
        if "gradio" in repository.code:
            yield from _of_docker(repository)
        return
    node = card.get("sdk_version")
    if isinstance(node, Scalar) and node.content.strip()[:1] in ("3", "4", "5"):
        yield from _of_gradio(card, repository)
    if isinstance(node, Scalar) and "diffusers" in repository.code:
        yield from _of_pins(repository)


def _of_pins(repository: Repository) -> Iterator[Finding]:
    from hublint.space.app.app_modules import own_names
    from hublint.space.app.gradio_breaks import MENDING, may_mend
    from hublint.space.build.library_imports import broken
    from hublint.space.running import surely_loaded

    if may_mend(repository, ("cached_download", *MENDING)):
        return
    imported = {each.module.partition(".")[0] for _, imports in surely_loaded(repository) for each in imports}
    imported -= own_names(repository)
    for line, error in broken(repository):
        if line.requirement.name.replace("-", "_") in imported:
            yield Finding(
                line.source,
                line.requirement.span,
                f"`{line.requirement.name}` {line.requirement.pin} does not import with the huggingface_hub that pip "
                f"installs beside it: `{_missing(error)}` is gone from it",
                help="ask for `huggingface_hub==0.25.2`, or for a newer release of the library",
            )


def _missing(error: str) -> str:
    """The name in "cannot import name 'cached_download' from 'huggingface_hub'"."""
    return error.partition("'")[2].partition("'")[0]


def _of_gradio(card: Card, repository: Repository) -> Iterator[Finding]:
    from hublint.space.app.gradio_breaks import breaks
    from hublint.space.build.beside_gradio import not_beside_gradio
    from hublint.space.build.pythons import pythons

    found = breaks(repository, pythons(repository))
    if found and _imports_gradio(repository) and not not_beside_gradio(repository):  # SP032
        version = str(card.data.get("sdk_version"))
        others = [each for each in found[1:] if _what(each) != _what(found[0])]
        also = "".join(f"in Python {each.python} {_what(each)}; " for each in others)
        yield Finding(
            card,
            card.place("sdk_version"),
            f"gradio {version} does not start with what pip installs beside it today: {_what(found[0])}",
            help=also + _way_out(version, found[0]),
            fix=_raised(card, repository) if version.startswith("5.") else _held(card, repository, version),
        )


def _of_docker(repository: Repository) -> Iterator[Finding]:
    from hublint.space.app.gradio_breaks import breaks, pinned
    from hublint.space.build.pythons import pythons

    line = pinned(repository)
    found = breaks(repository, pythons(repository)) if line else []
    if line is not None and found and _imports_gradio(repository):
        version = line.requirement.pin or ""
        yield Finding(
            line.source,
            line.requirement.span,
            f"gradio {version} does not start with what pip installs beside it today: {_what(found[0])}",
            help=_way_out_of_docker(found[0]),
            fix=_repinned(line, version) if version.startswith("5.") and not _may_hold_back(repository) else None,
        )


def _imports_gradio(repository: Repository) -> bool:
    from hublint.space.app.app_modules import own_names
    from hublint.space.running import surely_loaded

    names = {each.module.partition(".")[0] for _, imports in surely_loaded(repository) for each in imports}
    return "gradio" in names and not {"gradio", "huggingface_hub", "pydantic"} & own_names(repository)


def _what(failure: Failure) -> str:
    where = "`launch()`" if failure.components else "`import gradio`"
    return f"{where} ends with {failure.line.partition(' (')[0]}"


def _way_out(version: str, failure: Failure) -> str:
    if version.startswith("5.") or failure.culprit == "gradio-client":
        return f"raise `sdk_version` to {_SERVING}"
    lines = ", ".join(f"`{line}`" for line in _REPAIR)
    return f'raise `sdk_version` to {_SERVING}, or ask for {lines} with `python_version: "{_REPAIRED_PYTHON}"`'


def _way_out_of_docker(failure: Failure) -> str:
    also = "`requests` too, or for " if failure.culprit == "requests" else ""
    return f"ask for {also}`gradio=={_SERVING}`"


def _repinned(line: Line, version: str) -> Fix | None:
    start, end = line.requirement.span
    place = line.source.text.rfind(version, start, end)
    if place < 0:
        return None
    span = Span(place, place + len(version))
    return Fix(f"Write `{_SERVING}`", (Edit(line.source.path, span, _SERVING),), "unsafe")


def _raised(card: Card, repository: Repository) -> Fix | None:
    from hublint.space.build.asked_of_pip import asked_of_pip

    lines = [line.requirement for line in asked_of_pip(repository).lines]
    if _may_hold_back(repository) or any(line.name == "gradio" and line.allows(_SERVING) is not True for line in lines):
        return None
    return Fix(f"Write `{_SERVING}`", (yaml_edits.set_value(card, ("sdk_version",), _SERVING),), "unsafe")


def _may_hold_back(repository: Repository) -> bool:
    """Whether a library that the newer gradio needs too is asked for in some version."""
    from hublint.space.build.asked_of_pip import asked_of_pip

    lines = [line.requirement for line in asked_of_pip(repository).lines]
    shared = ("pydantic", "huggingface-hub", "starlette", "fastapi", "gradio-client")
    return any(line.name in shared and line.specifier for line in lines)


def _held(card: Card, repository: Repository, version: str) -> Fix | None:
    from hublint.documents.requirements import Requirements
    from hublint.space.app.needed_python import suits
    from hublint.space.build.asked_of_pip import asked_of_pip
    from hublint.space.build.gradio_starts import is_repaired
    from hublint.space.build.newest import needs_any
    from hublint.space.build.pythons import pythons

    asked = asked_of_pip(repository)
    requirements = repository.parsed(asked.path, Requirements) if asked.path else None
    if requirements is None or requirements.is_utf16 or not is_repaired(version, _REPAIRED_PYTHON):
        return None
    culprits = ("huggingface-hub", "pydantic", "starlette")
    if any(line.requirement.name != "gradio" and needs_any(line.requirement, culprits) for line in asked.lines):
        return None
    edits = [_lines(requirements)]
    if pythons(repository) != (_REPAIRED_PYTHON,):
        if not suits(repository, int(_REPAIRED_PYTHON.removeprefix("3."))):
            return None
        is_there = card.get("python_version") is not None
        edits.append(
            yaml_edits.set_value(card, ("python_version",), _REPAIRED_PYTHON)
            if is_there
            else yaml_edits.insert_entry(card, "python_version", _REPAIRED_PYTHON, ("sdk_version",))
        )
    return Fix("Hold the libraries back", tuple(edits), "unsafe")


def _lines(requirements: Requirements) -> Edit:
    text, newline = requirements.source.text, requirements.source.newline
    start = "" if not text or text.endswith("\n") else newline
    added = "".join(f"{line}{newline}" for line in _REPAIR)
    return Edit(requirements.source.path, Span(len(text), len(text)), start + added)
