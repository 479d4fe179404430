"""Which pinned libraries no longer import beside the newest huggingface_hub before 1.0: run in clean environments."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

PINS = {"diffusers": "0.10.2 0.14.0 0.18.2 0.21.4 0.24.0 0.25.1 0.27.2 0.28.2 0.29.2".split()}
# Releases of what is pinned beside those, of which it is asked which huggingface_hub before 1.0 they let in.
LETS = {"transformers": "4.33.3 4.34.1 4.35.2 4.36.2 4.38.2 4.41.2 4.44.2 4.46.3 4.49.0 4.53.0 4.57.1".split()}
BESIDE = ("huggingface_hub<1.0", "numpy<2", "requests")
PYTHON = "3.10"


def imports(library: str, version: str) -> list[str]:
    """The huggingface_hub beside a release, and the error at its import, empty where there is none.

    Raises:
        subprocess.CalledProcessError: uv could not make the environment.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = str(Path(folder, "env"))
        inside = f"{environment}/bin/python"
        subprocess.run(("uv", "venv", "-q", "--python", PYTHON, environment), check=True)
        wanted = ("uv", "pip", "install", "-q", "--python", inside, f"{library}=={version}", *BESIDE)
        subprocess.run(wanted, check=True)
        code = "import huggingface_hub; print(huggingface_hub.__version__)"
        hub = subprocess.run((inside, "-c", code), check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip()
        done = subprocess.run((inside, "-c", f"import {library}"), capture_output=True, encoding="utf-8", check=False)
    last = (done.stderr.strip().splitlines() or [""])[-1] if done.returncode else ""
    return [hub, last.partition(" (/")[0]]


def lets(library: str, version: str) -> str:
    """The huggingface_hub before 1.0 that uv's resolver takes beside a release; empty where it finds none."""
    wanted = f"{library}=={version}\nhuggingface_hub<1.0\n"
    command = ("uv", "pip", "compile", "-q", "--no-header", "--no-annotate", "--python-version", PYTHON, "-")
    done = subprocess.run(command, input=wanted, capture_output=True, encoding="utf-8", check=False)
    found = [line.partition("==")[2] for line in done.stdout.splitlines() if line.startswith("huggingface-hub==")]
    return found[0] if found else ""
