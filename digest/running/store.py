"""A content-addressed store: results of stages as plain files, each under the hash of all that it was made from.

Plain files, and no database: a file is written beside its place and moved, so any number of processes and machines may write to one folder
at a time, also over a network, where SQLite's locks cannot be trusted; two of them that make the same result write the same bytes. Each
file begins with the hash of what follows. One that does not is as good as none, and is made again. So a store may be deleted, copied,
joined with another one or restored at any time.
"""

import os
import shutil
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import time

from digest.files import read_file

__all__ = ["Store"]

_CHECK = 16
"""Bytes of the hash before each result."""
_AGE = 30 * 86_400
"""Seconds after which a result that nobody asked for goes."""
_FRESH = 86_400
"""Seconds for which a result counts as just asked for."""


class Store:
    """Results by key. Nothing in it is needed, and nothing in it is trusted that is not whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Return where the result of a key stands, a hexadecimal number."""
        return self.folder / key[:2] / key[2:]

    def __contains__(self, key: str) -> bool:
        """Return whether there is a result of a key, whole or not."""
        return self.path(key).is_file()

    def read(self, key: str) -> bytes | None:
        """Return the result of a key; None where there is none that is whole."""
        path = self.path(key)
        try:
            found = read_file(path, linked=False)
        except OSError:
            return None
        content = found[_CHECK:]
        if found[:_CHECK] != _check(content):
            return None
        with suppress(OSError):
            if time() - path.stat().st_mtime > _FRESH:
                os.utime(path)
        return content

    def write(self, key: str, content: bytes) -> None:
        """Keep a result; where it cannot be kept it is made again another time."""
        path = self.path(key)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_check(content) + content)
            os.replace(beside, path)

    def holds(self, key: str) -> bool:
        """Return whether what is written under a key can be read again: whether there is room, and leave, to keep anything."""
        self.write(key, b"kept")
        return self.read(key) == b"kept"

    def prune(self) -> None:
        """Forget what nobody has asked for in a month."""
        oldest = time() - _AGE
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def clear(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _check(content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK).digest()
