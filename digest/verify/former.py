"""Hold what pages tell of former texts against these: what outlets changed, and what former editions quoted."""

from collections.abc import Iterator

from lxml import etree

from digest.catalog import Catalog
from digest.described import plain
from digest.escape import visible
from digest.former import find_rewriting
from digest.marks import QUOTE, QuoteMark, anchor, parse_quote_mark, quote_mark
from digest.models import Article, Citation
from digest.records import EditionRecord
from digest.segment import segment_article
from digest.verify.editions import archive_address
from digest.verify.evidence import Evidence

__all__ = ["check_former", "is_beside_former", "note_former"]

_QUOTED = etree.XPath(f".//*[@{QUOTE}]")
_PARTS = etree.XPath(".//section[@class = 'changed']")
_LABEL = etree.XPath("p[@class = 'says']//text()")
_SIDES = etree.XPath(".//div[@class = 'sides']")
_TOLD = ("point", "card-receipt")
"""What holds a quotation of an edition, or its receipt."""


def note_former(evidence: Evidence) -> None:
    """Note what outlets changed, and the words that source pages may mark as changed."""
    for ident, texts in evidence.former.items():
        article = evidence.segmented(ident)
        changes = find_rewriting(article, map(segment_article, texts)) if article else ()
        evidence.rewritten[ident] = frozenset((_mark(change.one), _mark(change.other)) for change in changes)
        marked = (quote_mark(words) for change in changes for words in (*change.one_words, *change.other_words))
        evidence.marked[f"sources/{ident}/"] = {mark for found in marked if (mark := parse_quote_mark(found))}


def _mark(cited: Citation | None) -> str:
    return quote_mark(cited) if cited else ""


def is_beside_former(element: etree._Element) -> bool:
    """Return whether something stands among what an outlet changed, which no search finds."""
    return any(holder.get("class") == "changed" for holder in element.iterancestors("section"))


def check_former(main: etree._Element, address: str, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    """Yield what is wrong with what the page at an address says of former texts; `catalog` has the words of its text."""
    ident = address.removeprefix("sources/").rstrip("/")
    source = ident if address == f"sources/{ident}/" and ident in evidence.articles else ""
    yield from _word_faults(main, catalog, changed=source in evidence.former, places=len(evidence.rewritten.get(source, ())))
    for part in _PARTS(main):
        yield from _part_faults(part, source, catalog, evidence) if source else ("tells of changes and is no article's page",)
    place = address.removeprefix(evidence.tree_of(address))
    for element in _QUOTED(main):
        mark = parse_quote_mark(element.get(QUOTE, ""))
        if mark and (source or place.startswith("archive/")):
            yield from _quote_faults(element, mark, place, catalog, evidence)


def _word_faults(main: etree._Element, catalog: Catalog, *, changed: bool, places: int) -> Iterator[str]:
    """Yield whether a page does not say that its article was changed, and whether all of that is shown, or says so of one that was not.

    At `places` of the article something was changed.
    """
    words = {key: plain(catalog, key) for key in ("changed", "changed_unshown", "changed_more")}
    said = {text for found in main.iter("p") if (text := visible(found.text_content())) in words.values()}
    parts = _PARTS(main)
    due = {words["changed" if parts else "changed_unshown"]} if changed else set()
    if sum(len(_SIDES(part)) for part in parts) < places and parts:
        due.add(words["changed_more"])
    if said != due:
        yield "does not say that its article was changed" if due else "says that its article was changed, which it was not"


def _part_faults(part: etree._Element, ident: str, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    """Yield which changes on a source page are none: sentences that did not become each other, or stand under the wrong words."""
    labels = [plain(catalog, key) for key in ("before", "now")]
    for sides in _SIDES(part):
        marks = tuple(" ".join(str(found.get(QUOTE)) for found in _QUOTED(side)) for side in sides)
        if marks not in evidence.rewritten.get(ident, ()):
            yield f"tells a change that is none: {' to '.join(filter(None, marks))[:160]}"
        elif [visible("".join(_LABEL(side))) for side in sides] != labels:
            yield f"does not say which is before and which is now: {' to '.join(filter(None, marks))[:160]}"


def _quote_faults(element: etree._Element, mark: QuoteMark, place: str, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    """Yield whether a quotation is of a former text and is not said to be, or none and is, and whether that may stand at this place."""
    text = evidence.text_of(mark)
    former = text is not None and text.former
    if not place.startswith("sources/"):
        told = next((holder for holder in element.iterancestors("div") if holder.get("class") in _TOLD), None)
        if former != (told is not None and _says_former(told, catalog)):
            yield f"the quotation {mark} is of {'a former text and does not say so' if former else 'no former text'}"
    elif former != is_beside_former(element) and not _is_change(element):
        yield f"the quotation {mark} of a former text stands in the text that its article has now" if former else (
            f"the quotation {mark} is of no former text")
    if text and former:
        yield from _former_faults(element, mark, text, place, evidence)


def _former_faults(element: etree._Element, mark: QuoteMark, text: Article, place: str, evidence: Evidence) -> Iterator[str]:
    """Yield whether a quotation of a former text has an anchor that is not its own, or was in no edition that could tell it here."""
    ident = element.get("id", "")
    if ident and ident != anchor(text.text, mark.start, mark.end):
        yield f"the quotation {mark} of a former text has the anchor {ident[:40]}"
    if not _is_change(element) and not any(
            place in (f"sources/{mark.article}/", f"archive/{archive_address(day)}") and _is_in(mark, record)
            for day, record in evidence.records.items()):
        yield f"the quotation {mark} of a former text was in no such edition"


def _is_change(element: etree._Element) -> bool:
    """Return whether a quotation is a side of a change, which is checked as such."""
    return is_beside_former(element) and any(holder.get("class") == "sides" for holder in element.iterancestors("div"))


def _is_in(mark: QuoteMark, record: EditionRecord) -> bool:
    """Return whether an edition quoted a sentence of a text, or words of it."""
    quotes = (quote for topic in record.topics for point in (*topic.points, *topic.story_points) for quote in point)
    return any((q.article, q.version) == (mark.article, mark.version) and q.start < mark.end and mark.start < q.end for q in quotes)


def _says_former(told: etree._Element, catalog: Catalog) -> bool:
    return any(visible(found.text_content()) == plain(catalog, "from_former") for found in told.iter("p"))
