"""Files that COPY brings belong to root, even after USER.

## What it does
Looks at COPY and ADD without `--chown` behind a USER that is not root. Where the app surely writes at its start what
they bring or into the folder that they make, that is a warning; docs/permissions.md lists what counts. Where it is not
known to write there, the files can be read, and it is a note. Copies from another stage, which keep their owner, and
copies into folders of the system are silent.

## Why it matters on the Hub
The Hub's guide: always specify `--chown=user` with ADD and COPY, so that the new files are the user's. An app that
writes to root's files ends with `PermissionError`.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN useradd -m -u 1000 user
USER user
COPY . /app
WORKDIR /app
CMD ["python", "app.py"]
```
```python app.py
import sqlite3

sqlite3.connect("visits.db")
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN useradd -m -u 1000 user
USER user
COPY --chown=user . /app
WORKDIR /app
CMD ["python", "app.py"]
```
```python app.py
import sqlite3

sqlite3.connect("visits.db")
```

## Fix safety
Safe: `--chown` with the user as USER names it. The files stay as readable as before.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#permissions (2026-08-22). Docker's reference for `COPY --chown`
(https://docs.docker.com/reference/dockerfile/#copy---chown, 2026-08): without it, files have the user and group id 0.
"""

from __future__ import annotations

import re

from hublint.documents.source import Span
from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK007",
    name="copy-without-chown",
    severity="warning",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("docker",),
    only_if=("user",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such COPY and ADD of the image."""
    stage = dockerfile.final_stage
    if stage is None or stage.user is None:
        return
    copies = [each for origin in stage.chain for each in origin.instructions if _is_plain(each)]
    if not copies:
        return
    from hublint.space.permissions import denied, owners

    ownership = owners(repository)
    if ownership is None or not ownership.user:
        return
    copies = [each for each in copies if each.stage is not None and each.stage.user_at(each) is not None]
    refusals = {each.maker.span: each for each in reversed(denied(repository))}
    for copy in copies:
        if ownership.runs(copy) != "user" or ownership.copied_to(copy) != "root":
            continue
        refusal = refusals.get(copy.span)
        if refusal is None:
            text = f"what `{copy.name}` brings belongs to root, and `USER {stage.user.text}` may only read it"
        else:
            write = refusal.write
            line = write.source.position(write.span.start).line
            text = (
                f"`{refusal.path}` belongs to root, not to `{stage.user.text}`, but the app writes there when it "
                f"starts: `{write.shown}` in {write.source.path}, line {line}"
            )
        flag = f"--chown={stage.user.text}"
        edits = _edits(dockerfile, copy, flag)
        yield Finding(
            dockerfile.source,
            copy.name_span,
            f"{text}; use `{copy.name} {flag}`",
            label="no `--chown`",
            fix=Fix(f"Add `{flag}`", edits, "safe") if edits else None,
            severity="warning" if refusal else "info",
        )


def _is_plain(copy: Instruction) -> bool:
    """Whether an instruction copies from the repository and says neither owner nor mode."""
    flags = {flag.name for flag in copy.flags}
    return copy.name in ("COPY", "ADD") and not flags & {"chown", "chmod", "from"} and bool(copy.sources)


def _edits(dockerfile: Dockerfile, copy: Instruction, flag: str) -> tuple[Edit, ...]:
    end = copy.name_span.end
    if not re.fullmatch(r"--chown=[\w.:-]+", flag):
        return ()
    return (Edit(dockerfile.source.path, Span(end, end), f" {flag}"),)
