"""An environment file with credentials is part of the repository.

## What it does
Looks at `.env`, `.env.local`, `prod.env` and the like for values that are credentials: known tokens, passwords in
URLs, and real values of names such as `DB_PASSWORD`. Files that .gitignore leaves out, templates (`.env.example`) and
files without a secret are fine, and in tests only known tokens count. A file that .gitignore names but git tracks, told
by git's index, is in the repository.

## Why it matters on the Hub
Whoever can read the repository can use all of them: in a public one that is everyone. A Space does not read the file
anyway, unless its code does: secrets and variables are set in its settings.

## Example
```text .env
PORT=7860
HF_TOKEN=hf_[34 letters]
```

## Use instead
```text .env.example
PORT=7860
HF_TOKEN=
```

## Evidence
https://huggingface.co/docs/hub/spaces-overview (2026-08): secrets belong in the settings. Committed environment files
without a secret are common and fine, e.g. in huggingface/dataset-viewer. A file that was committed before .gitignore
named it stays tracked: https://git-scm.com/docs/gitignore ("Notes"); tests/test_tracked.py repeats it with git.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.rule import Finding, Rule
from hublint_rules.secrets._found import is_test, overlaps, scanned, way_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="SE007",
    name="env-file-committed",
    severity="error",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
)

_SHOWN = 4


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each environment file, on its first secret."""
    for source, secrets in scanned(repository):
        lines = [value.span for value in secrets.env]
        if not lines or (is_test(source.path) and not any(overlaps(token.span, lines) for token in secrets.tokens)):
            continue
        names = list(dict.fromkeys(f"`{value.name}`" for value in secrets.env))
        more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
        listed = [*names[:_SHOWN], *more]
        together = " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1])))
        name = source.path.rpartition("/")[2]
        yield Finding(
            source,
            lines[0],
            f"`{name}` with the value of {together} is open to everyone who reads this repository",
            label="revoke it",
            help=f"`git rm --cached` the file and name it in .gitignore; revoke what is in it; {way_out(repository)}",
        )
