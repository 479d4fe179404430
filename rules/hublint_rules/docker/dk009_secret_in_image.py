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

from hublint.repository.texts import credentials, suspects
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.documents.dockerfile import Instruction
    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository
    from hublint_rules.secrets._found import Placed

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


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each credential, at its first place."""
    source = next((each for each in suspects(repository) if each.path == "Dockerfile"), None)
    if source is None:
        return
    from hublint.secrets.assignments import proves_issuer
    from hublint.secrets.redaction import redact
    from hublint_rules.secrets._found import environment_variable, grouped, named_variable
    from hublint_rules.secrets._image import divided

    found = divided(repository, source, credentials(repository, source))
    finding = _Findings(source, found.instructions)
    for tokens in grouped(found.inside.tokens, lambda token: token.value):
        token = tokens[0]
        text = f"the {token.kind.name} `{redact(token.value)}`"
        variable = environment_variable(token, finding.variable(token.span))
        yield finding(tokens, text, token.kind.revoke, variable)
    for urls in grouped(found.inside.urls, lambda url: url.password):
        url = urls[0]
        text = f"the password of `{url.scheme}://{url.user}:{redact(url.password)}@{url.host}`"
        variable = finding.variable(url.span) or "DATABASE_URL"
        yield finding(urls, text, "change the password", variable)
    for literals in grouped(found.inside.literals, lambda literal: literal.value):
        literal = literals[0]
        shown = redact(literal.value)
        if literal.login:
            text, variable = f"the password of `{literal.name}` (`{shown}`)", "PASSWORD"
        else:
            text = f"what looks like a real credential in `{literal.name}` (`{shown}`)"
            variable = named_variable(literal.name)
        one = finding(literals, text, "if it is real, revoke it", variable)
        one.severity = None if proves_issuer(literal.value) else "warning"
        yield one


class _Findings:
    """Makes the findings of one Dockerfile."""

    def __init__(self, source: Source, instructions: list[Instruction]) -> None:
        self._source = source
        self._instructions = instructions

    def _around(self, span: Span) -> Instruction | None:
        from hublint_rules.secrets._image import around

        instruction = around(self._instructions, span)
        return (instruction.trigger or instruction) if instruction else None

    def variable(self, span: Span) -> str:
        """The variable that an instruction sets to what stands at a place, if any."""
        inner = self._around(span)
        for pair in inner.pairs if inner is not None and inner.name != "LABEL" else ():
            if pair.value is not None and pair.value.span.start <= span.start < pair.value.span.end:
                return pair.key
        return ""

    def __call__(self, places: Sequence[Placed], what: str, revoke: str, variable: str) -> Finding:
        from hublint_rules.secrets._found import also

        inner = self._around(places[0].span)
        name = inner.name if inner else "RUN"
        return Finding(
            self._source,
            places[0].span,
            f"`{name}` stores {what} in the image and in the repository{also(self._source, places)}; "
            "anyone who can see either can use it",
            label="revoke it",
            help=f"{revoke}; store the new one as a secret `{variable}` in the Space's settings: the variable is set "
            "when the Space runs, and a build step reads it with "
            f"`RUN --mount=type=secret,id={variable},mode=0444,required=true`",
        )
