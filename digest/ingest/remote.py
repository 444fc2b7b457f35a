"""Read a page that was fetched: where it was found is known for sure, and weighs more than what it says of itself."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from digest.errors import ArticleError
from digest.ingest.addresses import same_site, tidy_address
from digest.ingest.decode import decode_source
from digest.ingest.feed import Entry
from digest.ingest.html import read_html
from digest.ingest.language import settle_language
from digest.ingest.raw import RawArticle
from digest.models import When

__all__ = ["read_fetched", "refuse_other_media", "without_doubtful_day"]

_FIRST_DAY = date(1990, 1, 1)
"""The web is not older."""


def read_fetched(body: bytes, charset: str | None, url: str, *, day: date, entry: Entry | None = None) -> RawArticle:
    """Return the article of a page that was found at an address; `day` is today's, `entry` what the feed says of it.

    Raises:
        ArticleError: it holds none.
    """
    raw = read_html(decode_source(body, Path(url), html=True, charset=charset), url)
    if entry:
        raw = replace(raw, published=_fuller(raw.published, entry.published), authors=raw.authors or entry.authors,
                      tags=raw.tags or entry.tags, lang=raw.lang or settle_language(entry.lang, raw.text, None))
    own = raw.url if raw.url and same_site(raw.url, url) else url
    return without_doubtful_day(replace(raw, url=tidy_address(own), retrieved=When(day)), day)


def _fuller(page: When | None, feed: When | None) -> When | None:
    """Return the page's time; the feed's where the page has none, or only the same day."""
    if page is None or (feed and feed.time and not page.time and feed.day == page.day):
        return feed
    return page


def without_doubtful_day(raw: RawArticle, day: date) -> RawArticle:
    """Return an article without a day that cannot be: it would stand above all others for good, or below."""
    stated = raw.published
    if stated is None or _FIRST_DAY <= stated.day <= day + timedelta(days=1):
        return raw
    where = "in the future" if stated.day > day else "before there was a web"
    return replace(raw, published=None, notes=(*raw.notes, f"its day, {stated.day}, lies {where}; it is left out"))


def refuse_other_media(media: str, body: bytes, url: str) -> None:
    """Refuse what is no page.

    Raises:
        ArticleError: it is none.
    """
    kinds = {b"%PDF": "a PDF", b"PK\x03\x04": "a packed file or an e-book"}
    kind = next((name for start, name in kinds.items() if body.startswith(start)), None)
    if kind or (media and media not in ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")):
        raise ArticleError(Path(url), f"{kind or media} is not read; expected a page (HTML)")
