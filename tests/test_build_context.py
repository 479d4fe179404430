"""What .dockerignore leaves out: the index of its lines changes no answer, and saves asking all of them."""

from __future__ import annotations

import random
import time

import pytest

from hublint.repository.git import pattern_index
from hublint.space.container.build_context import excluding
from repositories import make

LINES = [
    *("a", "a/b", "*.py", "**/x", "**/*.txt", "a/**", "a/**/b", "!a/b", "!**/x.txt", "?b", "*/b", "**b", "!*.py", "."),
    *("b/", "/a", "a*", "*", "!a", "x.txt", "**", "c/*/x.txt"),
]
PATHS = [f"{folder}{name}" for folder in ("", "a/", "a/b/", "c/d/") for name in ("x", "ab", "x.txt", "m.py")]


@pytest.mark.parametrize("seed", range(60))
def test_the_index_changes_no_answer(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    files = dict.fromkeys(PATHS, "") | {".dockerignore": "\n".join(chance.choices(LINES, k=chance.randint(1, 20)))}

    def answers(few: int) -> list[str]:
        monkeypatch.setattr(pattern_index, "_FEW", few)
        repository = make("space", files)
        return [excluding(repository, path) for path in (*PATHS, "a", "a/b", "c", "c/d")]

    assert answers(0) == answers(1000)


def test_lines_and_files_are_not_asked_pair_by_pair() -> None:
    def seconds(size: int) -> float:
        lines = "".join(f"d{n}/**/e{n}.bin\n*.x{n}\n" for n in range(size))
        repository = make("space", {".dockerignore": lines, **{f"e/y{n}.txt": "" for n in range(size)}})
        excluding(repository, "e/y0.txt")
        begin = time.process_time()
        assert not any(excluding(repository, path) for path in repository.files if path != ".dockerignore")
        return time.process_time() - begin

    assert seconds(4000) < 30 * seconds(400) + 0.2
