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
from fuzzing.inputs import Input, make
from fuzzing.seeds import Seeds

from hublint.documents.edits import Edit
from hublint.documents.source import Span
from hublint.documents.yaml import places
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
    planted = planted._replace(tokens=(("hf-user", token),))
    assert "leak" not in kinds(planted)
    monkeypatch.setattr(judging, "emit", lambda text, stream, name="": stream.write(f"{text}{token}"))
    assert "leak" in kinds(planted)


@pytest.mark.parametrize(
    ("edit", "promise"),
    [
        (Edit("README.md", Span(0, 3), "-"), "metadata"),
        (Edit("README.md", Span(16, 27), "colorTo: x", "colorFrom"), ""),
    ],
)
def test_it_sees_what_a_fix_breaks(monkeypatch: pytest.MonkeyPatch, edit: Edit, promise: str) -> None:
    from fuzzing.promises import Pass, _file

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


def test_it_sees_a_credential_that_a_fix_spoils(monkeypatch: pytest.MonkeyPatch) -> None:
    from hublint.engine import fixing

    token = with_tokens("gsk_[52 characters]")
    card = f"---\nconfigs:\n- config_name: a\n  data_files:\n  - split: {token} test\n    path: a.csv\n---\n"
    planted = Input(0, "by hand", "dataset", {"README.md": card.encode(), "a.csv": b"a,b\n1,2\n"}, {}, unsafe=False)
    planted = planted._replace(tokens=(("groq", token),))
    assert "violation" not in kinds(planted)
    monkeypatch.setattr(fixing, "_spoils_credential", lambda *_: False)
    assert any(failure.what.startswith("credential") for failure in judging.judge(planted))
