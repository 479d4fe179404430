"""A name that asks for a credential is given one in the code.

## What it does
Looks at what is assigned to names such as `api_key`, `HF_TOKEN`, `JWT_KEY` or `db_password`: in Python variables,
arguments and dict items, in other code (Go's `:=` too), in YAML, TOML, JSON, Makefiles, shell scripts, `.env.example`
and the Dockerfile. It reports values that begin like a key or are long and random; it is an error where the value
begins as one provider's keys do and goes on at random. It also reports passwords that their place gives away: Gradio's
`auth=("admin", "...")`, `curl -u user:...`, `Password=...;` of a connection string, `auth` of Docker's config.json.

Placeholders (`hf_...`, `your-key-here`), stock passwords (`admin123`), words, paths, host names and references are
silent, and so are tests, examples, documentation and logins to the own machine. What SE001, SE002, SE004, SE006, SE007
or DK009 report is not reported again.

## Why it matters on the Hub
Whoever can read the repository can use the credential: in a public one that is everyone. Even a made-up key teaches
the next person to put a real one in its place.

## Example
```python app.py
from openai import OpenAI

client = OpenAI(api_key="sk-1234567890abcdef")
```

## Use instead
```python app.py
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["API_KEY"])
```

## Fix safety
Unsafe: Python code then reads the value from the environment, under the name that it has in the code, and fails where
the variable is not set: on a Space, it must be one of the secrets of its settings, and the help says which. A name
that many values have takes the dict's before it: `password` in `db_config` is `DB_PASSWORD`.

## Evidence
Advice; https://huggingface.co/docs/hub/spaces-overview (2026-08): secrets belong in the settings. Gradio's own
documentation of `auth`: https://www.gradio.app/guides/sharing-your-app#password-protected-app (2026-11).
"""

from __future__ import annotations

from hublint.rule import Finding, Fix, Rule, locate
from hublint.secrets.places import Places
from hublint_rules.secrets._found import (
    also,
    env_places,
    environment_edits,
    grouped,
    is_sample,
    is_test,
    named_variable,
    scanned,
    way_out,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.secrets.literals import NamedLiteral
    from hublint.secrets.scan import Secrets

RULE = Rule(
    code="SE005",
    name="hardcoded-credential",
    severity="warning",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
    fix="unsafe",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each credential, one for a line at most."""
    from hublint.secrets.assignments import proves_issuer
    from hublint.secrets.redaction import redact

    for source, secrets in scanned(repository):
        if not secrets.literals or is_test(source.path) or is_sample(source.path):
            continue
        for literal, *others in grouped(_one_a_line(repository, source, secrets), lambda each: each.value):
            edits = environment_edits(repository, source, literal.value, _variable(literal))
            what = (
                f"the password of `{literal.name}` (`{redact(literal.value)}`) is written in this file"
                if literal.login
                else f"`{literal.name}` is set to what looks like a real credential (`{redact(literal.value)}`)"
            )
            variable = named_variable("password" if literal.login else literal.name)
            yield Finding(
                source,
                literal.span,
                f"{what}{also(source, (literal, *others))}; anyone who can see this repository can use it",
                label="replace it",
                help=f"if it is real, revoke it; {way_out(repository, edits, variable)}",
                fix=Fix("Read it from the environment", edits, "unsafe") if edits else None,
                severity="error" if proves_issuer(literal.value) else None,
            )


def _one_a_line(repository: Repository, source: Source, secrets: Secrets) -> Iterator[NamedLiteral]:
    lines = set()
    of_env = env_places(secrets)
    for literal in _named(repository, source, secrets):
        line = source.position(literal.span.start).line
        if line not in lines and not of_env.meet(literal.span):
            lines.add(line)
            yield literal


def _named(repository: Repository, source: Source, secrets: Secrets) -> Iterator[NamedLiteral]:
    python = repository.python(source.path) if source.path.endswith(".py") else None
    if python is None or python.tree is None:
        yield from () if source.path.endswith(".py") else secrets.literals
        return
    import ast

    from hublint.secrets.assignments import is_secret_name

    by_value = {literal.value: literal for literal in secrets.literals if not literal.login}
    for assignment in python.assignments:
        name, node = assignment.name.rpartition(".")[2], assignment.value
        if isinstance(node, ast.Constant) and node.value in by_value and is_secret_name(name):
            yield by_value[node.value]._replace(name=name, span=locate(source, node))
    logins = [literal for literal in secrets.literals if literal.login]
    if logins:
        code = Places(locate(source, node) for node, _ in python.string_literals)
        yield from (literal for literal in logins if code.meet(literal.span))


def _variable(literal: NamedLiteral) -> Callable[[str, str], str]:
    if not literal.login:
        return named_variable
    own = "AUTH_PASSWORD" if "auth" in literal.name.lower() else "PASSWORD"
    return lambda name, owner: named_variable(name, owner) if name else own
