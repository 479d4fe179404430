"""A line of requirements.txt that pip surely cannot install on a Space.

## What it does
Looks up the names that a Gradio or Streamlit Space asks for: modules of Python's own library and names of modules that
PyPI does not have (`threading`, `cv2`, `PIL`), placeholders that refuse to be built (`sklearn`), packages
without a release for Linux, and releases of openai-whisper whose build needs `pkg_resources`. Lines with a marker or a
URL, and files that name another index, are left alone.

## Why it matters on the Hub
The build ends with "No matching distribution found" or "metadata-generation-failed", and nothing is started.

## Example
```yaml
title: Demo
sdk: gradio
```
```text requirements.txt
sklearn
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```text requirements.txt
scikit-learn
```

## Fix safety
Safe: the one package that gives the module. Unsafe: a line about Python's own library is removed, and a package for
Windows gets the marker `sys_platform == "win32"`.

## Evidence
The table `packages` of `schemas/refresh.py --packages` (PyPI, 2026-11-29). `pip download --no-deps` on Linux of
sklearn, skimage, fitz, faiss and openai-whisper 20230314, 20231117 and 20240930, and `pip wheel` of pytorch (run
2026-11-29): each ends in an error, the old openai-whisper with "No module named 'pkg_resources'", which setuptools 82
no longer has; huggingface/evaluate#345, cumulo-autumn/StreamDiffusion#92.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hublint.documents.source import Span
from hublint.rule import Edit, Finding, Fix, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.requirements import Requirement, Requirements
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP032",
    name="uninstallable-requirement",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("gradio", "streamlit"),
    only_if=("requirements.txt",),
)

_FILES = ("requirements.txt", "pre-requirements.txt")
_OTHER_PLACES = ("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--no-index")
_MODELS = ("-core-web-", "-core-news-", "-core-sci-", "-ent-wiki-", "-sent-ud-", "-ner-bc5cdr-")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each line that cannot be installed."""
    from hublint.documents.requirements import Requirements

    for path in _FILES:
        source = repository.source(path) if path in repository.files else None
        requirements = repository.parsed(path, Requirements) if source is not None else None
        if source is None or requirements is None or _has_other_places(requirements):
            continue
        import hublint_schemas

        table = hublint_schemas.table("packages")
        standard = {name.lower().replace("_", "-") for name in table["standard"].split()}
        for line in requirements.requirements:
            if line.name and not line.url and not line.marker and not line.editable:
                finding = _judge(source, line, table, standard)
                if finding is not None:
                    yield finding


def _has_other_places(requirements: Requirements) -> bool:
    return any(line.option in _OTHER_PLACES for line in requirements.lines)


def _judge(source: Source, line: Requirement, table: dict[str, Any], standard: set[str]) -> Finding | None:
    name = line.name
    successor = table["successors"].get(name)
    if name in table["retired"]:
        return _named(source, line, f"{table['retired'][name]}, so the build fails", successor)
    if name in table["absent"].split():
        if any(part in name for part in _MODELS):
            way = "give the URL of its wheel, from https://github.com/explosion/spacy-models/releases"
            return Finding(source, line.span, f"`{name}` is a model of spaCy and not on PyPI: pip stops", help=way)
        return _named(
            source, line, f"`{name}` is not the name of a package on PyPI: pip stops and the build fails", successor
        )
    if name in standard:
        message = f"`{name}` is a part of Python, and PyPI has no such package: pip stops and the build fails"
        return Finding(source, line.span, message, help="remove the line", fix=_removal(source, line))
    if name in table["no_linux"].split():
        message = f"`{name}` has no release for Linux, where Spaces run: pip stops and the build fails"
        if successor:
            return _named(source, line, message, successor)
        return Finding(
            source, line.span, message, help="remove it, or ask for it on Windows only", fix=_marker(source, line)
        )
    old = table["sdists"].get(name)
    if old and line.pin is not None and line.pin in old["versions"].split():
        message = f"`{name}` {line.pin} cannot be built any more: its setup needs `pkg_resources`, which is gone"
        place = source.text.rindex(line.pin, line.span.start, line.span.end)
        edit = Edit(source.path, Span(place, place + len(line.pin)), old["newer"])
        return Finding(source, line.span, message, fix=Fix(f"Write `{old['newer']}`", (edit,), "unsafe"))
    return None


def _named(source: Source, line: Requirement, message: str, successor: str | None) -> Finding:
    text = source.text[slice(*line.span)]
    is_plain = successor is not None and text.strip().lower().replace("_", "-").replace(".", "-") == line.name
    edit = Edit(source.path, line.span, successor or "")
    fix = Fix(f"Write `{successor}`", (edit,)) if is_plain else None
    return Finding(source, line.span, message, help=f"write `{successor}`" if successor else "remove the line", fix=fix)


def _removal(source: Source, line: Requirement) -> Fix:
    whole = source.line_span(source.position(line.span.start).line)
    end = whole.end
    while end < len(source.text) and source.text[end] in "\r\n":
        end += 1
        if source.text[end - 1] == "\n":
            break
    return Fix(f"Remove `{line.name}`", (Edit(source.path, Span(whole.start, end), ""),), "unsafe")


def _marker(source: Source, line: Requirement) -> Fix:
    end = line.span.start + len(source.text[slice(*line.span)].rstrip())
    edit = Edit(source.path, Span(end, end), ' ; sys_platform == "win32"')
    return Fix("Ask for it on Windows only", (edit,), "unsafe")
