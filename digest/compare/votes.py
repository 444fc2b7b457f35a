"""Read how votes ended: two numbers close together, of which one sentence at least says that they are votes."""

from functools import lru_cache
from itertools import pairwise

from digest.compare.claims import event_block
from digest.compare.counted import numbers_of
from digest.compare.sides import days_between
from digest.models import Citation
from digest.phrases import Openings, has_phrase, plain_words
from digest.words import base_language, words

__all__ = ["tell_one_result"]

SOON = 7
"""Texts that were published farther apart tell of different votes."""
_APART = 3
"""Words between the two numbers."""
_LARGE = 10
"""The larger of them, at least: small numbers are often the same by chance."""


def tell_one_result(one: Citation, other: Citation) -> bool:
    """Return whether two sentences give the same result of a vote within a few days: "by 71 votes to 48", "71 for and 48 against"."""
    gap = days_between(one.article, other.article)
    if gap is None or gap > SOON:
        return False
    lang = base_language(one.article.lang)
    voted = any(has_phrase(plain_words(cited.quote), _vote_words(lang)) for cited in (one, other))
    return voted and not _pairs(one.quote, lang).isdisjoint(_pairs(other.quote, lang))


@lru_cache(maxsize=16_384)
def _pairs(quote: str, lang: str) -> frozenset[tuple[float, float]]:
    """Return the numbers of a sentence that stand close together, two by two."""
    counts = [number for number in numbers_of(quote, lang) if number.counts]
    return frozenset((a.value, b.value) for a, b in pairwise(counts)
                     if max(a.value, b.value) >= _LARGE and len(words(quote[a.end:b.start])) <= _APART)


@lru_cache(maxsize=64)
def _vote_words(lang: str) -> Openings:
    return frozenset(plain_words(phrase) for phrase in event_block(lang).get("votes", ()))
