"""Read files that strangers may have named: only plain ones, never more than a limit, and never a wait for a pipe."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

__all__ = ["open_file", "read_file", "scan", "walk"]

_PLAIN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How files are opened; Windows knows other ways than other systems."""


def read_file(path: Path | str, limit: int | None = None, *, linked: bool = True) -> bytes:
    """Return the bytes of a plain file; one more than the limit where it is larger. A link counts as what it leads to, if it may.

    Raises:
        OSError: it cannot be read, is a link that may not be, or is no file: a pipe, a device, a folder.
    """
    with open_file(path, linked=linked) as file:
        return file.read(-1 if limit is None else limit + 1)


@contextmanager
def open_file(path: Path | str, *, linked: bool = True) -> Iterator[BinaryIO]:
    """Open a plain file to read it. A link counts as what it leads to, if it may.

    Raises:
        OSError: it cannot be read, is a link that may not be, or is no file: a pipe, a device, a folder.
    """
    handle = os.open(path, _PLAIN if linked else _PLAIN | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a plain file", str(path))
        yield file


def walk(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each file in a folder and in those in it, links to files among them: its path from the folder, with slashes, and its path.

    A folder that is not there or cannot be read has none; one that a link leads to is not entered.
    """
    return ((name, entry.path) for name, entry in scan(folder) if _is_file(entry))


def scan(folder: Path) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield all that is no folder in a folder and in those in it, with its path from there: links to folders, pipes and devices too."""
    waiting = [("", os.fspath(folder))]
    while waiting:
        inner, place = waiting.pop()
        with suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{inner}{entry.name}/", entry.path))
                else:
                    yield inner + entry.name, entry


def _is_file(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False
