"""Hold what is said to be new against the records of earlier editions."""

from collections.abc import Iterator

from lxml import etree

from digest.catalog import Catalog
from digest.escape import visible
from digest.verify.evidence import Evidence

__all__ = ["NEW", "SINCE", "check_news", "last_edition"]

NEW, SINCE = "data-new", "data-since"
_LABELS = {"topic": "news_topic", "points": "news_points"}
_LOOSE = etree.XPath(f".//text()[not(ancestor::*[@{NEW} or @class='handbook'])]")
"""Texts that claim nothing that is due; chapters of the handbook are held against the program's documents."""


def last_edition(evidence: Evidence) -> str | None:
    """Return the day of the edition before this one; None where none is recorded."""
    return max((record.day.isoformat() for record in evidence.records if record.day.isoformat() < (evidence.day or "")), default=None)


def check_news(main: etree._Element, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    """Yield what a page wrongly says to be new; `catalog` is that of its text."""
    due = dict(_due(evidence)) if main.find(f".//*[@{NEW}]") is not None or main.find(f".//*[@{SINCE}]") is not None else {}
    words = {kind: visible(str(catalog.text(key).unescape())) for kind, key in _LABELS.items()}
    for label in main.iterfind(f".//*[@{NEW}]"):
        ident, _, kind = label.get(NEW, "").rpartition(":")
        if due.get(ident) != kind or visible(label.text_content()) != words[kind]:
            yield f"“{visible(label.text_content())[:60]}” of {ident[:60]} is not what the records say"
        elif not any(f"/topics/{slug}/" in f"/{link.get('href')}" for slug, of in evidence.slugs.items() if of == ident
                     for link in _holder(label).iter("a")):
            yield f"what is new of {ident[:60]} does not stand beside a link to it"
    for found in main.iterfind(f".//*[@{SINCE}]"):
        told = {label.get(NEW, "").rpartition(":")[0] for label in found.iterfind(f".//*[@{NEW}]")}
        if found.get(SINCE) != last_edition(evidence) or told != due.keys():
            yield f"its list of what is new since {found.get(SINCE, '')[:20]} is not what the records say"
    said = visible(main.text_content())
    if any(word in said for word in words.values()) and set(words.values()) & {visible(text) for text in _LOOSE(main)}:
        yield "says that something is new, and not what"


def _holder(label: etree._Element) -> etree._Element:
    """Return what holds a label together with the title of its topic."""
    return next(label.iterancestors("li", "section", "div"), label)


def _due(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield the topics with something new: a `topic` of which nothing was recorded, or one with `points` of articles not quoted before."""
    before = [topic for record in evidence.records if record.day.isoformat() < (evidence.day or "") for topic in record.topics]
    quotes = [quote for topic in before for point in (*topic.points, *topic.story_points) for quote in point]
    said = {quote.quote for quote in quotes if quote.article not in evidence.withdrawn}
    known = {topic.id for topic in before} | {quote.article for quote in quotes} | {topic.title_article for topic in before}
    for ident in evidence.slugs.values() if before else ():
        if known.isdisjoint((ident, *evidence.members.get(ident, ()))):
            yield ident, "topic"
        elif any(said.isdisjoint(point) and known.isdisjoint(point) for point in evidence.said.get(ident, ())):
            yield ident, "points"
