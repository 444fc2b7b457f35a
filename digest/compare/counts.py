"""Find the counts and measures that texts of one event give for the same thing, however differently their sentences tell it.

Numbers meet at a slot: what happened to those counted (in any language), the noun that is counted, or what is measured of a kind of
happening. An article must give but one value there, hold the other's nowhere, and speak of nobody and nothing that only it knows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from digest.compare.bones import names_of, names_told, words_known
from digest.compare.claims import Claim, Clash
from digest.compare.counted import (
    Count,
    accounts_for,
    is_of_another_time,
    may_be_one,
    may_count,
    may_have_grown,
    pairs_of_counts,
    specifics,
)
from digest.compare.dated_events import find_kinds
from digest.compare.profiles import profile_sentences
from digest.compare.sides import Read, Side, days_between
from digest.lists import load_lists
from digest.models import Citation, Text
from digest.numerals import tokens_of
from digest.quantities import Quantity, are_compatible, find_quantities

__all__ = ["clashing_counts"]

MEASURES = ("ton", "kilogram", "megawatt")
"""What may be measured of a happening; lengths are mostly rough, and money, parts and spans of time are told of too many things."""
SOON = 3
"""Texts of one event that were published farther apart tell of different times."""
NAMES = 2
"""Names that two sentences share, at least, that count the same noun on the same day; where they tell what happened to somebody,
one is enough."""
_TRIED = 4
"""Sentences of an article that give the same number, of which the first are tried."""
_WINDOW = 8
"""Words around a measure that tell what kind of thing happened."""

Slot = tuple[str, ...]
"""Where numbers of different articles meet."""


def clashing_counts(texts: Sequence[Text], read: Mapping[str, Read], events: Sequence[int]) -> Iterator[Clash]:
    """Yield the pairs of numbers that texts of one event give at one slot and that cannot both be right, and their parts.

    `events` has the number of each text's event.
    """
    for event in dict.fromkeys(events):
        within = [text for text, number in zip(texts, events, strict=True) if number == event]
        if len(within) > 1:
            yield from _within_event([[read[article.id] for article in text.articles] for text in within])


def _within_event(texts: Sequence[Sequence[Read]]) -> Iterator[Clash]:
    """Yield the clashes of what first articles of texts give; their copies only agree."""
    meeting: defaultdict[Slot, list[Sequence[Count]]] = defaultdict(list)
    for first, *_ in texts:
        for slot, counts in _only_counts(first).items():
            meeting[slot].append(counts)
    for slot, given in meeting.items():
        for ones, others in combinations(given, 2):
            pair = next(((a, b) for a in ones[:_TRIED] for b in others[:_TRIED] if _clash(a, b)), None)
            if pair:
                copied = [_only_counts(copy).get(slot, ()) for _, *copies in texts for copy in copies]
                agreeing = tuple(c.claim for counts in (*given, *copied) for c in counts if c not in pair and _agrees(c, pair))
                yield Clash("number", pair[0].claim, pair[1].claim, agreeing)
                yield from _parts(*pair)


def _only_counts(read: Read) -> dict[Slot, list[Count]]:
    """Return the counts of an article by slot, where all that it gives there may be one number."""
    found: defaultdict[Slot, list[Count]] = defaultdict(list)
    for profile in profile_sentences(read.article):
        side = Side(Citation.of(read.article, profile.sentence), read, profile)
        quote = side.sentence.quote
        quantities = find_quantities(quote, read.article.lang) if may_count(quote, side.lang) else ()
        if quantities and not is_of_another_time(side):
            for quantity in quantities:
                for slot in _slots(quantity, quote, side.lang):
                    found[slot].append(Count(side, quantity))
    return {slot: counts for slot, counts in found.items() if max(c.quantity.low for c in counts) < min(c.quantity.high for c in counts)}


def _slots(quantity: Quantity, quote: str, lang: str) -> list[Slot]:
    """Return where a number may meet others; what happened to those counted means the same in every language."""
    if quantity.unit:
        kinds = _kinds_around(quantity, quote, lang) if quantity.unit in MEASURES else frozenset()
        return [(quantity.measured, kind) for kind in sorted(kinds)]
    if quantity.kind:
        return [(quantity.kind,)]
    return [("", lang, quantity.heads[0])] if lang in load_lists("quantities") else []


def _kinds_around(quantity: Quantity, quote: str, lang: str) -> frozenset[str]:
    tokens = tokens_of(quote)
    inside = [at for at, end in enumerate(tokens.ends) if quantity.start < end <= quantity.end]
    around = range(max(0, inside[0] - _WINDOW), min(len(tokens.low), inside[-1] + 1 + _WINDOW))
    return find_kinds(tokens.low, around, lang)


def _clash(a: Count, b: Count) -> bool:
    one, other = a.quantity, b.quantity
    if not (one.exact and other.exact) or are_compatible(one, other) or 1 in (one.value, other.value):
        return False
    return (a.side.profile.negated == b.side.profile.negated and _tell_of_one(a, b) and not _is_of_other_time(a, b)
            and not accounts_for(a, other.value) and not accounts_for(b, one.value))


def _tell_of_one(a: Count, b: Count) -> bool:
    """Return whether two counts may be of the same thing, with the same names, and one of nothing that the other doesn't know."""
    least = 0 if a.quantity.unit else 1 if a.quantity.kind else NAMES
    shared = names_of(a.side.profile) & names_of(b.side.profile)
    heads = zip(a.quantity.heads, b.quantity.heads, strict=False)
    if least == NAMES and any(one != other for one, other in heads):
        return False
    if len(shared) < least or (least == NAMES and not a.days & b.days) or not may_be_one(a, b):
        return False
    if a.quantity.unit and a.side.lang == b.side.lang and not a.quantity.near & b.quantity.near:
        return False
    return names_told(a.side.profile) <= words_known(b.side.read.whole) or names_told(b.side.profile) <= words_known(a.side.read.whole)


def _is_of_other_time(a: Count, b: Count) -> bool:
    """Return whether the later of two counts may be the same one grown, or of another time."""
    gap = days_between(a.article, b.article)
    return gap is None or gap > SOON or may_have_grown(a, b)


def _agrees(count: Count, pair: tuple[Count, Count]) -> bool:
    """Return whether a further count gives the value of one of two."""
    return count.quantity.exact and any(count.quantity.value == c.quantity.value and specifics(count) == specifics(c) and (
        c.article == count.article or c.quantity.unit or names_of(c.side.profile) & names_of(count.side.profile)) for c in pair)


def _parts(a: Count, b: Count) -> Iterator[Clash]:
    """Yield the parts of two totals that differ: each article gives two numbers that add up to its own, and one of them is the same."""
    ones, others = (list(_summands(count)) for count in (a, b))
    yield from [Clash("number", p, q) for p, rest in ones for q, left in others if rest == left][:1]


def _summands(count: Count) -> Iterator[tuple[Claim, float]]:
    """Yield each of two numbers of one sentence that add up to a count, and how much the other is."""
    total, article = count.quantity.value, count.article
    for profile in profile_sentences(article) if not count.quantity.unit else ():
        side = Side(Citation.of(article, profile.sentence), count.side.read, profile)
        for one, other in pairs_of_counts(side.sentence.quote, side.lang):
            if one.value + other.value == total and min(one.value, other.value) > 1:
                yield side.claim(one.start, one.end, f"{one.value:.10g}"), other.value
                yield side.claim(other.start, other.end, f"{other.value:.10g}"), one.value
