"""Environment markers: the same answers as packaging gives, and none where a value is not known."""

from __future__ import annotations

import itertools

import pytest
from packaging.markers import InvalidMarker, Marker

from hublint.documents.markers import LINUX, holds

PYTHON = {**LINUX, "python_version": "3.10", "python_full_version": "3.10.4"}
SINGLE = (
    'python_version >= "3.10"',
    "python_version < '3.9'",
    'python_version ~= "3.8"',
    'python_version == "3.10.*"',
    'python_full_version != "3.10.4"',
    'sys_platform == "win32"',
    "sys_platform != 'darwin'",
    "'linux' in sys_platform",
    "sys_platform not in 'win32 cygwin'",
    "platform_system == 'Linux'",
    "os_name == 'nt'",
    'extra == "dev"',
)


@pytest.mark.parametrize("join", ["{} and {}", "{} or {}", "({} or {})", "(({})) and ({})"])
def test_the_answers_are_those_of_packaging(join: str) -> None:
    for first, second in itertools.product(SINGLE, SINGLE):
        marker = join.format(first, second)
        assert holds(marker, PYTHON) is Marker(marker).evaluate({**PYTHON, "extra": ""}), marker


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("", True),
        ("platform_machine == 'x86_64'", None),
        ("platform_machine == 'x86_64' and sys_platform == 'win32'", False),
        ("platform_machine == 'x86_64' or sys_platform == 'linux'", True),
        ("python_version >= '3.8' and platform_machine == 'x86_64'", None),
    ],
)
def test_what_is_not_known(marker: str, expected: bool | None) -> None:
    assert holds(marker, PYTHON) is expected


@pytest.mark.parametrize(
    "marker",
    [
        "python_version",
        "python_version >=",
        "(os_name == 'nt'",
        "os_name == os_name",
        "os_name is 'nt'",
        "and",
        "'a' == 'a'",
    ],
)
def test_what_is_not_a_marker_has_no_answer(marker: str) -> None:
    assert holds(marker, PYTHON) is None
    if marker not in ("os_name == os_name", "'a' == 'a'"):
        with pytest.raises(InvalidMarker):
            Marker(marker)


def test_a_long_marker_ends() -> None:
    assert holds("(" * 100_000, PYTHON) is None
    assert holds(" and ".join(["os_name == 'posix'"] * 100_000), PYTHON) is None
