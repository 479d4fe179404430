"""What zip archives and safetensors files of a repository hold, compared with `datasets`, and the bounds."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import random
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from hublint.dataset.data_formats import archived_extension
from hublint.repository.archives import zip_members
from repositories import findings, make

if TYPE_CHECKING:
    from pathlib import Path

README = "---\nlicense: mit\n---\n"


def archive(*names: str) -> bytes:
    """A zip of files of those names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"data.zip": ("a.xlsx",)}, "most files in it are `.xlsx`"),
        ({"data.zip": ("a.mat", "b.mat", "info.json")}, "most files in it are `.mat`"),
        ({"data.zip": ("a", "b")}, "the files in it have no extension"),
        ({"data.zip": ()}, "is empty"),
        ({"a.zip": ("a.xlsx",), "b.zip": ("b.xlsx",)}, "most files in it are `.xlsx`"),
        ({"train.zip": ("a.npy",), "test.zip": ("a.npy",)}, "most files in it are `.npy`"),
        ({"data.zip": ("a.csv", "b.csv", "c.xlsx")}, ""),
        ({"data.zip": ("a.xlsx", "readme.txt")}, ""),
        ({"data.zip": ("A.PNG",)}, ""),
        ({"data.zip": ("README.md", "notes.md")}, ""),
        ({"a.zip": ("a.xlsx",), "b.zip": ("b.csv", "c.csv")}, ""),
        ({"data.zip": ("a.xlsx",), "table.csv": None}, ""),
    ],
)
def test_archives_without_readable_files(files: dict[str, tuple[str, ...] | None], told: str) -> None:
    contents = {path: archive(*names) if names is not None else b"a\n1\n" for path, names in files.items()}
    found = findings(make("dataset", {"README.md": README, **contents}), "DF004")
    assert [each.severity for each in found] == (["warning"] if told else [])
    assert all(told in each.message for each in found)


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"version https://git-lfs.github.com/spec/v1\n", b"PK\5\6" + b"\xff" * 18]
)
def test_what_is_no_archive_tells_nothing(data: bytes) -> None:
    repository = make("dataset", {"README.md": README, "data.zip": data})
    assert zip_members(repository, "data.zip") is None
    assert not findings(repository, "DF004")
    listed = make("dataset", {"README.md": README}, {"data.zip": 10_000_000})
    assert zip_members(listed, "data.zip") is None and zip_members(listed, "absent.zip") is None


def test_little_of_an_archive_is_read() -> None:
    size = 64 * 1024 * 1024
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, size - 1, 0, 0)
    repository = make("dataset", {"README.md": README, "data.zip": bytes(size) + end})
    assert zip_members(repository, "data.zip") is None


@pytest.mark.skipif(
    importlib.util.find_spec("datasets") is None and not os.environ.get("CI"), reason="datasets is not installed"
)
def test_formats_are_told_as_the_library_tells_them(tmp_path: Path) -> None:
    from datasets.load import infer_module_for_data_files_list_in_archives

    chance = random.Random(5)
    endings = (".csv", ".CSV", ".xlsx", ".txt", ".json", ".npy", ".tar.gz", "", ".png", ".mat", ".v1.csv")
    told = 0
    for number in range(120):
        names = [f"x/{each}{chance.choice(endings)}" for each in range(chance.randint(0, 4))]
        path = tmp_path / f"{number}.zip"
        path.write_bytes(archive(*names))
        module, _ = infer_module_for_data_files_list_in_archives([str(path)])
        if archived_extension(names):
            told += 1
            assert module is None, names
    assert told > 10


def shard(*tensors: str) -> bytes:
    """A safetensors file of empty tensors."""
    text = json.dumps({name: {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for name in tensors}).encode()
    return len(text).to_bytes(8, "little") + text


def index(**weights: str) -> str:
    return json.dumps({"metadata": {}, "weight_map": weights})


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (shard("b"), []),
        (shard("b", "c"), []),
        (shard("x"), ["the index puts `b` into `model-00002-of-00002.safetensors`, which does not hold it; write"]),
        (shard(), ["the index puts `b` into `model-00002-of-00002.safetensors`, which does not hold it; write"]),
        (b"version https://git-lfs.github.com/spec/v1\n", []),
        (b"\xff" * 9, []),
        (b"", []),
    ],
)
def test_tensors_of_the_index_against_the_shards(second: bytes, told: list[str]) -> None:
    names = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
    files = {
        "README.md": README,
        "model.safetensors.index.json": index(a=names[0], b=names[1]),
        names[0]: shard("a"),
        names[1]: second,
    }
    found = findings(make("model", files), "RP007")
    assert [each.severity for each in found] == ["warning"] * len(told)
    assert all(each.message.startswith(start) for each, start in zip(found, told, strict=True))
    swapped = {**files, names[0]: shard("b"), names[1]: shard("a")}
    (one,) = findings(make("model", swapped), "RP007")
    assert "`a` and 1 more" in one.message and f"it is in `{names[1]}`" in one.message
