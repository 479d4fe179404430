"""What huggingface_hub, datasets and gradio no longer have, from the wheels that pip gives."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from refreshing.python_api import Api, read_api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Version = tuple[int, ...]


class Library(NamedTuple):
    """A library, the first release to look at, and what of it a table keeps.

    `by_major` reads the first and the last release of each major version, since gradio's wheels are large; otherwise
    the first of each minor version is read. Either way the newest is.
    """

    package: str
    since: Version
    by_major: bool
    keeps: Callable[[str], bool]


def _keeps_of_gradio(item: str) -> bool:
    owner, parenthesis, _ = item.partition("(")
    parts = owner.split(".")
    if parts[0] == "Blocks":
        return parts[1:] in ([], ["launch"], ["queue"], ["load"], ["integrate"])
    if len(parts) == 2:
        return (parts[0] == "components" or parts[1] in ("style", "update")) and not parenthesis
    return len(parts) == 1


def _keeps_of_hub(item: str) -> bool:
    owner, parenthesis, _ = item.partition("(")
    parts = owner.split(".")
    if len(parts) == 2 and parts[0][0].islower():
        return not parenthesis and (parts[0] == "utils" or item == "file_download.cached_download")
    return len(parts) == 1 or parts[0] in ("HfApi", "InferenceClient", "AsyncInferenceClient")


def _keeps_of_datasets(item: str) -> bool:
    parts = item.partition("(")[0].split(".")
    if len(parts) == 2 and parts[0][0].islower():
        return False
    return not any(name in parts[0] for name in ("Builder", "Info", "Config"))


LIBRARIES = {
    "gradio_removed": Library("gradio", (3, 0), True, _keeps_of_gradio),
    "datasets_removed": Library("datasets", (2, 0), False, _keeps_of_datasets),
    "huggingface_hub_removed": Library("huggingface_hub", (0, 12), False, _keeps_of_hub),
}


def removed(library: Library, folder: Path) -> tuple[str, dict[str, list[str]]]:
    """The newest version, and what it lacks: each item with the last version that has it and the first without it.

    Args:
        folder: where the wheels are kept; one that lies there already is not fetched again.

    Raises:
        subprocess.CalledProcessError: pip failed.
    """
    versions = _chosen(library, _published(library.package))
    apis = {version: read_api(library.package, _sources(library.package, version, folder)) for version in versions}
    return _written(versions[-1]), lost(apis, library.keeps)


def lost(apis: dict[Version, Api], keeps: Callable[[str], bool]) -> dict[str, list[str]]:
    """What the newest of several releases lacks although what it belonged to is still there."""
    versions = sorted(apis)
    newest = apis[versions[-1]]
    found = {}
    for item in sorted({item for api in apis.values() for item in api.public if keeps(item)}):
        if newest.has(item) or not newest.judges(item):
            continue
        have = [version for version in versions if apis[version].judges(item) and apis[version].has(item)]
        last = max(have, default=versions[-1])
        if last != versions[-1]:
            found[item] = [_written(last), _written(versions[versions.index(last) + 1])]
    return found


def _chosen(library: Library, published: Iterable[Version]) -> list[Version]:
    later = sorted(version for version in published if version >= library.since)
    depth = 1 if library.by_major else 2
    first: dict[Version, Version] = {}
    last: dict[Version, Version] = {}
    for version in later:
        first.setdefault(version[:depth], version)
        last[version[:depth]] = version
    return sorted({*first.values(), *(last.values() if library.by_major else later[-1:])})


def _published(package: str) -> list[Version]:
    """Every final release of a distribution."""
    command = [sys.executable, "-m", "pip", "index", "versions", package, "--ignore-requires-python"]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    line = next(line for line in answer.splitlines() if line.startswith("Available versions:"))
    names = line.partition(":")[2].replace(",", " ").split()
    return [tuple(int(part) for part in name.split(".")) for name in names if name.replace(".", "").isdigit()]


def _sources(package: str, version: Version, folder: Path) -> dict[str, str]:
    wheels = list(folder.glob(f"{package}-{_written(version)}-*.whl"))
    if not wheels:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        wanted = f"{package}=={_written(version)}"
        subprocess.run([*pip, "--ignore-requires-python", "--dest", folder, wanted], check=True)
        wheels = list(folder.glob(f"{package}-{_written(version)}-*.whl"))
    with zipfile.ZipFile(wheels[0]) as archive:
        return {
            name: archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if name.startswith(f"{package}/") and name.endswith(".py")
        }


def _written(version: Version) -> str:
    return ".".join(str(part) for part in version)
