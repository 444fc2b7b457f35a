"""A content-addressed store: results of stages as plain files, each under the hash of all that it was made from.

Plain files, and no database: a file is written beside its place and moved, so any number of processes and machines may write to one folder
at a time, also over a network, where SQLite's locks cannot be trusted; two of them that make the same result write the same bytes. Each
file begins with the hash of what follows. One that does not is as good as none, and is made again. So a store may be deleted, copied,
joined with another one or restored at any time.
"""

import os
import shutil
import stat
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import time

from digest.files import read_file

__all__ = ["Store"]

_TAG = "CACHEDIR.TAG"
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55\n# Results that digest keeps; they may be deleted at any time.\n"
"""Marks the folder as ours and as a cache, which backups leave out (bford.info/cachedir)."""
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

    def path(self, key: str) -> str:
        """Return where the result of a key stands, a hexadecimal number: as text, of which much is asked."""
        return f"{self.folder}/{key[:2]}/{key[2:]}"

    def read(self, key: str) -> bytes | None:
        """Return the result of a key; None where there is none that is whole."""
        try:
            found = read_file(self.path(key), linked=False)
        except OSError:
            return None
        content = found[_CHECK:]
        if found[:_CHECK] != _check(content):
            return None
        self.touch(key)
        return content

    def touch(self, key: str) -> bool:
        """Let the result of a key count as asked for, and return whether there is one, whole or not."""
        path = self.path(key)
        try:
            found = os.stat(path)  # noqa: PTH116 - making a path object takes longer than asking the system
        except OSError:
            return False
        if time() - found.st_mtime > _FRESH:
            with suppress(OSError):
                os.utime(path)
        return stat.S_ISREG(found.st_mode)

    def write(self, key: str, content: bytes) -> None:
        """Keep a result; where it cannot be kept it is made again another time."""
        _put(Path(self.path(key)), _check(content) + content)

    @property
    def is_ours(self) -> bool:
        """Whether the folder is a store: nothing else of this name is ever read, written or emptied."""
        try:
            return read_file(self.folder / _TAG, len(_SIGNATURE), linked=False) == _SIGNATURE
        except OSError:
            return False

    def claim(self) -> bool:
        """Make the folder a store if nothing is there, and return whether it is one."""
        if not self.is_ours and not any(self.folder.glob("*")):
            _put(self.folder / _TAG, _SIGNATURE)
        return self.is_ours

    def prune(self) -> None:
        """Forget what nobody has asked for in a month; once a day is enough to look."""
        tag, now = self.folder / _TAG, time()
        with suppress(OSError):
            if not self.is_ours or abs(now - tag.stat().st_mtime) < _FRESH:
                return
            os.utime(tag)
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                if path.stat().st_mtime < now - _AGE:
                    path.unlink()

    def clear(self) -> None:
        """Forget everything."""
        if self.is_ours:
            shutil.rmtree(self.folder, ignore_errors=True)


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, whoever else writes it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _check(content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK).digest()
