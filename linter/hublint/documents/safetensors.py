"""The header of a safetensors file: which tensors it holds, and how long the file has to be.

Source: https://huggingface.co/docs/safetensors (2026-11): eight bytes with the header's length, the header in JSON, the
tensors' bytes one after the other.
"""

from __future__ import annotations

import json

from hublint.records import NamedTuple

LENGTH_BYTES = 8
# What the format allows.
MAX_HEADER = 100_000_000


class Header(NamedTuple):
    """What a safetensors file begins with.

    Attributes:
        tensors: the names of its tensors.
        size: how many bytes the whole file has, as the header tells it.
    """

    tensors: frozenset[str]
    size: int


def header_length(start: bytes) -> int:
    """How many bytes of JSON follow the first eight bytes of a file."""
    return int.from_bytes(start[:LENGTH_BYTES], "little")


def header(text: bytes) -> Header | None:
    """The header in the JSON that follows a file's first eight bytes; None where it is not one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    tensors = {name: tensor for name, tensor in data.items() if name != "__metadata__"}
    ends = [_end(tensor) for tensor in tensors.values()]
    if None in ends:
        return None
    return Header(frozenset(tensors), LENGTH_BYTES + len(text) + max((end for end in ends if end), default=0))


def _end(tensor: object) -> int | None:
    """Where a tensor's bytes end, counted from the header's end; None where the header does not tell."""
    offsets = tensor.get("data_offsets") if isinstance(tensor, dict) else None
    if not isinstance(offsets, list) or len(offsets) != 2:
        return None
    end = offsets[1]
    return end if isinstance(end, int) and not isinstance(end, bool) and 0 <= end < 1 << 63 else None
