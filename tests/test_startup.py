"""A check of a small repository without a fault imports nothing that is heavy and of no use to it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from startup import SHAPES, made

# Each costs a hundredth of such a run, or much more.
HEAVY = {
    *"ast click contextlib csv dataclasses difflib email hashlib html huggingface_hub inspect".split(),
    *"importlib.metadata importlib.resources jsonschema logging markdown_it multiprocessing pathlib rich".split(),
    *"ruamel.yaml shlex shutil socket ssl subprocess tempfile tomllib typing unicodedata urllib.parse zipfile".split(),
    *"hublint.documents.python hublint.documents.yaml.recovery".split(),
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


@pytest.mark.parametrize(("shape", "needed"), [("Space", set()), ("model", set()), ("dataset", {"csv"})])
def test_a_clean_run_imports_little(shape: str, needed: set[str], tmp_path: Path) -> None:
    folder = made(tmp_path / "repository", SHAPES[shape])
    command = [sys.executable, "-c", CODE, "check", str(folder)]
    for known in (False, True):
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        code, *modules = done.stderr.split()
        assert (code, done.stdout) == ("0", f"no findings in 1 {shape}\n")
        assert HEAVY.intersection(modules) <= (set() if known else needed)
        assert ("hublint.engine.subjects" in modules) and ("hublint_rules.frontmatter" in modules) is not known


def test_libyaml_needs_no_pattern_of_pyyaml() -> None:
    code = (
        "from hublint.documents.card import Card; Card('README.md', b'---\\na: [b]\\n---\\n').data; import yaml; "
        "print('search' in vars(yaml.reader.Reader.NON_PRINTABLE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
