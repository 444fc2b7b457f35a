"""Hold the translations of a page against their originals: each stands beside the sentence or title that it translates, and says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree

from digest.catalog import Catalog
from digest.escape import visible
from digest.marks import FROM, QUOTE, TRANSLATION, parse_quote_mark
from digest.translation import EDITOR, Original
from digest.verify.evidence import Evidence

__all__ = ["Around", "check_notice", "look_around", "translation_faults"]

_GROUP = ("div", "section", "li")
_MARKED = etree.XPath(f"//*[@{QUOTE} or @{FROM}]")
_LABELS = etree.XPath("//*[contains(concat(' ', @class, ' '), ' origin ')]")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands on a page, looked up once for all of its translations."""

    marked: Mapping[str, Sequence[etree._Element]]
    """By mark, the quotations and fields that bear it, in their order."""
    labeled: frozenset[etree._Element]
    """What holds a label that says where a text comes from."""


def look_around(tree: etree._Element) -> Around:
    """Return what stands on a page."""
    marked: dict[str, list[etree._Element]] = {}
    for element in _MARKED(tree):
        for mark in {element.get(QUOTE), element.get(FROM)} - {None}:
            marked.setdefault(mark, []).append(element)
    labeled: set[etree._Element] = set()
    for element in _LABELS(tree):
        labeled.update(takewhile(lambda holder: holder not in labeled, element.iterancestors()))
    return Around(marked, frozenset(labeled))


def check_notice(main: etree._Element, catalog: Catalog) -> Iterator[str]:
    """Yield whether a page with machine translations lacks the word that it has them."""
    if main.find(".//span[@class='machine']") is not None and visible(str(catalog.text("machine_notice").unescape())) not in {
            visible(found.text_content()) for found in main.iter("p")}:
        yield "has machine translations and does not say so"


def translation_faults(element: etree._Element, text: str, lang: str, evidence: Evidence, around: Around) -> Iterator[str]:
    """Yield what speaks against a translation, `text` into `lang`, as it stands on a page."""
    mark, shown = element.get(TRANSLATION, ""), visible(text)
    place = next(element.iterancestors(*_GROUP), None) if parse_quote_mark(mark) else element.getroottree().getroot()
    twin = _twin(place, mark, around)
    if place is None or twin is None:
        yield f"“{shown[:80]}” is said to translate {mark[:80]}, which does not stand beside it"
    elif (known := evidence.translations.get((lang, mark))) is not None:
        if visible(known) != shown:
            yield f"“{shown[:80]}” is not what the data say that {mark[:80]} is translated to"
    else:
        engine, _, model = _engine(place).partition(":")
        original = Original(_original(twin, mark, evidence), twin.get("lang", ""))
        yield from evidence.translation_faults(original, shown, lang, engine, "" if model == "-" else model)
    if place is not None and place not in around.labeled:
        yield f"“{shown[:80]}” is not said to be a translation"


def _twin(place: etree._Element | None, mark: str, around: Around) -> etree._Element | None:
    """Return the original beside a translation: the quotation or field with its mark."""
    return next((found for found in around.marked.get(mark, ()) if place in found.iterancestors()), None)


def _original(twin: etree._Element, mark: str, evidence: Evidence) -> str:
    """Return the words that a translation translates, without what stands between them as help."""
    quoted = parse_quote_mark(mark)
    article = evidence.articles.get(quoted.article) if quoted else None
    return article.text[quoted.start:quoted.end] if quoted and article else twin.text_content()


def _engine(place: etree._Element) -> str:
    """Return the engine and model that a place names; an editor where it names none."""
    found = place.xpath(f".//*[starts-with(@{FROM}, 'engine:')]/@{FROM}")
    return str(found[0]).removeprefix("engine:") if found else EDITOR
