"""A credential is written into the image.

## What it does
Looks at ENV, ARG, RUN and LABEL for what the rules SE001, SE002, SE004 and SE005 report elsewhere: tokens, keys,
passwords in URLs, and values that look like credentials behind names such as `API_KEY`. Those rules leave these
instructions to this one. Placeholders, references (`$HF_TOKEN`) and `/run/secrets` are silent.

## Why it matters on the Hub
Everyone who can read the repository has the credential. It is in the image too: ENV and LABEL in its configuration, the
values of ARG and the text of RUN in its history, and a file that a later step deletes is still in the layer below.
Removing the line undoes none of this, nor does it change the git history: revoke the credential.

Docker Spaces have two places for a new one, both of which read the secrets of the Space's settings: while the image is
built, `RUN --mount=type=secret,id=NAME,mode=0444,required=true` with `$(cat /run/secrets/NAME)`; while the Space runs,
the environment variable `NAME`, which the Dockerfile need not mention.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
ENV HF_TOKEN=hf_[34 letters]
RUN hf download example/private --local-dir model
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
    hf download example/private --local-dir model --token "$(cat /run/secrets/HF_TOKEN)"
CMD ["python", "app.py"]
```

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#secrets-and-variables-management (2026-08-22). Docker's build check
SecretsUsedInArgOrEnv: https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ (2026-11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.repository.texts import suspects
from hublint.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Instruction
    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK009",
    name="secret-in-image",
    severity="error",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
)

_KEPT = {
    "ENV": "in the configuration of the image",
    "LABEL": "in the configuration of the image",
    "ARG": "in the history of the image",
    "RUN": "in the history of the image",
}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each credential, at its first place."""
    source = next((each for each in suspects(repository) if each.path == "Dockerfile"), None)
    if source is None:
        return
    from hublint.secrets.redaction import redact
    from hublint.secrets.scan import scan
    from hublint_rules.secrets._found import environment_variable
    from hublint_rules.secrets._image import around, divided

    secrets = repository.parsed(source.path, scan)
    if secrets is None or not any(secrets):
        return
    found = divided(repository, source, secrets)
    seen = set()
    for token in found.inside.tokens:
        instruction = around(found.instructions, token.span)
        if instruction is not None and token.value not in seen:
            seen.add(token.value)
            variable = environment_variable(token, _variable(instruction, token.span))
            text = f"`{redact(token.value)}` ({token.kind.name}) stays"
            yield _finding(source, token.span, instruction, text, f"revoke it: {token.kind.revoke}", variable)
    for url in found.inside.urls:
        instruction = around(found.instructions, url.span)
        if instruction is not None and url.password not in seen:
            seen.add(url.password)
            variable = _variable(instruction, url.span) or "DATABASE_URL"
            text = f"the password of `{url.scheme}://{url.user}:{redact(url.password)}@{url.host}` stays"
            yield _finding(source, url.span, instruction, text, "change the password", variable)
    for literal in found.inside.literals:
        instruction = around(found.instructions, literal.span)
        if instruction is not None and literal.value not in seen:
            seen.add(literal.value)
            text = f"`{literal.name}` is given `{redact(literal.value)}`, which looks like a credential and stays"
            finding = _finding(source, literal.span, instruction, text, "revoke it if it is real", literal.name)
            finding.severity = "warning"
            yield finding


def _variable(instruction: Instruction, span: Span) -> str:
    """The variable that an instruction sets to what stands at a place, if any."""
    inner = instruction.trigger or instruction
    for pair in inner.pairs if inner.name != "LABEL" else ():
        if pair.value is not None and pair.value.span.start <= span.start < pair.value.span.end:
            return pair.key
    return ""


def _finding(source: Source, span: Span, instruction: Instruction, text: str, revoke: str, variable: str) -> Finding:
    name = (instruction.trigger or instruction).name
    return Finding(
        source,
        span,
        f"{text} {_KEPT[name]}, as all that `{name}` says, and in the repository",
        label="revoke it",
        help=f"{revoke}; make a new one a secret of the Space: `{variable}` is then set when it runs, and a build step "
        f"reads it with `RUN --mount=type=secret,id={variable},mode=0444,required=true`",
    )
