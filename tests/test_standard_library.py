"""The table of what Python's own modules gained and lost is what the stubs say, and what Python itself says."""

from __future__ import annotations

import importlib
import sys
import warnings
from pathlib import Path

import mypy
import pytest

import hublint_schemas
from hublint.documents.python import PythonSource
from hublint.documents.python.newer_syntax import newer_syntax
from hublint.documents.source import Source
from hublint.documents.standard_modules import STANDARD

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "schemas"))

from refreshing import standard_library
from refreshing.files import UPSTREAM, read

TABLE = hublint_schemas.table("standard_library")
RUNNING = sys.version_info[1]


def test_upstream_is_what_the_script_makes_of_the_stubs_that_are_installed() -> None:
    stubs = standard_library.of_folder(Path(mypy.__file__).parent / "typeshed" / "stdlib")
    made = standard_library.changes(standard_library.Stubs({}, {}), stubs)
    kept = read(UPSTREAM / "standard_library.json")["data"]
    assert made["modules"] == kept["modules"], "run: python schemas/refresh.py --python"
    assert made["names"]
    older = {name: each for name, each in kept["names"].items() if each[0] in ("3.9", "3.10")}
    for name, (came, went) in made["names"].items():
        assert kept["names"][name] == [came or older.get(name, [""])[0], went], name


def test_stubs_are_read_by_version(tmp_path: Path) -> None:
    (tmp_path / "VERSIONS").write_text("a: 3.0-\nb: 3.11-\nc: 3.0-3.12\nd: 3.0-\n_e: 3.0-\n")
    (tmp_path / "a.pyi").write_text(
        "import sys\nfrom _e import *\n__all__ = ['f']\ndef f(): ...\n"
        "if sys.version_info >= (3, 12):\n    class New: ...\nelif sys.platform != 'linux':\n    class Elsewhere: ...\n"
        "if sys.version_info < (3, 13) and sys.platform == 'linux':\n    Old: int\n    __all__ += ['Old', 'other']\n"
    )
    (tmp_path / "_e.pyi").write_text("import sys\nif sys.version_info >= (3, 14):\n    x = 1\n    _y = 2\n")
    (tmp_path / "d.pyi").write_text("import sys\nif sys.version_info >= (3, 11):\n    from a import f as f, New as X\n")
    assert standard_library.changes(standard_library.Stubs({}, {}), standard_library.of_folder(tmp_path)) == {
        "modules": {"b": ["3.11", ""], "c": ["", "3.13"]},
        "names": {
            "a.New": ["3.12", ""],
            "a.Old": ["", "3.13"],
            "a.other": ["", "3.13"],
            "a.x": ["3.14", ""],
            "d.f": ["3.11", ""],
        },
    }


def _is_there(came: str, went: str) -> bool:
    return int(came[2:] or 0) <= RUNNING < int(went[2:] or 99)


@pytest.mark.parametrize("module", TABLE["modules"])
def test_python_itself_has_the_modules(module: str) -> None:
    if sys.platform != "linux" or module in (
        "msilib",
        "ossaudiodev",
        "nis",
        "tkinter.tix",
        "distutils.command.bdist_msi",
    ):
        return  # built on some systems only
    top = module.partition(".")[0]
    assert ((top in sys.stdlib_module_names) if module == top else _imports(module)) == _is_there(
        *TABLE["modules"][module]
    )


def _imports(module: str) -> bool:
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


def test_python_itself_has_the_names() -> None:
    wrong = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, (came, went) in TABLE["names"].items():
            module, _, last = name.rpartition(".")
            if _imports(module) and hasattr(importlib.import_module(module), last) != _is_there(came, went):
                wrong.append(name)
    assert not wrong


@pytest.mark.parametrize(
    ("code", "minor", "says"),
    [
        ("match 1:\n    case 1: pass\n", 9, "3.10"),
        ("match 1:\n    case 1: pass\n", 10, ""),
        ("x = f'{f(\"\\n\")}'\n", 11, "3.12"),
        ("x = f'{d['a']}'\n", 11, "3.12"),
        ("x = f'{d['a']}'\n", 12, ""),
        ('x = f"""{d["a"]}"""\n', 8, ""),
        ('x = f"{a!r:>{w}} {b:%H:%M} {c != 1} {{}} {d[1:2]}" # f"{x["\n', 8, ""),
        ("x = f'{a:{\"x\"}}' 'it''s' f'\\{a}'\n", 8, ""),
        ("x = rb'{\\'' + b'\"'\n", 8, ""),
        ("def f(a: int | None): ...\n", 9, "3.10"),
        ("def f(a: int | None): ...\n", 10, ""),
        ("(\n", 8, ""),
    ],
)
def test_newer_syntax(code: str, minor: int, says: str) -> None:
    found = newer_syntax(PythonSource(Source("app.py", code.encode())), minor)
    assert (found.version if found else "") == says


def test_what_came_or_went_counts_as_pythons_own_whichever_python_reads() -> None:
    tops = {name for name in TABLE["modules"] if "." not in name}
    assert tops - STANDARD == set()
