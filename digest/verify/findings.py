"""Hold what comparing the sources found against the articles: sentences, words in them, counts, days, orders."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from digest.dates.stated import stated_dates
from digest.escape import visible
from digest.marks import QuoteMark
from digest.models import Article
from digest.precedence import came_first
from digest.verify.datafile import DataFile, rows
from digest.words import base_language, fold, words

__all__ = ["check_alone", "check_findings"]

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?|--\d\d-\d\d")
_QUANTITY = re.compile(r"\d[\d.e+-]{0,20}(?: [a-z]{1,20})?")
_PRECISIONS = ("year", "month", "day")
_BASES = ("stated", "published", "copy", "other-article")
_DIFFERENCES = ("date", "number", "name", "place", "state")
_WORDINGS = ("name", "verb", "spelling")
Texts = Sequence[Sequence[str]]
"""The separate texts of a topic or story, each the ids of its copies."""


def check_findings(data: DataFile, topic: Mapping[str, Any]) -> None:
    """Check all findings of a topic but those that its stories carry."""
    texts = [text for story in topic["stories"] for text in story["texts"]]
    spoken = {base_language(row["lang"]) for row in topic["articles"]}
    for number, found in enumerate(rows(topic["statements"]), 1):
        _check_statement(data, found, texts, f"statement-{number}")
        _check_only(data, found, spoken, f"statement-{number}")
    for number, found in enumerate(rows(topic["differences"]), 1):
        _check_difference(data, found, texts)
        days = frozenset(value["value"] for value in found["values"] if _DATE.fullmatch(value["value"]))
        data.evidence.moments[f"{data.page}#difference-{number}"] = days
    for found in rows(topic["versions"]):
        _check_version(data, found, texts)
    for number, found in enumerate(rows(topic["wording"]), 1):
        _check_wording(data, found, f"wording-{number}")
    for number, found in enumerate(rows(topic["timeline"]), 1):
        _check_dated(data, found, f"dated-{number}")


def _check_only(data: DataFile, found: Mapping[str, Any], spoken: AbstractSet[str], ident: str) -> None:
    """Check a language in whose press alone a statement is said to be found: all its articles are in it, others of the topic are not."""
    cited = {base_language(article.lang) for row in found["citations"] if (article := data.evidence.articles.get(row["article"]))}
    only = found["only_in"]
    if only is not None and (cited != {only} or spoken == {only} or only == base_language(data.lang)):
        data.fault(f"“{found['text'][:60]}” is said to be found in the language {str(only)[:20]!r} alone")
    data.evidence.only[f"{data.page}#{ident}"] = only


def check_alone(data: DataFile, story: Mapping[str, Any]) -> None:
    """Check what only one of a story's texts tells: there are others, and the sentence stands in none of them."""
    for found in rows(story["only_one"]):
        _check_statement(data, found, story["texts"], None)
        data.same("only_in", found["only_in"], None)
        if len(story["texts"]) < 2:
            data.fault(f"“{found['text'][:60]}” is said to be told by only one text of an event that has no other")
        if found["separate_texts"] != 1:
            data.fault(f"“{found['text'][:60]}” is told by {found['separate_texts']} separate texts, not by only one")
        if any(_says(data.evidence.articles.get(ident), found["text"]) for text in _others(story["texts"], found) for ident in text):
            data.fault(f"“{found['text'][:60]}” stands in another text too")


def _others(texts: Texts, found: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    cited = {row["article"] for row in found["citations"]}
    return (text for text in texts if cited.isdisjoint(text))


def _says(article: Article | None, sentence: str) -> bool:
    return article is not None and visible(sentence).casefold() in visible(article.text).casefold()


def _check_statement(data: DataFile, found: Mapping[str, Any], texts: Texts, ident: str | None) -> None:
    """Check a statement: its sentences, whom they rest on, and how many separate texts and which outlets say so."""
    data.keys("statement", found)
    marks = data.quoted(found)
    spans = data.spans(found["spans"], marks[:1])
    quotes = [row["quote"] for row in found["spans"]]
    data.same("whom a statement rests on", found["attributed_to"], quotes[0] if quotes else None)
    cited = [data.evidence.articles[mark.article] for mark in marks if mark.article in data.evidence.articles]
    outlets = list(dict.fromkeys(article.outlet for article in cited if article.outlet))
    data.same("outlets of a statement", found["outlets"], outlets)
    most = _count_separate([(row["article"], row["quote"]) for row in found["citations"]], texts)
    number = found["separate_texts"]
    if type(number) is not int or type(found["passage"]) is not bool or len(spans) > 1:
        raise TypeError("separate_texts is a number, passage is true or false, spans are the words that attributed_to quotes")
    if not 1 <= number <= most or (number == 1 < len(texts) and ident and not found["passage"]):
        data.fault(f"“{found['text'][:60]}” counts {number} separate texts; the articles give {most}")
    if ident:
        counts = {("texts_n", number), ("outlets_n", len(outlets)), ("unknown_outlets_n", sum(not a.outlet for a in cited))}
        data.evidence.counts[f"{data.page}#{ident}"] = counts


def _count_separate(said: Iterable[tuple[str, str]], texts: Texts) -> int:
    """Return how many separate texts sentences stand in at most: copies count once, and so do the same words, whatever their marks."""
    home = {ident: number for number, text in enumerate(texts) for ident in text}
    groups: list[tuple[set[int], set[str]]] = []
    for ident, quote in said:
        numbers, plain = {home.get(ident, -1)}, {" ".join(words(visible(quote).casefold()))}
        for group in [g for g in groups if not g[0].isdisjoint(numbers) or not g[1].isdisjoint(plain)]:
            groups.remove(group)
            numbers, plain = numbers | group[0], plain | group[1]
        groups.append((numbers, plain))
    return len(groups)


def _check_difference(data: DataFile, found: Mapping[str, Any], texts: Texts) -> None:
    data.keys("difference", found)
    if found["what"] not in _DIFFERENCES or type(found["within"]) is not bool:
        data.fault(f"a difference is of the unknown kind {str(found['what'])[:60]!r}")
    _check_about(data, found["about"], found["values"])
    sides = [_check_value(data, value) for value in _several(found["values"])]
    homes = [{number for mark in side for number, text in enumerate(texts) if mark.article in text} for side in sides]
    if found["within"] != (len(set().union(*homes)) == 1):
        data.fault(f"a difference about {found['about'][:60]!r} is {'not ' if found['within'] else ''}within one text")


def _several(found: object) -> Sequence[Any]:
    values = rows(found)
    if len(values) < 2:
        raise ValueError("there are fewer than two values")
    return values


def _check_value(data: DataFile, found: Mapping[str, Any]) -> list[QuoteMark]:
    """Check a value: each of its sentences holds the words that carry it, and its form for data says no more than these."""
    data.keys("value", found)
    marks = data.citations(found["citations"])
    spans = data.spans(found["spans"], marks)
    if len(marks) != len(spans) or not marks or not all(span.is_in(mark) for span, mark in zip(spans, marks, strict=True)):
        data.fault(f"the value {found['value'][:60]!r} has other sentences than words in them")
    if type(found["assumed"]) is not bool:
        raise TypeError("assumed is true or false")
    quotes = [row["quote"] for row in found["spans"]]
    data.same("shown", found["shown"], quotes[0] if quotes else None)
    plain = fold(found["value"]).casefold() in {fold(quote).casefold() for quote in quotes}
    known = plain or _DATE.fullmatch(found["value"]) or _QUANTITY.fullmatch(found["value"])
    if not known and not data.evidence.shares([mark.article for mark in marks], found["value"]):
        data.fault(f"the value {found['value'][:60]!r} is neither a day nor a number nor words of its articles")
    return marks


def _check_about(data: DataFile, about: str, values: Iterable[Mapping[str, Any]]) -> None:
    articles = sorted({row["article"] for value in values for row in value["citations"]})
    for term in filter(None, about.split(", ")):
        if not data.evidence.shares(articles, term):
            data.fault(f"the term {term[:60]!r} stands in none of the articles, or is no term")


def _check_version(data: DataFile, found: Mapping[str, Any], texts: Texts) -> None:
    """Check two editions of one text: they are copies, their order follows from what both state, each change is of these two."""
    data.keys("version", found)
    pair = list(map(str, rows(found["articles"])))
    articles = [data.evidence.articles[ident] for ident in pair if ident in data.evidence.articles]
    if len({*pair}) != 2 or len(articles) != 2 or not any({*pair} <= {*text} for text in texts):
        data.fault(f"{' and '.join(pair)[:80]} are not two copies of one text")
        return
    if found["order"] not in ("known", "unknown") or (found["order"] == "known" and not came_first(*articles)):
        data.fault(f"the order of {pair[0]} and {pair[1]} does not follow from when they were published")
    for change in rows(found["changes"]):
        data.keys("change", change)
        marks = data.citations(change["citations"])
        data.spans(change["spans"], marks)
        if not marks or len(marks) > 2 or [m.article for m in marks] not in (pair, pair[:1], pair[1:]):
            data.fault(f"a change between {pair[0]} and {pair[1]} cites something else")


def _check_wording(data: DataFile, found: Mapping[str, Any], ident: str) -> None:
    data.keys("wording", found)
    if found["kind"] not in _WORDINGS:
        data.fault(f"a wording is of the unknown kind {str(found['kind'])[:60]!r}")
    _check_about(data, found["about"], found["values"])
    for number, value in enumerate(_several(found["values"]), 1):
        marks = _check_value(data, value)
        outlets = [a.outlet for mark in marks if (a := data.evidence.articles.get(mark.article))]
        data.evidence.counts[f"{data.page}#{ident}-{number}"] = {("articles_n", outlets.count(outlet)) for outlet in outlets}


def _check_dated(data: DataFile, found: Mapping[str, Any], ident: str) -> None:
    """Check an entry of the timeline: its date is one, as precise as it says, and words of each sentence name it."""
    data.keys("dated", found)
    marks = data.quoted(found)
    spans = data.spans(found["spans"], marks)
    if not _DATE.fullmatch(found["date"]) or found["precision"] != _PRECISIONS[found["date"].count("-")]:
        data.fault(f"{str(found['date'])[:60]!r} is no date as precise as {str(found['precision'])[:60]!r}")
    date.fromisoformat(f"{found['date']}-01-01"[:10])  # refuses 2021-13
    if found["basis"] not in _BASES:
        data.fault(f"a date rests on {str(found['basis'])[:60]!r}, which is no basis")
    if len(spans) != len(marks) or not all(span.is_in(mark) for span, mark in zip(spans, marks, strict=False)):
        data.fault(f"the date {found['date']} has other sentences than words in them")
    elif not spans or not _follows(data, spans[0], found["date"], found["basis"]):
        data.fault(f"the date {found['date']} does not follow from the words that are said to name it")
    data.same("shown", found["shown"], found["spans"][0]["quote"] if found["spans"] else None)
    data.evidence.moments[f"{data.page}#{ident}"] = frozenset({found["date"]})


def _follows(data: DataFile, span: QuoteMark, stated: str, basis: str) -> bool:
    """Return whether words mean a date, read anew; where its year or day rests on other articles, whether they leave it open."""
    article = data.evidence.segmented(span.article)
    meant = [one for one in stated_dates(article) if (one.start, one.end) == (span.start, span.end)] if article else []
    if basis in ("stated", "published"):
        return any((one.date, one.basis) == (stated, basis) for one in meant)
    of_year = tuple([int(part) for part in stated.split("-")[1:]] + [0, 0])[:2]
    return basis == "copy" or any(one.day_of_year == of_year for one in meant)
