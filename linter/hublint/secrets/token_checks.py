"""Checks of a token beyond its shape: checksums, mixed alphabets, what a JWT says."""

from __future__ import annotations

import re

from hublint.regexes import lazy
from hublint.secrets.randomness import entropy, looks_random, turns

_CAMEL = lazy("[a-z]*(?:[A-Z][a-z]+)*")
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def mixed_case(token: str) -> bool:
    """Whether the part after the last underscore mixes capitals and small letters as no camel case does."""
    body = token.rpartition("_")[2]
    capitals = sum(map(str.isupper, body))
    return 6 <= capitals <= len(body) - 6 and not _CAMEL.fullmatch(body) and turns(body) >= 0.25


def crc32_base62(token: str) -> bool:
    """Whether the last six characters are the CRC32 of the thirty before them in base 62.

    Tokens of GitHub and npm end so since 2021 (github.blog, 2021-04-05, and the npm changelog of 2021-09-23).
    """
    from zlib import crc32

    body = token.rpartition("_")[2]
    number = crc32(body[:-6].encode())
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits == body[-6:]


def installation_token(token: str) -> bool:
    """Whether a `ghs_` token has its checksum, or is of the longer kind that carries a JWT."""
    return crc32_base62(token) if len(token) == 40 else len(token) > 100


def varied(token: str) -> bool:
    """Whether the part after the prefix looks random."""
    return looks_random(_body(token), least_turns=0.18)


def random(token: str) -> bool:
    """Whether the whole token looks random."""
    return looks_random(token, least_turns=0.18)


def rich(token: str) -> bool:
    """Whether a long token has the entropy of base 64; words and paths have less."""
    return entropy(token) >= 4.2 and turns(token) >= 0.2


def discord_bot(token: str) -> bool:
    """Whether the first of the three parts is a user id, digits in base 64, as Discord makes bot tokens."""
    from base64 import b64decode

    head = token.split(".")[0]
    try:
        return b64decode(head + "=" * (-len(head) % 4), "-_").isdigit()
    except ValueError:
        return False


def service_role(token: str) -> bool:
    """Whether a JWT says that it is Supabase's `service_role`, which passes row level security."""
    import json
    from base64 import b64decode

    part = token.split(".")[1]
    try:
        claims = json.loads(b64decode(part + "=" * (-len(part) % 4), "-_"))
    except ValueError:
        return False
    return isinstance(claims, dict) and claims.get("role") == "service_role" and claims.get("iss") == "supabase"


def _body(token: str) -> str:
    return re.split(r"[-_.]", token, maxsplit=1)[-1]
