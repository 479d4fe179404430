"""The wheel and the sdist build, install into a clean environment, and run from there."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", target, ROOT)
    return target


def test_sdist_holds_what_its_tests_need(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "tests/test_cli.py", "fixtures/rules/SP008.yml"} <= names


def test_wheel_holds_three_packages_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"hublint", "hublint_rules", "hublint_schemas"}
    assert {
        "hublint/py.typed",
        "hublint/audit/results/assets/page.css",
        "hublint/audit/results/assets/page.js",
        "hublint_rules/py.typed",
        "hublint_schemas/py.typed",
        "hublint_schemas/space.json",
    } <= set(names)


def test_installed_wheel_runs(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    space = tmp_path / "space"
    space.mkdir()
    (space / "README.md").write_text("---\nsdk: gradio\ncolorFrom: Grey\n---\n", "utf-8")
    command = tmp_path / "venv" / "bin" / "hublint"
    done = subprocess.run(
        [command, "check", "space", "--output-format", "concise"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "space/README.md:3:12: error[SP008] invalid-color" in done.stdout
    assert "SP008" in run(command, "rule", "SP008")
    assert '"$id"' in run(command, "schema", "dataset")
    assert run(command, "--version").startswith("hublint ")
