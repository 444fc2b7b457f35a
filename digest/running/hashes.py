"""The hashes of files, remembered by what the file system says of them, so that what nobody wrote since is not read again.

A file's number, size and times stand for what it holds, as in git's index. Its time of change is set by the system alone; what was written
so shortly before it was read that a later change might show the same time is read again (git's "racy" entries).
"""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time_ns

from digest.files import open_file
from digest.running.freezing import freeze, thaw
from digest.running.store import Store

__all__ = ["Hashes"]

_KEY = "0" * 40
"""Where they are kept: what they say depends on no version of this program."""
_TICK = 2_000_000_000
"""Nanoseconds within which two changes may show the same time: those of the coarsest file system, FAT."""
_Seen = tuple[int, int, int, int, int]
"""A file's device, number, size, and times of writing and of change in nanoseconds."""


class Hashes:
    """SHA-256 of files; without a store nothing is remembered."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._known: dict[_Seen, bytes] | None = None
        self._asked: dict[_Seen, bytes] = {}

    def of(self, path: Path | str) -> bytes:
        """Return the SHA-256 of a plain file, or of what a link leads to.

        Raises:
            OSError: it cannot be read, or is no file.
        """
        if self._known is None:
            self._known = _read(self._store)
        seen = _seen(os.stat(path))  # noqa: PTH116 - making a path object takes longer than asking the system
        found = self._known.get(seen)
        if found is None:
            began = time_ns()
            with open_file(path) as file:
                seen = _seen(os.fstat(file.fileno()))
                found = sha256(file.read()).digest()
                lasts = _seen(os.fstat(file.fileno())) == seen
            if not lasts or max(seen[-2:]) > began - _TICK:
                return found
        self._asked[seen] = found
        return found

    def save(self) -> None:
        """Remember what was asked for since they were opened, and nothing else."""
        if self._store and self._asked and self._asked != self._known:
            self._store.write(_KEY, freeze(self._asked))


def _seen(found: os.stat_result) -> _Seen:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _read(store: Store | None) -> dict[_Seen, bytes]:
    frozen = store.read(_KEY) if store else None
    if frozen is not None:
        with suppress(ValueError):
            return dict(thaw(frozen, {}))
    return {}
