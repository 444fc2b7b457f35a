"""Hold a page against its sources: in its `<main>`, every word is a marked quotation, a marked field or the interface's."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from lxml import etree, html

from digest.catalog import Catalog, load_catalog
from digest.escape import visible
from digest.marks import FROM, QUOTE, QuoteMark, parse_quote_mark
from digest.verify.counts import stated_count
from digest.verify.evidence import Evidence, PageFacts
from digest.verify.fields import field_values
from digest.verify.words import is_interface

__all__ = ["check_page", "page_address"]

_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
_SPOKEN = frozenset({"title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "alt", "placeholder", "label",
                     "summary", "value"})
_SILENT = {"script", "style"}
_FRAMES = {"iframe", "object", "embed", "base", "form"}
_TOGETHER = {"div", "section", "li", "blockquote", "main", "article"}


def page_address(path: Path, site: Path) -> str:
    """Return a page's address from the site's root."""
    return path.relative_to(site).as_posix().removesuffix("index.html")


def check_page(path: Path, evidence: Evidence) -> None:
    """Check a page and note what the checks of links need of it."""
    try:
        tree = html.document_fromstring(path.read_bytes(), parser=_PARSER)
    except etree.LxmlError as error:
        evidence.fault(path, f"is no HTML ({error})")
        return
    facts = evidence.pages.setdefault(page_address(path, evidence.site), PageFacts())
    facts.anchors.update((found.get("id"), found.get(QUOTE, "")) for found in tree.xpath("//*[@id]"))
    mains = tree.findall(".//main")
    if len(mains) != 1:
        evidence.fault(path, f"has {len(mains) or 'no'} <main>")
        return
    main, = mains
    page = _Page(path, evidence, load_catalog(tree.get("lang") or "en"), facts, _headings(main))
    page.check(main)
    page.check_title(tree.findtext(".//title") or "")
    base = _base(tree)
    facts.links += ["/" + link.removeprefix(base) if base and link.startswith(base) else link
                    for found in main.iter("a") if (link := found.get("href")) is not None]


def _base(tree: etree._Element) -> str:
    """Return the path of the site that the theme puts before the links of an error page; nothing for other pages."""
    settings = json.loads(tree.findtext('.//script[@id="__config"]') or "{}")
    base = str(settings.get("base", "")) if isinstance(settings, dict) else ""
    return base.rstrip("/") + "/" if base.startswith("/") else ""


def _headings(main: etree._Element) -> frozenset[str]:
    """Return the page's headings, which the theme repeats in its navigation; they are proven where they stand."""
    return frozenset(" ".join(h.text_content().split()) for h in main.iter("h1", "h2", "h3", "h4"))


class _Page:
    """The check of one page."""

    def __init__(self, path: Path, evidence: Evidence, catalog: Catalog, facts: PageFacts, headings: frozenset[str]) -> None:
        self.path, self.evidence, self.catalog, self.facts, self.headings = path, evidence, catalog, facts, headings
        self.days = evidence.days
        self.counts = evidence.counts_at(page_address(path, evidence.site))

    def check(self, element: etree._Element) -> None:
        """Check an element and all that it holds."""
        if not isinstance(element.tag, str) or (element.tag in _SILENT and _is_theme(element)):
            return
        if element.tag in _SILENT | _FRAMES:
            self._fault(f"has a <{element.tag}> in its text")
            return
        self._check_spoken(element)
        if QUOTE in element.attrib:
            self._check_quote(element)
        elif FROM in element.attrib:
            self._check_field(element)
        elif element.tag == "time":
            self._check_time(element)
            for child in element:
                self._refuse_inside(child)
        else:
            self._check_text(element, element.text)
            for child in element:
                self.check(child)
                self._check_text(element, child.tail)

    def check_title(self, title: str) -> None:
        """Check the title that the browser shows: the site's, perhaps after a heading of the page or a word of the interface."""
        site, folded = visible(self.evidence.settings.title), visible(title)
        name = folded.removesuffix(site).removesuffix(" - ")
        if not folded.endswith(site) or not (is_interface(name, self.catalog.lang) or name in map(visible, self.headings)):
            self._fault(f"<title> “{folded[:80]}” is neither a heading of the page nor a word of the interface")

    def _fault(self, problem: str) -> None:
        self.evidence.fault(self.path, problem)

    def _check_text(self, element: etree._Element, text: str | None) -> None:
        if not text or text.isspace():
            return
        folded = " ".join(text.split())
        if not is_interface(folded, self.catalog.lang) and not self._repeats(element, folded):
            self._fault(f"“{folded[:80]}” is neither a marked quotation nor a word of the interface")
        elif (count := stated_count(folded, self.catalog.lang)) and count not in self.counts:
            self._fault(f"“{folded}” is not what the data count")

    def _repeats(self, element: etree._Element, folded: str) -> bool:
        """Return whether a text is a heading or title that the theme repeats in a navigation."""
        names = self.headings | {visible(self.evidence.settings.title)}
        return folded in names and any(ancestor.tag == "nav" for ancestor in element.iterancestors())

    def _check_spoken(self, element: etree._Element) -> None:
        for name in sorted(_SPOKEN.intersection(element.keys())):
            folded = " ".join(element.get(name, "").split())
            if not is_interface(folded, self.catalog.lang) and not self._repeats(element, folded):
                self._fault(f"{name}=“{folded[:80]}” is not a word of the interface")

    def _check_quote(self, element: etree._Element) -> None:
        mark = parse_quote_mark(element.get(QUOTE, ""))
        if mark is None:
            self._fault(f"{QUOTE}=“{element.get(QUOTE, '')[:80]}” is malformed")
            return
        self.evidence.check_quote(self.path, mark, "".join(self._quoted(element, mark)))
        if not page_address(self.path, self.evidence.site).endswith(f"sources/{mark.article}/"):
            self.facts.quotes.append((element.get(QUOTE, ""), tuple(_links_beside(element))))

    def _quoted(self, element: etree._Element, mark: QuoteMark) -> Iterator[str]:
        """Yield the quoted words; aids between them are checked on their own."""
        yield element.text or ""
        for child in element:
            if child.get("class") == "aid":
                self._check_aid(child, mark)
            else:
                self._refuse_inside(child)
            yield child.tail or ""

    def _check_aid(self, element: etree._Element, mark: QuoteMark) -> None:
        self.days = frozenset(date.fromisoformat(aid.text) for aid in self.evidence.aids(mark))
        self.check(element)
        self.days = self.evidence.days

    def _refuse_inside(self, element: etree._Element) -> None:
        self._fault(f"<{element.tag}> “{' '.join(element.text_content().split())[:80]}” stands inside a marked text")

    def _check_field(self, element: etree._Element) -> None:
        for child in element:
            self._refuse_inside(child)
        if element.tag == "time":
            self._check_time(element)
        mark, shown = element.get(FROM, ""), visible(element.text_content())
        values = field_values(mark, self.evidence, self.catalog)
        if values is None:
            self._fault(f"{FROM}=“{mark[:80]}” names nothing that exists")
        elif shown not in (values if not isinstance(values, list) else [visible(value) for value in values]):
            self._fault(f"“{shown[:80]}” is not what {mark} says")

    def _check_time(self, element: etree._Element) -> None:
        shown, stated = " ".join(element.text_content().split()), element.get("datetime", "")
        try:
            day, right = date.fromisoformat(stated[:10]), _times(stated, self.catalog)
        except ValueError:
            day, right = None, ()
        if shown not in right:
            self._fault(f"“{shown[:40]}” is not the day {stated[:40]!r}")
        elif day not in self.days and FROM not in element.attrib:
            self._fault(f"the day {stated[:40]!r} is neither an edition's nor an article's, nor follows from the quotation")


def _times(stated: str, catalog: Catalog) -> tuple[str, ...]:
    if len(stated) > len("2021-02-18"):
        return (catalog.time(datetime.fromisoformat(stated)),)
    day = date.fromisoformat(stated)
    return catalog.day(day), catalog.short_day(day)


def _is_theme(element: etree._Element) -> bool:
    """Return whether an element is the theme's own, beside the page's content."""
    return not any(ancestor.tag == "article" for ancestor in element.iterancestors())


def _links_beside(element: etree._Element) -> Iterator[str]:
    """Yield the links in the nearest group that holds a quotation and any link at all."""
    for ancestor in element.iterancestors(*_TOGETHER):
        links = [link for found in ancestor.iter("a") if (link := found.get("href"))]
        if links:
            yield from links
            return
