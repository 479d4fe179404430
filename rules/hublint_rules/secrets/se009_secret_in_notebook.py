"""A token or key stands in a notebook.

## What it does
Looks in the cells and outputs of notebooks for all that SE001 and SE002 know. Outputs are easily forgotten: a printed
configuration, a traceback, a shell command's echo.

## Why it matters on the Hub
Whoever can read the repository can use it, and the Hub shows notebooks with their outputs. Deleting the cell is not
enough, since the git history keeps it: the help of each finding says how to make the token worthless.

## Example
```json train.ipynb
{
 "cells": [
  {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": ["login(\\"hf_[34 letters]\\")"]}
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
```

## Use instead
```json train.ipynb
{
 "cells": [
  {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": ["login()"]}
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
```

## Evidence
https://nbformat.readthedocs.io/en/latest/format_description.html; https://huggingface.co/docs/hub/security-tokens
(forms and revocation), read 2026-08.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.secrets._found import environment_variable, scanned, together, tokens, way_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.notebook import Notebook
    from hublint.documents.source import Span
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SE009",
    name="secret-in-notebook",
    severity="error",
    effect="leaked",
    subject="secrets",
    since="0.1.0",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each token in each notebook."""
    from hublint.documents.notebook import Notebook
    from hublint.secrets.redaction import redact

    for source, secrets in scanned(repository):
        if not source.path.endswith(".ipynb"):
            continue
        notebook = Notebook(source)
        for token, *others in tokens(secrets):
            place, *more = dict.fromkeys(_place(notebook, each.span) for each in (token, *others))
            also = f", also in {together(more)}" if more else ""
            yield Finding(
                source,
                token.span,
                f"the {token.kind.name} `{redact(token.value)}` is in {place}{also}; "
                "anyone who can see this repository can use it",
                label="revoke it",
                help=f"{token.kind.revoke}; {way_out(repository, variable=environment_variable(token))}",
            )


def _place(notebook: Notebook, span: Span) -> str:
    """Which cell or output holds a place of the file."""
    for number, cell in enumerate(notebook.cells, 1):
        for text in (cell.source, *cell.outputs):
            start, end = text.span(0, len(text.value))
            if start <= span.start < end:
                return f"cell {number}" if text is cell.source else f"the output of cell {number}"
    return "the notebook" if notebook.error else "the metadata"
