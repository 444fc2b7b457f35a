"""Short facts by key, all in one file of the store: what is small and asked for often need not be a file of its own."""

from collections.abc import Hashable
from contextlib import suppress
from typing import Any

from digest.running.freezing import freeze, thaw
from digest.running.store import Store

__all__ = ["Memo"]


class Memo:
    """Facts that are remembered between runs: those that were asked for or noted in the last one. Without a store none is."""

    def __init__(self, store: Store | None = None, number: int = 0) -> None:
        """Open those of a number, which no other facts in the store have."""
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

    def save(self) -> None:
        """Remember what was asked for or noted since it was opened, and nothing else."""
        if self._store and self._asked and self._asked != self._known:
            self._store.write(self._key, freeze(self._asked))

    def _read(self) -> dict[Hashable, Any]:
        frozen = self._store.read(self._key) if self._store else None
        if frozen is not None:
            with suppress(ValueError, TypeError):
                return dict(thaw(frozen, {}))
        return {}
