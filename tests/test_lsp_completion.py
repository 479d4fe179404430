"""Completion and hover over the protocol; `|` is the cursor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import hublint_schemas
from hublint.server.positions import units
from lsp_client import Client
from test_lsp_actions import applied

SPACE = "---\ntitle: 🔥\nsdk: gradio\nemoji: 🔥\n"
MODEL = "---\nlibrary_name: transformers\npipeline_tag: text-generation\n"
DATASET = "---\npretty_name: A\ndataset_info: {}\n"
FILES = {
    "app.py": 'import gradio\nx.from_pretrained("openai-community/gpt2")\nload_dataset("rajpurkar/squad")\n',
    "index.html": "<html></html>",
    "data/train.csv": "a\n1\n",
    "LICENSE": "MIT",
    "cover.png": "",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client(tmp_path_factory.mktemp("workspace")) as made:
        for kind, text in (("space", SPACE), ("model", MODEL), ("dataset", DATASET)):
            for name, content in {**FILES, "README.md": f"{text}---\n"}.items():
                path = made.folder / kind / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
            made.codes(made.open(made.folder / kind / "README.md"))
        yield made
        assert made.stop() == 0
        assert made.errors == b""


def place(client: Client, path: str | Path, text: str) -> dict[str, Any]:
    """Put a text into a file and the cursor where `|` is."""
    uri = (client.folder / path).as_uri()
    before, _, after = text.partition("|")
    if uri in client.versions:
        client.change(uri, before + after)
    else:
        client.open(path, before + after)
    line = before.rpartition("\n")[2]
    return {"textDocument": {"uri": uri}, "position": {"line": before.count("\n"), "character": units(line)}}


def completed(client: Client, path: str | Path, text: str) -> dict[str, dict[str, Any]]:
    """The items at the cursor, by label, in the order in which they are shown."""
    answer = client.request("textDocument/completion", place(client, path, text))
    items = sorted(answer["items"], key=lambda item: item["sortText"]) if answer else []
    return {item["label"]: item for item in items}


def told(client: Client, path: str | Path, text: str) -> str:
    answer = client.request("textDocument/hover", place(client, path, text))
    return str(answer["contents"]["value"]) if answer else ""


def after(text: str, item: dict[str, Any]) -> str:
    """The text once an item is chosen, its places empty."""

    edit = {
        **item["textEdit"],
        "newText": re.sub(r"\$\{\d+:([^}]*)\}|\$\{\d+\|[^}]*\}|\$\d+", r"\1", item["textEdit"]["newText"]),
    }
    return applied(text.replace("|", "", 1), [edit])


def test_keys_that_are_not_there_yet(client: Client) -> None:
    found = completed(client, "space/README.md", f"{SPACE}col|\n---\n")
    assert {"colorFrom", "app_file", "models"} <= found.keys()
    assert not {"title", "sdk", "emoji", "pipeline_tag"} & found.keys()
    assert list(found)[-1] == "suggested_storage", "what is of no use comes last"
    assert found["suggested_storage"]["tags"] == [1]
    schema = hublint_schemas.schema("space")["properties"]
    for name, item in found.items():
        assert item["documentation"]["value"] == schema[name]["description"]
    assert after(f"{SPACE}col|\n---\n", found["colorFrom"]) == f"{SPACE}colorFrom: \n---\n"
    assert "${1|red,yellow" in found["colorFrom"]["textEdit"]["newText"]


def test_a_key_before_its_colon_is_a_word_alone(client: Client) -> None:
    found = completed(client, "space/README.md", f"{SPACE}col|: red\n---\n")
    assert found["colorTo"]["textEdit"]["newText"] == "colorTo"


@pytest.mark.parametrize("kind", hublint_schemas.KINDS)
def test_every_snippet_is_yaml_with_what_the_schema_demands(client: Client, kind: str) -> None:
    text = {
        "space": "---\nsdk: gradio\nemoji: a\n|\n---\n",
        "model": f"{MODEL}|\n---\n",
        "dataset": f"{DATASET}|\n---\n",
    }[kind]
    for name, item in completed(client, f"{kind}/README.md", text).items():
        written = yaml.safe_load(after(text, item).strip("-\n") + "\n")
        assert name in written
    if kind == "model":
        written = yaml.safe_load(
            after(text, completed(client, "model/README.md", text)["model-index"]).strip("-\n") + "\n"
        )
        (result,) = written["model-index"][0]["results"]
        assert {"task", "dataset", "metrics"} <= result.keys()


@pytest.mark.parametrize(
    ("kind", "text", "wanted", "becomes"),
    [
        ("space", "colorFrom: |", "indigo", "colorFrom: indigo"),
        ("space", "colorFrom:|", "indigo", "colorFrom: indigo"),
        ("space", "colorFrom: r|ed # warm", "pink", "colorFrom: pink # warm"),
        ("space", "suggested_hardware: t|4", "t4-small", "suggested_hardware: t4-small"),
        ("space", "hf_oauth_scopes: [email, |]", "read-repos", "hf_oauth_scopes: [email, read-repos]"),
        ("space", "hf_oauth_scopes:\n- r|", "read-repos", "hf_oauth_scopes:\n- read-repos"),
        ("space", "hf_oauth_scopes:\n  |", "email", "hf_oauth_scopes:\n  - email"),
        ("space", "pinned: |", "true", "pinned: true"),
        ("space", "sdk_version: |", "6.31.0", "sdk_version: 6.31.0"),
        ("space", "app_file: |", "app.py", "app_file: app.py"),
        ("space", "models:\n- |", "openai-community/gpt2", "models:\n- openai-community/gpt2"),
        ("space", "models:\n-|", "openai-community/gpt2", "models:\n- openai-community/gpt2"),
        ("space", "datasets: [|]", "rajpurkar/squad", "datasets: [rajpurkar/squad]"),
        ("space", "license: apa|", "apache-2.0", "license: apache-2.0"),
        ("model", "license: other\nlicense_link: |", "LICENSE", "license: other\nlicense_link: LICENSE"),
        ("model", "language: |", "no", 'language: "no"'),
        ("model", "language:\n- |", "fr", "language:\n- fr"),
        ("model", "base_model: |", "openai-community/gpt2", "base_model: openai-community/gpt2"),
        ("model", "thumbnail: |", "cover.png", "thumbnail: cover.png"),
        ("model", "library_name: pe|", "peft", "library_name: peft"),
        ("dataset", "task_categories:\n- |", "text-classification", "task_categories:\n- text-classification"),
        ("dataset", "size_categories: |", "1K<n<10K", "size_categories: 1K<n<10K"),
        (
            "dataset",
            "configs:\n- config_name: a\n  data_files: |",
            "data/train.csv",
            "configs:\n- config_name: a\n  data_files: data/train.csv",
        ),
        (
            "dataset",
            "configs:\n- config_name: a\n  data_files:\n  - split: train\n    path: |",
            "data/train.csv",
            "configs:\n- config_name: a\n  data_files:\n  - split: train\n    path: data/train.csv",
        ),
    ],
)
def test_values(client: Client, kind: str, text: str, wanted: str, becomes: str) -> None:
    head = {"space": SPACE, "model": "---\npipeline_tag: text-generation\nmodel_name: a\n", "dataset": DATASET}[kind]
    text = f"{head}{text}\n---\n"
    found = completed(client, f"{kind}/README.md", text)
    label = next(label for label, item in found.items() if label.strip('"') == wanted)
    assert after(text, found[label]) == f"{head}{becomes}\n---\n"


def test_languages_by_their_names(client: Client) -> None:
    item = completed(client, "model/README.md", f"{MODEL}language: Fren|\n---\n")["fr"]
    assert item["filterText"] == "French"
    assert item["detail"] == "French"


def test_keys_within_keys(client: Client) -> None:
    head = f"{MODEL}model-index:\n- name: a\n  results:\n  - task:\n      type: text-generation\n"
    assert {"dataset", "metrics"} <= completed(client, "model/README.md", f"{head}    |\n---\n").keys()
    assert "task" not in completed(client, "model/README.md", f"{head}    |\n---\n")
    assert completed(client, "model/README.md", f"{head}      |\n---\n").keys() == {"name"}


def test_nothing_below_the_metadata_and_in_comments(client: Client) -> None:
    assert completed(client, "space/README.md", f"{SPACE}---\ncol|\n") == {}
    assert completed(client, "space/README.md", f"{SPACE}# col|\n---\n") == {}


def test_a_block_that_is_only_begun(client: Client) -> None:
    folder = client.folder / "new"
    folder.mkdir()
    found = completed(client, folder / "README.md", "---\n|\n---\n")
    assert {"sdk", "pipeline_tag", "configs"} <= found.keys(), "nothing tells the kind yet"
    assert completed(client, folder / "README.md", "---\nlayout: post\n|\n---\n") == {}, "a page of another tool"


def test_files_of_evaluations(client: Client) -> None:
    found = completed(client, "model/.eval_results/a.yaml", "- dataset:\n    id: a/b\n    |\n  value: 1\n")
    assert found.keys() == {"task_id", "revision"}
    assert {"name", "tasks"} <= completed(client, "dataset/eval.yaml", "|\n").keys()
    assert "task" in told(client, "model/.eval_results/a.yaml", "- dataset:\n    ta|sk_id: a\n").lower()
    assert completed(client, "space/eval.yaml", "|\n") == {}, "a Space has none"


def test_codes_in_a_suppression(client: Client) -> None:
    text = f"{SPACE}colorFrom: orange\n---\n\n<!-- hublint: ignore[SP|\n"
    client.codes(place(client, "space/README.md", text)["textDocument"]["uri"])
    found = completed(client, "space/README.md", text)
    assert found["SP008"]["detail"] == "invalid-color"
    assert next(iter(found)) in client.codes((client.folder / "space/README.md").as_uri()), "what is found comes first"
    assert after(text, found["SP008"]).endswith("ignore[SP008\n")
    assert "AC001" in completed(client, "space/app.py", "x = 1  # hublint: ignore[AC001, A|")


def test_hover_of_keys_and_values(client: Client) -> None:
    page = told(client, "space/README.md", f"{SPACE}colorF|rom: red\n---\n")
    schema = hublint_schemas.schema("space")["properties"]["colorFrom"]
    assert schema["description"] in page
    assert "`indigo`" in page
    assert "[In the Hub's documentation of Spaces since 2021-09-09](https://github.com/huggingface/hub-docs/" in page
    assert "SP008 invalid-color" in page
    page = told(client, "model/README.md", f"{MODEL}language_bc|p47: [pt-BR]\n---\n")
    assert "(of models, datasets)" in page
    assert "since" not in page, "no page of the documentation names it"
    assert "Without it: `7860`" in told(
        client, "space/README.md", SPACE.replace("gradio", "docker") + "app_po|rt: 7860\n---\n"
    )
    page = told(client, "model/README.md", f"{MODEL}license: apa|che-2.0\n---\n")
    assert "Apache license 2.0" in page and "documentation since 2021-09-09" in page
    page = told(client, "space/README.md", f"{SPACE}hf_oauth_scopes:\n- job|s\n---\n")
    assert page.startswith("`jobs`\n\n[In the Hub's documentation since 2025-10-23]")
    assert told(client, "space/README.md", f"{SPACE}hf_oauth_scopes:\n- read|-mcp\n---\n") == "", "on no page"
    page = told(client, "model/README.md", f"{MODEL}pipel|ine_tag: text-generation\n---\n")
    assert "[In the Hub's documentation of models since 2021-05-19 or earlier](" in page, "as old as the pages are"
    assert "French" in told(client, "model/README.md", f"{MODEL}language: f|r\n---\n")
    assert told(client, "model/README.md", f"{MODEL}something: f|r\n---\n") == ""


def test_hover_of_findings(client: Client) -> None:
    (client.folder / "space/Dockerfile").write_text("FROM python:3.11\n")
    text = SPACE.replace("gradio", "docker") + "---\n"
    client.codes(place(client, "space/README.md", f"{text}|")["textDocument"]["uri"])
    dockerfile = 'FROM python:3.11\nCMD ["uvicorn", "a:b", "--host", "127.0.0.1", "--port", "8000"]\n'
    at = place(client, "space/Dockerfile", f"{dockerfile}|")
    found = client.diagnostics(at["textDocument"]["uri"])[0]
    answer = client.request("textDocument/hover", {**at, "position": found["range"]["start"]})
    page = answer["contents"]["value"]
    assert answer["range"] == found["range"]
    assert page.startswith(f"**{found['code']} ")
    assert "What it does" in page
    assert "The rule's page" in page
    place(client, "space/Dockerfile", 'FROM python:3.11\nCOPY . .\nCMD ["python", "app.py"]\n|')
    page = told(client, "space/app.py", "import uvicorn\nuvicorn.run('a:b', host='127.|0.0.1', port=7860)\n")
    assert "AC001 localhost-bind" in page


def test_outline_folds_hints_and_links(client: Client) -> None:
    text = (
        f"{SPACE}colorTo: red\nmodels:\n- openai-community/gpt2\n- 🔥\nlicense: openrail\nthumbnail: cover.png\n---\n"
    )
    uri = place(client, "space/README.md", f"{text}|")["textDocument"]["uri"]
    document = {"textDocument": {"uri": uri}}
    names = [each["name"] for each in client.request("textDocument/documentSymbol", document)]
    assert names == ["title", "sdk", "emoji", "colorTo", "models", "license", "thumbnail"]
    folds = {(each["startLine"], each["endLine"]) for each in client.request("textDocument/foldingRange", document)}
    assert folds == {(0, 10), (5, 7)}
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    (hint,) = client.request("textDocument/inlayHint", {**document, "range": whole})
    assert hint["label"] == 'app_file: app.py, python_version: "3.10"'
    assert hint["position"] == {"line": 2, "character": len("sdk: gradio")}
    links = {each["target"]: each["range"] for each in client.request("textDocument/documentLink", document)}
    assert links["https://huggingface.co/openai-community/gpt2"]["start"] == {"line": 6, "character": 2}
    assert (client.folder / "space/cover.png").as_uri() in links
    assert "https://huggingface.co/blog/open_rail" in links


def test_symbols_within_lists(client: Client) -> None:
    text = f"{MODEL}model-index:\n- name: a\n  results: []\n---\n"
    uri = place(client, "model/README.md", f"{text}|")["textDocument"]["uri"]
    found = client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    index = next(each for each in found if each["name"] == "model-index")
    assert [each["name"] for each in index["children"][0]["children"]] == ["name", "results"]
    assert json.dumps(found)
