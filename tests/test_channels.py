"""Where people get hublint from: PyPI, `hf`, conda, an image, SchemaStore, and the workflows that release it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import tomllib
import yaml

import hublint_schemas
from ci_examples import Example, judged_by_actionlint, judged_workflow
from hublint import __version__
from hublint.cli.main import COMMANDS
from hublint.engine.config_schema import schema
from test_distribution import built, run

__all__ = ["built"]

ROOT = Path(__file__).resolve().parent.parent
CHANNELS = ROOT / "integrations"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ALL = bool(os.environ.get("HUBLINT_TEST_ALL"))


def test_the_project_says_where_it_is_and_what_it_runs_on() -> None:
    from trove_classifiers import classifiers

    assert set(PROJECT["classifiers"]) <= classifiers
    assert {"Homepage", "Documentation", "Changelog", "Issues", "Source"} <= PROJECT["urls"].keys()
    lowest = PROJECT["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {lowest}" in PROJECT["classifiers"]


def test_pypi_would_take_it(built: Path) -> None:
    program = Path(sys.executable).with_name("twine")
    run(program, "check", "--strict", *sorted(built.iterdir()))


def test_a_second_build_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--outdir", tmp_path, ROOT)
    first = {each.name: each.read_bytes() for each in built.iterdir()}
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == first


def test_the_sdist_is_small(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    (wheel,) = built.glob("*.whl")
    assert sdist.stat().st_size < 4 * 2**20
    assert wheel.stat().st_size < 2 * 2**20


def test_every_channel_names_the_same_version() -> None:
    extension = tomllib.loads((CHANNELS / "hf-lint" / "pyproject.toml").read_text("utf-8"))["project"]
    recipe = yaml.safe_load((CHANNELS / "conda" / "recipe.yaml").read_text("utf-8"))
    image = re.search(r"^ARG VERSION=(\S+)$", (CHANNELS / "container" / "Containerfile").read_text("utf-8"), re.M)
    component = next(yaml.safe_load_all((ROOT / "templates" / "hublint.yml").read_text("utf-8")))
    assert {
        extension["version"],
        recipe["context"]["version"],
        image[1] if image else "",
        component["spec"]["inputs"]["version"]["default"],
    } == {__version__}


def test_conda_needs_what_the_project_needs() -> None:
    recipe = yaml.safe_load((CHANNELS / "conda" / "recipe.yaml").read_text("utf-8"))
    needed = [re.split(r"(?=[><=])|;", each, maxsplit=1)[0].strip().lower() for each in PROJECT["dependencies"]]
    bounds = {each.split(";")[0].strip().lower().replace(">=", " >=") for each in PROJECT["dependencies"]}
    given = recipe["requirements"]["run"]
    assert {each.split()[0] for each in given} == {"python", *needed}
    assert set(given) - {"python >=${{ python_min }}"} == bounds
    assert recipe["context"]["python_min"] == PROJECT["requires-python"].removeprefix(">=")
    script = PROJECT["scripts"]["hublint"]
    assert recipe["build"]["python"]["entry_points"] == [f"hublint = {script}"]


def test_the_image_is_as_hadolint_wants_it_and_not_of_root() -> None:
    file = CHANNELS / "container" / "Containerfile"
    program = Path(sys.executable).with_name("hadolint")
    if not program.exists():
        pytest.skip("hadolint is not here")
    run(program, "--failure-threshold", "warning", file)
    users = re.findall(r"^USER (\S+)", file.read_text("utf-8"), re.M)
    assert users == ["hublint"]


def test_schemastore_knows_files_that_exist() -> None:
    entries = json.loads((CHANNELS / "schemastore" / "catalog.json").read_text("utf-8"))
    assert [each["fileMatch"] for each in entries] == [
        ["hublint.toml", ".hublint.toml"],
        [f"**/{hublint_schemas.FILES['eval_results']}"],
        [hublint_schemas.FILES["eval_yaml"]],
    ]
    for each in entries:
        place = ROOT / each["url"].partition("/main/")[2]
        assert json.loads(place.read_text("utf-8"))["$schema"]
    assert json.loads((CHANNELS / "schemastore" / "hublint.json").read_text("utf-8")) == schema()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_are_right(path: Path, tmp_path: Path) -> None:
    assert judged_workflow(tmp_path, path) == ""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_are_right_for_actionlint(path: Path, tmp_path: Path) -> None:
    run("git", "init", "-q", cwd=tmp_path)
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    example = Example("yaml", f".github/workflows/{path.name}", path.read_text("utf-8"))
    (tmp_path / example.file).write_text(example.text, "utf-8")
    try:
        assert judged_by_actionlint(example, tmp_path) == ""
    except LookupError as error:
        pytest.skip(error.args[0])


def test_the_checklist_names_what_is_there() -> None:
    page = (ROOT / "docs" / "releasing.md").read_text("utf-8")
    for name in ("release.yml", "hf-lint", "conda/recipe.yaml", "schemastore/catalog.json", "Containerfile"):
        assert name in page
    for path in re.findall(r"`((?:integrations|templates|editors|linter)/[\w./-]+)`", page):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize(
    ("arguments", "run_as"),
    [
        ([], ["check"]),
        (["."], ["check", "."]),
        (["--select", "SE", "."], ["check", "--select", "SE", "."]),
        (["fix", "."], ["fix", "."]),
        (["rule", "SP008"], ["rule", "SP008"]),
        (["--version"], ["--version"]),
    ],
)
def test_hf_lint_checks_unless_another_command_is_named(
    arguments: list[str], run_as: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(CHANNELS / "hf-lint")
    import hf_lint  # type: ignore[import-not-found]

    seen: list[str] = []
    monkeypatch.setattr(hf_lint, "run", lambda: seen.extend(sys.argv[1:]))
    monkeypatch.setattr(sys, "argv", ["hf-lint", *arguments])
    hf_lint.main()
    assert seen == run_as
    assert COMMANDS


@pytest.mark.skipif(not ALL, reason="installs into an environment of its own; HUBLINT_TEST_ALL=1 does")
def test_hf_installs_and_runs_it(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By huggingface_hub's own code, but for where the archive comes from."""
    from huggingface_hub.cli import extensions

    archive = tmp_path / "HEAD.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for file in sorted((CHANNELS / "hf-lint").iterdir()):
            if file.is_file():
                made.write(file, f"hf-lint-HEAD/{file.name}")
    start = subprocess.run

    def from_here(command: Any, *more: Any, **options: Any) -> Any:
        if isinstance(command, list):
            command = [str(archive) if "archive/HEAD.zip" in str(part) else part for part in command]
        return start(command, *more, **options)

    monkeypatch.setattr(extensions.subprocess, "run", from_here)
    monkeypatch.setattr(extensions, "_get_extension_dir", lambda name: tmp_path / f"hf-{name}")
    monkeypatch.setattr(extensions.shutil, "which", lambda name: None)
    monkeypatch.setenv("PIP_FIND_LINKS", str(built))
    program = extensions._install_python_extension(
        extension_dir=tmp_path / "hf-lint", owner="hublint", repo_name="hf-lint", short_name="lint"
    )
    space = tmp_path / "space"
    space.mkdir()
    (space / "README.md").write_text("---\nsdk: gradio\ncolorFrom: Grey\n---\n", "utf-8")
    done = start([program, str(space)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "SP008" in done.stdout
    assert start([program, "--version"], capture_output=True, text=True, check=True).stdout.startswith("hublint ")
