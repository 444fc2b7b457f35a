"""Get pages and feeds politely and safely: robots.txt, one request at a time, public addresses, and an end to everything."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Lock
from time import monotonic, sleep, time

import httpcore
import httpx
import stamina

from digest import __version__
from digest.errors import FetchError, SettingsError
from digest.fetch.decoding import BadEncodingError, decoded
from digest.fetch.hosts import Hosts
from digest.fetch.reach import Guard, OverError, Reach, is_public
from digest.fetch.robots import Robots
from digest.fetch.transport import Transport
from digest.settings import Settings, is_address

__all__ = ["MAX_BYTES", "Answer", "Limits", "Web", "agent_of", "open_web"]

MAX_BYTES = 2_000_000
"""An answer is at most as large as this, packed and unpacked: an article is text."""
_REDIRECTS = 5
_LONGEST_ADDRESS = 2_000
_STEP = 15.0
"""Seconds without a byte after which a server counts as dead."""
_PATIENCE = 60.0
"""Seconds that a server may ask to wait for (`Retry-After`) within a run."""
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_FOR_GOOD = frozenset({301, 308})
_TROUBLE = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError,
            httpcore.UnsupportedProtocol, httpcore.ConnectionNotAvailable, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server gave for an address."""

    url: str
    """Where it was found, after redirects."""
    status: int
    """200, or 304 where it is as it was."""
    body: bytes = b""
    media: str = ""
    """Its media type, such as `text/html`."""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    """Its new address, where the server says that it moved for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how often a run tries."""

    seconds: float = 45.0
    """For a page with everything: name, redirects, headers, text."""
    attempts: int = 3
    pause: float = 1.0
    """Seconds between two requests to a host, at least."""
    first_wait: float = 1.0
    """Seconds before the second attempt; it doubles, and is drawn a little at random."""


class _TryAgainError(Exception):
    """A server may answer better a little later."""

    def __init__(self, problem: FetchError, wait: float = 0) -> None:
        self.problem = problem
        self.wait = wait
        super().__init__(str(problem))


def _wait_of(error: Exception) -> bool | float:
    """Return how long to wait before the next attempt: as a server asks for, or as is usual; not at all for good."""
    return isinstance(error, _TryAgainError) and (error.wait or True)


@dataclass(slots=True)
class Web:
    """The web as one run sees it; threads share it.

    `reach` tells which numeric addresses may be connected to. It is no setting: only tests have an answer of their own.
    """

    agent: str
    limits: Limits = Limits()
    reach: Reach = is_public
    wait: Callable[[float], None] = sleep
    _robots: Robots = field(init=False)
    _hosts: Hosts = field(init=False)
    _tls: ssl.SSLContext | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        stamina.instrumentation.set_on_retry_hooks(())  # what failed in the end is told, once
        self._robots = Robots(self.agent, self._rules)
        self._hosts = Hosts(self.limits.pause, self.wait)

    def get(self, url: str, *, limit: int = MAX_BYTES, etag: str | None = None, modified: str | None = None) -> Answer:
        """Get a page; with `etag` or `modified` only if it is another than it was.

        Raises:
            FetchError: it is not to be had.
        """
        asked = {key: value for key, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        return self._tried(url, limit, asked, obey=True)

    def _rules(self, url: str) -> Answer:
        return self._tried(url, 512_000, {}, obey=False)

    def _tried(self, url: str, limit: int, asked: Mapping[str, str], *, obey: bool) -> Answer:
        """Get an address, again where the server may answer better a little later."""
        try:
            for attempt in stamina.retry_context(on=_wait_of, attempts=self.limits.attempts, timeout=None,
                                                 wait_initial=self.limits.first_wait):
                with attempt:
                    return self._followed(url, limit, asked, obey=obey)
        except _TryAgainError as error:
            raise error.problem from error
        raise FetchError(url, "not fetched")

    def _followed(self, url: str, limit: int, asked: Mapping[str, str], *, obey: bool) -> Answer:
        """Get an address and follow its redirects; each is looked at like the first."""
        left, place, moved = self.limits.seconds, url, True
        for _ in range(_REDIRECTS + 1):
            vetted = _vetted(place, url)
            rules = self._robots.of(vetted) if obey else None
            if rules:
                rules.check(place, url)
            with self._hosts.turn(vetted.netloc.decode("ascii"), rules.delay if rules else None):
                begun = monotonic()
                found = self._asked(vetted, url, limit, asked, Guard(self.reach, left))
            left -= monotonic() - begun
            if isinstance(found, Answer):
                return found if not moved or place == url else replace(found, moved=place)
            place, moved = found.place, moved and found.for_good
        raise FetchError(url, f"more than {_REDIRECTS} redirects")

    def _asked(self, place: httpx.URL, url: str, limit: int, asked: Mapping[str, str], guard: Guard) -> "Answer | _Redirect":
        """Make one request."""
        headers = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", "Connection": "close", **asked}
        try:
            with (httpx.Client(transport=Transport(guard, self._context()), trust_env=False, timeout=_STEP, headers=headers) as client,
                  client.stream("GET", place) as response):
                return _answer(response, url, limit, asked)
        except BadEncodingError as error:
            raise FetchError(url, str(error)) from error
        except OverError as error:
            raise FetchError(url, f"not whole within {self.limits.seconds:g} seconds", again=True) from error
        except (httpcore.TimeoutException, httpcore.NetworkError) as error:
            raise _TryAgainError(FetchError(url, _told(error), again=True)) from error
        except _TROUBLE as error:
            raise FetchError(url, _told(error)) from error

    def _context(self) -> ssl.SSLContext:
        with self._lock:
            self._tls = self._tls or httpx.create_ssl_context(trust_env=False)
            return self._tls


@dataclass(frozen=True, slots=True)
class _Redirect:
    place: str
    for_good: bool


def agent_of(contact: str) -> str:
    """Return the name under which pages are asked for: the program, and whom to write to."""
    plain = contact.removeprefix("mailto:").encode("ascii", "ignore").decode()
    return f"digest/{__version__} (+{plain})"


def open_web(settings: Settings, content: Path) -> Web:
    """Return the web as it is fetched for a digest: in the name of who answers for it.

    Raises:
        SettingsError: nobody does.
    """
    if not settings.contact:
        raise SettingsError(content / "digest.yml", "contact is missing; servers that pages are fetched from are told whom to write to")
    return Web(agent_of(settings.contact))


def _vetted(place: str, url: str) -> httpx.URL:
    """Return an address that may be asked for, as far as it tells by itself."""
    if len(place) > _LONGEST_ADDRESS:
        raise FetchError(url, f"an address of {len(place):,} characters")
    if not is_address(place):
        raise FetchError(url, f"{place[:100]!r} is no http or https address of a page")
    try:
        return httpx.URL(place)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(url, f"{place[:100]!r} is no address") from error


def _answer(response: httpx.Response, url: str, limit: int, asked: Mapping[str, str]) -> Answer | _Redirect:
    status = response.status_code
    if response.next_request is not None:
        return _Redirect(str(response.next_request.url), status in _FOR_GOOD)
    if status in _TRY_AGAIN:
        raise _later(response, url)
    etag, modified = _kept(response, "ETag"), _kept(response, "Last-Modified")
    if status == 304 and asked:
        return Answer(url=str(response.url), status=304, etag=etag, modified=modified)
    if status != 200:
        raise FetchError(url, f"the server answers {status}", status=status)
    media, _, _ = response.headers.get("Content-Type", "").partition(";")
    body = decoded(_read(response, url, limit), response.headers.get("Content-Encoding", ""), limit)
    return Answer(url=str(response.url), status=200, body=body, media=media.strip().casefold(), charset=response.charset_encoding,
                  etag=etag, modified=modified)


def _kept(response: httpx.Response, name: str) -> str | None:
    """Return a header to be sent back another time; none that is too long to."""
    value = response.headers.get(name)
    return value if value and len(value) <= 300 and value.isprintable() else None


def _later(response: httpx.Response, url: str) -> Exception:
    """Return the error of a server that cannot answer now; one that asks for more patience than a run has is left alone."""
    status, wait = response.status_code, _seconds(response.headers.get("Retry-After"))
    if wait > _PATIENCE:
        return FetchError(url, f"the server answers {status} and asks to come back in {_duration(wait)}", status=status, again=True)
    return _TryAgainError(FetchError(url, f"the server answers {status}", status=status, again=True), wait)


def _seconds(stated: str | None) -> float:
    """Return the seconds that `Retry-After` asks for (RFC 9110, 10.2.3)."""
    if not stated:
        return 0
    if stated.strip().isdecimal():
        return float(stated.strip()[:12])
    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time())
    except (ValueError, OverflowError):
        return 0


def _duration(seconds: float) -> str:
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"


def _read(response: httpx.Response, url: str, limit: int) -> bytes:
    """Return the bytes of an answer, as they come; not one more than they may be."""
    stated = response.headers.get("Content-Length", "")
    if stated.isdecimal() and int(stated[:18]) > limit:
        raise FetchError(url, f"larger than {limit / 1e6:g} MB")
    pieces, size = [], 0
    for piece in response.iter_raw(65_536):
        size += len(piece)
        if size > limit:
            raise FetchError(url, f"larger than {limit / 1e6:g} MB")
        pieces.append(piece)
    return b"".join(pieces)


def _told(error: Exception) -> str:
    """Return what went wrong on the way, in words for people."""
    words = str(error).splitlines()[0][:120] if str(error) else ""
    if isinstance(error, (httpx.TimeoutException, httpcore.TimeoutException)):
        return "no answer in time"
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol)):
        return words or "no address that can be asked for"
    if isinstance(error, (httpx.ProtocolError, httpcore.ProtocolError)):
        return f"no sound answer: {words}"
    return f"not reached: {words or type(error).__name__}"
