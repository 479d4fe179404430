"""Files that take their place in one step, when all is in them."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from hublint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def placed(path: str) -> Iterator[str]:
    """The name of an empty file beside `path`, which takes its place at the end; is gone where that is not reached.

    Raises:
        UsageError: it cannot be written.
    """
    from tempfile import mkstemp

    target = os.path.realpath(path)
    temporary = ""
    try:
        if os.path.lexists(target) and not os.path.isfile(target):
            raise UsageError(f"{path}: is not a file, so nothing is written there")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        descriptor, temporary = mkstemp(prefix=f"{os.path.basename(target)}.", dir=os.path.dirname(target))
        os.close(descriptor)
        yield temporary
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
        temporary = ""
    except (FileExistsError, NotADirectoryError):
        raise UsageError(f"{path}: `{os.path.dirname(path)}` is not a folder") from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


def _mode(target: str) -> int:
    """The mode of the file that is replaced, else what a new file has."""
    try:
        return os.stat(target).st_mode & 0o777
    except OSError:
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask
