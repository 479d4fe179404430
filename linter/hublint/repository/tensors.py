"""The headers of a repository's safetensors files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents import safetensors

if TYPE_CHECKING:
    from hublint.repository.repository import Repository

# Headers of real shards have less than one megabyte.
_LONGEST_HEADER = 16 * 1024 * 1024


def safetensors_header(repository: Repository, path: str) -> safetensors.Header | None:
    """The header of a safetensors file; None where it cannot be had or is of unreasonable length."""
    start = repository.part(path, 0, safetensors.LENGTH_BYTES)
    length = safetensors.header_length(start or b"")
    if not 0 < length <= _LONGEST_HEADER:
        return None
    text = repository.part(path, safetensors.LENGTH_BYTES, length)
    return safetensors.header(text) if text is not None and len(text) == length else None
