"""Carry httpx's requests over connections that a guard opened."""

from collections.abc import Iterator
from ssl import SSLContext

import httpcore
import httpx

from digest.fetch.reach import Guard

__all__ = ["Transport"]


class _Body(httpx.SyncByteStream):
    """The body of an answer, as httpx reads it."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class Transport(httpx.BaseTransport):
    """httpx's own transport, but for who connects: that one has no place for a network backend."""

    def __init__(self, guard: Guard, tls: SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=guard, max_connections=1)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Make a request; errors are httpcore's."""
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        asked = httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()
