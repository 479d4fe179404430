"""What is a slip, and that a key with one is reported once."""

from __future__ import annotations

import pytest

from hublint_rules._spelling import is_slip
from hublint_schemas import KINDS, Kind, table
from repositories import findings, make


@pytest.mark.parametrize(
    ("word", "meant"),
    [("pipline_tag", "pipeline_tag"), ("licens", "license"), ("ilcense", "license"), ("Colour-From", "colorFrom")],
)
def test_slips(word: str, meant: str) -> None:
    assert is_slip(word, meant)


@pytest.mark.parametrize(
    ("word", "other"),
    [("reader", "header"), ("tite", "title"), ("text-to-4d", "text-to-3d"), ("license_url", "license_link")],
)
def test_other_words(word: str, other: str) -> None:
    assert not is_slip(word, other)


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_is_a_slip_of_another(kind: Kind) -> None:
    known = table("keys")[kind]["known"]
    assert [(key, other) for key in known for other in known if key != other and is_slip(key, other, 4)] == []


@pytest.mark.parametrize(
    ("kind", "block", "missing"),
    [
        ("space", "sdk: static\ntite: Demo\n", "SP010"),
        ("space", "sdk: static\nlicens: mit\n", "SP029"),
        ("space", "sdk: gradio\nsdk_verson: 5.49.1\n", "SP004"),
        ("space", "sdk: static\nemoj: 🚀\n", "SP009"),
        ("model", "licens: mit\n", "MC007"),
        ("model", "licence: license\n", "MC007"),
        ("model", "pipline_tag: text-generation\nlibrary_name: transformers\n", "MC003"),
        ("dataset", "licens: mit\n", "DC006"),
        ("dataset", "task-categorys: [other]\ntask_categorie: [other]\n", "DC008"),
    ],
)
def test_a_key_with_a_slip_is_reported_once(kind: Kind, block: str, missing: str) -> None:
    repository = make(kind, {"README.md": f"---\n{block}---\n\n# Demo\n", "model.safetensors": "x"})
    codes = [finding.code for finding in findings(repository, "FM008", missing) if finding.severity != "info"]
    assert codes == ["FM008"]
