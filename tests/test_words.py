"""The words that people read: what all messages, helps and pages have in common, and the messages of the newcomers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from hublint.engine import registry
from hublint.engine.catalogue import summary_of
from hublint.reporters.wording import quoted
from hublint.testing.listings import expanded
from repositories import findings, make
from tokens import with_tokens

if TYPE_CHECKING:
    from hublint.engine.reported import Reported

CASES = Path(__file__).resolve().parent.parent / "fixtures" / "rules"
DOCS = {code: registry.load(listed).docs for code, listed in registry.listed().items()}
# Longer than this is nothing that one reads at a glance; what is quoted from the repository does not count.
LONGEST = 200
NO = r"(?<!\b[Tt]here )\b(?:is|are) no (?!longer\b|more\b|fix\b|such\b|default\b|problem\b|other\b|slip\b)"
FOREIGN = r"is nothing that|belongs? into|\bof root's\b|whoever USER|\S  \S|\b1 (?:others|files|items|folders|images)\b"
# Six values or more in a row, as a message lists them.
LIST = r"`[^`]*`(?:, `[^`]*`){5}|(?:\b[\w.-]+, ){5}[\w.-]+"


BERT = '{"architectures": ["BertForMaskedLM"], "model_type": "bert"}'
LLAVA = """{"architectures": ["LlavaForConditionalGeneration"], "model_type": "llava",
 "vision_config": {"model_type": "clip_vision_model"}, "text_config": {"model_type": "llama"}}"""
UVICORN = """FROM python:3.12-slim
WORKDIR /app
COPY . .
CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "7860"]
"""
RESULT = """model-index:
- name: demo
  results:
  - task: {type: text-classification}
    dataset: {name: IMDB, type: imdb, split: test, revision: 0123abc}
    metrics: [{type: accuracy, value: "0.93"}]
"""


def card(metadata: str) -> str:
    return f"---\n{metadata}---\n# Demo\n\nText.\n"


# What newcomers stumbled on: kind, code, files, and what they read today (the help after a line break).
GOLDEN: dict[str, tuple[str, str, dict[str, str], str]] = {
    "1": (
        "model",
        "MC005",
        {
            "README.md": card("pipeline_tag: text-generation\n"),
            "config.json": LLAVA,
            "preprocessor_config.json": "{}",
            "model.safetensors": "",
        },
        "this model accepts images (config.json names LlavaForConditionalGeneration), so `text-generation` hides it "
        "from people who look for vision models; write `image-text-to-text`",
    ),
    "2": (
        "model",
        "MC008",
        {"README.md": card("license: Apache 2.0\n")},
        "`Apache 2.0` is not a Hub license id; write `apache-2.0`",
    ),
    "3": (
        "model",
        "EV005",
        {"README.md": card(RESULT)},
        "`0.93` is in quotes, so it is text, not a number; write `0.93` without quotes",
    ),
    "4": (
        "space",
        "DK004",
        {
            "README.md": card("sdk: docker\n"),
            "Dockerfile": "FROM python:3.12-slim\nUSER root\nCOPY . .\nCMD python app.py\n",
            "app.py": "",
        },
        "`USER root` is the last user, but the Hub's guide asks for user id 1000; switch to a user that is not root "
        "before the start: `USER user`\n"
        "create that user, hand it the work folder and what COPY brings, and switch to it before the start",
    ),
    "5": (
        "space",
        "DK005",
        {"README.md": card("sdk: docker\n"), "Dockerfile": UVICORN, "main.py": ""},
        "no `USER` is set, so every file belongs to root; most Spaces run so, but the Hub's guide asks for "
        "user id 1000\n"
        "create that user, hand it what the app writes, and switch to it before the start",
    ),
    "10": (
        "model",
        "MC001",
        {"README.md": card("license: mit\n"), "config.json": BERT, "model.safetensors": ""},
        "no `library_name`, so the model's page shows no loading code; config.json names BertForMaskedLM, so add "
        "`library_name: transformers`",
    ),
    "11": (
        "model",
        "MC001",
        {"README.md": card("license: mit\n"), "model-q4_k_m.gguf": ""},
        "`library_name` is optional here: the Hub recognizes GGUF by its files",
    ),
    "12a": (
        "model",
        "MC004",
        {"README.md": card("pipeline_tag: classification\n")},
        "`classification` is not a Hub task; did you mean `text-classification`, `video-classification`, "
        "`token-classification`, `image-classification` or `audio-classification`?\n"
        "all tasks: https://huggingface.co/tasks",
    ),
    "12b": (
        "dataset",
        "DC001",
        {"README.md": card("task_categories: [classification]\n")},
        "`classification` is not a Hub task; did you mean `text-classification`, `video-classification`, "
        "`token-classification`, `image-classification` or `audio-classification`?\n"
        "all tasks: https://huggingface.co/tasks",
    ),
    "13": (
        "model",
        "MC011",
        {"README.md": card("language: zh-CN\n")},
        "`zh-CN` is not an ISO 639 code; write `zh`, and put `zh-CN` under `language_bcp47`",
    ),
    "14": (
        "model",
        "MC011",
        {"README.md": card("language: ns\n")},
        "`ns` is not an ISO 639 language code\nall codes: https://huggingface.co/languages",
    ),
    "15": (
        "space",
        "SP018",
        {"README.md": card("sdk: static\nhf_oauth: yes\n")},
        "`hf_oauth` must be `true` or `false`, not the text `yes`",
    ),
    "16": (
        "space",
        "SP025",
        {"README.md": card("sdk: docker\n"), "app.py": ""},
        "`sdk: docker` needs a file named `Dockerfile` in the repository's root; none was found",
    ),
    "17": (
        "space",
        "SP007",
        {"README.md": card("sdk: gradio\napp_file: app.py\n"), "requirements.txt": "torch\n"},
        "`app_file` names `app.py`, which is not in the repository, so the Space does not start; add the file, or name "
        "another in `app_file`",
    ),
    "18": (
        "dataset",
        "FM003",
        {"README.md": card("pretty_name: Demo\ntags:\n-acu\n")},
        "`-acu` needs a space after the dash to be a list item: `- acu`"
        "\nthe rest of the metadata is checked once this line is right",
    ),
    "19": (
        "space",
        "SP027",
        {"README.md": card("sdk: gradio\n"), "app.py": "", "requirements.txt": "-e .\n", "setup.py": ""},
        "`-e .` cannot work: the build installs requirements.txt before it copies the other files\n"
        "import your code directly, or install the package from a URL",
    ),
    "20": (
        "dataset",
        "DC011",
        {
            "README.md": card(
                "configs:\n- config_name: a\n  data_files: a.csv\n"
                "dataset_info:\n  features:\n  - name: x\n    dtype: string\n"
            ),
            "a.csv": "x\n1\n",
        },
        "`dataset_info` has no `config_name`, so it describes a subset `default` that does not exist; add "
        "`config_name: a`",
    ),
    "21": (
        "model",
        "MC022",
        {"README.md": card("inference: false\n")},
        "`inference` has no effect any more, inference providers decide what runs; remove it",
    ),
    "22": (
        "model",
        "RP004",
        {"README.md": card("license: mit\n"), "best.pt": ""},
        "`best.pt` is a pickle file, which can run code when it is loaded; upload safetensors too\n"
        "safetensors hold no code: `safetensors.torch.save_file` writes them",
    ),
    "23": (
        "space",
        "AC016",
        {
            "README.md": card("sdk: docker\n"),
            "Dockerfile": UVICORN,
            "main.py": 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/items")\ndef items(): ...\n',
        },
        'the Space\'s page opens `/`, but the app has no route for it, so visitors see "Not Found"; add one, or show '
        "the documentation with `base_path: /docs`",
    ),
}


def _found(code: str) -> list[Reported]:
    """What the rule says in all of its cases."""
    path = CASES / f"{code}.yml"
    every: dict[str, dict[str, Any]] = with_tokens(yaml.safe_load(path.read_text("utf-8")))
    return [
        finding
        for case in every.values()
        for finding in findings(
            make(case["kind"], case["files"], expanded(case.get("listing", {}).items()), case.get("repo_id", "")),
            code,
            *case.get("also", ()),
        )
        if finding.code == code
    ]


def _words(text: str) -> set[str]:
    """The words of a text without the small ones, to tell whether one text repeats another."""
    return set(re.findall(r"[\w./-]{3,}", text.lower())) - {"the", "and", "write", "use", "with", "that", "this"}


@pytest.mark.parametrize("code", DOCS)
def test_messages_are_plain(code: str) -> None:
    for finding in _found(code):
        for text in (finding.message, finding.help):
            assert not re.search(NO, text), f"`is not a` is meant: {text}"
            assert not re.search(FOREIGN, text), text
            assert not re.search(LIST, text), f"more than five values: {text}"
        unquoted = re.sub(r"`[^`]*`", "``", finding.message)
        assert len(unquoted) <= LONGEST, f"{len(unquoted)} characters: {finding.message}"
        assert len(quoted(finding.hub_message)) <= LONGEST, finding.hub_message
        said = _words(finding.help)
        assert not said or said - _words(finding.message), f"the help repeats the message: {finding.message}"


@pytest.mark.parametrize("code", DOCS)
def test_pages_are_plain(code: str) -> None:
    prose = re.sub(r"(?ms)^(`{3,}).*?^\1", "", DOCS[code])
    assert not re.search(NO, prose), re.search(NO, prose)
    assert not re.search(FOREIGN, prose), re.search(FOREIGN, prose)
    assert len(summary_of(DOCS[code])) <= 140, summary_of(DOCS[code])


@pytest.mark.parametrize(("kind", "code", "files", "words"), GOLDEN.values(), ids=GOLDEN)
def test_newcomers_read(kind: str, code: str, files: dict[str, str], words: str) -> None:
    found = [finding for finding in findings(make(kind, files), code) if finding.code == code]
    assert [f"{finding.message}\n{finding.help}".rstrip() for finding in found] == [words]


def test_a_quote_of_the_hub_ends_at_a_word() -> None:
    sentence = '"license" must be one of ' + "words " * 80
    assert quoted(sentence).endswith("words ...")
    assert len(quoted(sentence)) <= LONGEST
