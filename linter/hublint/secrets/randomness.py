"""How random a string looks."""

from __future__ import annotations

from itertools import pairwise

from hublint.regexes import lazy

_HEX = lazy(r"[0-9a-f]+|[0-9A-F]+")
_SEPARATORS = lazy(r"[^A-Za-z0-9]+")
# The 140 commonest pairs of letters in English words.
_PAIRS = frozenset(
    "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro "
    "ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so "
    "rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl "
    "ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag if ap gr od bo sp rd do".split()
)


def entropy(value: str) -> float:
    """Shannon entropy in bits per character; 0 for the empty string."""
    from math import log2

    size = len(value)
    return -sum(count / size * log2(count / size) for count in map(value.count, set(value)))


def is_hex(value: str) -> bool:
    """Whether a value is hexadecimal digits of one case only."""
    return _HEX.fullmatch(value) is not None


def turns(value: str) -> float:
    """Share of neighbours that differ in class (lower case, upper case, digit); separators are skipped.

    Words and identifiers stay below 0.2, random strings of two or three classes lie around 0.5.
    """
    classes = [_class(character) for character in _SEPARATORS.sub("", value)]
    if len(classes) < 2:
        return 0.0
    return sum(a != b for a, b in pairwise(classes)) / (len(classes) - 1)


def wordiness(value: str) -> float:
    """Share of the neighbouring letters that are a common pair of English words; about a fifth of random letters."""
    pairs = [left + right for left, right in pairwise(value.lower()) if left.isalpha() and right.isalpha()]
    return sum(pair in _PAIRS for pair in pairs) / len(pairs) if pairs else 0.0


def looks_random(value: str, *, least_turns: float = 0.25) -> bool:
    """Whether a value reads as machine-made: enough different characters, and no words.

    Half the entropy that a random string of its length could have is the least; a hexadecimal one needs
    eight different digits and letters as well as digits.
    """
    if is_hex(value):
        return len(set(value)) >= 8 and not value.isdigit() and not value.isalpha()
    return entropy(value) >= 3.0 and turns(value) >= least_turns


def _class(character: str) -> str:
    if character.isdigit():
        return "0"
    return "A" if character.isupper() else "a"
