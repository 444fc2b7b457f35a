"""Hold the translations of a page against their originals: each stands beside the sentence or title that it translates, and says so."""

from collections.abc import Iterator
from itertools import permutations

from lxml import etree

from digest.catalog import Catalog, language_name
from digest.desk import BETWEEN
from digest.escape import visible
from digest.marks import FROM, QUOTE, TRANSLATION, parse_quote_mark
from digest.translation import DOUBTS, EDITOR, Original, Translation, engine_label
from digest.verify.elements import language_at
from digest.verify.evidence import Evidence

__all__ = ["check_fallback", "check_notice", "is_by_machine", "says_only", "translation_faults"]

_GROUP = ("div", "section", "li")
_QUOTING = ("q", "blockquote", "cite")
_ORIGIN = etree.XPath(".//*[contains(concat(' ', @class, ' '), ' origin ')]")
_PLACE = etree.XPath(f".//*[@{QUOTE} = $mark or @{FROM} = $mark]")


def check_notice(main: etree._Element, catalog: Catalog, *, machine: bool) -> Iterator[str]:
    """Yield whether a page lacks the word that it has machine translations, or has it without any; `catalog` is that of its text."""
    notices = [found for found in main.iter("p") if visible(found.text_content()) == _plain(catalog, "machine_notice")]
    if machine and not notices:
        yield "has machine translations and does not say so"
    elif notices and not machine:
        yield "says that it has machine translations, and has none"


def check_fallback(main: etree._Element, lang: str, first: str, catalog: Catalog) -> Iterator[str]:
    """Yield whether the word of a page in the language `lang` that it is told in the first one says something else."""
    due = _plain(catalog, "fallback_notice", language=language_name(lang, catalog.lang), shown=language_name(first, catalog.lang))
    for found in main.iter("p"):
        if found.get("class") == "fallback" and (visible(found.text_content()) != due or lang == first):
            yield f"“{visible(found.text_content())[:80]}” is not what a page says that is told in another language"


def says_only(element: etree._Element, lang: str, catalog: Catalog) -> bool:
    """Return whether an element that names a language says that something is found in it alone, however the element is marked."""
    return visible(element.text_content()) == _plain(catalog, "only_in", language=language_name(lang, catalog.lang))


def is_by_machine(element: etree._Element, lang: str, evidence: Evidence) -> bool:
    """Return whether a translation on a page is a program's: as the data say or, of what they do not have, as its label does."""
    mark = element.get(TRANSLATION, "")
    known = evidence.translations.get((lang, mark))
    return (known.engine if known else _engine(_groups(element, mark))[0]) != EDITOR


def translation_faults(element: etree._Element, text: str, lang: str, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    """Yield what speaks against a translation on a page that is told in the language `lang` with the words of `catalog`."""
    mark, shown = element.get(TRANSLATION, ""), visible(text)
    if language_at(element) != lang:
        yield f"“{shown[:80]}” is said to be in the language {language_at(element)[:20]!r}, and the page is told in {lang!r}"
    if element.tag in _QUOTING or next(element.iterancestors(*_QUOTING), None) is not None:
        yield f"“{shown[:80]}” is a translation and stands in quotation marks"
    if evidence.is_closed(mark):
        yield f"“{shown[:80]}” translates {mark[:80]}, whose outlet does not allow it"
    groups = _groups(element, mark)
    if not groups:
        yield f"“{shown[:80]}” is said to translate {mark[:80]}, which does not stand beside it"
    elif (known := evidence.translations.get((lang, mark))) is None:
        yield from _unknown_faults(groups, mark, shown, lang, catalog, evidence)
    else:
        if visible(known.text) != shown:
            yield f"“{shown[:80]}” is not what the data say that {mark[:80]} is translated to"
        yield from _label_faults(groups, shown, {_label(known, catalog)})


def _groups(element: etree._Element, mark: str) -> list[tuple[etree._Element, etree._Element]]:
    """Return the originals beside a translation, each with the group in which its label stands: of a title any on the page."""
    if parse_quote_mark(mark):
        place = next(element.iterancestors(*_GROUP), None)
        return [(place, twin) for twin in _PLACE(place, mark=mark)] if place is not None else []
    twins = _PLACE(element.getroottree().getroot(), mark=mark)
    return [(next(twin.iterancestors(*_GROUP, "details"), twin), twin) for twin in twins]


def _unknown_faults(groups: list[tuple[etree._Element, etree._Element]], mark: str, shown: str, lang: str, catalog: Catalog,
                    evidence: Evidence) -> Iterator[str]:
    """Yield what speaks against a translation that the data of this edition do not have: its label alone says what made it."""
    (engine, model), twin = _engine(groups), groups[0][1]
    article = evidence.articles.get(quoted.article) if (quoted := parse_quote_mark(mark)) else None
    text = article.text[quoted.start:quoted.end] if article and quoted else twin.text_content()
    source = article.lang if article else twin.get("lang", "")
    yield from evidence.translation_faults(Original(text, source), shown, lang, engine, model)
    doubts = [found for size in range(len(DOUBTS) + 1) for found in permutations(DOUBTS, size)]
    ways = (None,) if engine == EDITOR else (None, BETWEEN)
    yield from _label_faults(groups, shown, {_label(Translation(
        text=shown, lang=lang, source=source, engine=engine, model=model, through=through, doubts=found), catalog)
        for through in ways for found in doubts})


def _label_faults(groups: list[tuple[etree._Element, etree._Element]], shown: str, due: set[str]) -> Iterator[str]:
    """Yield whether no label beside the original says how a translation came about, or each says something else."""
    labels = [_said(label) for group, _ in groups for label in _ORIGIN(group)]
    if not labels:
        yield f"“{shown[:80]}” is not said to be a translation"
    elif due.isdisjoint(labels):
        yield f"“{shown[:80]}” has the label “{labels[0][:80]}”, which is not how it came about"


def _said(label: etree._Element) -> str:
    """Return the words of a label, without those of the switch in it."""
    return visible("".join(label.xpath(".//text()[not(ancestor::*[@class='show'])]")))


def _label(told: Translation, catalog: Catalog) -> str:
    """Return what the label of a translation says."""
    language, through = (language_name(lang, catalog.lang) if lang else "" for lang in (told.source, told.through))
    if told.engine == EDITOR:
        return _plain(catalog, "translated_editor", language=language)
    key = "translated_through" if told.through else "translated_by"
    label = _plain(catalog, key, language=language, engine=engine_label(told.engine, told.model), through=through)
    return " ".join([label, *(_plain(catalog, f"doubt_{doubt}") for doubt in told.doubts)])


def _plain(catalog: Catalog, key: str, **fields: str) -> str:
    return visible(str(catalog.text(key, **fields).unescape()))


def _engine(groups: list[tuple[etree._Element, etree._Element]]) -> tuple[str, str]:
    """Return the engine and model that labels name; an editor where they name none."""
    found = [mark for group, _ in groups for mark in group.xpath(f".//*[starts-with(@{FROM}, 'engine:')]/@{FROM}")]
    engine, _, model = str(found[0]).removeprefix("engine:").partition(":") if found else (EDITOR, "", "")
    return engine, "" if model == "-" else model
