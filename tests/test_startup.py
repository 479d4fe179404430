"""A check of a small repository without a fault imports nothing that is heavy and of no use to it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Each costs a hundredth of such a run, or much more.
HEAVY = {
    *"ast click contextlib csv dataclasses difflib email hashlib html huggingface_hub inspect".split(),
    *"importlib.metadata importlib.resources jsonschema logging markdown_it multiprocessing pathlib rich".split(),
    *"ruamel.yaml shlex shutil socket ssl subprocess tempfile tomllib typing unicodedata urllib.parse zipfile".split(),
    *"hublint.documents.python hublint.documents.yaml.recovery".split(),
}
SPACE = {
    "README.md": (
        "---\ntitle: Demo\nemoji: 🗣️\ncolorFrom: gray\ncolorTo: blue\nsdk: docker\nlicense: mit\n---\n\n# Demo\n"
    ),
    "Dockerfile": (
        "FROM python:3.12-slim\nRUN useradd -m -u 1000 user\nUSER user\nWORKDIR /home/user/app\n"
        "COPY --chown=user requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n"
        'COPY --chown=user . .\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]\n'
    ),
    "app.py": 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\ndef root():\n    return {}\n',
    "requirements.txt": "fastapi==0.115.0\nuvicorn==0.30.0\n",
}
MODEL = {
    "README.md": (
        "---\nlicense: mit\nlanguage: en\nlibrary_name: transformers\npipeline_tag: text-classification\n"
        "base_model: distilbert/distilbert-base-uncased\n---\n\n# Moods\n\nIt praises or blames films.\n\n"
        '## Use\n\n```python\nfrom transformers import pipeline\n\npipeline("text-classification", "a/moods")\n```\n\n'
        "## Limitations\n\nIt knows films only, and English only.\n"
    ),
    "config.json": '{"architectures": ["DistilBertForSequenceClassification"], "model_type": "distilbert"}',
}
DATASET = {
    "README.md": (
        "---\nlicense: cc-by-4.0\nlanguage:\n- en\ntask_categories:\n- text-classification\nsize_categories:\n- n<1K\n"
        "configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: train.csv\n---\n\n# Weather\n\n"
        "What people in a small town wrote down of the weather in 2024, each note with a mood.\n"
    ),
    "train.csv": "text,mood\n" + "It rained all day,bad\nThe sun shone,good\n" * 60,
}
CODE = """
import os, sys
def ended(code):
    print(code, *(sys.modules.keys() - before), file=sys.stderr)
    sys.stderr.flush()
    end(code)
end, os._exit = os._exit, ended
before = set(sys.modules)
from hublint.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("files", "needed"), [(SPACE, set()), (MODEL, set()), (DATASET, {"csv"})], ids=["space", "model", "dataset"]
)
def test_a_clean_run_imports_little(files: dict[str, str], needed: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    command = [sys.executable, "-c", CODE, "check", str(folder)]
    for known in (False, True):
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        code, *modules = done.stderr.split()
        assert code == "0" and done.stdout.startswith("no findings in 1 "), done.stdout
        assert HEAVY.intersection(modules) <= (set() if known else needed)
        assert ("hublint.engine.subjects" in modules) and ("hublint_rules.frontmatter" in modules) is not known


def test_libyaml_needs_no_pattern_of_pyyaml() -> None:
    code = (
        "from hublint.documents.card import Card; Card('README.md', b'---\\na: [b]\\n---\\n').data; import yaml; "
        "print('search' in vars(yaml.reader.Reader.NON_PRINTABLE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
