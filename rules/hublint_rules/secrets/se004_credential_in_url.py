"""A URL holds a password.

## What it does
Looks for `scheme://user:password@host` in every text file: connection strings of databases, git remotes, proxies,
webhooks. Placeholders, templates, stock passwords, hosts of the own machine or network, and files of tests are
silent. What a Docker Space writes into its image is DK009's.

## Why it matters on the Hub
Whoever can read the repository can use the account: in a public one that is everyone. Deleting the line is not
enough, since the git history keeps it.

## Example
```python app.py
import psycopg

connection = psycopg.connect("postgresql://shop:[24 characters]@db.shop.fr/orders")
```

## Use instead
```python app.py
import os

import psycopg

connection = psycopg.connect(os.environ["DATABASE_URL"])
```

## Evidence
RFC 3986, section 3.2.1 (user information in URLs). The Hub scans pushes and refuses none:
https://huggingface.co/docs/hub/security-secrets (2026-08).
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.secrets._found import also, env_places, grouped, is_test, scanned, way_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="SE004",
    name="credential-in-url",
    severity="error",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each password in each file."""
    from hublint.secrets.redaction import redact

    for source, secrets in scanned(repository):
        if is_test(source.path):
            continue
        of_env = env_places(secrets)
        urls = [url for url in secrets.urls if not of_env.meet(url.span)]
        for url, *others in grouped(urls, lambda url: (url.password, url.host)):
            shown = f"{url.scheme}://{url.user}:{redact(url.password)}@{url.host}"
            where = also(source, (url, *others))
            yield Finding(
                source,
                url.span,
                f"the password of `{shown}` is written in this file{where}; "
                "anyone who can see this repository can use it",
                label="change it",
                help=f"change the password; {way_out(repository)}",
            )
