"""Which folders are Hub repositories, and why."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from corpus import KINDS, folder, samples
from hublint.documents.card import Card
from hublint.engine.discovery import Found, Options
from hublint.engine.discovery import find as find_projects
from hublint.repository.kinds import kind_of_files, kind_of_metadata, metadata_keys
from repositories import findings

SPACE = "---\nsdk: gradio\n---\n"
DATASET = "---\ntask_categories:\n- text-classification\n---\n"


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def find(*paths: Path | str, **options: object) -> Found:
    return find_projects([str(path) for path in paths], Options(**options))  # type: ignore[arg-type]


def shown(found: Found, root: Path) -> dict[str, tuple[str, str]]:
    return {
        os.path.relpath(project.folder, root): (project.repository.kind, project.repository.reason)
        for project in found.projects
    }


@pytest.mark.parametrize(
    ("readme", "kind"),
    [
        ("---\nsdk: docker\n---\n", "space"),
        ("---\ntitle: x\nemoji: y\ncolorFrom: red\ncolorTo: blue\n---\n", "space"),
        ("---\nsdk: gradio\ntitle: a: b\n---\n", "space"),
        ("\ufeff---\nsdk: gradio\ntitle: x\nemoji: y\n---\n", "space"),
        ("---\nlibrary_name: peft\n---\n", "model"),
        ("---\nlicense: mit\nlanguage: en\n---\n", "model"),
        ("---\ndataset_info:\n  features: []\n---\n", "dataset"),
        ("---\nYAML tags:\n- x\n---\n", "dataset"),
        ("---\ntitle: Post\nemoji: x\ntype: tech\ntopics: [a]\npublished: true\n---\n", None),
        ("---\nlayout: page\ntitle: About\n---\n", None),
        ("---\ntitle: Post\ntags: [a]\n---\n", None),
        ("---\nname: skill\ndescription: does things\nlicense: MIT\n---\n", None),
        ("---\ntitle: Dashboards\nmetrics: [latency]\n---\n", None),
        ("---\nlayout: deck\nviewer: true\nconfigs: [a.yml]\n---\n", None),
        ("---\nlicense: mit\nmetrics: [f1]\nquantized_by: me\n---\n", "model"),
        ("---\nmetrics: [f1]\n---\n", "model"),
        ("---\nlicense: mit\nextra_gated_prompt: Agree.\n---\n", "model"),
        ("---\ntitle: Demo\nsuggested_storage: small\nhf_oauth_expiration_minutes: 480\n---\n", "space"),
        ("---\ntitle: API\nbase_path: /v1\npinned: true\n---\n", None),
        ("---\ntitle: Push notifications\nsdk: flutter\n---\n", None),
        ("---\ntitle: Demo\nemoji: x\nsdk: strmlit\n---\n", "space"),
        ("# Title\n\n---\n\nText\n\n---\n", None),
        ("", None),
    ],
)
def test_kind_of_a_readme(tmp_path: Path, readme: str, kind: str | None) -> None:
    write(tmp_path, {"README.md": readme})
    assert [project.repository.kind for project in find(tmp_path).projects] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (["config.json", "model.safetensors"], "model"),
        (["adapter_config.json", "adapter_model.safetensors"], "model"),
        (["model_index.json", "unet/diffusion_pytorch_model.safetensors"], "model"),
        (["llama-Q4_K_M.gguf"], "model"),
        (["config.json", "model.ot"], "model"),
        (["config.json", "model.npz"], None),
        (["adapter_config.json", "app.py", "gui.py"], None),
        (["config.json", "index.js"], None),
        (["setup.py", "model.gguf"], None),
        (["adapter_config.json", "adapter_model.bin", "pyproject.toml", "src/lerobot/__init__.py"], None),
        (["config.json", "model.safetensors", "app.py", "templates/index.html", "requirements.txt"], None),
        (["model_index.json", "vae/model.safetensors", "Dockerfile", "docker-compose.yml"], None),
        (["config.json", "model.safetensors", "modeling_mine.py", "handler.py", "requirements.txt"], "model"),
        (["README.md", "data/train-00000-of-00001.parquet"], "dataset"),
        (["README.md", "data/train-00000-of-00001.parquet", "evaluation/run.py", "evaluation/judge.py"], None),
        (["README.md", "data/train-00000-of-00001.parquet", "workshop/1_start.ipynb"], None),
    ],
)
def test_kind_of_files(files: list[str], kind: str | None) -> None:
    found = kind_of_files(files)
    assert (found.kind if found else None) == kind


def test_a_folder_of_shards_is_a_part_of_what_lies_around_it(tmp_path: Path) -> None:
    shard = "data/train-00000-of-00001.parquet"
    write(tmp_path, {"README.md": "# Bench\n", shard: "x", "evaluation/run.py": "import datasets\n"})
    assert not find(tmp_path).projects
    assert shown(find(tmp_path / "data"), tmp_path / "data") == {".": ("dataset", "train-00000-of-00001.parquet")}


def test_option_beats_metadata_beats_files(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": SPACE, "config.json": "{}", "model.safetensors": "x"})
    assert shown(find(tmp_path), tmp_path)["."] == ("space", "`sdk: gradio` in README.md")
    assert shown(find(tmp_path, kind="dataset"), tmp_path)["."] == ("dataset", "--repo-type")


@pytest.mark.parametrize(
    ("url", "kind", "repo_id"),
    [
        ("https://huggingface.co/spaces/me/demo", "space", "me/demo"),
        ("https://user:token@huggingface.co/datasets/me/data.git", "dataset", "me/data"),
        ("git@hf.co:me/model", "model", "me/model"),
        ("https://github.com/me/huggingface.co", None, ""),
    ],
)
def test_git_remote_tells(tmp_path: Path, url: str, kind: str | None, repo_id: str) -> None:
    write(tmp_path, {"README.md": "# Title\n"})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "remote", "add", "origin", url], check=True)
    projects = find(tmp_path).projects
    assert [(project.repository.kind, project.repository.repo_id) for project in projects] == (
        [(kind, repo_id)] if kind else []
    )
    assert all("token" not in project.repository.reason for project in projects)


def test_sub_folders_of_an_ordinary_repository(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "README.md": "# A project\n",
            "spaces/a/README.md": SPACE,
            "spaces/b/README.md": SPACE,
            "data/README.md": DATASET,
            "docs/README.md": "---\ntitle: Docs\n---\n",
            "node_modules/x/README.md": SPACE,
            ".hidden/README.md": SPACE,
            "templates/{{ cookiecutter.name }}/README.md": SPACE,
        },
    )
    found = find(tmp_path)
    assert sorted(shown(found, tmp_path)) == ["data", "spaces/a", "spaces/b"]
    assert found.ordinary == []


def test_a_repository_is_not_split(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": SPACE, "models/x/README.md": "---\nlibrary_name: peft\n---\n"})
    assert list(shown(find(tmp_path), tmp_path)) == ["."]


def test_a_file_belongs_to_the_repository_around_it(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "# x\n", "space/README.md": SPACE, "space/lib/app.py": "", "other/a.py": ""})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    found = find(tmp_path / "space/lib/app.py", tmp_path / "space/README.md", tmp_path / "other/a.py")
    assert list(shown(found, tmp_path)) == ["space"]
    assert [(each.path, each.fails) for each in found.ordinary] == [(str(tmp_path / "other"), False)]


def test_outermost_repository_of_a_checkout(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": SPACE, "model/README.md": "---\nlibrary_name: peft\n---\n", "model/x.py": ""})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert list(shown(find(tmp_path / "model/x.py"), tmp_path)) == ["."]


def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"space/README.md": SPACE, "secret.txt": "outside"})
    (tmp_path / "space" / "out").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "space" / "loop").symlink_to(tmp_path / "space")
    (project,) = find(tmp_path / "space").projects
    assert dict(project.repository.files) == {"README.md": len(SPACE), "loop": -1, "out": -1}
    assert project.repository.source("out") is None
    assert project.repository.source("loop/README.md") is None


def test_kinds_of_the_corpus() -> None:
    """Every sample whose README has metadata of its own is recognised, and no ordinary repository is taken for one."""
    if folder() is None:
        pytest.skip("the corpus is not here: set HUBLINT_CORPUS")
    wrong = []
    for sample in samples():
        tree = sample.tree()
        data = tree.read("README.md")
        found = None
        if data is not None:
            card = Card("README.md", data)
            found = kind_of_metadata(metadata_keys(card), card.data, tree.sizes()) if metadata_keys(card) else None
        found = found or kind_of_files(tree.sizes())
        kind = found.kind if found else None
        if kind is not None and kind != KINDS.get(sample.group):
            wrong.append((sample.group, sample.id, kind))
    assert wrong == []


def test_configured_kind_needs_no_metadata(tmp_path: Path) -> None:
    write(tmp_path, {"card/notes.txt": "", "hublint.toml": "[repo-types]\ncard = 'model'\n"})
    assert shown(find(tmp_path), tmp_path) == {"card": ("model", "`repo-types` in hublint.toml")}


WORKFLOW = """\
on: push
jobs:
  sync:
    steps:
      - uses: actions/checkout@v4
      - run: git push https://huggingface.co/spaces/alice/demo main
"""


def test_an_ordinary_repository_that_a_workflow_makes_a_space(tmp_path: Path) -> None:
    write(tmp_path, {".github/workflows/a.yml": WORKFLOW, "README.md": "# Demo\n", "demo/README.md": SPACE})
    found = find(tmp_path)
    assert shown(found, tmp_path) == {
        ".": ("space", ".github/workflows/a.yml pushes it to a Space"),
        "demo": ("space", "`sdk: gradio` in README.md"),
    }
    assert [project.repository.synced for project in found.projects] == [True, False]
    (tmp_path / ".git").mkdir()
    assert list(shown(find(tmp_path / "demo" / "README.md"), tmp_path)) == ["demo"]
    assert list(shown(find(tmp_path / "README.md"), tmp_path)) == ["."]
    write(tmp_path, {"README.md": SPACE})
    assert shown(find(tmp_path), tmp_path) == {".": ("space", "`sdk: gradio` in README.md")}


@pytest.mark.parametrize("readme", ["", "# Demo\n", "---\nlayout: page\n---\n"])
def test_only_rules_about_workflows_check_it(tmp_path: Path, readme: str) -> None:
    write(tmp_path, {".github/workflows/a.yml": WORKFLOW, "README.md": readme, "app.py": 'token = "hf_"\n'})
    (project,) = find(tmp_path).projects
    assert [finding.code for finding in findings(project.repository)] == ["RP010"]


def test_a_workflow_that_does_something_else_makes_no_space(tmp_path: Path) -> None:
    write(tmp_path, {".github/workflows/a.yml": WORKFLOW.replace("git push", "curl"), "README.md": "# Demo\n"})
    assert find(tmp_path).projects == []
