"""Lines of requirements.txt or packages.txt that the build of the Space stops at.

## What it does
Reads requirements.txt and pre-requirements.txt as pip does and packages.txt as `xargs apt-get install` does, in Gradio
and Streamlit Spaces. A Docker Space's own Dockerfile decides how it uses such files.

## Why it matters on the Hub
The Space is not built. pip gives up at the first line that it cannot read. Every word of packages.txt is taken for a
package, also the words of a comment, and the carriage return of a Windows line is taken for part of the name.

## Example
```yaml
sdk: gradio
```

```text requirements.txt
torch = 2.4.0
```

## Use instead
```yaml
sdk: gradio
```

```text requirements.txt
torch==2.4.0
```

## Fix safety
Safe: the file is written as UTF-8, in packages.txt comments and carriage returns go. A line that is not a requirement
is left to you.

## Evidence
https://pip.pypa.io/en/stable/reference/requirements-file-format/: UTF-8, or what a byte order mark or a coding comment
says. pip therefore reads UTF-16 with its mark (PyPI pip 23.2, `utils/encoding.py`; five Spaces in the corpus have it),
which is only pointed out. Build logs of Gradio Spaces (2023, 2024): requirements.txt alone is mounted for
`pip install -r requirements.txt`, so other files are not there yet, and packages.txt goes through
`xargs -r -a packages.txt apt-get install -y`; what GNU xargs makes of comments and carriage returns was tried.
What rests on these logs alone is a warning.
"""

from __future__ import annotations

import re

from hublint.documents.placeholders import is_placeholder
from hublint.documents.source import Span
from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.requirements import Requirement
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP027",
    name="unreadable-requirements",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("gradio", "streamlit"),
    only_if=("requirements.txt", "packages.txt"),
)

_PIP_FILES = ("pre-requirements.txt", "requirements.txt")
_APT_FILE = "packages.txt"
_CODING = r"(?m)^[ \t\f]*#.*?coding[:=]"
_COMMENT = r"(?m)^[ \t]*#[^\r\n]*(?:\r\n|\n|\r|\Z)|[ \t]+#[^\r\n]*"
_OTHER_FILES = {"-r": "-r", "--requirement": "-r", "-c": "-c", "--constraint": "-c"}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield the findings of each file that the builder reads."""
    for path in _PIP_FILES:
        source = repository.source(path) if path in repository.files else None
        if source is not None:
            yield from _pip_file(repository, source)
    source = repository.source(_APT_FILE) if _APT_FILE in repository.files else None
    if source is not None:
        yield from _apt_file(source)


def _pip_file(repository: Repository, source: Source) -> Iterator[Finding]:
    if source.is_binary:
        yield Finding(source, source.line_span(1), f"{source.path} is not text that pip can read: it holds NUL bytes")
        return
    from hublint.documents.requirements import Requirements

    requirements = repository.parsed(source.path, Requirements)
    if requirements is None:
        return
    if requirements.is_utf16:
        yield Finding(
            source,
            Span(0, 0),
            f"{source.path} is UTF-16; pip reads it because of its byte order mark, other tools do not",
            severity="info",
            fix=_as_utf8(source),
        )
    elif not source.is_utf8 and not re.search(_CODING, "\n".join(source.text.splitlines()[:2])):
        at = next(index for index, letter in enumerate(source.text) if "\udc80" <= letter <= "\udcff")
        yield Finding(
            source,
            Span(at, at + 1),
            f"byte 0x{ord(source.text[at]) - 0xDC00:02x} is not UTF-8, so pip cannot read the file; save it as UTF-8",
        )
    for invalid in requirements.invalid:
        if not is_placeholder(invalid.raw) and "{{" not in invalid.raw:
            yield Finding(source, invalid.span, f"pip refuses this line: {invalid.reason}")
    for line in requirements.lines:
        yield from _other_file(repository, source, line)


def _other_file(repository: Repository, source: Source, line: Requirement) -> Iterator[Finding]:
    """A requirements file or a package within the repository, which pip looks for before the repository is there."""
    option = _OTHER_FILES.get(line.option)
    target = line.argument if option or (line.editable and not line.url) else line.url
    target = target.split(";")[0].split("#")[0].strip()
    if not target or is_placeholder(line.raw) or "$" in target or re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", target):
        return
    path = re.sub(r"^(?:\./)+", "", target.split("[")[0]).rstrip("/")
    if option and path.startswith(("/", "..")) is False and not repository.exists(path):
        yield Finding(source, line.span, f"`{path}` is not in the repository, so pip cannot open it")
        return
    asked = f"{line.option} {target}" if line.option else target
    yield Finding(
        source,
        line.span,
        f"`{asked}` cannot work: the build installs {source.path} before it copies the other files",
        help="write its lines here" if option else "import your code directly, or install the package from a URL",
        severity="warning",
    )


def _apt_file(source: Source) -> Iterator[Finding]:
    if source.encoding != "utf-8":
        yield Finding(
            source, Span(0, 0), f"{source.path} is UTF-16, which apt-get cannot read; write UTF-8", fix=_as_utf8(source)
        )
        return
    if source.is_binary:
        yield Finding(source, source.line_span(1), f"{source.path} is not text: it holds NUL bytes")
        return
    if source.text.startswith("\ufeff"):
        yield Finding(
            source,
            Span(0, 1),
            "the file begins with a byte order mark, which apt-get takes for part of the first package's name",
            severity="warning",
            fix=Fix("Remove the byte order mark", (Edit(source.path, Span(0, 1), ""),)),
        )
    returns = [found.span() for found in re.finditer(r"\r+(?=\n|\Z)", source.text)]
    if returns:
        edits = tuple(Edit(source.path, Span(*span), "") for span in returns)
        yield Finding(
            source,
            source.line_span(1),
            "these lines end as on Windows, and apt-get takes the carriage returns for part of the packages' names",
            severity="warning",
            fix=Fix("Write line feeds only", edits),
        )
    comments = [Span(*found.span()) for found in re.finditer(_COMMENT, source.text)]
    if comments:
        first = comments[0]
        yield Finding(
            source,
            Span(first.start, first.start + len(source.text[slice(*first)].rstrip("\r\n"))),
            f"{source.path} cannot have comments: apt-get takes each of these words for a package",
            severity="warning",
            fix=Fix("Remove the comments", tuple(Edit(source.path, span, "") for span in comments)),
        )
    from hublint.documents.requirements import debian_packages

    for package in debian_packages(source):
        name = package.name.removeprefix("\ufeff")
        if not package.valid and name == package.name and not is_placeholder(name):
            yield Finding(source, package.span, f"`{name[:60]}` cannot be the name of a Debian package")


def _as_utf8(source: Source) -> Fix:
    """Without its first character, which is the byte order mark."""
    return Fix("Write the file as UTF-8", (Edit(source.path, Span(0, 1), ""),), encoding="utf-8")
