"""Find the sentences of different texts that are alike: what statements, differences and wording are found among."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.models import Citation, Text
from digest.profiles import Placed, place_sentences

__all__ = ["ALIKE", "Aligned", "align_sentences"]

ALIKE = 0.2
"""Cosine from which two sentences are alike at all; most of what is said in two texts is found, and much that isn't."""
CROWD = 200
"""A term of more sentences than this brings none together by itself: it counts where rarer terms have done so."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two sentences of different separate texts, in one language, that are alike."""

    one: Citation
    """That of the text that comes first."""
    other: Citation
    score: float
    """How alike they are, from 0 to 1."""


def align_sentences(texts: Sequence[Text]) -> tuple[Aligned, ...]:
    """Return the pairs of sentences of different separate texts of one topic that are alike, in the order of the texts.

    They are compared by the cosine of their terms, weighted by idf (Spärck Jones 1972) over the topic's sentences in their
    language, names and numbers counting more; names are compared whatever their spelling.
    """
    pairs = [pair for places in place_sentences(texts) for pair in _alike(places)]
    ordered = sorted(pairs, key=lambda pair: (pair[0].text, pair[0].profile.sentence.index, pair[1].text, pair[1].profile.sentence.index))
    return tuple(Aligned(_cite(one), _cite(other), score) for one, other, score in ordered)


def _alike(places: Sequence[Placed]) -> Iterator[tuple[Placed, Placed, float]]:
    """Yield the pairs of sentences that are alike, found through an index of their terms."""
    crowded = {term for term, count in Counter(term for place in places for term in place.vector).items() if count > CROWD}
    having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, place in enumerate(places):
        for earlier, score in _scores(place, having, crowded, places):
            if score >= ALIKE and places[earlier].text != place.text:
                yield places[earlier], place, min(score, 1.0)
        for term, weight in place.vector.items():
            having[term].append((number, weight))


def _scores(place: Placed, having: Mapping[str, Sequence[tuple[int, float]]], crowded: Collection[str],
            places: Sequence[Placed]) -> Iterator[tuple[int, float]]:
    """Yield how alike earlier sentences are to one, of those that share a term that is not crowded."""
    scores: defaultdict[int, float] = defaultdict(float)
    common = {term: weight for term, weight in place.vector.items() if term in crowded}
    for term, weight in place.vector.items():
        for number, other in having.get(term, ()) if term not in common else ():
            scores[number] += weight * other
    for number, score in scores.items():
        vector = places[number].vector
        yield number, score + sum([weight * vector[term] for term, weight in common.items() if term in vector])


def _cite(place: Placed) -> Citation:
    return Citation.of(place.profile.article, place.profile.sentence)
