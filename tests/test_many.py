"""Many repositories in one run: shared by processes, with the same result whatever their number."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audits import interruptible
from hublint.engine.discovery import Options, find
from hublint.engine.many import WholeNeeded, many
from hublint.engine.survey import MANY
from hublint.engine.workers import cores, run
from hublint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

HUBLINT = [sys.executable, "-P", "-m", "hublint"]
CARDS = (
    "---\nlicense: mit\n---\n# One\n",
    "---\nlicence: mit\n---\n# Two\n",
    "---\nsdk: gradio\n---\n",
    "---\nlanguage: [en\n---\n",
    "# A README that says nothing\n",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which there is a bit of everything, more than enough of it."""
    for number in range(MANY + 30):
        place = tmp_path / ("models" if number % 3 else "data sets") / f"r{number}"
        place.mkdir(parents=True)
        (place / "README.md").write_text(CARDS[number % len(CARDS)])
    (tmp_path / "models" / "r-1").mkdir()
    (tmp_path / "models" / "r-1" / "README.md").write_text(CARDS[1])
    (tmp_path / "models" / "r1" / "inner").mkdir()
    (tmp_path / "models" / "r1" / "inner" / "README.md").write_text(CARDS[1])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hublint(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*HUBLINT, *arguments], capture_output=True, text=True, check=False, timeout=300, **more)


def outcomes(path: str, jobs: int, options: Options) -> tuple[list[Any], Any]:
    shared = many([path], options, jobs)
    assert shared is not None
    return list(shared.judged()), shared.found()


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_parts_of_a_run_give_what_the_whole_gives(folder: Path, jobs: int) -> None:
    (folder / "models" / "r4" / "hublint.toml").write_text('ignore = ["MC001"]\n')
    (folder / "models" / "r5" / "hublint.toml").write_text("ignore = 1\n")
    (folder / "models" / "r7" / "hublint.toml").write_text('exclude = ["nothing/**"]\n')
    (folder / "hublint.toml").write_text('exclude = ["models/r8"]\nper-file-ignores = {"gone.md" = ["FM"]}\n')
    options = Options()
    whole = find(["."], options)
    shared, found = outcomes(".", jobs, options)
    assert [each.folder for each in shared] == [project.folder for project in whole.projects]
    assert [each.checked.result for each in shared] == [project.check() for project in whole.projects]
    assert found == whole._replace(projects=[])
    assert len(found.problems) == 1
    assert len(found.notes) == 2
    assert found.left


@pytest.mark.parametrize("format", ["text", "concise", "json", "jsonl", "sarif"])
def test_the_number_of_processes_changes_nothing(folder: Path, format: str) -> None:
    runs = [hublint("check", "--isolated", "--output-format", format, "-j", jobs) for jobs in ("1", "2", "5")]
    assert runs[0].returncode == 1
    assert runs[0].stdout
    assert {(each.returncode, each.stdout, each.stderr) for each in runs} == {
        (runs[0].returncode, runs[0].stdout, runs[0].stderr)
    }


def test_named_folders_are_shared_too(folder: Path) -> None:
    named = sorted(str(each.relative_to(folder)) for each in folder.glob("*/*"))
    assert len(named) >= MANY
    shared = many(named, Options(isolated=True), 2)
    assert shared is not None
    whole = find(named, Options(isolated=True))
    assert [each.folder for each in shared.judged()] == [project.folder for project in whole.projects]
    assert shared.found()._replace(notes=()) == whole._replace(projects=[], notes=())


def test_what_lies_in_one_another_or_is_a_file_is_not_shared(folder: Path) -> None:
    named = [str(each) for each in folder.glob("*/*")]
    options = Options(isolated=True)
    assert many([*named, str(folder / "models")], options, 2) is None
    assert many([*named, str(folder / "models" / "r1" / "README.md")], options, 2) is None
    assert many([str(folder / "models" / "r1")], options, 2) is None


def test_a_repository_with_many_folders_is_one(folder: Path) -> None:
    (folder / "README.md").write_text(CARDS[0])
    assert many(["."], Options(isolated=True), 2) is None


def test_a_baseline_is_applied_to_the_whole(folder: Path) -> None:
    assert hublint("check", ".").returncode == 1
    assert hublint("baseline", ".").returncode == 0
    (folder / "hublint.toml").write_text('baseline = ".hublint-baseline.jsonl"\n')
    after = hublint("check", ".", "--output-format", "jsonl")
    assert [json.loads(line)["type"] for line in after.stdout.splitlines()].count("finding") == 0
    assert after.returncode == 0
    options = Options()
    shared = many(["."], options, 2)
    assert shared is not None
    with pytest.raises(WholeNeeded):
        list(shared.judged())


def test_a_repository_is_told_once_where_a_later_one_needs_the_whole(folder: Path) -> None:
    last = folder / "models" / "r98"
    (last / "hublint.toml").write_text('baseline = "known.jsonl"\n')
    (last / "known.jsonl").write_text("")
    out = hublint("check", ".", "--output-format", "jsonl", "-j", "2")
    told = [json.loads(line)["path"] for line in out.stdout.splitlines() if json.loads(line)["type"] == "repository"]
    assert len(told) == len(set(told)) > MANY * 3 // 5


def square(number: int) -> int:
    return number * number


def dies(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fails(number: int) -> int:
    if number == 7:
        raise UsageError("seven")
    return number


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_answers_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(run(square, range(50), jobs)) == [number * number for number in range(50)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_a_few_ahead_only(jobs: int) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    answers = run(square, items(), jobs)
    next(answers)
    assert len(taken) <= 10
    answers.close()  # type: ignore[attr-defined]


def test_a_process_that_is_killed_is_told_in_a_sentence() -> None:
    with pytest.raises(UsageError, match="a worker process was killed"):
        list(run(dies, range(50), 2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_process_raises_arrives(jobs: int) -> None:
    with pytest.raises(UsageError, match="seven"):
        list(run(fails, range(50), jobs))


def test_there_is_a_processor() -> None:
    assert cores() >= 1


def test_an_interrupt_ends_all_processes_without_a_word(tmp_path: Path) -> None:
    card = "---\nlicense: mit\n---\n" + "A line with [a link](x.md) and `code`.\n\n" * 2_000
    for number in range(4 * MANY):
        (tmp_path / f"r{number}").mkdir()
        (tmp_path / f"r{number}" / "README.md").write_text(card)
    process = subprocess.Popen(
        [*HUBLINT, "check", "--isolated", "-j", "2", "--output-format", "jsonl", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=interruptible,
    )
    assert process.stdout is not None
    process.stdout.readline()
    children = _children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=120)
    assert process.returncode == 130
    assert complaint.strip() == "", "but for the blank line that ends the terminal's ^C"
    assert children
    deadline = time.monotonic() + 60
    while any(map(_lives, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_lives, children))


def test_where_the_first_process_is_killed_the_others_end(tmp_path: Path) -> None:
    program = (
        "import time; from hublint.engine.workers import run\n"
        "for each in run(time.sleep, [0, 0, 99, 99], 2): print(each, flush=True)"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    children = _children(process.pid)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 30
    while any(map(_lives, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(children) == 2
    assert not any(map(_lives, children)), "nobody else would end them"


def _children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(each) for each in listed.stdout.split()]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
