"""What stages that go through time remember of earlier runs: a mapping whose values stand in the store."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from digest.running.freezing import freeze, thaw
from digest.running.runner import Runner

__all__ = ["Kept"]


class Kept(MutableMapping[bytes, Any]):
    """Values by keys that name all that they were made from; without a store nothing is remembered."""

    def __init__(self, stage: str, runner: Runner) -> None:
        self._stage, self._runner = stage, runner
        self._found: dict[bytes, Any] = {}

    def _key(self, key: bytes) -> str:
        return self._runner.keys.of(self._stage, self._runner.program, key)

    def __getitem__(self, key: bytes) -> Any:
        if key not in self._found:
            frozen = self._runner.store.read(self._key(key)) if self._runner.store else None
            if frozen is None:
                raise KeyError(key)
            try:
                self._found[key] = thaw(frozen, {})
            except ValueError as error:
                raise KeyError(key) from error
        return self._found[key]

    def __setitem__(self, key: bytes, value: Any) -> None:
        if self._runner.store:
            self._runner.store.write(self._key(key), freeze(value))

    def __delitem__(self, key: bytes) -> None:
        raise NotImplementedError("results are kept, and go by themselves")

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    def __len__(self) -> int:
        return 0
