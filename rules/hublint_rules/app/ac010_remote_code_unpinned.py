"""The app runs code from another repository, whatever it may be tomorrow.

## What it does
Reports calls into transformers, diffusers, datasets or sentence_transformers with `trust_remote_code=True`, a model or
dataset of another owner as a literal, and no `revision`.

## Why it matters on the Hub
The code is downloaded and run at every start, with the Space's secrets at hand. Whoever can push to that repository
can run anything in the Space; and a change there that breaks the app comes without warning.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
from transformers import AutoModel

model = AutoModel.from_pretrained("someone/custom-model", trust_remote_code=True)
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
from transformers import AutoModel

model = AutoModel.from_pretrained(
    "someone/custom-model",
    trust_remote_code=True,
    revision="0123456789abcdef0123456789abcdef01234567",
)
```

## Evidence
Advice of https://huggingface.co/docs/transformers/custom_models: with `trust_remote_code`, pass a commit hash as
`revision`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC010",
    name="remote-code-unpinned",
    severity="warning",
    effect="advice",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    only_if=("trust_remote_code",),
)

_LIBRARIES = ("transformers.", "diffusers.", "datasets.", "sentence_transformers.")
_FIRST = {"pipeline": ("model", 1), "load_dataset": ("path", 0)}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such call."""
    from hublint.space.running import marked

    for python in marked(repository, "trust_remote_code"):
        import ast

        for call in python.calls:
            keyword = call.keyword("trust_remote_code")
            if keyword is None or not isinstance(keyword.value, ast.Constant) or keyword.value.value is not True:
                continue
            if call.unpacks or call.keyword("revision") or call.keyword("code_revision"):
                continue
            repo_id = _repo_id(python, call) if call.name.startswith(_LIBRARIES) else ""
            if not repo_id or repository.exists(repo_id) or _is_own(repository, repo_id):
                continue
            yield Finding(
                python.source,
                keyword,
                f"`trust_remote_code=True` runs whatever code `{repo_id}` has at the next start; "
                "name a commit as `revision`",
            )


def _repo_id(python: PythonSource, call: Call) -> str:
    """The repository whose code is run, empty where it is not known."""
    import re

    name, position = _FIRST.get(call.method, ("pretrained_model_name_or_path", 0))
    given = call.argument(name, position)
    value = python.value(given) if given is not None else None
    if value is None or value.env or value.option or not isinstance(value.value, str):
        return ""
    return value.value if re.fullmatch(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", value.value) else ""


def _is_own(repository: Repository, repo_id: str) -> bool:
    owner = repository.repo_id.partition("/")[0]
    return bool(owner) and repo_id.partition("/")[0] == owner
