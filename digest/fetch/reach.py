"""Connect to public addresses alone: a name is resolved once, what it means is looked at, and that very number is connected to.

Nothing that a stranger's page or feed names leads into the network of the machine that fetches (server-side request forgery, CWE-918).
"""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from ssl import SSLContext
from time import monotonic
from typing import Any

import httpcore

__all__ = ["Guard", "OverError", "Reach", "is_public"]

Reach = Callable[[str, int], bool]
"""Tells of a numeric address and a port whether they may be connected to."""

_EMBEDDED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""Networks whose last 32 bits are an IPv4 address: NAT64 (RFC 6052), and compatible ones (RFC 4291, given up)."""
_LOCAL = (IPv6Network("64:ff9b:1::/48"), IPv6Network("fec0::/10"))
"""Networks of one's own that `ipaddress` counts among the public ones: RFC 8215, RFC 3879."""


def is_public(address: str, port: int) -> bool:  # noqa: ARG001 - any port of a public machine is public
    """Return whether a numeric address belongs to the public internet, whatever form it is written in."""
    plain = _plain(ip_address(address.partition("%")[0]))
    return plain.is_global and not plain.is_multicast and not any(plain in network for network in _LOCAL)


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address within an IPv6 address that leads to one."""
    if isinstance(address, IPv4Address):
        return address
    within = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if within is None and any(address in network for network in _EMBEDDED):
        within = IPv4Address(int(address) & 0xFFFFFFFF)
    return within or address


class OverError(Exception):
    """The time of a whole request is over."""


class Guard(httpcore.NetworkBackend):
    """Opens the connections of one request, as far as they may be, within its time."""

    def __init__(self, reach: Reach, seconds: float) -> None:
        self._reach = reach
        self._end = monotonic() + seconds
        self._backend = httpcore.SyncBackend()

    @contextmanager
    def step(self, timeout: float | None = None) -> Iterator[float]:
        """Give the seconds that a step may take.

        Raises:
            OverError: the time is over.
        """
        if (left := self._end - monotonic()) <= 0:
            raise OverError
        try:
            yield left if timeout is None else min(left, timeout)
        except httpcore.TimeoutException as error:
            if self._end <= monotonic():
                raise OverError from error
            raise

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        """Connect to the first public address of a name.

        Raises:
            httpcore.ConnectError: it has none.
        """
        number = self._resolve(host, port)
        with self.step(timeout) as seconds:
            return _Timed(self._backend.connect_tcp(number, port, seconds, local_address, socket_options), self)

    def _resolve(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("no such host") from error
        numbers = [str(place[0]) for *_, place in found]
        if number := next((number for number in numbers if self._reach(number, port)), None):
            return number
        raise httpcore.UnsupportedProtocol("not an address of the public internet, and no other is fetched; save the page and add the file")


class _Timed(httpcore.NetworkStream):
    """A connection of which every step ends when the time of its request does."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self._guard.step(timeout) as seconds:
            return self._stream.read(max_bytes, seconds)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self._guard.step(timeout) as seconds:
            self._stream.write(buffer, seconds)

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:
        with self._guard.step(timeout) as seconds:
            return _Timed(self._stream.start_tls(ssl_context, server_hostname, seconds), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
