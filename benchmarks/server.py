"""What `hublint server` costs, measured with a real client: processor time of an edit, memory, and the start.

    python benchmarks/server.py [--edits 100] [--memory 10000] [--wait-for-debounce]

An edit is counted from its notification to the diagnostics of its version: all that the server's process runs for it,
reading, checking and writing. Times are told beside `python -c pass` in the same run, which tells the machine apart.
Needs Linux, whose /proc counts the time that threads ran.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from lsp_client import Client  # noqa: E402

# Goals, in milliseconds of a machine on which `python -c pass` takes ten.
GOALS = {
    "card of 40 lines": 5,
    "card of 400 lines, 30 kB": 20,
    "Space of 50 files": 50,
    "app.py of a Space of 50 files": 50,
}
_NOMINAL = 10.0

HEAD = """---
language:
- English
- fr
license: Apache-2.0
library_name: Transformers
pipeline_tag: text-generatoin
tags:
- chat
- chat
datasets:
- https://huggingface.co/datasets/a/b
base_model: mistralai/Mistral-7B-v0.1
base_model_relation: finetuned
metrics:
- accuracy
licence: mit
model-index:
- name: a
  results:
  - task:
      type: text-generation
    dataset:
      type: a/b
      name: b
    metrics:
    - type: accuracy
      value: 0.5
co2_eq_emissions:
  source: codecarbon
---

# My model

It writes text about [things](docs/none.md).

## Use

"""
CODE = '```python\nfrom transformers import pipeline\npipe = pipeline("text-generation", model="me/model")\n```\n'
PROSE = "A sentence of the card, which tells what the model was trained on and what it should not be used for.\n"
SPACE = "---\ntitle: A\nemoji: 🔥\ncolorFrom: red\ncolorTo: orange\nsdk: docker\napp_port: 7860\n---\n\n# A\n"
DOCKERFILE = (
    "FROM python:3.11-slim\nRUN apt-get update && apt-get install -y git\nRUN useradd -m -u 1000 user\nUSER user\n"
    "WORKDIR /home/user/app\nCOPY --chown=user requirements.txt .\nRUN pip install -r requirements.txt\n"
    'COPY --chown=user . .\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]\n'
)
APP = """import os
from fastapi import FastAPI
from pkg import module_0

app = FastAPI()
TOKEN = os.environ["HF_TOKEN"]
"""
MODULE = """import json


def load(path: str) -> dict:
    with open(path) as file:
        return json.load(file)
"""


def card(lines: int) -> str:
    """A model card of so many lines, with ten findings in it."""
    text = HEAD + CODE
    rest = lines - text.count("\n")
    return (
        text + "".join(PROSE if number % 8 else f"\n## Part {number}\n" for number in range(rest))[: max(rest, 0) * 80]
    )


def repositories(folder: Path) -> dict[str, Path]:
    """The repositories in which the edits are made, by their names; each with the README.md that is edited."""
    made = {}
    for name, files in {
        "card of 40 lines": {"README.md": card(40), "config.json": "{}", "model.safetensors": "x"},
        "card of 400 lines, 30 kB": {"README.md": card(400), "config.json": "{}", "model.safetensors": "x"},
        "Space of 50 files": {
            "README.md": SPACE,
            "Dockerfile": DOCKERFILE,
            "app.py": APP,
            "requirements.txt": "fastapi\nuvicorn\nrequests==2.0.0\n",
            **{f"pkg/module_{number}.py": MODULE * 5 for number in range(46)},
        },
    }.items():
        made[name] = folder / name.replace(" ", "-").replace(",", "")
        for path, text in files.items():
            (made[name] / path).parent.mkdir(parents=True, exist_ok=True)
            (made[name] / path).write_text(text, "utf-8")
    return made


def ran(process: int) -> float:
    """Milliseconds that the threads of a process ran so far."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in threads) / 1e6


def memory(process: int) -> float:
    """MiB that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def nothing() -> float:
    """Milliseconds of processor time of `python -c pass`."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(10):
        subprocess.run([sys.executable, "-I", "-c", "pass"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 100


def edits(client: Client, folder: Path, count: int, name: str = "README.md") -> tuple[float, int]:
    """The median of milliseconds that an edit takes, and how many findings there are in the end."""
    text = (folder / name).read_text("utf-8")
    uri = client.open(folder / name)
    client.diagnostics(uri)
    times = []
    for number in range(count):
        before = ran(client.process.pid)
        client.change(uri, f"{text}{'#' * (number % 7 + 1)}\n")
        client.diagnostics(uri)
        times.append(ran(client.process.pid) - before)
    found = len(client.diagnostics(uri))
    client.close(uri)
    client.published.clear()
    return statistics.median(times), found


def started(folder: Path) -> tuple[float, float]:
    """Seconds from the start of the process to the first diagnostics, and milliseconds of processor time."""
    begin = time.perf_counter()
    with Client(folder) as client:
        client.diagnostics(client.open("README.md"))
        took = time.perf_counter() - begin
        return took, ran(client.process.pid)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument(
        "--memory", type=int, default=0, metavar="EDITS", help="see how memory grows over so many edits"
    )
    parser.add_argument("--wait-for-debounce", action="store_true", help="as an editor's user has it, slower")
    given = parser.parse_args()
    options = None if given.wait_for_debounce else {"debounce": 0}
    with tempfile.TemporaryDirectory() as temporary:
        places = repositories(Path(temporary).resolve())
        idle = nothing()
        print(f"python -c pass: {idle:.1f} ms of processor time")
        runs = [started(places["card of 40 lines"]) for _ in range(5)]
        took, spent = (statistics.median(each) for each in zip(*runs, strict=True))
        print(f"start to first diagnostics: {took:.2f} s, {spent:.0f} ms of processor time, {spent / idle:.1f}x pass")
        with Client(Path(temporary).resolve(), options=options) as client:
            app = "app.py of a Space of 50 files"
            for name, folder in {**places, app: places["Space of 50 files"]}.items():
                file = "app.py" if name == app else "README.md"
                edits(client, folder, 10, file)
                took, found = edits(client, folder, given.edits, file)
                even = took * _NOMINAL / idle
                shown = (
                    f"{took:.1f} ms, {took / idle:.2f}x pass; where pass is 10 ms: {even:.1f} ms, goal {GOALS[name]}"
                )
                print(f"edit of a {name} ({found} findings): {shown}")
            if given.memory:
                folder = places["Space of 50 files"]
                edits(client, folder, 200)
                before = memory(client.process.pid)
                edits(client, folder, given.memory // 2)
                between = memory(client.process.pid)
                edits(client, folder, given.memory - given.memory // 2)
                after = memory(client.process.pid)
                print(
                    f"memory: {before:.1f} MiB, after half of {given.memory} edits {between:.1f}, after all {after:.1f}"
                )


if __name__ == "__main__":
    main()
