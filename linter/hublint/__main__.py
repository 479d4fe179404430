"""The command line's entry point."""

from __future__ import annotations

import gc
import os
import sys
from errno import EBADF, EIO, ENOSPC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> None:
    """Run hublint and exit: 0 clean, 1 findings, 2 where it could not do its job."""
    _forget_working_folder()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115  it stays open as long as the program runs
    gc.set_threshold(100_000)  # one run makes few cycles; collecting them costs more than they hold
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        code = _told(error)
    _end(code)


def _end(code: int) -> NoReturn:
    """End the process at once: taking the interpreter apart is a seventh of a clean run, and nothing waits for it."""
    if os.environ.get("HUBLINT_DEBUG"):  # a profiler wants to write what it saw
        sys.exit(code)
    try:
        sys.stderr.flush()
    except (OSError, ValueError):
        pass
    finally:
        os._exit(code)


def _told(error: Exception) -> int:
    """Say in one sentence what went wrong; the exit code."""
    from hublint.errors import UnheardError

    if isinstance(error, (UnheardError, BrokenPipeError)):
        return 2
    if isinstance(error, OSError) and error.errno in (EBADF, EIO, ENOSPC) and not error.filename:
        _complain(f"standard output cannot be written: {error.strerror}")
        return 2
    if os.environ.get("HUBLINT_DEBUG"):
        raise error
    what = f"internal error: {type(error).__name__}: {error}; HUBLINT_DEBUG=1 shows where"
    _complain(what if _has_working_folder() else "the working folder no longer exists")
    return 2


def _complain(message: str) -> None:
    from hublint.reporters.door import complain

    complain(message)


def _forget_working_folder() -> None:
    """`python -m hublint` looks for modules in the working folder first, which may be the repository that is linted."""
    if sys.path[:1] == [""] or (_has_working_folder() and sys.path[:1] == [os.getcwd()]):
        del sys.path[0]


def _has_working_folder() -> bool:
    try:
        return bool(os.getcwd())
    except OSError:
        return False


def _run(arguments: list[str]) -> int:
    """`hublint check PATH ...` has no options to parse: click, a third of such a run's time, stays unimported."""
    if arguments[:1] == ["check"] and not any(argument.startswith("-") for argument in arguments):
        from hublint.cli.checking import Request, perform
        from hublint.errors import UsageError

        try:
            return perform(Request(tuple(arguments[1:])))
        except UsageError as error:
            _complain(str(error))
            return 2
    from hublint.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    main()
