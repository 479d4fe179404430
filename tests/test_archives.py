"""What zip archives hold, compared with what the `datasets` library makes of them, and its bounds."""

from __future__ import annotations

import importlib.util
import io
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
