"""Every regular expression against texts made to slow it down, and what is slow then through the linter itself.

A pattern that is more than linear under `finditer` may well be used at one place only, or on a short text: each such
text is put into every kind of file and checked with all rules, at a size and at 8 times that. The exit code is 1 where
a check takes more than linear time.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from large_inputs import memory

import hublint
import hublint_rules
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.repository.repository import Repository
from hublint.secrets.tokens import KINDS
from hublint_schemas import Kind

SMALL, TIMES = 500, 8
LONGEST = 0.4  # seconds of one search
TRIED = 3  # so many texts that slow a pattern down are put through the linter
UNITS = (
    "a",
    "A",
    "0",
    " ",
    "\t",
    "-",
    "_",
    ".",
    "/",
    "=",
    "\n",
    '"',
    "\\",
    "(",
    "[",
    "{",
    ",",
    ":",
    "#",
    "<",
    "$",
    "*",
)
PLACES: dict[str, tuple[str, str]] = {
    "README.md value": ("README.md", "---\nsdk: docker\ntitle: {}\n---\n# Big\n"),
    "README.md key": ("README.md", "---\nsdk: docker\n{}: x\n---\n# Big\n"),
    "README.md fence": ("README.md", "{}\nsdk: docker\n---\n"),
    "README.md text": ("README.md", "---\nsdk: docker\n---\n{}\n"),
    "README.md code": ("README.md", "---\nsdk: docker\n---\n```python\n{}\n```\n"),
    "Dockerfile": ("Dockerfile", "FROM python:3.12\nRUN {}\nCMD {}\n"),
    "Dockerfile head": ("Dockerfile", "# {}\nFROM {}\n"),
    "start.sh": ("start.sh", "{}\nuvicorn app:app {}\n"),
    "app.py string": ("app.py", "import os\nx = '''{}'''\nos.environ.get('''{}''')\n"),
    "app.py": ("app.py", "# {}\n{}\n"),
    "requirements.txt": ("requirements.txt", "{}\ngradio=={}\n"),
    ".gitignore": (".gitignore", "{}\n"),
    ".gitattributes": (".gitattributes", "{} filter=lfs\n*.x {}\n"),
    ".env": (".env", "API_KEY={}\n{}\n"),
    "config.json": ("config.json", '{"architectures": ["{}"]}'),
    "server.js": ("server.js", "app.listen({})\n"),
    "packages.txt": ("packages.txt", "{}\n"),
    "index.html": ("index.html", "<script src='{}'></script>{}"),
    "supervisord.conf": ("supervisord.conf", "[program:{}]\ncommand={}\n"),
    "train.csv": ("train.csv", "a,b\n{},1\n{},2\n"),
    "train.jsonl": ("train.jsonl", '{"a": "{}"}\n{"a": "x"}\n'),
    "a notebook": (
        "a.ipynb",
        '{"cells": [{"cell_type": "code", "source": ["{}"], "outputs": [{"text": ["{}"]}]}]}',
    ),
    "model_index.json": ("model_index.json", '{"_class_name": "{}", "unet": ["diffusers", "{}"]}'),
    "a workflow": (".github/workflows/a.yml", "on: push\njobs:\n  a:\n    steps:\n    - run: {}\n"),
}


_KINDS: dict[str, Kind] = {
    "config.json": "model",
    "model_index.json": "model",
    "train.csv": "dataset",
    "train.jsonl": "dataset",
}


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern in a module, by module and name."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (hublint, hublint_rules):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if info.name.endswith("__main__"):
                continue
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for number, pattern in enumerate(_within(value)):
                    found.setdefault(f"{pattern.flags} {pattern.pattern}", pattern)
                    names.setdefault(id(found[f"{pattern.flags} {pattern.pattern}"]), f"{info.name} {name} {number}")
    for name, pattern in _in_functions():
        if found.setdefault(f"{pattern.flags} {pattern.pattern}", pattern) is pattern:
            names[id(pattern)] = name
    for kind in KINDS:
        found[kind.pattern] = re.compile(kind.pattern)
        names[id(found[kind.pattern])] = f"hublint.secrets.tokens {kind.id}"
    return {names[id(pattern)]: pattern for pattern in found.values()}


names: dict[int, str] = {}
_USES = ("compile", "match", "fullmatch", "search", "finditer", "findall", "sub", "split", "lazy")


def _in_functions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns that are written where they are used."""
    for package in (hublint, hublint_rules):
        root = Path(package.__path__[0])
        for path in sorted(root.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                    continue
                called, first = ast.unparse(node.func), node.args[0].value
                if called in ("lazy", *(f"re.{use}" for use in _USES)) and isinstance(first, str):
                    yield f"{path.relative_to(root.parent)}:{node.lineno} 0", re.compile(first)


def _within(value: Any) -> Iterator[re.Pattern[str]]:
    if type(value).__name__ == "_Lazy" or isinstance(value, re.Pattern):
        compiled = re.compile(value.pattern, value.flags)
        if isinstance(compiled.pattern, str):
            yield compiled
    elif isinstance(value, dict):
        yield from (each for one in value.values() for each in _within(one))
    elif isinstance(value, (list, tuple)):
        yield from (each for one in value for each in _within(one))


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """A beginning and a piece to repeat behind it, from the literals of a pattern."""
    words = re.findall(
        r"[A-Za-z0-9_]+|[^\w\s\\]", re.sub(r"\\[a-zA-Z]|\(\?\w|\[[^\]]*\]|\{[\d,]*\}", " ", pattern.pattern)
    )
    words = list(dict.fromkeys(word for word in words if word not in "()|?*+[]{}"))[:8]
    for unit in dict.fromkeys((*UNITS, *words)):
        yield "", unit
        for word in words[:4]:
            yield word, unit
            yield "", word + unit


def growth(use: Callable[[str], object], before: str, unit: str) -> float:
    """How many times longer a use takes on 8 times the text; infinite where it takes too long."""
    large = _seconds(use, before + unit * (TIMES * SMALL // len(unit)) + "\x01")
    if large < 0.005:  # a quadratic one takes ten times as long
        return 1.0
    return large / max(_seconds(use, before + unit * (SMALL // len(unit)) + "\x01"), 2e-5)


def _seconds(use: Callable[[str], object], text: str) -> float:
    """The shorter of two runs, infinite where it takes too long."""
    runs = []
    for _ in range(2):
        begun = time.perf_counter()
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            use(text)
        except TimeoutError:
            return float("inf")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        runs.append(time.perf_counter() - begun)
    return min(runs)


def slow_texts(chosen: Iterable[tuple[str, re.Pattern[str]]]) -> dict[tuple[str, str], str]:
    """The attacks that make `finditer` of some pattern take more than linear time, with the pattern's name."""
    found: dict[tuple[str, str], str] = {}
    for name, pattern in chosen:
        worst, slow = 0.0, 0
        for before, unit in attacks(pattern):
            if slow == TRIED:
                break
            ratio = growth(lambda text, use=pattern: list(use.finditer(text)), before, unit)  # type: ignore[misc]
            if ratio > 3 * TIMES:
                worst = max(worst, ratio)
                slow += 1
                found.setdefault((before, unit), name)
        if worst:
            print(f"{name}: finditer grows {worst:.0f} times", flush=True)
    return found


def through_the_linter(before: str, unit: str) -> Iterator[tuple[str, float, float]]:
    """Where a text makes a check take more than linear time: the place and both times."""
    settings = Settings.of(Config(select=("ALL",)))
    for place, (path, form) in PLACES.items():
        times = []
        for size in (8 * SMALL, 8 * TIMES * SMALL):
            repository = _repository(path, form, before + unit * (size // len(unit)))
            begun = time.process_time()
            check(repository, settings)
            times.append(time.process_time() - begun)
        if times[1] > 0.5 and times[1] > 1.5 * TIMES * times[0]:
            yield place, times[0], times[1]


def _repository(path: str, form: str, text: str) -> Repository:
    files = {
        "README.md": "---\nsdk: docker\n---\n# Big\n",
        "Dockerfile": 'FROM python:3.12\nCOPY . .\nCMD ["bash", "start.sh"]\n',
        "start.sh": "supervisord -c supervisord.conf & node server.js\n",
    }
    kind = _KINDS.get(path, "space")
    return memory(kind, {**files, path: form.replace("{}", text)})


def main(words: list[str]) -> int:
    """Print patterns that grow, and the places where that can be felt."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, stop)
    every = patterns()
    chosen = [(name, pattern) for name, pattern in every.items() if not words or any(word in name for word in words)]
    found = slow_texts(chosen)
    slow = 0
    for (before, unit), name in found.items():
        for place, small, large in through_the_linter(before, unit):
            slow += 1
            print(f"{name}: {before!r} and {unit!r}, repeated, in {place}: {small:.2f} s, {large:.2f} s", flush=True)
    print(f"patterns: {len(chosen)} tried, {len(found)} texts that slow one down, {slow} places where a check is slow")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
