"""What stages that go through time remember of earlier runs, by keys of theirs (`steps.Memory`): it stands in the store."""

from contextlib import suppress
from typing import Any

from digest.running.freezing import freeze, thaw
from digest.running.runner import Runner

__all__ = ["Kept"]


class Kept:
    """Values by keys that name all that they were made from; without a store nothing is remembered."""

    def __init__(self, stage: str, runner: Runner) -> None:
        self._stage, self._runner = stage, runner
        self._found: dict[bytes, Any] = {}

    def _key(self, key: bytes) -> str:
        return self._runner.keys.of(self._stage, self._runner.program, key)

    def __contains__(self, key: object, /) -> bool:
        """Return whether the value of a key is there and whole."""
        if key not in self._found and self._runner.store and isinstance(key, bytes):
            frozen = self._runner.store.read(self._key(key))
            if frozen is not None:
                with suppress(ValueError):
                    self._found[key] = thaw(frozen, {})
        return key in self._found

    def __getitem__(self, key: bytes, /) -> Any:
        """Return the value of a key that is there."""
        return self._found[key]

    def __setitem__(self, key: bytes, value: Any, /) -> None:
        """Keep a value."""
        if self._runner.store:
            self._runner.store.write(self._key(key), freeze(value))
