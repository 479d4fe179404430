"""Cards that libraries write give no finding that blames the author for the library's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from repositories import findings, make

if TYPE_CHECKING:
    from loading import Files

# What TRL, the Trainer and sentence-transformers give `ModelCardData` before the author adds a word.
MODELS: dict[str, dict[str, Any]] = {
    "TRL": {
        "base_model": "Qwen/Qwen3-0.6B",
        "datasets": "trl-lib/Capybara",
        "library_name": "transformers",
        "model_name": "demo",
        "tags": ["generated_from_trainer", "trl", "sft"],
        "licence": "license",
    },
    "sentence-transformers": {
        "tags": [
            "sentence-transformers",
            "sentence-similarity",
            "feature-extraction",
            "loss:CosineSimilarityLoss",
        ],
        "base_model": "google-bert/bert-base-uncased",
        "pipeline_tag": "sentence-similarity",
        "library_name": "sentence-transformers",
        "license": "apache-2.0",
        "language": ["en"],
    },
    "peft": {
        "base_model": "Qwen/Qwen3-0.6B",
        "library_name": "peft",
        "license": "apache-2.0",
        "pipeline_tag": "text-generation",
        "tags": ["base_model:adapter:Qwen/Qwen3-0.6B", "lora", "transformers"],
    },
    "Trainer": {
        "license": "mit",
        "base_model": "google-bert/bert-base-uncased",
        "tags": ["generated_from_trainer"],
        "metrics": ["accuracy"],
        "library_name": "transformers",
        "pipeline_tag": "text-classification",
        "model-index": [{"name": "demo", "results": []}],
    },
    "mixin": {"tags": ["model_hub_mixin", "pytorch_model_hub_mixin"], "license": "mit"},
}
# What is the author's to say.
AUTHORS = {"MC007", "CT003"}


def blamed(kind: str, text: str, files: Files) -> set[str]:
    found = findings(make(kind, {"README.md": text, **files}), "FM", "MC", "DC", "EV", "DF", "CT")
    return {each.code for each in found if each.severity in ("error", "warning")} - AUTHORS


@pytest.mark.parametrize("name", MODELS)
def test_model_cards(name: str) -> None:
    pytest.importorskip("jinja2")
    hub = pytest.importorskip("huggingface_hub")
    card = hub.ModelCard.from_template(hub.ModelCardData(**MODELS[name]), model_id="demo", model_description="A demo.")
    placeholders = {"FM008"} if name == "TRL" else set()  # `licence: license`, which the author has to replace
    assert not blamed("model", str(card), {}) - placeholders


def test_dataset_cards() -> None:
    pytest.importorskip("jinja2")
    hub = pytest.importorskip("huggingface_hub")
    data = hub.DatasetCardData(license="mit", language=["en"], pretty_name="Demo", task_categories=["text-generation"])
    assert not blamed("dataset", str(hub.DatasetCard.from_template(data, pretty_name="Demo")), {})


def test_what_push_to_hub_writes() -> None:
    """The metadata and the files of `Dataset.push_to_hub`, by the library's own functions."""
    datasets = pytest.importorskip("datasets")
    hub = pytest.importorskip("huggingface_hub")
    from io import BytesIO

    from datasets.utils.metadata import MetadataConfigs

    rows = {"text": ["a", "b"], "label": [0, 1], "tags": [["x"], []], "n": [1.5, None]}
    table = datasets.Dataset.from_dict(rows).cast_column("label", datasets.ClassLabel(names=["neg", "pos"]))
    buffer = BytesIO()
    table.to_parquet(buffer)
    size = len(buffer.getvalue())
    info = table.info.copy()
    info.download_size, info.dataset_size = size, 100
    info.splits = datasets.SplitDict({"train": datasets.SplitInfo("train", num_bytes=100, num_examples=2)})
    data = hub.DatasetCardData()
    datasets.info.DatasetInfosDict({"default": info}).to_dataset_card_data(data)
    paths = {"data_files": [{"split": "train", "path": "data/train-*"}]}
    MetadataConfigs({"default": paths}).to_dataset_card_data(data)
    files: Files = {"data/train-00000-of-00001.parquet": buffer.getvalue()}
    assert blamed("dataset", f"---\n{data}\n---\n", files) <= {"DC006", "CT001"}  # no license and no text
