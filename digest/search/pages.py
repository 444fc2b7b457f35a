"""Read what the pages of a built site show: titles and sentences, each with whose it is, for the search."""

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

from lxml import etree

from digest.built import find_titles, read_page
from digest.catalog import Catalog
from digest.escape import visible
from digest.marks import QUOTE, TRANSLATION, QuoteMark, parse_quote_mark
from digest.models import When
from digest.running import PLAIN, Runner
from digest.search.indexed import Indexed, Line
from digest.search.spacing import findable
from digest.settings import Settings

__all__ = ["UNDATED", "Read", "Shelved", "find_page", "list_site", "read_pages"]

UNDATED = ""
"""The month of what has no date."""
_SAID = etree.XPath(f".//*[self::h2[@id] or ((@{QUOTE} or @{TRANSLATION}) and not(ancestor::*[@popover] or ancestor::h1"
                    " or ancestor::section[@class = 'changed']))]")
_GROUP = ("div", "section", "li", "article")
_NAMED = (("outlets", "outlet"), ("names", "name"), ("about", "page"))
"""Folders whose pages are found by their titles alone."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the data say of an article."""

    outlet: str | None
    published: When | None

    @property
    def month(self) -> str:
        """Where it is shelved."""
        return f"{self.published.day:%Y-%m}" if self.published else UNDATED


@dataclass(frozen=True, slots=True)
class _Topic:
    """What the data say of a topic."""

    id: str
    slug: str
    articles: Mapping[str, _Known]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A page that can be found, before it is read: where it stands, and what it can be found by beside its words."""

    address: str
    """From the site's root."""
    kind: str
    """`topic`, `source`, `outlet`, `name` or `page`."""
    version: bytes
    """The SHA-256 of the page."""
    topic: str = ""
    """The id of the topic that it is of, or that its article is of."""
    known: Mapping[str, _Known] = field(default_factory=dict)
    """The articles that it is of."""

    @property
    def month(self) -> str:
        """Such as `2021-02`: that of its newest article; nothing where none has a date."""
        return max((known.month for known in self.known.values()), default=UNDATED)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The ids of the outlets of its articles, or the names that these give."""
        return tuple(sorted({known.outlet for known in self.known.values() if known.outlet}))


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence on a page."""

    mark: QuoteMark
    place: str
    """The anchor that leads nearest to it."""
    text: str
    lang: str
    how: str
    """Who translated it; nothing for a quotation."""


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it stands there."""

    title: str
    lang: str
    how: str
    said: tuple[_Said, ...]


def list_site(site: Path, settings: Settings, runner: Runner = PLAIN) -> Iterator[tuple[str, tuple[Shelved, ...]]]:
    """Yield what can be found in each language: the pages of its tree, and the sources, which all share."""
    sources = set(_pages_in(site, "sources"))
    for number, lang in enumerate(settings.languages):
        yield lang, tuple(_list_tree(site, f"{lang}/" if number else "", sources, runner))


def _list_tree(site: Path, tree: str, sources: Container[str], runner: Runner) -> Iterator[Shelved]:
    def shelved(address: str, kind: str, *of: Any) -> Shelved:
        return Shelved(address, kind, runner.hashes.of(f"{site}/{address}index.html"), *of)

    for path in sorted((site / tree / "data" / "topics").glob("*.json")):
        topic = _find_topic(path, runner)
        yield shelved(f"{tree}topics/{topic.slug}/", "topic", topic.id, topic.articles)
        yield from (shelved(f"sources/{ident}/", "source", topic.id, {ident: known}) for ident, known in topic.articles.items()
                    if ident in sources)
    for folder, kind in _NAMED:
        yield from (shelved(f"{tree}{folder}/{name}/", kind) for name in _pages_in(site, f"{tree}{folder}"))


def _pages_in(site: Path, folder: str) -> list[str]:
    """Return the names of a folder's folders that have a page."""
    return [path.parent.name for path in (site / folder).glob("*/index.html")]


def _find_topic(path: Path, runner: Runner) -> _Topic:
    """Return what the data say of a topic; of a file that was read before, as it was noted."""
    key = runner.program, "topic", runner.hashes.of(path)
    topic: _Topic | None = runner.notes.get(key)
    if topic is None:
        topic = _read_topic(path)
        runner.notes.note(key, topic)
    return topic


def _read_topic(path: Path) -> _Topic:
    found = json.loads(path.read_text("utf-8"))
    known = {row["id"]: _Known(row["outlet"], When.parse(row["published"]) if row["published"] else None) for row in found["articles"]}
    return _Topic(found["id"], found["slug"], known)


def read_pages(site: Path, shelved: Iterable[Shelved], runner: Runner = PLAIN) -> dict[str, Read]:
    """Return pages as they stand there, by their addresses."""
    versions = {one.address: one.version for one in shelved}
    found = runner.each("texts of pages", partial(_read, site), list(versions), keyed=versions.__getitem__, worth=200)
    return dict(zip(versions, found, strict=True))


def find_page(shelved: Shelved, read: Read, catalog: Catalog, settings: Settings) -> Indexed:
    """Return what a page is found by: its title, and the sentences of its articles; its title alone where it shows none of them."""
    known = shelved.known
    lines = tuple(_line(said, known[said.mark.article], catalog, settings) for said in read.said if said.mark.article in known)
    alone = (Line(read.title, "", "", "", read.lang),)
    return Indexed(shelved.address, shelved.kind, read.title, read.lang, lines or alone, read.how)


def _line(said: _Said, known: _Known, catalog: Catalog, settings: Settings) -> Line:
    outlet = settings.outlet(known.outlet)
    name = outlet.name if outlet else str(catalog.text("unknown_outlet").unescape())
    day = catalog.day(known.published.day) if known.published else ""
    return Line(said.text, said.place, visible(name), day, said.lang, said.how)


def _read(site: Path, address: str) -> Read:
    article = read_page((site / address / "index.html").read_bytes()).find(".//main//article")
    title = next(find_titles(article))
    inner = next((found for found in title.iter() if found.get("lang")), title)
    how = _label(article) if any(found.get(TRANSLATION) for found in title.iter()) else ""
    return Read(findable(visible(title.text_content())), _language(inner), how, tuple(_sentences(article)))


def _sentences(article: etree._Element) -> Iterator[_Said]:
    """Yield the sentences of a page, each once, where it stands first; words that are quoted out of them are none."""
    found = list(_marked(article))
    longest = {mark for mark, *_ in found}
    seen: set[str] = set()
    for mark, place, element in found:
        text = findable(visible("".join(_words(element, "aid"))))
        if text not in seen and not any(mark != other and mark.is_in(other) for other in longest):
            seen.add(text)
            yield _Said(mark, place, text, _language(element), _how(element))


def _marked(article: etree._Element) -> Iterator[tuple[QuoteMark, str, etree._Element]]:
    """Yield the quotations and translations of sentences in a page, each with the anchor that leads nearest to it."""
    heading = ""
    for element in _SAID(article):
        if element.tag == "h2":
            heading = element.get("id")
        elif mark := parse_quote_mark(element.get(QUOTE) or element.get(TRANSLATION)):
            around = takewhile(lambda holder: holder is not article, (element, *element.iterancestors()))
            yield mark, next((ident for holder in around if (ident := holder.get("id"))), heading), element


def _words(element: etree._Element, but: str) -> Iterator[str]:
    """Yield the words of an element, without those of its parts of one class."""
    yield element.text or ""
    for child in element:
        yield "" if child.get("class") == but else child.text_content()
        yield child.tail or ""


def _language(element: etree._Element) -> str:
    return next((lang for holder in (element, *element.iterancestors()) if (lang := holder.get("lang"))), "")


def _how(element: etree._Element) -> str:
    """Return who made a translation, as its group says; nothing for a quotation."""
    if TRANSLATION not in element.attrib:
        return ""
    return next((label for group in element.iterancestors(*_GROUP) if (label := _label(group))), "")


def _label(group: etree._Element) -> str:
    """Return what a group says of how its translation came about."""
    labels = (found for found in group.iter() if "origin" in found.get("class", "").split())
    return next((visible("".join(_words(label, "show"))) for label in labels), "")
