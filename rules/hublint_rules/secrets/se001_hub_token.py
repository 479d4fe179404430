"""A token of the Hugging Face Hub stands in a file.

## What it does
Looks in every text file for user access tokens (`hf_`), organization tokens (`api_org_`), OAuth tokens (`hf_oauth_`)
and trusted publishers' tokens (`hf_jwt_`). Notebooks are SE009's, environment files SE007's, and what a
Docker Space writes into its image is DK009's.

## Why it matters on the Hub
Whoever can read the repository can do what the token allows, as its owner: in a public one that is everyone, and
robots look for tokens within minutes. The Hub scans pushes and writes an e-mail, but refuses none. Deleting the line
is not enough, since the git history keeps it: revoke the token. That needs no rights and works for any leaked token:

    curl https://huggingface.co/api/credentials/revoke -H "Content-Type: application/json" -d '{"credentials": ["..."]}'

## Example
```python app.py
from huggingface_hub import login

login(token="hf_[34 letters]")
```

## Use instead
```python app.py
import os

from huggingface_hub import login

login(token=os.environ["HF_TOKEN"])
```

## Fix safety
Unsafe: Python code then reads `HF_TOKEN` from the environment, which must be set: on a Space, in the secrets of its
settings.

## Evidence
https://huggingface.co/docs/hub/security-tokens (forms and revocation),
https://huggingface.co/docs/hub/security-secrets (the scan), read 2026-08.
"""

from __future__ import annotations

from hublint.rule import Finding, Fix, Rule
from hublint_rules.secrets._found import also, environment_edits, scanned, tokens, way_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="SE001",
    name="hub-token",
    severity="error",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
    fix="unsafe",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each token in each file."""
    from hublint.secrets.redaction import redact
    from hublint.secrets.tokens import HUB_TOKEN_IDS

    for source, secrets in scanned(repository):
        if source.path.endswith(".ipynb"):
            continue
        for same in tokens(secrets):
            token = same[0]
            if token.kind.id not in HUB_TOKEN_IDS:
                continue
            edits = environment_edits(repository, source, token.value, lambda *_: "HF_TOKEN")
            yield Finding(
                source,
                token.span,
                f"the {token.kind.name} `{redact(token.value)}` is written in this file{also(source, same)}; "
                "anyone who can see this repository can use it",
                label="revoke it",
                help=f"{token.kind.revoke}; {way_out(repository, edits, 'HF_TOKEN')}",
                fix=Fix('Read `os.environ["HF_TOKEN"]`', edits, "unsafe") if edits else None,
            )
