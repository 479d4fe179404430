"""A Gradio Space that imports packages, but has no requirements.txt.

## What it does
Follows the imports of the app through the repository's own modules and lists what is neither Python's own, nor in the
repository, nor installed in every Gradio Space. Imports that may fail (`try`/`except ImportError`) or that stand within
a function are left out. Of a list under another name, or of another tool, SP033 speaks. It is a note where a script or
workflow of the same git checkout puts another folder together and pushes that to the Space, or where a folder around
the repository, within its checkout, has a requirements.txt.

## Why it matters on the Hub
The app stops with `ModuleNotFoundError` when it starts. The Hub installs what requirements.txt at the root asks for;
pyproject.toml, Pipfile and environment.yml are not read.

## Example
```yaml
sdk: gradio
app_file: app.py
```

```python app.py
import gradio as gr
from transformers import pipeline
```

## Use instead
```yaml
sdk: gradio
app_file: app.py
```

```python app.py
import gradio as gr
from transformers import pipeline
```

```text requirements.txt
transformers
torch
```

## Evidence
https://huggingface.co/docs/hub/spaces-dependencies (2026-08-22): huggingface_hub, requests, datasets and gradio are
installed; `spaces`, and torch on ZeroGPU, by Hugging Face's own skill for Spaces (https://github.com/huggingface/skills);
what these depend on is taken from PyPI (2026-11-21). Silent where the app installs packages itself.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Import, PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP026",
    name="missing-requirements",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    sdks=("gradio",),
)

_FILES = ("requirements.txt", "pre-requirements.txt", ".gitmodules")
# requirement.txt, Requirements.TXT, requirements.txt.txt, "requirements (2).txt", requirements_app.txt ...
_INSTALLS = r"\bpip3?\b['\", ]+install\b|\buv['\", ]+(?:pip|add|sync)\b|\bpip\.main\(|\bpip\._internal\b"
# Code that comes from elsewhere while the app runs: a module may be its own.
_FETCHES = r"\bsys\.path\b|\bgit['\", ]+clone\b|\bimportlib\.util\.spec_from_file_location\b"
_COMMON = frozenset(
    """
    accelerate anthropic bs4 chromadb cohere cv2 diffusers easyocr faiss flask google.genai google.generativeai groq
    huggingface_sb3 joblib keras langchain langchain_community langchain_openai librosa lightgbm nltk onnxruntime openai
    peft plotly pymupdf PyPDF2 scipy seaborn sentence_transformers skimage sklearn soundfile spacy tensorflow timm
    tiktoken torch torchaudio torchvision transformers ultralytics xgboost
    """.split()
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding, at the first import that nothing installs."""
    if any(path in repository.files for path in _FILES):
        return
    from hublint.space.build.dependency_files import lock_file, misnamed_requirements

    if misnamed_requirements(repository) or lock_file(repository):  # SP033
        return
    from hublint.space.running import loaded

    sources = loaded(repository)
    texts = [module.source.text for module in sources]
    if any(re.search(_INSTALLS, text) for text in texts):
        return
    found = _missing(repository, sources)
    if any(re.search(_FETCHES, text) for text in texts):
        found = {name: place for name, place in found.items() if name in _COMMON}
    if not found:
        return
    from hublint.repository.assembling import way_in

    module, imported = next(iter(found.values()))
    names = [f"`{name}`" for name in found]
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    unless = way_in(repository, "requirements.txt")
    yield Finding(
        module.source,
        imported.node,
        f"the app imports {shown}, but no requirements.txt installs {'them' if len(names) > 1 else 'it'}"
        + (f", {unless}" if unless else "; add one"),
        severity="info" if unless else None,
        help=_elsewhere(repository),
    )


def _elsewhere(repository: Repository) -> str:
    """Where packages are listed that the Hub does not see."""
    if "pyproject.toml" in repository.files:
        return "the Hub does not read `pyproject.toml`, only requirements.txt at the root"
    other = next((path for path in repository.files if path.endswith("/requirements.txt")), "")
    return f"the Hub does not read `{other}`, only requirements.txt at the root" if other else ""


def _missing(repository: Repository, sources: list[PythonSource]) -> dict[str, tuple[PythonSource, Import]]:
    from hublint.space.app.app_modules import is_preinstalled, own_names, third_party

    own = own_names(repository)
    uses_spaces = any(imported.module == "spaces" for module in sources for imported in module.imports)
    found: dict[str, tuple[PythonSource, Import]] = {}
    for module in sources:
        for imported in module.imports:
            name = "" if imported.guarded or not imported.top_level else third_party(imported, own)
            if name and not is_preinstalled(name, uses_spaces):
                found.setdefault(name, (module, imported))
    return found
