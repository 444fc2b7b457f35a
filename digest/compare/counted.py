"""Tell whether numbers of two sentences may be of the same thing, by what stands around them and what else their articles hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from digest.compare.bones import names_of, words_known
from digest.compare.claims import Claim, event_block
from digest.compare.sides import Side, days_between
from digest.dates.stated import stated_dates
from digest.days import calendar_words
from digest.lists import load_lists
from digest.models import Article
from digest.numerals import number_words, read_numeral, tokens_of
from digest.quantities import Quantity, find_quantities
from digest.terms import function_words
from digest.words import base_language, stem, stems, words

__all__ = ["Count", "Number", "accounts_for", "is_of_another_time", "may_be_one", "may_count", "may_have_grown", "numbers_of",
           "pairs_of_counts", "specifics"]

_AFTER = 4
"""Words right after a number, in its clause, that tell of what it is one each, what is measured, and which part of all is counted."""
_CLAUSE = re.compile(r"[,;:.?!](?!\d)|[()«»“”\"—–]")
CROWD = 12
"""Numbers of the longest sentence of which sums are tried; a longer one is a list or a table."""
_SPANS = ("since", "bound")
"""What dates do that begin or end a time."""
_TIME = re.compile(r"[:/]|\.\d")
"""What beside a number makes it part of a time or a date."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a sentence gives."""

    side: Side
    quantity: Quantity

    @property
    def article(self) -> Article:
        """Its article."""
        return self.side.sentence.article

    @property
    def claim(self) -> Claim:
        """What it claims."""
        return self.side.claim(self.quantity.start, self.quantity.end, self.quantity.shown)

    @property
    def days(self) -> frozenset[str]:
        """The days that its sentence names."""
        return _dates(self.side, len("2031-07-01"))

    @property
    def span_of_time(self) -> frozenset[tuple[str, str]]:
        """What its clause says of how long a time it is the number: "since July", "last year"; nothing of an age."""
        start, end = (self.side.sentence.start + at for at in self.clause)
        inside = [day for day in stated_dates(self.article) if day.date and start <= day.start < end and self.quantity.unit != "age"]
        return frozenset((day.role, day.date or "") for day in inside
                         if day.role in _SPANS or (day.role == "when" and len(day.date or "") < len("2031-07-01")))

    @property
    def clause(self) -> tuple[int, int]:
        """Where its clause starts and ends in its sentence."""
        quote = self.side.sentence.quote
        breaks = [found.start() for found in _CLAUSE.finditer(quote) if not (self.quantity.start <= found.start() < self.quantity.end)]
        return (max((at for at in breaks if at < self.quantity.start), default=0),
                min((at for at in breaks if at >= self.quantity.end), default=len(quote)))

    @property
    def following(self) -> list[str]:
        """The words right after it in its clause."""
        return words(_CLAUSE.split(self.side.sentence.quote[self.quantity.end:].lower(), maxsplit=1)[0])[:_AFTER]


def _dates(side: Side, length: int) -> frozenset[str]:
    """Return the dates that a sentence names, as precise as at least so many characters, cut to these."""
    sentence = side.profile.sentence
    return frozenset(day.date[:length] for day in stated_dates(side.sentence.article)
                     if day.date and len(day.date) >= length and sentence.start <= day.start < sentence.end)


def is_of_another_time(side: Side) -> bool:
    """Return whether a sentence names a year that is not that of its article's publication."""
    published = side.sentence.article.published
    return bool(_dates(side, len("2031")) - {str(published.day.year) if published else ""})


def may_be_one(a: Count, b: Count) -> bool:
    """Return whether two numbers may be of the same: the same part of all, per the same, of the same days, names and things."""
    same = a.side.lang == b.side.lang
    if specifics(a) != specifics(b) or _rate(a) != _rate(b) or (not same and specifics(a)):
        return False
    if (a.days and b.days and not a.days & b.days) or (same and a.quantity.unit and not _measure_the_same(a, b)):
        return False
    return a.span_of_time == b.span_of_time and not _name_others(a, b)


def may_have_grown(a: Count, b: Count) -> bool:
    """Return whether the later of two counts may be the earlier one grown: not within a day, which has no earlier and later."""
    if not (a.quantity.grows or b.quantity.grows) or days_between(a.article, b.article) == 0:
        return False
    earlier, later = sorted((a, b), key=lambda count: count.article.order)
    return a.article.published is None or b.article.published is None or later.quantity.value >= earlier.quantity.value


def specifics(count: Count) -> frozenset[str]:
    """Return what makes those counted a part of all: "children", "seriously"."""
    lang, quantity = count.side.lang, count.quantity
    counted = frozenset(quantity.heads) - _kind_stems(lang) if quantity.kind else frozenset[str]()
    return counted if quantity.unit else counted | _parts(lang).intersection(count.following)


@lru_cache(maxsize=64)
def _parts(lang: str) -> frozenset[str]:
    return frozenset(event_block(lang).get("parts", ()))


@lru_cache(maxsize=64)
def _kind_stems(lang: str) -> frozenset[str]:
    counts = load_lists("quantities").get(lang, {}).get("counts", {})
    return frozenset(found for phrases in counts.values() for phrase in phrases for found in stems(phrase, lang))


def _rate(count: Count) -> str:
    """Return of what a number is one each: "a day"; nothing where it is a whole."""
    after = f" {' '.join(count.following)} "
    return next((phrase for phrase in event_block(count.side.lang).get("rates", ()) if f" {phrase} " in after), "")


def _name_others(a: Count, b: Count) -> bool:
    """Return whether a name beside each of two numbers stands nowhere in the other's sentence."""
    known = [words_known(count.side.sentence.quote) for count in (a, b)]
    beside = [names_of(count.side.profile, _beside(count)) for count in (a, b)]
    return bool(beside[0] - known[1] and beside[1] - known[0])


def _beside(count: Count) -> frozenset[str]:
    """Return the stems that stand near a number; all of its clause where it counts what happened to somebody, which is told of a place."""
    if not count.quantity.kind:
        return count.quantity.near
    start, end = count.clause
    return frozenset(stems(count.side.sentence.quote[start:end], count.side.lang))


def _measure_the_same(a: Count, b: Count) -> bool:
    """Return whether what is measured, as far as it is said right after, is near the other measure too."""
    things = [_thing(count) for count in (a, b)]
    return all(not thing or thing & (other.quantity.near | more)
               for thing, other, more in ((things[0], b, things[1]), (things[1], a, things[0])))


def _thing(count: Count) -> frozenset[str]:
    """Return the stems of what is measured: "tonnes of fuel oil"."""
    part = load_lists("quantities").get(count.side.lang, {}).get("part", ())
    after, stop = count.following, function_words(count.side.lang)
    return frozenset(stem(word, count.side.lang) for word in after[1:3] if word not in stop) if after and after[0] in part else frozenset()


# what else an article holds

@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence, whatever it is of."""

    value: float
    start: int
    end: int
    counts: bool
    """Whether it may be a count: it measures nothing, and is no part of a time or date."""
    kind: str
    """What happened to those that it counts; empty where nothing tells."""


def accounts_for(count: Count, value: float) -> bool:
    """Return whether an article holds a value too: as a number, or as the sum or the difference of two counts of one sentence."""
    for found in _told(count.article):
        same = [number.value for number in found if number.kind in ("", count.quantity.kind)]
        if value in same or any(value in (p.value + q.value, abs(p.value - q.value)) for p, q in _pairs(found)):
            return True
    return False


def pairs_of_counts(quote: str, lang: str) -> Iterator[tuple[Number, Number]]:
    """Yield each two counts of a sentence that may be parts of one total; none of a list."""
    return _pairs(numbers_of(quote, lang))


def _pairs(found: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    counts = [number for number in found if number.counts]
    return combinations(counts, 2) if len(counts) <= CROWD else iter(())


@lru_cache(maxsize=1024)
def _told(article: Article) -> tuple[tuple[Number, ...], ...]:
    """Return the numbers of the title and of each sentence."""
    quotes = [article.title, *(article.text[s.start:s.end] for s in article.sentences)]
    return tuple(numbers_of(quote, base_language(article.lang)) for quote in quotes)


@lru_cache(maxsize=1024)
def numbers_of(quote: str, lang: str) -> tuple[Number, ...]:
    """Return the numbers of a sentence in their order, vague ones left out."""
    return tuple(_read_numbers(quote, lang)) if may_count(quote, lang) else ()


def _read_numbers(quote: str, lang: str) -> Iterator[Number]:
    tokens, at = tokens_of(quote), 0
    known = {place: quantity for quantity in find_quantities(quote, lang) for place in range(quantity.start, quantity.end)}
    while at < len(tokens.low):
        number = read_numeral(tokens, at, lang)
        if number and not number.vague:
            start, end = tokens.ends[number.first] - len(tokens.words[number.first]), tokens.ends[number.last]
            timed = _TIME.search(quote[start - 1:start] + quote[end:end + 2])
            dated = not calendar_words(lang).isdisjoint((tokens.at(number.first - 1), tokens.at(number.last + 1)))
            quantity = known.get(start)
            yield Number(number.value, start, end, not (timed or dated or (quantity and quantity.unit)), quantity.kind if quantity else "")
        at = number.last + 1 if number else at + 1


def may_count(quote: str, lang: str) -> bool:
    """Return whether a sentence may hold a number at all: a quick look."""
    return any(c.isdecimal() for c in quote) or not number_words(lang).isdisjoint(quote.lower().replace("-", " ").split())
