"""Find the numbers that sentences which are alike give for the same thing, where they cannot both be right."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from digest.compare.claims import Clash, event_block
from digest.compare.counted import Count, accounts_for, is_of_another_time, may_be_one, may_have_grown
from digest.compare.sides import Read, Side, days_between
from digest.quantities import Quantity, are_comparable, are_compatible
from digest.words import words

__all__ = ["clashing_numbers"]

_SHARED = 2
"""Words near two measures, besides what they measure, that must be the same."""
_MONTH = 31
"""Texts published farther apart tell of different times."""
_SPANS = ("second", "minute", "hour", "day", "week", "month", "season", "year")


def clashing_numbers(one: Side, other: Side) -> Iterator[Clash]:
    """Yield the numbers of two sentences that count or measure the same and cannot both be right."""
    ones, others = one.quantities, other.quantities
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


def _are_same(a: Quantity, b: Quantity, one: Side, other: Side) -> bool:
    """Return whether two numbers that are comparable are of the same thing, by what stands around them."""
    if not (a.exact and b.exact) or _is_apart(a, one) or _is_apart(b, other) or not _may_be_one(Count(one, a), Count(other, b)):
        return False
    if a.grows or b.grows:
        return not may_have_grown(Count(one, a), Count(other, b))
    counted = a.heads[-1:]
    if not a.unit and (counted != b.heads[-1:] or 1 in (a.value, b.value)):
        return False
    return _of_one_time(one, other) and len(a.near & b.near - {*counted}) >= _SHARED - len(counted)


def _may_be_one(a: Count, b: Count) -> bool:
    if not may_be_one(a, b):
        return False
    return not a.quantity.kind or (is_of_another_time(a.side) == is_of_another_time(b.side)
                                   and not accounts_for(a, b.quantity.value) and not accounts_for(b, a.quantity.value))


def _of_one_time(one: Side, other: Side) -> bool:
    """Return whether two articles may tell of one time: published within a month, or one on the day of which the other tells."""
    gap = days_between(one.sentence.article, other.sentence.article)
    return gap is None or gap <= _MONTH or not one.read.days.isdisjoint(other.read.days)


def _is_apart(quantity: Quantity, side: Side) -> bool:
    """Return whether a span of time is a distance: "two days later"."""
    quote = side.sentence.quote.lower()
    beside = [*words(quote[:quantity.start])[-1:], *words(quote[quantity.end:])[:1]]
    return quantity.unit in _SPANS and not _apart(side.lang).isdisjoint(beside)


@lru_cache(maxsize=64)
def _apart(lang: str) -> frozenset[str]:
    return frozenset(event_block(lang).get("apart", ()))


def _holds(read: Read, quantity: Quantity) -> bool:
    """Return whether an article gives the same value for what may be the same."""
    return any(_competes(quantity, own) and are_compatible(quantity, own) and (own.exact or are_comparable(quantity, own))
               for own in read.quantities)
