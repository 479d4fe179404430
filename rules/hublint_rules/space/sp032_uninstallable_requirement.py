"""A requirement that pip surely cannot install on a Space.

## What it does
Looks up what a Space asks pip for: the lines of requirements.txt and of the files that it includes, and in a Docker
Space the `pip install` and `uv pip install` of its Dockerfile, where a refusal ends the build. It reports modules of
Python's own library and names of modules that PyPI does not have (`threading`, `cv2`, `PIL`), placeholders that refuse
to be built (`sklearn`, not its release 0.0), packages without a release for Linux, versions with a `+cu121` behind
them, which only other indexes have, releases of openai-whisper whose build needs `pkg_resources`, google-genai beside a
Gradio that refuses the websockets it needs (3.41 to 5.7), and pins of often pinned packages that have no release for
the Space's Python: no wheel, and no source either, or one whose build was seen to fail there before anything is
compiled (numpy 1.24 on Python 3.12, PyYAML 5.4.1 on 3.10). Where the Python is not told, both that the Hub may choose
have to refuse. Lines whose marker may be false, lines with a URL, `--no-deps`, and whatever names another index are
left alone.

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
Safe: the one package that gives the module. Unsafe: a line about Python's own library is removed, a package for
Windows gets the marker `sys_platform == "win32"`, `+cu121` is left out where PyPI has that release.

## Evidence
The table `packages` of `schemas/refresh.py --packages` (PyPI, 2026-11-29). `pip download --no-deps` on Linux of
sklearn, skimage, fitz, faiss, tensorflow-gpu, pyobjc-core and openai-whisper 20230314, 20231117 and 20240930, and `pip
wheel` of pytorch (run 2026-11-29): each ends in an error (not so sklearn 0.0, which brings scikit-learn), the old
openai-whisper with "No module named 'pkg_resources'", which setuptools 82 no longer has. The table's `unbuilt` is made
by `schemas/refreshing/sdists.py` (pip 26.3, 2026-11-29): the build of numpy 1.19 to 1.25 on Python 3.12 and 3.13 ends
with "Cannot import build backend", that of PyYAML 5.4.1 and 6.0 with "no attribute 'cython_sources'".
huggingface/evaluate#345, cumulo-autumn/StreamDiffusion#92. PyPI takes no versions with a local part:
https://packaging.python.org/en/latest/specifications/version-specifiers/ (2026-11). Every google-genai on PyPI asks for
`websockets>=13`, gradio-client up to 1.5.0 for an older one, and `pip install` of both ends in ResolutionImpossible
(run 2026-11-29 with gradio 3.41.0 and 4.44.0; 5.8.0 and 5.50.0 are installed).
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.repository.repository import Repository
    from hublint.space.build.asked_of_pip import Line

RULE = Rule(
    code="SP032",
    name="uninstallable-requirement",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("gradio", "streamlit", "docker"),
    only_if=("requirements", "dockerfile"),
)

_MODELS = ("-core-web-", "-core-news-", "-core-sci-", "-ent-wiki-", "-sent-ud-", "-ner-bc5cdr-")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each line that cannot be installed."""
    from hublint.space.build.asked_of_pip import asked_of_pip

    lines = [line for line in asked_of_pip(repository).lines if line.is_decisive]
    if not lines:
        return
    import hublint_schemas

    table = hublint_schemas.table("packages")
    standard = {name.lower().replace("_", "-") for name in table["standard"].split()}
    for line in lines:
        if line.counts():
            finding = _of_name(line, table, standard) or _of_version(line, table)
            if finding is not None:
                yield finding
    if "google-genai" in {line.requirement.name for line in lines}:
        yield from _beside_gradio(repository)


def _beside_gradio(repository: Repository) -> Iterator[Finding]:
    from hublint.space.app.versions import running_version
    from hublint.space.build.beside_gradio import FIRST_BESIDE, not_beside_gradio

    line = not_beside_gradio(repository)
    if line is not None:
        version = running_version(repository, "gradio")
        yield _finding(
            line,
            f"`{line.requirement.name}` needs websockets 13 or newer, which gradio {version} refuses: pip finds "
            "nothing that suits both, and the build fails",
            help=f"raise `sdk_version` to {FIRST_BESIDE} or newer, such as 5.50.0",
        )


def _of_name(line: Line, table: dict[str, Any], standard: set[str]) -> Finding | None:
    name = line.requirement.name
    successor = table["successors"].get(name)
    if name in table["retired"] and not _may_be_built(line, table["built"].get(name)):
        return _named(line, f"{table['retired'][name]}, so the build fails", successor)
    if name in table["absent"].split():
        if any(part in name for part in _MODELS):
            way = "give the URL of its wheel, from https://github.com/explosion/spacy-models/releases"
            return _finding(line, f"`{name}` is a model of spaCy and not on PyPI: pip stops", help=way)
        return _named(line, f"`{name}` is not the name of a package on PyPI: pip stops and the build fails", successor)
    if name in standard:
        message = f"`{name}` is a part of Python, and PyPI has no such package: pip stops and the build fails"
        return _finding(line, message, help="remove it", fix=_removal(line))
    if name in table["no_linux"].split():
        message = f"`{name}` has no release for Linux, where Spaces run: pip stops and the build fails"
        if successor:
            return _named(line, message, successor)
        return _finding(line, message, help="remove it, or ask for it on Windows only", fix=_marker(line))
    return None


def _may_be_built(line: Line, release: str | None) -> bool:
    """Whether a line may ask for that release of a retired package, or `*` for any but the newest."""
    requirement = line.requirement
    if release is None or not requirement.specifier:
        return False
    if release == "*" or "<" in requirement.specifier:
        return True
    return requirement.pin is not None and requirement.allows(release) is not False


def _of_version(line: Line, table: dict[str, Any]) -> Finding | None:
    requirement, pin = line.requirement, line.requirement.pin
    if pin is None:
        return None
    from hublint.space.build.releases import refusal, releases_of

    name = requirement.name
    version, _, local = pin.partition("+")
    if local:
        message = f"`{name}` {pin} is not on PyPI, which takes no version with `+{local}`: the build fails"
        way = f"leave out `+{local}`, or name the index that has it in a line `--extra-index-url URL`"
        is_there = version in releases_of(name)
        fix = _edited(line, f"+{local}", "", f"Leave out `+{local}`") if is_there else None
        return _finding(line, message, help=way, fix=fix)
    old = table["sdists"].get(name)
    if old and pin in old["versions"].split():
        message = f"`{name}` {pin} cannot be built any more: its setup needs `pkg_resources`, which is gone"
        return _finding(line, message, fix=_edited(line, pin, old["newer"], f"Write `{old['newer']}`"))
    refused = refusal(name, pin, line.pythons)
    if refused is None:
        return None
    message = f"`{name}` {pin} {refused.reason}: pip stops and the build fails"
    way = f"the nearest release that can be installed is {refused.nearest}" if refused.nearest else ""
    return _finding(line, message, help=way)


def _finding(line: Line, message: str, help: str = "", fix: Fix | None = None) -> Finding:
    return Finding(line.source, line.requirement.span, message, help=help, fix=fix)


def _named(line: Line, message: str, successor: str | None) -> Finding:
    text = line.source.text[slice(*line.requirement.span)]
    is_plain = text.strip().lower().replace("_", "-").replace(".", "-") == line.requirement.name
    edit = Edit(line.source.path, line.requirement.span, successor or "")
    fix = Fix(f"Write `{successor}`", (edit,)) if successor and is_plain else None
    return _finding(line, message, help=f"write `{successor}`" if successor else "remove it", fix=fix)


def _edited(line: Line, old: str, new: str, title: str) -> Fix | None:
    start, end = line.requirement.span
    place = line.source.text.rfind(old, start, end)
    if place < 0:
        return None
    return Fix(title, (Edit(line.source.path, Span(place, place + len(old)), new),), "unsafe")


def _removal(line: Line) -> Fix | None:
    if line.in_command:
        return None
    source = line.source
    whole = source.line_span(source.position(line.requirement.span.start).line)
    end = whole.end
    while end < len(source.text) and source.text[end] in "\r\n":
        end += 1
        if source.text[end - 1] == "\n":
            break
    start = int(source.text.startswith("\ufeff")) if whole.start == 0 else whole.start  # the mark is the whole file's
    edit = Edit(source.path, Span(start, end), "")
    return Fix(f"Remove `{line.requirement.name}`", (edit,), "unsafe")


def _marker(line: Line) -> Fix | None:
    if line.in_command or line.requirement.marker:
        return None
    source, span = line.source, line.requirement.span
    end = span.start + len(source.text[slice(*span)].rstrip())
    edit = Edit(source.path, Span(end, end), ' ; sys_platform == "win32"')
    return Fix("Ask for it on Windows only", (edit,), "unsafe")
