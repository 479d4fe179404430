"""The app uses what the Space's Python does not have yet, or no longer has.

## What it does
Compares the Python that a Space gets - `python_version`, or the tag of an official `python` image - with what the files
that it surely runs use: modules and names of the standard library that came with a later Python (`tomllib`,
`enum.StrEnum`, `asyncio.TaskGroup`, `typing.Self`) or are gone (`imp`, `cgi`, `asyncio.coroutine`), and syntax that it
does not read (`match`, `except*`, `type X = ...`, an f-string with its own quotes within its braces), `str | None` as
an annotation before Python 3.10. Where the Python
is not told and only one of the two that a Gradio Space may get has it, it is a note.

It is silent where the import may fail (`try`, `sys.version_info`, TYPE_CHECKING), where the code may not run, where the
repository has a module of that name, and where a distribution that brings the module back is or may be installed:
`audioop-lts`, `legacy-cgi`, setuptools for distutils.

## Why it matters on the Hub
The app stops with `ModuleNotFoundError`, `ImportError`, `AttributeError`, `TypeError` or `SyntaxError` as soon as it
starts, though it runs on the machine where it was written.

## Example
```yaml
sdk: gradio
python_version: "3.10"
```
```python app.py
import tomllib

import gradio as gr

gr.Interface(tomllib.loads, "text", "json").launch()
```

## Use instead
```yaml
sdk: gradio
python_version: "3.11"
```
```python app.py
import tomllib

import gradio as gr

gr.Interface(tomllib.loads, "text", "json").launch()
```

## Fix safety
Safe: it writes the lowest `python_version` that has everything, up to 3.12, without which the app does not start.
Unsafe where that is a later one, which fewer libraries have wheels for, and where a module is gone: the code may be
meant to move on. A Python in which Gradio is known not to start (SP031) is passed over.

## Evidence
typeshed's stubs as mypy 1.15.0 and 2.4.1 ship them (table `standard_library`, compared in the tests with the Python
that runs them), https://docs.python.org/3/whatsnew/ for what was removed, CPython's parser with `feature_version`.
https://github.com/HyperbolicLabs/Hyperbolic-AgentKit/issues/61 and https://github.com/huggingface/OpenEnv/issues/260:
Spaces without StrEnum and tomllib. distutils with setuptools on Python 3.12: setuptools' `_distutils_hack`.
"""

from __future__ import annotations

from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository
    from hublint.space.app.standard_library import Need

RULE = Rule(
    code="AC019",
    name="newer-python-needed",
    severity="error",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("gradio", "docker"),
)

_OLDEST = 8  # of whose modules something is known
_CHOICES = range(10, 15)
_SAFE = 12
_LONGEST = 2_000_000
# What newer syntax looks like, and the minor version that it came with.
_SYNTAX = (
    (10, r"(?m)^\s*match\b.*:\s*(?:#.*)?$|\|"),
    (11, r"except\s*\*"),
    (12, r"(?m)^\s*type\s+\w+.*=|^\s*(?:async\s+def|def|class)\s+\w+\s*\["),
    (12, r"\b(?:f|rf|fr)\"(?:[^\"{\n]|\{[^\"}\n]*\})*\{[^\"}\n]*[\"\\#]"),
    (12, r"\b(?:f|rf|fr)'(?:[^'{\n]|\{[^'}\n]*\})*\{[^'}\n]*['\\#]"),
    (12, r"\b(?:f|rf|fr)(?:\"\"\"|'{3})|\b(?:f|rf|fr)['\"][^'\"\n]*\{[^}'\"\n]*\n"),
    (14, r"(?m)^\s*except\b[^:(\n]*,|\b(?:t|rt|tr)['\"]"),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each module and name, and for the first newer syntax of each file."""
    from hublint.space.build.pythons import pythons

    minors = [int(each[2:]) for each in pythons(repository)]
    if not minors or min(minors) < _OLDEST or not _may_lack(repository.code, minors):
        return
    from hublint.space.app.needed_python import newer_syntax_of
    from hublint.space.app.standard_library import needs

    lacking = [each for each in needs(repository) if not all(map(each.is_in, minors))]
    refused = list(newer_syntax_of(repository, min(minors)))
    if not lacking and not refused:
        return
    newest = max((int(found.version[2:]) for _, found in refused), default=0)
    fix = _fix(repository, lacking, newest)
    for need in lacking:
        is_note = any(map(need.is_in, minors))
        yield Finding(
            need.python.source,
            need.node,
            _about(need, repository, minors, is_note),
            fix=fix,
            severity="info" if is_note else None,
        )
    for source, found in refused:
        is_note = int(found.version[2:]) <= max(minors)
        yield Finding(
            source,
            found.span,
            f"{found.what} Python {found.version}, {_has(repository, minors)}, so "
            f"the app {'may stop' if is_note else 'stops'} with {found.error}; {_way_out(repository, found.version)}",
            fix=fix,
            severity="info" if is_note else None,
        )


def _may_lack(code: str, minors: list[int]) -> bool:
    """Whether a text in lower case may hold something that one of the Pythons lacks; told without parsing it."""
    import re

    from hublint.documents.standard_modules import STANDARD

    patterns = [pattern for since, pattern in _SYNTAX if min(minors) < since]
    if len(code) > _LONGEST or any(re.search(pattern, code) for pattern in patterns):
        return True
    imported = set(re.findall(r"^[ \t]*(?:from|import)[ \t]+(\w+)", code, re.MULTILINE))
    imported.update(re.findall(r"^[ \t]*import\b[^\n]*,[ \t]*(\w+)", code, re.MULTILINE))
    if imported.isdisjoint(STANDARD):
        return False
    import hublint_schemas

    table = hublint_schemas.table("standard_library")
    words = set(re.findall(r"\w+", code))
    for name, (came, went) in (*table["modules"].items(), *table["names"].items()):
        is_lacking = (came and int(came[2:]) > min(minors)) or (went and int(went[2:]) <= max(minors))
        if is_lacking and words.issuperset(name.lower().split(".")):
            return True
    return False


def _about(need: Need, repository: Repository, minors: list[int], is_note: bool) -> str:
    what = f"`{need.name}`"
    is_import = need.node.__class__.__name__ == "ImportFrom"
    error = "ModuleNotFoundError" if need.is_module else "ImportError" if is_import else "AttributeError"
    ends = f"the app {'may stop' if is_note else 'stops'} with {error}"
    if need.came > min(minors):
        way_out = _way_out(repository, f"3.{need.came}")
        return f"{what} came with Python 3.{need.came}, {_has(repository, minors)}, so {ends}; {way_out}"
    return f"{what} is gone since Python 3.{need.went}, {_has(repository, minors)}, so {ends}; {_without(need)}"


def _has(repository: Repository, minors: list[int]) -> str:
    if len(minors) > 1:
        shown = " or ".join(f"3.{minor}" for minor in minors)
        return f"and without `python_version` a Space gets {shown}"
    if repository.sdk == "docker":
        stage = repository.dockerfile.final_stage if repository.dockerfile else None
        return f"and the image is `{stage.image if stage else ''}`"
    return f"and `python_version` is 3.{minors[0]}"


def _way_out(repository: Repository, version: str) -> str:
    if repository.sdk == "docker":
        return f"take an image of Python {version} or newer"
    return f'write `python_version: "{version}"` or newer'


def _without(need: Need) -> str:
    import hublint_schemas

    bringers = hublint_schemas.table("standard_library")["brought_by"].get(need.name, "").split()
    if bringers:
        return f"add `{bringers[0]}` to what is installed, or do without it"
    if need.name.startswith("collections."):
        return f"write `{need.name.replace('collections', 'collections.abc')}`"
    return f"do without it, or take Python 3.{need.went - 1}"


def _starts_as_before(repository: Repository, minor: int) -> bool:
    """Whether gradio is not known to fail in a Python, or fails already; what 3.13 lost is not in newer ones either."""
    from hublint.space.app.gradio_breaks import breaks
    from hublint.space.build.pythons import pythons

    return not breaks(repository, (f"3.{min(minor, 13)}",)) or bool(breaks(repository, pythons(repository)))


def _fix(repository: Repository, lacking: list[Need], newest: int) -> Fix | None:
    """Write a Python that has everything and in which gradio starts: the lowest, or of gone ones the highest."""
    card = repository.card
    if repository.sdk != "gradio" or card is None:
        return None
    fitting = [minor for minor in _CHOICES if minor >= newest and all(each.is_in(minor) for each in lacking)]
    fitting = [minor for minor in fitting if _starts_as_before(repository, minor)]
    if not fitting:
        return None
    from hublint.documents.yaml import edits as yaml_edits

    is_gone = any(each.went < 99 for each in lacking)
    chosen = min(max(fitting), _SAFE) if is_gone and min(max(fitting), _SAFE) in fitting else min(fitting)
    version = f"3.{chosen}"
    if card.entry("python_version") is None:
        edit = yaml_edits.insert_entry(card, "python_version", version)
    else:
        edit = yaml_edits.set_value(card, ("python_version",), version)
    return Fix(f'Write `python_version: "{version}"`', (edit,), "unsafe" if is_gone or chosen > _SAFE else "safe")
