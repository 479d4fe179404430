"""Positions of the protocol: UTF-16 units from 0, lines that end at CRLF, LF and CR, and marks that editors hide."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hublint.documents.source import Source
from hublint.server.documents import Documents, path_of, uri_of
from hublint.server.positions import At, Lines, units


def lines(text: str, hidden: bool = False) -> Lines:
    return Lines(Source("README.md", text.encode()), hidden)


@pytest.mark.parametrize(
    ("before", "character"),
    [("emoji: ", 7), ("emoji: 🔥 ", 10), ("模型 ", 3), ("e\u0301 ", 3), ("👩‍🚀 ", 6), ("\u2028x ", 3), ("\x0c ", 2)],
)
def test_columns_are_utf_16_units(before: str, character: int) -> None:
    text = f"---\n{before}orange\n"
    found = lines(text)
    start = text.index("orange")
    assert found.at(start) == At(1, character)
    assert found.at_place(2, len(before) + 1) == At(1, character)
    assert found.offset(1, character) == start


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    text = end.join(("🔥a", "b", "", "c"))
    found = lines(text)
    assert found.at(text.index("b")) == At(1, 0)
    assert found.at(text.index("c")) == At(3, 0)
    assert found.offset(0, 99) == 2, "a position behind the end of a line is its end"
    assert found.offset(99, 0) == len(text)
    assert found.offset(0, 1) == 0, "within a pair is before it"


@pytest.mark.parametrize("shown", [True, False])
def test_a_mark_that_the_editor_hides_is_not_counted(shown: bool) -> None:
    found = lines("\ufeff---\ntitle: a\n", hidden=not shown)
    assert found.at(1) == At(0, int(shown))
    assert found.at_place(1, 1) == At(0, 0)
    assert found.offset(0, int(shown)) == 1
    assert found.at(5) == At(1, 0)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from("a🔥模\r\n\u2028\ufeff\x0b"), max_size=20), st.booleans())
def test_there_and_back(text: str, hidden: bool) -> None:
    found = lines(text, hidden)
    for offset in range(int(hidden and text.startswith("\ufeff")), len(text) + 1):
        within_break = 0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n"
        if not within_break:
            assert found.offset(*found.at(offset)) == offset
    assert units(text) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbf---\r\n", "---\r\n"),
        ("\ufeff---\n".encode("utf-16-le"), "---\n"),
        (b"---\ntitle: \xff\n", "---\ntitle: \ufffd\n"),
        (b"---\n", "---\n"),
    ],
)
def test_what_is_not_changed_has_the_bytes_that_are_on_disk(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "README.md"
    path.write_bytes(data)
    documents = Documents()
    document = documents.put(uri_of(str(path)), text, 1, "markdown")
    assert document.data == data
    changed = documents.change(document.uri, f"{text}x", 2)
    assert changed is not None
    if b"\xff\n" not in data:
        assert changed.data == data + Source("", data).encode("x")


def test_half_a_pair_is_no_crash(tmp_path: Path) -> None:
    assert Documents().put(uri_of(str(tmp_path / "a.md")), "\ud83d", 1, "markdown").data


@pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
def test_uris() -> None:
    for path in ("/a/b c/README.md", "/a#b/%41?x;y/ü🔥.md", "/a:b"):
        assert path_of(uri_of(path)) == path
    assert path_of("file:///a/../b") == "/b"
    assert path_of("file://localhost/a") == "/a"
    for odd in (
        "untitled:Untitled-1",
        "vscode-vfs://github/a/b",
        "http://a/b",
        "",
        "file:",
        "file:a",
        "file:///a%00b",
        "//[",
        "file://[/a",
    ):
        assert path_of(odd) == ""
