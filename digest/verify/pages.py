"""Hold a page against its sources: in its `<main>`, every word is a marked quotation, a marked field or the interface's."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from lxml import etree

from digest.built import read_page
from digest.catalog import Catalog, load_catalog
from digest.escape import visible
from digest.marks import FROM, QUOTE, TRANSLATION, QuoteMark, parse_quote_mark
from digest.verify.archive import check_dated_links
from digest.verify.beside import links_beside, receipts_of
from digest.verify.charts import check_charts
from digest.verify.counts import stated_counts
from digest.verify.elements import find_foreign, find_refreshes, find_scripts, language_at, misfits
from digest.verify.evidence import Evidence, PageFacts
from digest.verify.fields import field_values
from digest.verify.former import check_former, is_beside_former
from digest.verify.handbook import check_chapter, check_handbook, drop_chapters, is_chapter, is_title
from digest.verify.head import MISSING, PageHead
from digest.verify.heading import check_heading, headings_of, title_of
from digest.verify.limits import check_unquoted
from digest.verify.linked import check_linked
from digest.verify.links import find_page, find_targets, name_places
from digest.verify.news import check_anew, check_news
from digest.verify.quotations import check_quote
from digest.verify.told import PageTelling, check_fallback, check_notice, find_fields, is_sign, says_only
from digest.verify.words import is_interface

__all__ = ["check_page", "check_part", "page_address"]

_SPOKEN = frozenset({"title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "alt", "placeholder", "label",
                     "summary", "value"})
_MENU = etree.XPath("//nav[contains(@class, 'languages')]//a")
_FEEDS = etree.XPath("//link[@rel = 'alternate']")


def page_address(path: Path, site: Path) -> str:
    """Return a page's address from the site's root."""
    return path.relative_to(site).as_posix().removesuffix("index.html")


def check_page(path: Path, evidence: Evidence) -> None:
    """Check a page and note what the checks of links need of it."""
    try:
        _check_tree(path, read_page(path.read_bytes()), evidence)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        evidence.fault(path, f"is no HTML that can be checked ({type(error).__name__}: {error})")


def check_part(path: Path, main: etree._Element, address: str, evidence: Evidence) -> PageFacts:
    """Check what stands in another file than a page, as if it were the text of the page at an address; return what checks of links need."""
    facts = PageFacts(fallen=main.find(".//p[@class='fallback']") is not None)
    page = _Page(path, evidence, facts, main, evidence.catalog(address), address)
    page.check(main, theme=False)
    page.check_telling(main)
    return facts


def _check_tree(path: Path, tree: etree._Element, evidence: Evidence) -> None:
    facts = evidence.pages.setdefault(page_address(path, evidence.site), PageFacts())
    facts.anchors.update((found.get("id"), found.get(QUOTE, "")) for found in tree.xpath("//*[@id]"))
    mains = tree.findall(".//main")
    if len(mains) != 1:
        evidence.fault(path, f"has {len(mains) or 'no'} <main>")
        return
    main, = mains
    catalog = evidence.catalog(page_address(path, evidence.site))
    if tree.get("lang") != catalog.lang:
        evidence.fault(path, f"is in the language {tree.get('lang', '')[:40]!r}, not in {catalog.lang!r}")
        return
    facts.fallen = main.find(".//p[@class='fallback']") is not None
    facts.title = title_of(main)
    page = _Page(path, evidence, facts, main, catalog, page_address(path, evidence.site))
    page.check(main)
    page.note_links(tree, _base(tree, path, evidence))
    page.check_handbook(main)
    page.check_telling(main)
    page.check_claims(main)
    page.check_head(tree)


def _base(tree: etree._Element, path: Path, evidence: Evidence) -> str:
    """Return the path of the site that the theme puts before the links of an error page; nothing for other pages."""
    try:
        settings = json.loads(tree.findtext('.//script[@id="__config"]') or "{}")
    except ValueError as error:
        evidence.fault(path, f"the theme's settings are no JSON ({error})")
        return ""
    base = str(settings.get("base", "")) if isinstance(settings, dict) else ""
    return base.rstrip("/") + "/" if base.startswith("/") else ""


class _Page:
    """The check of one page."""

    def __init__(self, path: Path, evidence: Evidence, facts: PageFacts, main: etree._Element, catalog: Catalog, address: str) -> None:
        self.path, self.evidence, self.facts, self.main, self.headings = path, evidence, facts, main, headings_of(main)
        self.catalog = catalog
        self.address = address
        self.place = self.address.removeprefix(evidence.tree_of(self.address))
        self.tree = evidence.trees[evidence.tree_of(self.address)]
        """The language in whose tree it lies, as `digest.yml` names it."""
        self.lang = evidence.settings.language if facts.fallen else self.tree
        """The language that its text is told in."""
        self.telling = PageTelling(self.lang, load_catalog(self.lang), find_fields(main), evidence)
        spoken = map(load_catalog, evidence.settings.languages) if self.address == MISSING else (catalog, self.telling.catalog)
        self.catalogs = {found.lang: found for found in spoken}
        """The interfaces whose words it may have, by the language that an element says it is in."""
        self.receipts = receipts_of(main)
        self.made: set[bool] = set()
        """Of each translation on it, whether it is a program's."""
        self.aid_days: frozenset[str] | None = None

    def check(self, element: etree._Element, *, theme: bool = True) -> None:
        """Check an element and all that it holds; `theme`: it is the theme's own, beside the page's content."""
        if not isinstance(element.tag, str):
            return
        whole = is_chapter(element)
        faults = list(check_chapter(element, self.address) if whole else misfits(element, self.evidence, theme=theme))
        for fault in faults:
            self._fault(fault)
        if faults or whole or element.tag == "script":
            return
        self._check_spoken(element)
        if QUOTE in element.attrib:
            self._check_quote(element)
        elif TRANSLATION in element.attrib:
            self._check_translation(element)
        elif FROM in element.attrib:
            self._check_field(element)
        elif element.tag == "time":
            self._check_time(element)
            for child in element:
                self._refuse_inside(child)
        else:
            self._check_only(element, said=element.get("class") == "only-in")
            self._check_text(element, element.text)
            for child in element:
                self.check(child, theme=theme and element.tag != "article")
                self._check_text(element, child.tail)

    def note_links(self, tree: etree._Element, base: str) -> None:
        """Note where its links, and the page to which it sends readers on, lead in the site, and which can lead nowhere."""
        links = [link for found in (*self.main.iter("a"), *_MENU(tree), *_FEEDS(tree)) if (link := found.get("href")) is not None]
        refreshes = list(find_refreshes(tree))
        if None in refreshes:
            self._fault("<meta> sends readers to another site")
        rooted = ["/" + link.removeprefix(base) if base and link.startswith(base) else link for link in links]
        self.facts.targets, faults = find_targets([*rooted, *filter(None, refreshes)], self.address)
        for fault in faults:
            self._fault(fault)
        self.facts.beside += [(rel, find_page(found.get("href", ""), self.address)) for found in self.main.iter("a")
                              if (rel := found.get("rel")) in ("prev", "next")]

    def check_telling(self, main: etree._Element) -> None:
        """Check that it says in which language it is told, where that is not its tree's, and whether programs translated."""
        told = self.evidence.told.get(self.address, self.lang)
        if told != self.lang:
            self._fault(f"is told in {self.lang!r}, but its data are in {told[:20]!r}")
        fallback = check_fallback(main, self.tree, self.evidence.settings.language, self.catalog)
        for fault in (*check_notice(main, self.telling.catalog, machine=True in self.made, edited=False in self.made), *fallback):
            self._fault(fault)

    def check_handbook(self, main: etree._Element) -> None:
        """Check that it holds a chapter where one is due; what that says of pages is said of none here, so no other check reads it."""
        for fault in check_handbook(main, self.place, self.address):
            self._fault(fault)
        drop_chapters(main)

    def check_claims(self, main: etree._Element) -> None:
        """Check what heads a topic, why it says to quote nothing, what is drawn or said to be new, and where links with a date lead."""
        catalog, tree = self.telling.catalog, self.evidence.tree_of(self.address)
        topic = self.evidence.topics.get(self.address)
        heads = () if topic is None else (*check_heading(main, topic), *check_unquoted(
            main, self.evidence.members[topic["id"]], self.evidence, catalog))
        found = (*heads, *check_charts(main, catalog, self.evidence), *check_news(main, catalog, self.evidence),
                 *check_anew(main, self.place, self.evidence), *check_dated_links(main, self.address, tree),
                 *check_former(main, self.address, catalog, self.evidence))
        for fault in found:
            self._fault(fault)

    def _check_only(self, element: etree._Element, *, said: bool) -> None:
        """Check that a statement that is said to be found in one language alone is so in its data."""
        if not said:
            return
        places = {f"{self.address}#{ident}" for ident in _idents(element)}
        due = {only for place, only in self.evidence.only.items() if place in places}
        if {str(found).split(":")[1] for found in element.xpath(f".//@{FROM}")} != due:
            self._fault(f"“{' '.join(element.text_content().split())[:80]}” is not what the data say")

    def check_head(self, tree: etree._Element) -> None:
        """Check what the page says beside its text, runs, or loads."""
        self._check_title(tree.findtext(".//title") or "")
        settings = self.evidence.settings
        told = self.headings | {visible(text) for text in (settings.title, settings.publisher) if text}
        head = PageHead(tree, self.main, self.address, self.lang, self.telling.catalog, self.catalog, told, self.evidence)
        for fault in (*find_foreign(tree), *find_scripts(tree, self.evidence), *head.faults(),
                      *check_linked(tree, self.address, self.evidence)):
            self._fault(fault)

    def _check_title(self, title: str) -> None:
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
        folded, lang = " ".join(text.split()), self._catalog_at(element).lang
        if not is_interface(folded, lang) and not self._repeats(element, folded) and not is_title(element, folded, self.address):
            self._fault(f"“{folded[:80]}” is neither a marked quotation nor a word of the interface")
        elif (counts := stated_counts(folded, lang)) and counts.isdisjoint(
                self.evidence.counts_at(self.address, _idents(element))):
            self._fault(f"“{folded}” is not what the data count")

    def _catalog_at(self, element: etree._Element) -> Catalog:
        """Return the interface whose words may stand in an element: that of the language that it says it is in."""
        return self.catalogs.get(language_at(element), self.catalog)

    def _repeats(self, element: etree._Element, folded: str) -> bool:
        """Return whether a text is a heading or title that the theme repeats in a navigation."""
        names = self.headings | {visible(self.evidence.settings.title)}
        return folded in names and any(ancestor.tag == "nav" for ancestor in element.iterancestors())

    def _check_spoken(self, element: etree._Element) -> None:
        for name in sorted(_SPOKEN.intersection(element.keys()) - ({"title"} if is_sign(element) else set())):
            folded = " ".join(element.get(name, "").split())
            if not is_interface(folded, self._catalog_at(element).lang) and not self._repeats(element, folded):
                self._fault(f"{name}=“{folded[:80]}” is not a word of the interface")

    def _check_quote(self, element: etree._Element) -> None:
        mark = parse_quote_mark(element.get(QUOTE, ""))
        if mark is None:
            self._fault(f"{QUOTE}=“{element.get(QUOTE, '')[:80]}” is malformed")
            return
        shown = "".join(self._quoted(element, mark))
        check_quote(self.path, mark, shown, self.evidence)
        if not is_beside_former(element):
            self.facts.said.append(str(mark))
        article = self.evidence.articles.get(mark.article)
        if article and language_at(element) != article.lang:
            self._fault(f"the quotation {mark} is said to be in the language {language_at(element)[:20]!r}, not in {article.lang!r}")
        if not self.address.endswith(f"sources/{mark.article}/"):
            beside, targets = str(self._marked_beside(element, mark)), find_targets(links_beside(element, self.receipts), self.address)[0]
            self.facts.quotes.append((beside, name_places(beside, targets)))
            if any("point" in ancestor.get("class", "").split() for ancestor in element.iterancestors("div")):
                self.facts.points.append((beside, tuple(targets)))

    def _marked_beside(self, element: etree._Element, mark: QuoteMark) -> QuoteMark:
        """Return the quotation whose link a quotation stands with: of a neighbor in a receipt, that of the sentence beside it."""
        context = next((ancestor for ancestor in element.iterancestors("blockquote") if ancestor.get("class") == "context"), None)
        if context is None or element.tag == "mark":
            return mark
        quoted = [found for each in context.iter("mark") if (found := parse_quote_mark(each.get(QUOTE, "")))]
        if len(quoted) == 1 and self.evidence.are_neighbors(mark, quoted[0]):
            return quoted[0]
        self._fault(f"the quotation {mark} is no neighbor of the sentence that its receipt is of")
        return mark

    def _check_translation(self, element: etree._Element) -> None:
        quoted = parse_quote_mark(element.get(TRANSLATION, ""))
        text = "".join(self._quoted(element, quoted)) if quoted else element.text_content()
        for fault in self.telling.faults(element, text):
            self._fault(fault)
        self.facts.told.append((element.get(TRANSLATION, ""), visible(text)))
        self.made.add(self.telling.is_by_machine(element))

    def _quoted(self, element: etree._Element, mark: QuoteMark) -> Iterator[str]:
        """Yield the quoted words, marked ones among them; aids between them are checked on their own."""
        yield element.text or ""
        for child in element:
            if child.get("class") == "aid":
                self._check_aid(child, mark)
            elif child.tag == "mark" and not len(child) and set(child.keys()) <= {"class"}:
                self._check_marked(child, mark)
                yield child.text or ""
            else:
                self._refuse_inside(child)
            yield child.tail or ""

    def _check_marked(self, element: etree._Element, mark: QuoteMark) -> None:
        """Check words that are marked within a quotation: the data say so, or they are the name that the page is of."""
        shown = visible(element.text or "")
        article = self.evidence.text_of(mark)
        spans = [span for span in self.evidence.marked.get(self.address, ()) if span.is_in(mark)] if article else []
        named = self.evidence.names.get(self.place.removeprefix("names/").rstrip("/"), {"spellings": ()})
        if not any(article and visible(article.text[span.start:span.end]) == shown for span in spans) and shown not in named["spellings"]:
            self._fault(f"“{shown[:80]}” is marked in the quotation {mark}, but nothing rests on these words")

    def _check_aid(self, element: etree._Element, mark: QuoteMark) -> None:
        self.aid_days = frozenset(aid.text for aid in self.evidence.aids(mark))
        self.check(element, theme=False)
        self.aid_days = None

    def _refuse_inside(self, element: etree._Element) -> None:
        self._fault(f"<{element.tag}> “{' '.join(element.text_content().split())[:80]}” stands inside a marked text")

    def _check_field(self, element: etree._Element) -> None:
        for child in element:
            self._refuse_inside(child)
        if element.tag == "time":
            self._check_time(element)
        mark, shown, holder = element.get(FROM, ""), visible(element.text_content()), element.getparent()
        catalog = self.catalog if holder is None else self._catalog_at(holder)
        values = field_values(mark, self.evidence, catalog)
        if holder is not None and mark.startswith("language:"):
            self._check_only(holder, said=says_only(holder, mark.split(":")[1], catalog))
        if values is None:
            self._fault(f"{FROM}=“{mark[:80]}” names nothing that exists")
        elif shown not in (values if not isinstance(values, list) else [visible(value) for value in values]):
            self._fault(f"“{shown[:80]}” is not what {mark} says")

    def _check_time(self, element: etree._Element) -> None:
        shown, stated = " ".join(element.text_content().split()), element.get("datetime", "")
        try:
            right = _times(stated, self._catalog_at(element))
        except ValueError:
            right = ()
        if shown not in right:
            self._fault(f"“{shown[:40]}” is not the day {stated[:40]!r}")
        elif FROM not in element.attrib and stated not in self._named(element):
            self._fault(f"the day {stated[:40]!r} is not the edition's, nor one of the articles here, nor follows from the quotation")

    def _named(self, element: etree._Element) -> frozenset[str]:
        """Return the days and times that an element without a mark may name where it stands."""
        if self.aid_days is not None:
            return self.aid_days
        return self.evidence.moments_at(self.address, _idents(element))


def _idents(element: etree._Element) -> Iterator[str]:
    """Yield the ids of what holds an element, the nearest first."""
    return (ident for holder in (element, *element.iterancestors()) if (ident := holder.get("id")))


def _times(stated: str, catalog: Catalog) -> tuple[str, ...]:
    if len(stated) > len("2021-02-18"):
        return (catalog.time(datetime.fromisoformat(stated)),)
    if len(stated) != len("2021-02-18") or stated.startswith("-"):
        return (catalog.partial(stated),)
    day = date.fromisoformat(stated)
    return catalog.day(day), catalog.short_day(day)
