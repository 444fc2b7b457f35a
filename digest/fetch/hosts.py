"""One request at a time to a host, with a pause between two, and none to one that asked to be left alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic, sleep

__all__ = ["Hosts"]


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    free: float = 0.0
    """When the next request may begin, on the clock of `monotonic`."""


@dataclass(slots=True)
class Hosts:
    """What is known of the hosts of a run; threads share it."""

    pause: float
    """Seconds between two requests to a host, at least."""
    wait: Callable[[float], None] = sleep
    _known: dict[str, _Host] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def turn(self, host: str, pause: float | None = None) -> Iterator[None]:
        """Wait for a host's turn, and give the next one its pause; `pause` is what the host asks for, where that is more."""
        with self._lock:
            known = self._known.setdefault(host, _Host())
        with known.lock:
            if (left := known.free - monotonic()) > 0:
                self.wait(left)
            try:
                yield
            finally:
                known.free = monotonic() + max(self.pause, pause or 0)
