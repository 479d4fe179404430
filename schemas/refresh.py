"""Bring the reference tables, the enums in the schemas and the compiled checks up to date.

    python schemas/refresh.py            fetch from npm and PyPI (needs Node and the network), then do the rest
    python schemas/refresh.py --all      all that follows, an hour; not gradio_starts, which clean environments tell
    python schemas/refresh.py --removed  as well read what gradio, datasets and huggingface_hub lost (over 100 wheels)
    python schemas/refresh.py --modules  as well read which distributions give and need what (needs git)
    python schemas/refresh.py --debian   as well read what each Debian release lost (27 MB from Debian's mirror)
    python schemas/refresh.py --packages as well ask PyPI which names it lacks and for which Pythons releases are
    python schemas/refresh.py --python   as well read what Python's modules gained and lost (two wheels of mypy)
    python schemas/refresh.py --history  as well read since when the Hub's pages name a key (a clone with its history)
    python schemas/refresh.py --offline  only merge upstream/ and patches/ again and compile

Needs fastjsonschema. Prints what changed; a run that changes nothing prints nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping

from refreshing import checks, enums, registries, tables

MORE = {
    "removed": (registries.refresh_removed, "fetch the releases for the tables of removed API"),
    "modules": (registries.refresh_modules, "fetch the lock files for the tables of distributions"),
    "debian": (registries.refresh_debian, "fetch the package lists for the table of Debian"),
    "packages": (registries.refresh_packages, "ask PyPI for the table of packages"),
    "python": (registries.refresh_standard_library, "fetch the stubs for the table of Python's modules"),
    "history": (registries.refresh_documented, "read the history of the Hub's pages"),
}


def fetched(wanted: Mapping[str, Callable[[], list[str]]]) -> tuple[list[str], list[str]]:
    """What was brought up to date, and a sentence for each that could not be fetched and stays as it is."""
    changes, failures = [], []
    for name, fetch in wanted.items():
        try:
            changes += fetch()
        except (OSError, subprocess.SubprocessError) as error:
            failures.append(f"{name} could not be fetched and stays as it is: {error}")
    return changes, failures


def main() -> int:
    """Run the command: 1 where something could not be fetched."""
    parser = argparse.ArgumentParser(description="bring tables, schemas and compiled checks up to date")
    parser.add_argument("--offline", action="store_true", help="fetch nothing, use upstream/ as it is")
    parser.add_argument("--all", action="store_true", help="fetch everything")
    for name, (_, what) in MORE.items():
        parser.add_argument(f"--{name}", action="store_true", help=what)
    arguments = parser.parse_args()
    more = {name: fetch for name, (fetch, _) in MORE.items() if arguments.all or getattr(arguments, name)}
    changes, failures = fetched({} if arguments.offline else {"what npm and PyPI have": registries.refresh, **more})
    for line in changes + tables.refresh() + enums.refresh() + checks.refresh():
        print(line)
    for line in failures:
        print(f"refresh.py: {line}", file=sys.stderr)
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
