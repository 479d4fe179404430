"""The corpus of real repositories: found by HUBLINT_CORPUS, unpacked once, each sample a Repository.

As a script it prints what the rules say about it:
    python tests/corpus.py [--kind space] [--id SUBSTRING] [--statistics] [hublint check options]
"""

from __future__ import annotations

import os
import sys
import tarfile
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree, ListedTree

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
KINDS = {"spaces": "space", "models": "model", "datasets": "dataset"}
_NOT_FILES = ("LISTING.tsv", "LFS.tsv")


class Sample(NamedTuple):
    """One sample: its group (`spaces`, `models`, `datasets`, `not-hub`), its id and its folder."""

    group: str
    id: str
    folder: Path

    def tree(self) -> ListedTree:
        """Files that are listed but not there are known by path and size only."""
        return ListedTree(
            _listing(self.folder / "LISTING.tsv"), FolderTree(str(self.folder), hidden=frozenset(_NOT_FILES))
        )

    def repository(self) -> Repository:
        """The sample as a repository of its group's kind."""
        return Repository(self.tree(), KINDS[self.group], "corpus", self.id)  # type: ignore[arg-type]


@cache
def folder() -> Path | None:
    """The unpacked corpus, None where there is none."""
    place = Path(os.environ.get("HUBLINT_CORPUS", ROOT.parent / "shared" / "corpus" / "corpus.tar.xz"))
    if place.is_dir():
        return place
    if not place.is_file():
        return None
    cached = Path.home() / ".cache" / "hublint-tests" / f"corpus-{place.stat().st_size}"
    if not cached.is_dir():
        cached.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cached.parent) as temporary:
            with tarfile.open(place) as archive:
                archive.extractall(temporary, filter="data")
            with suppress(OSError):  # another process was as quick
                Path(temporary).rename(cached)
                Path(temporary).mkdir()
    return cached


def samples(*groups: str) -> Iterator[Sample]:
    """Every sample of those groups, or of all; none where there is no corpus."""
    root = folder()
    for group in groups or ("spaces", "models", "datasets", "not-hub"):
        for place in sorted((root / group).iterdir()) if root else ():
            yield Sample(group, place.name, place)


def _listing(path: Path) -> dict[str, int]:
    sizes = {}
    for line in path.read_text("utf-8", "surrogateescape").splitlines():
        name, _, size = line.rpartition("\t")
        if name:
            sizes[_unquoted(name)] = int(size) if size.lstrip("-").isdigit() else -1
    return sizes


def _unquoted(name: str) -> str:
    """Git writes unusual names in quotes, with octal escapes."""
    if not (name.startswith('"') and name.endswith('"')):
        return name
    return name[1:-1].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "surrogateescape")


def main(arguments: list[str]) -> None:
    """Print every finding over the corpus."""
    from hublint.engine import config as configuration
    from hublint.engine.check import Settings, check
    from hublint.engine.report import Checked, Report
    from hublint.reporters import concise, statistics
    from hublint.reporters.style import Style

    options: dict[str, str] = {}
    while arguments:
        key = arguments.pop(0).removeprefix("--")
        options[key] = "yes" if key == "statistics" else arguments.pop(0)
    config = configuration.Config(
        select=tuple(options.get("select", "").split(",")) if options.get("select") else (),
        profile=options.get("profile", "recommended"),
    )
    settings = Settings.of(config)
    checked = []
    for sample in samples(*([f"{options['kind']}s"] if "kind" in options else KINDS)):
        if options.get("id", "") in sample.id:
            repository = sample.repository()
            result = check(repository, settings)
            checked.append(Checked(f"{sample.group}/{sample.id}/", repository.kind, "corpus", "", result))
            for crash in result.crashes:
                print(f"CRASH {sample.group}/{sample.id} {crash.code} {crash.error}")
    render = statistics.render if "statistics" in options else concise.render
    sys.stdout.write(render(Report(checked), Style()))


if __name__ == "__main__":
    main(sys.argv[1:])
