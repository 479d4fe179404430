"""Values that stand where a credential will go."""

from __future__ import annotations

from itertools import pairwise
from re import IGNORECASE

from hublint.regexes import lazy

# Four letters or more: shorter words turn up in random credentials.
_WORDS = (
    "example|dummy|fake|placeholder|your|change.?me|change.?this|change.?it|todo|replace|insert|sample|redacted|"
    "masked|hidden|censored|removed|goes.?here|token.?here|key.?here|secret.?here|password.?here|value.?here|"
    "put.?it|paste|enter.?|fill.?in|invalid|notreal|not.?a.?real|not.?set|undefined|default|foobar|lorem|ipsum|"
    "deadbeef|cafebabe|secret.?key|api.?key|access.?token|mock|testing|unittest|supersecret|"
    "my.?(?:token|key|secret|password|api)|"
    "(?<![a-z])(?:test|demo|none|null|here|user|pass|password|secret|token)(?![a-z])"
)
_DUMMY = lazy(_WORDS, IGNORECASE)
_SHORT_WORD = lazy("(?<![a-z])(?:foo|bar|baz|key|abc|xyz)(?![a-z])", IGNORECASE)
_TEMPLATE = lazy(
    r"[<>{}\[\]\u2026\u2022]|\.\.\.|\*{3}|[xX]{4}|_{3}|-{3}|#{3}|\?{3}|\$[A-Za-z_(]|%\(?[A-Za-z_]+[%)]|%s|^[$%]"
)
_KEYBOARD = lazy("qwerty|wertyu|ertyui|asdfgh|sdfghj|dfghjk|zxcvbn|xcvbnm")
# CRC32 of the random part of tokens that their owners published on purpose.
_PUBLISHED = frozenset(
    (
        # GitHub's sample, and two that work only on the Hub's sandbox for tests (tests/testing_constants.py of
        # huggingface_hub, testing_utils.py of transformers)
        *(2999051575, 988094854, 87839008),
        # the storage emulator Azurite, the emulator of Cosmos DB (learn.microsoft.com)
        *(3033257350, 2272293728),
        # core.telegram.org/bots
        *(674344931, 1432517734),
        # the samples of firebase-android-sdk
        *(1000505985, 1069228329, 1355073521, 1805102134, 2555826750, 2770796440, 2922392360, 2937699232),
        *(2951426288, 3202249693, 3427143727, 3679117238, 3830453639, 4065917324, 4162989266),
    )
)
_UNIT = 12
_PART = lazy(r"[A-Za-z0-9]{4,}")


def is_dummy(value: str, *, sequences: bool = True, random: bool = False) -> bool:
    """Whether a value is not a credential but marks the place of one, or is made up at a glance.

    Template marks (`<token>`, `${TOKEN}`, `hf_...`, `xxxx`), words such as `your` or `example`, one repeated
    character or unit. `sequences`: alphabets and counted digits too (`1234567890abcdef`, `abc123def456`).
    `random`: the value has the form of a machine-made one, in which words of three letters turn up by chance.
    """
    if not value or _TEMPLATE.search(value) or _DUMMY.search(value) or (not random and _SHORT_WORD.search(value)):
        return True
    return is_repetitive(value) or (sequences and is_sequence(value))


def is_published(body: str) -> bool:
    """Whether the random part of a token is one that its owner published: samples, and tokens of a test sandbox."""
    from zlib import crc32

    return crc32(body.encode("utf-8", "surrogatepass")) in _PUBLISHED


def is_repetitive(value: str) -> bool:
    """Whether a value has next to no variety: one character, few of them, or a short unit or part over and over."""
    size = len(value)
    if len(set(value)) <= (2 if size < 12 else 5):
        return True
    parts = _PART.findall(value)
    if len(parts) > 2 and len(set(parts)) * 2 <= len(parts):
        return True
    return any(value.startswith(value[unit:]) for unit in range(1, min(_UNIT, size // 2) + 1))


def is_sequence(value: str) -> bool:
    """Whether a value counts: six characters in a row (`abcdef`, `567890`, `qwerty`), or mostly steps of one."""
    lower = value.lower()
    if _KEYBOARD.search(lower):
        return True
    run = longest = steps = 0
    for left, right in pairwise(lower):
        step = ord(right) - ord(left)
        ascending = step == 1 or (left, right) in {("9", "0"), ("0", "a"), ("9", "a"), ("z", "0")}
        steps += ascending or step in (0, -1)
        run = run + 1 if ascending else 0
        longest = max(longest, run)
    return longest >= 5 or (len(value) >= 8 and steps * 9 >= (len(value) - 1) * 4)
