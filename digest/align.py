"""Find the sentences of different texts that are alike: what statements, differences and wording are found among."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.models import Citation, Text
from digest.profiles import Profile, merge_spellings, profile_sentences, weigh
from digest.words import base_language

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


@dataclass(frozen=True, slots=True)
class _Place:
    text: int
    profile: Profile
    vector: Mapping[str, float]
    """The weights of its terms, of length 1."""


def align_sentences(texts: Sequence[Text]) -> tuple[Aligned, ...]:
    """Return the pairs of sentences of different separate texts of one topic that are alike, in the order of the texts.

    They are compared by the cosine of their terms, weighted by idf (Spärck Jones 1972) over the topic's sentences in their
    language, names and numbers counting more; names are compared whatever their spelling.
    """
    langs = dict.fromkeys(base_language(text.articles[0].lang) for text in texts)
    pairs = [pair for lang in langs for pair in _alike(_places(texts, lang))]
    ordered = sorted(pairs, key=lambda pair: (pair[0].text, pair[0].profile.sentence.index, pair[1].text, pair[1].profile.sentence.index))
    return tuple(Aligned(_cite(one), _cite(other), score) for one, other, score in ordered)


def _places(texts: Sequence[Text], lang: str) -> list[_Place]:
    """Return the sentences of the texts in a language, in order."""
    found = [(number, profile) for number, text in enumerate(texts) if base_language(text.articles[0].lang) == lang
             for profile in profile_sentences(text.articles[0])]
    profiles = [profile for _, profile in found]
    spellings = merge_spellings(name for profile in profiles for name in profile.names)
    weights = weigh(profiles, spellings)
    return [_Place(number, profile, _vector(profile, spellings, weights)) for number, profile in found]


def _vector(profile: Profile, spellings: Mapping[str, str], weights: Mapping[str, float]) -> Mapping[str, float]:
    raw = {term: weights[term] for term in (spellings.get(term, term) for term in profile.terms)}
    length = math.hypot(*raw.values())
    return {term: weight / length for term, weight in raw.items()} if length else {}


def _alike(places: Sequence[_Place]) -> Iterator[tuple[_Place, _Place, float]]:
    """Yield the pairs of sentences that are alike, found through an index of their terms."""
    crowded = {term for term, count in Counter(term for place in places for term in place.vector).items() if count > CROWD}
    having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, place in enumerate(places):
        for earlier, score in _scores(place, having, crowded, places):
            if score >= ALIKE and places[earlier].text != place.text:
                yield places[earlier], place, min(score, 1.0)
        for term, weight in place.vector.items():
            having[term].append((number, weight))


def _scores(place: _Place, having: Mapping[str, Sequence[tuple[int, float]]], crowded: Collection[str],
            places: Sequence[_Place]) -> Iterator[tuple[int, float]]:
    """Yield how alike earlier sentences are to one, of those that share a term that is not crowded."""
    scores: defaultdict[int, float] = defaultdict(float)
    common = {term: weight for term, weight in place.vector.items() if term in crowded}
    for term, weight in place.vector.items():
        for number, other in having.get(term, ()) if term not in common else ():
            scores[number] += weight * other
    for number, score in scores.items():
        vector = places[number].vector
        yield number, score + sum([weight * vector[term] for term, weight in common.items() if term in vector])


def _cite(place: _Place) -> Citation:
    return Citation.of(place.profile.article, place.profile.sentence)
