"""Parts of large files: read from any tree, and what the heads of binary formats say."""

from __future__ import annotations

import json
import os
import random
import time
from typing import TYPE_CHECKING

import pytest
from safetensors import SafetensorError, deserialize

from hublint.documents import safetensors
from hublint.repository.marks import problem_of
from hublint.repository.tree import FolderTree, ListedTree, MemoryTree
from repositories import make

if TYPE_CHECKING:
    from pathlib import Path

    from hublint.repository.tree import Tree

CONTENT = b"0123456789"


@pytest.mark.parametrize("make", [FolderTree, "memory", "over", "listed"])
def test_a_part_of_a_file_is_the_same_slice_from_every_tree(tmp_path: Path, make: object) -> None:
    (tmp_path / "f").write_bytes(CONTENT)
    folder = FolderTree(str(tmp_path))
    trees: dict[object, Tree] = {
        FolderTree: folder,
        "memory": MemoryTree({"f": CONTENT}),
        "over": MemoryTree({"other": b""}, folder),
        "listed": ListedTree({"f": 10, "g": 10}, folder),
    }
    tree = trees[make]
    assert tree.part("f", 0, 4) == b"0123"
    assert tree.part("f", 8, 100) == b"89"
    assert tree.part("f", -3, 2) == b"78"
    assert tree.part("f", -30, 2) == b"01"
    assert tree.part("f", 99, 2) == b""
    assert tree.part("g", 0, 1) is None
    assert tree.part("../f", 0, 1) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_no_part_of_a_link_or_pipe_is_read(tmp_path: Path) -> None:
    os.symlink("/dev/zero", tmp_path / "link")
    os.mkfifo(tmp_path / "pipe")
    tree = FolderTree(str(tmp_path))
    assert tree.part("link", 0, 1) is None
    assert tree.part("pipe", 0, 1) is None


def test_a_part_of_a_sparse_file_of_gigabytes_is_small(tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as file:
        file.truncate(1 << 32)
    assert FolderTree(str(tmp_path)).part("big", -4, 4) == b"\0\0\0\0"


def test_a_header_names_its_tensors_and_the_length_of_the_file() -> None:
    text = b'{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    head = safetensors.header(text)
    assert head is not None
    assert head.tensors == {"a"}
    assert head.size == 8 + len(text) + 8
    assert safetensors.header_length((len(text)).to_bytes(8, "little") + text) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"a":1}',
        b'{"a":{"data_offsets":[0]}}',
        b'{"a":{"data_offsets":[0,"8"]}}',
        b'{"a":{"data_offsets":[0,true]}}',
        b'{"a":{"data_offsets":[0,-1]}}',
    ],
)
def test_what_is_not_a_header_is_none(text: bytes) -> None:
    assert safetensors.header(text) is None


def _file(generator: random.Random) -> bytes:
    """A safetensors file of up to three tensors, often with one fault."""
    tensors, at = {}, 0
    for number in range(generator.randrange(1, 4)):
        length = generator.randrange(1, 5)
        tensors[f"t{number}"] = {"dtype": "F32", "shape": [length], "data_offsets": [at, at + 4 * length]}
        at += 4 * length
    head = json.dumps(tensors).encode()
    data = len(head).to_bytes(8, "little") + head + b"\1" * at
    fault = generator.randrange(6)
    cut = generator.randrange(1, len(data))
    return [data, data, data[:-cut], data + b"\1" * cut, b"\xff" * 8 + data[8:], data[:8] + b"x" + data[9:]][fault]


def test_a_safetensors_file_is_reported_where_the_library_refuses_it() -> None:
    seed = os.environ.get("HUBLINT_TEST_SEED", "1" if os.environ.get("CI") else str(time.time_ns() % 10**6))
    print(f"HUBLINT_TEST_SEED={seed}")
    generator = random.Random(seed)
    verdicts = set()
    for _ in range(300):
        data = _file(generator)
        try:
            deserialize(data)
            refused = False
        except SafetensorError:
            refused = True
        verdicts.add(refused)
        assert bool(problem_of(make("model", {"model.safetensors": data}), "model.safetensors")) == refused, data
    assert verdicts == {True, False}
