"""How the time of one check grows: each case at a tenth of its size and whole; linear time is a ratio of about 10.

Cases: a model card with 5,600 lines of MTEB results, a card with 2,000 findings, a dataset of 35,000 files, a Space of
35,000 files with code.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.report import Checked, Report
from hublint.reporters import text
from hublint.reporters.style import Style
from hublint.repository.repository import Repository
from hublint.repository.tree import ListedTree, MemoryTree
from hublint_schemas import Kind

ROUNDS = 3


def mteb(size: int) -> Repository:
    """`size` results of a model-index, 14 lines each."""
    result = (
        "  - task:\n      type: Retrieval\n    dataset:\n      type: mteb/arguana\n      name: MTEB ArguAna %d\n"
        "      config: default\n      split: test\n      revision: c22ab2a51041ffd869aaddef7af8d8215647e41a\n"
        "    metrics:\n    - type: map_at_1\n      value: 35.%d\n    - type: map_at_10\n      value: 51.%d\n"
        "      name: map 10\n"
    )
    results = "".join(result % (number, number, number) for number in range(size))
    card = f"---\nlicense: mit\nlanguage: en\nmodel-index:\n- name: big\n  results:\n{results}---\n# Big\n\nText.\n"
    return memory("model", {"README.md": card})


def faulty(size: int) -> Repository:
    """A dataset card with `size` tasks that do not exist."""
    tasks = "".join(f"- no-such-task-{number}\n" for number in range(size))
    return memory("dataset", {"README.md": f"---\nlicense: mit\ntask_categories:\n{tasks}---\n# Faulty\n\nText.\n"})


def files(size: int) -> Repository:
    """A dataset of `size` images in folders, and patterns over them."""
    card = (
        "---\nlicense: mit\nconfigs:\n- config_name: a\n  data_files:\n  - split: train\n    path: train/**\n"
        "  - split: test\n    path: 'test/*/[0-9]*.png'\n---\n# Files\n\n![one](train/1/1.png)\n"
    )
    names = {f"{'train' if number % 10 else 'test'}/{number % 97}/{number}.png": 1000 for number in range(size)}
    return Repository(ListedTree(names, MemoryTree({"README.md": card.encode()})), "dataset")


def space(size: int) -> Repository:
    """A Docker Space with `size` files, a tenth of them Python."""
    code = {f"lib/m{number}.py": "import os\nTOKEN = os.environ['HF_TOKEN']\n" for number in range(size // 10)}
    names = {f"assets/{number % 89}/file {number} [x].bin": 1000 for number in range(size)}
    files = {
        "README.md": "---\ntitle: Big\nemoji: 🗣️\nsdk: docker\n---\n# Big\n\nText.\n",
        "Dockerfile": 'FROM python:3.12\nCOPY . .\nCMD ["uvicorn", "lib.m0:app", "--host=0.0.0.0", "--port=7860"]\n',
        **code,
    }
    return Repository(ListedTree(names, MemoryTree({path: text.encode() for path, text in files.items()})), "space")


def memory(kind: Kind, files: dict[str, str]) -> Repository:
    """A repository in memory."""
    return Repository(MemoryTree({path: text.encode() for path, text in files.items()}), kind)


def seconds(make: Callable[[int], Repository], size: int) -> tuple[float, int, int]:
    """Median processor time of a check with its text report, the number of findings, and of lines shown."""
    settings = Settings.of(Config())
    times = []
    for _ in range(ROUNDS):
        repository = make(size)
        begun = time.process_time()
        result = check(repository, settings)
        shown = text.render(Report([Checked("", repository.kind, "", "", result)]), Style())
        times.append(time.process_time() - begun)
    return statistics.median(times), len(result.findings), shown.count("\n")


def main() -> None:
    """Print each case."""
    cases = {
        "model card, 5,600 lines": (mteb, 400),
        "2,000 findings": (faulty, 2_000),
        "dataset, 35,000 files": (files, 35_000),
        "Space, 35,000 files": (space, 35_000),
    }
    seconds(mteb, 1)
    for name, (make, size) in cases.items():
        small, _, _ = seconds(make, size // 10)
        whole, found, lines = seconds(make, size)
        print(f"{name:24} {whole:6.2f} s, {whole / small:5.1f} x a tenth; {found} findings, {lines} lines of report")


if __name__ == "__main__":
    main()
