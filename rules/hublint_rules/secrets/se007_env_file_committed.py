"""An environment file with credentials is part of the repository.

## What it does
Looks at `.env`, `.env.local`, `prod.env` and the like, and at `.streamlit/secrets.toml`, for values that are
credentials: known tokens, passwords in URLs, and real values of names such as `DB_PASSWORD`. Files that .gitignore
leaves out, templates (`.env.example`) and files without a secret are fine, and in tests only known tokens count. A file
that .gitignore names but git tracks, told by git's index, is in the repository.

## Why it matters on the Hub
Whoever can read the repository can use all of them: in a public one that is everyone. A Space does not read the file
anyway, unless its code does: secrets and variables are set in its settings. Streamlit's `st.secrets` does read
`.streamlit/secrets.toml`, which its documentation says to keep out of git.

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
https://huggingface.co/docs/hub/spaces-overview (2026-08): secrets belong in the settings.
https://docs.streamlit.io/develop/concepts/connections/secrets-management (2026-11). Committed environment files
without a secret are common and fine, e.g. in huggingface/dataset-viewer. A file that was committed before .gitignore
named it stays tracked: https://git-scm.com/docs/gitignore ("Notes"); tests/test_tracked.py repeats it with git.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.secrets._found import env_places, is_test, scanned, together, way_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository
    from hublint.secrets.scan import Secrets

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
        if not secrets.env or (is_test(source.path) and not _holds_token(secrets)):
            continue
        names = list(dict.fromkeys(f"`{value.name}`" for value in secrets.env))
        more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
        listed = [*names[:_SHOWN], *more]
        name = source.path.rpartition("/")[2]
        yield Finding(
            source,
            secrets.env[0].span,
            f"`{name}` is in the repository with the value of {together(listed)}; "
            "anyone who can see the repository can use it",
            label="revoke it",
            help=f"run `git rm --cached {source.path}` and name the file in .gitignore; revoke what is in it; "
            f"{_way_out(repository, names)}",
        )


def _holds_token(secrets: Secrets) -> bool:
    lines = env_places(secrets)
    return any(lines.meet(token.span) for token in secrets.tokens)


def _way_out(repository: Repository, names: list[str]) -> str:
    if repository.kind != "space" or len(names) == 1:
        return way_out(repository, variable=names[0].strip("`"))
    return "store the new ones as secrets of these names in the Space's settings; the git history keeps the old ones"
