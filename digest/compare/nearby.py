"""Tell in which texts something may be said in other words, so that nobody says it is not found there, or told by one alone."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from digest.compare.profiles import Placed, place_sentences
from digest.models import Citation, Text

__all__ = ["Neighbors", "beginning", "beginnings", "texts_near"]

NEAR = 0.17
"""Share of a sentence, by the squared weights of its terms, in two neighboring ones of another text from which these may say it too;
of 27 read that hold less, 26 say nothing of it, of those that hold .2 to .3 three of four."""
BEGINNING = 5
"""Letters of a term that are compared, so that endings and derivations don't matter."""


def beginning(term: str) -> str:
    """Return what of a term is compared: all of a number, the first letters of a word."""
    return term if term[0] == "#" else term[:BEGINNING]


def beginnings(terms: Iterable[str]) -> frozenset[str]:
    """Return what of several terms is compared."""
    return frozenset([beginning(term) for term in terms])


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The sentences of articles in their order, by the beginnings of their terms."""

    texts: Sequence[int]
    """The number of each sentence's text."""
    said: Sequence[frozenset[str]]
    """The terms of each; none between articles, so that no two of these are neighbors."""
    having: Mapping[str, Sequence[int]]
    """The numbers of the sentences that have a term."""

    @classmethod
    def of(cls, articles: Iterable[tuple[int, Iterable[frozenset[str]]]]) -> "Neighbors":
        """Put articles one after another, each given as its text's number and the terms of its sentences."""
        texts, said, having = list[int](), list[frozenset[str]](), defaultdict[str, list[int]](list)
        for text, sentences in articles:
            for terms in (*sentences, frozenset[str]()):
                for term in terms:
                    having[term].append(len(said))
                said.append(terms)
                texts.append(text)
        return cls(texts, said, having)

    def near(self, place: Placed) -> Iterator[int]:
        """Yield the number of another text for each of its sentences that, with one beside it, may tell what a sentence says."""
        weights: defaultdict[str, float] = defaultdict(float)
        for term, weight in place.vector.items():
            weights[beginning(term)] += weight ** 2
        shares: defaultdict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            for number in self.having.get(term, ()):
                shares[number] += weight
        enough = NEAR * math.fsum(weights.values())
        for number, share in shares.items():
            beside = (number - 1, number + 1)
            if self.texts[number] != place.text and any(share + shares.get(other, 0.0) >= enough for other in beside) and any(
                    _share(weights, self.said[number] | self.said[other]) >= enough for other in beside):
                yield self.texts[number]


def _share(weights: Mapping[str, float], said: frozenset[str]) -> float:
    return math.fsum([weight for term, weight in weights.items() if term in said])


def texts_near(cited: Sequence[Citation], texts: Sequence[Text]) -> frozenset[int]:
    """Return the numbers of the texts that say or may say what one of these sentences says."""
    places, neighbors = _read(tuple(texts))
    found = [place for sentence in cited if (place := places.get((sentence.article.id, sentence.start)))]
    return frozenset(number for place in found for number in (place.text, *neighbors.near(place)))


@lru_cache(maxsize=4)
def _read(texts: tuple[Text, ...]) -> tuple[Mapping[tuple[str, int], Placed], Neighbors]:
    """Return the sentences of a topic, each by its article's id and where it starts, and as neighbors."""
    places = [place for language in place_sentences(texts) for place in language]
    articles = groupby(places, key=lambda place: place.text)
    return {place.profile.key: place for place in places}, Neighbors.of(
        (text, [beginnings(place.vector) for place in found]) for text, found in articles)
