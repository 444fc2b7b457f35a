"""One at a time: two runs that write to one folder would spoil each other's work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.errors import BusyError

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows cannot lock a folder
    flock = None  # type: ignore[assignment]

__all__ = ["alone_in"]


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs of this program from writing to a folder meanwhile; a run that was killed keeps nobody.

    Raises:
        BusyError: one is at it.
        OSError: the folder is not there and cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if flock is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise BusyError(folder) from error
    try:
        yield
    finally:
        os.close(handle)
