"""Hold the translations of a page against their originals: each stands beside the sentence or title that it translates, and says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from lxml import etree

from digest.catalog import Catalog, language_name
from digest.described import origin_text, plain
from digest.desk import BETWEEN
from digest.escape import visible
from digest.marks import FROM, QUOTE, TRANSLATION, parse_quote_mark
from digest.translation import DOUBTS, EDITOR, Original, Translation
from digest.verify.elements import language_at
from digest.verify.evidence import Evidence

__all__ = ["PageTelling", "check_fallback", "check_notice", "find_fields", "says_only"]

_GROUP = ("div", "section", "li")
_QUOTING = ("q", "blockquote", "cite")
_LABEL = etree.XPath(".//*[contains(concat(' ', @class, ' '), ' origin ')]")
_LABEL_WORDS = etree.XPath(".//text()[not(ancestor::*[@class='show'])]")
_QUOTED = etree.XPath(f".//*[@{QUOTE} = $mark]")
_ENGINES = etree.XPath(f".//*[starts-with(@{FROM}, 'engine:')]/@{FROM}")
_DOUBTS = tuple(found for size in range(len(DOUBTS) + 1) for found in permutations(DOUBTS, size))


@dataclass(frozen=True, slots=True)
class _Original:
    """An original beside a translation."""

    element: etree._Element
    group: etree._Element
    """What holds it together with its label."""


def find_fields(main: etree._Element) -> Mapping[str, Sequence[etree._Element]]:
    """Return the marked fields of a page by their marks."""
    found: dict[str, list[etree._Element]] = {}
    for element in main.iter():
        if isinstance(element.tag, str) and (mark := element.get(FROM)):
            found.setdefault(mark, []).append(element)
    return found


def check_notice(main: etree._Element, catalog: Catalog, *, machine: bool) -> Iterator[str]:
    """Yield whether a page lacks the word that it has machine translations, or has it without any; `catalog` is that of its text."""
    said = any(visible(found.text_content()) == plain(catalog, "machine_notice") for found in main.iter("p"))
    if machine and not said:
        yield "has machine translations and does not say so"
    elif said and not machine:
        yield "says that it has machine translations, and has none"


def check_fallback(main: etree._Element, lang: str, first: str, catalog: Catalog) -> Iterator[str]:
    """Yield whether the word of a page in the language `lang` that it is told in the first one says something else."""
    due = plain(catalog, "fallback_notice", language=language_name(lang, catalog.lang), shown=language_name(first, catalog.lang))
    for found in main.xpath(".//p[@class='fallback']"):
        if visible(found.text_content()) != due or lang == first:
            yield f"“{visible(found.text_content())[:80]}” is not what a page says that is told in another language"


def says_only(element: etree._Element, lang: str, catalog: Catalog) -> bool:
    """Return whether an element that names a language says that something is found in it alone, however the element is marked."""
    return visible(element.text_content()) == plain(catalog, "only_in", language=language_name(lang, catalog.lang))


@dataclass(frozen=True, slots=True)
class PageTelling:
    """What a page tells in another language than its sources."""

    lang: str
    """The language that it is told in, as `digest.yml` names it."""
    catalog: Catalog
    """The words of its text."""
    fields: Mapping[str, Sequence[etree._Element]]
    """Its marked fields, by their marks."""
    evidence: Evidence

    def is_by_machine(self, element: etree._Element) -> bool:
        """Return whether a translation is a program's: as the data say or, of what they do not have, as its label does."""
        mark = element.get(TRANSLATION, "")
        known = self.evidence.translations.get((self.lang, mark))
        return (known.engine if known else _engine(self._beside(element, mark))[0]) != EDITOR

    def faults(self, element: etree._Element, text: str) -> Iterator[str]:
        """Yield what speaks against a translation."""
        mark, shown, stated = element.get(TRANSLATION, ""), visible(text), language_at(element)
        if stated != self.lang:
            yield f"“{shown[:80]}” is said to be in the language {stated[:20]!r}, and the page is told in {self.lang!r}"
        if element.tag in _QUOTING or next(element.iterancestors(*_QUOTING), None) is not None:
            yield f"“{shown[:80]}” is a translation and stands in quotation marks"
        if self.evidence.is_closed(mark):
            yield f"“{shown[:80]}” translates {mark[:80]}, whose outlet does not allow it"
        beside = self._beside(element, mark)
        if not beside:
            yield f"“{shown[:80]}” is said to translate {mark[:80]}, which does not stand beside it"
        elif (known := self.evidence.translations.get((self.lang, mark))) is None:
            yield from self._unknown_faults(beside, mark, shown)
        else:
            if visible(known.text) != shown:
                yield f"“{shown[:80]}” is not what the data say that {mark[:80]} is translated to"
            yield from _label_faults(beside, shown, {origin_text(known, self.catalog)})

    def _beside(self, element: etree._Element, mark: str) -> list[_Original]:
        """Return the originals beside a translation: of a sentence those in its group, of a title any on the page."""
        if parse_quote_mark(mark):
            group = next(element.iterancestors(*_GROUP), None)
            return [_Original(twin, group) for twin in _QUOTED(group, mark=mark)] if group is not None else []
        return [_Original(twin, next(twin.iterancestors(*_GROUP, "details"), twin)) for twin in self.fields.get(mark, ())]

    def _unknown_faults(self, beside: Sequence[_Original], mark: str, shown: str) -> Iterator[str]:
        """Yield what speaks against a translation that the data of this edition do not have: its label alone says what made it."""
        (engine, model), twin = _engine(beside), beside[0].element
        article = self.evidence.articles.get(quoted.article) if (quoted := parse_quote_mark(mark)) else None
        text = article.text[quoted.start:quoted.end] if article and quoted else twin.text_content()
        source = article.lang if article else language_at(twin)
        yield from self.evidence.translation_faults(Original(text, source), shown, self.lang, engine, model)
        ways = (None,) if engine == EDITOR else (None, BETWEEN)
        yield from _label_faults(beside, shown, {origin_text(Translation(
            text=shown, lang=self.lang, source=source, engine=engine, model=model, through=through, doubts=doubts), self.catalog)
            for through in ways for doubts in _DOUBTS})


def _label_faults(beside: Sequence[_Original], shown: str, due: set[str]) -> Iterator[str]:
    """Yield whether no label beside the original says how a translation came about, or each says something else."""
    labels = [visible("".join(_LABEL_WORDS(label))) for original in beside for label in _LABEL(original.group)]
    if not labels:
        yield f"“{shown[:80]}” is not said to be a translation"
    elif due.isdisjoint(labels):
        yield f"“{shown[:80]}” has the label “{labels[0][:80]}”, which is not how it came about"


def _engine(beside: Sequence[_Original]) -> tuple[str, str]:
    """Return the engine and model that labels name; an editor where they name none."""
    found = [mark for original in beside for mark in _ENGINES(original.group)]
    engine, _, model = str(found[0]).removeprefix("engine:").partition(":") if found else (EDITOR, "", "")
    return engine, "" if model == "-" else model
