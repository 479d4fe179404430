"""The command line's entry point."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run hublint and exit: 0 clean, 1 findings, 2 where it could not do its job."""
    from hublint.cli import run

    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        if os.environ.get("HUBLINT_DEBUG"):
            raise
        print(f"hublint: internal error: {type(error).__name__}: {error}; HUBLINT_DEBUG=1 shows where", file=sys.stderr)
        code = 2
    sys.exit(code)


if __name__ == "__main__":
    main()
