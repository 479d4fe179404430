"""What the documentation shows is what hublint does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.cli.main import run
from hublint.documents.markdown import Markdown, parse
from hublint.documents.source import Source
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


def read_page(path: Path) -> Markdown:
    """A page as hublint reads a card's text."""
    page = parse(Source(path.name, path.read_bytes()))
    assert page is not None, f"{path.name} is too long"
    return page


def anchors_of(page: Markdown) -> set[str]:
    """The anchors that GitHub gives to headings, and those that are written as HTML."""
    found = {re.sub(r"[^\w -]", "", heading.text.strip().lower()).replace(" ", "-") for heading in page.headings}
    return found | page.anchors


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("schemas/*.md"), *ROOT.glob("editors/*/*.md")]
    read = {path.resolve(): read_page(path) for path in pages}
    followed = 0
    for path, page in read.items():
        for link in page.links:
            target, _, anchor = link.target.partition("#")
            if re.match(r"(?:https?|mailto):", target):
                continue
            there = (path.parent / target).resolve() if target else path
            assert there.exists(), f"{path.name}: {link.target}"
            assert not anchor or there not in read or anchor in anchors_of(read[there]), f"{path.name}: {link.target}"
            followed += 1
    assert followed > 500


def test_broken_demo_shows_every_kind(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert run(["check", "--isolated", "fixtures/demo", "--output-format", "concise"]) == 1
    shown = capsys.readouterr().out
    for kind in ("space", "model", "dataset"):
        assert f"fixtures/demo/{kind}/README.md" in shown
    assert run(["check", "--isolated", "fixtures/demo", "--diff"]) == 1
    assert "+colorTo: gray # calm" in capsys.readouterr().out
