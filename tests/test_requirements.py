"""Requirements files, against `packaging` as the oracle of what is well-formed and what a specifier admits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from hublint.documents.requirements import Requirements, debian_packages
from hublint.documents.source import Source


def read(text: str | bytes) -> Requirements:
    return Requirements(Source("requirements.txt", text.encode() if isinstance(text, str) else text))


ACCEPTED = """numpy
Torch_Vision.Extra==1.0
a>=1,<2
a >=1 , <2
a ( >=1,<2 )
a[b,c]==1
a [ b ]
a[]
a~=1.4.2
a===weird
a==4.39.*
a;python_version<'3.9'
a>=1 ; sys_platform == "linux" and extra == 'b'
a @ https://example.org/a.zip
a[b] @ git+https://example.org/a.git@v1#egg=a
a@ file:///srv/a
a!=1.5
a>=1.0.0rc1,<2.0.dev0""".splitlines()


@pytest.mark.parametrize("line", ACCEPTED)
def test_parts_agree_with_packaging(line: str) -> None:
    expected = Requirement(line)
    requirements = read(line)
    assert not requirements.invalid
    [found] = requirements.lines
    assert found.name == canonicalize_name(expected.name)
    assert set(found.extras) == expected.extras
    assert SpecifierSet(found.specifier) == expected.specifier
    assert found.url == (expected.url or "")
    assert bool(found.marker) == bool(expected.marker)


# Refused by pip 23.2 and by packaging; reasons are ours.
@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("numpy=1.20", "`==`"),
        ("numpy = 1", "`==`"),
        ("numpy=>1", "`>=`"),
        ("torch 2.0", "version"),
        ("pip install gradio", "one package"),
        ("a==1 b==2", "one package"),
        ("a==1 b", "one package"),
        ("a>=1 <2", "version"),
        ("a,b", "version"),
        ("a==1,b", "version"),
        ("a[b c]", "brackets"),
        ("a[", "brackets"),
        ("[a]", "name"),
        ("```", "name"),
        ("<<<<<<< HEAD", "name"),
        ("é", "name"),
        ("a (>=1", "version"),
        ("a @", "URL"),
        ("name#c", "version"),
        ("foo:bar", "version"),
    ],
)
def test_refused_lines(line: str, word: str) -> None:
    requirements = read(f"ok\n  {line}\nlast")
    [invalid] = requirements.invalid
    assert word in invalid.reason
    assert requirements.source.text[slice(*invalid.span)] == line == invalid.raw
    with pytest.raises(InvalidRequirement):
        Requirement(line)
    assert [found.name for found in requirements.lines] == ["ok", "last"]


@pytest.mark.parametrize(
    "line",
    [
        "-r other.txt",
        "-rother.txt",
        "--requirement=o.txt",
        "-c c.txt",
        "-e .",
        "-e git+https://a/b#egg=c",
        "--index-url https://a",
        "-i https://a",
        "- gradio",
        "--extra-index-url=https://a",
        "./local",
        "../x[extra]",
        "/abs/path",
        "file.whl",
        "a-1.0-py3-none-any.whl",
        "https://a/b.whl",
        "git+https://a/b@{X}",
        "git+ssh://git@a/b.git#egg=c[d]&subdirectory=e",
        "${NAME}==${V}",
        "folder/inside",
        "a ;",
        "a==1;",
        "~/x",
        "a==1 --hash=sha256:ab --hash sha256:cd",
        "a -i https://x",
        "numpy>=1.0.*",
        "numpy==",
        "a<>1",
        "--pre",
        "a>=1,",
        "hg+https://a/b",
        "a()",
        "a @ b",
        "C:\\\\x\\\\y",
    ],
)
def test_lines_that_some_pip_takes_are_not_refused(line: str) -> None:
    assert not read(line).invalid
    assert len(read(line).lines) == 1


def test_options_urls_and_hashes() -> None:
    text = """-r other.txt
--index-url=https://user@host/simple
-e git+https://h/o/Repo_X.git@main#egg=My_Pkg[a,b]
-e .
git+https://h/o/r.git#subdirectory=x&egg=c
https://h/torch-2.0.1+cu118-cp310-cp310-linux_x86_64.whl#sha256=ab
a==1 --hash=sha256:ab \\
    --hash=sha256:cd
b @ https://h/b.zip ; python_version > "3"
./local
"""
    lines = read(text).lines
    assert [(line.name, line.option, line.argument) for line in lines[:4]] == [
        ("", "-r", "other.txt"),
        ("", "--index-url", "https://user@host/simple"),
        ("my-pkg", "-e", "git+https://h/o/Repo_X.git@main#egg=My_Pkg[a,b]"),
        ("", "-e", "."),
    ]
    assert [(line.name, line.editable, line.extras) for line in lines[2:7]] == [
        ("my-pkg", True, ("a", "b")),
        ("", True, ()),
        ("c", False, ()),
        ("torch", False, ()),
        ("a", False, ()),
    ]
    assert lines[6].hashes == ("sha256:ab", "sha256:cd")
    assert lines[6].specifier == "==1"
    assert (lines[7].url, lines[7].marker) == ("https://h/b.zip", 'python_version > "3"')
    assert lines[8].url == "./local"
    assert [line.name for line in read(text).named("MY.pkg")] == ["my-pkg"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_spans_comments_and_encodings(newline: str, encoding: str) -> None:
    text = "# é head\n  gradio >= 4.0  # why\n\nnumpy==\\\n1.0\na#b\n# cut \\\nlast"
    requirements = read(text.replace("\n", newline).encode(encoding))
    whole = requirements.source.text
    assert requirements.is_utf16 == (encoding == "utf-16")
    assert [line.raw for line in requirements.lines] == ["gradio >= 4.0", "numpy==1.0", "last"]
    assert [whole[slice(*line.span)] for line in requirements.lines] == [
        "gradio >= 4.0",
        f"numpy==\\{newline}1.0",
        "last",
    ]
    assert [whole[slice(*span)] for span in requirements.comments] == ["# é head", "# why", "# cut \\"]
    assert [invalid.raw for invalid in requirements.invalid] == ["a#b"]


def test_utf16_without_mark_is_one_invalid_line() -> None:
    requirements = read("gradio\nnumpy\n".encode("utf-16-le"))
    assert len(requirements.invalid) == 1
    assert requirements.lines == []


@pytest.mark.parametrize(
    ("line", "pin"),
    [
        ("a==1.0", "1.0"),
        ("a===1.0", "1.0"),
        ("a == 4.39.*", "4.39.*"),
        ("a", None),
        ("a>=1", None),
        ("a==1,<2", None),
        ("a~=1.0", None),
    ],
)
def test_pins(line: str, pin: str | None) -> None:
    assert read(line).lines[0].pin == pin


@pytest.mark.parametrize(
    ("specifier", "version", "expected"),
    [
        ("==4.39.*", "4.44.0", False),
        ("==4.39.*", "4.39.2", True),
        (">=4,<5", "4.44.0", True),
        (">=4,<5", "5.0", False),
        ("", "1", True),
        ("===weird", "1.0", None),
        (">=1", "latest", None),
        ("==1.0", "1", True),
        ("~=4.1", "4.9", True),
        ("~=4.1", "5.0", False),
    ],
)
def test_allows(specifier: str, version: str, expected: bool | None) -> None:
    assert read(f"a{specifier}").lines[0].allows(version) is expected


NUMBER = st.integers(0, 3).map(str)
RELEASE = st.lists(NUMBER, min_size=1, max_size=4).map(".".join)
VERSIONS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "", "1!", "v"]),
        RELEASE,
        st.sampled_from(["", "", "", "a1", "rc2", ".beta", "-c1", "pre"]),
        st.sampled_from(["", "", "", ".post1", "-1", "rev2", ".post"]),
        st.sampled_from(["", "", ".dev1", "dev"]),
        st.sampled_from(["", "", "", "+cu118", "+a.1"]),
    ),
)
OPERATORS = st.sampled_from(["==", "!=", "<=", ">=", "<", ">", "~=", "==="])


@settings(max_examples=1500)
@given(OPERATORS, VERSIONS, st.booleans(), VERSIONS)
def test_allows_agrees_with_packaging(operator: str, wanted: str, wildcard: bool, version: str) -> None:
    specifier = operator + wanted + (".*" if wildcard else "")
    lines = read(f"a{specifier}").lines
    assert lines
    found = lines[0].allows(version)
    try:
        expected = SpecifierSet(specifier).contains(Version(version), prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return
    assert found in (None, expected)
    plain = not any(sign in wanted + version for sign in "+!v") and operator not in ("~=", "===")
    released = set(wanted + version) <= set("0123456789.")  # `<` and `>` beside a post-release have changed meaning
    if plain and not wildcard and (released or operator not in ("<", ">")):
        assert found is expected


@settings(max_examples=500)
@given(st.text(alphabet="aB1 .,;[]()=<>~!@#'\"-_*/:", max_size=24))
def test_what_packaging_takes_is_never_refused(line: str) -> None:
    try:
        expected = Requirement(line)
        Requirement(line.partition(";")[0])  # pip takes the marker off first
    except InvalidRequirement:
        return
    requirements = read(line)
    assert not requirements.invalid
    for found in requirements.lines:
        assert found.name == canonicalize_name(expected.name) or found.url or " #" in line or found.option


@given(st.text(max_size=80) | st.binary(max_size=80))
def test_any_bytes_are_survived(data: str | bytes) -> None:
    requirements = read(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    size = len(requirements.source.text)
    for line in requirements.lines:
        assert 0 <= line.span.start < line.span.end <= size
        line.allows("1.0")
    for place in [*requirements.comments, *(invalid.span for invalid in requirements.invalid)]:
        assert 0 <= place.start <= place.end <= size
    for package in debian_packages(requirements.source):
        assert requirements.source.text[slice(*package.span)] == package.name


def test_large_files_end() -> None:
    assert len(read("numpy==1.0 # x\n" * 50_000).lines) == 50_000
    read("a" * 2_000_000)
    read("a" + " " * 2_000_000 + "b")
    read("a\\\n" * 200_000)
    read("a[" + "b," * 500_000)
    read("a" + ",==1" * 300_000)


def test_debian_packages() -> None:
    source = Source(
        "packages.txt", b"ffmpeg\r\n# the rest\r\nlibgl1 libsm6:amd64=1.2-3\r\n-y\r\ng++\r\nMy_Package\r\nlib*-dev # x"
    )
    assert [(p.name, p.valid) for p in debian_packages(source)] == [
        ("ffmpeg", True),
        ("libgl1", True),
        ("libsm6:amd64=1.2-3", True),
        ("g++", True),
        ("My_Package", False),
        ("lib*-dev", True),
    ]
    assert all(source.text[slice(*p.span)] == p.name for p in debian_packages(source))
