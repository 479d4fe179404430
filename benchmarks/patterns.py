"""Every regular expression against texts made to slow it down, and what is slow then through the linter itself.

A pattern that is more than linear under `finditer` may well be used at one place only, or on a short text: each such
text is put into every kind of file and checked with all rules, at a size and at 8 times that. The exit code is 1 where
a check takes more than linear time.
"""

from __future__ import annotations

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

SMALL, TIMES = 1_000, 8
LONGEST = 3.0  # seconds of one search
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
    "config.json": ("config.json", '{{"architectures": ["{}"]}}'),
    "server.js": ("server.js", "app.listen({})\n"),
    "packages.txt": ("packages.txt", "{}\n"),
    "index.html": ("index.html", "<script src='{}'></script>{}"),
    "supervisord.conf": ("supervisord.conf", "[program:{}]\ncommand={}\n"),
    "a workflow": (".github/workflows/a.yml", "on: push\njobs:\n  a:\n    steps:\n    - run: {}\n"),
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
    for kind in KINDS:
        found[kind.pattern] = re.compile(kind.pattern)
        names[id(found[kind.pattern])] = f"hublint.secrets.tokens {kind.id}"
    return {names[id(pattern)]: pattern for pattern in found.values()}


names: dict[int, str] = {}


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
    times = []
    for size in (SMALL, TIMES * SMALL):
        text = before + unit * (size // len(unit)) + "\x01"
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            use(text)
        except TimeoutError:
            return float("inf")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        times.append(time.process_time() - begun)
    return times[1] / max(times[0], 2e-5) if times[1] > 0.01 else 1.0


def slow_texts(chosen: Iterable[tuple[str, re.Pattern[str]]]) -> dict[tuple[str, str], str]:
    """The attacks that make `finditer` of some pattern take more than linear time, with the pattern's name."""
    found: dict[tuple[str, str], str] = {}
    for name, pattern in chosen:
        worst = 0.0
        for before, unit in attacks(pattern):
            ratio = growth(lambda text, use=pattern: list(use.finditer(text)), before, unit)  # type: ignore[misc]
            if ratio > 3 * TIMES and ratio > worst:
                worst = ratio
                found.setdefault((before, unit), name)
        if worst:
            print(f"{name}: finditer grows {worst:.0f} times", flush=True)
    return found


def through_the_linter(before: str, unit: str) -> Iterator[tuple[str, float, float]]:
    """Where a text makes a check take more than linear time: the place and both times."""
    settings = Settings.of(Config(select=("ALL",)))
    for place, (path, form) in PLACES.items():
        times = []
        for size in (4 * SMALL, 4 * TIMES * SMALL):
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
    return memory("model" if path == "config.json" else "space", {**files, path: form.replace("{}", text)})


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
