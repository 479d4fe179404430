"""The hooks in the real pre-commit, against a scratch git repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from identify import identify

from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.testing.listings import expanded
from repositories import make
from tokens import with_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
README = "---\ntitle: Demo\nemoji: 🗣️\ncolorFrom: Grey\ncolorTo: blue\nsdk: docker\n---\n# Demo\n"
DOCKERFILE = (
    "FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install fastapi uvicorn\n"
    'CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]\n'
)


def judged() -> Iterator[str]:
    """Every path that a rule reads, or finds something in, in any case of any rule."""
    for path in sorted((ROOT / "fixtures" / "rules").glob("*.yml")):
        for case in with_tokens(yaml.safe_load(path.read_text("utf-8"))).values():
            repository = make(case["kind"], case["files"], expanded(case.get("listing", {}).items()))
            result = check(repository, Settings.of(Config(select=("ALL",))))
            yield from result.read
            yield from (finding.place.path for finding in result.findings if finding.place.path in repository.files)


def starts(hook: str, path: str) -> bool:
    """As pre-commit decides: the `files` and `exclude` patterns, and the `types` by identify."""
    settings = HOOKS[hook]
    named = re.search(settings.get("files", ""), path) and not re.search(settings.get("exclude", "^$"), path)
    tags = {"file", *identify.tags_from_filename(path)}
    either = settings.get("types_or", tags)
    return bool(named) and tags.issuperset(settings.get("types", ["file"])) and not tags.isdisjoint(either)


@pytest.mark.parametrize("hook", HOOKS)
def test_whatever_a_rule_reads_starts_the_hooks(hook: str) -> None:
    paths = set(judged())
    assert {"nginx.conf", "README.md", "Dockerfile", ".gitattributes", "package.json"} <= paths
    assert [path for path in sorted(paths) if not starts(hook, path)] == []


@pytest.mark.parametrize(
    "path",
    [
        *("README.md", "spaces/a/README.md", "Dockerfile", "app.py", ".env.local", "config.json", "start.sh"),
        *("nginx.conf", "supervisord.conf", "static/app.js", "src/main.ts", "index.html", "Makefile", "main.go"),
        *("train.csv", "data/train.jsonl", "data/a.parquet", "model.bin", "a.safetensors", "m.gguf", "image.png"),
    ],
)
@pytest.mark.parametrize("hook", HOOKS)
def test_what_a_user_would_expect(hook: str, path: str) -> None:
    assert starts(hook, path)


def git(folder: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=check, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The project as a git repository at a commit of its own, as pre-commit clones it."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in ("linter", "rules", "schemas", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "hooks")
    return folder, git(folder, "rev-parse", "HEAD").stdout.strip()


@pytest.fixture(params=["pre_commit", "prek"])
def project(tmp_path: Path, hooks: tuple[Path, str], request: pytest.FixtureRequest) -> Path:
    """A git repository with the hooks, by pre-commit and by its rewrite in Rust."""
    folder, revision = hooks
    git(tmp_path, "init", "-q")
    config = {"repos": [{"repo": str(folder), "rev": revision, "hooks": [{"id": "hublint-fix"}, {"id": "hublint"}]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "start")
    subprocess.run([sys.executable, "-m", request.param, "install"], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    git(root, "add", "-A")


def test_in_the_real_pre_commit(project: Path) -> None:
    write(project, {"README.md": "# A project\n", "src/tool.py": "print(1)\n"})
    done = git(project, "commit", "-m", "no Hub repository", check=False)
    assert done.returncode == 0, done.stderr + done.stdout

    write(project, {"space/README.md": README, "space/Dockerfile": DOCKERFILE, "space/app.py": "app = None\n"})
    done = git(project, "commit", "-m", "first", check=False)
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stderr + done.stdout
    assert (project / "space" / "README.md").read_text("utf-8") == README.replace("Grey", "gray")

    git(project, "add", "-A")
    done = git(project, "commit", "-m", "second", check=False)
    assert done.returncode == 0, done.stderr + done.stdout

    write(project, {"space/Dockerfile": DOCKERFILE.replace("7860", "8000")})
    done = git(project, "commit", "-m", "a port that the README does not name", check=False)
    assert done.returncode == 1
    output = done.stderr + done.stdout
    assert output.count("[DK002]") == 1, output

    git(project, "reset", "-q", "--hard")
    write(project, {"src/tool.py": "print(2)\n"})
    done = git(project, "commit", "-m", "only ordinary files", check=False)
    assert done.returncode == 0, done.stderr + done.stdout


@pytest.mark.parametrize(
    ("path", "text", "times", "said"),
    [
        ("static/main.js", 'const token = "hf_[34 letters]"\n', 1, "[SE001]"),
        ("notes/setup.go", "// export HF_TOKEN=hf_[34 letters]\n", 1, "[SE001]"),
        ("model.bin", "\0", 12_000_000, "hook id: hublint-fix"),
    ],
)
def test_files_of_any_kind_start_the_hooks(project: Path, path: str, text: str, times: int, said: str) -> None:
    git(project, "remote", "add", "hub", "https://huggingface.co/spaces/me/demo")
    write(project, {"README.md": README.replace("Grey", "gray"), "Dockerfile": DOCKERFILE, "app.py": "app = None\n"})
    done = git(project, "commit", "-m", "first", check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    write(project, with_tokens({path: text * times}))
    done = git(project, "commit", "-m", "second", check=False)
    assert done.returncode == 1
    assert said in done.stderr + done.stdout
