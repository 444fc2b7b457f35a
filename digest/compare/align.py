"""Find the sentences of different texts that are alike: what statements, differences and wording are found among."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.compare.profiles import Placed, place_sentences
from digest.models import Citation, Text

__all__ = ["ALIKE", "Aligned", "align_sentences"]

ALIKE = 0.2
"""Cosine from which two sentences are alike at all; most of what is said in two texts is found, and much that isn't."""
CROWD = 120
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
    languages = place_sentences(texts)
    pairs = sorted((_place_of(one), _place_of(other), score) for places in languages for one, other, score in _alike(places))
    ends = {place for one, other, _ in pairs for place in (one, other)}
    cited = {_place_of(placed): Citation.of(placed.profile.article, placed.profile.sentence)
             for places in languages for placed in places if _place_of(placed) in ends}
    return tuple(Aligned(cited[one], cited[other], score) for one, other, score in pairs)


def _place_of(placed: Placed) -> tuple[int, int]:
    """Return the number of a sentence's text, and its own in it."""
    return placed.text, placed.profile.sentence.index


def _alike(places: Sequence[Placed]) -> Iterator[tuple[Placed, Placed, float]]:
    """Yield the pairs of sentences that are alike, found through an index of their terms."""
    crowded = {term for term, count in Counter(term for place in places for term in place.vector).items() if count > CROWD}
    having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, place in enumerate(places):
        common = {term: weight for term, weight in place.vector.items() if term in crowded}
        scores: defaultdict[int, float] = defaultdict(float)
        for term, weight in place.vector.items():
            if term not in common:
                for earlier, other in having[term]:
                    scores[earlier] += weight * other
                having[term].append((number, weight))
        least = ALIKE - math.hypot(*common.values())
        for earlier in [earlier for earlier, score in scores.items() if score >= least]:
            one = places[earlier]
            score = scores[earlier] + sum([weight * one.vector.get(term, 0.0) for term, weight in common.items()])
            if score >= ALIKE and one.text != place.text:
                yield one, place, round(min(score, 1.0), 6)
