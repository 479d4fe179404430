"""The same evidence from everywhere, and what looks like a Hub repository without being checked is told."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SPACE = "---\ntitle: Demo\nemoji: 🗣️\nsdk: static\ncolorFrom: gray\ncolorTo: blue\n---\n# Demo\n"
MODEL = "---\nlicense: mit\nlibrary_name: transformers\npipeline_tag: text-generation\n---\n# Demo\n"
WEIGHTS = {"config.json": '{"model_type": "bert"}', "model.safetensors": "x"}
HUB_ATTRIBUTES = "".join(
    f"{pattern} filter=lfs diff=lfs merge=lfs -text\n"
    for pattern in ("*.safetensors", "saved_model/**/*", "*tfevents*")
)


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def below(folder: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{folder}/{path}": text for path, text in files.items()}


def hublint(root: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "hublint", *arguments],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def listed(root: Path, *paths: str) -> list[str]:
    _, out, _ = hublint(root, "check", "--isolated", "--show-files", *paths)
    return [line.partition(" (")[0] for line in out.splitlines() if not line.startswith("  ")]


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (WEIGHTS, "model"),
        ({"README.md": "# Bert\n", **WEIGHTS}, "model"),
        ({"README.md": "---\nlayout: page\n---\n", **WEIGHTS}, "model"),
        ({"adapter_config.json": "{}", "adapter_model.safetensors": "x"}, "model"),
        ({"model_index.json": "{}", "unet/diffusion_pytorch_model.safetensors": "x"}, "model"),
        ({"README.md": "# Quantized\n", "llama-Q4_K_M.gguf": "x"}, "model"),
        ({"README.md": "# Data\n", "data/train-00000-of-00001.parquet": "x"}, "dataset"),
        ({"README.md": "# Data\n", "fr/test-00001-of-00003-0a1b2c3d4e5f6071.parquet": "x"}, "dataset"),
        ({"README.md": "# App\n", ".gitattributes": HUB_ATTRIBUTES, "app.py": "import gradio\n"}, "space"),
        ({"README.md": "# App\n", ".gitattributes": HUB_ATTRIBUTES, "Dockerfile": "EXPOSE 7860\n"}, "space"),
    ],
)
def test_files_tell_the_same_from_everywhere(tmp_path: Path, files: dict[str, str], kind: str) -> None:
    write(tmp_path, {**below("all/good", {"README.md": MODEL}), **below("all/other", files), "all/other/sub/x.txt": ""})
    assert listed(tmp_path, "all") == ["all/good/ model", f"all/other/ {kind}"]
    assert listed(tmp_path, "all/other") == [f"all/other/ {kind}"]
    assert listed(tmp_path, "all/other/sub") == [f"all/other/ {kind}"]
    assert listed(tmp_path, f"all/other/{next(iter(files))}") == [f"all/other/ {kind}"]


@pytest.mark.parametrize(
    ("remotes", "found"),
    [
        ((), True),
        (("https://github.com/alice/demo",), False),
        (("https://github.com/alice/demo", "https://huggingface.co/spaces/alice/demo"), True),
    ],
)
def test_an_app_whose_home_is_elsewhere_may_be_a_copy(tmp_path: Path, remotes: tuple[str, ...], found: bool) -> None:
    write(tmp_path, {"README.md": "# App\n", ".gitattributes": HUB_ATTRIBUTES, "app.py": "import gradio\n"})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for number, url in enumerate(remotes):
        subprocess.run(["git", "-C", str(tmp_path), "remote", "add", f"r{number}", url], check=True)
    code, out, _ = hublint(tmp_path, "check", "--isolated")
    assert code == (1 if found else 2)
    assert ("FM001" in out) is found
    assert found or "app.py imports gradio, so it may be a Space" in out


@pytest.mark.parametrize("path", ["space/server", "space/static/css", "space/server/main.py"])
@pytest.mark.parametrize("checkout", [False, True])
def test_what_is_inside_a_space_leads_to_it(tmp_path: Path, path: str, checkout: bool) -> None:
    write(tmp_path, {"space/README.md": SPACE, "space/server/main.py": "", "space/static/css/a.css": ""})
    if checkout:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert listed(tmp_path, path) == ["space/ space"]
    write(tmp_path, {"space/index.html": "<p>"})
    assert hublint(tmp_path / path if "." not in path else tmp_path / "space", "check", "--isolated")[0] == 0


def test_a_checkout_inside_a_space_is_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": SPACE, "library/README.md": "# Library\n"})
    (tmp_path / "library" / ".git").mkdir()
    assert listed(tmp_path, "library") == []


def test_a_workflow_below_a_parent(tmp_path: Path) -> None:
    workflow = (
        "on: push\njobs:\n  sync:\n    steps:\n      - uses: actions/checkout@v4\n"
        "      - run: git push https://huggingface.co/spaces/alice/demo main\n"
    )
    write(tmp_path, below("all/demo", {"README.md": "# Demo\n", ".github/workflows/a.yml": workflow}))
    assert listed(tmp_path, "all") == listed(tmp_path, "all/demo") == ["all/demo/ space"]


PROGRAMS = [
    {"pyproject.toml": "", "README.md": "# Tool\n", "src/tool.py": ""},
    {"package.json": "{}", "README.md": "# Tool\n", "config.json": "{}", "index.js": ""},
    {"README.md": "# Tool\n", "requirements.txt": "mlflow\n", "train.py": "", "mlruns/0/meta.yaml": "a: 1\n"},
    {"README.md": "# Kaggle\n", "solve.ipynb": "{}", "train.csv": "a\n", "test.csv": "a\n"},
    {"Dockerfile": "FROM python\nEXPOSE 8000\n", "main.py": "import fastapi\n", "requirements.txt": "fastapi\n"},
    {"README.md": "# Formats\n", "test.json": "{}", "test.md": "", "test.sarif": ""},
    {"README.md": "# Docs\n", "docs/README.md": "---\ntitle: Docs\n---\n", "docs/a.md": "# A\n"},
]


@pytest.mark.parametrize("files", PROGRAMS)
def test_an_ordinary_project_is_neither_checked_nor_suspected(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    code, out, err = hublint(tmp_path, "check", "--isolated", ".")
    assert (code, out.count("\n")) == (2, 1)
    assert out.startswith("no Hub repository found in `.`: ")
    assert "and no git remote is on huggingface.co. If it is one: `hublint check --repo-type space .`" in out
    assert "look" not in err


@pytest.mark.parametrize("code", ["train.ipynb", "train.py", "package.json"])
def test_what_training_wrote_beside_its_code_is_no_repository(tmp_path: Path, code: str) -> None:
    write(tmp_path, {"lab/README.md": "# Lab\n", f"lab/{code}": "", **below("lab/outputs/checkpoint-60", WEIGHTS)})
    assert listed(tmp_path, ".") == listed(tmp_path, "lab/outputs/checkpoint-60/config.json") == []
    assert listed(tmp_path, "lab/outputs/checkpoint-60") == ["lab/outputs/checkpoint-60/ model"]
    assert "`lab/outputs/checkpoint-60` looks like a Hub repository" in hublint(tmp_path, "check", "--isolated", ".")[2]


def test_many_ordinary_paths_are_counted(tmp_path: Path) -> None:
    paths = [f"d{number}/a.txt" for number in range(30)]
    write(tmp_path, dict.fromkeys(paths, ""))
    code, out, _ = hublint(tmp_path, "check", "--isolated", *paths)
    assert (code, out.count("\n")) == (2, 11)
    assert "20 more of the named paths are in no Hub repository\n" in out


def test_a_model_within_a_program_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "", "README.md": "# Tool\n", **below("checkpoints/bert", WEIGHTS)})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    code, out, err = hublint(tmp_path, "check", "--isolated", ".")
    assert code == 2
    assert "no Hub repository found in `.`" in out
    assert (
        "`checkpoints/bert` looks like a Hub repository (config.json beside weights) and was not checked: "
        "`hublint check --repo-type model checkpoints/bert`"
    ) in err
    write(tmp_path, {"checkpoints/mine/README.md": MODEL})
    assert listed(tmp_path, ".") == ["checkpoints/bert/ model", "checkpoints/mine/ model"]


@pytest.mark.parametrize(
    ("files", "kind", "reason"),
    [
        ({"README.md": "# Demo\n", "app.py": "import gradio as gr\n"}, "space", "app.py imports gradio"),
        ({"app.py": "from gradio import Blocks\n", "requirements.txt": "gradio\n"}, "space", "app.py imports gradio"),
        (
            {"README.md": "# Demo\n", "src/streamlit_app.py": "import streamlit as st\n", "requirements.txt": ""},
            "space",
            "src/streamlit_app.py imports streamlit",
        ),
        (
            {"Dockerfile": "FROM python\nEXPOSE 7860\n", "main.py": "", "package.json": "{}"},
            "space",
            "Dockerfile names port 7860",
        ),
        ({"README.md": "# Yolo\n", "best.pt": "x"}, "model", "best.pt beside README.md"),
        ({"README.md": "# Reviews\n", "train.csv": "a\n"}, "dataset", "train.csv beside README.md"),
        ({"README.md": "# Model\n", **WEIGHTS, "pyproject.toml": ""}, "model", "config.json beside weights"),
    ],
)
def test_in_doubt_the_option_is_offered(tmp_path: Path, files: dict[str, str], kind: str, reason: str) -> None:
    write(tmp_path, below("a b", files))
    code, out, err = hublint(tmp_path, "check", "--isolated", "a b")
    assert code == 2
    assert f"{reason}, so it may be a {kind.replace('space', 'Space')}: `hublint check --repo-type {kind} 'a b'`" in out
    assert "nothing was checked" in err
    code, out, err = hublint(tmp_path, "check", "--isolated", ".")
    assert f"`a b` looks like a Hub repository ({reason}) and was not checked" in err
    code, out, err = hublint(tmp_path, "check", "--isolated", f"a b/{next(iter(files))}")
    assert code == 2
    assert "found in `a b`" in out


def test_what_is_left_out_is_named_and_counted(tmp_path: Path) -> None:
    for number in range(9):
        write(tmp_path, {f"spaces/s{number}/README.md": SPACE, f"spaces/s{number}/index.html": "<p>"})
    for number in range(7):
        write(tmp_path, {f"spaces/x{number}/README.md": "# Template\n"})
    code, _, err = hublint(tmp_path, "check", "--isolated", ".")
    assert code == 0
    assert (
        "7 folders look like Hub repositories and were not checked: spaces/x0, spaces/x1, spaces/x2, spaces/x3, "
        "spaces/x4, ...;"
    ) in err
    write(tmp_path, {f"docs/{name}/README.md": "# Page\n" for name in "abcdefghij"})
    assert "7 folders" in hublint(tmp_path, "check", "--isolated", ".")[2]


def test_a_named_folder_that_is_not_checked_fails(tmp_path: Path) -> None:
    write(tmp_path, {"good/README.md": SPACE, "good/index.html": "<p>", "plain/a.txt": "", "data/README.md": "# D\n"})
    write(tmp_path, {"data/train.csv": "a\n"})
    assert hublint(tmp_path, "check", "--isolated", "good")[0] == 0
    for output in ("text", "concise", "json", "github", "text:out.txt"):
        code, out, err = hublint(tmp_path, "check", "--isolated", "--output-format", output, "good", "plain")
        assert code == 2
        assert (out + err).count("no Hub repository found in `plain`") == 1
        assert "not all that was named was checked (--allow-empty makes that no failure)" in err
    assert hublint(tmp_path, "check", "--isolated", "--allow-empty", "good", "plain")[0] == 0
    assert hublint(tmp_path, "check", "--isolated", "good", "plain/a.txt")[0] == 0
    code, out, _ = hublint(tmp_path, "check", "--isolated", "good", "data/train.csv")
    assert (code, "no Hub repository found in `data`" in out) == (2, True)
    assert hublint(tmp_path, "check", "--isolated", "--allow-empty", "good", "data/train.csv")[0] == 0
    assert hublint(tmp_path, "check", "--isolated", "--show-files", "good", "plain")[0] == 2


def test_what_the_configuration_excludes_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"fixtures/demo/README.md": SPACE, "hublint.toml": "exclude = ['fixtures']\n"})
    code, out, _ = hublint(tmp_path, "check", "fixtures")
    assert (code, out) == (2, "`fixtures` is excluded by hublint.toml; --isolated checks without that file\n")
    assert hublint(tmp_path, "check", "fixtures/demo/README.md")[1] == (
        "`fixtures/demo/README.md` is excluded by hublint.toml; --isolated checks without that file\n"
    )
    code, out, _ = hublint(tmp_path, "check", ".")
    assert (code, "; `fixtures` is excluded by hublint.toml\n" in out) == (2, True)
    assert hublint(tmp_path, "check", "--allow-empty", "fixtures")[0] == 0
    assert hublint(tmp_path, "check", "--isolated", "fixtures")[0] == 0


def test_one_broken_configuration_does_not_stop_the_others(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path, {f"{name}/README.md": SPACE.replace("gray", "teal"), f"{name}/index.html": "<p>"})
    write(tmp_path, {"b/hublint.toml": "select = [", "b/Dockerfile": "FROM python\nEXPOSE 7860\n"})
    code, out, err = hublint(tmp_path, "check", "--output-format", "concise", ".")
    assert code == 2
    assert "looks like a Hub repository" not in err  # it is one; only its configuration is in the way
    assert ("a/README.md" in out, "b/README.md" in out, "c/README.md" in out) == (True, False, True)
    assert f"b{os.sep}hublint.toml: " in err


def test_preflight_says_the_same(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "# Demo\n", "app.py": "import gradio\n", "requirements.txt": "gradio\n"})
    code, _, err = hublint(tmp_path, "preflight")
    assert (code, "`hublint preflight --repo-type space .`" in err) == (2, True)


def test_an_empty_path_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": SPACE, "index.html": "<p>"})
    code, _, err = hublint(tmp_path, "check", "")
    assert (code, "an empty path names nothing" in err) == (2, True)
