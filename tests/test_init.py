"""`hublint init` in folders of many kinds: what it writes is right, and nothing that is there is touched."""

from __future__ import annotations

import json
import struct
import subprocess
from pathlib import Path

import pytest

from hublint.cli.main import run

GRADIO = "import gradio as gr\n\ndemo = gr.Interface(lambda text: text, 'text', 'text')\ndemo.launch()\n"
DOCKERFILE = """FROM python:3.12-slim
RUN useradd -m -u 1000 user && pip install fastapi uvicorn
USER user
WORKDIR /app
COPY --chown=user . .
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]
"""
API = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/')\ndef root():\n    return 1\n"
BERT = '{"architectures": ["BertForMaskedLM"], "model_type": "bert"}'
LORA = '{"base_model_name_or_path": "meta-llama/Llama-3.1-8B", "peft_type": "LORA", "task_type": "CAUSAL_LM"}'


def weights(name: str) -> bytes:
    header = json.dumps({name: {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(4)


# Files, what the card's block then holds, and the rules that say what is left to the author.
FOLDERS: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "gradio": (
        {"app.py": GRADIO, "requirements.txt": "gradio==6.1.0\n"},
        "title: Demo\nemoji: 🚀\ncolorFrom: blue\ncolorTo: green\nsdk: gradio\nsdk_version: 6.1.0\n",
        "",
    ),
    "gradio-without-pin": (
        {"app.py": GRADIO},
        "title: Demo\nemoji: 🚀\ncolorFrom: blue\ncolorTo: green\nsdk: gradio\n",
        "SP004",
    ),
    "docker": (
        {"Dockerfile": DOCKERFILE, "app.py": API},
        "title: Demo\nemoji: 🚀\ncolorFrom: blue\ncolorTo: green\nsdk: docker\napp_port: 8000\n",
        "",
    ),
    "static": (
        {"index.html": "<html></html>"},
        "title: Demo\nemoji: 🚀\ncolorFrom: blue\ncolorTo: green\nsdk: static\n",
        "",
    ),
    "transformers": (
        {"config.json": BERT, "model.safetensors": weights("bert.x"), "tokenizer.json": "{}"},
        "library_name: transformers\npipeline_tag: fill-mask\n",
        "CT001 MC007 MC010",
    ),
    "adapter": (
        {"adapter_config.json": LORA, "adapter_model.safetensors": weights("base_model.model.x")},
        "base_model: meta-llama/Llama-3.1-8B\ntags:\n- lora\nlibrary_name: peft\n",
        "CT001 MC003 MC007",
    ),
    "dataset": (
        {"train.csv": "a,b\n1,2\n", "test.csv": "a,b\n1,2\n"},
        "pretty_name: Demo\n",
        "CT001 DC006 DC008",
    ),
}


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Demo"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def fill(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_new_repository(name: str, demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files, block, left = FOLDERS[name]
    fill(demo, files)
    assert run(["init"]) == 0
    printed = capsys.readouterr().out
    assert (demo / "README.md").read_text("utf-8") == f"---\n{block}---\n\n# Demo\n"
    assert [
        line.split()[0] for line in printed.splitlines() if line.startswith("  ") and line[2].isupper()
    ] == left.split()
    run(["check", "--output-format", "json"])
    found = {each["code"] for each in json.loads(capsys.readouterr().out)["findings"]}
    assert found == set(left.split())
    for file, content in files.items():
        assert (demo / file).read_bytes() == (content.encode() if isinstance(content, str) else content)


def test_what_is_there_stays(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(demo, {"app.py": GRADIO, "README.md": "# mine\n", ".gitignore": "x\n"})
    assert run(["init"]) == 0
    assert (demo / "README.md").read_text() == "# mine\n"
    assert (demo / ".gitignore").read_text() == "x\n"
    printed = capsys.readouterr().out
    assert "README.md is there already and was left as it is" in printed
    assert "wrote .gitattributes" in printed
    assert "  FM001 README.md has no metadata block; without `sdk` the Space does not start\n" in printed
    assert "`hublint fix --unsafe-fixes .` writes the block" in printed
    assert run(["init"]) == 0
    assert "wrote" not in capsys.readouterr().out
    assert run(["fix", "--unsafe-fixes", "."]) == 1  # what only the author knows is left
    assert (demo / "README.md").read_text().endswith("---\n\n# mine\n")
    capsys.readouterr()
    assert run(["init"]) == 0
    assert "FM001" not in capsys.readouterr().out


def test_nothing_tells_what_it_is(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 2
    assert "say so with --repo-type space, model or dataset" in capsys.readouterr().err
    assert not list(demo.iterdir())
    assert run(["init", "--repo-type", "model"]) == 0
    assert (demo / "README.md").read_text() == "---\ntags: []\n---\n\n# Demo\n"
    said = capsys.readouterr().out.replace("\n    ", " ")
    assert "check it with `hublint check --repo-type model`" in said
    assert run(["check"]) == 2 and run(["check", "--repo-type", "model"]) == 1
    (demo / "README.md").write_text("---\nlicense: mit\n---\n\n# Demo\n", "utf-8")
    capsys.readouterr()
    assert run(["check", "--output-format", "concise"]) == 0
    assert run(["init"]) == 0
    assert "--repo-type" not in capsys.readouterr().out
    assert run(["init", "absent"]) == 2


@pytest.mark.parametrize(
    ("name", "title"), [("2024", '"2024"'), ("yes", '"yes"'), ("my-new_data.set", "my new data set")]
)
def test_names_that_yaml_reads_as_something_else(
    name: str, title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    fill(folder, {"train.csv": "a,b\n1,2\n"})
    assert run(["init", str(folder)]) == 0
    assert f"pretty_name: {title}\n" in (folder / "README.md").read_text()


def test_git_takes_the_files_as_meant(demo: Path) -> None:
    fill(demo, {"train.csv": "a,b\n1,2\n"})
    assert run(["init"]) == 0
    subprocess.run(["git", "init", "-q"], check=True)

    def attribute(path: str) -> str:
        done = subprocess.run(["git", "check-attr", "filter", path], check=True, capture_output=True, text=True)
        return done.stdout.rpartition(" ")[2].strip()

    assert [attribute(path) for path in ("a/b.safetensors", "saved_model/x/y", "cat.png")] == ["lfs"] * 3
    assert [attribute(path) for path in ("README.md", "train.csv")] == ["unspecified"] * 2
    ignored = subprocess.run(
        ["git", "check-ignore", ".env", "a/__pycache__/x.pyc", ".env.example", "train.csv"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert ignored.stdout.split() == [".env", "a/__pycache__/x.pyc"]
