"""Which texts are one emoji, by the sequences of Unicode Technical Standard 51."""

from __future__ import annotations

import time

import pytest

from hublint_rules.space._emoji import emojis, is_emoji

ONE = {
    "picture": "🚀",
    "picture of the basic plane": "⚡",
    "text by default": "♟",
    "text by default, drawn as emoji": "♟\ufe0f",
    "drawn as text": "❤\ufe0e",
    "latin-1": "©",
    "enclosed letter": "🅱\ufe0f",
    "ideograph": "㊗\ufe0f",
    "tile": "🀄",
    "flag": "🇫🇷",
    "flag of a region": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "keycap": "1\ufe0f\u20e3",
    "keycap without selector": "#\u20e3",
    "skin tone": "👍🏽",
    "skin tone and joiner": "🧑🏽‍🚀",
    "family": "👨‍👩‍👧‍👦",
    "couple": "👩🏻‍❤️‍💋‍👨🏿",
    "flag with a joiner": "🏳️‍🌈",
    "direction": "🏃🏾‍♀️‍➡️",
    "of Unicode 16": "🫩",
    "needless selector": "🚀\ufe0f",
    "blanks around": " 🚀\n",
    "invisible characters around": "\u200d🚀\u200b",
}
NONE = [
    "",
    " ",
    "\ufe0f",
    "a",
    "1",
    "#",
    "12",
    ":rocket:",
    "🚀!",
    "rocket 🚀",
    "λ",
    "打",
    "→",
    ":)",
    "\U000e0067",
    "\udcff",
]
SEVERAL = {"🚀🔥": 2, "🚀 🔥": 2, "🇫🇷🇩🇪": 2, "👨‍👩‍👧👦": 2, "1\ufe0f\u20e32\ufe0f\u20e3": 2, "🅱️ 🇪 🇷 🇹": 4}


@pytest.mark.parametrize("text", ONE.values(), ids=ONE.keys())
def test_one_emoji(text: str) -> None:
    assert is_emoji(text)
    assert len(emojis(text)) == 1
    assert len(emojis(f"{text} {text}")) == 2
    assert not is_emoji(f"{text}x")


@pytest.mark.parametrize("text", NONE, ids=ascii)
def test_no_emoji(text: str) -> None:
    assert not is_emoji(text)
    assert emojis(text) == []


@pytest.mark.parametrize(("text", "count"), SEVERAL.items(), ids=ascii)
def test_several_emojis(text: str, count: int) -> None:
    assert not is_emoji(text)
    assert len(emojis(text)) == count


def test_the_quick_answer_is_that_of_the_pattern() -> None:
    for code in range(0x1F000, 0x20000):
        assert is_emoji(chr(code)) == (len(emojis(chr(code))) == 1)


@pytest.mark.parametrize(
    "part", ["🚀", "\ufe0f", "🚀\u200d", "🇫", "\U000e0067", "🏴\U000e0067", "1\ufe0f", " "], ids=ascii
)
def test_long_texts_are_no_trap(part: str) -> None:
    start = time.process_time()
    assert not is_emoji(part * 200_000 + "x")
    assert time.process_time() - start < 30
