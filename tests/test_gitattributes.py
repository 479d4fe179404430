"""Attributes of files: every answer is compared with git's own."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from counting import calls
from hublint.repository.git import pattern_index
from hublint.repository.git.gitattributes import Attributes
from repositories import findings, fixed, make

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")

NAMES = ["a.bin", "b.BIN", "model-1.safetensors", "a b.txt", "README.md", "é.png", "[x].gz", "ab", "a", 'q"t', "a\\b"]
FOLDERS = ["", "data/", "data/train/", "a/", "a/b/", "a/b/a/", "saved model/"]
PATTERNS = [
    *("*", "*.bin", "*.[bB]in", "[!a]*", "[]x[]*", "[[:alpha:]]*.bin", "[a-c]?", "?.png", "??.png", "*.*", "**", "a**"),
    *(
        "/a",
        "a/b",
        "/a/**",
        "**/a",
        "**/a/*",
        "a/**/a",
        "data/**/*.bin",
        "data/*",
        "data/",
        "da**",
        "da**/a",
        "*/a.bin",
    ),
    *("saved\\ model/*", '"saved model/*"', '"a b.txt"', '"\\303\\251.png"', '"q\\"t"', "a\\\\b", "\\a", "\\[x\\].gz"),
    *("!*.bin", "\\!a", "[a", "a[", "[[:nope:]]", "[a/]*", "*.md", "README.md", "/README.md", "[z-a]", "[\\]x]*", '"a'),
    *("a/b/**", "**/b/**", "***", "*/**/a", "data/tr*n/*", "a\\", "[^a-c]*", "[a-", "[[:digit:]-z]*", "/", "//a"),
]
STATES = [
    *("filter=lfs diff=lfs merge=lfs -text", "-filter", "!filter", "filter", "filter=", "filter=xet", "binary"),
    *("-binary", "!binary", "big", "big -filter", "-filter big", "text !text", "filter=lfs -filter", "bad~name", ""),
    *("diff=a=b", "--filter", "huge", "filter=a big", "text=auto eol=lf", "!filter\tmerge"),
]
LINES = ["# comment", "  # comment", "", "[attr]big filter=lfs -text", "[attr]huge big -diff", "[attr]big filter=other"]
ATTRIBUTES = ["filter", "diff", "merge", "text"]


def generated(seed: int) -> dict[str, bytes]:
    """A repository with files and some .gitattributes among them."""
    chance = random.Random(seed)
    files = {
        folder + name: b"" for folder in FOLDERS for name in chance.sample(NAMES, 5) if (folder, name) != ("", "a")
    }
    for folder in ["", *chance.sample(FOLDERS[1:], 2)]:
        lines = [
            chance.choice(LINES)
            if chance.random() < 0.2
            else f"{chance.choice(['', '', '', ' '])}{chance.choice(PATTERNS)} {chance.choice(STATES)}"
            for _ in range(chance.randint(1, 12))
        ]
        text = chance.choice(["\n", "\n", "\r\n"]).join(lines) + chance.choice(["", "\n"])
        files[f"{folder}.gitattributes"] = (chance.choice(["", "", "\ufeff"]) + text).encode()
    return {path: data for path, data in files.items() if path not in ("a/b/a", "a/b", "a", "data/train")}


def by_git(folder: Path, files: Mapping[str, bytes]) -> dict[tuple[str, str], str]:
    """What `git check-attr` answers for every file."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    settings = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder), "GIT_ATTR_NOSYSTEM": "1", "PATH": "/usr/bin:/bin"}
    subprocess.run(["git", "init", "-q", str(folder)], check=True, env=settings)
    answer = subprocess.run(
        ["git", "-C", str(folder), "check-attr", "--stdin", "-z", *ATTRIBUTES],
        input=b"\0".join(path.encode() for path in files),
        capture_output=True,
        check=True,
        env=settings,
    ).stdout.split(b"\0")
    return {
        (answer[at].decode(), answer[at + 1].decode()): answer[at + 2].decode() for at in range(0, len(answer) - 2, 3)
    }


@needs_git
@pytest.mark.parametrize("seed", range(120))
def test_the_same_attributes_as_git(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern_index, "_FEW", 0 if seed % 2 else 12)
    files = generated(seed)
    attributes = Attributes(make("model", files))
    expected = by_git(tmp_path / "repository", files)
    assert len(expected) == len(files) * len(ATTRIBUTES)
    found = {}
    for path, attribute in expected:
        given = attributes.get(path, attribute)
        value = given.value if given is not None else None
        found[path, attribute] = {True: "set", False: "unset", None: "unspecified"}.get(value, value)  # type: ignore[arg-type]
    assert found == expected


@needs_git
@pytest.mark.parametrize("seed", range(1000, 1060))
def test_a_card_in_lfs_is_found_and_taken_out_as_git_sees_it(tmp_path: Path, seed: int) -> None:
    files = {**generated(seed), "README.md": b"# Title\n"}
    if seed % 3 == 0:
        pattern = random.Random(seed).choice(["*", "*.md", "/README.md", "**/*.m?", "R*[!x]md", '"README.md"', "*.*"])
        files[".gitattributes"] = files[".gitattributes"] + f"\n{pattern} filter=lfs\n".encode()
    in_lfs = by_git(tmp_path / "before", files)["README.md", "filter"] == "lfs"
    assert in_lfs or seed % 3
    assert len(findings(make("model", files), "RP003")) == in_lfs
    after = {**files, **fixed(make("model", files), "RP003").files}
    assert by_git(tmp_path / "after", after)["README.md", "filter"] != "lfs"


def test_names_the_line_that_decides() -> None:
    text = "*.bin filter=lfs\n# no\n  *.md filter=lfs -text\n"
    given = Attributes(make("model", {".gitattributes": text})).get("docs/README.md", "filter")
    assert given is not None and given.value == "lfs"
    assert given.line.source.text[slice(*given.line.span)] == "*.md"
    assert given.line.source.position(given.line.span.start) == (3, 3)


def test_no_file_and_binary_file() -> None:
    assert Attributes(make("model", {})).get("a.bin", "filter") is None
    assert not Attributes(make("model", {".gitattributes": b"\0*.bin filter=lfs\n"})).is_in_lfs("a.bin")


def test_many_stars_are_no_trap() -> None:
    text = f"{'*a' * 500}b filter=lfs\nx/{'**/a*/' * 200}b filter=lfs\n"
    attributes = Attributes(make("model", {".gitattributes": text}))
    start = time.perf_counter()
    assert not attributes.is_in_lfs("a" * 250)
    assert not attributes.is_in_lfs("x/" + "a/" * 400)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("pattern", ["x{}.bin", "*.x{}", "/d/x{}*", "**/x{}/*.b[a-i]n"])
def test_lines_and_files_are_not_asked_pair_by_pair(pattern: str) -> None:
    def asked(size: int) -> int:
        lines = "".join(f"{pattern.format(n)} filter=lfs\n" for n in range(size))
        repository = make("model", {".gitattributes": lines, **{f"e{n}/y{n}.bin": "" for n in range(size)}})
        attributes = Attributes(repository)
        found: list[bool] = []
        count = calls(lambda: found.extend(map(attributes.is_in_lfs, repository.files)))
        assert not any(found)
        return count

    assert asked(1600) < 12 * asked(200)
