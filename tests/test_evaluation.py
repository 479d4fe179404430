"""Evaluation results against their oracle: what huggingface_hub itself reads and refuses."""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from huggingface_hub import (
    EvalResult,
    EvalResultEntry,
    ModelCardData,
    eval_result_entries_to_yaml,
    parse_eval_result_entries,
)
from huggingface_hub.repocard_data import eval_results_to_model_index
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
import hublint_schemas
from hublint.documents.yaml.nodes import YamlError
from hublint.documents.yaml.parsing import parse
from hublint_rules.evaluation._schema_problems import problems
from repositories import findings, fixed, make

if TYPE_CHECKING:
    from hublint.rule import Finding

INDEX: list[Any] = [
    {
        "name": "my-model",
        "results": [
            {
                "task": {"type": "text-classification", "name": "Sentiment"},
                "dataset": {
                    "type": "imdb",
                    "name": "IMDb",
                    "config": "plain_text",
                    "split": "test",
                    "revision": "abc",
                    "args": {"a": 1},
                },
                "metrics": [
                    {"type": "accuracy", "value": 0.9, "name": "Accuracy", "verified": False},
                    {"type": "f1", "value": "0.9 ± 0.1", "args": {"average": "macro"}, "config": "default"},
                ],
                "source": {"name": "log", "url": "https://example.org"},
            },
            {"task": {"type": "x"}, "dataset": {"type": "y", "name": "z"}, "metrics": [{"type": "m", "value": None}]},
        ],
    }
]
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "text", 0, 7, 2.5, True, False, [], ["a"], {}, {"a": 1}, [{}], [None]]
)
TEXTS = ("name", "type", "config", "split", "revision", "args", "url", "verified", "verifyToken")


def card_of(index: Any) -> str:
    return "---\n" + yaml.safe_dump({"license": "mit", "model-index": index}, sort_keys=False) + "---\n"


def client_refuses(index: Any) -> bool:
    try:
        ModelCardData(**{"license": "mit", "model-index": copy.deepcopy(index)})
    except (ValueError, AttributeError, KeyError, TypeError):
        return True
    return False


def errors(text: str) -> list[Finding]:
    return [each for each in findings(make("model", {"README.md": text}), "EV001") if each.severity == "error"]


def routes(data: Any, route: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [route]
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        found += routes(value, (*route, key))
    return found


def at(data: Any, route: tuple[Any, ...]) -> Any:
    for step in route:
        data = data[step]
    return data


def value_at(index: Any, route: str) -> Any:
    """The value that a finding's route names; a marker where it is missing."""
    steps = [part for part in route.removeprefix("model-index").replace("[", ".[").split(".") if part]
    try:
        for step in steps:
            index = index[int(step[1:-1])] if step.startswith("[") else index[step]
    except (KeyError, IndexError, TypeError):
        return "missing"
    return index


def hub_alone_refuses(index: Any, finding: Finding) -> bool:
    """Where the Hub is stricter than its client: types of texts, empty things of a wrong type, a source's address.

    The client also never looks at what stands beside an empty list of results or metrics.
    """
    key = finding.route.rpartition(".")[2].partition("[")[0]
    value = value_at(index, finding.route)
    return key in TEXTS or not value or (value == "missing" and not at_least_one_metric(index))


def at_least_one_metric(index: Any) -> bool:
    return any(
        isinstance(result, dict) and result.get("metrics")
        for entry in index
        if isinstance(entry, dict)
        for result in entry.get("results") or []
    )


def changed(seed: Any, data: st.DataObject) -> Any:
    """The seed with a few of its values removed or replaced."""
    result = copy.deepcopy(seed)
    for _ in range(data.draw(st.integers(1, 2))):
        route = data.draw(st.sampled_from([route for route in routes(result) if route] or [()]))
        if not route:
            break
        parent, step = at(result, route[:-1]), route[-1]
        if isinstance(parent, dict) and data.draw(st.booleans()):
            del parent[step]
        else:
            parent[step] = copy.deepcopy(data.draw(VALUES))
    return result


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_agrees_with_the_client_on_changed_results(data: st.DataObject) -> None:
    index = changed(INDEX, data)
    found = errors(card_of(index))
    if client_refuses(index):
        assert found, index
    else:
        assert [finding for finding in found if not hub_alone_refuses(index, finding)] == [], index
    for finding in found:
        assert finding.place.line > 2


@pytest.mark.parametrize("index", [7, True, "foo", {"name": "x", "results": []}, ["foo"], [None], [[]]])
def test_refuses_what_is_no_list_of_mappings(index: Any) -> None:
    assert client_refuses(index)
    assert errors(card_of(index))


def test_every_card_of_the_corpus_gets_the_client_s_verdict() -> None:
    seen = 0
    for sample in corpus.samples("models"):
        repository = sample.repository()
        card = repository.card
        if card is None or card.block is None or not card.data.get("model-index"):
            continue
        try:
            index = yaml.safe_load(card.text[slice(*card.block.content)])["model-index"]
        except yaml.YAMLError:  # a template's `{{ x }}`
            continue
        seen += 1
        assert client_refuses(index) == bool(findings(repository, "EV001")), sample.id
    if not seen:
        pytest.skip("the corpus is not there")
    assert seen > 3


def test_what_the_client_writes_is_right() -> None:
    results = [EvalResult("text-classification", "imdb", "IMDb", "accuracy", 0.9, dataset_split="test")]
    results.append(EvalResult("x", "y", "z", "m", "1 ± 2", source_url="https://example.org", verified=True))
    assert errors(card_of(eval_results_to_model_index("m", results))) == []


def test_fixes_of_types_satisfy_the_client() -> None:
    index = copy.deepcopy(INDEX)
    index[0]["results"][0]["metrics"] = index[0]["results"][0]["metrics"][0]
    index[0]["results"][0]["dataset"].update(revision=10**30, config=None, split=3)
    index[0]["results"][0]["source"] = "https://example.org"
    index[0]["results"] = index[0]["results"][0]
    text = card_of(index[0])
    after = fixed(make("model", {"README.md": text}), "EV001").files["README.md"].decode()
    assert errors(after) == []
    mended = yaml.safe_load(after.split("---\n")[1])["model-index"]
    assert not client_refuses(mended)
    assert mended[0]["results"][0]["dataset"] == {
        "type": "imdb",
        "name": "IMDb",
        "split": "3",
        "revision": "1" + "0" * 30,
        "args": {"a": 1},
    }


def test_thousands_of_results_do_not_hang() -> None:
    broken = {"task": {"type": 5}, "dataset": {"type": "y", "name": "z"}, "metrics": [{"type": "m"}]}
    text = card_of([{"name": "m", "results": [broken] * 3200}]).replace("&id001", "").replace("*id001", "{}")
    start = time.process_time()
    assert len(errors(text)) >= 3200
    assert time.process_time() - start < 90


def test_entries_that_the_client_writes_are_right() -> None:
    entries = [
        EvalResultEntry("cais/hle", "hle", 20.9, date="2025-01-15", source_url="https://example.org", source_user="me"),
        EvalResultEntry("Idavidrein/gpqa", "gpqa_diamond", 0.412, notes="no-tools"),
    ]
    text = yaml.safe_dump(eval_result_entries_to_yaml(entries))
    assert findings(make("model", {"README.md": "# x\n", ".eval_results/a.yaml": text}), "EV009") == []


ENTRIES: list[Any] = [
    {
        "dataset": {"id": "cais/hle", "task_id": "hle", "revision": "abc"},
        "value": 20.9,
        "verifyToken": "abc.def",
        "date": "2025-01-15",
        "source": {"url": "https://example.org", "name": "log", "user": "me", "org": "us"},
        "notes": "no-tools",
    },
    {"dataset": {"id": "gsm8k", "task_id": "gsm8k"}, "value": "0.4", "source": None},
]
BENCHMARK: dict[str, Any] = {
    "name": "Hub",
    "description": "Questions.",
    "evaluation_framework": "inspect-ai",
    "tasks": [
        {
            "id": "one",
            "config": "default",
            "split": "test",
            "field_spec": {"input": "q", "target": "a", "choices": ["b", "c"], "metadata": ["d"]},
            "shuffle_choices": True,
            "epochs": 2,
            "epoch_reducer": "mean",
            "solvers": [{"name": "generate"}],
            "scorers": [{"name": "model_graded_fact", "args": {"model": "o/m"}}],
        }
    ],
}
FILES = {
    "eval_results": ("EV009", "model", ".eval_results/a.yaml", ENTRIES),
    "eval_yaml": ("EV010", "dataset", "eval.yaml", BENCHMARK),
}
# What eval_results.yaml of hub-docs asks for and the client does not look at.
NOT_OF_THE_CLIENT = {
    f"*.{key}"
    for key in "value date verifyToken notes source dataset.id dataset.task_id dataset.revision "
    "source.url source.name source.user source.org".split()
}
BESIDE_THE_SCHEMA = ("without quotes", "not an evaluation framework", "this is not YAML")


def entries_refused(text: str) -> bool:
    try:
        parse_eval_result_entries(yaml.safe_load(text))
    except (ValueError, AttributeError, KeyError, TypeError):
        return True
    return False


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_agrees_with_the_client_on_changed_entries(data: st.DataObject) -> None:
    text = yaml.safe_dump(changed(ENTRIES, data), sort_keys=False)
    found = findings(make("model", {".eval_results/a.yaml": text}), "EV009")
    refused = [finding for finding in found if finding.severity == "error"]
    if entries_refused(text):
        assert refused, text
    else:
        root = parse(text)
        assert root is not None
        assert {problem.route for problem in problems(root, "eval_results")} <= NOT_OF_THE_CLIENT, text


@pytest.mark.parametrize("data", [7, True, "foo", ENTRIES[0], ["foo"], [None], [[]], [{}], [{"dataset": "cais/hle"}]])
def test_refuses_entries_that_the_client_cannot_read(data: Any) -> None:
    text = yaml.safe_dump(data)
    assert entries_refused(text)
    assert findings(make("model", {".eval_results/a.yaml": text}), "EV009")


def schema_agrees(name: str, text: str) -> bool:
    """Whether the rule finds something exactly where jsonschema and the compiled check do; whether the file is good."""
    code, kind, path, _ = FILES[name]
    try:
        root = parse(text)
    except YamlError:
        root = None
    found = findings(make(kind, {path: text}), code)
    structural = [one for one in found if not any(words in one.message for words in BESIDE_THE_SCHEMA)]
    if root is None:
        assert not structural
        return True
    violations = hublint_schemas.violations(name, root.value)
    assert hublint_schemas.is_valid(name, root.value) == (not violations), text
    if name == "eval_yaml" and not (isinstance(root.value, dict) and root.value.get("evaluation_framework")):
        return not structural
    assert bool(structural) == bool(violations), text
    assert {violation.rule for violation in violations} <= {code}
    return not violations


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_rule_and_schema_agree_on_changed_files(name: str, data: st.DataObject) -> None:
    schema_agrees(name, yaml.safe_dump(changed(FILES[name][3], data), sort_keys=False))


@pytest.mark.parametrize("name", FILES)
def test_seeds_are_right(name: str) -> None:
    assert schema_agrees(name, yaml.safe_dump(FILES[name][3]))


@pytest.mark.parametrize("name", FILES)
def test_rule_and_schema_agree_on_the_cases(name: str) -> None:
    code, _, path, _ = FILES[name]
    cases = yaml.safe_load((Path(__file__).parent.parent / "fixtures" / "rules" / f"{code}.yml").read_text("utf-8"))
    leaves_open = {"template", "merged-and-shared", "a-model-s"}
    texts = [case["files"][path] for title, case in cases.items() if title not in leaves_open and path in case["files"]]
    verdicts = [schema_agrees(name, text) for text in texts]
    assert len(verdicts) > 4 and set(verdicts) == {True, False}


def test_rule_and_schema_agree_on_the_corpus() -> None:
    seen = 0
    for sample in corpus.samples("models", "datasets"):
        repository = sample.repository()
        for name, (_, kind, path, _) in FILES.items():
            prefix = path.partition("/")[0]
            for file in repository.files if repository.kind == kind else ():
                source = repository.source(file) if file == path or file.startswith(f"{prefix}/") else None
                if source is not None and not source.is_binary:
                    seen += 1
                    schema_agrees(name, source.text)
    if not seen:
        pytest.skip("the corpus is not there, or has no such file")
