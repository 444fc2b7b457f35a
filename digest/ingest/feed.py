"""Read feeds: RSS and Atom with feedparser, JSON Feed, and sitemaps of news. Nothing is fetched, and no entity is expanded."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from time import struct_time
from typing import Any
from urllib.parse import urljoin

from digest.clean import clean_line
from digest.errors import FetchError
from digest.ingest.addresses import tidy_address
from digest.ingest.dates import parse_stated
from digest.models import When
from digest.settings import is_address

__all__ = ["MAX_BYTES", "MAX_ENTRIES", "Entry", "Feed", "read_feed"]

MAX_BYTES = 2_000_000
"""A feed is at most as large as this."""
MAX_ENTRIES = 1_000
_MAX_TAGS = 100_000
_LONGEST = 1_000
"""Characters of a title or an id."""
_TAG = re.compile(r"<[^<>]*>")
_SITEMAP = re.compile(rb"<(?:[\w-]+:)?(?:urlset|sitemapindex)\b")
_NAMES = {"news": "http://www.google.com/schemas/sitemap-news/0.9"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of an article."""

    key: str
    """What it is known by within the feed: its address, else its id."""
    url: str | None = None
    title: str | None = None
    published: When | None = None
    changed: str | None = None
    """When it was changed last, as stated."""
    authors: tuple[str, ...] = ()
    lang: str | None = None
    tags: tuple[str, ...] = ()
    html: str = ""
    """As much of its text as the feed has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that was read."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    """What is wrong with it."""


def read_feed(body: bytes, url: str) -> Feed:
    """Read a feed; `url` is where it was found, and what its relative addresses begin at.

    Raises:
        FetchError: it is none, or larger than one may be.
    """
    if len(body) > MAX_BYTES or body.count(b"<") > _MAX_TAGS:
        raise FetchError(url, f"larger than a feed may be ({MAX_BYTES / 1e6:g} MB, {_MAX_TAGS:,} elements)")
    title, found, notes = _reader(body)(body, url)
    entries: dict[str, Entry] = {}
    for entry in found:
        entries.setdefault(entry.key, entry)
        if len(entries) == MAX_ENTRIES:
            notes = (*notes, f"only its first {MAX_ENTRIES:,} entries are read")
            break
    return Feed(title=title, entries=tuple(entries.values()), notes=notes)


_Read = tuple[str | None, Iterator[Entry], tuple[str, ...]]


def _reader(body: bytes) -> Callable[[bytes, str], _Read]:
    start = body[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _json_feed
    return _sitemap if _SITEMAP.search(start) else _parsed


def _entry(url: str, address: object, ident: object, **told: Any) -> Entry | None:
    """Return an entry; None where nothing tells it from others."""
    found = tidy_address(urljoin(url, address.strip())) if isinstance(address, str) and address.strip() else None
    name = ident.strip() if isinstance(ident, str) else ""
    key = found or name or told.get("title")
    return Entry(key=str(key)[:_LONGEST], url=found, **told) if key else None


def _line(value: object) -> str | None:
    """Return a text of a feed as one line without markup; None where there is none."""
    return clean_line(unescape(_TAG.sub(" ", value[:20 * _LONGEST])))[:_LONGEST] or None if isinstance(value, str) else None


def _lines(*values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for value in values if (line := _line(value))))[:20]


# RSS and Atom


def _parsed(body: bytes, url: str) -> _Read:
    import feedparser

    try:
        found = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    except (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise FetchError(url, "no feed that can be read") from error
    if not found.get("version") and not found.entries:
        raise FetchError(url, "not a feed; expected RSS, Atom, JSON Feed or a sitemap of news")
    broken = ("it is not well-formed; what could be read of it is used",) if found.bozo and _is_broken(found) else ()
    return _line(found.feed.get("title")), _entries(found, url), broken


def _is_broken(found: Any) -> bool:
    return not type(found.get("bozo_exception")).__name__.endswith(("CharacterEncodingOverride", "NonXMLContentType"))


def _entries(found: Any, url: str) -> Iterator[Entry]:
    lang = found.feed.get("language")
    for row in map(dict, found.entries):  # as plain ones: feedparser's take one key for another
        texts = [part.get("value", "") for part in row.get("content", ())] or [row.get("summary", "")]
        entry = _entry(url, _link(row), row.get("id"), title=_line(row.get("title")), published=_moment(row),
                       changed=_line(row.get("updated")), authors=_lines(*(a.get("name") for a in row.get("authors", ()))),
                       lang=_line(row.get("language") or lang), tags=_lines(*(tag.get("term") for tag in row.get("tags", ()))),
                       html=max(map(str, texts), key=len))
        if entry:
            yield entry


def _link(row: dict[str, Any]) -> str | None:
    """Return the address of an entry; an id that RSS takes for one, unless it is told not to, counts if it looks like one."""
    link = row.get("link") or next((each["href"] for each in row.get("links", ()) if each.get("href")), None)
    return None if link == row.get("id") and not is_address(str(link)) else link


def _moment(row: dict[str, Any]) -> When | None:
    """Return when an entry says that it was published; as it states it, where that is ISO 8601, else as feedparser reads it, in UTC."""
    for name in ("published", "updated"):
        if name == "updated" and row.get("published"):
            break
        stated, parsed = row.get(name), row.get(f"{name}_parsed")
        if when := (parse_stated(stated) if isinstance(stated, str) else None) or _in_utc(parsed):
            return when
    return None


def _in_utc(parsed: struct_time | None) -> When | None:
    try:
        return When.parse(datetime(*parsed[:6], tzinfo=UTC).isoformat()) if parsed else None
    except ValueError:
        return None


# JSON Feed


def _json_feed(body: bytes, url: str) -> _Read:
    try:
        found = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        place = f" from line {error.lineno} on" if isinstance(error, json.JSONDecodeError) else ""
        raise FetchError(url, f"JSON that cannot be read{place}; expected a JSON Feed") from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise FetchError(url, "not a JSON Feed; expected an object with items")
    return _line(found.get("title")), _items(found, url), ()


def _items(found: dict[str, Any], url: str) -> Iterator[Entry]:
    for row in found["items"]:
        if not isinstance(row, dict):
            continue
        people = _list(row.get("authors")) or [row.get("author")]
        html = row.get("content_html") or row.get("content_text") or row.get("summary")
        stated = row.get("date_published")
        entry = _entry(url, row.get("url"), str(row.get("id") or ""), title=_line(row.get("title")),
                       published=parse_stated(stated) if isinstance(stated, str) else None, changed=_line(row.get("date_modified")),
                       authors=_lines(*(each.get("name") for each in people if isinstance(each, dict))),
                       lang=_line(row.get("language") or found.get("language")), tags=_lines(*_list(row.get("tags"))),
                       html=html if isinstance(html, str) else "")
        if entry:
            yield entry


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


# Sitemaps of news


def _sitemap(body: bytes, url: str) -> _Read:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.LxmlError, ValueError) as error:
        raise FetchError(url, "no sitemap that can be read") from error
    if root is None:
        raise FetchError(url, "no sitemap that can be read")
    if etree.QName(root).localname == "sitemapindex":
        raise FetchError(url, "a list of sitemaps; name the one of news itself")
    broken = ("it is not well-formed; what could be read of it is used",) if len(parser.error_log) else ()
    return None, _places(root, url), broken


def _places(root: Any, url: str) -> Iterator[Entry]:
    for row in root.iterfind("{*}url"):
        told = {name: _line(row.findtext(f"{{*}}news/{path}", namespaces=_NAMES))
                for name, path in (("title", "news:title"), ("published", "news:publication_date"),
                                   ("lang", "news:publication/news:language"))}
        when = parse_stated(told["published"]) if told["published"] else None
        entry = _entry(url, row.findtext("{*}loc"), None, title=told["title"], published=when, changed=_line(row.findtext("{*}lastmod")),
                       lang=told["lang"])
        if entry and entry.url:
            yield entry
