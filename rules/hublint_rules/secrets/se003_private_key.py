"""A private key stands in the repository.

## What it does
Looks for private keys in PEM form in every text file (RSA, EC, OpenSSH, PGP, PKCS#8; also inside JSON and code), and
for files that are key stores by their names (`.p12`, `.pfx`, `id_rsa`). Certificates and public keys are fine. Files
of tests are left out, and a key that is encrypted is a warning: its passphrase still protects it.

## Why it matters on the Hub
Whoever can read the repository can sign, log in and decrypt as the owner of the key: in a public one that is
everyone. Deleting the file is not enough, since the git history keeps it.

## Example
```text server.key
-----BEGIN PRIVATE KEY-----
[private key]
-----END PRIVATE KEY-----
```

## Use instead
```python app.py
import os

private_key = os.environ["PRIVATE_KEY"]
```

## Evidence
RFC 7468 (PEM), RFC 7292 (PKCS#12). The Hub scans pushes and refuses none:
https://huggingface.co/docs/hub/security-secrets (2026-08).
"""

from __future__ import annotations

from hublint.documents.source import Source, Span
from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint.secrets.hints import is_key_file
from hublint_rules.secrets._found import is_test, scanned, way_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="SE003",
    name="private-key",
    severity="error",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each private key."""
    help = f"replace the key pair wherever it is used; {way_out(repository)}"
    seen = set()
    for source, secrets in scanned(repository):
        if is_test(source.path):
            continue
        for key in secrets.keys:
            seen.add(source.path)
            block = source.text[key.span.start : key.span.end]
            encrypted = "ENCRYPTED" in block
            first = Span(key.span.start, min(key.span.end, key.span.start + len(f"-----BEGIN {key.label}-----")))
            yield Finding(
                source,
                first,
                f"an encrypted private key (`{key.label}`) is written in this file; "
                "anyone who can see this repository and guesses its passphrase can use it"
                if encrypted
                else f"a private key (`{key.label}`) is written in this file; "
                "anyone who can see this repository can use it",
                label="replace it",
                help=help,
                severity="warning" if encrypted else None,
            )
    for path, size in repository.files.items():
        if size and path not in seen and is_key_file(path) and not is_test(path) and path not in ignores(repository):
            known = repository.source(path)
            if known is not None and not known.is_binary and not path.lower().endswith((".p12", ".pfx")):
                continue
            yield Finding(
                Source(path, b""),
                Span(0, 0),
                f"`{path.rpartition('/')[2]}` is a private key, or a store of them, by its name; "
                "anyone who can see this repository can use it",
                help=help,
                severity="warning",
            )
