"""The example of a plugin: installed beside hublint into an environment of its own, found, run, fixed and tested."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hublint.cli.main import run as main
from hublint.documents.source import Source
from hublint.engine import registry
from hublint.engine.discovery import Options, find
from hublint.server.diagnostics import diagnostic
from hublint.server.hover import rule_page
from hublint.server.positions import Lines
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


def test_a_finding_leads_to_the_page_that_the_plugin_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXAMPLE / "acme_rules", tmp_path / "acme_linked")
    shutil.copytree(EXAMPLE / "acme_rules", tmp_path / "acme_silent")
    (tmp_path / "acme_silent" / "__init__.py").write_text("", "utf-8")
    shutil.copytree(EXAMPLE / "acme_rules", tmp_path / "acme_own")
    own = tmp_path / "acme_own" / "ax001_contact_missing.py"
    own.write_text(
        own.read_text("utf-8").replace('name="contact', 'url="https://own.example/x", name="contact'), "utf-8"
    )
    shutil.copytree(EXAMPLE / "acme_rules", tmp_path / "acme_wrong")
    (tmp_path / "acme_wrong" / "__init__.py").write_text("RULES_URL = 'javascript:alert(1)'\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "README.md").write_text("---\nlicense: mit\n---\n# Demo\n", "utf-8")
    pages = {
        "acme_linked": "https://acme.example/hub-rules#AX001",
        "acme_silent": "",
        "acme_own": "https://own.example/x",
    }
    for plugin, url in pages.items():
        given = ("--plugin", plugin, "--select", "AX", str(tmp_path / "model"))
        said = {}
        for output in ("json", "sarif", "rdjson", "markdown"):
            main(["check", *given, "--output-format", output])
            said[output] = capsys.readouterr().out
        assert json.loads(said["json"])["findings"][0].get("url", "") == url
        rule = json.loads(said["sarif"])["runs"][0]["tool"]["driver"]["rules"][0]
        assert rule.get("helpUri", "") == url and (url in rule["help"]["markdown"]) and ("](" in str(rule)) is bool(url)
        assert json.loads(said["rdjson"])["diagnostics"][0]["code"] == {
            "value": "AX001",
            **({"url": url} if url else {}),
        }
        assert (f"[AX001]({url})" in said["markdown"]) is bool(url)
        main(["rule", "AX001", "--plugin", plugin])
        shown = capsys.readouterr().out
        assert shown.rstrip().endswith(url or "2026-11.")
        assert not any("docs/rules" in text for text in (said["json"], said["rdjson"], said["markdown"], shown))
        (project,) = find(
            (str(tmp_path / "model"),), Options(overrides={"plugins": (plugin,), "select": ("AX",)})
        ).projects
        (finding,) = project.check().findings
        described = diagnostic(finding, Lines(Source("README.md", b"---\n"))).code_description
        assert (described.href if described else "") == url
        assert ("[The rule's page]" in rule_page(registry.load(registry.listed((plugin,))["AX001"]))) is bool(url)
    assert main(["check", "--plugin", "acme_wrong", str(tmp_path / "model")]) == 2
    assert "RULES_URL of `acme_wrong` is not an address" in capsys.readouterr().err


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
