"""What the playground's page asks of the engine: the same as the command line says, and nothing that it would cover."""

from __future__ import annotations

import ast
import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from case_files import CaseFiles
from hublint.cli.main import run
from hublint.engine import registry
from test_rules import ALL_CASES, case_of
from tokens import with_tokens

ROOT = Path(__file__).resolve().parent.parent
PLAYGROUND = ROOT / "playground"
sys.path.insert(0, str(PLAYGROUND))

import build as builder  # noqa: E402
import hublint_playground as playground  # noqa: E402

ALL = bool(os.environ.get("HUBLINT_TEST_ALL"))
SAMPLE = 60
README = "---\ntitle: Demo\ncolorFrom: orange\ncolorTo: Gray\nsdk: docker\n---\n"
DOCKERFILE = 'FROM python:3.12\nUSER 1000\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]\n'


def seed() -> int:
    """Another one at every run, but in CI; HUBLINT_TEST_SEED repeats a run."""
    chosen = int(os.environ.get("HUBLINT_TEST_SEED", "1" if os.environ.get("CI") else str(time.time_ns() % 10**6)))
    print(f"HUBLINT_TEST_SEED={chosen}")
    return chosen


def sampled(number: int) -> list[Any]:
    """Some cases of the rules, or all."""
    return ALL_CASES if ALL else random.Random(seed()).sample(ALL_CASES, number)


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "README.md").write_text(README, "utf-8")
    (folder / "Dockerfile").write_text(DOCKERFILE, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def checked(*choices: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(playground.check(*choices))
    return found


def command_line(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, Any]:
    """The exit code and the JSON report of `hublint check` in the current folder; none where it cannot begin."""
    capsys.readouterr()
    code = run(["check", *options, "--output-format", "json", "."])
    return code, json.loads(capsys.readouterr().out or "null")


def test_it_says_of_cases_what_the_command_line_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, each in enumerate(sampled(SAMPLE)):
        case, folder = case_of(each.values[1]), tmp_path / str(number) / "demo"
        folder.mkdir(parents=True)
        CaseFiles.of(case).write(folder)
        monkeypatch.chdir(folder)
        code, report = command_line(capsys, "--repo-type", case.kind)
        found = checked(case.kind)
        assert found["report"] == report, each.id
        assert found["fails"] == (code != 0), each.id
        assert len(found["shown"]) == (len(report["findings"]) if report else 0), each.id


def test_the_kind_is_found_or_chosen_as_by_the_command_line(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked()["report"] == command_line(capsys)[1]
    assert (
        checked("model", "strict")["report"] == command_line(capsys, "--repo-type", "model", "--profile", "strict")[1]
    )
    (space / "README.md").unlink()
    (space / "Dockerfile").unlink()
    (space / "app.py").write_text("print(1)\n", "utf-8")
    found = checked()
    assert found["report"]["repositories"] == [] and found["fails"]
    assert "no Hub repository found" in found["said"][0]


def test_a_configuration_that_cannot_be_used_is_said(space: Path) -> None:
    (space / "hublint.toml").write_text('select = ["NO999"]\n', "utf-8")
    assert "NO999" in checked()["said"][0]
    (space / "hublint.toml").write_text("select = 3\n", "utf-8")
    found = checked()
    assert "hublint.toml" in found["said"][0] and found["fails"]


def test_a_fix_is_applied_alone(space: Path) -> None:
    found = checked()
    by_place = {
        (each["code"], each["line"]): shown
        for each, shown in zip(found["report"]["findings"], found["shown"], strict=True)
    }
    assert by_place["SP008", 3]["fix"] is None
    gray = by_place["SP008", 4]
    assert gray["fix"]["safety"] == "safe" and gray["frame"] == ["colorTo: ", "Gray", ""]
    diff, files = playground.fix_one(gray["id"])
    assert files == {"README.md": README.replace("Gray", "gray").encode()}
    assert "-colorTo: Gray\n+colorTo: gray\n" in diff
    (space / "README.md").write_bytes(files["README.md"])
    assert playground.fix_one(gray["id"]) == ("", {})
    assert gray["id"] not in {each["id"] for each in checked()["shown"]}


def test_all_fixes_are_those_of_the_command_line(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for unsafe in (False, True):
        before = {path.name: path.read_bytes() for path in space.iterdir()}
        diff, files = playground.fix(unsafe=unsafe)
        run(["fix", "--diff", *(["--unsafe-fixes"] if unsafe else [])])
        assert capsys.readouterr().out == diff != ""
        run(["fix", *(["--unsafe-fixes"] if unsafe else [])])
        capsys.readouterr()
        assert {path.name: path.read_bytes() for path in space.iterdir()} == before | files
        assert playground.compare({path: memoryview(before[path]) for path in files}) == diff
        for path, data in before.items():
            (space / path).write_bytes(data)


def test_several_repositories_have_their_own_fixes(space: Path) -> None:
    for name in ("one", "two"):
        (space / name).mkdir()
        (space / name / "README.md").write_text(README, "utf-8")
        (space / name / "Dockerfile").write_text(DOCKERFILE, "utf-8")
    (space / "README.md").unlink()
    (space / "Dockerfile").unlink()
    found = checked()
    assert [each["path"] for each in found["report"]["repositories"]] == ["one", "two"]
    fixable = [each["id"] for each in found["shown"] if each["fix"] and each["path"] == "two/README.md"]
    assert [list(playground.fix_one(each)[1]) for each in fixable] == [["two/README.md"]]
    assert set(playground.fix()[1]) == {"one/README.md", "two/README.md"}
    mended = playground.fix()[1]
    for path, data in mended.items():
        (space / path).write_bytes(data)
    assert playground.compare({"two/README.md": README.encode()}).startswith("--- two/README.md\n")
    assert playground.archive(["two/README.md"])[:2] == b"PK"


def test_no_credential_is_shown(space: Path) -> None:
    token = with_tokens("hf_[34 letters]")
    (space / "app.py").write_text(f'TOKEN = "{token}"\nname = 1 # {token}\n', "utf-8")
    (space / "README.md").write_text(README.replace("orange", token), "utf-8")
    found = checked()
    assert any(each["code"].startswith("SE") for each in found["report"]["findings"])
    texts = [json.dumps(found), playground.fix(unsafe=True)[0], playground.compare({"app.py": b"", "README.md": None})]
    texts += [playground.fix_one(each["id"])[0] for each in found["shown"]]
    assert not any(token in text for text in texts)
    assert "hf_" in texts[2]


def test_what_is_hostile_is_shown_as_escapes(space: Path) -> None:
    (space / "README.md").write_text(README.replace("orange", '"\\u202eorange"').replace("Gray", "\u202egray"), "utf-8")
    shown = json.dumps(checked()["shown"], ensure_ascii=False)
    assert "\u202e" not in shown and "\\\\u202e" in shown


def test_pages_of_rules_are_made_of_tags_that_the_page_knows() -> None:
    script = (PLAYGROUND / "page" / "pages.js").read_text("utf-8")
    known = set(re.search(r'new Set\("([a-z0-9 ]+)"', script)[1].split())  # type: ignore[index]

    def tags(parts: list[Any]) -> set[str]:
        inner = [part for part in parts if not isinstance(part, str)]
        return {tag for tag, _, _ in inner}.union(*(tags(children) for _, _, children in inner))

    for code, listed in registry.listed().items():
        page = json.loads(playground.rule(code))
        assert page["name"] == listed.name and page["page"][0][0] == "p"
        assert {"p", "h2"} <= tags(page["page"]) <= known, code


def test_a_block_of_a_page_names_its_file() -> None:
    page = json.loads(playground.rule("DK002"))["page"]
    named = ["p", {}, [["code", {}, ["Dockerfile"]]]]
    assert named in page and page[page.index(named) + 1][0] == "pre"


def test_rules_are_found_by_words() -> None:
    assert len(json.loads(playground.rules())) == len(registry.listed())
    assert "DK002" in [each["code"] for each in json.loads(playground.rules("wrong port"))]
    assert json.loads(playground.rules("xyzzy plugh")) == []


def test_nothing_asks_for_the_parts_of_python_that_are_left_out() -> None:
    """But for what shares work among processes, which a page has none of."""
    asks = set()
    for source in builder.SOURCES:
        for path in (ROOT / source).rglob("*.py"):
            if not {*builder.FACES, "refreshing"}.intersection(path.relative_to(ROOT / source).parts):
                for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                    names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
                    if any(name.partition(".")[0] in builder.LEFT_OUT for name in names):
                        asks.add(path.relative_to(ROOT).as_posix())
    assert asks == {"linter/hublint/engine/workers.py"}


def test_the_space_is_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "."], cwd=PLAYGROUND, capture_output=True, text=True, check=True
    ).stdout
    for name in tracked.split():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((PLAYGROUND / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    code, report = command_line(capsys, "--profile", "strict")
    assert (code, report["findings"]) == (0, []) and report["repositories"][0]["kind"] == "space"
