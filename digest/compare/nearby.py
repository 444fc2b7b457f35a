"""Tell in which articles something may be said in other words, so that nobody says it is not found there."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.compare.profiles import Placed, place_sentences
from digest.models import Citation, Text

__all__ = ["texts_near"]

NEAR = 0.17
"""Share of a sentence, by the squared weights of its terms, in two neighboring ones of another text from which these may say it too;
of 27 read that hold less, 26 say nothing of it, of those that hold .2 to .3 three of four."""
_BEGINNING = 5
"""Letters of a term that are compared, so that endings and derivations don't matter."""


@dataclass(frozen=True, slots=True)
class _Index:
    """The sentences of a topic by what they say."""

    places: Mapping[tuple[str, int], Placed]
    """Each by its article's id and where it starts."""
    said: Sequence[frozenset[str]]
    """The beginnings of the terms of each; none between texts."""
    texts: Sequence[int]
    """The number of each sentence's text."""
    having: Mapping[str, Sequence[int]]
    """The numbers of the sentences that have a term."""


def texts_near(cited: Sequence[Citation], texts: Sequence[Text]) -> frozenset[int]:
    """Return the numbers of the texts that may say what one of these sentences says."""
    index = _index(tuple(texts))
    places = [index.places[found.article.id, found.start] for found in cited if (found.article.id, found.start) in index.places]
    return frozenset(number for place in places for number in _near(place, index))


def _near(place: Placed, index: _Index) -> Iterator[int]:
    weights: defaultdict[str, float] = defaultdict(float)
    for term, weight in place.vector.items():
        weights[_begin(term)] += weight ** 2
    enough = NEAR * math.fsum(weights.values())
    shares: defaultdict[int, float] = defaultdict(float)
    for term, weight in weights.items():
        for at in index.having[term]:
            shares[at] += weight
    for at, share in shares.items():
        close = [beside for beside in (at - 1, at + 1) if share + shares.get(beside, 0.0) >= enough]
        if share >= enough or any(_share(weights, index.said[at] | index.said[beside]) >= enough for beside in close):
            yield index.texts[at]


def _share(weights: Mapping[str, float], said: frozenset[str]) -> float:
    return math.fsum([weight for term, weight in weights.items() if term in said])


@lru_cache(maxsize=4)
def _index(texts: tuple[Text, ...]) -> _Index:
    places = [place for language in place_sentences(texts) for place in language]
    said, numbers, having = list[frozenset[str]](), list[int](), defaultdict[str, list[int]](list)
    for place in places:
        if numbers and numbers[-1] != place.text:
            said.append(frozenset())
            numbers.append(place.text)
        terms = _beginnings(place.vector)
        for term in terms:
            having[term].append(len(said))
        said.append(terms)
        numbers.append(place.text)
    return _Index({place.profile.key: place for place in places}, said, numbers, having)


def _beginnings(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_begin, terms))


def _begin(term: str) -> str:
    return term if term[0] == "#" else term[:_BEGINNING]
