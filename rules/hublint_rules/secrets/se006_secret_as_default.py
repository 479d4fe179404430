"""A credential is the default of an environment variable.

## What it does
Looks at `os.getenv("X_KEY", "...")` and `os.environ.get(...)` in Python whose variable asks for a credential and
whose default looks like one. Tests and examples are silent, and so are defaults that SE001 or SE002 know.

## Why it matters on the Hub
Whoever can read the repository can use the default: the variable keeps nothing secret. And where the variable is
missing nobody notices, since the old credential goes on working.

## Example
```python app.py
import os

API_KEY = os.getenv("WEATHER_API_KEY", "[64 hexadecimal digits]")
```

## Use instead
```python app.py
import os

API_KEY = os.environ["WEATHER_API_KEY"]
```

## Fix safety
Unsafe: without the default the variable must be set: on a Space, in the secrets of its settings.

## Evidence
Advice; https://huggingface.co/docs/hub/spaces-overview (2026-08): secrets belong in the settings.
"""

from __future__ import annotations

import ast

from hublint.rule import Finding, Fix, Rule
from hublint_rules.secrets._found import environment_edits, is_sample, is_test, named_variable, scanned, way_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="SE006",
    name="secret-as-default",
    severity="warning",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
    fix="unsafe",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such default."""
    from hublint.secrets.assignments import is_secret_name
    from hublint.secrets.redaction import redact

    for source, secrets in scanned(repository):
        python = repository.python(source.path) if source.path.endswith(".py") and secrets.literals else None
        if python is None or is_test(source.path) or is_sample(source.path):
            continue
        values = {literal.value for literal in secrets.literals}
        for read in python.environment_reads:
            default = read.default
            if default is None or default.value not in values or not is_secret_name(read.name):
                continue
            if not any(default.node is part for part in ast.walk(read.node)):
                continue  # SE005 sees it where it stands
            edits = environment_edits(repository, source, default.value, named_variable)
            yield Finding(
                source,
                default.node,
                f"the default of `{read.name}` looks like a real credential (`{redact(default.value)}`); "
                "anyone who can see this repository can use it",
                label="remove it",
                help=f"if it is real, revoke it; {way_out(repository, variable=read.name)}",
                fix=Fix(f'Read `os.environ["{read.name}"]`', edits, "unsafe") if edits else None,
            )
