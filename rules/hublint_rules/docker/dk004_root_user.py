"""The last USER is root, though the Hub's guide asks for user id 1000.

## What it does
Looks at the last USER of the final stage, or of the stage it is built on. `USER root` for a while, to install packages,
is fine; so is a start that switches users itself (`gosu`, `su-exec`, `setpriv`), in the command or in the script that
it runs. Where the script is not in the repository, or the base image brings its own start, it is a note.

## Why it matters on the Hub
The Hub documents that containers run with user id 1000. What root prepared for itself - its home folder, its caches,
the folders it made - is not that user's to write. An image that ends as another user behaves the same here, on your
machine and wherever root is not allowed; that somebody wrote `USER root` is worth a look, unlike a Dockerfile without
USER (DK005).

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN useradd -m -u 1000 user
USER root
CMD ["python", "-m", "http.server", "7860"]
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
CMD ["python", "-m", "http.server", "7860"]
```

## Fix safety
Unsafe: the container starts as the user that the Dockerfile had before. Where it had none, the fix is the whole block
of the Hub's guide: it creates the user 1000, hands it the work folder and what COPY and ADD bring, and switches to it
before the start. There is none where the work folder is root's home, which that user may not enter, where RUN does more
than install packages, and where a variable or a volume names a folder that stays with root.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#permissions (2026-08-22): the container runs with user id 1000.
What the Hub does with an explicit root is not recorded; to Docker it is the same as no USER (see DK005).
"""

from __future__ import annotations

from hublint.rule import Finding, Fix, Rule
from hublint.space.container import users

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK004",
    name="root-user",
    severity="warning",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("docker",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a final USER that is root."""
    stage = dockerfile.final_stage
    if stage is None:
        return
    word = users.root_word(dockerfile)
    if word is None:
        return
    from hublint.space.permissions import drops_root
    from hublint.space.permissions.without_root import may_be_denied_after

    dropped = drops_root(repository)
    if dropped:
        return
    user, edits = users.leaving_root(dockerfile, stage, word)
    if edits and may_be_denied_after(repository, edits):
        edits = None
    yield Finding(
        dockerfile.source,
        word,
        f"`USER {word.text}` is the last user, but the Hub's guide asks for user id 1000; "
        f"switch to a user that is not root before the start: `USER {user}`",
        label="the last USER",
        severity=None if dropped is False else "info",
        help="create that user, hand it the work folder and what COPY brings, and switch to it before the start",
        fix=Fix(f"End with `USER {user}`", edits, "unsafe") if edits else None,
    )
