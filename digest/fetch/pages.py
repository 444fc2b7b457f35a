"""Get the articles of an address: of a page, or of all pages that a feed names."""

from collections.abc import Iterator
from datetime import date

from digest.errors import FetchError
from digest.fetch.web import Answer, Web
from digest.ingest.feed import Entry, read_feed
from digest.ingest.raw import RawArticle
from digest.ingest.remote import read_fetched, refuse_other_media
from digest.ingest.sources import Found, attempt

__all__ = ["fetch_articles", "page_article"]

_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_PERHAPS = frozenset({"application/xml", "text/xml", "application/json"})


def fetch_articles(url: str, web: Web, day: date) -> Iterator[Found]:
    """Yield the articles of an address; `day` is today's."""
    try:
        answer = web.get(url)
        entries = read_feed(answer.body, answer.url).entries if _is_feed(answer) else None
    except FetchError as error:
        yield Found(name=url, problem=error.problem)
        return
    if entries is None:
        yield page_article(answer, url, day)
    for entry in entries or ():
        yield _entry_article(entry, url, web, day)


def _is_feed(answer: Answer) -> bool:
    start = answer.body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return answer.media in _FEEDS or (answer.media in _PERHAPS and b"<html" not in start)


def _entry_article(entry: Entry, url: str, web: Web, day: date) -> Found:
    if not entry.url:
        return Found(name=f"{url}: {entry.key}", problem="the feed gives it no address")
    try:
        return page_article(web.get(entry.url), entry.url, day, entry)
    except FetchError as error:
        return Found(name=entry.url, problem=error.problem)


def page_article(answer: Answer, url: str, day: date, entry: Entry | None = None) -> Found:
    """Return the article of a page that was got; `url` is what it was asked for by, `entry` what a feed says of it."""
    def read() -> RawArticle:
        refuse_other_media(answer.media, answer.body, answer.url)
        return read_fetched(answer.body, answer.charset, answer.url, day=day, entry=entry)
    return attempt(url, read, fetched=answer.url)
