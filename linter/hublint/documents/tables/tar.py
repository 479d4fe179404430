"""The names of the files in a tar archive, by its headers; what is in the files is skipped."""

from __future__ import annotations

from hublint.documents.tables import bounds
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCK = 512
_LONGEST_NAME = 64 * 1024
_PAX_PATH = lazy(r"(?:\A|\n)\d+ path=([^\n]*)\n")


class TruncatedError(Exception):
    """The archive goes on where nothing can be read, or is none there."""


def names(read: Callable[[int, int], bytes | None]) -> Iterator[str]:
    """The names of regular files in their order, up to a number of headers.

    Args:
        read: gives bytes of the archive, from an offset on and up to a number of them.

    Raises:
        TruncatedError: more may follow.
    """
    import tarfile

    at, long_name = 0, ""
    for _ in range(bounds.MEMBERS):
        block = read(at, _BLOCK)
        if block is None:
            raise TruncatedError
        if len(block) < _BLOCK or not block.strip(b"\0"):
            if at and (not block or not block.strip(b"\0")):
                return
            raise TruncatedError
        try:
            member = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            raise TruncatedError from error
        at += _BLOCK
        size = max(member.size, 0)
        if member.type in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE):
            long_name = _long_name(read(at, min(size, _LONGEST_NAME)) or b"", member.type == tarfile.XHDTYPE)
        else:
            if member.isreg():
                yield long_name or member.name
            long_name = ""
        if member.isreg() or size:
            at += (size + _BLOCK - 1) // _BLOCK * _BLOCK
    raise TruncatedError


def _long_name(data: bytes, pax: bool) -> str:
    text = data.decode("utf-8", "surrogateescape")
    found = _PAX_PATH.search(text) if pax else None
    return (found[1] if found else "") if pax else text.rstrip("\0")
