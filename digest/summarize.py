"""Choose the sentences that tell a story or a topic in its sources' own words.

Greedy coverage of stemmed words and word pairs, weighted by position and by how many separate texts report them
(position: Lin and Hovy 1997; coverage of what several texts share: Gillick and Favre 2009).
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from digest.models import Article, Citation, KeyPoint, Sentence, Story, Text
from digest.passages import Place, find_passages
from digest.reading import Reading, read_sentences
from digest.words import base_language

__all__ = ["Allowed", "summarize", "summarize_topic"]

Allowed = Callable[[Article, Sentence], bool]
"""Asked right before a sentence is quoted, best first: what it grants is quoted (`rights.QuoteBudget.admit` counts it)."""

ALONE = 0.1
"""Weight of a word that only one of several separate texts has."""
LENGTH = 0.75
"""Power of its length by which a sentence's gain is divided."""
REPEAT = 0.5
"""Cosine of stems from which a sentence repeats a chosen one."""
OLDER = 0.15
"""A story of a topic weighs 1 / (1 + OLDER * the number of newer ones)."""
FOREIGN = 0.7
"""Weight of a story that no article tells in the site's language."""
UNKNOWN = 0.6
"""Weight of a sentence that no known outlet says."""
PER_STORY = 2
"""Key points from one story of a topic, where there are enough stories."""
AGAIN = 0.5
"""Weight of a story that has a key point, for the next."""
NEWEST = 20
"""Stories of a topic that its summary is chosen from."""


class _Passage(NamedTuple):
    """A sentence that can be quoted alone, with everywhere its words stand."""

    places: Sequence[Place]
    reading: Reading
    score: float
    """The best score of its places."""


class _Candidate(NamedTuple):
    """A passage of a story."""

    passage: _Passage
    reading: Reading
    score: float
    """Its score times the weight of its story."""
    story: int
    """The number of its story, from the newest; 0 where there is but one."""


def summarize(texts: Sequence[Text], points: int, *, words: int | None = None, language: str, allowed: Allowed) -> tuple[KeyPoint, ...]:
    """Return the key points of one story, the most important first.

    With `words` they fill that many words instead of counting to `points`. Sentences are of `language` where an
    article of the texts is, else of the language that most of the texts are in. A point's further citations are the
    other places where its very words stand; what `allowed` refuses is neither quoted nor cited.
    """
    chosen = _choose(_candidates(texts, language), _weights(tuple(texts)), points, words, lambda candidate: _quote(candidate, allowed))
    return tuple(point for _, point in chosen)


def summarize_topic(
    stories: Sequence[Story], points: int, *, words: int | None = None, language: str, allowed: Allowed,
) -> tuple[KeyPoint, ...]:
    """Return the key points of a topic from its stories, which come newest first, in their order.

    The newest story that may be quoted is always represented, and none by more than two points where there are
    enough stories. Languages, words, citations and `allowed` are as in `summarize`, story by story.
    """
    stories = stories[:NEWEST]
    most = max(PER_STORY, math.ceil(points / max(1, len(stories)))) if len(stories) > 1 else points
    candidates = [candidate for number, story in enumerate(stories)
                  for candidate in _candidates(story.texts, language, number, _story_weight(story, number, language))]
    weights = _weights(tuple(text for story in stories for text in story.texts))
    taken: Counter[int] = Counter()

    def grant(candidate: _Candidate) -> KeyPoint | None:
        if words is None and taken[candidate.story] >= most:
            return None
        point = _quote(candidate, allowed)
        taken[candidate.story] += point is not None
        return point

    chosen = _choose(candidates, weights, points, words, grant, newest_first=True)
    return tuple(point for _, point in sorted(chosen, key=lambda pair: pair[0].story))


def _story_weight(story: Story, number: int, language: str) -> float:
    told = any(base_language(article.lang) == base_language(language) for article in story.articles)
    return (1.0 if told else FOREIGN) / (1 + OLDER * number)


def _candidates(texts: Sequence[Text], language: str, story: int = 0, weight: float = 1.0) -> list[_Candidate]:
    """Return the sentences of a story that can be quoted alone."""
    passages = _passages(tuple(texts), _told_in(texts, language))
    return [_Candidate(passage, passage.reading, weight * passage.score * _known(passage), story) for passage in passages]


def _known(passage: _Passage) -> float:
    return 1.0 if any(article.outlet for article, _ in passage.places) else UNKNOWN


@lru_cache(maxsize=NEWEST)
def _passages(texts: tuple[Text, ...], told: str) -> Sequence[_Passage]:
    articles = sorted((a for text in texts for a in text.articles if base_language(a.lang) == told), key=lambda a: a.order)
    read = {article.id: read_sentences(article) for article in articles}
    passages = find_passages([(article, reading.sentence) for article in articles for reading in read[article.id] if reading.score])
    readings = [[read[article.id][sentence.index] for article, sentence in places] for places in passages]
    return [_Passage(places, found[0], max(reading.score for reading in found)) for places, found in zip(passages, readings, strict=True)]


def _choose(
    candidates: Sequence[_Candidate], weights: Mapping[str, float], points: int, words: int | None,
    grant: Callable[[_Candidate], KeyPoint | None], *, newest_first: bool = False,
) -> list[tuple[_Candidate, KeyPoint]]:
    """Return the candidates that add most and are granted, best first and without repeats.

    With `newest_first` the newest story's come before all others until one of them is granted. What a candidate adds
    only ever shrinks, so one that is still best when it is counted anew is the best of all (Minoux 1978).
    """
    room = math.inf if words is None else words
    chosen, covered, told = list[tuple[_Candidate, KeyPoint]](), set[str](), Counter[int]()
    heap = [(c.story if newest_first else 0, -_gain(c, weights, covered), i, 0) for i, c in enumerate(candidates)]
    heapq.heapify(heap)
    while heap and (words is not None or len(chosen) < points):
        _, _, i, counted = heapq.heappop(heap)
        best = candidates[i]
        if best.reading.words > room or any(_likeness(best, other) >= REPEAT for other, _ in chosen):
            continue
        if counted < len(chosen):
            heapq.heappush(heap, (0, -(AGAIN ** told[best.story]) * _gain(best, weights, covered), i, len(chosen)))
        elif point := grant(best):
            chosen.append((best, point))
            covered.update(best.reading.terms)
            told[best.story] += 1
            room -= best.reading.words
            if len(chosen) == 1:
                heap = [(0, gain, i, n) for _, gain, i, n in heap]
                heapq.heapify(heap)
    return chosen


def _gain(candidate: _Candidate, weights: Mapping[str, float], covered: set[str]) -> float:
    new = sum([weights.get(term, 0.0) for term in candidate.reading.terms if term not in covered])
    return candidate.score * new / math.pow(candidate.reading.words, LENGTH)


def _quote(candidate: _Candidate, allowed: Allowed) -> KeyPoint | None:
    citations = tuple(Citation.of(article, sentence) for article, sentence in candidate.passage.places if allowed(article, sentence))
    return KeyPoint(citations) if citations else None



def _told_in(texts: Sequence[Text], language: str) -> str:
    """Return the language to quote in; of two that as many texts are in, the one that is first in the texts' order."""
    counts = Counter(lang for text in texts for lang in dict.fromkeys(base_language(article.lang) for article in text.articles))
    return base_language(language) if base_language(language) in counts or not counts else max(counts, key=lambda lang: counts[lang])


@lru_cache(maxsize=1)
def _weights(texts: tuple[Text, ...]) -> Mapping[str, float]:
    """Return what each word and pair of words weighs: position summed over the texts, less for what one text or many sentences say."""
    places: defaultdict[str, float] = defaultdict(float)
    frequency, reports = Counter[str](), Counter[str]()
    sentences = 0
    for text in texts:
        best: dict[str, float] = {}
        for reading in (r for article in text.articles for r in read_sentences(article) if not r.boilerplate):
            sentences += 1
            frequency.update(reading.terms)
            for term in reading.terms:
                if reading.weight > best.get(term, 0.0):
                    best[term] = reading.weight
        reports.update(best.keys())
        for term, weight in best.items():
            places[term] += weight
    alone = ALONE if len(texts) > 1 else 1.0
    spread = {count: math.sqrt(math.log1p(sentences / count)) for count in set(frequency.values())}
    return {term: weight * (alone if reports[term] == 1 else 1.0) * spread[frequency[term]] for term, weight in places.items()}


def _likeness(one: _Candidate, other: _Candidate) -> float:
    """Return the cosine of two sentences' stems, from 0 to 1."""
    a, b = one.reading, other.reading
    return sum([n * b.stems[stem] for stem, n in a.stems.items() if stem in b.stems]) / (a.norm * b.norm or 1)
