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

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
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
    """Yield a finding for each repository whose code is run, at its first call."""
    from hublint.space.running import marked

    found: dict[str, list[tuple[PythonSource, ast.keyword]]] = {}
    for python in marked(repository, "trust_remote_code"):
        for call in python.calls:
            keyword = _unpinned(call)
            repo_id = _repo_id(python, call) if keyword is not None and call.name.startswith(_LIBRARIES) else ""
            if keyword is not None and repo_id and not repository.exists(repo_id) and not _is_own(repository, repo_id):
                found.setdefault(repo_id, []).append((python, keyword))
    for repo_id, calls in found.items():
        python, keyword = calls[0]
        also = f", here and in {len(calls) - 1} more call{'s' if len(calls) > 2 else ''}" if len(calls) > 1 else ""
        yield Finding(
            python.source,
            keyword,
            f"`trust_remote_code=True` runs whatever code `{repo_id}` has at the next start{also}; "
            "name a commit as `revision`",
        )


def _unpinned(call: Call) -> ast.keyword | None:
    """The `trust_remote_code=True` of a call that names no commit."""
    import ast

    keyword = call.keyword("trust_remote_code")
    if keyword is None or not isinstance(keyword.value, ast.Constant) or keyword.value.value is not True:
        return None
    return None if call.unpacks or call.keyword("revision") or call.keyword("code_revision") else keyword


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
