"""Some inputs of benchmarks/fuzz.py; HUBLINT_TEST_SEED repeats a run, and `--only K` one input of it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import fuzz
from fuzzing import judging
from fuzzing.changing import Input, Token
from fuzzing.inputs import make
from fuzzing.newly import new_findings
from fuzzing.promises import _file
from fuzzing.recording import Pass
from fuzzing.seeds import Seeds

from hublint.documents.edits import Edit
from hublint.documents.source import Span
from hublint.documents.yaml import places
from hublint.engine.check import Settings
from hublint.engine.config import Config
from hublint.engine.findings import Result
from hublint.engine.fixing import Fixed
from hublint.engine.project import Project
from hublint.engine.reported import Place, Reported
from repositories import make as make_repository
from tokens import with_tokens

COUNT = 120
CARD = b"---\nsdk: gradio\ncolorFrom: Red\n---\n"


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return Seeds()


def test_nothing_fails_on_broken_inputs(seeds: Seeds) -> None:
    seed = int(os.environ.get("HUBLINT_TEST_SEED", "1" if os.environ.get("CI") else str(time.time_ns() % 10**6)))
    print(f"HUBLINT_TEST_SEED={seed}")
    tally = fuzz.fuzz(seeds, seed, count=COUNT)
    assert tally.line() == f"fuzz: {COUNT} inputs, 0 crashes, 0 hangs, 0 promise violations, 0 leaks"


def test_an_input_has_a_number(seeds: Seeds) -> None:
    inputs = [make(seeds, 7, number) for number in range(40)]
    assert inputs == [make(seeds, 7, number) for number in reversed(range(40))][::-1]
    assert inputs != [make(seeds, 8, number) for number in range(40)]


def kinds(one: Input) -> set[str]:
    return {failure.kind for failure in judging.judge(one)}


def test_it_sees_a_rule_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise KeyError("tags[1]")

    monkeypatch.setattr(places, "find", fail)
    assert "crash" in kinds(Input(0, "by hand", "model", {"README.md": b"---\ntags: [x, x]\n---\n"}, {}))


def test_it_sees_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: Any) -> Any:
        while True:
            pass

    monkeypatch.setattr(judging, "SECONDS", 0.2)
    monkeypatch.setattr(places, "find", hang)
    assert kinds(Input(0, "by hand", "model", {"README.md": b"---\ntags: [x, x]\n---\n"}, {})) == {"hang"}


def test_it_sees_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    token = with_tokens("hf_[34 letters]")
    planted = Input(0, "by hand", "model", {"README.md": f"---\nlicense: {token}\n---\n".encode()}, {})
    planted = planted._replace(tokens=(Token("hf-user", token),))
    assert "leak" not in kinds(planted)
    monkeypatch.setattr(judging, "emit", lambda text, stream, name="": stream.write(f"{text}{token}"))
    assert "leak" in kinds(planted)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("COHERE_API_KEY={}", True),
        ("export COHERE_API_KEY={}  # why", True),
        ("COHERE_API_KE={}", False),
        ("MYCOHERE_API_KEY={}", False),
        ("COHERE_API_KEY={}0", False),
    ],
)
def test_a_credential_counts_where_its_name_tells_it(monkeypatch: pytest.MonkeyPatch, line: str, told: bool) -> None:
    token = with_tokens("[40 characters of a key]").replace("/", "a").replace("+", "a")
    given = Input(0, "by hand", "model", {".env": f"{line.format(token)}\n".encode()}, {})
    given = given._replace(tokens=(Token("cohere", token, f"COHERE_API_KEY={token}"),))
    assert "leak" not in kinds(given)
    monkeypatch.setattr(judging, "emit", lambda text, stream, name="": stream.write(f"{text}{token}"))
    assert ("leak" in kinds(given)) is told


MISSPELT = "---\nsdk: docker\nappport: 80\nlicense: mit\n---\ntext\n"
NAMED = MISSPELT.replace("appport", "app_port")
UNREAD = "---\ntitle: a: b\nlicense: mit\nemoji: x\n---\n"
READ = UNREAD.replace("a: b", "'a: b'")
LATE = "---\nlicense: mit\n# Text\n\n# More\n---\nmore\n"
ENDED = LATE.replace("mit\n", "mit\n---\n")
LISTS = "---\ntags: [1, a]\ndatasets:\n- a\n---\n"


@pytest.mark.parametrize(
    ("before", "after", "place", "told"),
    [
        pytest.param(MISSPELT, NAMED, ("README.md", 3, "app_port"), False, id="a key with its right name"),
        pytest.param(MISSPELT, NAMED, ("Dockerfile", 1, ""), False, id="what it decides elsewhere"),
        pytest.param(MISSPELT, NAMED, ("README.md", 5, "license"), True, id="another key"),
        pytest.param(MISSPELT, NAMED, ("README.md", 1, ""), True, id="the whole card"),
        pytest.param(LISTS, LISTS.replace("tags", "title: b\ntags"), ("app.py", 1, ""), True, id="a name for people"),
        pytest.param(MISSPELT, MISSPELT.replace("mit", ""), ("app.py", 1, ""), True, id="a value that is gone"),
        pytest.param(UNREAD, READ, ("README.md", 1, "title"), False, id="a key unread before"),
        pytest.param(UNREAD, READ, ("README.md", 4, "emoji"), True, id="one read before"),
        pytest.param(LATE, ENDED, ("README.md", 6, ""), False, id="text below the block"),
        pytest.param(LATE, ENDED, ("README.md", 2, "license"), True, id="the block above"),
        pytest.param(LISTS, LISTS.replace("1", "'1'"), ("README.md", 5, "tags[1]"), False, id="an item beside"),
        pytest.param(LISTS, LISTS.replace("1", "'1'"), ("README.md", 5, "datasets[0]"), True, id="another list"),
    ],
)
def test_it_sees_findings_that_a_fix_brings(before: str, after: str, place: tuple[str, int, str], told: bool) -> None:
    path, line, route = place
    files = {"README.md": after.encode()}
    project = Project(
        "", make_repository("space", {"README.md": before, "app.py": "", "Dockerfile": ""}), Settings.of(Config())
    )
    edits = {"README.md": [Edit("README.md", Span(10, 11), "'1'", "tags[0]")]} if before == LISTS else {}
    passes = [Pass(project.repository, edits, frozenset(), files)]
    found = Reported("XX001", "x", "error", "wrong", Place(path, line, 1, line, 2), route)
    assert bool([*new_findings(project, Fixed(files, Result()), passes, Result(), Result((found,)))]) is told


def test_it_sees_a_key_that_a_fix_takes_away() -> None:
    project = Project("", make_repository("space", {"README.md": MISSPELT}), Settings.of(Config()))
    files = {"README.md": MISSPELT.replace("license: mit\n", "").encode()}
    found = Reported("SP029", "no-license", "warning", "the Space has no `license`", Place("README.md", 1, 1, 1, 4))
    assert [*new_findings(project, Fixed(files, Result()), [], Result(), Result((found,)))]


@pytest.mark.parametrize(
    ("edit", "promise"),
    [
        (Edit("README.md", Span(0, 3), "-"), "metadata"),
        (Edit("README.md", Span(16, 27), "colorTo: x", "colorFrom"), ""),
    ],
)
def test_it_sees_what_a_fix_breaks(monkeypatch: pytest.MonkeyPatch, edit: Edit, promise: str) -> None:
    from hublint.documents.edits import apply_edits
    from hublint.repository.repository import Repository
    from hublint.repository.tree import MemoryTree

    repository = Repository(MemoryTree({"README.md": CARD}), "space")
    data = apply_edits(CARD.decode(), [edit]).encode()
    each = Pass(repository, {"README.md": [edit]}, frozenset(), {"README.md": data})
    told = list(_file(each, "README.md", data))
    assert any(promise in line for line in told) if promise else not told
    spoilt = data.replace(b"gradio", b"static")
    assert {line.partition(":")[0] for line in _file(each, "README.md", spoilt)} >= {"bytes"}


@pytest.mark.parametrize(("left", "told"), [("", True), ("\n", False), ("a: b\n", False), ("---\n---\n", False)])
def test_it_sees_where_the_block_ends(left: str, told: bool) -> None:
    before = "---\n# hublint: ignore[SE]\n---\n# Text\n\na b\n---\n"
    start, end = before.index("#"), before.index("---", 4)
    data = f"{before[:start]}{left}{before[end:]}".encode()
    repository = make_repository("model", {"README.md": before})
    each = Pass(
        repository, {"README.md": [Edit("README.md", Span(start, end), left)]}, frozenset(), {"README.md": data}
    )
    lines = list(_file(each, "README.md", data))
    assert any(line.startswith("block") for line in lines) is told


def test_it_sees_a_credential_that_a_fix_spoils(monkeypatch: pytest.MonkeyPatch) -> None:
    from hublint.engine import fixing

    token = with_tokens("gsk_[52 characters]")
    card = f"---\nconfigs:\n- config_name: a\n  data_files:\n  - split: {token} test\n    path: a.csv\n---\n"
    planted = Input(0, "by hand", "dataset", {"README.md": card.encode(), "a.csv": b"a,b\n1,2\n"}, {}, unsafe=False)
    planted = planted._replace(tokens=(Token("groq", token),))
    assert "violation" not in kinds(planted)
    monkeypatch.setattr(fixing, "_spoils_credential", lambda *_: False)
    assert any(failure.what.startswith("credential") for failure in judging.judge(planted))
