"""Find where accounts differ: separate texts that put different values at the same place, where both cannot be right as said.

Conservative throughout: two sentences must be alike and tell the same around the value, each gives but one value of the kind, and
neither article holds the other's value anywhere. Copies of one text, rough numbers, other precision and counts that
grow from day to day are not set against each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from digest.compare.align import Aligned
from digest.compare.claims import Claim, Clash, event_block, gather_differences, have_like_parties, profiles_of
from digest.compare.copies import carried
from digest.compare.counts import clashing_counts
from digest.compare.dated_events import clashing_days
from digest.compare.numbers import clashing_numbers
from digest.compare.profiles import merge_spellings
from digest.compare.sides import Read, Side, days_between
from digest.findings import Difference, Value
from digest.models import Article, Text
from digest.names.mentions import Mention, are_short_forms, name_lists
from digest.names.places import Place, find_places
from digest.words import fold, words

__all__ = ["find_differences"]

ALIKE = 0.3
"""How alike two sentences must be whose numbers are compared."""
CLOSE = 0.45
"""The same for places and states: one word is all they rest on."""
_AGE = re.compile(r"(?:, | \()(\d{1,3})(?=[,.)])")


def find_differences(texts: Sequence[Text], aligned: Sequence[Aligned], events: Sequence[int] | None = None) -> tuple[Difference, ...]:
    """Return where separate texts of a topic differ, in the order of the articles that say so first.

    `events` has the number of each text's event; without it all tell of one.
    """
    read = {article.id: Read(number, article) for number, text in enumerate(texts) for article in text.articles}
    near = [pair for pair in aligned if pair.score >= ALIKE]
    cited = {(side.article.id, side.start): side for pair in near for side in (pair.one, pair.other)}
    profiles = profiles_of({side.article.id: side.article for side in cited.values()}.values())
    sides = {key: Side(side, read[side.article.id], profiles[key]) for key, side in cited.items()}
    clashes = [*clashing_days(texts, aligned)]
    for pair in near:
        one, other = (sides[side.article.id, side.start] for side in (pair.one, pair.other))
        if one.profile.negated != other.profile.negated:
            continue
        clashes += _places(one, other) if pair.score >= CLOSE else []
        told = [*clashing_numbers(one, other), *_names(one, other), *(_states(one, other) if pair.score >= CLOSE else [])]
        clashes += told if told and have_like_parties(one.sentence, other.sentence) else []
    clashes += clashing_counts(texts, read, events or [0] * len(texts))
    clashes += [clash for article in read.values() for clash in _ages_within(article)]
    return tuple(_with_copies(found, texts) for found in sorted(gather_differences(clashes), key=_order))


def _with_copies(difference: Difference, texts: Sequence[Text]) -> Difference:
    """Return a difference with the copies that carry its sentences too: of one that may not be quoted another tells the same.

    Not of days: the same words of a copy may mean another day.
    """
    if difference.what == "date":
        return difference
    homes = {article.id: text.articles for text in texts for article in text.articles}
    return replace(difference, values=tuple(_carried(value, homes) for value in difference.values))


def _carried(value: Value, homes: Mapping[str, Sequence[Article]]) -> Value:
    found, known = list(zip(value.citations, value.spans, strict=True)), {cited.article.id for cited in value.citations}
    for cited, span in tuple(found):
        copies = [article for article in homes[cited.article.id] if article.id not in known]
        found += carried(cited, span, copies)
        known |= {sentence.article.id for sentence, _ in found}
    return replace(value, citations=tuple(cited for cited, _ in found), spans=tuple(span for _, span in found))


def _order(difference: Difference) -> tuple[object, ...]:
    first = min((cited for value in difference.values for cited in value.citations), key=lambda cited: (cited.article.order, cited.start))
    return first.article.order, first.start, difference.what


# names of people

def _names(one: Side, other: Side) -> Iterator[Clash]:
    """Yield given names that two texts give to the only bearer of a surname."""
    pairs = [(a, b) for a in one.full_names for b in other.full_names if a.key[-1] == b.key[-1] and _are_other(a.key[0], b.key[0])]
    for a, b in pairs:
        told = words(b.quote)[0].lower() in one.read.lowered or words(a.quote)[0].lower() in other.read.lowered
        if not told and _is_only(a, one.read) and _is_only(b, other.read):
            yield Clash("name", _named(one, a), _named(other, b))


def _named(side: Side, mention: Mention) -> Claim:
    return side.claim(mention.start - side.sentence.start, mention.end - side.sentence.start, mention.quote)


def _are_other(one: str, other: str) -> bool:
    """Return whether two given names are not spellings or short forms of one."""
    return min(len(one), len(other)) > 2 and one[:2] != other[:2] and not merge_spellings([one, other]) and not are_short_forms(one, other)


def _is_only(mention: Mention, read: Read) -> bool:
    """Return whether an article gives a surname but one full form, and speaks of its bearer as of a person."""
    bearers = [m for m in read.mentions if m.key[-1] == mention.key[-1]]
    return {m.key for m in bearers if len(m.key) > 1} == {mention.key} and any(len(m.key) == 1 or m.hint == "person" for m in bearers)


def _ages_within(read: Read) -> Iterator[Clash]:
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

def _places(one: Side, other: Side) -> Iterator[Clash]:
    """Yield the countries in which two sentences put the same, after the same words, where neither article names the other's."""
    ones, others = (_after_words(side.sentence.quote, side.lang) for side in (one, other))
    for (a, before), (b, same) in ((a, b) for a in ones for b in others):
        if before == same and a.kind == b.kind and b.country not in one.read.countries and a.country not in other.read.countries:
            yield Clash("place", one.claim(a.start, a.end, one.sentence.quote[a.start:a.end]),
                        other.claim(b.start, b.end, other.sentence.quote[b.start:b.end]))


@lru_cache(maxsize=4096)
def _after_words(quote: str, lang: str) -> tuple[tuple[Place, tuple[str, ...]], ...]:
    """Return the countries where a sentence says that something is, each with the two words before it."""
    inside = name_lists(lang).before
    places = [(place, tuple(words(quote[:place.start].lower())[-2:])) for place in find_places(quote, lang) if place.kind != "people"]
    return tuple((place, before) for place, before in places if before and before[-1] in inside)


def _states(one: Side, other: Side) -> Iterator[Clash]:
    """Yield states of an affair that exclude each other, in texts of one day of which neither speaks of the other's state."""
    if days_between(one.sentence.article, other.sentence.article) != 0:
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
