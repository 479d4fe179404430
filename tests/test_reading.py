"""How files are read: whole, within bounds, and in no more memory than they are large."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hublint.repository.tree import read_file, read_regular

MAPS = Path("/proc/self/maps")


@pytest.mark.skipif(not MAPS.exists(), reason="Linux alone tells of a process's mappings")
def test_small_files_take_no_mapping_each(tmp_path: Path) -> None:
    """A process has 65,530 of them, and a repository more files."""
    (tmp_path / "small.txt").write_bytes(b"small")
    before = len(MAPS.read_bytes().splitlines())
    kept = [read_file(str(tmp_path / "small.txt")) for _ in range(2_000)]
    assert set(kept) == {b"small"}
    assert len(MAPS.read_bytes().splitlines()) - before < 200


@pytest.mark.parametrize("size", [0, 1, 1 << 17, 200_001])
def test_a_file_is_read_whole_or_not_at_all(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "data").write_bytes(data)
    assert read_regular(str(tmp_path / "data"), max(size, 1)) == data
    if size:
        with pytest.raises(OSError, match="larger"):
            read_regular(str(tmp_path / "data"), size - 1)


@pytest.mark.skipif(not MAPS.exists(), reason="Linux alone has files that tell no size")
def test_a_file_that_tells_no_size() -> None:
    assert MAPS.stat().st_size == 0
    assert b"python" in read_regular(str(MAPS), 1 << 20)
    with pytest.raises(OSError, match="larger"):
        read_regular(str(MAPS), 100)
