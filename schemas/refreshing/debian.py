"""Which packages of a Debian release the next ones no longer have, from the package lists of Debian's own mirror."""

from __future__ import annotations

import lzma
import re
import subprocess
import urllib.request
from typing import Any

RELEASES = ("bullseye", "bookworm", "trixie")
LIST = "{mirror}/dists/{release}/main/binary-amd64/Packages.xz"
# Families that nobody installs by hand into an image; they would be most of the table.
_SKIPPED = re.compile(
    r"(?:librust|golang|node|libghc|haskell|r-cran|r-bioc|fonts|elpa|libjs|linux|texlive|task|gir1|php-|ruby-|gnome-|kde"
    r"|plasma|xfce|mate|cinnamon|xserver|libkf5|libkf6|emacs|myspell|hunspell|aspell|debian-|uim-|ibus-|vdr-|librte-"
    r"|lib32|lib64|libx32|libn32|lib\w+-ocaml|qml-module|apertium|lib[\w-]+-(?:java|perl|clojure)$).*"
    r"|.*-(?:cross|dbg|dbgsym|docs?|udeb|l10n-.*|locale-.*|examples|tests?|plugins?-.*|linux-gnu\w*)(?:-.*)?"
)


def gone() -> dict[str, Any]:
    """For each release but the first, what earlier ones had and it lacks, also as the name of one other package.

    Raises:
        OSError: the mirror cannot be reached.
        subprocess.CalledProcessError: apt failed; this machine is not a Debian.
    """
    lists = {release: _names(release) for release in RELEASES}
    found = {}
    for place, release in enumerate(RELEASES[1:], 1):
        earlier = set().union(*(lists[other][0] for other in RELEASES[:place]))
        packages, providers = lists[release]
        kept = packages | {name for name, by in providers.items() if by}
        found[release] = " ".join(sorted(name for name in earlier - kept if not _SKIPPED.fullmatch(name)))
    return found


def _names(release: str) -> tuple[set[str], dict[str, set[str]]]:
    """A release's packages, and for each virtual one the packages that provide it."""
    with urllib.request.urlopen(LIST.format(mirror=_mirror(), release=release), timeout=300) as answer:
        text = lzma.decompress(answer.read()).decode("utf-8")
    packages: set[str] = set()
    providers: dict[str, set[str]] = {}
    package = ""
    for line in text.splitlines():
        key, _, value = line.partition(": ")
        if key == "Package":
            package = value
            packages.add(package)
        elif key == "Provides":
            for name in value.split(","):
                providers.setdefault(re.split(r"[\s(:]", name.strip())[0], set()).add(package)
    return packages, providers


def _mirror() -> str:
    """The mirror of Debian that apt is set up with."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return next(line.rstrip("/") for line in done.stdout.split() if line.rstrip("/").endswith("/debian"))
