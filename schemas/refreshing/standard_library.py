"""Which Python first has, and which no longer has, a module or a name of the standard library, from typeshed's stubs.

mypy's wheel carries typeshed. Its file VERSIONS says of every module since and until when it is there; the stubs ask
`sys.version_info` where a name is not in every Python. Stubs forget a Python that has reached its end of life, so those
of an older mypy tell what came before.
"""

from __future__ import annotations

import ast
import operator
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

PACKAGE = "mypy"
OLDER = "1.15.0"  # the last stubs that know Python 3.8
_STUBS = "mypy/typeshed/stdlib/"
# No module of Python's, and modules that are gone themselves.
_LEFT_OUT = frozenset(("typing_extensions", "distutils", "xxlimited", "sre_compile", "sre_constants", "sre_parse"))
# The Pythons, as minor versions, between which each of them tells what changed.
_OLD, _NEW = range(8, 11), range(10, 16)

_COMPARES = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}

Changes = dict[str, list[str]]


class Stubs(NamedTuple):
    """The stubs of the standard library: the text of each by its path, and the minor versions each module is in."""

    texts: dict[str, str]
    modules: dict[str, tuple[int, int]]


def standard_library(folder: Path) -> tuple[str, dict[str, Changes]]:
    """mypy's newest version, and the modules and names that not every Python has.

    Args:
        folder: where the wheels are kept.

    Raises:
        subprocess.CalledProcessError: pip failed.
    """
    older = _wheel(f"{PACKAGE}=={OLDER}", folder / "older")
    newest = _wheel(PACKAGE, folder / "newest")
    return newest.name.split("-")[1], changes(of_wheel(older), of_wheel(newest))


def changes(older: Stubs, newest: Stubs) -> dict[str, Changes]:
    """Each module and name with the first Python that has it, and the first that no longer has it; empty for neither.

    Args:
        older: stubs that tell of the Pythons up to 3.10.
        newest: stubs that tell of those from 3.10 on.
    """
    return {"modules": _of_modules(newest), "names": _merged(_of_names(older, _OLD), _of_names(newest, _NEW))}


def of_wheel(wheel: Path) -> Stubs:
    """The stubs that a wheel of mypy carries."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith(_STUBS) and not name.endswith("/")]
        return _stubs({name.removeprefix(_STUBS): archive.read(name).decode("utf-8") for name in names})


def of_folder(folder: Path) -> Stubs:
    """The stubs in an installed mypy's folder `typeshed/stdlib`."""
    paths = [folder / "VERSIONS", *folder.rglob("*.pyi")]
    return _stubs({path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths})


def _stubs(texts: dict[str, str]) -> Stubs:
    found = re.findall(r"^([\w.]+): 3\.(\d+)-(?:3\.(\d+))?", texts["VERSIONS"], re.MULTILINE)
    return Stubs(texts, {name: (int(first), int(last or 99)) for name, first, last in found})


def _wheel(requirement: str, folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    subprocess.run([*pip, "--platform", "any", "--dest", folder, requirement], check=True)
    return next(folder.glob(f"{PACKAGE}-*.whl"))


def _of_modules(stubs: Stubs) -> Changes:
    """Modules that not every Python from 3.8 on has; a submodule only where it differs from what it is in."""
    found = {}
    for name, (first, last) in sorted(stubs.modules.items()):
        if name.startswith("_") or "._" in name or (first <= _OLD[0] and last >= _NEW[-1]):
            continue
        if stubs.modules.get(name.rpartition(".")[0]) != (first, last):
            found[name] = [f"3.{first}" if first > _OLD[0] else "", f"3.{last + 1}" if last < _NEW[-1] else ""]
    return found


def _of_names(stubs: Stubs, minors: range) -> Changes:
    """The names that some of the Pythons have and others do not, of modules that both have."""
    found: Changes = {}
    for path in sorted(stubs.texts):
        module = path.removesuffix(".pyi").removesuffix("/__init__").replace("/", ".")
        parts = module.split(".")
        if path == "VERSIONS" or any(part.startswith("_") for part in parts) or not _LEFT_OUT.isdisjoint(parts[:1]):
            continue
        first, last = _span(stubs, module)
        there = [minor for minor in minors if first <= minor <= last]
        names = {minor: _Module(stubs, minor).names(module) for minor in there}
        for name in sorted(set().union(*names.values())):
            have = [minor for minor in there if name in names[minor]]
            came = f"3.{have[0]}" if have[0] != there[0] else ""
            went = f"3.{have[-1] + 1}" if have[-1] != there[-1] else ""
            if came or went:
                found[f"{module}.{name}"] = [came, went]
    return found


def _merged(older: Changes, newest: Changes) -> Changes:
    both = {name: [a or b for a, b in zip(older[name], newest[name], strict=True)] for name in {*older} & {*newest}}
    return dict(sorted({**older, **newest, **both}.items()))


def _span(stubs: Stubs, module: str) -> tuple[int, int]:
    """The minor versions that have a module: VERSIONS says it of itself or of what it is in."""
    while module not in stubs.modules and "." in module:
        module = module.rpartition(".")[0]
    return stubs.modules.get(module, (0, 99))


class _Module:
    """Reads which names a module has in one Python on Linux."""

    def __init__(self, stubs: Stubs, minor: int) -> None:
        self._stubs = stubs
        self._minor = minor
        self._pending: set[str] = set()

    def names(self, module: str) -> set[str]:
        """The public names of a module; none where there are no stubs of it."""
        return {name for name in self._bound(module)[0] if not name.startswith("_")}

    def _bound(self, module: str) -> tuple[set[str], set[str] | None]:
        """The names that a module binds, and its `__all__`."""
        stem = module.replace(".", "/")
        path = next((path for path in (f"{stem}.pyi", f"{stem}/__init__.pyi") if path in self._stubs.texts), "")
        if not path or module in self._pending:
            return set(), None
        self._pending.add(module)
        package = module if path.endswith("__init__.pyi") else module.rpartition(".")[0]
        names: set[str] = set()
        every: set[str] | None = None
        for node in self._statements(ast.parse(self._stubs.texts[path]).body):
            listed = _listed(node)
            if listed is not None:
                every = (every or set()) | listed
            elif isinstance(node, ast.ImportFrom):
                names |= self._taken(node, package)
            else:
                names |= _defined(node)
        self._pending.discard(module)
        return names | (every or set()), every

    def _statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """The statements that this Python reads."""
        found: list[ast.stmt] = []
        for node in body:
            if isinstance(node, ast.If):
                found += self._statements(node.body if self._holds(node.test) else node.orelse)
            elif isinstance(node, ast.Try):
                found += self._statements(node.body)
            else:
                found.append(node)
        return found

    def _holds(self, test: ast.expr) -> bool:
        if isinstance(test, ast.BoolOp):
            parts = [self._holds(part) for part in test.values]
            return all(parts) if isinstance(test.op, ast.And) else any(parts)
        if isinstance(test, ast.UnaryOp):
            return not self._holds(test.operand)
        if not isinstance(test, ast.Compare):
            return "linux" in ast.unparse(test) or ast.unparse(test).endswith("TYPE_CHECKING")
        given = (3, self._minor) if ast.unparse(test.left) == "sys.version_info" else "linux"
        return _COMPARES[type(test.ops[0])](given, ast.literal_eval(test.comparators[0]))

    def _taken(self, node: ast.ImportFrom, package: str) -> set[str]:
        """What `from x import *` and `from x import y as y` make public."""
        if node.names[0].name != "*":
            return {each.asname for each in node.names if each.asname == each.name}
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        names, every = self._bound(".".join(filter(None, [*above, node.module])))
        return {name for name in names if not name.startswith("_")} if every is None else every


def _listed(node: ast.stmt) -> set[str] | None:
    """The names that a statement puts into `__all__`."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    value = getattr(node, "value", None)
    if not (isinstance(target, ast.Name) and target.id == "__all__" and isinstance(value, (ast.List, ast.Tuple))):
        return None
    return {each.value for each in value.elts if isinstance(each, ast.Constant)}


def _defined(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    found = {target.id for target in targets if isinstance(target, ast.Name)}
    if isinstance(node, ast.Import):
        found |= {each.asname for each in node.names if each.asname == each.name}
    return found
