"""Which texts are emojis."""

from __future__ import annotations

import re
from functools import cache

# Extended_Pictographic of Unicode 16.0 (emoji-data.txt), which reserves code points for the emojis to come.
_PICTURES = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf\u23e9-\u23f3\u23f8-\u23fa"
    "\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2714"
    "\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767\u2795-\u2797\u27a1"
    "\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f0ff"
    "\U0001f10d-\U0001f10f\U0001f12f\U0001f16c-\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a"
    "\U0001f1ad-\U0001f1e5\U0001f201-\U0001f20f\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f23c-\U0001f23f"
    "\U0001f249-\U0001f53d\U0001f546-\U0001f64f\U0001f680-\U0001f6ff\U0001f774-\U0001f77f\U0001f7d5-\U0001f7ff"
    "\U0001f80c-\U0001f80f\U0001f848-\U0001f84f\U0001f85a-\U0001f85f\U0001f888-\U0001f88f\U0001f8ae-\U0001f8ff"
    "\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001faff\U0001fc00-\U0001fffd"
)
_COMMON = (("\U0001f300", "\U0001f53d"), ("\U0001f546", "\U0001f64f"), ("\U0001f680", "\U0001f6ff"))
_TONE = "[\U0001f3fb-\U0001f3ff]"
_STYLE = "[\ufe0e\ufe0f]"
_JOINER = "\u200d"
_TAGS = "[\U000e0020-\U000e007e]+\U000e007f"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"


@cache
def _emoji() -> re.Pattern[str]:
    picture = f"[{_PICTURES}]{_STYLE}*{_TONE}?{_STYLE}*\u20e3?(?:{_TAGS})?"
    flag = "[\U0001f1e6-\U0001f1ff]{1,2}"
    keycap = f"[0-9#*]{_STYLE}?\u20e3"
    return re.compile(f"(?:{flag}{_STYLE}?|{keycap}|{picture})(?:{_JOINER}{picture})*")


def emojis(text: str) -> list[str]:
    """The emojis that a text consists of, without blanks and invisible characters; empty where it holds anything else.

    A sequence counts once: a flag, a keycap, a skin tone, a family. Characters that Unicode draws as text unless told
    otherwise (`♟`, `©`) count as emojis; digits without a keycap do not.
    Source: Unicode Technical Standard 51, emoji sequences.
    """
    found = []
    offset = 0
    while offset < len(text):
        if text[offset].isspace() or text[offset] in _INVISIBLE:
            offset += 1
            continue
        match = _emoji().match(text, offset)
        if match is None:
            return []
        found.append(match[0])
        offset = match.end()
    return found


def is_emoji(text: str) -> bool:
    """Whether a text is one emoji."""
    first = text.removesuffix("\ufe0f")
    if len(first) == 1 and any(start <= first <= end for start, end in _COMMON):
        return True  # most are: no pattern needed
    return len(emojis(text)) == 1
