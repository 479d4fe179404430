"""docs/loaders.md: every row has its case, and the case says what the row says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from folder_borders import BORDERS
from load_borders import CELLS
from repositories import findings, make

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "loaders.md").read_text("utf-8")
MODELS, DATASETS = TEXT.split("## Models")[1].split("## Datasets")
ROW = re.compile(r"^\|(.+\| `[^`]+` )\|$", re.MULTILINE)
RULES = ("RP007", "RP014", "RP015", "RP016", "MC024", "MC025")
SEVERITIES = {"error": "error", "warning": "warning", "note": "info"}

CLASSIFIER = {"architectures": ["BertForSequenceClassification"], "model_type": "bert"}
MLX = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "quantization": {"group_size": 64, "bits": 4}}
SENTENCES = {
    "modules.json": [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}],
    "config.json": {"architectures": ["BertModel"], "model_type": "bert"},
    "tokenizer.json": {},
    "config_setfit.json": {"labels": None},
}
# What a library writes whole: its name on the Hub, files with content, files known by name.
WHOLE: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "timm": ("timm", {"config.json": {"architecture": "resnet18", "pretrained_cfg": {}}}, ("model.safetensors",)),
    "setfit": ("setfit", SENTENCES, ("model.safetensors", "model_head.pkl")),
    "setfit-without-head": ("setfit", SENTENCES, ("model.safetensors",)),
    "open_clip": (
        "open_clip",
        {"open_clip_config.json": {"model_cfg": {}, "preprocess_cfg": {}}},
        ("open_clip_model.safetensors",),
    ),
    "spacy": (
        "spacy",
        {"meta.json": {"spacy_version": ">=3.8"}, "config.cfg": "[nlp]\n"},
        ("vocab/strings.json", "ner/model", "en_x-any-py3-none-any.whl"),
    ),
    "keras": (
        "keras",
        {"config.json": {"module": "keras", "class_name": "Functional"}, "metadata.json": {"keras_version": "3.15.1"}},
        ("model.weights.h5",),
    ),
    "mlx": ("mlx", {"config.json": MLX, "tokenizer.json": {}, "tokenizer_config.json": {}}, ("model.safetensors",)),
    "gguf": ("gguf", {}, ("x-Q4_K_M.gguf",)),
}


def cells(part: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in ROW.findall(part)]


def known(case: str) -> list[str]:
    """The severities of what is found in a case of fixtures/rules."""
    code, _, name = case.partition("/")
    found = yaml.safe_load((ROOT / "fixtures" / "rules" / f"{code}.yml").read_text("utf-8"))[name]["findings"]
    return [finding.split()[1] for finding in found]


@pytest.mark.parametrize(("library", "said", "case"), [(row[0], row[2], row[4].strip("`")) for row in cells(MODELS)])
def test_models(library: str, said: str, case: str) -> None:
    if "/" in case:
        assert known(case) == ([] if said == "silent" else [SEVERITIES[said]] * len(known(case)))
        assert said == "silent" or known(case)
        return
    name, files, listed = WHOLE[case]
    assert said == "silent" and (name == library or library in ("spaCy", "GGUF")), library
    texts = {path: data if isinstance(data, str) else json.dumps(data) for path, data in files.items()}
    card = f"---\nlicense: mit\nlibrary_name: {name}\n---\n# M\n"
    assert not findings(make("model", {"README.md": card, **texts}, dict.fromkeys(listed, 5000)), *RULES)


def test_every_border_has_its_row() -> None:
    assert {row[4].strip("`") for row in cells(MODELS)} >= WHOLE.keys()
    assert sorted(row[4].strip("`") for row in cells(DATASETS)) == sorted([*BORDERS, *CELLS])
