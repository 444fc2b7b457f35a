"""Find where accounts differ: separate texts that put different values at the same place, where both cannot be right as said.

Conservative throughout: two sentences must be alike and tell the same around the value, each gives but one value of the kind, and
neither article holds the other's value anywhere. Copies of one text, rough numbers, other precision and counts that
grow from day to day are not set against each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest.compare.align import Aligned
from digest.compare.claims import Claim, Clash, event_block, gather_differences, have_like_parties, profiles_of
from digest.compare.dated_events import clashing_days
from digest.compare.profiles import Profile, merge_spellings
from digest.findings import Difference
from digest.models import Article, Citation, Text
from digest.names.mentions import Mention, are_short_forms, find_mentions, name_lists
from digest.names.places import Place, find_places
from digest.quantities import Quantity, are_comparable, are_compatible, find_quantities
from digest.words import base_language, fold, words

__all__ = ["find_differences"]

ALIKE = 0.3
"""How alike two sentences must be whose numbers are compared."""
CLOSE = 0.45
"""The same for places and states: one word is all they rest on."""
_SHARED = 2
"""Words near two measures, besides what they measure, that must be the same."""
_MONTH = 31
"""Texts published farther apart tell of different times."""
_AGE = re.compile(r"(?:, | \()(\d{1,3})(?=[,.)])")
_SPANS = ("second", "minute", "hour", "day", "week", "month", "season", "year")


def find_differences(texts: Sequence[Text], aligned: Sequence[Aligned]) -> tuple[Difference, ...]:
    """Return where separate texts of a topic differ, in the order of the articles that say so first."""
    read = {article.id: _Read(number, article) for number, text in enumerate(texts) for article in text.articles}
    profiles = profiles_of({side.article.id: side.article for pair in aligned for side in (pair.one, pair.other)}.values())
    clashes = [*clashing_days(texts, aligned)]
    for pair in aligned:
        if pair.score < ALIKE:
            continue
        one, other = (_Side(side, read[side.article.id], profiles[side.article.id, side.start]) for side in (pair.one, pair.other))
        if one.profile.negated != other.profile.negated:
            continue
        clashes += _places(one, other) if pair.score >= CLOSE else []
        told = [*_numbers(one, other), *_names(one, other), *(_states(one, other) if pair.score >= CLOSE else [])]
        clashes += told if told and have_like_parties(one.sentence, other.sentence) else []
    clashes += [clash for article in read.values() for clash in _ages_within(article)]
    found = list(gather_differences(clashes))
    return tuple(sorted(found, key=lambda d: (d.values[0].citations[0].article.order, d.values[0].citations[0].start, d.what)))


@dataclass(frozen=True)
class _Read:
    """An article with what is found in it only when it is asked for."""

    text: int
    """The number of its separate text."""
    article: Article

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All quantities of its title and text."""
        sentences = [self.article.title, *(self.article.text[s.start:s.end] for s in self.article.sentences)]
        return tuple(found for sentence in sentences for found in find_quantities(sentence, self.article.lang))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All names."""
        return find_mentions(self.article)

    @cached_property
    def countries(self) -> frozenset[str]:
        """All countries of its title and text."""
        return frozenset(place.country for place in find_places(f"{self.article.title}\n{self.article.text}", self.article.lang))

    @cached_property
    def lowered(self) -> str:
        """Its title and text in lower case."""
        return f"{self.article.title}\n{self.article.text}".lower()


@dataclass(frozen=True, slots=True)
class _Side:
    """A sentence that is compared with another."""

    sentence: Citation
    read: _Read
    profile: Profile

    @property
    def lang(self) -> str:
        """The language of its article, without region."""
        return base_language(self.sentence.article.lang)

    def claim(self, start: int, end: int, value: str) -> Claim:
        """Return what the words from one place of the sentence to another claim."""
        return Claim(self.read.text, self.profile, self.sentence.start + start, self.sentence.start + end, value)


def _days_between(one: _Side, other: _Side) -> int | None:
    """Return how many days lie between two publications; None where one of them is not dated."""
    days = [side.sentence.article.published.day for side in (one, other) if side.sentence.article.published]
    return abs((days[0] - days[1]).days) if len(days) == 2 else None


# numbers

def _numbers(one: _Side, other: _Side) -> Iterator[Clash]:
    """Yield the numbers of two sentences that count or measure the same and cannot both be right."""
    ones, others = (find_quantities(side.sentence.quote, side.lang) for side in (one, other))
    for a in ones if others else ():
        b = _only_match(a, ones, others)
        if b is None or are_compatible(a, b) or not _are_same(a, b, one, other) or _holds(other.read, a) or _holds(one.read, b):
            continue
        yield Clash("number", one.claim(a.start, a.end, a.shown), other.claim(b.start, b.end, b.shown))


def _only_match(a: Quantity, ones: Sequence[Quantity], others: Sequence[Quantity]) -> Quantity | None:
    """Return the one number of another sentence that is comparable, where neither sentence has a second that could be meant."""
    found = [b for b in others if are_comparable(a, b)]
    if len(found) != 1 or sum(_competes(a, c) for c in ones) > 1 or sum(_competes(found[0], c) for c in others) > 1:
        return None
    return found[0]


def _competes(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers of one article could be taken for each other."""
    named = bool(one.unit or one.kind) or not set(one.heads).isdisjoint(other.heads)
    return one.unit == other.unit and one.kind == other.kind and named


def _are_same(a: Quantity, b: Quantity, one: _Side, other: _Side) -> bool:
    """Return whether two numbers that are comparable are of the same thing, by what stands around them."""
    if not (a.exact and b.exact) or _is_apart(a, one) or _is_apart(b, other):
        return False
    if a.grows or b.grows:
        return _has_shrunk(a, b, one.sentence.article, other.sentence.article)
    gap, counted = _days_between(one, other), a.heads[-1:]
    if not a.unit and (counted != b.heads[-1:] or 1 in (a.value, b.value)):
        return False
    return (gap is None or gap <= _MONTH) and len(a.near & b.near - {*counted}) >= _SHARED - len(counted)


def _has_shrunk(a: Quantity, b: Quantity, one: Article, other: Article) -> bool:
    """Return whether the later of two articles gives the lower of two counts that only grow; not where the order is unknown."""
    if one.published is None or other.published is None or one.published.day == other.published.day:
        return False
    earlier, later = (a, b) if one.published.day < other.published.day else (b, a)
    return later.value < earlier.value


def _is_apart(quantity: Quantity, side: _Side) -> bool:
    """Return whether a span of time is a distance: "two days later"."""
    quote = side.sentence.quote.lower()
    beside = [*words(quote[:quantity.start])[-1:], *words(quote[quantity.end:])[:1]]
    return quantity.unit in _SPANS and not _apart(side.lang).isdisjoint(beside)


@lru_cache(maxsize=64)
def _apart(lang: str) -> frozenset[str]:
    return frozenset(event_block(lang).get("apart", ()))


def _holds(read: _Read, quantity: Quantity) -> bool:
    """Return whether an article gives the same value for what may be the same."""
    return any(_competes(quantity, own) and are_compatible(quantity, own) and (own.exact or are_comparable(quantity, own))
               for own in read.quantities)


# names of people

def _names(one: _Side, other: _Side) -> Iterator[Clash]:
    """Yield given names that two texts give to the only bearer of a surname."""
    pairs = [(a, b) for a in _full_names(one) for b in _full_names(other) if a.key[-1] == b.key[-1] and _are_other(a.key[0], b.key[0])]
    for a, b in pairs:
        told = words(b.quote)[0].lower() in one.read.lowered or words(a.quote)[0].lower() in other.read.lowered
        if not told and _is_only(a, one.read) and _is_only(b, other.read):
            yield Clash("name", _named(one, a), _named(other, b))


def _named(side: _Side, mention: Mention) -> Claim:
    return side.claim(mention.start - side.sentence.start, mention.end - side.sentence.start, mention.quote)


def _full_names(side: _Side) -> list[Mention]:
    return [m for m in side.read.mentions if m.sentence == side.sentence.start and len(m.key) == 2 and m.joins == (" ",)
            and not find_places(m.quote, side.lang)]


def _are_other(one: str, other: str) -> bool:
    """Return whether two given names are not spellings or short forms of one."""
    return min(len(one), len(other)) > 2 and one[:2] != other[:2] and not merge_spellings([one, other]) and not are_short_forms(one, other)


def _is_only(mention: Mention, read: _Read) -> bool:
    """Return whether an article gives a surname but one full form, and speaks of its bearer as of a person."""
    bearers = [m for m in read.mentions if m.key[-1] == mention.key[-1]]
    return {m.key for m in bearers if len(m.key) > 1} == {mention.key} and any(len(m.key) == 1 or m.hint == "person" for m in bearers)


def _ages_within(read: _Read) -> Iterator[Clash]:
    """Yield two ages that one article gives to the bearer of one full name: "Mara Velt, 44," and later "Mara Velt, 47,"."""
    ages: defaultdict[tuple[str, ...], list[tuple[Mention, re.Match[str]]]] = defaultdict(list)
    for mention in read.mentions:
        age = _AGE.match(read.article.text, mention.end) if len(mention.key) > 1 else None
        if age:
            ages[mention.key].append((mention, age))
    for told in ages.values():
        other = next((found for found in told if found[1][1] != told[0][1][1]), None)
        if other:
            profiles = profiles_of([read.article])
            sides = [(profiles.get((read.article.id, mention.sentence)), age) for mention, age in (told[0], other)]
            claims = [Claim(read.text, profile, *age.span(1), f"{age[1]} age") for profile, age in sides if profile]
            yield from [Clash("number", claims[0], claims[1])] if len(claims) == 2 else []


# places and states

def _places(one: _Side, other: _Side) -> Iterator[Clash]:
    """Yield the countries in which two sentences put the same, after the same words, where neither article names the other's."""
    ones, others = (_after_words(side) for side in (one, other))
    for (a, before), (b, same) in ((a, b) for a in ones for b in others):
        if before == same and a.kind == b.kind and b.country not in one.read.countries and a.country not in other.read.countries:
            yield Clash("place", one.claim(a.start, a.end, one.sentence.quote[a.start:a.end]),
                        other.claim(b.start, b.end, other.sentence.quote[b.start:b.end]))


def _after_words(side: _Side) -> list[tuple[Place, tuple[str, ...]]]:
    """Return the countries where something is said to be, each with the two words before it."""
    quote, inside = side.sentence.quote, name_lists(side.lang).before
    places = [(place, tuple(words(quote[:place.start].lower())[-2:])) for place in find_places(quote, side.lang) if place.kind != "people"]
    return [(place, before) for place, before in places if before and before[-1] in inside]


def _states(one: _Side, other: _Side) -> Iterator[Clash]:
    """Yield states of an affair that exclude each other, in texts of one day of which neither speaks of the other's state."""
    if _days_between(one, other) != 0:
        return
    for sides in _opposites(one.lang) if any(found.search(one.sentence.quote) for found in _any_state(one.lang)) else ():
        for first, second in (sides, sides[::-1]):
            a, b = first.search(one.sentence.quote), second.search(other.sentence.quote)
            if a and b and not second.search(one.read.lowered) and not first.search(other.read.lowered):
                yield Clash("state", one.claim(*a.span(), fold(a[0])), other.claim(*b.span(), fold(b[0])))


@lru_cache(maxsize=64)
def _opposites(lang: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((_either(one), _either(other)) for one, other in event_block(lang).get("opposites", ()))


@lru_cache(maxsize=64)
def _any_state(lang: str) -> tuple[re.Pattern[str], ...]:
    phrases = [phrase for pair in event_block(lang).get("opposites", ()) for side in pair for phrase in side]
    return (_either(phrases),) if phrases else ()


def _either(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(phrase) for phrase in phrases)})\b", re.IGNORECASE)
