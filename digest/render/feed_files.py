"""Write feeds as Atom (RFC 4287) and as JSON Feed 1.1, and the list of outlets as OPML 2.0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.builder import ElementMaker

from digest.data import format_json

__all__ = ["Entry", "Feed", "format_atom", "format_json_feed", "format_opml"]

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_A = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
_O = ElementMaker()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed."""

    ident: str
    title: str
    title_lang: str
    lang: str
    """The language that it is told in."""
    updated: str
    page: str
    """The address where it stands on the site."""
    source: str | None = None
    """The address of its article at the publisher."""
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed."""

    ident: str
    title: str
    subtitle: str
    lang: str
    page: str
    """The address of the page that it follows."""
    address: str
    """Its own address."""
    author: str
    contact: str | None
    updated: str
    entries: tuple[Entry, ...]
    """The newest first."""


def format_atom(feed: Feed) -> str:
    """Return a feed as Atom."""
    subtitle = [_A.subtitle(feed.subtitle)] if feed.subtitle else []
    links = [_link("self", "application/atom+xml", feed.address), _link("alternate", "text/html", feed.page)]
    root = _A.feed({_LANG: feed.lang}, _A.id(feed.ident), _A.title(feed.title), *subtitle, _A.updated(feed.updated), _author(feed), *links,
                   *map(_entry, feed.entries))
    return _write(root)


def _entry(entry: Entry) -> etree._Element:
    via = [_link("via", "text/html", entry.source)] if entry.source else []
    return _A.entry({_LANG: entry.lang}, _A.id(entry.ident), _A.title({_LANG: entry.title_lang}, entry.title), _A.updated(entry.updated),
                    _link("alternate", "text/html", entry.page), *via, _A.content({"type": "html"}, entry.html))


def _link(rel: str, kind: str, address: str) -> etree._Element:
    return _A.link({"rel": rel, "type": kind, "href": address})


def _author(feed: Feed) -> etree._Element:
    """Return who answers for the site, with the address that the settings give."""
    scheme, _, rest = (feed.contact or "").partition(":")
    reached = [_A.email(rest.partition("?")[0])] if scheme == "mailto" else [_A.uri(feed.contact)] if feed.contact else []
    return _A.author(_A.name(feed.author), *reached)


def format_json_feed(feed: Feed, address: str) -> str:
    """Return a feed as JSON Feed; `address` is that of this form of it."""
    author = {"name": feed.author} | ({"url": feed.contact} if feed.contact else {})
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": feed.page, "feed_url": address,
            "description": feed.subtitle, "language": feed.lang, "authors": [author]}
    return format_json(head | {"items": [_item(entry) for entry in feed.entries]})


def _item(entry: Entry) -> dict[str, str]:
    return {"id": entry.ident, "url": entry.page, "title": entry.title, "content_html": entry.html, "date_modified": entry.updated,
            "language": entry.lang}


def format_opml(title: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Return a list of outlets as OPML."""
    return _write(_O.opml({"version": "2.0"}, _O.head(_O.title(title)), _O.body(*(_O.outline(dict(row)) for row in rows))))


def _write(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True).decode())
