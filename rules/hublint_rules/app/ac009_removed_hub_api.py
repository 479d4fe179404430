"""The app uses a part of huggingface_hub that was removed.

## What it does
Reports, in a Space's app, imports of `Repository`, `HfFolder` and `cached_download` from huggingface_hub, and the
arguments `use_auth_token`, `resume_download`, `local_dir_use_symlinks` and `multi_commits` of its functions. It is
silent where the repository holds huggingface_hub or a library that depends on it (transformers, gradio, datasets,
diffusers ...) at an older version, since the old API may work there, and where the import may fail.

## Why it matters on the Hub
A Space installs huggingface_hub anew with every build. With a version that has removed it, the app stops with an
ImportError or a TypeError, though nobody changed the code.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
from huggingface_hub import hf_hub_download

path = hf_hub_download("example/demo", "config.json", use_auth_token=True)
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
from huggingface_hub import hf_hub_download

path = hf_hub_download("example/demo", "config.json", token=True)
```

## Fix safety
Safe: `use_auth_token` becomes `token`, which means the same; `resume_download` and `local_dir_use_symlinks`, which did
nothing any more, go. The rest has to be written anew.

## Evidence
https://huggingface.co/docs/huggingface_hub/concepts/migration: removed in 1.0. PyPI wheels: `multi_commits` is gone
since 0.27.0, `cached_download` is not in 2.4.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.rule import Edit, Finding, Fix, Rule

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC009",
    name="removed-hub-api",
    severity="warning",
    effect="broken",
    subject="code",
    kinds=("space",),
    fix="safe",
    words=(
        "repository",
        "hffolder",
        "cached_download",
        "use_auth_token",
        "resume_download",
        "local_dir_use_symlinks",
        "multi_commits",
    ),
)

_NAMES = {
    "Repository": ("1.0", "use `HfApi().upload_folder` and `snapshot_download`"),
    "HfFolder": ("1.0", "use `get_token` and `login`"),
    "cached_download": ("1.0", "use `hf_hub_download`"),
}
_ARGUMENTS = {
    "use_auth_token": ("1.0", "it is `token` now"),
    "resume_download": ("1.0", "downloads always resume; leave it out"),
    "local_dir_use_symlinks": ("1.0", "it did nothing any more; leave it out"),
    "multi_commits": ("0.27", "leave it out"),
}
_HOLDS = frozenset(
    "huggingface-hub transformers gradio datasets diffusers accelerate peft tokenizers sentence-transformers evaluate "
    "timm safetensors spaces setfit optimum".split()
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each name and argument."""
    from hublint_rules.app.sources import marked

    for python in marked(repository, *_NAMES, *_ARGUMENTS):
        if "huggingface_hub" not in python.source.text:
            continue
        found = [*_imports(python), *_arguments(python)]
        if found and _holds_old(repository):
            return
        yield from found


def _imports(python: PythonSource) -> Iterator[Finding]:
    for imported in python.imports:
        if imported.module != "huggingface_hub" or imported.guarded:
            continue
        for name in imported.names:
            if name in _NAMES:
                alias = next(alias for alias in imported.node.names if alias.name == name)
                yield Finding(python.source, alias, _message(name, *_NAMES[name]))


def _arguments(python: PythonSource) -> Iterator[Finding]:
    for call in python.calls:
        for keyword in call.node.keywords:
            if keyword.arg in _ARGUMENTS and _is_hub(call):
                yield Finding(
                    python.source,
                    keyword,
                    _message(keyword.arg, *_ARGUMENTS[keyword.arg]),
                    fix=_fix(python, call, keyword),
                )


def _is_hub(call: Call) -> bool:
    if call.name.startswith("huggingface_hub."):
        return True
    return (call.receiver or "") in ("huggingface_hub.HfApi", "huggingface_hub.HfFileSystem")


def _message(name: str, version: str, way_out: str) -> str:
    return f"`{name}` is gone since huggingface_hub {version}; {way_out}"


def _fix(python: PythonSource, call: Call, keyword: ast.keyword) -> Fix | None:
    from hublint.documents.source import Span
    from hublint.rule import locate

    if keyword.arg == "use_auth_token":
        if call.keyword("token") is not None or call.unpacks:
            return None
        start = locate(python.source, keyword).start
        place = Span(start, start + len("use_auth_token"))
        if python.source.text[place.start : place.end] != "use_auth_token":
            return None
        return Fix("Call it `token`", (Edit(python.source.path, place, "token"),), "safe")
    if keyword.arg == "multi_commits":
        return None
    span = python.removal_span(call.node, keyword)
    return Fix(f"Remove `{keyword.arg}`", (Edit(python.source.path, span, ""),), "safe") if span else None


def _holds_old(repository: Repository) -> bool:
    """Whether an old huggingface_hub may be installed, because it or a library around it is held back."""
    from hublint.documents.requirements import Requirements

    for path in repository.files:
        name = path.rpartition("/")[2]
        if name in (
            "pyproject.toml",
            "setup.py",
            "environment.yml",
            "uv.lock",
            "poetry.lock",
            "Pipfile",
            "Pipfile.lock",
        ):
            return True
        if not (name.startswith("requirements") and name.endswith(".txt")):
            continue
        requirements = repository.parsed(path, Requirements)
        for line in requirements.requirements if requirements else ():
            if line.url or (line.name in _HOLDS and any(mark in line.specifier for mark in ("==", "<", "~="))):
                return True
    version = repository.card.data.get("sdk_version") if repository.card and repository.sdk == "gradio" else None
    if version is not None and not str(version).startswith("6"):
        return True
    dockerfile = repository.dockerfile if repository.sdk == "docker" else None
    return dockerfile is not None and any(mark in dockerfile.source.text for mark in ("==", "<", "~="))
