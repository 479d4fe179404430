"""Parts of an audit, for several machines: each repository is in one of them, the same at every run."""

from __future__ import annotations

from hashlib import sha256

from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.regexes import lazy

_FORM = lazy(r"([1-9]\d{0,5})/([1-9]\d{0,5})")


class Shard(NamedTuple):
    """Part `number` of `total`, from 1; the whole is 1 of 1."""

    number: int = 1
    total: int = 1

    def has(self, id: str) -> bool:
        """Whether a repository is in this part."""
        if self.total == 1:
            return True
        digest = sha256(id.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.total == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.total}" if self.total > 1 else ""


def shard_of(text: str) -> Shard:
    """A part as the command line has it, `2/8`; the whole where it is empty.

    Raises:
        UsageError: it is not in that form.
    """
    found = _FORM.fullmatch(text)
    if text and (found is None or int(found[1]) > int(found[2])):
        raise UsageError(f"--shard is `i/n`, the part and how many there are, as in `2/8`, not `{text}`")
    return Shard(int(found[1]), int(found[2])) if found else Shard()
