"""Undo the compression of an answer, as far as it may grow."""

import zlib

__all__ = ["BadEncodingError", "decoded"]

_MOST = 2
"""Encodings one on another; more is no page's."""


class BadEncodingError(ValueError):
    """An answer is not what its header says, or larger than it may be."""


def decoded(body: bytes, encodings: str, limit: int) -> bytes:
    """Return an answer without its `Content-Encoding`: a list of gzip and deflate (RFC 9110, 8.4), the last one outermost.

    Raises:
        BadEncodingError: another encoding, damaged, or over `limit` bytes.
    """
    names = [name for part in encodings.split(",") if (name := part.strip().casefold()) not in ("", "identity")]
    if len(names) > _MOST:
        raise BadEncodingError(f"encoded {len(names)} times")
    for name in reversed(names):
        body = _inflated(body, name, limit)
    return body


def _inflated(body: bytes, name: str, limit: int) -> bytes:
    if name not in ("gzip", "x-gzip", "deflate"):
        raise BadEncodingError(f"an encoding that was not asked for, {name[:40]!r}")
    raw = name == "deflate" and body[:1] and (body[0] & 0x0F != 8 or int.from_bytes(body[:2], "big") % 31 != 0)
    engine = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)
    try:
        found = engine.decompress(body, limit + 1)
    except zlib.error as error:
        raise BadEncodingError(f"damaged {name}") from error
    if len(found) > limit:
        raise BadEncodingError(f"larger than {limit / 1e6:g} MB when unpacked")
    if not engine.eof:
        raise BadEncodingError(f"{name} that was cut off")
    return found
