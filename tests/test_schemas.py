"""The schemas say what the Hub does, and the compiled check agrees with jsonschema on real and on broken cards."""

from __future__ import annotations

import copy
import datetime
import json
import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hublint_schemas
from corpus import KINDS as GROUPS
from corpus import folder, samples
from hublint_schemas import FILES, KINDS, is_valid, schema, schema_text, table, violations

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
sys.path.insert(0, str(SCHEMAS))

from refreshing import checks, enums  # noqa: E402
from refreshing.files import COMPILED, PACKAGE, digest, read, rendered  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = (*KINDS, *FILES)
SEEDS: dict[str, list[Any]] = {
    "space": [
        {
            "title": "Demo",
            "emoji": "🚀",
            "colorFrom": "red",
            "colorTo": "gray",
            "sdk": "docker",
            "app_port": 8000,
            "base_path": "/web",
            "license": ["mit"],
            "models": ["gpt2", "openai/whisper-large-v3"],
            "hf_oauth": True,
            "hf_oauth_scopes": ["email"],
            "custom_headers": {"cross-origin-opener-policy": "same-origin"},
            "preload_from_hub": ["a/b x.json,y.bin", "c"],
            "startup_duration_timeout": "1h",
        }
    ],
    "model": [
        {
            "license": "apache-2.0",
            "language": ["en", "code"],
            "base_model": "gpt2",
            "pipeline_tag": "text-generation",
            "co2_eq_emissions": {"emissions": 12.5, "source": "CodeCarbon"},
            "widget": [{"text": "Hello", "output": {"text": "world"}}],
            "gated": "auto",
            "extra_gated_fields": {
                "Company": "text",
                "Use": {"type": "select", "options": ["A", {"label": "B", "value": "b"}]},
            },
            "model-index": [
                {
                    "name": "m",
                    "results": [
                        {
                            "task": {"type": "text-generation"},
                            "dataset": {"type": "glue", "name": "GLUE", "args": {"a": 1}},
                            "metrics": [{"type": "acc", "value": 0.5, "verified": False}],
                            "source": {"url": "https://example.com"},
                        }
                    ],
                }
            ],
        }
    ],
    "dataset": [
        {
            "license": ["cc-by-4.0"],
            "task_categories": ["text-classification"],
            "multilinguality": "monolingual",
            "size_categories": ["n<1K"],
            "source_datasets": ["original", "extended|glue"],
            "paperswithcode_id": None,
            "configs": [
                {
                    "config_name": "a",
                    "data_files": [{"split": "train", "path": ["a.csv"]}],
                    "default": True,
                    "sep": ";",
                },
                {"config_name": "b", "data_files": "b/*.csv"},
            ],
            "dataset_info": [
                {
                    "config_name": "a",
                    "features": [
                        {"name": "x", "dtype": {"class_label": {"names": {"0": "n"}}}},
                        {"name": "s", "struct": [{"name": "y", "list": "int64"}]},
                    ],
                    "splits": [{"name": "train", "num_bytes": 1, "num_examples": 1}],
                }
            ],
        }
    ],
    "eval_results": [
        [
            {"dataset": {"id": "cais/hle", "task_id": "hle"}, "value": 20.9, "date": "2025-01-15"},
            {"dataset": {"id": "a", "task_id": 5}, "value": "5", "source": {"url": "https://example.org", "org": "a"}},
        ]
    ],
    "eval_yaml": [
        {
            "name": "Hub",
            "description": "Questions.",
            "evaluation_framework": "inspect-ai",
            "tasks": [
                {
                    "id": "one",
                    "field_spec": {"input": "question", "target": "answer", "choices": "choices"},
                    "solvers": [{"name": "generate", "args": {"cache": True}}],
                    "scorers": [{"name": "exact"}],
                    "epochs": 2,
                }
            ],
        },
        {"name": "Own", "description": "Text.", "evaluation_framework": "my-own", "tasks": [{"id": 1, "split": "dev"}]},
    ],
}


@cache
def cards(kind: str) -> list[Any]:
    """The metadata of every card of the corpus that YAML 1.1 reads as a mapping, and the seeds."""
    group = next((group for group, name in GROUPS.items() if name == kind), None)
    if group is None:
        return SEEDS[kind]
    return SEEDS[kind] + [data for sample in samples(group) for data in _metadata(sample.folder / "README.md")]


def _metadata(readme: Path) -> Iterator[dict[str, Any]]:
    text = readme.read_bytes().decode("utf-8-sig", "replace") if readme.is_file() else ""
    block = re.match(r"\s*---\r?\n([\S\s]*?)\r?\n---", text)
    try:
        data = yaml.safe_load(block[1]) if block else None
    except (yaml.YAMLError, ValueError, TypeError):
        return
    if isinstance(data, dict):
        yield data


def subschemas(part: Any) -> Iterator[dict[str, Any]]:
    """Every mapping within a schema, the schema itself among them."""
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from subschemas(value)
    elif isinstance(part, list):
        for value in part:
            yield from subschemas(value)


def rules_of(kind: str, data: dict[str, Any]) -> list[tuple[str, str]]:
    """Each violation as its route, joined by dots, and its rule."""
    return [(".".join(map(str, violation.route)), violation.rule) for violation in violations(kind, data)]


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_draft_7(kind: str) -> None:
    assert json.loads(schema_text(kind)) == schema(kind)
    assert schema(kind)["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema(kind)["$id"] and schema(kind)["additionalProperties"] is True
    jsonschema.Draft7Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described_and_may_be_null(kind: str) -> None:
    for name, part in schema(kind)["properties"].items():
        assert part["title"] and len(part["description"]) > 15, name
        assert part.get("type", part.get("anyOf")), name
        assert not [rule for route, rule in rules_of(kind, {"sdk": "gradio", name: None}) if route == name], name


@pytest.mark.parametrize("kind", KINDS)
def test_defaults_and_examples_are_valid(kind: str) -> None:
    for name, part in schema(kind)["properties"].items():
        for value in [*part.get("examples", ()), *([part["default"]] if "default" in part else ())]:
            assert not violations(kind, {"sdk": "docker", name: value}), (name, value)


@pytest.mark.parametrize("kind", ["model", "dataset"])
def test_every_documented_part_is_described(kind: str) -> None:
    """`parts` of the table lists what hub-docs and the types of @huggingface/hub and /tasks have below the top."""
    parts = table("keys")[kind]["parts"]
    for route, names in parts.items():
        described = part_at(kind, route)["properties"]
        assert set(names) <= set(described), route
    for part in subschemas({"properties": schema(kind)["properties"], "definitions": schema(kind)["definitions"]}):
        for name, below in part["properties"].items() if isinstance(part.get("properties"), dict) else ():
            assert len(followed(kind, below).get("description", "")) > 5, name


def part_at(kind: str, route: str) -> dict[str, Any]:
    """The subschema at a route such as `widget[].parameters`."""
    part = schema(kind)
    for step in route.replace("[]", ".[]").split("."):
        part = followed(kind, part["items"] if step == "[]" else part["properties"][step])
    return part


def followed(kind: str, part: dict[str, Any]) -> dict[str, Any]:
    """The definition that a subschema refers to, or the subschema itself."""
    found: dict[str, Any] = schema(kind)["definitions"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    return found


# Each form of https://huggingface.co/docs/hub/models-widgets-examples and models-widgets#example-outputs, 2026-08-22.
WIDGETS = """
- {text: The capital is <mask>., example_title: Fill}
- {text: "Where?", context: Here., output: {answer: Here, score: 0.9}}
- {text: "How many?", table: {Name: [a, b], Stars: [1, 2.5]}}
- {text: It broke, candidate_labels: "a, b", multi_class: true, output: [{label: a, score: 1}, {label: b, score: 0.1}]}
- {source_sentence: Happy, sentences: [Glad, Sad]}
- {src: sample1.flac, output: {text: Hello}}
- {src: a/b.jpg, prompt: A girl}
- {text: "What is it?", src: "https://example.org/tiger.jpg", group: Animals}
- {src: a.png, candidate_labels: "music, sports", example_title: Cat & Dog}
- {text: A tiger, output: {url: images/tiger.jpg}, parameters: {negative_prompt: blurry, guidance_scale: 7.5}}
- {structured_data: {pH: [3.51, 3.2], color: [red, white]}}
- {messages: [{role: user, content: Hi}, {role: assistant, content: [{type: text, text: Ho}]}]}
"""


def test_every_form_of_a_widget_is_known() -> None:
    examples = yaml.safe_load(WIDGETS)
    assert violations("model", {"widget": examples}) == [] and is_valid("model", {"widget": examples})
    known = set(part_at("model", "widget[]")["properties"])
    assert {key for example in examples for key in example} == known


@pytest.mark.parametrize("name", FILES)
def test_schemas_of_files_describe_every_key(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema(name))
    assert schema(name)["$id"] == f"urn:hublint:schema:{name}" and FILES[name] in schema(name)["description"]
    keys = [item for part in subschemas(schema(name)) if "title" in part for item in part.get("properties", {}).items()]
    assert len(keys) > 10
    for key, part in keys:
        assert part["title"] and len(part["description"]) > 15, key
        checker = jsonschema.Draft7Validator(part)
        assert all(checker.is_valid(value) for value in part.get("examples", ())), key


@pytest.mark.parametrize("kind", EVERY)
def test_owners_are_rule_codes(kind: str) -> None:
    owners = {part["x-rule"] for part in subschemas(schema(kind)) if isinstance(part.get("x-rule"), str)}
    assert owners and all(re.fullmatch(r"[A-Z]{2}\d{3}", owner) for owner in owners)


def test_known_keys_are_in_the_schemas() -> None:
    keys = table("keys")
    assert set(schema("space")["properties"]) == set(keys["space"]["known"])
    assert set(schema("model")["properties"]) >= set(keys["model"]["known"])
    assert set(schema("dataset")["properties"]) >= set(keys["dataset"]["known"]) - {"base_model"}
    assert not set(schema("dataset")["properties"]) & set(keys["dataset"]["forbidden"])


def test_table_of_keys_is_of_these_schemas() -> None:
    assert (COMPILED / "keys.py").read_text(encoding="utf-8") == checks.keys(), (
        "run: python schemas/refresh.py --offline"
    )
    assert {kind: len(names) > 30 for kind, names in hublint_schemas.keys().items()} == dict.fromkeys(KINDS, True)


def test_own_keys_are_of_one_kind() -> None:
    own = {kind: hublint_schemas.own_keys(kind) for kind in KINDS}
    assert {"sdk", "app_port"} <= own["space"] and "title" not in own["space"]
    assert {"pipeline_tag", "model-index"} <= own["model"] and {"configs", "pretty_name"} <= own["dataset"]
    assert not any(own[one] & hublint_schemas.keys()[other] for one in KINDS for other in KINDS if one != other)


@pytest.mark.parametrize("kind", EVERY)
def test_enums_are_those_of_the_tables(kind: str) -> None:
    assert schema_text(kind) == rendered(enums.filled(read(PACKAGE / f"{kind}.json"))) + "\n"
    for part in subschemas(schema(kind)):
        if isinstance(part.get("x-enum"), str):
            assert [value for value in part["enum"] if value is not None] == enums.choices(part["x-enum"])


def test_enums_hold_what_the_hub_takes() -> None:
    assert enums.choices("licenses.licenses") == list(table("licenses")["licenses"])
    hardware = enums.choices("space.hardware")
    assert "zero-a10g" in hardware and "h100" not in hardware
    assert len(enums.choices("pipeline_tags.tags")) == len(table("pipeline_tags")["tags"])


@pytest.mark.parametrize("kind", EVERY)
def test_compiled_check_is_of_this_schema(kind: str) -> None:
    text = (COMPILED / f"{kind}.py").read_text(encoding="utf-8")
    assert f'SCHEMA = "{digest(checks.bare(schema(kind)))}"' in text, "run: python schemas/refresh.py --offline"
    assert "Generated by" in text.partition("\n")[0]
    assert "JsonSchema" not in text and "fastjsonschema" not in text and "REGEX_PATTERNS" not in text


@pytest.mark.parametrize("kind", EVERY)
def test_compiler_writes_a_check_that_agrees(kind: str) -> None:
    """Whatever version of fastjsonschema is installed, what it writes today does what the committed check does."""
    space: dict[str, Any] = {}
    exec(checks.compiled(kind), space)
    for data in cards(kind)[:50]:
        try:
            space["check"](data)
            fits = True
        except space["Mismatch"]:
            fits = False
        assert fits == is_valid(kind, data)


@pytest.mark.parametrize("kind", EVERY)
def test_seeds_are_valid(kind: str) -> None:
    for data in SEEDS[kind]:
        assert violations(kind, data) == []
        assert is_valid(kind, data)


@pytest.mark.skipif(folder() is None, reason="the corpus is not there")
@pytest.mark.parametrize("kind", KINDS)
def test_check_agrees_with_jsonschema_on_the_corpus(kind: str) -> None:
    assert len(cards(kind)) > 100
    for data in cards(kind):
        assert is_valid(kind, data) == (violations(kind, data) == []), data


SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 70000) | st.floats() | st.text(max_size=8) | st.dates()
    | st.sampled_from(["en", "mit", "MIT", "red", "gradio", "a/b", "a b", "/x", "text", "original"])
    | st.sampled_from(["train\n", "en\n", "1h", "", "3.10", "n<1K", "other", "auto"])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "type", "split", "path", "emissions", "value"]) | SCALARS, inner, max_size=3
        )
    ),
    max_leaves=6,
)


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) within the data."""
    steps = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [place for step, value in steps for place in [(data, step), *_places(value)]]


@pytest.mark.parametrize("kind", EVERY)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_check_agrees_with_jsonschema_on_mutations(kind: str, data: st.DataObject) -> None:
    card = copy.deepcopy(data.draw(st.sampled_from(SEEDS[kind]) | st.sampled_from(cards(kind))))
    for _ in range(data.draw(st.integers(1, 3))):
        keys = st.sampled_from(sorted(schema(kind).get("properties", ["items"]))) | SCALARS
        places = _places(card)
        how = data.draw(st.sampled_from(["replace", "drop", "add", "add"]))
        if how == "add" or not places:
            if isinstance(card, list):
                card.append(data.draw(VALUES))
            else:
                card[data.draw(keys)] = data.draw(VALUES)
        else:
            container, step = data.draw(st.sampled_from(places))
            if how == "replace":
                container[step] = data.draw(VALUES)
            else:
                del container[step]
    found = violations(kind, card)
    assert is_valid(kind, card) == (found == [])
    for violation in found:
        place = card
        for step in violation.route:
            place = place[step]
        assert place is violation.value or place == violation.value or place != place


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [None, [], "text", 5, datetime.date(2024, 1, 1)])
def test_not_a_mapping(kind: str, data: Any) -> None:
    assert not is_valid(kind, data)
    assert [violation.rule for violation in violations(kind, data)][-1] == "FM010"


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("colorFrom", "orange", "SP008"),
        ("colorTo", 5, "SP008"),
        ("sdk", "flask", "SP002"),
        ("sdk_version", ">=4.0", "SP005"),
        ("sdk_version", "latest", "SP005"),
        ("python_version", "2.7", "SP012"),
        ("app_port", 80, "SP013"),
        ("app_port", 65536, "SP013"),
        ("app_port", "7860", "SP013"),
        ("app_port", True, "SP013"),
        ("base_path", "web", "SP015"),
        ("short_description", "x" * 61, "SP011"),
        ("suggested_hardware", "h100", "SP016"),
        ("header", "big", "SP023"),
        ("hf_oauth_expiration_minutes", 43201, "SP018"),
        ("startup_duration_timeout", "soon", "SP022"),
        ("thumbnail", "logo.png", "SP024"),
        ("license", "MIT", "MC008"),
        ("license", 5, "MC008"),
        ("pinned", "false", "FM010"),
        ("tags", "gradio", "FM010"),
        ("models", "gpt2", "FM010"),
    ],
)
def test_space_refuses(key: str, value: Any, rule: str) -> None:
    assert rules_of("space", {"sdk": "gradio", key: value}) == [(key, rule)]
    assert not is_valid("space", {"sdk": "gradio", key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sdk", "streamlit"),
        ("sdk_version", 5.0),
        ("sdk_version", "4.0.0b15"),
        ("sdk_version", "5.0.0-beta.2"),
        ("python_version", 3.1),
        ("python_version", "3.12.12"),
        ("app_port", 1025),
        ("app_port", 7860.0),
        ("title", 2024),
        ("short_description", "é" * 60),
        ("suggested_hardware", "zero-a10g"),
        ("failure_strategy", "rollback"),
        ("dockerfile", {"any": "thing"}),
        ("license", ["mit", "apache-2.0"]),
        ("startup_duration_timeout", "1h 30m"),
        ("hf_oauth_authorized_org", ["a", "b"]),
    ],
)
def test_space_accepts(key: str, value: Any) -> None:
    assert rules_of("space", {"sdk": "docker", key: value}) == []
    assert is_valid("space", {"sdk": "docker", key: value})


@pytest.mark.parametrize(
    ("kind", "yaml_text", "expected"),
    [
        ("space", "sdk: static\nhf_oauth_scopes: [email, openid]", [("hf_oauth_scopes.1", "SP018")]),
        ("space", "sdk: static\nmodels: [a/b, 'https://x.y/a/b']", [("models.1", "SP019")]),
        ("space", "sdk: static\npreload_from_hub: [a/b x.json y.json]", [("preload_from_hub.0", "SP020")]),
        ("space", "sdk: static\ncustom_headers: {x-frame-options: deny}", [("custom_headers", "SP021")]),
        ("space", "title: x", [("", "SP001")]),
        ("model", "language: en-US", [("language", "MC011")]),
        ("model", "language: [en, EN]", [("language.1", "MC011")]),
        ("model", "base_model: Kokoro 82M", [("base_model", "MC012")]),
        ("model", "base_model: ''", [("base_model", "MC012")]),
        ("model", "base_model: [a/b, ./out]", [("base_model.1", "MC012")]),
        ("model", "base_model_relation: distilled", [("base_model_relation", "MC015")]),
        ("model", "datasets: [/var/hf/images/]", [("datasets.0", "MC016")]),
        ("model", "pipeline_tag: video-to-text", [("pipeline_tag", "MC004")]),
        ("model", "widget: {text: x}", [("widget", "MC018")]),
        ("model", "co2_eq_emissions: {emissions: 12 g}", [("co2_eq_emissions.emissions", "MC017")]),
        ("model", "co2_eq_emissions: {source: x}", [("co2_eq_emissions", "MC017")]),
        ("model", "extra_gated_fields: [{Name: text}]", [("extra_gated_fields", "MC019")]),
        ("model", "extra_gated_fields: {Name: string}", [("extra_gated_fields.Name", "MC019")]),
        ("model", "extra_gated_fields: {Name: {type: string}}", [("extra_gated_fields.Name.type", "MC019")]),
        ("model", "model-index: foo", [("model-index", "EV001")]),
        ("model", "model-index: [{name: x}]", [("model-index.0", "EV001")]),
        ("model", "model-index: [{results: []}]", [("model-index.0", "EV001")]),
        ("dataset", "size_categories: [1000]", [("size_categories.0", "DC004")]),
        ("dataset", "size_categories: 10k-100k", [("size_categories", "DC004")]),
        ("dataset", "task_ids: [other-api-calling]", [("task_ids.0", "DC002")]),
        ("dataset", "task_categories: {en: [text-classification]}", [("task_categories", "FM010")]),
        ("dataset", "multilinguality: [momolingual]", [("multilinguality.0", "DC009")]),
        ("dataset", "source_datasets: [a b]", [("source_datasets.0", "DC009")]),
        ("dataset", "configs: [plain_text]", [("configs.0", "DF002")]),
        ("dataset", "configs: [{data_files: a.csv}]", [("configs.0", "DF002")]),
        ("dataset", "configs: [{config_name: a/b}]", [("configs.0.config_name", "DF002")]),
        ("dataset", "configs: [{config_name: a, data_files: [{split: a-b, path: x}]}]",
         [("configs.0.data_files.0.split", "DF003")]),
        ("dataset", "configs: [{config_name: a, data_files: {train: x}}]", [("configs.0.data_files", "DF002")]),
        ("dataset", "dataset_info: {features: {x: string}}", [("dataset_info.features", "DC010")]),
        ("dataset", "dataset_info: {splits: [{num_bytes: 5}]}", [("dataset_info.splits.0", "DC010")]),
    ],
)  # fmt: skip
def test_owner_and_route(kind: str, yaml_text: str, expected: list[tuple[str, str]]) -> None:
    assert rules_of(kind, yaml.safe_load(yaml_text)) == expected


def test_violation_tells_what_was_expected() -> None:
    [color] = violations("space", {"sdk": "gradio", "colorFrom": "teal"})
    assert color[:3] == (("colorFrom",), "SP008", "enum")
    assert color.expected == [*table("space")["colors"], None] and color.value == "teal"
    assert color.schema == schema("space")["properties"]["colorFrom"]
    [license] = violations("model", {"license": 5})
    assert license.keyword == "type" and license.expected == ["string", "array", "null"]
    missing = violations("model", {"model-index": [{}]})
    assert [(violation.keyword, violation.expected) for violation in missing] == [
        ("required", "name"),
        ("required", "results"),
    ]


def test_every_wrong_scalar_in_a_list_has_its_route() -> None:
    found = violations("space", {"sdk": "gradio", "license": ["MIT", "mit", 3]})
    assert [(violation.route, violation.keyword) for violation in found] == [
        (("license", 0), "enum"),
        (("license", 2), "type"),
    ]


def test_a_line_break_at_the_end_is_seen_by_both() -> None:
    assert not is_valid("model", {"language": "en\n"})
    assert rules_of("model", {"language": "en\n"}) == [("language", "MC011")]


def test_a_key_that_is_null_has_its_route() -> None:
    data = yaml.safe_load("extra_gated_fields: {~: string, 5: text}")
    assert rules_of("model", data) == [("extra_gated_fields.None", "MC019")]


def test_deep_structures_are_checked() -> None:
    """The frontmatter's parser stops at a depth of 100: 49 structs within structs."""
    feature: dict[str, Any] = {"name": 5}
    for _ in range(49):
        feature = {"name": "x", "struct": [feature]}
    assert not is_valid("dataset", {"dataset_info": {"features": [feature]}})
    [violation] = violations("dataset", {"dataset_info": {"features": [feature]}})
    assert violation.rule == "DC010" and violation.value == 5


@pytest.mark.parametrize("kind", EVERY)
def test_patterns_are_fast_on_hostile_text(kind: str) -> None:
    patterns = {part["pattern"] for part in subschemas(schema(kind)) if isinstance(part.get("pattern"), str)}
    assert patterns or kind == "eval_yaml"
    for part in subschemas(schema(kind)):
        assert ("pattern" in part) == ("patternErrorMessage" in part), "editors show it in place of the pattern"
    for pattern in patterns:
        for unit in ("a", "a/", "a.", "1", "1.", "1m", "1m ", "0a", "a-", "-", " ", "a,", "a b", "|", "3.", "\n"):
            text = unit * (100_000 // len(unit)) + "!\0"
            start = time.process_time()
            re.search(pattern, text)
            assert time.process_time() - start < 20, (pattern, unit)


def test_is_valid_imports_nothing_heavy() -> None:
    code = (
        "import sys, hublint_schemas as h\n"
        "assert h.is_valid('space', {'sdk': 'gradio', 'license': 'mit', 'sdk_version': '5.0.0'})\n"
        "heavy = {'jsonschema', 'fastjsonschema', 'pathlib', 'decimal', 'inspect', 'json'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    environment = {"PYTHONPATH": str(Path(hublint_schemas.__file__).parent.parent)}
    subprocess.run([sys.executable, "-S", "-c", code], check=True, timeout=60, env=environment)
