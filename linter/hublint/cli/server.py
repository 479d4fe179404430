"""`hublint server`: the language server, for editors."""

from __future__ import annotations

import os
import sys

import click

from hublint.errors import UsageError


@click.command()
@click.option("--check", is_flag=True, help="Only see whether it could start: exit code 0 or 2.")
def server(check: bool) -> None:
    """Serve an editor over standard input and output, by the Language Server Protocol.

    Needs the extra `lsp`: `pip install 'hublint[lsp]'`.
    """
    try:
        import lsprotocol  # noqa: F401
        import pygls  # noqa: F401
    except ImportError:
        raise UsageError("the language server needs pygls: pip install 'hublint[lsp]'") from None
    if check:
        return
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("the language server talks over standard input and output, and one of them is closed")
    from hublint.server.serving import run

    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints beside the protocol
    run(sys.stdin.buffer, channel)
