"""The decision table: which library, task, base model and relation a model's files speak for."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

import hublint_schemas
from hublint.model import architectures, inference, library
from hublint.model.transformers_types import MODEL_TYPES
from repositories import make

DOCS = Path(__file__).resolve().parent.parent / "docs" / "inference.md"
CARD = "---\nlicense: mit\n---\n"
BERT = {"architectures": ["BertForMaskedLM"], "model_type": "bert", "transformers_version": "4.57.1"}


def repository(files: dict[str, Any], *listed: str, card: str = CARD) -> Any:
    texts = {path: data if isinstance(data, str) else json.dumps(data) for path, data in files.items()}
    return make("model", {"README.md": card, **texts}, dict.fromkeys(listed, 1000))


WEIGHTS = "model.safetensors"
TRANSFORMER = {"type": "sentence_transformers.models.Transformer"}

# What the library itself writes: the library, whether it is sure, files with content, files known by name.
LIBRARIES: dict[str, tuple[str, bool, dict[str, Any], tuple[str, ...]]] = {
    "transformers": ("transformers", True, {"config.json": BERT}, (WEIGHTS,)),
    "transformers-shards": ("transformers", True, {"config.json": BERT}, ("model-00001-of-00002.safetensors",)),
    "transformers-code": (
        "transformers",
        True,
        {"config.json": {**BERT, "model_type": "mine", "auto_map": {"AutoModel": "modeling.Mine"}}},
        (WEIGHTS,),
    ),
    "transformers-other-type": ("transformers", False, {"config.json": {**BERT, "model_type": "rnafm"}}, (WEIGHTS,)),
    "transformers-own-library": (
        "transformers",
        False,
        {"config.json": {**BERT, "model_type": "vibevoice"}},
        (WEIGHTS,),
    ),
    "transformers-other-class": (
        "transformers",
        False,
        {"config.json": {**BERT, "architectures": ["HF_ColBERT"]}},
        (WEIGHTS,),
    ),
    "transformers-ctranslate2": ("transformers", False, {"config.json": BERT}, ("model.bin",)),
    "transformers-no-weights": ("transformers", False, {"config.json": BERT}, ("model.axmodel",)),
    "transformers-mistral": ("transformers", False, {"config.json": BERT}, (WEIGHTS, "tekken.json")),
    "transformers-modelopt": ("transformers", False, {"config.json": BERT}, (WEIGHTS, "hf_quant_config.json")),
    "transformers-js": ("transformers.js", True, {"config.json": BERT}, ("onnx/model.onnx", "onnx/model_q4f16.onnx")),
    "transformers-js-likely": (
        "transformers.js",
        False,
        {"config.json": BERT},
        ("onnx/model.onnx", "onnx/model_quantized.onnx"),
    ),
    "peft": (
        "peft",
        True,
        {"adapter_config.json": {"peft_type": "LORA"}, "config.json": BERT},
        ("adapter_model.safetensors",),
    ),
    "setfit": (
        "setfit",
        True,
        {"config_setfit.json": {}, "modules.json": [{"type": "sentence_transformers.models.Pooling"}]},
        (),
    ),
    "sentence-transformers": (
        "sentence-transformers",
        True,
        {"modules.json": [TRANSFORMER], "config.json": BERT},
        (WEIGHTS,),
    ),
    "sentence-transformers-cross-encoder": (
        "sentence-transformers",
        True,
        {"config.json": {**BERT, "sentence_transformers": {"version": "5.0.0"}}},
        (WEIGHTS,),
    ),
    "span-marker": ("span-marker", True, {"config.json": {**BERT, "model_type": "span-marker"}}, (WEIGHTS,)),
    "gliner": ("gliner", True, {"gliner_config.json": {"model_name": "x"}}, ("pytorch_model.bin",)),
    "gliner-onnx": ("gliner", False, {"gliner_config.json": {"model_name": "x"}}, ("onnx/model.onnx",)),
    "model2vec": (
        "model2vec",
        True,
        {"config.json": {"model_type": "model2vec", "architectures": ["StaticModel"]}},
        (WEIGHTS,),
    ),
    "chronos": (
        "chronos-forecasting",
        True,
        {"config.json": {**BERT, "model_type": "t5", "chronos_config": {}}},
        (WEIGHTS,),
    ),
    "mlx": ("mlx", True, {"config.json": {**BERT, "quantization": {"group_size": 64, "bits": 4}}}, (WEIGHTS,)),
    "diffusers": (
        "diffusers",
        True,
        {"model_index.json": {"_class_name": "FluxPipeline", "_diffusers_version": "0.30.0"}},
        ("transformer/diffusion_pytorch_model.safetensors",),
    ),
    "diffusers-port": (
        "diffusers",
        False,
        {"model_index.json": {"_class_name": "FluxPipeline", "_diffusers_version": "0.30.0"}},
        ("transformer/openvino_model.bin", "transformer/openvino_model.xml"),
    ),
    "diffusers-other-pipeline": (
        "diffusers",
        False,
        {"model_index.json": {"_class_name": "OVStableDiffusionPipeline", "_diffusers_version": "0.30.0"}},
        ("unet/diffusion_pytorch_model.safetensors",),
    ),
    "diffusers-part": (
        "diffusers",
        True,
        {"config.json": {"_class_name": "ControlNetModel", "_diffusers_version": "0.30.0"}},
        ("diffusion_pytorch_model.safetensors",),
    ),
    "diffusers-heir": (
        "diffusers",
        False,
        {"config.json": {"_class_name": "WanModel", "_diffusers_version": "0.30.0"}},
        ("diffusion_pytorch_model.safetensors",),
    ),
    "timm": ("timm", True, {"config.json": {"architecture": "resnet50", "pretrained_cfg": {}}}, (WEIGHTS,)),
    "timm-onnx": ("timm", False, {"config.json": {"architecture": "resnet50", "pretrained_cfg": {}}}, ("model.onnx",)),
    "open-clip": (
        "open_clip",
        True,
        {"open_clip_config.json": {"model_cfg": {}, "preprocess_cfg": {}}},
        ("open_clip_model.safetensors",),
    ),
    "skops": ("sklearn", True, {"config.json": {"sklearn": {"task": "tabular-regression"}}}, ("model.pkl",)),
    "keras-hub": (
        "keras-hub",
        True,
        {"config.json": {"module": "keras_hub.src.models"}, "metadata.json": {"keras_version": "3.5"}},
        (),
    ),
    "keras": (
        "keras",
        True,
        {"config.json": {"module": "keras"}, "metadata.json": {"keras_version": "3.5"}},
        ("model.weights.h5",),
    ),
    "tf-keras": ("tf-keras", True, {}, ("keras_metadata.pb", "saved_model.pb")),
    "spacy": ("spacy", True, {"meta.json": {"spacy_version": ">=3.7"}, "config.cfg": ""}, ()),
    "fastai": (
        "fastai",
        True,
        {"pyproject.toml": '[build-system]\nrequires = ["python=3.10", "fastai=2.7.12", "fastcore=1.5"]\n'},
        ("model.pkl",),
    ),
    "lerobot": (
        "lerobot",
        True,
        {"config.json": {"type": "act", "normalization_mapping": {}, "input_features": {}}},
        (),
    ),
    "mamba": (
        "mamba-ssm",
        True,
        {"config.json": {"d_model": 768, "n_layer": 24, "ssm_cfg": {}}},
        ("pytorch_model.bin",),
    ),
    "sample-factory": ("sample-factory", True, {}, ("checkpoint_p0/best_000000123_456_reward_7.8.pth", "cfg.json")),
    "ml-agents": ("ml-agents", True, {}, ("run_logs/training_status.json", "Huggy.onnx")),
    "stable-baselines3": ("stable-baselines3", True, {}, ("ppo/_stable_baselines3_version", "ppo/policy.pth")),
    "speechbrain": (
        "speechbrain",
        True,
        {"hyperparams.yaml": "encoder: !new:speechbrain.lobes.models.ECAPA\n"},
        ("embedding.ckpt",),
    ),
    "espnet": ("espnet", True, {"meta.yaml": "espnet: 202301\nfiles: {}\n"}, ("exp/model.pth",)),
    "pyannote": (
        "pyannote-audio",
        True,
        {"config.yaml": "pipeline:\n  name: pyannote.audio.pipelines.SpeakerDiarization\n"},
        (),
    ),
    "nemo": ("nemo", True, {}, ("model.nemo",)),
    "mlc-llm": ("mlc-llm", True, {"mlc-chat-config.json": {"model_type": "llama"}}, ("params_shard_0.bin",)),
    "unity-sentis": ("unity-sentis", True, {}, ("model.sentis",)),
    "litert-lm": ("litert-lm", True, {}, ("model.litertlm",)),
    "rkllm": ("rkllm", True, {}, ("model.rkllm",)),
    "saelens": ("saelens", True, {"blocks.8/cfg.json": {}}, ("blocks.8/sae_weights.safetensors",)),
}


@pytest.mark.parametrize("case", LIBRARIES)
def test_library(case: str) -> None:
    name, sure, files, listed = LIBRARIES[case]
    decided = library.library_of(repository(files, *listed))
    assert decided is not None
    assert (decided.value, decided.sure) == (name, sure)
    assert decided.path in decided.reason
    assert decided.path in (*files, *listed)


def test_every_row_of_the_code_has_its_case_and_is_known_to_the_hub() -> None:
    rows = {row.library for row in library.ROWS}
    names = {name for name, *_ in LIBRARIES.values()}
    assert names == rows | {"transformers", "transformers.js"}
    assert names <= set(hublint_schemas.table("libraries")["libraries"])
    assert {name for row in library.ROWS for name in row.over} <= rows | {"transformers"}


UNDECIDED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "no-files": ({}, ()),
    "config-does-not-parse": ({"config.json": "{"}, ()),
    "config-nested-beyond-reason": ({"config.json": "[" * 100_000}, ()),
    "config-null": ({"config.json": "null"}, ()),
    "config-of-other-types": ({"config.json": {"architectures": 3, "model_type": ["bert"]}}, ()),
    "config-of-anybody": ({"config.json": {"hidden_size": 768}}, ("pytorch_model.bin",)),
    "config-is-a-pointer": (
        {"config.json": "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n"},
        (WEIGHTS,),
    ),
    "openvino": ({"config.json": BERT}, ("openvino_model.bin", "openvino_model.xml")),
    "onnx": ({"config.json": BERT}, ("model.onnx",)),
    "gguf": ({"config.json": BERT}, ("model.gguf",)),
    "exllama": ({"config.json": {**BERT, "quantization_config": {"quant_method": "exl2"}}}, ("output.safetensors",)),
    "two-libraries": ({"config.json": BERT, "open_clip_config.json": {"model_cfg": {}}}, (WEIGHTS,)),
    "modules-of-anybody": ({"modules.json": [3, None, {"type": 4}]}, ()),
    "pylate": ({"modules.json": [TRANSFORMER, {"type": "pylate.models.Dense.Dense"}]}, (WEIGHTS,)),
    "yaml-config": ({"config.yaml": "model: mine\n"}, ("best.pt",)),
    "tokenizer-only": ({"tokenizer_config.json": {"tokenizer_class": "BertTokenizer"}}, ("tokenizer.json",)),
    "processor-only": ({"preprocessor_config.json": {"image_processor_type": "CLIPImageProcessor"}}, ()),
    "keras-file": ({}, ("model.keras",)),
    "coreml": ({}, ("model.mlmodel",)),
    "pyproject-of-anybody": ({"pyproject.toml": '[project]\ndependencies = ["fastai==2.7"]\n'}, ("model.pkl",)),
    "allennlp": ({"config.json": {"dataset_reader": {}, "model": {}}}, ("weights.th",)),
    "pythae": ({"environment.json": {"name": "EnvironmentConfig"}}, ("model.pt",)),
    "paddlenlp": ({"config.json": {"paddlenlp_version": None, "model_type": "bert"}}, ("model_state.pdparams",)),
}


@pytest.mark.parametrize("case", UNDECIDED)
def test_files_that_decide_no_library(case: str) -> None:
    files, listed = UNDECIDED[case]
    assert library.library_of(repository(files, *listed)) is None


@pytest.mark.parametrize("name", ["bert-mlx", "my-reranker-base", "colbert-small", "stsb-cross-encoder"])
def test_a_name_of_another_loader_leaves_transformers_likely(name: str) -> None:
    files = {"README.md": CARD, "config.json": json.dumps(BERT)}
    decided = library.library_of(make("model", files, {WEIGHTS: 1000}, f"someone/{name}"))
    assert decided is not None
    assert (decided.value, decided.sure) == ("transformers", False)


ST = {"modules.json": [TRANSFORMER]}

TASKS: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "task-of-the-class": ({"config.json": BERT}, "", "fill-mask"),
    "task-text-generation": ({"config.json": {**BERT, "architectures": ["LlamaForCausalLM"]}}, "", "text-generation"),
    "task-several": ({"config.json": {**BERT, "architectures": ["BertForPreTraining"]}}, "", None),
    "task-two-classes": ({"config.json": {**BERT, "architectures": ["BertForMaskedLM", "Other"]}}, "", None),
    "task-hint-in-tags": (
        {"config.json": {**BERT, "architectures": ["LlamaForCausalLM"]}},
        "tags: [embedding]\n",
        None,
    ),
    "task-hint-in-base-model": (
        {"config.json": {**BERT, "architectures": ["LlamaForCausalLM"]}},
        "base_model: a/b-Reward\n",
        None,
    ),
    "task-zero-shot": (
        {"config.json": {**BERT, "architectures": ["BertForSequenceClassification"]}},
        "base_model: a/German_Zeroshot\n",
        None,
    ),
    "task-similarity": (
        {"config.json": {**BERT, "architectures": ["BertForSequenceClassification"]}},
        "base_model: a/bert-finetuned-stsb\n",
        None,
    ),
    "task-sentence-similarity": (
        {**ST, "config_sentence_transformers.json": {"model_type": "SentenceTransformer"}},
        "",
        "sentence-similarity",
    ),
    "task-sparse": (
        {**ST, "config_sentence_transformers.json": {"model_type": "SparseEncoder"}},
        "",
        "feature-extraction",
    ),
    "task-old-sentence-transformers": (ST, "", None),
    "task-diffusers": (
        {"model_index.json": {"_class_name": "FluxPipeline", "_diffusers_version": "0.30.0"}},
        "",
        "text-to-image",
    ),
    "task-skops": ({"config.json": {"sklearn": {"task": "tabular-regression"}}}, "", "tabular-regression"),
    "task-skops-odd": ({"config.json": {"sklearn": {"task": ["tabular-regression"]}}}, "", None),
    "task-of-the-library": ({"config_setfit.json": {}}, "", "text-classification"),
    "task-gguf": ({"model.gguf": "GGUF", "config_setfit.json": {}}, "", None),
}


@pytest.mark.parametrize("case", TASKS)
def test_pipeline_tag(case: str) -> None:
    files, card, task = TASKS[case]
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


BASES: dict[str, tuple[Any, str | None]] = {
    "base-id": ("meta-llama/Llama-3.2-1B", "meta-llama/Llama-3.2-1B"),
    "base-path": ("/root/models/llama", None),
    "base-relative-path": ("./output/checkpoint-100", None),
    "base-folder": ("models/Llama-3.2-1B", None),
    "base-windows-path": ("C:\\models\\llama", None),
    "base-one-word": ("gpt2", None),
    "base-three-words": ("a/b/c", None),
    "base-null": (None, None),
    "base-list": (["a/b"], None),
}


@pytest.mark.parametrize("case", BASES)
def test_base_model_of_an_adapter(case: str) -> None:
    base, wanted = BASES[case]
    decided = inference.base_model_of(repository({"adapter_config.json": {"base_model_name_or_path": base}}))
    assert (decided.value if decided else None) == wanted


RELATIONS: dict[str, tuple[dict[str, Any], tuple[str, ...], str | None, bool]] = {
    "relation-adapter": ({"adapter_config.json": {}}, (), "adapter", True),
    "relation-lora-weights": ({}, ("pytorch_lora_weights.safetensors",), "adapter", True),
    "relation-quantized": (
        {"config.json": {**BERT, "quantization_config": {"quant_method": "awq"}}},
        (),
        "quantized",
        True,
    ),
    "relation-first-hand": ({"config.json": {**BERT, "quantization_config": {"quant_method": "fp8"}}}, (), None, False),
    "relation-odd-config": ({"config.json": {**BERT, "quantization_config": "awq"}}, (), None, False),
    "relation-gguf": ({}, ("model.gguf",), "quantized", False),
    "relation-merge": ({"mergekit_config.yml": "merge_method: slerp\n"}, (WEIGHTS,), "merge", True),
    "relation-none": ({"config.json": BERT}, (WEIGHTS,), None, False),
}


@pytest.mark.parametrize("case", RELATIONS)
def test_relation(case: str) -> None:
    files, listed, wanted, sure = RELATIONS[case]
    decided = inference.relation_of(repository(files, *listed))
    assert (decided.value if decided else None) == wanted
    assert decided is None or decided.sure is sure


def test_every_row_of_the_documentation_has_its_case_and_says_what_it_shows() -> None:
    lines = re.findall(r"^\|(.+\| `[\w-]+` )\|$", DOCS.read_text("utf-8"), re.MULTILINE)
    rows = [[cell.strip().strip("`") for cell in line.split("|")] for line in lines]
    told = {case: (conclusion, how) for _, conclusion, how, _, case in rows}
    assert len(told) == len(rows)
    assert told == {
        **{case: (name, "sure" if sure else "likely") for case, (name, sure, *_) in LIBRARIES.items()},
        **dict.fromkeys(UNDECIDED, ("nothing", "-")),
        **{case: (task or "nothing", told[case][1]) for case, (*_, task) in TASKS.items()},
        **{case: ("that model" if base else "nothing", "sure" if base else "-") for case, (_, base) in BASES.items()},
        **{
            case: (relation or "nothing", ("sure" if sure else "likely") if relation else "-")
            for case, (*_, relation, sure) in RELATIONS.items()
        },
    }


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
