"""A key of another service stands in a file.

## What it does
Looks in every text file for the keys of model providers (OpenAI, Anthropic, Google, Groq, Mistral, Replicate ...),
clouds, developer tools and other services, about 100 kinds, by their marks, checksums and the names in front of them:
an Azure account key behind `account_key`, an app password of Gmail (`abcd efgh ...`) near a word for mail. Keys that
are public by design, what the providers publish as samples (the storage emulator's key, firebase-android-sdk's),
masked tokens and placeholders are silent. Notebooks are SE009's, environment files SE007's, and what a Docker Space
writes into its image is DK009's.

## Why it matters on the Hub
Whoever can read the repository can use the key at its owner's expense: in a public one that is everyone. Deleting the
line is not enough, since the git history keeps it: the help of each finding says how to make the key worthless.

## Example
```python app.py
from groq import Groq

client = Groq(api_key="gsk_[52 characters]")
```

## Use instead
```python app.py
import os

from groq import Groq

client = Groq(api_key=os.environ["GROQ_API_KEY"])
```

## Fix safety
Unsafe: Python code then reads the key from the environment, which must be set: on a Space, in the secrets of its
settings. The variable has the name that the key is given in the code, else the provider's usual one.

## Evidence
Forms of the keys: the providers' documentation, gitleaks, trufflehog and Microsoft's security-utilities, read 2026-11.
The Hub scans pushes and refuses none: https://huggingface.co/docs/hub/security-secrets (2026-08)."""

from __future__ import annotations

from functools import partial

from hublint.rule import Finding, Fix, Rule
from hublint_rules.secrets._found import also, environment_edits, environment_variable, scanned, tokens, way_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="SE002",
    name="provider-key",
    severity="error",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
    fix="unsafe",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each key in each file."""
    from hublint.secrets.redaction import redact
    from hublint.secrets.tokens import HUB_TOKEN_IDS

    for source, secrets in scanned(repository):
        if source.path.endswith(".ipynb"):
            continue
        for same in tokens(secrets):
            token = same[0]
            if token.kind.id in HUB_TOKEN_IDS:
                continue
            edits = environment_edits(repository, source, token.value, partial(environment_variable, token))
            yield Finding(
                source,
                token.span,
                f"the {token.kind.name} `{redact(token.value)}` is written in this file{also(source, same)}; "
                "anyone who can see this repository can use it",
                label="revoke it",
                help=f"{token.kind.revoke}; {way_out(repository, edits, environment_variable(token))}",
                fix=Fix("Read it from the environment", edits, "unsafe") if edits else None,
            )
