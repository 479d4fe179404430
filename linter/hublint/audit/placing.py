"""Files that take their place in one step, when all is in them."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from tempfile import mkstemp
from typing import TYPE_CHECKING

from hublint.engine.writing import usual_mode
from hublint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


@contextmanager
def replacing(path: str) -> Iterator[BinaryIO]:
    """A new file that takes the place of one when it is whole, else nothing is left of it.

    Raises:
        UsageError: it cannot be written.
    """
    temporary = ""
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    try:
        if os.path.lexists(target) and not os.path.isfile(target):
            raise UsageError(f"{path}: is not a file, so nothing is written there")
        os.makedirs(folder, exist_ok=True)
        descriptor, temporary = mkstemp(prefix=f"{name}.", dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            if not file.closed:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, os.stat(target).st_mode & 0o777 if os.path.exists(target) else usual_mode())
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
