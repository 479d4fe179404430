"""From outside: three Spaces in one repository, a baseline, a pull request, hooks, all reports, branches that merge."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from hublint.cli.outputs import FORMATS
from report_readers import READERS
from test_ci import Runner
from test_precommit import DOCKERFILE, git, hooks

__all__ = ["hooks"]

SPACES = ("alpha", "beta", "gamma")
README = "---\ntitle: {0}\nemoji: 🗣️\ncolorFrom: orange\ncolorTo: blue\nsdk: docker\n---\n# {0}\n"
BASELINE = ".hublint-baseline.jsonl"


def hublint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hublint", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")


def edited(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(params=["pre_commit", "prek"])
def team(tmp_path: Path, hooks: tuple[Path, str], request: pytest.FixtureRequest) -> Path:
    """A repository with three Spaces, each with a finding that a baseline knows, and the hook installed."""
    folder = tmp_path / "team"
    for name in SPACES:
        (folder / name).mkdir(parents=True)
        (folder / name / "README.md").write_text(README.format(name), "utf-8")
        (folder / name / "Dockerfile").write_text(DOCKERFILE, "utf-8")
        (folder / name / "app.py").write_text("app = None\n", "utf-8")
    (folder / "hublint.toml").write_text(f'baseline = "{BASELINE}"\nselect = ["SP008", "SP010", "DK002"]\n', "utf-8")
    (folder / ".gitattributes").write_text(f"{BASELINE} merge=union\n", "utf-8")
    source, revision = hooks
    config = {"repos": [{"repo": str(source), "rev": revision, "hooks": [{"id": "hublint"}]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    git(folder, "init", "-q", "-b", "main")
    done = hublint(folder, "baseline")
    assert done.returncode == 0 and "3 added" in done.stdout, done.stdout + done.stderr
    subprocess.run([sys.executable, "-m", request.param, "install"], cwd=folder, check=True, capture_output=True)
    return folder


def reported(folder: Path, out: Path, *options: str) -> tuple[int, dict[str, bytes]]:
    """The exit code, and every report of one run."""
    wanted = [word for name in FORMATS for word in ("--output-format", f"{name}:{out / name}")]
    done = hublint(folder, "check", *options, *wanted, ".")
    assert not done.stdout and done.returncode != 2, done.stderr
    return done.returncode, {name: (out / name).read_bytes() for name in FORMATS}


def test_a_team_adopts_it(team: Path, tmp_path: Path) -> None:
    git(team, "add", "-A")
    done = git(team, "commit", "-m", "what is known does not stop anybody", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    base = git(team, "rev-parse", "HEAD").stdout.strip()

    git(team, "checkout", "-qb", "pull-request")
    edited(team / "beta" / "Dockerfile", "7860", "8000")
    edited(team / "beta" / "README.md", "emoji: 🗣️", "emoji: '🗣️' # the same")
    git(team, "add", "-A")
    done = git(team, "commit", "-m", "a port that nobody opens", check=False)
    output = done.stdout + done.stderr
    assert done.returncode == 1 and output.count("[DK002]") == 1 and "SP008" not in output, output
    git(team, "commit", "-q", "--no-verify", "-m", "pushed all the same")

    for options in ((), ("--since", "main"), ("--since", "main", "--changed-lines")):
        code, reports = reported(team, tmp_path / "out", *options)
        assert code == 1
        for name, read in READERS.items():
            assert read(reports[name].decode()) == [("DK002", "beta/Dockerfile", 5, "error")], (name, options)
        for name in ("text", "markdown"):
            assert "1 error, 0 warnings in" in reports[name].decode()
        assert reported(team, tmp_path / "again", *options) == (code, reports)

    (tmp_path / "scratch" / "hublint" / "bin").mkdir(parents=True)
    (tmp_path / "scratch" / "hublint" / "bin" / "hublint").symlink_to(Path(sys.executable).with_name("hublint"))
    runner = Runner(team, tmp_path / "scratch")
    assert runner.run(base, changed="lines", sarif="true") == 1
    assert runner.printed.count("::error") == 1 and "file=beta/Dockerfile,line=5" in runner.printed
    assert runner.output("errors") == "1" and os.path.isfile(runner.output("sarif-file"))

    edited(team / "beta" / "Dockerfile", "8000", "7860")
    git(team, "add", "-A")
    done = git(team, "commit", "-m", "mended", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.run(base, changed="lines") == 0
    code, reports = reported(team, tmp_path / "out", "--since", "main")
    assert code == 0 and all(read(reports[name].decode()) == [] for name, read in READERS.items())

    git(team, "checkout", "-q", "main")
    for branch, name in (("ours", "alpha"), ("theirs", "gamma")):
        git(team, "checkout", "-qb", branch, "main")
        edited(team / name / "README.md", "colorTo: blue", "colorTo: teal")
        assert "1 added" in hublint(team, "baseline").stdout
        git(team, "add", "-A")
        git(team, "commit", "-qm", branch)
    for branch in ("ours", "theirs", "pull-request"):
        git(team, "checkout", "-q", "main")
        git(team, "merge", "-q", "--no-edit", branch)
    assert len((team / BASELINE).read_text("utf-8").splitlines()) == 5
    done = hublint(team, "check")
    assert (done.returncode, done.stdout) == (0, "no findings in 3 Spaces\n")
    assert hublint(
        team, "check", "--since", base, "--ignore-suppressions", "--isolated", "--select", "SP008"
    ).returncode
