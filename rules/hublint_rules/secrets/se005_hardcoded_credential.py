"""A name that asks for a credential is given one in the code.

## What it does
Looks at what is assigned to names such as `api_key`, `HF_TOKEN` or `db_password`: in Python variables, arguments and
dict items, in other code, in YAML, TOML, JSON, shell scripts and the Dockerfile. It reports values that begin like a
key or are long and random. Placeholders (`hf_...`, `your-key-here`), words, paths and references are silent, and so
are tests, examples and documentation. What SE001, SE002, SE004, SE006, SE007 or DK009 report is not reported again.

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
Unsafe: Python code then reads the value from the environment, under the name that it has in the code; it must be set
there: on a Space, in the secrets of its settings.

## Evidence
Advice; https://huggingface.co/docs/hub/spaces-overview (2026-08): secrets belong in the settings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.rule import Finding, Fix, Rule, locate
from hublint_rules.secrets._found import environment_edits, is_sample, is_test, overlaps, scanned, way_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository
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
    from hublint.secrets.redaction import redact

    for source, secrets in scanned(repository):
        if not secrets.literals or is_test(source.path) or is_sample(source.path):
            continue
        lines = set()
        for name, value, span in _named(repository, source, secrets):
            line = source.position(span.start).line
            if line in lines or overlaps(span, (each.span for each in secrets.env)):
                continue
            lines.add(line)
            edits = environment_edits(repository, source, value, _variable)
            yield Finding(
                source,
                span,
                f"`{name}` is given `{redact(value)}`, which looks like a credential",
                label="replace it",
                help=f"revoke it if it is real; {way_out(repository)}",
                fix=Fix("Read it from the environment", edits, "unsafe") if edits else None,
            )


def _named(repository: Repository, source: Source, secrets: Secrets) -> Iterator[tuple[str, str, Span]]:
    if not source.path.endswith(".py"):
        yield from secrets.literals
        return
    import ast

    from hublint.secrets.assignments import is_secret_name

    python = repository.python(source.path)
    values = {literal.value for literal in secrets.literals}
    for assignment in python.assignments if python else ():
        name, node = assignment.name.rpartition(".")[2], assignment.value
        if isinstance(node, ast.Constant) and node.value in values and is_secret_name(name):
            yield name, node.value, locate(source, node)


def _variable(name: str) -> str:
    """`dbPassword` and `db-password` are `DB_PASSWORD` in the environment."""
    return re.sub(r"\W", "_", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)).upper() or "API_KEY"
