"""Read files that strangers may have named: only plain ones, never more than a limit, and never a wait for a pipe."""

import errno
import os
import stat
from pathlib import Path

__all__ = ["read_file"]

_PLAIN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How files are opened; Windows knows other ways than other systems."""


def read_file(path: Path, limit: int | None = None, *, linked: bool = True) -> bytes:
    """Return the bytes of a plain file; one more than the limit where it is larger. A link counts as what it leads to, if it may.

    Raises:
        OSError: it cannot be read, is a link that may not be, or is no file: a pipe, a device, a folder.
    """
    handle = os.open(path, _PLAIN if linked else _PLAIN | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a plain file", str(path))
        return file.read(-1 if limit is None else limit + 1)
