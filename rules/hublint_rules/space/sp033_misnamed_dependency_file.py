"""A file that was meant to tell the Hub what to install, under a name that the Hub does not read.

## What it does
In Gradio and Streamlit Spaces without requirements.txt, looks at the root for names that resemble it
(`requirement.txt`, `requirements (2).txt`, `requirements.txt.txt`, `Requirements.txt`) and for Pipfile, poetry.lock or
uv.lock alone; for `package.txt` and `apt.txt` where there is no packages.txt; for `runtime.txt` and `.python-version`
(a note beside a pyproject.toml, where uv reads it). In Docker Spaces, for packages.txt and its look-alikes that neither
the Dockerfile nor a script names, unless these name all of the packages themselves.

## Why it matters on the Hub
The builder of Gradio Spaces reads requirements.txt, pre-requirements.txt and packages.txt, nothing else; a Docker build
does what its Dockerfile says. The build succeeds, and the app ends with ModuleNotFoundError or a missing library.

## Example
```yaml
title: Demo
sdk: gradio
```
```text requirement.txt
scikit-learn
```
```python app.py
print("hello")
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```text requirements.txt
scikit-learn
```
```python app.py
print("hello")
```

## Evidence
https://huggingface.co/docs/hub/spaces-dependencies (2026-08-22); huggingface/autotrain-advanced#201,
huggingface/hub-docs#1714.
"""

from __future__ import annotations

import re

from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint.space.build.dependency_files import (
    REQUIREMENTS,
    lock_file,
    misnamed_packages,
    misnamed_requirements,
)
from hublint_rules._places import at_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP033",
    name="misnamed-dependency-file",
    severity="warning",
    effect="ignored",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    sdks=("gradio", "streamlit", "docker"),
)

_PYTHON = lazy(r"runtime\.txt|\.python-version")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such file."""
    if repository.sdk == "docker":
        yield from _in_docker(repository)
        return
    yield from _python_packages(repository)
    if "packages.txt" not in repository.files:
        for path in misnamed_packages(repository):
            yield _renamed(path, "packages.txt")
    if repository.card is not None and "python_version" not in repository.card.data:
        yield from _python_version(repository)


def _python_packages(repository: Repository) -> Iterator[Finding]:
    found, lock = misnamed_requirements(repository), lock_file(repository)
    if found:
        yield _renamed(found, REQUIREMENTS)
    elif lock and _imports(repository):
        yield Finding(
            *at_file(lock),
            f"the Hub does not read `{lock}` in such a Space, so what it lists is not installed",
            help="list the packages in requirements.txt at the root",
        )


def _python_version(repository: Repository) -> Iterator[Finding]:
    for path in repository.files:
        if _PYTHON.fullmatch(path):
            yield Finding(
                *at_file(path),
                f"the Hub does not read `{path}`, so the Space gets its default Python",
                help='write the version into README.md, as `python_version: "3.12"`',
                severity="info" if path != "runtime.txt" and "pyproject.toml" in repository.files else None,
            )


def _in_docker(repository: Repository) -> Iterator[Finding]:
    dockerfile = repository.dockerfile
    if dockerfile is None or dockerfile.errors:
        return
    for path in ("packages.txt", *misnamed_packages(repository)):
        if path not in repository.files:
            continue
        readers = [dockerfile.source.text]
        for other in repository.files:
            if other.endswith((".sh", ".bash", ".py", ".yml", ".yaml")) or other.rpartition("/")[2] == "Makefile":
                source = repository.glance(other)
                readers.append(source.text if source is not None else path)
        packages = _packages(repository, path)
        named = {word for text in readers for word in re.findall(r"[\w.+-]+", text)}
        if packages and not any(path in text for text in readers) and not packages <= named:
            yield Finding(
                *at_file(path),
                f"nothing reads `{path}` in a Docker Space, so what it lists is not installed",
                help="install it in the Dockerfile: `RUN apt-get update && apt-get install -y ...`",
            )


def _renamed(path: str, right: str) -> Finding:
    message = f"the Hub does not read `{path}`, so what it lists is not installed"
    return Finding(*at_file(path), message, help=f"rename `{path}` to `{right}`")


def _imports(repository: Repository) -> bool:
    """Whether the app imports what neither Python nor the Space's image has."""
    from hublint.space.app.app_modules import is_preinstalled, own_names, third_party
    from hublint.space.running import loaded

    own = own_names(repository)
    modules = loaded(repository)
    names = {
        third_party(each, own) for module in modules for each in module.imports if each.top_level and not each.guarded
    }
    return any(name and not is_preinstalled(name, "spaces" in names) for name in names)


def _packages(repository: Repository, path: str) -> set[str]:
    """The packages that a file lists, one a line; none where a line is something else."""
    source = repository.source(path)
    lines = [line.split("#")[0].strip() for line in source.text.splitlines()] if source is not None else []
    is_list = all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+(?::\w+)?|", line) for line in lines)
    return {line.partition(":")[0] for line in lines if line} if is_list else set()
