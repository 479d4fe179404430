"""What the documentation shows is what hublint does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.cli.main import run
from hublint.engine import config, registry

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_readme_shows_real_output(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT / "fixtures" / "sample")
    assert run(["check", "--isolated", "demo"]) == 1
    assert f"$ hublint check demo\n{capsys.readouterr().out}```" in README


def test_rules_page_is_generated() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "docs" / "generate.py"), "--check"], check=False)
    assert done.returncode == 0, "run `make docs`"


def test_readme_is_no_longer_than_its_families() -> None:
    families = {code[:2] for code in registry.listed()}
    table = README.partition("| family | what |")[2].partition("\n\n")[0]
    assert families == set(
        re.findall(r"\b[A-Z]{2}\b", "\n".join(line.split("|")[1] for line in table.splitlines()[2:]))
    )


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE))
    assert documented == {
        field.replace("_", "-") for field in config.Config._fields if field not in ("root", "file")
    } | {"extend"}


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8")):
            if "](" in page.read_text("utf-8") and page.name != "rules.md":
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_broken_demo_shows_every_kind(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert run(["check", "--isolated", "fixtures/demo", "--output-format", "concise"]) == 1
    shown = capsys.readouterr().out
    for kind in ("space", "model", "dataset"):
        assert f"fixtures/demo/{kind}/README.md" in shown
    assert run(["check", "--isolated", "fixtures/demo", "--diff"]) == 1
    assert "+colorTo: gray # calm" in capsys.readouterr().out
