"""Who answers the rules that ask the network, where `--online` is given."""

from __future__ import annotations

from contextlib import contextmanager

from hublint.reporters.door import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.online import Online


@contextmanager
def asking() -> Iterator[Online]:
    """Whoever answers; in the end it is said what was asked and not answered.

    Raises:
        UsageError: nobody may be asked, or huggingface_hub is not installed.
    """
    from hublint.online.answers import connected

    answers = connected()
    try:
        yield answers
    finally:
        for sentence in answers.sentences():
            complain(sentence)
