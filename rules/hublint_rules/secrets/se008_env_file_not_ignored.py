"""The code reads an environment file that git would commit.

## What it does
Looks in Python for a call that reads `.env` by `dotenv`, where no .gitignore leaves `.env` out and no `.env` is in the
repository.

## Why it matters on the Hub
The next `git add .` or `upload_folder` takes the file along with all that is in it, and the Hub refuses no secret.

## Example
```python app.py
from dotenv import load_dotenv

load_dotenv()
```

## Use instead
```python app.py
from dotenv import load_dotenv

load_dotenv()
```

```text .gitignore
.env
```

## Fix safety
Safe: a line is added to .gitignore, which is made where it is missing.

## Evidence
Advice; https://git-scm.com/docs/gitignore. `upload_folder` leaves out what .gitignore names:
https://huggingface.co/docs/huggingface_hub/guides/upload (2026-08).
"""

from __future__ import annotations

from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint_rules._adding_line import adding_line
from hublint_rules.secrets._found import is_sample, is_test, reading_env_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SE008",
    name="env-file-not-ignored",
    severity="info",
    effect="advice",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("dotenv",),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield at most one finding, on the first import."""
    if ".env" in repository.files or ignores(repository).may_hide(".env"):
        return
    for path in reading_env_files(repository):
        python = repository.python(path)
        if python is None or is_test(path) or is_sample(path):
            continue
        found = next((each for each in python.imports if each.module.partition(".")[0] == "dotenv"), None)
        if found and any(_reads(call) for call in python.calls):
            yield Finding(
                python.source,
                found.node,
                "the code reads `.env`, and no .gitignore keeps that file out of a commit",
                help="name `.env` in .gitignore",
                fix=adding_line(repository, ".gitignore", ".env", "Add `.env` to .gitignore"),
            )
            return


def _reads(call: Call) -> bool:
    """Whether a call of `dotenv` reads `.env` rather than a file of another name."""
    if call.name.rpartition(".")[2] not in ("load_dotenv", "dotenv_values"):
        return False
    import ast

    given = call.argument("dotenv_path", 0)
    return given is None or any(
        isinstance(node, ast.Constant) and str(node.value).rpartition("/")[2] == ".env" for node in ast.walk(given)
    )
