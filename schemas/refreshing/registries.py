"""What the package registries give, fetched with their own clients and reduced to the facts the tables need."""

from __future__ import annotations

import ast
import datetime
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from refreshing.files import UPSTREAM, read, write

NPM = {"tasks": "@huggingface/tasks", "languages": "@huggingface/languages", "hub": "@huggingface/hub"}
DISTRIBUTIONS = "distributions"
PYPI = {"huggingface_hub": "huggingface_hub", "datasets": "datasets"}


def refresh() -> list[str]:
    """Fetch every package and rewrite what changed in upstream/.

    Returns:
        one line for each file that changed.

    Raises:
        subprocess.CalledProcessError: npm, node or pip failed.
    """
    changes: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for stem, package in NPM.items():
            version, data = _npm(package, Path(folder, stem))
            changes += _store(stem, f"npm {package}", version, data)
        for stem, package in PYPI.items():
            version, data = _pypi(package, Path(folder, stem))
            changes += _store(stem, f"PyPI {package}", version, data)
    return changes


def refresh_removed() -> list[str]:
    """Fetch the releases of the libraries that Spaces import and rewrite what they lost, see `refreshing.removed`.

    Raises:
        subprocess.CalledProcessError: pip failed.
    """
    from refreshing.removed import LIBRARIES, removed

    changes: list[str] = []
    for stem, library in LIBRARIES.items():
        with tempfile.TemporaryDirectory() as folder:
            version, items = removed(library, Path(folder))
        changes += _store(stem, f"PyPI {library.package}", version, {"newest": version, "removed": items})
    return changes


def refresh_modules() -> list[str]:
    """Clone the projects whose lock files say what distributions need, fetch pipreqs, and rewrite both files.

    Raises:
        subprocess.CalledProcessError: git or pip failed.
    """
    from refreshing import distributions

    with tempfile.TemporaryDirectory() as folder:
        found = distributions.distributions(Path(folder))
        version, modules = distributions.modules(Path(folder))
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    path = UPSTREAM / f"{DISTRIBUTIONS}.json"
    old = read(path) if path.exists() else {}
    when = old["version"] if old.get("data") == found else today
    projects = ", ".join(distributions.LOCKS)
    return [
        *_store(DISTRIBUTIONS, f"lock files of {projects}", when, found),
        *_store("modules", f"PyPI {distributions.MODULES}", version, modules),
    ]


def refresh_debian() -> list[str]:
    """Fetch the package lists of Debian's releases and rewrite what each lost.

    Raises:
        OSError: the mirror cannot be reached.
    """
    from refreshing import debian

    path = UPSTREAM / "debian.json"
    old = read(path) if path.exists() else {}
    found = debian.gone()
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    return _store("debian", "package lists of Debian", old["version"] if old.get("data") == found else today, found)


def refresh_packages() -> list[str]:
    """Ask PyPI's index for the names and releases of the table of packages and rewrite it.

    Raises:
        OSError: PyPI cannot be reached.
    """
    from refreshing import packages

    path = UPSTREAM / "packages.json"
    old = read(path) if path.exists() else {}
    found = packages.packages()
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    return _store("packages", "PyPI's index", old["version"] if old.get("data") == found else today, found)


def refresh_documented() -> list[str]:
    """Clone the project that holds the Hub's pages and rewrite since when they name which key.

    Raises:
        subprocess.CalledProcessError: git failed.
    """
    from refreshing import documented

    with tempfile.TemporaryDirectory() as folder:
        version, found = documented.documented(Path(folder))
    return _store("documented", f"history of {documented.PROJECT}", version, found)


def refresh_standard_library() -> list[str]:
    """Fetch two releases of mypy and rewrite what the stubs in them say of Python's modules.

    Raises:
        subprocess.CalledProcessError: pip failed.
    """
    from refreshing import standard_library

    with tempfile.TemporaryDirectory() as folder:
        version, found = standard_library.standard_library(Path(folder))
    stubs = f"typeshed in PyPI {standard_library.PACKAGE} {standard_library.OLDER} and"
    return _store("standard_library", stubs, version, found)


def _store(stem: str, name: str, version: str, data: Any) -> list[str]:
    """Keep the old file, with its date, where neither version nor data changed."""
    path = UPSTREAM / f"{stem}.json"
    old = read(path) if path.exists() else {}
    if old.get("version") == version and old.get("data") == data:
        return []
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    write(path, {"name": name, "version": version, "date": today, "data": data})
    return [f"{name} {old.get('version', 'none')} -> {version}"]


def _npm(package: str, folder: Path) -> tuple[str, Any]:
    folder.mkdir()
    subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    unpacked = folder / "package"
    version = read(unpacked / "package.json")["version"]
    if package == NPM["hub"]:
        return version, {"licenses": _license_union((unpacked / "src/types/public.ts").read_text(encoding="utf-8"))}
    script = Path(__file__).with_name("dump_npm.cjs")
    dump = subprocess.run(["node", script, package, unpacked], check=True, stdout=subprocess.PIPE)
    return version, json.loads(dump.stdout)


def _license_union(source: str) -> list[str]:
    """The ids of `export type License = "apache-2.0" | ...;`."""
    union = re.search(r"export type License\s*=([^;]*);", source)
    if union is None:
        raise ValueError("the npm types no longer declare a License union")
    return re.findall(r'"([^"]+)"', union[1])


def _pypi(package: str, folder: Path) -> tuple[str, Any]:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest"]
    subprocess.run([*pip, folder, package], check=True)
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        version = wheel.name.split("-")[1]
        if package == PYPI["datasets"]:
            return version, {"languages": json.loads(archive.read("datasets/utils/resources/languages.json"))}
        space_api = ast.parse(archive.read("huggingface_hub/_space_api.py"))
        constants = ast.parse(archive.read("huggingface_hub/constants.py"))
    return version, {
        "hardware": _enum_values(space_api, "SpaceHardware"),
        "stages": _enum_values(space_api, "SpaceStage"),
        "sdks": _constant(constants, "SPACES_SDK_TYPES"),
    }


def _enum_values(tree: ast.Module, name: str) -> list[str]:
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    return [ast.literal_eval(node.value) for node in body if isinstance(node, ast.Assign)]


def _constant(tree: ast.Module, name: str) -> Any:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return ast.literal_eval(node.value)
    raise ValueError(f"no constant {name}")
