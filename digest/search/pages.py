"""Read what the pages of a built site show: titles and sentences, each with whose it is, for the search."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Any

from lxml import etree

from digest.built import find_titles, read_page
from digest.catalog import Catalog, load_catalog
from digest.escape import visible
from digest.marks import QUOTE, TRANSLATION, QuoteMark, parse_quote_mark
from digest.models import When
from digest.running import PLAIN, Runner
from digest.search.indexed import Indexed, Line
from digest.search.spacing import findable
from digest.settings import Settings

__all__ = ["UNDATED", "Shelved", "read_site"]

UNDATED = ""
"""The month of what has no date."""
_SAID = etree.XPath(f".//*[self::h2[@id] or ((@{QUOTE} or @{TRANSLATION}) and not(ancestor::*[@popover] or ancestor::h1"
                    " or ancestor::section[@class = 'changed']))]")
_GROUP = ("div", "section", "li", "article")
_NAMED = (("outlets", "outlet"), ("names", "name"), ("about", "page"))
"""Folders whose pages are found by their titles alone."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A page that can be found, with what it can be found by beside its words."""

    page: Indexed
    month: str = UNDATED
    """Such as `2021-02`."""
    topic: str = ""
    """The id of its topic."""
    outlets: tuple[str, ...] = ()
    """Their ids, or the names that articles give."""


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
class _Read:
    """A page as it stands there."""

    title: str
    lang: str
    how: str
    said: tuple[_Said, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the data say of an article."""

    outlet: str | None
    published: When | None
    topic: str

    @property
    def month(self) -> str:
        """Where it is shelved."""
        return f"{self.published.day:%Y-%m}" if self.published else UNDATED


def read_site(site: Path, settings: Settings, runner: Runner = PLAIN) -> Iterator[tuple[str, tuple[Shelved, ...]]]:
    """Yield what is found in each language: the pages of its tree, and the sources, which all share."""
    trees = ["", *(f"{lang}/" for lang in settings.languages[1:])]
    folders = ["sources", *(f"{tree}{folder}" for tree in trees for folder in ("topics", *(folder for folder, _ in _NAMED)))]
    paths = [path for folder in folders for path in sorted(site.glob(f"{folder}/*/index.html"))]
    read = dict(zip(paths, runner.each("texts of pages", _read, paths, keyed=_hash, worth=200), strict=True))
    sources = {path.parent.name: read[path] for path in paths if path.parent.parent == site / "sources"}
    for number, lang in enumerate(settings.languages):
        tree = f"{lang}/" if number else ""
        topics = [json.loads(path.read_text("utf-8")) for path in sorted((site / tree / "data" / "topics").glob("*.json"))]
        yield lang, tuple(_Tree(site, tree, load_catalog(lang), settings, _known(topics), read).pages(topics, sources))


def _known(topics: Sequence[Mapping[str, Any]]) -> dict[str, _Known]:
    return {row["id"]: _Known(row["outlet"], When.parse(row["published"]) if row["published"] else None, topic["id"])
            for topic in topics for row in topic["articles"]}


@dataclass(frozen=True, slots=True)
class _Tree:
    """The pages of one language."""

    site: Path
    tree: str
    catalog: Catalog
    settings: Settings
    known: Mapping[str, _Known]
    read: Mapping[Path, _Read]

    def pages(self, topics: Sequence[Mapping[str, Any]], sources: Mapping[str, _Read]) -> Iterator[Shelved]:
        """Yield what is found in it: by its sentences and its title, or by its title alone where no sentence of it is shown."""
        for topic in topics:
            articles = [self.known[row["id"]] for row in topic["articles"]]
            outlets = tuple(sorted({known.outlet for known in articles if known.outlet}))
            address = f"{self.tree}topics/{topic['slug']}/"
            page = self._page(address, "topic", self.read[self.site / address / "index.html"])
            yield Shelved(page, max(known.month for known in articles), topic["id"], outlets)
        for ident, known in sorted(self.known.items()):
            if ident in sources:
                page = self._page(f"sources/{ident}/", "source", sources[ident])
                yield Shelved(page, known.month, known.topic, (known.outlet,) if known.outlet else ())
        for folder, kind in _NAMED:
            for path in sorted((self.site / self.tree / folder).glob("*/index.html")):
                read = self.read[path]
                yield Shelved(_indexed(f"{self.tree}{folder}/{path.parent.name}/", kind, read, (_title(read),)))

    def _page(self, address: str, kind: str, read: _Read) -> Indexed:
        return _indexed(address, kind, read, self._lines(read) or (_title(read),))

    def _lines(self, read: _Read) -> tuple[Line, ...]:
        return tuple(self._line(said) for said in read.said if said.mark.article in self.known)

    def _line(self, said: _Said) -> Line:
        known = self.known[said.mark.article]
        outlet = self.settings.outlet(known.outlet)
        name = outlet.name if outlet else str(self.catalog.text("unknown_outlet").unescape())
        day = self.catalog.day(known.published.day) if known.published else ""
        return Line(said.text, said.place, visible(name), day, said.lang, said.how)


def _title(read: _Read) -> Line:
    return Line(read.title, "", "", "", read.lang)


def _indexed(address: str, kind: str, read: _Read, lines: tuple[Line, ...]) -> Indexed:
    return Indexed(address, kind, read.title, read.lang, lines, read.how)


def _hash(path: Path) -> bytes:
    return sha256(path.read_bytes()).digest()


def _read(path: Path) -> _Read:
    article = read_page(path.read_bytes()).find(".//main//article")
    title = next(find_titles(article))
    inner = next((found for found in title.iter() if found.get("lang")), title)
    how = _label(article) if any(found.get(TRANSLATION) for found in title.iter()) else ""
    return _Read(findable(visible(title.text_content())), _language(inner), how, tuple(_sentences(article)))


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
