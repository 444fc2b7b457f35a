"""Prove the feeds of a site: every entry is due, says what its page may say, and leads to where that stands."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from lxml import etree, html

from digest.escape import address, visible
from digest.feeds import ATOM, JSON, LONGEST, OPML, feed_base, moment, outline_rows
from digest.marks import QUOTE
from digest.verify.datafile import once
from digest.verify.due_feeds import DueEntry, DueFeed, due_feeds
from digest.verify.evidence import Evidence, PageFacts
from digest.verify.feed_rows import ATOM_SPACE, LANG, Row, read_rows, wrong_row
from digest.verify.links import find_targets
from digest.verify.pages import check_part

__all__ = ["check_feeds"]

_PARSER = html.HTMLParser(encoding="utf-8")


def check_feeds(evidence: Evidence) -> Collection[str]:
    """Check all feeds and the list of outlets, and return the names of the files that are due."""
    base = feed_base(evidence.address, evidence.day)
    due: set[str] = set()
    outside = frozenset(found for article in evidence.articles.values() if (found := address(article.url)))
    for feed in _due_feeds(evidence) if base else ():
        due |= {feed.name, *_FeedCheck(feed, base, outside, evidence).check()}
    due |= set(_check_former(due, evidence)) if base else set()
    if rows := outline_rows(evidence.settings):
        due.add(OPML)
        _check_outlines(evidence.site / OPML, rows, evidence)
    for name in sorted(due):
        if not (evidence.site / name).is_file():
            evidence.fault(evidence.site / name, "is missing")
    return due


def _due_feeds(evidence: Evidence) -> Sequence[DueFeed]:
    try:
        return tuple(due_feeds(evidence))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        evidence.fault(evidence.site / ATOM, f"cannot be held against damaged data ({type(error).__name__}: {error})")
        return ()


def _check_outlines(path: Path, rows: Sequence[dict[str, str]], evidence: Evidence) -> None:
    """Check that the list of outlets says what the settings say."""
    head = [Row("opml", attributes={"version": "2.0"}), Row("opml/head"), Row("opml/head/title", visible(evidence.settings.title)),
            Row("opml/body")]
    try:
        problem = wrong_row(read_rows(path), [*head, *(Row("opml/body/outline", attributes=row) for row in rows)]) if path.is_file() else ""
    except ValueError as error:
        problem = str(error)
    if problem:
        evidence.fault(path, problem)


def _check_former(due: Collection[str], evidence: Evidence) -> Iterator[str]:
    """Yield the feeds at former addresses of topics that lead on, and check that each is the feed of the topic that its page leads to."""
    former = {given.slug for given in evidence.ledger.topics.values() if given.slug and given.slug not in evidence.slugs}
    for tree in evidence.trees:
        for slug in sorted(former):
            page = f"{tree}topics/{slug}/"
            if (name := f"{page}{ATOM}") not in due:
                yield name
                path = evidence.site / name
                heirs = [evidence.site / f"{target}{ATOM}" for target, _ in evidence.pages.get(page, PageFacts()).targets
                         if target in evidence.topics]
                if path.is_file() and not any(heir.is_file() and heir.read_bytes() == path.read_bytes() for heir in heirs):
                    evidence.fault(path, "is not the feed of the topic that took over its articles")


class _FeedCheck:
    """The check of one feed."""

    def __init__(self, due: DueFeed, base: str, outside: frozenset[str], evidence: Evidence) -> None:
        self.due, self.base, self.outside, self.evidence = due, base, outside, evidence
        self.path = evidence.site / due.name

    def check(self) -> Iterator[str]:
        """Check the feed and, where there is one, the JSON Feed that says the same, and yield its name."""
        rows: list[Row] = []
        try:
            rows = read_rows(self.path, ATOM_SPACE) if self.path.is_file() else []
            self._check_rows(rows)
        except (ValueError, etree.LxmlError) as error:
            self._fault(str(error))
        if self.due.page in self.evidence.trees:
            yield f"{self.due.page}{JSON}"
            self._check_json(self.evidence.site / self.due.page / JSON, rows)

    def _fault(self, problem: str | None) -> None:
        if problem:
            self.evidence.fault(self.path, problem)

    def _check_rows(self, rows: Sequence[Row]) -> None:
        head, *entries = _parts(rows)
        self._fault(wrong_row(head, self._head(head, entries)) if rows else None)
        idents = [_text(entry, "id") for entry in entries]
        if len(set(idents)) < len(idents):
            self._fault("has an id twice")
        if rows and not self.due.some and len(entries) != min(len(self.due.entries), LONGEST):
            self._fault(f"has {len(entries)} entries, and the data {len(self.due.entries)}")
        for ident, entry in zip(idents, entries, strict=True):
            if due := self.due.entries.get(ident):
                self._check_entry(entry, ident, due)
            else:
                self._fault(f"has the entry {ident[:80]!r}, which is none of its page")

    def _head(self, head: Sequence[Row], entries: Sequence[Sequence[Row]]) -> list[Row]:
        """Return the rows that are due before the entries."""
        said = _text(head, "subtitle")
        subtitles = [said if said in self.due.subtitles else min(self.due.subtitles)] if self.due.subtitles else []
        updated = _text(entries[0], "updated") if entries else moment(date.fromisoformat(self.evidence.day or ""))
        return [Row("feed", attributes={LANG: self.due.catalog.lang}), Row("feed/id", self.due.ident), Row("feed/title", self.due.title),
                *(Row("feed/subtitle", text) for text in subtitles), Row("feed/updated", updated), *self._author(),
                _link("feed", "self", "application/atom+xml", self.base + self.due.name),
                _link("feed", "alternate", "text/html", self.base + self.due.page)]

    def _author(self) -> Iterator[Row]:
        settings = self.evidence.settings
        yield Row("feed/author")
        yield Row("feed/author/name", visible(settings.publisher or settings.title))
        if settings.contact and settings.contact.startswith("mailto:"):
            yield Row("feed/author/email", settings.contact.removeprefix("mailto:").partition("?")[0])
        elif settings.contact:
            yield Row("feed/author/uri", settings.contact)

    def _check_entry(self, rows: Sequence[Row], ident: str, due: DueEntry) -> None:
        said, lead = _text(rows, "updated"), "feed/entry"
        page = next((row.attributes.get("href") for row in rows if row.path.endswith("/link")), None)
        places = [self.base + place for place in due.places]
        source = [_link(lead, "via", "text/html", due.source)] if due.source else []
        head = [Row(lead, attributes={LANG: due.lang}), Row(f"{lead}/id", ident), Row(f"{lead}/title", due.title, {LANG: due.title_lang}),
                Row(f"{lead}/updated", said if said in due.updated else min(due.updated)),
                _link(lead, "alternate", "text/html", page if page in places else places[0]), *source]
        text = _text(rows, "content")
        self._fault(wrong_row(rows, [*head, Row(f"{lead}/content", text, {"type": "html"})]))
        self._check_text(text, due)

    def _check_text(self, text: str, due: DueEntry) -> None:
        """Check what an entry says: every word as on its page, every quotation in quotation marks, every link."""
        main = html.fragment_fromstring(text, create_parent="main", parser=_PARSER)
        main.set("lang", due.lang)
        if [element.tag for element in main] != ["div"]:
            self._fault("has an entry that is not one text")
        for fault in (*_take_marks(main), *self._turn_links(main)):
            self._fault(fault)
        facts = check_part(self.path, main, due.page, self.evidence)
        links = (link for found in main.iter("a") if (link := found.get("href")) and link.startswith("/"))
        facts.targets, faults = find_targets(links, due.page)
        for fault in faults:
            self._fault(fault)
        self.evidence.feeds.append((self.due.name, facts))
        for mark, _ in facts.quotes:
            if due.quotes is not None and mark not in due.quotes:
                self._fault(f"quotes {mark}, which is no key point of its page")

    def _turn_links(self, main: etree._Element) -> Iterator[str]:
        """Let links to the site begin at its root, and yield what is wrong with others: they lead to an article at its publisher."""
        for found in main.iter("a"):
            link = found.get("href", "")
            if link.startswith(self.base):
                found.set("href", "/" + link.removeprefix(self.base))
            elif link.partition("#:~:")[0].rstrip("#") not in self.outside and link not in self.outside:
                yield f"the link “{link[:80]}” leads to neither a page of the site nor an article"

    def _check_json(self, path: Path, rows: Sequence[Row]) -> None:
        """Check that a JSON Feed says what the Atom feed beside it says."""
        try:
            same = not path.is_file() or json.loads(path.read_bytes(), object_pairs_hook=once) == self._json(rows)
        except (ValueError, RecursionError) as error:
            self.evidence.fault(path, f"is no JSON Feed ({error})")
        else:
            if not same:
                self.evidence.fault(path, "does not say what feed.xml says")

    def _json(self, rows: Sequence[Row]) -> dict[str, object]:
        _, *entries = _parts(rows)
        settings = self.evidence.settings
        author = {"name": visible(settings.publisher or settings.title)} | ({"url": settings.contact} if settings.contact else {})
        return {"version": "https://jsonfeed.org/version/1.1", "title": self.due.title, "home_page_url": self.base + self.due.page,
                "feed_url": f"{self.base}{self.due.page}{JSON}", "description": _text(rows, "subtitle"), "language": self.due.catalog.lang,
                "authors": [author], "items": [_item(entry) for entry in entries]}


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Yield what stands before the entries of a feed, and each entry."""
    starts = [at for at, row in enumerate(rows) if row.path == "feed/entry"]
    return (rows[start:end] for start, end in zip([0, *starts], [*starts, len(rows)], strict=True))


def _item(entry: Sequence[Row]) -> dict[str, str]:
    page = next(row.attributes.get("href", "") for row in entry if row.path.endswith("/link"))
    return {"id": _text(entry, "id"), "url": page, "title": _text(entry, "title"), "content_html": _text(entry, "content"),
            "date_modified": _text(entry, "updated"), "language": entry[0].attributes.get(LANG, "")}


def _text(rows: Sequence[Row], name: str) -> str:
    """Return the text of the first element of a name."""
    return next((row.text for row in rows if row.path.endswith(f"/{name}")), "")


def _link(holder: str, rel: str, kind: str, place: str) -> Row:
    return Row(f"{holder}/link", attributes={"rel": rel, "type": kind, "href": place})


def _take_marks(main: etree._Element) -> Iterator[str]:
    """Take away the quotation marks around quotations, and yield which has none; so none is left around anything else."""
    for found in main.xpath(f".//*[@{QUOTE}]"):
        before, holder = found.getprevious(), found.getparent()
        opening = (holder.text if before is None else before.tail) or ""
        if opening.strip() != "“" or (found.tail or "").strip() != "”":
            yield f"“{' '.join(found.text_content().split())[:80]}” does not stand in quotation marks"
            continue
        found.tail = ""
        if before is None:
            holder.text = ""
        else:
            before.tail = ""
