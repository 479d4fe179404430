"""The decision table: which library, task, base model and relation a model's files speak for."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

import hublint_schemas
from hublint.repository import architectures, inference, library
from hublint.repository.transformers_types import MODEL_TYPES
from repositories import make

CARD = "---\nlicense: mit\n---\n"
BERT = {"architectures": ["BertForMaskedLM"], "model_type": "bert", "transformers_version": "4.57.1"}


def repository(files: dict[str, Any], *listed: str, card: str = CARD) -> Any:
    texts = {path: data if isinstance(data, str) else json.dumps(data) for path, data in files.items()}
    return make("model", {"README.md": card, **texts}, dict.fromkeys(listed, 1000))


# One repository for each row: what the library itself writes.
LIBRARIES: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("transformers", {"config.json": BERT}, ("model.safetensors",)),
    ("transformers.js", {"config.json": BERT}, ("onnx/model.onnx", "onnx/model_quantized.onnx")),
    ("peft", {"adapter_config.json": {"peft_type": "LORA"}, "config.json": BERT}, ("adapter_model.safetensors",)),
    ("setfit", {"config_setfit.json": {}, "modules.json": [{"type": "sentence_transformers.models.Pooling"}]}, ()),
    (
        "sentence-transformers",
        {"modules.json": [{"type": "sentence_transformers.models.Transformer"}], "config.json": BERT},
        ("model.safetensors",),
    ),
    ("sentence-transformers", {"config.json": {**BERT, "sentence_transformers": {"version": "5.0.0"}}}, ()),
    ("span-marker", {"config.json": {**BERT, "model_type": "span-marker"}}, ("model.safetensors",)),
    ("gliner", {"gliner_config.json": {"model_name": "x"}}, ("pytorch_model.bin",)),
    ("model2vec", {"config.json": {"model_type": "model2vec", "architectures": ["StaticModel"]}}, ()),
    ("chronos-forecasting", {"config.json": {**BERT, "model_type": "t5", "chronos_config": {}}}, ()),
    ("mlx", {"config.json": {**BERT, "quantization": {"group_size": 64, "bits": 4}}}, ("model.safetensors",)),
    ("diffusers", {"model_index.json": {"_class_name": "FluxPipeline", "_diffusers_version": "0.30.0"}}, ()),
    ("diffusers", {"config.json": {"_class_name": "ControlNetModel", "_diffusers_version": "0.30.0"}}, ()),
    ("timm", {"config.json": {"architecture": "resnet50", "pretrained_cfg": {}}}, ("model.safetensors",)),
    ("open_clip", {"open_clip_config.json": {"model_cfg": {}, "preprocess_cfg": {}}}, ()),
    ("sklearn", {"config.json": {"sklearn": {"task": "tabular-regression"}}}, ("model.pkl",)),
    ("keras-hub", {"config.json": {"module": "keras_hub.src.models"}, "metadata.json": {"keras_version": "3.5"}}, ()),
    ("keras", {"config.json": {"module": "keras"}, "metadata.json": {"keras_version": "3.5"}}, ("model.weights.h5",)),
    ("tf-keras", {}, ("keras_metadata.pb", "saved_model.pb")),
    ("spacy", {"meta.json": {"spacy_version": ">=3.7"}, "config.cfg": ""}, ()),
    ("fastai", {"pyproject.toml": '[build-system]\nrequires = ["fastai=2.7"]\n'}, ("model.pkl",)),
    ("lerobot", {"config.json": {"type": "act", "normalization_mapping": {}, "input_features": {}}}, ()),
    ("allennlp", {"config.json": {"dataset_reader": {}, "model": {}}}, ("model.tar.gz",)),
    ("mamba-ssm", {"config.json": {"d_model": 768, "ssm_cfg": {}}}, ("pytorch_model.bin",)),
    ("pythae", {"environment.json": {"name": "EnvironmentConfig"}}, ("model.pt",)),
    ("paddlenlp", {"config.json": {**BERT, "paddlenlp_version": None}}, ("model_state.pdparams",)),
    ("sample-factory", {}, ("checkpoint_p0/best.pth",)),
    ("ml-agents", {}, ("run_logs/training_status.json", "Huggy.onnx")),
    ("stable-baselines3", {}, ("ppo/_stable_baselines3_version", "ppo/policy.pth")),
    ("speechbrain", {"hyperparams.yaml": "encoder: !new:speechbrain.lobes.models.ECAPA\n"}, ("embedding.ckpt",)),
    ("espnet", {"meta.yaml": "espnet: 202301\nfiles: {}\n"}, ("exp/model.pth",)),
    ("pyannote-audio", {"config.yaml": "pipeline:\n  name: pyannote.audio.pipelines.SpeakerDiarization\n"}, ()),
    ("nemo", {}, ("model.nemo",)),
    ("mlc-llm", {"mlc-chat-config.json": {"model_type": "llama"}}, ("params_shard_0.bin",)),
    ("unity-sentis", {}, ("model.sentis",)),
    ("litert-lm", {}, ("model.litertlm",)),
    ("rkllm", {}, ("model.rkllm",)),
    ("saelens", {"cfg.json": {}}, ("sae_weights.safetensors",)),
]


@pytest.mark.parametrize(("name", "files", "listed"), LIBRARIES)
def test_library(name: str, files: dict[str, Any], listed: tuple[str, ...]) -> None:
    decided = library.library_of(repository(files, *listed))
    assert decided is not None
    assert decided.value == name
    assert decided.sure == all(row.sure for row in library.ROWS if row.library == name)
    assert decided.path in decided.reason
    assert decided.path in (*files, *listed)


def test_every_row_has_a_repository_here_and_is_known_to_the_hub() -> None:
    rows = {row.library for row in library.ROWS}
    assert rows <= {name for name, _, _ in LIBRARIES}
    assert {name for name, _, _ in LIBRARIES} <= set(hublint_schemas.table("libraries")["libraries"])
    assert {name for row in library.ROWS for name in row.over} <= rows | {"transformers"}


@pytest.mark.parametrize(
    ("files", "listed"),
    [
        ({}, ()),
        ({"config.json": "{"}, ()),
        ({"config.json": "[" * 100_000}, ()),
        ({"config.json": "null"}, ()),
        ({"config.json": {"architectures": 3, "model_type": ["bert"]}}, ()),
        ({"config.json": {"hidden_size": 768}}, ("pytorch_model.bin",)),
        ({"config.json": BERT}, ("openvino_model.bin", "openvino_model.xml")),
        ({"config.json": BERT}, ("model.onnx",)),
        ({"config.json": BERT}, ("model.gguf",)),
        ({"config.json": {**BERT, "quantization_config": {"quant_method": "exl2"}}}, ("output.safetensors",)),
        ({"config.json": BERT, "open_clip_config.json": {"model_cfg": {}}}, ("model.safetensors",)),
        ({"modules.json": [3, None, {"type": 4}]}, ()),
        ({"config.yaml": "model: mine\n"}, ("best.pt",)),
        ({"config.json": "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n"}, ("model.safetensors",)),
    ],
)
def test_files_that_decide_no_library(files: dict[str, Any], listed: tuple[str, ...]) -> None:
    assert library.library_of(repository(files, *listed)) is None


@pytest.mark.parametrize(
    ("config", "sure"),
    [
        ({}, True),
        ({"model_type": "rnafm"}, False),
        ({"model_type": "mine", "auto_map": {"AutoModel": "modeling.Mine"}}, True),
        ({"model_type": "vibevoice"}, False),
    ],
)
def test_transformers_is_sure_for_its_own_models_only(config: dict[str, Any], sure: bool) -> None:
    decided = library.library_of(repository({"config.json": {**BERT, **config}}))
    assert decided is not None
    assert decided.sure is sure


@pytest.mark.parametrize(
    ("files", "card", "task"),
    [
        ({"config.json": BERT}, "", "fill-mask"),
        ({"config.json": {**BERT, "architectures": ["BertForPreTraining"]}}, "", None),
        ({"config.json": {**BERT, "architectures": ["BertForMaskedLM", "Other"]}}, "", None),
        ({"config.json": {**BERT, "architectures": ["LlamaForCausalLM"]}}, "tags: [embedding]\n", None),
        ({"config.json": {**BERT, "architectures": ["LlamaForCausalLM"]}}, "base_model: a/b-Reward\n", None),
        ({"config.json": {**BERT, "architectures": ["LlamaForCausalLM"]}}, "", "text-generation"),
        (
            {
                "modules.json": [{"type": "sentence_transformers.models.Transformer"}],
                "config_sentence_transformers.json": {"model_type": "SparseEncoder"},
            },
            "",
            "feature-extraction",
        ),
        ({"modules.json": [{"type": "sentence_transformers.models.Transformer"}]}, "", None),
        ({"config.json": {"sklearn": {"task": "tabular-regression"}}}, "", "tabular-regression"),
        ({"config.json": {"sklearn": {"task": ["tabular-regression"]}}}, "", None),
        ({"config_setfit.json": {}}, "", "text-classification"),
    ],
)
def test_pipeline_tag(files: dict[str, Any], card: str, task: str | None) -> None:
    decided = inference.pipeline_tag_of(repository(files, card=f"---\nlicense: mit\n{card}---\n"))
    assert (decided.value if decided else None) == task


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("RobertaForTokenClassification", "token-classification"),
        ("WavLMForSequenceClassification", "audio-classification"),
        ("LayoutLMv3ForQuestionAnswering", "document-question-answering"),
        ("Owlv2ForObjectDetection", "zero-shot-object-detection"),
        ("TrOCRForCausalLM", None),
        ("BartForConditionalGeneration", None),
        ("BertModel", None),
        ("BlipForConditionalGeneration", None),
        ("LlavaNextForConditionalGeneration", "image-text-to-text"),
        ("Gemma3ForCausalLM", "text-generation"),
    ],
)
def test_task_of_a_class(name: str, task: str | None) -> None:
    found = architectures.task_of({"architectures": [name]})
    assert (found[0] if found else None) == task


def test_every_task_is_one_of_the_hub() -> None:
    tags = hublint_schemas.table("pipeline_tags")["tags"]
    assert set(inference._TASKS.values()) | set(inference._SENTENCE_TASKS.values()) <= set(tags)
    assert {task for _, task in architectures._ENDINGS} | set(architectures._NAMES.values()) <= set(tags)
    assert {task for _, task in architectures._DIFFUSERS if task} <= set(tags)


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("StableDiffusionPipeline", "text-to-image"),
        ("FluxKontextPipeline", None),
        ("StableDiffusionImg2ImgPipeline", None),
        ("WanImageToVideoPipeline", "image-to-video"),
        ("WanPipeline", "text-to-video"),
        ("DDPMPipeline", "unconditional-image-generation"),
        ("MyPipeline", None),
    ],
)
def test_task_of_a_diffusers_pipeline(name: str, task: str | None) -> None:
    assert architectures.task_of_pipeline(name) == task


@pytest.mark.parametrize(
    ("base", "wanted"),
    [
        ("meta-llama/Llama-3.2-1B", "meta-llama/Llama-3.2-1B"),
        ("/root/models/llama", None),
        ("./output/checkpoint-100", None),
        ("models/Llama-3.2-1B", None),
        ("C:\\models\\llama", None),
        ("gpt2", None),
        ("a/b/c", None),
        (None, None),
        (["a/b"], None),
    ],
)
def test_base_model_of_an_adapter(base: Any, wanted: str | None) -> None:
    decided = inference.base_model_of(repository({"adapter_config.json": {"base_model_name_or_path": base}}))
    assert (decided.value if decided else None) == wanted


@pytest.mark.parametrize(
    ("files", "listed", "wanted"),
    [
        ({"adapter_config.json": {}}, (), "adapter"),
        ({"config.json": {**BERT, "quantization_config": {"quant_method": "awq"}}}, (), "quantized"),
        ({"config.json": {**BERT, "quantization_config": {"quant_method": "fp8"}}}, (), None),
        ({"config.json": {**BERT, "quantization_config": "awq"}}, (), None),
        ({}, ("model.gguf",), "quantized"),
        ({"mergekit_config.yml": "merge_method: slerp\n"}, ("model.safetensors",), "merge"),
        ({"config.json": BERT}, ("model.safetensors",), None),
    ],
)
def test_relation(files: dict[str, Any], listed: tuple[str, ...], wanted: str | None) -> None:
    decided = inference.relation_of(repository(files, *listed))
    assert (decided.value if decided else None) == wanted


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("Qwen/Qwen2.5-VL-7B-Instruct", True),
        ("Qwen/Qwen2-VL-2B", True),
        ("llava-hf/llava-1.5-7b-hf", True),
        ("OpenGVLab/InternVL2_5-8B", True),
        ("HuggingFaceTB/SmolVLM2-2.2B-Instruct", True),
        ("openbmb/MiniCPM-V-2_6", True),
        ("meta-llama/Llama-3.2-90B-Vision", True),
        ("google/paligemma-3b-pt-224", True),
        ("Qwen/Qwen2.5-7B-Instruct", False),
        ("Qwen/Qwen3-VL-Embedding-2B", False),
        ("meta-llama/Llama-3.2-3B", False),
        ("someone/my-vl-model", False),
        ("someone/Qwen2.5-VL-7B-text-only", False),
        ("openbmb/MiniCPM-2B", False),
        ("", False),
    ],
)
def test_names_of_vision_language_models(name: str, sees: bool) -> None:
    assert architectures.is_vision_language_name(name) is sees


def test_weights_leave_out_what_training_leaves() -> None:
    listed = ("model.safetensors", "optimizer.pt", "rng_state.pth", "training_args.bin", "checkpoint-1/scheduler.pt")
    assert library.weights_of(repository({}, *listed)) == ["model.safetensors"]


def test_model_types_are_names() -> None:
    assert {"bert", "llama", "qwen2_vl", "t5", "whisper", "xlm-roberta"} <= MODEL_TYPES
    assert all(name == name.strip() and name for name in MODEL_TYPES)


def test_huge_listings_and_files_take_no_time() -> None:
    many = make("model", {"README.md": CARD}, {f"shards/part-{index:06}.bin": 1 for index in range(50_000)})
    big = repository({"config.json": "[" + "1," * 2_000_000 + "1]", "model.safetensors.index.json": "{" * 5_000_000})
    start = time.perf_counter()
    for one in (many, big):
        library.library_of(one)
        inference.pipeline_tag_of(one)
        inference.vision_language_of(one)
        inference.relation_of(one)
    assert time.perf_counter() - start < 60
