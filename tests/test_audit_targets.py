"""What the words of `hublint audit` name, and that whatever happens to a repository, there is a line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from hublint.audit.judging import judge, record_of
from hublint.audit.records import Record, Where
from hublint.audit.targets import Dump, Folder, Ids, OnHub, Owned, Target, target_of
from hublint.engine.check import Settings
from hublint.engine.config import Config
from hublint.engine.findings import Result
from hublint.engine.project import Project
from hublint.engine.reported import Crash
from hublint.errors import UsageError
from hublint_schemas import KINDS
from repositories import make

COMMIT = "0123456789abcdef0123456789abcdef01234567"
WORDS: dict[str, Target] = {
    "org/name": OnHub("model", "org/name"),
    "org/name@v1.0": OnHub("model", "org/name", "v1.0"),
    "model:gpt2": OnHub("model", "gpt2"),
    f"dataset:org/name@{COMMIT}": OnHub("dataset", "org/name", COMMIT),
    "space:org/name@refs/pr/3": OnHub("space", "org/name", "refs/pr/3"),
    "models:org/name": OnHub("model", "org/name"),
    "datasets/org/name": OnHub("dataset", "org/name"),
    "spaces/org/name@main": OnHub("space", "org/name", "main"),
    "org/*": Owned("org", KINDS),
    "org/bert-*": Owned("org", KINDS, "bert-*"),
    "space:org/*": Owned("org", ("space",)),
    "hf://org/name": OnHub("model", "org/name"),
    "hf://models/org/name@v1/config.json": OnHub("model", "org/name", "v1"),
    "hf://datasets/org/name@refs/pr/3/data/a.csv": OnHub("dataset", "org/name", "refs/pr/3"),
    "hf://spaces/org/*": Owned("org", ("space",)),
    "https://huggingface.co/org/name": OnHub("model", "org/name"),
    "https://huggingface.co/org/name/": OnHub("model", "org/name"),
    "https://huggingface.co/org/name?library=x#top": OnHub("model", "org/name"),
    "https://huggingface.co/org/name/discussions/3": OnHub("model", "org/name"),
    "https://huggingface.co/org/name/blob/main/README.md": OnHub("model", "org/name", "main"),
    "https://huggingface.co/gpt2/tree/v1": OnHub("model", "gpt2", "v1"),
    "http://hf.co/datasets/org/name/tree/refs/pr/3/data": OnHub("dataset", "org/name", "refs/pr/3"),
    f"https://huggingface.co/spaces/org/name/commit/{COMMIT}": OnHub("space", "org/name", COMMIT),
    "https://huggingface.co/org": Owned("org", KINDS),
    "-": Ids("-"),
    "there": Folder("there"),
    "org/there": Folder("org/there"),
    "model:org/there": OnHub("model", "org/there"),
    "cards.parquet": Dump("cards.parquet"),
    "cards.JSONL": Dump("cards.JSONL"),
    "ids.txt": Ids("ids.txt"),
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("there", "org/there"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("cards.parquet", "cards.JSONL", "ids.txt"):
        (tmp_path / file).write_text("")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("word", WORDS)
def test_what_a_word_names(word: str) -> None:
    assert target_of(word, None) == WORDS[word]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("gpt2", r"a model of that name on the Hub is `model:gpt2`"),
        ("./missing", "no such file or folder"),
        ("/missing/folder", "no such file or folder"),
        ("a/b/c", "not an id on the Hub"),
        ("org/name@", "behind `@` stands a branch, a tag or a commit"),
        ("org/na me", "not an id on the Hub"),
        ("org/*@v1", r"`\*` stands for names"),
        ("*/name", "not an id on the Hub"),
        ("hf://kernels/org/name", "kernels are not judged"),
        ("hf://buckets/org/name", "buckets are not judged"),
        ("https://example.org/org/name", r"`example\.org` is not the Hub; HF_ENDPOINT says where yours is"),
        ("https://huggingface.co/docs/hub", "that page is not of a repository or its owner"),
        ("https://huggingface.co/", "that page is not of a repository or its owner"),
        ("model:../../etc/passwd", "not an id on the Hub"),
        ("", "no such file or folder"),
    ],
)
def test_what_names_nothing(word: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        target_of(word, None)


def test_the_kind_that_is_given() -> None:
    assert target_of("org/name", "dataset") == OnHub("dataset", "org/name")
    assert target_of("org/*", "space") == Owned("org", ("space",))
    assert target_of("model:org/name", "space") == OnHub("model", "org/name")
    assert target_of("http://hub.local:80/org/name", None, ("hub.local:80",)) == OnHub("model", "org/name")


def test_names_that_match() -> None:
    owned = Owned("org", KINDS, "bert-*")
    assert [owned.has(id) for id in ("org/bert-base", "org/roberta", "org/Bert-base")] == [True, False, False]


class Poison(NamedTuple):
    """A unit on which hublint fails."""

    id: str = "org/a"
    kind: str = "model"
    source: Where = "dump"
    revision: str = ""

    def judged(self) -> Record:
        raise RecursionError("too deep")


def test_where_hublint_fails_there_is_a_line() -> None:
    assert judge(Poison()) == Record(
        "org/a",
        "model",
        "dump",
        status="failed",
        reason="hublint failed on it (RecursionError: too deep); please report this",
    )


def test_a_rule_that_fails_is_told() -> None:
    project = Project("", make("model", {"README.md": "# x\n"}), Settings.of(Config()))
    crashes = (Crash("MC001", "KeyError: 1"), Crash("MC002", "KeyError: 2"))
    record = record_of(project, "folder", "a", Result(crashes=crashes))
    assert record.status == "failed"
    assert record.reason == "rule MC001 failed on it (KeyError: 1); please report this (and 1 problem more)"
