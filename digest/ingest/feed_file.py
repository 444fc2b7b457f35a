"""Read a feed that was saved as a file: each entry with a text is an article."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from html import escape
from pathlib import Path

from digest.errors import ArticleError, FetchError
from digest.files import read_file
from digest.ingest.feed import MAX_BYTES, Entry, Feed, read_feed
from digest.ingest.html import read_html
from digest.ingest.language import settle_language
from digest.ingest.raw import RawArticle
from digest.ingest.remote import without_doubtful_day
from digest.ingest.sources import Found, attempt

__all__ = ["read_entry", "read_feed_file"]

_BREAK = re.compile(r"(?:<br\s*/?>\s*){2,}|\n\s*\n|</?(?:div|li|blockquote|h[1-6])\b[^<>]*>", re.IGNORECASE)


def read_feed_file(path: Path) -> Iterator[Found]:
    """Yield the articles of a feed.

    Raises:
        ArticleError: it is none.
    """
    feed = _load(path)
    if not feed.entries:
        raise ArticleError(path, "a feed without entries; expected RSS, Atom, a JSON Feed or a sitemap of news that has some")
    day = datetime.now(UTC).date()
    for entry in feed.entries:
        yield attempt(f"{path}: {entry.key}", partial(read_entry, entry, feed, str(path), day))


def _load(path: Path) -> Feed:
    try:
        return read_feed(read_file(path, MAX_BYTES), path.resolve().as_uri())
    except FetchError as error:
        raise ArticleError(path, error.problem) from error
    except OSError as error:
        raise ArticleError(path, f"cannot be read: {error.strerror or error}") from error


def read_entry(entry: Entry, feed: Feed, name: str, day: date) -> RawArticle:
    """Return the article of an entry, of which the feed has the text; `day` is today's.

    Raises:
        ArticleError: it has no title or no text.
    """
    if not entry.title:
        raise ArticleError(Path(name), "the feed gives it no title")
    if not re.search(r"\w", re.sub(r"<[^<>]*>", "", entry.html)):
        way = "; name the feed in outlets.yml, and digest fetch gets the page" if entry.url else ", and no address"
        raise ArticleError(Path(name), f"the feed has none of its text{way}")
    raw = read_html(_document(entry), name)
    told = replace(raw, title=entry.title, published=entry.published, outlet=feed.title, host=None, url=entry.url, section=None,
                   tags=entry.tags, authors=tuple(name for name in entry.authors if name != feed.title), notes=(*raw.notes, *feed.notes),
                   lang=settle_language(entry.lang, raw.text, raw.lang))
    return without_doubtful_day(told, day)


def _document(entry: Entry) -> str:
    """Return a page with an entry's text, in paragraphs."""
    text = entry.html if "<" in entry.html else escape(entry.html)
    body = text if re.search(r"<p\b", text, re.IGNORECASE) else "".join(f"<p>{part}</p>" for part in _BREAK.split(text) if part.strip())
    return f"<html><head><title>{escape(entry.title or '')}</title></head><body><article>{body}</article></body></html>"
