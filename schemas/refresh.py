"""Bring the reference tables, the enums in the schemas and the compiled checks up to date.

    python schemas/refresh.py            fetch from npm and PyPI (needs Node and the network), then do the rest
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

from refreshing import checks, enums, registries, tables


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="bring tables, schemas and compiled checks up to date")
    parser.add_argument("--offline", action="store_true", help="fetch nothing, use upstream/ as it is")
    parser.add_argument("--removed", action="store_true", help="fetch the releases for the tables of removed API")
    parser.add_argument("--modules", action="store_true", help="fetch the lock files for the tables of distributions")
    parser.add_argument("--debian", action="store_true", help="fetch the package lists for the table of Debian")
    parser.add_argument("--packages", action="store_true", help="ask PyPI for the table of packages")
    parser.add_argument("--python", action="store_true", help="fetch the stubs for the table of Python's modules")
    parser.add_argument("--history", action="store_true", help="read the history of the Hub's pages")
    arguments = parser.parse_args()
    changes = [] if arguments.offline else registries.refresh()
    if arguments.removed and not arguments.offline:
        changes += registries.refresh_removed()
    if arguments.modules and not arguments.offline:
        changes += registries.refresh_modules()
    if arguments.debian and not arguments.offline:
        changes += registries.refresh_debian()
    if arguments.packages and not arguments.offline:
        changes += registries.refresh_packages()
    if arguments.python and not arguments.offline:
        changes += registries.refresh_standard_library()
    if arguments.history and not arguments.offline:
        changes += registries.refresh_documented()
    for line in changes + tables.refresh() + enums.refresh() + checks.refresh():
        print(line)


if __name__ == "__main__":
    main()
