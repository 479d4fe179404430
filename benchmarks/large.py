"""How the time of one check grows with its input: each case at a size and at 8 times that; linear time is about 8.

Each case is a kind of input that once took more. All rules are on; the exit code is 1 where a ratio is above 10 and the
larger run took more than a second.
"""

from __future__ import annotations

import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

import large_inputs as inputs

from hublint.cli.outputs import FORMATS
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.discovery import Options, find
from hublint.engine.path_patterns import matches
from hublint.engine.report import Checked, Report
from hublint.reporters import text
from hublint.reporters.door import passed
from hublint.reporters.style import Style
from hublint.repository.repository import Repository

TIMES = 8
ROUNDS = 3
LONGEST = 60.0  # seconds of processor time of one run
LINEAR = 10.0
_CARD = "---\ntitle: Big\nsdk: docker\n---\n"


class Case(NamedTuple):
    """What is measured at `size` and at `TIMES * size`: seconds of processor time."""

    name: str
    seconds: Callable[[int], float]
    size: int


def of(make: Callable[[int], Repository]) -> Callable[[int], float]:
    """The time of a check with all rules, and of its report."""
    settings = Settings.of(Config(select=("ALL",)))

    def seconds(size: int) -> float:
        repository = make(size)
        begun = time.process_time()
        result = check(repository, settings)
        assert not result.crashes, result.crashes
        text.render(Report([Checked("", repository.kind, "", "", result)]), Style())
        return time.process_time() - begun

    return seconds


def nested_folders(size: int) -> float:
    """Discovery down `size` folders, one in the other.

    The kernel goes down a path from its beginning each time, so the time is quadratic; the longest path that it takes,
    4,096 bytes on Linux, bounds it.
    """
    with tempfile.TemporaryDirectory() as root:
        place = os.open(root, os.O_RDONLY)
        for _ in range(size):
            os.mkdir("d", dir_fd=place)
            inner = os.open("d", os.O_RDONLY, dir_fd=place)
            os.close(place)
            place = inner
        os.close(place)
        begun = time.process_time()
        find([root], Options())
        spent = time.process_time() - begun
        _remove(root, size)
    return spent


def _remove(root: str, depth: int) -> None:
    """Take nested folders away from below: their paths are too long for a recursion."""
    places = [os.open(root, os.O_RDONLY)]
    for _ in range(min(depth, 800)):
        places.append(os.open("d", os.O_RDONLY, dir_fd=places[-1]))
    for place in reversed(places[:-1]):
        os.rmdir("d", dir_fd=place)
    for place in places:
        os.close(place)


def stars(size: int) -> float:
    """`size` stars of an `exclude` pattern against a name of 60 letters."""
    begun = time.process_time()
    for _ in range(50):
        matches("*a" * size + "X", "a" * 60)
    return time.process_time() - begun


def index(size: int) -> float:
    """A git index whose numbers never end."""
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "README.md").write_text(_CARD, "utf-8")
        (Path(root) / ".git" / "info").mkdir(parents=True)
        (Path(root) / ".git" / "info" / "sparse-checkout").write_text("*", "utf-8")
        (Path(root) / ".git" / "index").write_bytes(b"DIRC\0\0\0\4\xff\xff\xff\xff" + b"\x80" * size)
        begun = time.process_time()
        for project in find([root], Options()).projects:
            project.check()
        return time.process_time() - begun


def written(format: str) -> Callable[[int], float]:
    """The time of a report of `size` findings in 50 repositories."""
    render = import_module(f"hublint.reporters.{format}").render

    def seconds(size: int) -> float:
        report = inputs.report(size)
        begun = time.process_time()
        passed(render(report, Style()), format)
        return time.process_time() - begun

    return seconds


CASES = (
    *(Case(f"findings as {format}", written(format), 3_125) for format in FORMATS),
    Case("results of a model-index", of(inputs.mteb), 50),
    Case("findings", of(inputs.faulty), 500),
    Case("files of a dataset", of(inputs.files), 4_000),
    Case("files of a Space", of(inputs.space), 4_000),
    Case("comments in Python", of(inputs.python_comments), 500),
    Case("comments in front matter", of(inputs.card_comments), 200),
    Case("comments in a Dockerfile", of(inputs.docker_comments), 200),
    Case("comments in requirements.txt", of(inputs.requirements_comments), 300),
    Case("configs that match 300 files", of(inputs.configs), 100),
    Case("dataset_info and data_files", of(inputs.missing_data), 200),
    Case(".gitignore lines x files", of(inputs.ignore_lines), 150),
    Case(".gitattributes lines x files", of(inputs.attribute_lines), 150),
    Case(".dockerignore lines x COPY", of(inputs.docker_ignore_lines), 100),
    Case(".gitignore in each folder", of(inputs.ignore_files), 200),
    Case("stages of a Dockerfile", of(inputs.stages), 100),
    Case("lines of .env", of(inputs.env_lines), 400),
    Case("secrets in a Python file", of(inputs.python_secrets), 200),
    Case("models of app and card", of(inputs.models), 200),
    Case("columns of a Markdown table", of(inputs.columns), 500),
    Case("misspelt keys", of(inputs.slips), 200),
    Case("anchors", of(inputs.anchors), 300),
    Case("ENV and A=$A$A", of(inputs.variables), 50),
    Case("stars of an exclude", stars, 10),
    Case("nested folders", nested_folders, 100),
    Case("bytes of a git index", index, 20_000),
    Case("[ in YAML", of(inputs.brackets("README.md", "---\nsdk: docker\nx: ", "[")), 12_500),
    Case("{a: in YAML", of(inputs.brackets("README.md", "---\nsdk: docker\nx: ", "{a: ")), 12_500),
    Case("[ in Markdown", of(inputs.brackets("README.md", f"{_CARD}# x\n", "[")), 12_500),
    Case("> in Markdown", of(inputs.brackets("README.md", f"{_CARD}# x\n", ">")), 12_500),
    Case("template text in a line", of(inputs.brackets("README.md", _CARD, "[More Information Needed] ")), 900),
    Case("calls in a line", of(inputs.model("", 'AutoModel.from_pretrained("other/model"); ')), 550),
    Case("[ in CMD", of(inputs.brackets("Dockerfile", "FROM python:3.12\nCMD ", "[")), 12_500),
    Case("( in shell", of(inputs.brackets("start.sh", "", "(")), 12_500),
    Case("$( in shell", of(inputs.brackets("start.sh", "echo ", "$(")), 12_500),
    Case("( in Python", of(inputs.brackets("app.py", "x = ", "(")), 12_500),
    Case("[ in JSON", of(inputs.brackets("config.json", "", "[")), 12_500),
    Case("[ in TOML", of(inputs.brackets("pyproject.toml", "x = ", "[")), 12_500),
)


class _TooLong(BaseException):
    """No rule can catch it."""


def measured(case: Case, size: int) -> float:
    """The median of some runs; infinite where one takes too long."""

    def stop(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, stop)
    runs: list[float] = []
    try:
        while len(runs) < ROUNDS and sum(runs) < LONGEST / 10:
            signal.setitimer(signal.ITIMER_PROF, LONGEST)
            runs.append(case.seconds(size))
    except _TooLong:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return statistics.median(runs)


def main(words: list[str]) -> int:
    """Print each case, or those whose name holds one of the words."""
    chosen = [case for case in CASES if not words or any(word in case.name for word in words)]
    measured(CASES[0], 1)  # modules are imported and patterns compiled
    slow = False
    print(f"{'case':30} {'n':>7} {'n':>8} {f'{TIMES}n':>8}  ratio")
    for case in chosen:
        measured(case, 1)
        small, large = measured(case, case.size), measured(case, TIMES * case.size)
        ratio = large / max(small, 1e-4)
        bad = ratio > LINEAR and large > 1
        slow |= bad
        told = "  more than linear" if bad else ""
        print(f"{case.name:30} {case.size:7} {small:6.3f} s {large:6.3f} s  {ratio:5.1f}{told}")
        sys.stdout.flush()
    return int(slow)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
