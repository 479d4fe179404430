"""The samples of WebDataset archives: members one after the other whose names are the same up to the first dot.

Source: webdataset.py of PyPI datasets 5.2.0, which compares the fields of the first five samples of the first archive
of the last split; tests compare the two.
"""

from __future__ import annotations

import zlib

from hublint.documents.tables import bounds, tar
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hublint.repository.repository import Repository

_MEMBER = lazy(r"((?:.*/|)[^.]+)[.]([^/]*)\Z")
_COMPARED = 5


class Sample(NamedTuple):
    """A sample: what its members' names begin with, the fields that they give, and whether one is there twice."""

    key: str
    fields: tuple[str, ...]
    twice: str = ""


def odd_samples(repository: Repository, path: str) -> tuple[Sample, Sample] | None:
    """The first sample of an archive and the next one that has other fields, or one that has a field twice.

    None where the samples that are compared are alike, as far as the archive can be read.
    """
    first: Sample | None = None
    for sample in _samples(_reader(repository, path)):
        first = first or sample
        if sample.twice or set(sample.fields) != set(first.fields):
            return first, sample
    return None


def _samples(read: Callable[[int, int], bytes | None]) -> Iterator[Sample]:
    """The samples that datasets compares; one that may go on beyond what can be read is left out."""
    key = ""
    fields: list[str] = []
    count = 0
    try:
        for name in tar.names(read):
            found = _MEMBER.match(name)
            if found is None or name.rpartition("/")[2].startswith((".", "__")):
                continue
            if fields and found[1] != key:
                yield Sample(key, tuple(fields))
                count += 1
                fields = []
                if count == _COMPARED:
                    return
            key = found[1]
            if found[2] in fields:
                yield Sample(key, tuple(fields), found[2])
                return
            fields.append(found[2])
    except tar.TruncatedError:
        return
    if fields:
        yield Sample(key, tuple(fields))


def _reader(repository: Repository, path: str) -> Callable[[int, int], bytes | None]:
    """What reads parts of an archive; of a compressed one only those that the head holds."""
    mark = repository.part(path, 0, 2) if repository.files.get(path, -1) > 0 else None
    if mark != b"\x1f\x8b":
        return lambda at, length: repository.part(path, at, length) if mark is not None else None
    unzip = zlib.decompressobj(31)
    try:
        head = unzip.decompress(repository.part(path, 0, bounds.HEAD) or b"", bounds.HEAD)
    except zlib.error:
        head = b""
    return lambda at, length: head[at : at + length] if at + length <= len(head) or unzip.eof else None
