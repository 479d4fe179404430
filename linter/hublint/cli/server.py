"""`hublint server`: the language server, for editors."""

from __future__ import annotations

import os
import sys

import click

from hublint.errors import UsageError


@click.command()
def server() -> None:
    """Serve an editor over standard input and output, by the Language Server Protocol.

    Needs the extra `lsp`: `pip install 'hublint[lsp]'`.
    """
    try:
        from hublint.server.lean import import_types

        import_types()
        from hublint.server.serving import run
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "attrs", "attr", "cattrs"):
            raise
        raise UsageError("the language server needs pygls: pip install 'hublint[lsp]'") from None
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("the language server talks over standard input and output, and one of them is closed")
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints beside the protocol
    run(sys.stdin.buffer, channel)
