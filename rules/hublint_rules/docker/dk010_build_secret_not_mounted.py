"""A build step uses a secret that never reaches it.

## What it does
Reports two mistakes. An ARG with the name of a credential and without default, which a RUN below it uses: the Hub hands
over variables as build arguments, but never secrets. And `$(cat /run/secrets/NAME)` within single quotes, which the
shell leaves as it is, in the arguments of `curl`, `wget`, `pip`, `hf` or `git clone`. A RUN that tests the argument
first (`[ -n "$HF_TOKEN" ]`, `${HF_TOKEN:-}`) can do without it and is silent.

## Why it matters on the Hub
The step sends an empty token, or the text `$(cat ...)` itself, and the build ends with 401 or 403, though the secret is
set in the settings.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
ARG HF_TOKEN
RUN pip install huggingface_hub && hf download example/private --token $HF_TOKEN
CMD ["python", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN --mount=type=secret,id=HF_TOKEN,mode=0444,required=true \
    pip install huggingface_hub && hf download example/private --token $(cat /run/secrets/HF_TOKEN)
CMD ["python", "app.py"]
```

## Fix safety
Safe: single quotes become double quotes, where nothing else within them would change. The ARG stays as it is.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#secrets-and-variables-management (2026-08-22): variables are build
arguments, secrets are mounted. The example there has the single quotes; POSIX, Shell Command Language, 2.2.2: nothing
is expanded within them.
"""

from __future__ import annotations

import re

from hublint.documents.source import Span
from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK010",
    name="build-secret-not-mounted",
    severity="warning",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("docker",),
    only_if=("arg", "/run/secrets/"),
)

_CREDENTIAL = r"(?:.*_)?(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|SECRET_KEY)"
_QUOTED = r"'([^'\"\\`$]*\$\(cat /run/secrets/[\w.-]+\)[^'\"\\`$]*)'"
_SENDERS = frozenset(("curl", "wget", "pip", "pip3", "hf", "huggingface-cli", "git"))


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each ARG that stays empty and each secret that is never read."""
    text = dockerfile.source.text
    arguments, quoted = "ARG" in text or "arg" in text, "/run/secrets/" in text and "'" in text
    if not arguments and not quoted:
        return
    for stage in dockerfile.stages:
        for instruction in stage.instructions:
            if instruction.name == "ARG" and arguments:
                yield from _empty(dockerfile, stage, instruction)
            elif instruction.name == "RUN" and quoted:
                yield from _unread(dockerfile, instruction)


def _empty(dockerfile: Dockerfile, stage: Stage, argument: Instruction) -> Iterator[Finding]:
    for pair in argument.pairs:
        if pair.value is not None or pair.key in stage.scope.declared or not re.fullmatch(_CREDENTIAL, pair.key):
            continue
        name = re.escape(pair.key)
        for instruction in stage.instructions[argument.index + 1 :]:
            raw = instruction.raw
            if instruction.name == "RUN" and re.search(rf"\$(?:{name}\b|\{{{name}\}})", raw):
                optional = re.search(rf"-[nz]\s+\"?\$\{{?{name}|\$\{{{name}[:+-]", raw)
                if not optional and "type=secret" not in raw:
                    yield Finding(
                        dockerfile.source,
                        pair.span,
                        f"`{pair.key}` stays empty unless it is a public variable: the Hub passes no secrets as build "
                        f"arguments; use `RUN --mount=type=secret,id={pair.key}` and `$(cat /run/secrets/{pair.key})`",
                        label="never set",
                    )
                break


def _unread(dockerfile: Dockerfile, instruction: Instruction) -> Iterator[Finding]:
    from hublint.documents.dockerfile.commands import commands_of

    source = dockerfile.source
    commands = commands_of(instruction) if "/run/secrets/" in instruction.raw and instruction.form == "shell" else []
    if any(command.name in ("sh", "bash", "su", "ssh") for command in commands):
        return
    for command in commands:
        if command.name not in _SENDERS or (command.name == "git" and "clone" not in [w.value for w in command.argv]):
            continue
        for word in command.argv:
            found = re.search(_QUOTED, source.text[word.span.start : word.span.end])
            if found is None or word.text[: found.start()].count('"') % 2:
                continue
            start, end = word.span.start + found.start(), word.span.start + found.end()
            place = Span(start, end)
            double = Edit(source.path, place, f'"{found[1]}"')
            yield Finding(
                source,
                place,
                "the shell expands nothing in single quotes, so this sends the text `$(cat /run/secrets/...)`; "
                "use double quotes",
                fix=Fix("Use double quotes", (double,), "safe"),
            )
