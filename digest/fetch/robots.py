"""What hosts allow programs like this one to fetch: robots.txt (RFC 9309)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from protego import Protego

from digest.errors import FetchError

if TYPE_CHECKING:
    import httpx

    from digest.fetch.web import Answer

__all__ = ["Robots", "Rules"]

_LONGEST_DELAY = 30.0
"""Seconds; a host that asks for more gets a request as seldom as this."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host asks for."""

    agent: str
    read: Protego | None
    """None where everything is allowed."""
    missing: FetchError | None = None
    """Why they are not known, so that nothing is allowed."""

    def check(self, place: str, url: str) -> None:
        """Refuse a place that may not be fetched; `url` is where the way to it began.

        Raises:
            FetchError: it may not.
        """
        if self.missing and self.missing.again:
            raise FetchError(url, f"not fetched, since its robots.txt was not: {self.missing.problem}", again=True)
        if self.missing:
            raise FetchError(url, self.missing.problem)
        if self.read and not self.read.can_fetch(place, self.agent):
            raise FetchError(url, "robots.txt asks not to fetch it")

    @property
    def delay(self) -> float | None:
        """Seconds between two requests, where the host asks for some."""
        found = self.read.crawl_delay(self.agent) if self.read else None
        return min(float(found), _LONGEST_DELAY) if found else None


@dataclass(slots=True)
class Robots:
    """The rules of the hosts of a run, each asked for once."""

    agent: str
    get: Callable[[str], "Answer"]
    _known: dict[str, Rules] = field(default_factory=dict)
    _locks: dict[str, Lock] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, place: "httpx.URL") -> Rules:
        """Return the rules of an address' host."""
        origin = f"{place.scheme}://{place.netloc.decode('ascii')}"
        with self._lock:
            lock = self._locks.setdefault(origin, Lock())
        with lock:
            if origin not in self._known:
                self._known[origin] = self._asked(f"{origin}/robots.txt")
            return self._known[origin]

    def _asked(self, url: str) -> Rules:
        """Ask for rules: none where the file is not there; where the server fails nothing is allowed (RFC 9309, 2.3.1)."""
        try:
            body = self.get(url).body
        except FetchError as error:
            gone = error.status is not None and 400 <= error.status < 500 and not error.again
            return Rules(self.agent, None, None if gone else error)
        return Rules(self.agent, _parsed(body))


def _parsed(body: bytes) -> Any:
    try:
        return Protego.parse(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
