"""Whether a binary file is what its name says, by its first and last bytes.

Sources (2026-11): the Parquet format (`PAR1`, or `PARE` where the footer is encrypted), safetensors, GGUF, NumPy's npy
format, and the end of a zip's directory as CPython's `zipfile` looks for it.
"""

from __future__ import annotations

from hublint.documents import safetensors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.repository.repository import Repository

# A zip's last record, with the longest comment that it may carry.
_ZIP_END = b"PK\5\6"
_ZIP_RECORD = 22
_ZIP_TAIL = _ZIP_RECORD + 65535
# A header of a thousand times the usual length is not read.
_LONGEST_HEADER = 32 * 1024 * 1024


def problem_of(repository: Repository, path: str) -> str:
    """Why a file is not what its name says, as the end of a sentence about it; empty where it is, or is not known.

    A file that begins with NULs alone is taken for a placeholder of its size, as sparse copies of repositories have.
    """
    size = repository.files[path]
    check = _CHECKS.get(path.rpartition(".")[2].lower())
    if check is None or size < 0:
        return ""
    if size == 0:
        return "is empty"
    start = repository.part(path, 0, 16)
    return check(repository, path, size, start) if start is not None and start.strip(b"\0") else ""


def _parquet(repository: Repository, path: str, size: int, start: bytes) -> str:
    if start[:4] not in (b"PAR1", b"PARE"):
        return "does not begin with `PAR1`, so it is not a Parquet file"
    end = repository.part(path, -4, 4)
    if end is not None and (end not in (b"PAR1", b"PARE") or size < 12):
        return "does not end with `PAR1`: it was never closed, or was cut off"
    return ""


def _safetensors(repository: Repository, path: str, size: int, start: bytes) -> str:
    length = safetensors.header_length(start[: safetensors.LENGTH_BYTES])
    if len(start) < safetensors.LENGTH_BYTES or length > safetensors.MAX_HEADER:
        return "does not begin with the length of a safetensors header"
    if safetensors.LENGTH_BYTES + length > size:
        return "ends within its header: it was cut off"
    if length > _LONGEST_HEADER:
        return ""
    header = safetensors_header(repository, path)
    if header is None:
        return "has no readable safetensors header"
    if header.size > size:
        return f"has {size} bytes, but its header describes {header.size}: it was cut off"
    return f"has {size} bytes, but its header describes only {header.size}" if header.size < size else ""


def safetensors_header(repository: Repository, path: str) -> safetensors.Header | None:
    """The header of a safetensors file; None where it cannot be had or is of unreasonable length."""
    start = repository.part(path, 0, safetensors.LENGTH_BYTES)
    length = safetensors.header_length(start or b"")
    if not 0 < length <= _LONGEST_HEADER:
        return None
    text = repository.part(path, safetensors.LENGTH_BYTES, length)
    return safetensors.header(text) if text is not None and len(text) == length else None


def _zip(repository: Repository, path: str, _size: int, start: bytes) -> str:
    tail = repository.part(path, -_ZIP_TAIL, _ZIP_TAIL)
    if tail is None or len(tail) - tail.rfind(_ZIP_END) in range(_ZIP_RECORD, len(tail) + 1):
        return ""
    return "has no directory at its end: it was cut off" if start[:4] == b"PK\3\4" else "is not a zip archive"


def _begins(mark: bytes, name: str) -> Callable[[Repository, str, int, bytes], str]:
    def check(_repository: Repository, _path: str, _size: int, start: bytes) -> str:
        return "" if start.startswith(mark) else f"does not begin with {name}"

    return check


_CHECKS: dict[str, Callable[[Repository, str, int, bytes], str]] = {
    "parquet": _parquet,
    "safetensors": _safetensors,
    "zip": _zip,
    "npz": _zip,
    "gguf": _begins(b"GGUF", "`GGUF`"),
    "npy": _begins(b"\x93NUMPY", "NumPy's mark"),
}
