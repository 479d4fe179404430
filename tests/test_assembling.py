"""Scripts and workflows around a Space's folder, in the same git checkout, that put more beside its files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hublint.repository.assembling import assembling
from hublint.repository.git.folder import around
from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree
from repositories import findings

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://huggingface.co/spaces/me/demo"
WORKFLOW = ".github/workflows/push.yml"


def space(top: Path, files: dict[str, str]) -> Repository:
    """The Space in the folder `web/demo` of a checkout."""
    (top / ".git").mkdir()
    files = {"web/demo/README.md": "---\nsdk: docker\n---\n", **files}
    for path, text in files.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text)
    return Repository(FolderTree(str(top / "web" / "demo")), "space")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (WORKFLOW, f"run: |\n  cp web/demo/Dockerfile out/\n  cp -r api out/\n  git push --force {URL} main\n"),
        (WORKFLOW, f"run: |\n  rsync -a api ./web/demo/api\n  git push {URL} main\n"),
        ("web/Makefile", "push:\n\tcp -r ../api demo/\n\thf upload me/demo demo . --repo-type space\n"),
        ("scripts/push.py", "shutil.copytree('api', ROOT / 'web/demo/api')\napi.upload_folder(repo_type='space')\n"),
        ("push.py", "api.upload_file(path_or_fileobj='web/demo/app.py', repo_id='me/demo', repo_type='space')\n"),
    ],
)
def test_a_script_around_it_brings_more(tmp_path: Path, path: str, text: str) -> None:
    dockerfile = "FROM python:3.12\nCOPY api /api\nCMD python /api/app.py\n"
    repository = space(tmp_path, {path: text, "web/demo/Dockerfile": dockerfile})
    assert assembling(repository) == ("../" if path.startswith("web/") else "../../") + path.removeprefix("web/")
    assert [each.severity for each in findings(repository, "DK012", "DK029")] == ["info"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            WORKFLOW,
            f"run: |\n  cp web/demo2/Dockerfile my-demo/x out/\n  hf upload me/demo out\n  git push {URL} main\n",
        ),
        (WORKFLOW, f"run: git push {URL} `git subtree split --prefix web/demo`:main\n"),
        (WORKFLOW, "run: |\n  cp -r web/demo /var/www\n"),
        ("push.sh", "hf upload me/demo web/demo/ . --repo-type space\n"),
        ("other/scripts/push.sh", f"cp -r api web/demo/\ngit push {URL} main\n"),
        ("notes.md", f"cp -r api web/demo/\ngit push {URL} main\n"),
    ],
)
def test_others_do_not(tmp_path: Path, path: str, text: str) -> None:
    repository = space(tmp_path, {path: text})
    assert not assembling(repository)
    assert [each.severity for each in findings(repository, "SP025")] == ["warning"]


def test_what_lies_around_a_checkout_is_not_looked_at(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    repository = space(top, {})
    (tmp_path / "push.sh").write_text(f"cp -r api web/demo/\ngit push {URL} main\n")
    assert not assembling(repository)
    assert around(str(top / "web" / "demo")) == [str(top / "web"), str(top)]
    assert around(str(top)) == around("") == []


@pytest.mark.parametrize(
    ("rule", "files", "message"),
    [
        (
            "SP007",
            {"README.md": "---\nsdk: gradio\napp_file: web/demo/app.py\n---\n", "app.py": ""},
            "`app_file` names `web/demo/app.py`, which is not in the repository, so the Space does not start "
            "unless `app.py` is put there",
        ),
        (
            "DK012",
            {"Dockerfile": "FROM python:3.12\nCOPY api /api\nCMD python /api/app.py\n", "../../api/app.py": ""},
            "`api` is not in the repository, so the build stops here unless `../../api` is put there",
        ),
        (
            "SP025",
            {"../Dockerfile": "FROM python:3.12\n"},
            "`sdk: docker` needs a file named `Dockerfile` in the repository's root; none was found, "
            "unless `../Dockerfile` is put there",
        ),
        (
            "SP026",
            {"README.md": "---\nsdk: gradio\n---\n", "app.py": "import torch\n", "../requirements.txt": "torch\n"},
            "the app imports `torch`, but no requirements.txt installs it, unless `../requirements.txt` is put there",
        ),
        (
            "DF001",
            {
                "README.md": "---\nconfigs:\n- config_name: a\n  data_files: data/a.json\n---\n",
                "b.json": "[]",
                "../data/a.json": "[]",
            },
            "`data/a.json` matches no file of the repository, unless `../data/a.json` is put there",
        ),
    ],
)
def test_what_a_folder_around_it_has_may_come_along(
    tmp_path: Path, rule: str, files: dict[str, str], message: str
) -> None:
    placed = {os.path.normpath(f"web/demo/{path}"): text for path, text in files.items()}
    repository = space(tmp_path, placed)
    if rule == "DF001":
        repository = Repository(repository.tree, "dataset")
    assert [(each.severity, each.message) for each in findings(repository, rule)] == [("info", message)]
    (tmp_path / ".git").rmdir()
    alone = Repository(repository.tree, repository.kind)
    assert [each.severity in ("error", "warning") for each in findings(alone, rule)] == [True]
