"""What many repositories cost, beside tools that look at a part of what hublint looks at.

    python benchmarks/audit.py [REPOSITORIES] [ROUNDS]

The repositories are made up (made_repositories.py), 10,000 if nothing is said. check-jsonschema and yamllint read
their metadata alone, which lies in files of its own for them; detect-secrets reads all files of a tenth. Every tool
runs in turn, in each round; the ratios are medians of the rounds. Then the cards as a dump, where nothing has changed
since the last run, and how time and memory grow from a quarter to the whole. Targets with two processors: 1,000 cards
a second, ten times check-jsonschema, at most 80 MiB a process, and memory that does not grow.
The tools are in startup.py's environment.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from made_repositories import repositories, write
from startup import BIN, ROOT, install

REPOSITORIES = 10_000
_AUDIT = ("audit", "--isolated", "--fail-on", "never", "--output")
_AT_ONCE = 500  # files that a tool is given by name
_TARGET = 10  # times check-jsonschema


class Cost(NamedTuple):
    """Seconds by the clock, and the largest of the processes in MiB."""

    seconds: float
    memory: float


def cost(*commands: list[str], cache: str = os.devnull, within: Path | None = None) -> Cost:
    """Run commands one after the other, within a folder; what they find does not matter."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    unit = 2**20 if sys.platform == "darwin" else 2**10
    start = time.perf_counter()
    peaks = [
        int(
            subprocess.run(
                [sys.executable, "-c", code, *command],
                capture_output=True, text=True, check=True, cwd=within, env={**os.environ, "XDG_CACHE_HOME": cache},
            ).stdout
        )
        for command in commands
    ]  # fmt: skip
    return Cost(time.perf_counter() - start, max(peaks) / unit)


def _hublint(folder: Path, *arguments: str) -> list[str]:
    return [str(BIN / "hublint"), *_AUDIT, str(folder / "audit.jsonl"), *arguments]


def _tools(folder: Path) -> dict[str, list[list[str]]]:
    """The commands of each tool."""
    schemas, lint, check = ROOT / "schemas" / "hublint_schemas", [], []
    for place in sorted((folder / "metadata").iterdir()):
        files = [str(path) for path in sorted(place.iterdir())]
        for start in range(0, len(files), _AT_ONCE):
            some = files[start : start + _AT_ONCE]
            check.append([str(BIN / "check-jsonschema"), "--schemafile", str(schemas / f"{place.name}.json"), *some])
            lint.append([str(BIN / "yamllint"), *some])
    whole = str(folder / "repositories")
    return {
        "hublint": [_hublint(folder, whole)],
        "check-jsonschema": check,
        "yamllint": lint,
        "detect-secrets": [[str(BIN / "detect-secrets"), "scan", "--all-files", "tenth"]],
    }


def _told(name: str, count: int, took: Cost) -> None:
    print(f"{name:32} {count / took.seconds:7,.0f} a second, largest process {took.memory:5,.0f} MiB", flush=True)


def _tenth(folder: Path) -> int:
    """Copies of one repository in ten, and how many those are."""
    whole = sorted((folder / "repositories").glob("*/*"))[::10]
    for place in whole:
        shutil.copytree(place, folder / "tenth" / place.parent.name / place.name)
    return len(whole)


def _compare(folder: Path, count: int, rounds: int) -> None:
    commands = _tools(folder)
    counts = {**dict.fromkeys(commands, count), "detect-secrets": _tenth(folder)}
    taken = [{name: cost(*each, within=folder) for name, each in commands.items()} for _ in range(rounds)]
    for name in commands:
        _told(name, counts[name], sorted(each[name] for each in taken)[rounds // 2])
    for name in list(commands)[1:]:
        ratio = statistics.median(each[name].seconds / each["hublint"].seconds for each in taken) * count / counts[name]
        target = f" (target {_TARGET})" if name == "check-jsonschema" else ""
        print(f"{name} takes {ratio:.1f} times as long{target}")


def _dump(folder: Path, count: int) -> Path:
    path = folder / f"cards-{count}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for each in repositories(count):
            row = {"id": f"org/{each.name}", "kind": each.kind, "card": each.files["README.md"]}
            file.write(f"{json.dumps(row)}\n")
    return path


def _grown(folder: Path, count: int) -> None:
    grown = []
    for part in (4, 2, 1):
        (folder / "audit.jsonl").unlink(missing_ok=True)
        dump = _dump(folder, count // part)
        grown.append(cost(_hublint(folder, "--kind-column", "kind", str(dump))))
        _told(f"hublint, a dump of {count // part:,}", count // part, grown[-1])
    print(
        f"four times as many cards: {grown[-1].seconds / grown[0].seconds:.1f} times the time, "
        f"{grown[-1].memory / grown[0].memory:.2f} times the memory"
    )


def main(arguments: list[str]) -> None:
    """Print what was measured."""
    numbers = [int(each) for each in arguments]
    count, rounds = (*numbers, *(REPOSITORIES, 1)[len(numbers) :])
    install()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write(folder, repositories(count))
        _compare(folder, count, rounds)
        whole, cache = str(folder / "repositories"), str(folder / "cache")
        for name in ("hublint check", "hublint check, unchanged"):
            _told(name, count, cost([str(BIN / "hublint"), "check", "--isolated", "--quiet", whole], cache=cache))
        _grown(folder, count)


if __name__ == "__main__":
    main(sys.argv[1:])
