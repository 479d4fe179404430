"""How old evidence is, and how what registries give comes back as branches."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.engine import registry

ROOT = Path(__file__).resolve().parent.parent
_DAY = r"\b(20\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?\b"
_YEAR = 365


def newest(evidence: str) -> datetime.date | None:
    """The last day that a text names; of a month, its first."""
    days = [datetime.date(int(year), int(month), int(day or 1)) for year, month, day in re.findall(_DAY, evidence)]
    return max(days, default=None)


def old_rules(today: datetime.date) -> list[str]:
    """A line for each rule whose evidence is older than a year."""
    lines = []
    for listed in registry.listed().values():
        evidence = registry.load(listed).docs.partition("## Evidence")[2]
        day = newest(evidence)
        if day is not None and (today - day).days > _YEAR:
            lines.append(f"{listed.code} {listed.name}: evidence of {day}")
    return lines


def test_rules_whose_evidence_is_old_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    old = old_rules(datetime.datetime.now(tz=datetime.timezone.utc).date())
    with capsys.disabled():
        if old:
            print(f"\nlook again, the evidence is older than a year: {'; '.join(old)}")
    assert old_rules(datetime.date(2000, 1, 1)) == []
    assert len(old_rules(datetime.date(2100, 1, 1))) > len(registry.listed()) // 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("read 2026-08-22", (2026, 8, 22)),
        ("PyPI x 1.2 (2025-11), read 2024-01-05", (2025, 11, 1)),
        ("a release 3.2026-1", None),
        ("", None),
    ],
)
def test_the_day_of_evidence(text: str, day: tuple[int, int, int] | None) -> None:
    assert newest(text) == (datetime.date(*day) if day else None)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """This project as it stands, committed; its own scripts, not the installed ones."""
    target = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(target)], check=True)
    changed = subprocess.run(
        ["git", "ls-files", "--modified", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in changed:
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())
    git(target, "config", "user.name", "test")
    git(target, "config", "user.email", "test@example.org")
    git(target, "config", "commit.gpgsign", "false")
    git(target, "add", "--all")
    git(target, "commit", "--quiet", "--allow-empty", "--message", "as it stands")
    return target


def git(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def propose(folder: Path) -> list[str]:
    paths = os.pathsep.join(str(folder / name) for name in ("linter", "rules", "schemas"))
    done = subprocess.run(
        [sys.executable, "schemas/propose.py"],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(not os.environ.get("HUBLINT_TEST_ALL"), reason="makes all pages twice; HUBLINT_TEST_ALL=1 does")
def test_what_was_fetched_becomes_a_branch_for_each_table(clone: Path) -> None:
    for stem in ("languages", "standard_library"):
        path = clone / "schemas" / "upstream" / f"{stem}.json"
        data = json.loads(path.read_text("utf-8"))
        data["version"] = "99.0"
        path.write_text(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n", "utf-8")
    base = git(clone, "rev-parse", "HEAD")
    assert propose(clone) == ["tables/languages", "tables/standard_library"]
    assert git(clone, "status", "--porcelain") == []
    assert git(clone, "rev-parse", "HEAD") == base
    for stem, other in (("languages", "standard_library"), ("standard_library", "languages")):
        changed = git(clone, "diff", "--name-only", "HEAD", f"tables/{stem}")
        assert f"schemas/upstream/{stem}.json" in changed
        assert f"schemas/hublint_schemas/tables/{stem}.json" in changed
        assert not [name for name in changed if other in name]


def test_nothing_fetched_is_no_branch(clone: Path) -> None:
    assert propose(clone) == []
    assert git(clone, "status", "--porcelain") == []


def test_what_cannot_be_fetched_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "schemas"))
    from refresh import fetched

    def unreachable() -> list[str]:
        raise subprocess.CalledProcessError(128, ["git", "clone"])

    changes, failures = fetched({"modules": unreachable, "python": lambda: ["python: 1 more"]})
    assert changes == ["python: 1 more"]
    assert len(failures) == 1
    assert failures[0].startswith("modules could not be fetched and stays as it is: ")
