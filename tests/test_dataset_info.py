"""DC010 against datasets' own reading of `dataset_info`; the sizes and spellings of the other dataset rules."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import folder, samples
from hublint.dataset.sizes import bounds, category_of
from hublint_rules._spelling import closest
from hublint_rules.dataset._dtypes import CLASSES, class_name, is_dtype, is_value, meant_dtype
from hublint_schemas import table
from repositories import findings, make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZES = [size for size in table("datasets")["size_categories"] if size != "unknown"]

Yaml = Any


@pytest.fixture(scope="module")
def refusal() -> Callable[[str], str]:
    """What datasets says against a metadata block; empty where it reads it."""
    info = pytest.importorskip("datasets.info", reason="datasets is not installed")
    logging.getLogger("datasets").setLevel(logging.CRITICAL)

    def read(text: str) -> str:
        try:
            info.DatasetInfosDict.from_dataset_card_data(yaml.safe_load(text))
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return ""

    return read


def errors(text: str) -> list[str]:
    """The messages of DC010's errors; each stands on a line of the block."""
    repository = make("dataset", {"README.md": f"---\n{text}---\n"})
    found = [finding for finding in findings(repository, "DC010") if finding.severity == "error"]
    last = text.count("\n") + 1
    for finding in found:
        assert 2 <= finding.place.line <= last, finding.message
    return [finding.message for finding in found]


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(info: Yaml, flow: bool | None = False) -> str:
    text: str = yaml.dump({"dataset_info": info}, Dumper=_Dumper, sort_keys=False, default_flow_style=flow)
    return text


ODD: st.SearchStrategy[Yaml] = st.sampled_from(
    [1, 0, True, None, "x", "", 1.5, "no", "0", [], {}, ["a", "b"], ["a", "a"], {"a": 1}, "string"]
)
DTYPES = st.sampled_from(
    "string int64 str int bool null float float32 double image audio Image class_label list sequence struct timestamp "
    "timestamp[s] timestamp[s,tz=UTC] decimal128(5,2) decimal128(40,2) json dict text video translation utf8 _image "
    "image_ halffloat array2_d Value time32[us] String INT64 translation_variable_languages large_list map".split()
)
DTYPE = st.one_of(*[DTYPES] * 9, ODD)
NAMES = st.one_of(
    st.lists(st.sampled_from(["a", "b", "c", 1, "1", True, "True", None]), max_size=3),
    st.integers(0, 3).map(lambda count: {str(number): f"name{number}" for number in range(count)}),
    st.dictionaries(st.sampled_from(["0", "1", "2", "x", 0, 1, True, None, -1]), st.sampled_from("abc"), max_size=3),
    ODD,
)
LABEL = st.one_of(*[st.fixed_dictionaries({"names": NAMES})] * 4, ODD).map(lambda held: {"class_label": held})
ARRAY = st.dictionaries(st.sampled_from(["shape", "dtype"]), st.sampled_from([[2, 3], 2, "int32", None]))
CODES = st.sampled_from([["en", "fr"], ["en", True], "en", 3, None, [], ["en", ["x"]]])
CLASS = st.one_of(
    LABEL,
    st.builds(lambda name, held: {name: held}, st.sampled_from(["array2_d", "array5_d", "array2d"]), ARRAY),
    st.builds(
        lambda name, key, held: {name: {key: held}},
        st.sampled_from(["translation", "translation_variable_languages"]),
        st.sampled_from(["languages", "other"]),
        CODES,
    ),
    st.builds(
        lambda name, held: {name: held},
        st.sampled_from(["image", "audio", "value", "bio_structure", "unknown", "json"]),
        st.sampled_from([{}, {"decode": False}, None, {"dtype": "string"}, {"format": "pdb"}, {"format": "z"}]),
    ),
)


def _columns(types: st.SearchStrategy[Yaml]) -> st.SearchStrategy[Yaml]:
    """Lists of columns of different names, some of them not columns."""

    def column(name: str, held: Yaml, form: int) -> Yaml:
        if not isinstance(held, dict) or form == 9:
            return held
        return {**held, "name": name} if form % 2 else {"name": name if form else 2020, **held}

    forms = st.integers(0, 9)
    return st.lists(st.tuples(types, forms), max_size=3).map(
        lambda parts: [column("abc"[place], held, form) for place, (held, form) in enumerate(parts)]
    )


def _deeper(types: st.SearchStrategy[Yaml]) -> st.SearchStrategy[Yaml]:
    columns = _columns(types)
    held = st.one_of(types, columns, DTYPE)
    more = st.dictionaries(
        st.sampled_from(["length", "id", "nullable", "dtype"]), st.sampled_from([3, "x"]), max_size=1
    )
    return st.one_of(
        st.builds(
            lambda kind, inner, beside: {kind: inner, **beside},
            st.sampled_from(["list", "sequence", "large_list"]),
            held,
            st.one_of(st.just({}), st.just({}), more),
        ),
        columns.map(lambda inner: {"struct": inner}),
        held.map(lambda inner: {"dtype": inner}),
        types.map(lambda inner: {"struct": inner}),
    )


TYPE = st.recursive(
    st.one_of(
        DTYPE.map(lambda dtype: {"dtype": dtype}),
        CLASS,
        CLASS.map(lambda held: {"dtype": held}),
        st.just({}),
        st.just({"id": "x", "dtype": "string"}),
    ),
    _deeper,
    max_leaves=5,
)
SPLIT = st.one_of(
    *[
        st.fixed_dictionaries(
            {"name": st.sampled_from(["train", "test", "dev"]), "num_bytes": st.just(1)},
            optional={"num_examples": st.just(2), "num_rows": st.just(2), "dataset_name": ODD},
        )
    ]
    * 6,
    ODD,
)
INFO = st.fixed_dictionaries(
    {},
    optional={
        "config_name": st.sampled_from(["a", 1, None, ["x"], {}]),
        "features": st.one_of(*[_columns(TYPE)] * 6, TYPE, ODD),
        "splits": st.one_of(
            st.lists(SPLIT, max_size=3), st.dictionaries(st.sampled_from("xyz"), SPLIT, max_size=2), ODD
        ),
        "version": st.sampled_from(["1.0.0", "1.0", 1.0, None]),
        "download_size": ODD,
    },
)


@settings(max_examples=800, deadline=None)
@given(st.one_of(*[INFO] * 5, st.lists(st.one_of(*[INFO] * 5, ODD), max_size=2)), st.sampled_from([False, True, None]))
@example([{"features": {"struct": [{"name": "a", "dtype": "string"}]}}], False)
@example({"features": [{"name": "a", "sequence": [], "length": "x"}]}, False)
def test_agrees_with_datasets(refusal: Callable[[str], str], info: Yaml, flow: bool | None) -> None:
    text = dumped(info, flow)
    refused = refusal(text)
    assert bool(errors(text)) == bool(refused), f"{text}\n{refused}"


def test_agrees_with_datasets_on_real_cards(refusal: Callable[[str], str]) -> None:
    """As they are, and with each type in them replaced."""
    if folder() is None:
        pytest.skip("the corpus is not here: set HUBLINT_CORPUS")
    seen = 0
    for sample in samples("datasets"):
        card = sample.repository().card
        if card is None or card.block is None or "dataset_info" not in card.data:
            continue
        text = f"{card.text[slice(*card.block.content)]}\n"
        if "{" in text:  # A template, of which nothing is said.
            continue
        seen += 1
        for right, wrong in (("", ""), ("string", "str"), ("int64", "int"), ("dtype:", "type:"), ("name:", "nome:")):
            changed = text.replace(right, wrong)
            assert bool(errors(changed)) == bool(refusal(changed)), (sample.id, right, wrong)
    assert seen


def test_reads_the_card_as_datasets_does(refusal: Callable[[str], str]) -> None:
    """Names and labels that only Python's YAML reads as something else than text."""
    for text in (
        "dataset_info:\n  features:\n  - name: no\n    dtype: string\n",
        "dataset_info:\n  features:\n  - name: 12:30\n    dtype: string\n",
        "dataset_info:\n  features:\n  - name: 2024-01-01\n    dtype: string\n",
        "dataset_info:\n  features:\n  - name: a\n    dtype: on\n",
        "dataset_info:\n  features:\n  - name: a\n    dtype: {class_label: {names: [yes, on]}}\n",
    ):
        assert refusal(text)
        assert errors(text)


@pytest.mark.parametrize(
    ("block", "used"),
    [
        (
            "CONFIGS\ndataset_info: {config_name: main, features: COLUMNS}\n",
            True,
        ),
        ("CONFIGS\ndataset_info: {features: COLUMNS}\n", False),
        (
            "CONFIGS\ndataset_info: [{config_name: x, features: COLUMNS}]\n",
            False,
        ),
        ("dataset_info: {features: COLUMNS}\n", True),
        ("dataset_info: {config_name: default, features: COLUMNS}\n", True),
        ("dataset_info: {config_name: main, features: COLUMNS}\n", False),
        ("dataset_info: [{config_name: main, features: COLUMNS}, {config_name: other}]\n", False),
    ],
)
def test_a_description_is_used_where_dc011_is_silent(block: str, used: bool, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")
    configs = "configs: [{config_name: main, data_files: a.csv}]"
    block = block.replace("COLUMNS", "[{name: x, dtype: string}]").replace("CONFIGS", configs)
    card = f"---\n{block}---\n"
    (tmp_path / "README.md").write_text(card, "utf-8")
    (tmp_path / "a.csv").write_text("x\n1\n", "utf-8")
    found = findings(make("dataset", {"README.md": card, "a.csv": "x\n1\n"}), "DC011")
    try:
        builder = datasets.load_dataset_builder(str(tmp_path), cache_dir=str(tmp_path / "cache"))
    except ValueError as error:
        assert [str(error)] == [finding.hub_message for finding in found if finding.severity == "error"]
        return
    assert (builder.info.features is not None) == used
    assert bool(found) != used
    assert not [finding for finding in found if finding.severity == "error"]


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.from_regex(r"(timestamp|duration|time32|time64)\[(s|ms|us|ns|h)(,\s?tz=[A-Z/+:é]{0,6})?\]", fullmatch=True),
        st.from_regex(r"decimal(32|64|128|256)\([0-9]{1,3}(, ?-?[0-9]{1,3})?\)", fullmatch=True),
        st.from_regex(r"fixed_size_binary\[[0-9]{0,4}\]", fullmatch=True),
        st.from_regex(r"_{0,2}(large_)?(u?int|float|string|binary|bool|date|utf)(8|16|32|64)?_{0,2}", fullmatch=True),
        DTYPES,
    )
)
def test_types_of_values_agree(dtype: str) -> None:
    features = pytest.importorskip("datasets.features.features", reason="datasets is not installed")
    try:
        features.Value(dtype)
        accepted = True
    except Exception:
        accepted = False
    assert is_value(dtype) == accepted


def test_classes_agree() -> None:
    features = pytest.importorskip("datasets.features.features", reason="datasets is not installed")
    naming = pytest.importorskip("datasets.naming")
    assert set(features._FEATURE_TYPES) <= {*CLASSES, "List", "LargeList"}
    for name in ("class_label", "Image", "IMAGE", "_image", "array2_d", "a__b", "bioSequence", ""):
        assert class_name(name) == naming.snakecase_to_camelcase(name)


@pytest.mark.parametrize("word", ["str", "INT", "Boolean", "text", " string ", "Image"])
def test_meant_types_are_types(word: str) -> None:
    assert is_dtype(meant_dtype(word))


@pytest.mark.parametrize("size", SIZES)
def test_sizes_hold_their_rows(size: str) -> None:
    low, high = bounds(size)
    assert category_of(low) == size
    assert category_of(high - 1) == size
    assert category_of((low + high) // 2) == size


@given(st.integers(0, 10**14))
def test_every_number_of_rows_has_a_size(rows: int) -> None:
    low, high = bounds(category_of(rows))
    assert low <= rows <= high
    assert category_of(rows) in SIZES


@pytest.mark.parametrize("kind", ["tags", "task_ids"])
def test_a_right_word_is_no_slip_of_another(kind: str) -> None:
    words = table("pipeline_tags")[kind]
    assert [word for word in words if closest(word, words) != word] == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("text_classification", "text-classification"),
        ("Text To Speech", "text-to-speech"),
        ("summarizaton", "summarization"),
        ("text-to-4d", ""),
        ("text-to-text", ""),
        ("audio", ""),
        ("x" * 10_000, ""),
    ],
)
def test_closest_task(word: str, meant: str) -> None:
    assert closest(word, table("pipeline_tags")["tags"]) == meant
