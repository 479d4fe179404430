"""What is known from before counts only where nothing that was read has changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hublint.cli.checking import Request, perform
from hublint.engine import registry
from hublint.engine.cache import Cache, cache_of_user
from hublint.engine.discovery import Options, find
from hublint.engine.outcome import judged

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.engine.outcome import Outcome

SPACE = {
    "README.md": "---\ntitle: Demo\nsdk: gradio\nsdk_version: 6.0.0\ncolorFrom: pink\ncolorTo: teal\n---\n# Demo 🎉\n",
    "app.py": "import gradio as gr\n\ngr.Interface(None, 'text', 'text').launch(server_port=80)\n",
    "requirements.txt": "sklearn\n",
}


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "space"
    folder.mkdir()
    for name, text in SPACE.items():
        (folder / name).write_text(text)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    return folder


def outcome(folder: Path, located: bool = True, **options: object) -> Outcome:
    cache = cache_of_user(())
    assert cache is not None
    (project,) = find([str(folder)], Options(located=located, **options)).projects  # type: ignore[arg-type]
    return judged(project, cache)


def fresh(folder: Path, **options: object) -> Outcome:
    (project,) = find([str(folder)], Options(located=True, **options)).projects  # type: ignore[arg-type]
    return judged(project, None)


def entries() -> list[Path]:
    return sorted(Path(os.environ["XDG_CACHE_HOME"], "hublint").glob("*/*.json"))


@pytest.fixture
def resting(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on no rule runs."""

    def rest() -> None:
        def load(*_: object) -> None:
            raise AssertionError("a rule runs")

        monkeypatch.setattr(registry, "load", load)

    return rest


def test_what_is_known_is_told_without_a_rule(space: Path, resting: Callable[[], None]) -> None:
    first = outcome(space)
    assert {each.code for each in first.checked.result.findings} >= {"AC002", "SP008", "SP032"}
    assert first == fresh(space)
    resting()
    assert outcome(space) == first


CHANGES: dict[str, Callable[[Path], object]] = {
    "the card, as long as before": lambda space: (space / "README.md").write_text(
        SPACE["README.md"].replace("teal", "gray")
    ),
    "another file, as long as before": lambda space: (space / "app.py").write_text(SPACE["app.py"].replace("80", "81")),
    "a file that rules asked for and that was not there": lambda space: (space / "Dockerfile").write_text("FROM x\n"),
    "a file nobody asked for": lambda space: (space / "notes").write_text("\n"),
    "a file that is gone": lambda space: (space / "requirements.txt").unlink(),
    "the configuration": lambda space: (space / "hublint.toml").write_text('ignore = ["AC002"]\n'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_seen(space: Path, resting: Callable[[], None], change: Callable[[Path], object]) -> None:
    outcome(space)
    change(space)
    after = fresh(space)
    assert outcome(space) == after
    resting()
    assert outcome(space) == after


def test_a_checkout_is_another_matter(space: Path) -> None:
    before = outcome(space)
    subprocess.run(["git", "init", "-q", str(space)], check=True)
    assert len(entries()) == 1
    after = outcome(space)
    assert after == fresh(space)
    assert after.checked == before.checked


def test_a_change_in_a_part_of_a_large_file_is_seen(space: Path) -> None:
    (space / "README.md").write_text("---\nlicense: mit\nlibrary_name: transformers\n---\n")
    (space / "config.json").write_text('{"model_type": "bert"}')
    weights = space / "model.safetensors"
    head = json.dumps({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    weights.write_bytes(len(head).to_bytes(8, "little") + head + bytes(4))
    assert outcome(space) == fresh(space)
    weights.write_bytes(bytes(len(head) + 12))
    after = fresh(space)
    assert outcome(space) == after
    assert after.checked.result.findings


def test_what_git_tracks_is_part_of_it(space: Path) -> None:
    subprocess.run(["git", "init", "-q", str(space)], check=True)
    (space / ".gitignore").write_text(".env\n")
    (space / ".env").write_text("HF_TOKEN=hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH\n")
    before = outcome(space)
    assert "SE007" not in {each.code for each in before.checked.result.findings}
    subprocess.run(["git", "-C", str(space), "add", "-f", ".env"], check=True)
    after = outcome(space)
    assert after == fresh(space)
    assert after != before


@pytest.mark.parametrize("rest", [b"", b"[", b"[[], 1]", b'{"a": 1}', b"[[[1]], []]", b"\xff", b"[" * 100_000])
def test_an_entry_that_cannot_be_read_is_made_again(space: Path, rest: bytes) -> None:
    first = outcome(space)
    (entry,) = entries()
    whole = entry.read_bytes()
    entry.write_bytes(rest)
    assert outcome(space) == first
    assert entry.read_bytes() == whole


def test_where_nothing_can_be_kept_everything_works(
    space: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert outcome(space) == fresh(space)


def test_a_repository_does_not_bring_its_own_results(space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(space / "cache"))
    assert cache_of_user([str(space)]) is None
    assert cache_of_user([str(space.parent)]) is None
    assert perform(Request((str(space),), isolated=True)) == 1
    outcome(space)
    assert not (space / "cache").exists()


def test_a_folder_that_is_not_absolute_is_not_used(space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("HOME", str(space.parent / "home"))
    perform(Request((str(space),), isolated=True))
    assert not (space / "cache").exists()


def test_what_a_failing_rule_leaves_is_not_kept(space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = registry.load

    def broken(rule: registry.Listed) -> registry.Loaded:
        def fail(*_: object) -> list[object]:
            raise KeyError(1)

        return load(rule)._replace(check=fail) if rule.code == "SP008" else load(rule)  # type: ignore[arg-type]

    monkeypatch.setattr(registry, "load", broken)
    assert outcome(space).checked.result.crashes
    assert not entries()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everybody may read everything here")
def test_what_cannot_be_read_is_told_each_time(space: Path) -> None:
    (space / "app.py").chmod(0)
    assert outcome(space).unread == outcome(space).unread != ()


def test_a_link_that_cannot_be_followed_is_told_each_time(space: Path) -> None:
    (space / "app.py").rename(space.parent / "app.py")
    (space / "app.py").symlink_to(space.parent / "app.py")
    assert outcome(space).unread == outcome(space).unread != ()


def test_no_cache(space: Path, resting: Callable[[], None]) -> None:
    assert perform(Request((".",), isolated=True, no_cache=True)) == 1
    assert not entries()
    assert perform(Request((".",), isolated=True)) == 1
    assert len(entries()) == 1
    resting()
    assert perform(Request((".",), isolated=True)) == 1
    with pytest.raises(AssertionError, match="a rule runs"):
        perform(Request((".",), isolated=True, no_cache=True))


def test_runs_at_the_same_time_do_not_disturb_one_another(space: Path) -> None:
    command = [sys.executable, "-P", "-m", "hublint", "check", "--isolated", "--output-format", "json", str(space)]
    for _ in range(3):
        running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
        told = {process.communicate(timeout=120)[0] for process in running}
        assert len(told) == 1
        for entry in entries():
            entry.unlink()
    assert not list(Path(os.environ["XDG_CACHE_HOME"], "hublint").glob("*/*.json.*"))


def test_what_nobody_asks_for_goes(space: Path) -> None:
    outcome(space)
    (old,) = entries()
    long_ago = time.time() - 40 * 24 * 60 * 60
    os.utime(old, (long_ago, long_ago))
    os.utime(old.parent.parent / "tidied", (long_ago, long_ago))
    (space / "notes").write_text("")
    outcome(space)
    assert old not in entries()
    assert len(entries()) == 1


def test_what_is_asked_for_stays(space: Path) -> None:
    outcome(space)
    (old,) = entries()
    long_ago = time.time() - 20 * 24 * 60 * 60
    os.utime(old, (long_ago, long_ago))
    outcome(space)
    assert old.stat().st_mtime > time.time() - 60


def test_another_hublint_knows_nothing(space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome(space)
    import hublint

    monkeypatch.setattr(hublint, "__version__", "99")
    outcome(space)
    assert len(entries()) == 2


def test_many_repositories_are_known_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for number in range(120):
        folder = tmp_path / "repos" / f"r{number}"
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(f"---\nlicence: mit\n---\n# {number}\n")
    command = [sys.executable, "-P", "-m", "hublint", "check", "--isolated", "-j", "2", str(tmp_path / "repos")]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=False) for _ in range(2))
    assert first.stdout == second.stdout
    assert len(entries()) == 120


def test_a_cache_may_go_to_another_process(space: Path) -> None:
    import pickle

    cache = pickle.loads(pickle.dumps(Cache(str(space.parent / "cache"))))
    (project,) = find([str(space)], Options(isolated=True)).projects
    assert judged(project, cache) == judged(project, None)
