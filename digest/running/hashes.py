"""The hashes of files, remembered by what the file system says of them, so that what nobody wrote since is not read again.

A file's number, size and times stand for what it holds, as in git's index: the time of its last writing, and that of any change, which the
system alone sets. What was written so shortly before it was read that a later writing might show the same time is read again (git's "racy"
entries).
"""

import os
from hashlib import sha256
from pathlib import Path
from time import time_ns

from digest.files import open_file, walk
from digest.running.memo import HASHES, Memo
from digest.running.store import Store

__all__ = ["Hashes"]

_TICK = 2_000_000_000
"""Nanoseconds within which two changes may show the same time: those of the coarsest file system, FAT."""
_Seen = tuple[int, int, int, int, int]
"""A file's device, number, size, and times of writing and of change in nanoseconds."""


class Hashes:
    """SHA-256 of files; without a store nothing is remembered. What is remembered holds for any version of this program."""

    def __init__(self, store: Store | None = None) -> None:
        self._memo, self._remembers = Memo(store, HASHES), store is not None
        self._trusted: dict[tuple[int, ...], tuple[int, bytes]] = {}
        """By all that the system says of a file but when it changed: when it did, and its hash."""

    def of(self, path: Path | str, *, renamed: bool = False) -> bytes:
        """Return the SHA-256 of a plain file, or of what a link leads to.

        `renamed`: names of it may have come and gone since it was trusted, which the system takes for a change.

        Raises:
            OSError: it cannot be read, or is no file.
        """
        seen = _seen(os.stat(path))  # noqa: PTH116 - making a path object takes longer than asking the system
        changed, trusted = self._trusted.get(seen[:-1], (0, None))
        found: bytes | None = self._memo.get(seen) or (trusted if renamed or changed == seen[-1] else None)
        if found is None:
            with open_file(path) as file:
                seen = _seen(os.fstat(file.fileno()))
                found = sha256(file.read()).digest()
                if _seen(os.fstat(file.fileno())) != seen:
                    return found
        if seen[-2] < time_ns() - _TICK:
            self._memo.note(seen, found)
        return found

    def all_of(self, folder: Path, *, renamed: bool = False) -> dict[str, bytes]:
        """Return the SHA-256 of each file in a folder and in those in it, by its path from there, as `walk` tells them.

        Raises:
            OSError: one cannot be read.
        """
        return {name: self.of(path, renamed=renamed) for name, path in walk(folder)}

    def trust(self, path: Path | str, found: bytes) -> None:
        """Take this for the hash of a file as long as nobody writes it in this run."""
        if self._remembers:
            *seen, changed = _seen(os.stat(path))  # noqa: PTH116
            self._trusted[tuple(seen)] = changed, found

    def save(self, *, whole: bool = True) -> None:
        """Remember what was asked for since they were opened; where not the `whole` run was carried out, all else too."""
        self._memo.save(whole=whole)


def _seen(found: os.stat_result) -> _Seen:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
