"""What rules may ask beyond a repository's own files: the Hub, and the index from which Spaces are built.

Nothing here asks anybody: who answers is given to a `Repository`, and by default nobody is.
"""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Protocol

    from hublint_schemas import Kind

    class Online(Protocol):
        """Whoever answers. Each question is asked once; None says that there is no answer, whatever the reason."""

        def repository(self, kind: Kind, id: str) -> Standing | None:
            """What the Hub shows of a repository."""
            ...

        def refusals(self, kind: Kind, metadata: str, name: str) -> tuple[str, ...] | None:
            """Why the Hub refuses a metadata block with its fences, in its own sentences; empty where it takes it.

            `name` is what the repository is called, for people.
            """
            ...

        def dead_end(self, link: str) -> str | None:
            """Why an address on the Hub leads to nothing; empty where it leads somewhere."""
            ...

        def releases(self, package: str) -> tuple[str, ...] | None:
            """The versions of a package that the index has; at least one."""
            ...


class Standing(NamedTuple):
    """What the Hub shows of a repository to whoever asks.

    Attributes:
        shown: `there`; `hidden`, where it is absent, or private and the token, if there is one, may not read it; or
            `absent`, where there cannot be such a repository, since nobody has its owner's name.
        gated: whether its files are only for those who were given access.
        private: whether it is, and the token may read it.
    """

    shown: Literal["there", "hidden", "absent"]
    gated: bool = False
    private: bool = False
