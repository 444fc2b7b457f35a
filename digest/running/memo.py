"""Short facts by key, all in one file of the store: what is small and asked for often need not be a file of its own."""

from collections.abc import Hashable
from contextlib import suppress
from typing import Any

from digest.running.freezing import freeze, thaw
from digest.running.store import Store

__all__ = ["HASHES", "NOTES", "Memo"]

HASHES, NOTES = 1, 2
"""The numbers of the memos of a store: hashes of files, notes of results."""


class Memo:
    """Facts that are remembered between runs: those that were asked for or noted in the last one. Without a store none is."""

    def __init__(self, store: Store | None, number: int) -> None:
        self._store, self._key = store, f"{number:040}"
        self._known: dict[Hashable, Any] | None = None
        self._asked: dict[Hashable, Any] = {}

    def get(self, key: Hashable) -> Any:
        """Return what is noted under a key; None where nothing is."""
        if self._known is None:
            self._known = self._read()
        found = self._asked.get(key, self._known.get(key))
        if found is not None:
            self._asked[key] = found
        return found

    def note(self, key: Hashable, found: Any) -> None:
        """Note something under a key."""
        if self._store:
            self._asked[key] = found

    def save(self, *, whole: bool = True) -> None:
        """Remember what was asked for or noted since it was opened; where not the `whole` run was carried out, all else too."""
        found = self._asked if whole else {**(self._known or {}), **self._asked}
        if self._store and self._asked and found != self._known:
            self._store.write(self._key, freeze(found))

    def _read(self) -> dict[Hashable, Any]:
        frozen = self._store.read(self._key) if self._store else None
        if frozen is not None:
            with suppress(ValueError, TypeError):
                return dict(thaw(frozen, {}))
        return {}
