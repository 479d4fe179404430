"""Whether a word is another spelling, or a slip, of one that is known."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Shorter words are too near to others, unless more than their letters speaks for the slip.
_SHORTEST = 6
_LONGEST = 60


@lru_cache(4096)  # the Hub's words are compared again and again
def letters(word: str) -> str:
    """What counts when two spellings are compared: no case, blanks, dashes or underscores, and `colour` is `color`."""
    bare = word.strip().lower().replace("_", "").replace("-", "").replace(" ", "")
    return bare.replace("colour", "color")


def is_slip(word: str, other: str, shortest: int = _SHORTEST) -> bool:
    """Whether two words have the same letters, or are one letter added, left out, replaced or swapped apart.

    The first letter is never replaced, `reader` is not `header`; a digit never is a slip, `text-to-4d` is not
    `text-to-3d`.

    Args:
        shortest: how many letters both words have at least where they are not the same.
    """
    one, two = letters(word), letters(other)
    if one == two:
        return True
    shorter, longer = sorted((len(one), len(two)))
    if shorter < shortest or longer - shorter > 1:
        return False
    start = 0
    while start < shorter and one[start] == two[start]:
        start += 1
    left, right = one[start:], two[start:]
    if any(letter.isdigit() for letter in left[:1] + right[:1]):
        return False
    if left[1:] == right or left == right[1:] or (start and left[1:] == right[1:]):
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]


def nearest(value: str, choices: Iterable[str]) -> list[str]:
    """The choices most like a value that may be none of them, for a question such as "did you mean"; best first.

    They are two, or five of a word with which several end, as `classification` is in many tasks.
    """
    from difflib import get_close_matches

    word, known = value[:_LONGEST].strip().lower(), list(choices)
    ending = [choice for choice in known if choice.endswith(f"-{word}")]
    if len(ending) > 1:
        return get_close_matches(word, ending, 5, 0)
    return get_close_matches(word, known, 2, 0.72)


def closest(value: str, choices: Iterable[str], shortest: int = _SHORTEST) -> str:
    """The one choice that a value is another spelling of, else the one that it is a slip of, else empty."""
    if len(value) > _LONGEST:
        return ""
    near = [choice for choice in choices if is_slip(value, choice, shortest)]
    same = [choice for choice in near if letters(choice) == letters(value)]
    found = same or near
    return found[0] if len(found) == 1 else ""
