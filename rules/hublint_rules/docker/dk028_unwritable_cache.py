"""A cache, data, packages or the app itself lie where the app's user may not write or read.

## What it does
Where a Docker Space ends with a USER that is not root, it reports

- `HF_HOME`, `HF_HUB_CACHE`, `TRANSFORMERS_CACHE`, `TORCH_HOME`, `XDG_CACHE_HOME` and their kind, `NLTK_DATA` and
  `PLAYWRIGHT_BROWSERS_PATH`, where ENV puts them into /root;
- the caches among them in a folder that belongs to root, where the app uses a library that writes there;
- `playwright install`, nltk's downloads and those from the Hub that root runs without such a variable, which end in
  /root;
- `pip install --user` of root, whose packages lie in /root/.local;
- a WORKDIR below /root with the app that `python`, `uvicorn` or `gunicorn` starts there.

It is silent where a step hands /root over, where the start or the app sets the variable itself, where HOME is another
folder, and where the build may have filled the cache.

## Why it matters on the Hub
Only root may enter /root. The app stops with "Permission denied" or `PermissionError`, with a LookupError of nltk, with
"Executable doesn't exist" of playwright or with `ModuleNotFoundError`.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
ENV HF_HOME=/root/.cache/huggingface
RUN useradd -m -u 1000 user
USER user
WORKDIR /home/user/app
COPY --chown=user . .
CMD ["python", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
ENV HF_HOME=/home/user/.cache/huggingface
RUN useradd -m -u 1000 user
USER user
WORKDIR /home/user/app
COPY --chown=user . .
CMD ["python", "app.py"]
```

## Fix safety
Unsafe: it moves the cache from /root into the user's home, has playwright and nltk put their data into a folder that
everybody reads, or takes `--user` out. Something else may rely on the old place. Downloads from the Hub and a WORKDIR
have no fix.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#permissions (2026-08-22). /root has mode 700 in Debian's base-files.
https://github.com/huggingface/chat-ui/issues/511: a Space that could not write. nltk's `default_download_dir`
(downloader.py of PyPI nltk 3.9) is the home where no other folder is there; playwright's is `~/.cache/ms-playwright`
(https://playwright.dev/python/docs/browsers, 2026-11). As user 1000 below a folder with mode 700 that is root's, in
2026-11: Python 3.11 "can't open file", uvicorn 0.54 "Could not import module", gunicorn 27 "can't chdir".
docs/permissions.md lists who owns what.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.repository.repository import Repository
    from hublint.space.permissions.caches import Unusable

RULE = Rule(
    code="DK028",
    name="unwritable-cache",
    severity="warning",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("docker",),
    only_if=("user",),
)

_MARKS = (
    *("_home", "_cache", "nltk", "playwright", "--user", "download", "pretrained", "pipeline(", "transformer("),
    "workdir /root",
)
_FOLDERS = {"PLAYWRIGHT_BROWSERS_PATH": "/ms-playwright", "NLTK_DATA": "/usr/share/nltk_data"}


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each variable and command."""
    text = dockerfile.source.text.lower()
    if not any(mark in text for mark in _MARKS):
        return
    from hublint.space.permissions import owners
    from hublint.space.permissions.caches import unusable

    ownership = owners(repository)
    user = f"`{ownership.user}`" if ownership is not None else "the app's user"
    for found in unusable(repository):
        home = ownership.home if ownership is not None else ""
        yield Finding(dockerfile.source, found.span, _message(found, user, home), fix=_fix(dockerfile, found, home))


def _message(found: Unusable, user: str, home: str) -> str:
    place = home or "the user's home"
    if found.kind == "enter":
        return f"`{found.what}` is in /root, which {user} may not enter; put it into {place}"
    if found.kind == "write":
        return (
            f"`{found.what}` is in `{found.keeper}`, which belongs to root, so {user} cannot make files there; put it "
            f"into {place}"
        )
    if found.kind == "start":
        return (
            f"`{found.path}` is in /root, which {user} may not enter, so `{found.what}` cannot start it; "
            "set WORKDIR to another folder, such as `/app`"
        )
    if found.kind == "packages":
        return f"root's `{found.what}` puts the packages into /root/.local, which {user} may not enter; drop `--user`"
    if found.kind == "again":
        return (
            f"{found.what} of root fills `{found.path}`, which {user} may not enter, so the app fetches it again; do "
            f"it below `USER`, or set `{found.variable}` to a folder of {user}"
        )
    return (
        f"{found.what} of root puts the data into `{found.path}`, which {user} may not enter; set "
        f"`{found.variable}` to a folder that everybody reads"
    )


def _fix(dockerfile: Dockerfile, found: Unusable, home: str) -> Fix | None:
    source = dockerfile.source
    if found.kind == "enter" and home and found.value is not None:
        written = source.text[found.span.start : found.span.end]
        if written.count("/root") != 1 or "$" in written:
            return None
        at = found.span.start + written.index("/root")
        return Fix(f"Put it into {home}", (Edit(source.path, Span(at, at + len("/root")), home),), "unsafe")
    if found.kind == "write" and home and found.value is not None:
        written = source.text[found.span.start : found.span.end]
        if written != found.path:
            return None
        folder = f"{home}/.cache/{found.path.rpartition('/')[2]}"
        return Fix(f"Put it into {home}", (Edit(source.path, found.span, folder),), "unsafe")
    if found.kind == "packages":
        start = found.span.start
        while source.text[start - 1] in " \t":
            start -= 1
        return Fix("Remove `--user`", (Edit(source.path, Span(start, found.span.end), ""),), "unsafe")
    if found.kind == "read" and found.variable:
        line = source.line_span(source.position(found.instruction.span.start).line).start
        text = f"ENV {found.variable}={_FOLDERS[found.variable]}{source.newline}"
        return Fix(f"Set `{found.variable}`", (Edit(source.path, Span(line, line), text),), "unsafe")
    return None
