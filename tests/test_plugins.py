"""The example of a plugin: installed beside hublint into an environment of its own, found, run, fixed and tested."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.testing import Case, check_case, check_fixes, check_page, load_cases
from hublint.testing.pages import check_headings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs" / "plugin-example"
CASES = EXAMPLE / "tests" / "AX001.yml"
PLUGINS = ("acme_rules",)


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)


def test_installed_beside_hublint(tmp_path: Path) -> None:
    example = tmp_path / "example"
    shutil.copytree(EXAMPLE, example)
    python = tmp_path / "venv" / "bin" / "python"
    run(sys.executable, "-m", "venv", python.parent.parent, cwd=tmp_path)
    installed = run(
        python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ROOT, example, "pytest", cwd=tmp_path
    )
    assert installed.returncode == 0, installed.stderr
    (tmp_path / "model").mkdir()
    card = tmp_path / "model" / "README.md"
    card.write_text("---\nlicense: mit\nlibrary_name: peft\n---\n# Demo\n\nWhat it is.\n", "utf-8")
    hublint = python.with_name("hublint")
    found = run(hublint, "check", "--plugin", "acme_rules", "--select", "AX", "model", cwd=tmp_path)
    assert (found.returncode, found.stderr) == (1, "")
    assert "warning[AX001] contact-missing: the card names no address" in found.stdout
    assert "Acme's own handbook" in run(hublint, "rule", "AX001", "--plugin", "acme_rules", cwd=tmp_path).stdout
    mended = run(hublint, "fix", "--plugin", "acme_rules", "--select", "AX", "--unsafe-fixes", "model", cwd=tmp_path)
    assert mended.returncode == 0, mended.stdout
    assert card.read_text("utf-8").endswith("What it is.\n\nAsk models@acme.example.\n")
    tested = run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", example / "tests", cwd=tmp_path)
    assert tested.returncode == 0, tested.stdout


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.syspath_prepend(str(EXAMPLE))
    return load_cases(CASES)["no-address"]


def test_what_differs_is_said(case: Case) -> None:
    check_case("AX001", case, PLUGINS)
    check_fixes("AX001", case, PLUGINS)
    check_page("AX001", PLUGINS)
    with pytest.raises(AssertionError, match=r"\+ README.md:1:1 warning the card names no address"):
        check_case("AX001", case._replace(findings=()), PLUGINS)
    with pytest.raises(AssertionError, match=r"fixed files.*\n\+ README.md"):
        check_fixes("AX001", case._replace(unsafe_fixed={}), PLUGINS)
    with pytest.raises(AssertionError, match="Use instead"):
        check_headings("A sentence.\n\n## What it does\nNothing.\n", has_fix=False)


def test_a_case_with_a_key_that_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "cases.yml").write_text("one: {kind: model, files: {}, findings: [], fixd: {}}\n")
    with pytest.raises(AssertionError, match="a case has no fixd"):
        load_cases(tmp_path / "cases.yml")
