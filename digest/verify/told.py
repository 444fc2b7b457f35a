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

__all__ = ["PageTelling", "check_fallback", "check_notice", "find_fields", "is_sign", "says_only"]

_GROUP = ("div", "section", "li")
_HOLDER = (*_GROUP, "article", "details", "tr")
"""What holds a title together with a note of how it was translated."""
_SIGNS = ("machine", "edited")
_QUOTING = ("q", "blockquote", "cite")
_LABEL = etree.XPath(".//*[contains(concat(' ', @class, ' '), ' origin ')]")
_LABEL_WORDS = etree.XPath(".//text()[not(ancestor::*[@class='show'])]")
_QUOTED = etree.XPath(f".//*[@{QUOTE}]")
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


def check_notice(main: etree._Element, catalog: Catalog, *, machine: bool, edited: bool) -> Iterator[str]:
    """Yield whether a page lacks the word that it has translations of programs, and of editors, or says so without having any.

    `catalog` is that of its text.
    """
    notices = {plain(catalog, key): key for key in ("machine_notice", "machine_notice_edited")}
    said = {notices[text] for found in main.iter("p") if (text := visible(found.text_content())) in notices}
    due = {"machine_notice_edited" if edited else "machine_notice"} if machine else set()
    if due and not said:
        yield "has machine translations and does not say so"
    elif said - due and not machine:
        yield "says that it has machine translations, and has none"
    elif said != due:
        yield "does not say which of its translations are an editor's" if edited else "says that translations are an editor's, and none is"


def is_sign(element: etree._Element) -> bool:
    """Return whether an element is the sign that the title before it is translated, which is checked with that title."""
    before = element.getprevious()
    mark = before.get(TRANSLATION) if before is not None else None
    return element.tag == "small" and element.get("class") in _SIGNS and mark is not None and parse_quote_mark(mark) is None


def _sign(element: etree._Element) -> etree._Element | None:
    """Return the sign that follows a translated title; None where there is none."""
    after = element.getnext()
    return after if after is not None and is_sign(after) else None


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
        known = self.evidence.translations.get((self._lang_of(element), mark))
        return (known.engine if known else _engine(self._beside(element, mark))[0]) != EDITOR

    def faults(self, element: etree._Element, text: str) -> Iterator[str]:
        """Yield what speaks against a translation."""
        mark, shown, stated = element.get(TRANSLATION, ""), visible(text), language_at(element)
        lang = self._lang_of(element)
        if stated != lang:
            yield f"“{shown[:80]}” is said to be in the language {stated[:20]!r}, and the page is told in {self.lang!r}"
        if element.tag in _QUOTING or next(element.iterancestors(*_QUOTING), None) is not None:
            yield f"“{shown[:80]}” is a translation and stands in quotation marks"
        if self.evidence.is_closed(mark):
            yield f"“{shown[:80]}” translates {mark[:80]}, whose outlet does not allow it"
        beside = self._beside(element, mark)
        if not beside:
            yield f"“{shown[:80]}” is said to translate {mark[:80]}, which does not stand beside it"
        else:
            if (known := self.evidence.translations.get((lang, mark))) is None:
                yield from self._unknown_faults(beside, mark, shown, lang)
            elif visible(known.text) != shown:
                yield f"“{shown[:80]}” is not what the data say that {mark[:80]} is translated to"
            due = self._due(element, beside)
            yield from _label_faults(beside, shown, due)
            if not parse_quote_mark(mark) and not (
                    self._is_signed(element, due) if _sign(element) is not None else self._is_noted(element, mark)):
                yield f"“{shown[:80]}” is a translated title and does not say so where it stands"

    def _lang_of(self, element: etree._Element) -> str:
        """Return the language that a translation should be in: the page's, or the title of a page that fell back, in the site's."""
        stated, first = language_at(element), self.evidence.settings.language
        return first if stated == first and not parse_quote_mark(element.get(TRANSLATION, "")) else self.lang

    def _due(self, element: etree._Element, beside: Sequence[_Original]) -> set[str]:
        """Return what may be said of how a translation came about."""
        lang, mark = self._lang_of(element), element.get(TRANSLATION, "")
        if known := self.evidence.translations.get((lang, mark)):
            return {origin_text(known, self.catalog)}
        engine, model = _engine(beside)
        source = self._source(beside, mark)[1]
        ways = (None,) if engine == EDITOR else (None, BETWEEN)
        return {origin_text(Translation(text="", lang=lang, source=source, engine=engine, model=model, through=through, doubts=doubts),
                       self.catalog) for through in ways for doubts in _DOUBTS}

    def _is_signed(self, element: etree._Element, due: set[str]) -> bool:
        """Return whether a sign follows a translated title that tells how it came about."""
        sign = _sign(element)
        return sign is not None and visible(sign.text_content()) == plain(self.catalog, "title_translated") and (
            visible(sign.get("title", "")) in due and sign.get("class") == _SIGNS[not self.is_by_machine(element)])

    def _is_noted(self, element: etree._Element, mark: str) -> bool:
        """Return whether the original of a translated title stands, with a label, in what holds the title."""
        holder = next(element.iterancestors(*_HOLDER), None)
        return any(holder in original.element.iterancestors() and _LABEL(original.group) for original in self._beside(element, mark))

    def _beside(self, element: etree._Element, mark: str) -> list[_Original]:
        """Return the originals beside a translation: of a sentence those in its group that hold it, of a title any on the page."""
        if quoted := parse_quote_mark(mark):
            group = next(element.iterancestors(*_GROUP), None)
            twins = _QUOTED(group) if group is not None else []
            return [_Original(twin, group) for twin in twins if (whole := parse_quote_mark(twin.get(QUOTE, ""))) and quoted.is_in(whole)]
        return [_Original(twin, next(twin.iterancestors(*_GROUP, "details"), twin)) for twin in self.fields.get(mark, ())]

    def _unknown_faults(self, beside: Sequence[_Original], mark: str, shown: str, lang: str) -> Iterator[str]:
        """Yield what speaks against a translation that the data of this edition do not have: its label alone says what made it."""
        yield from self.evidence.translation_faults(Original(*self._source(beside, mark)), shown, lang, *_engine(beside))

    def _source(self, beside: Sequence[_Original], mark: str) -> tuple[str, str]:
        """Return the words of an original, and their language."""
        article = self.evidence.text_of(quoted) if (quoted := parse_quote_mark(mark)) else None
        if article and quoted:
            return article.text[quoted.start:quoted.end], article.lang
        return beside[0].element.text_content(), language_at(beside[0].element)


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
