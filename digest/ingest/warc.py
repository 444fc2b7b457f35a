"""Read web archives (WARC, ISO 28500): each page in one is an article, found at the address that its record names."""

import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from digest.content import MAX_BYTES
from digest.errors import ArticleError
from digest.ingest.remote import read_fetched
from digest.ingest.sources import Found, attempt

__all__ = ["read_warc"]

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(path: Path) -> Iterator[Found]:
    """Yield the pages of an archive; images, scripts and answers without a page are passed over.

    Raises:
        ArticleError: it is none, or holds no page.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    count = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, verify_http=False):
                if _is_page(record):
                    count += 1
                    yield _found(record, path)
    except OSError as error:
        raise ArticleError(path, f"cannot be read: {error.strerror or error}") from error
    except (ArchiveLoadFailed, EOFError, LookupError, ValueError) as error:
        raise ArticleError(path, f"damaged, or no web archive, after {count} pages") from error
    if not count:
        raise ArticleError(path, "a web archive without pages")


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    head = record.http_headers
    media = (head.get_header("Content-Type") if head else record.rec_headers.get_header("Content-Type")) or ""
    return media.partition(";")[0].strip().casefold() in _PAGES and (head is None or head.get_statuscode() == "200")


def _found(record: Any, path: Path) -> Found:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return attempt(f"{path}: {url}", lambda: _article(record, url), url)


def _article(record: Any, url: str) -> Any:
    try:
        body = record.content_stream().read(MAX_BYTES + 1)
    except (OSError, ValueError, zlib.error) as error:
        raise ArticleError(Path(url), "a damaged page") from error
    if len(body) > MAX_BYTES:
        raise ArticleError(Path(url), f"larger than {MAX_BYTES // 1_000_000} MB; an article is text")
    return read_fetched(body, None, url, day=_day(record))


def _day(record: Any) -> date:
    try:
        return date.fromisoformat((record.rec_headers.get_header("WARC-Date") or "")[:10])
    except ValueError as error:
        raise ArticleError(Path("record"), "its record has no date") from error
