"""What the Hub calls things: weights, ids, addresses."""

from __future__ import annotations

import pytest

from hublint.model.hub_ids import is_repo_id
from hublint.repository.git.remotes import Remote, remote_at
from hublint.repository.weights import is_weights


@pytest.mark.parametrize(
    "path", ["model.safetensors", "onnx/model.onnx", "weights.npz", "a.mlpackage/Data/weights/x", "model.pdparams"]
)
def test_weights(path: str) -> None:
    assert is_weights(path)


@pytest.mark.parametrize(
    "path", ["optimizer.pt", "checkpoint/rng_state_0.pth", "runs/x.bin", ".venv/lib/x.bin", "tokenizer.model", "a.csv"]
)
def test_not_weights(path: str) -> None:
    assert not is_weights(path)


@pytest.mark.parametrize("value", ["gpt2", "owner/name", "_o/n.a-me", "0x/1"])
def test_ids(value: str) -> None:
    assert is_repo_id(value)


@pytest.mark.parametrize("value", ["a/b/c", "a--b", "o/n.", "o/-n", "o/n.git", "./o", "o/" + "n" * 97, "é/x", 1])
def test_no_ids(value: object) -> None:
    assert not is_repo_id(value)


@pytest.mark.parametrize(
    ("url", "remote"),
    [
        ("https://huggingface.co/spaces/me/demo", Remote("space", "me/demo")),
        ("https://hf.co/me/demo.git/", Remote("model", "me/demo")),
        ("https://me:word@huggingface.co/datasets/me/data", Remote("dataset", "me/data", credential=True)),
        ("git@hf.co:spaces/me/demo", Remote("space", "me/demo", ssh=True)),
        ("ssh://git@hf.co:22/me/demo", Remote("model", "me/demo", ssh=True)),
        ("https://github.com/me/huggingface.co", None),
        ("https://huggingface.co/me", None),
    ],
)
def test_remotes(url: str, remote: Remote | None) -> None:
    assert remote_at(url) == remote
    if remote is not None:
        assert remote_at(remote.url) == Remote(remote.kind, remote.repo_id)
