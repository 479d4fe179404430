"""`hf lint`: hublint as a command of the Hub's own command line."""

from __future__ import annotations

import sys

from hublint.__main__ import main as run
from hublint.cli.main import COMMANDS

_OWN = {"--version", "-V", "--help", "-h"}


def main() -> None:
    """Run hublint: `hf lint PATH` checks, `hf lint fix PATH` and the like are hublint's commands."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    if first not in COMMANDS and first not in _OWN:
        sys.argv.insert(1, "check")
    run()
