"""Choose the sentences that tell a story or a topic in its sources' own words.

Greedy coverage of stemmed words and word pairs, weighted by position and by how many separate texts report them
(position: Lin and Hovy 1997; coverage of what several texts share: Gillick and Favre 2009).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from digest.models import Article, Citation, KeyPoint, Sentence, Story, Text
from digest.passages import Place, find_passages
from digest.phrases import spaceless
from digest.readable import is_boilerplate, readability, word_count
from digest.words import stems

__all__ = ["Allowed", "summarize", "summarize_topic"]

Allowed = Callable[[Article, Sentence], bool]
"""Asked right before a sentence is quoted, best first: what it grants is quoted (`rights.QuoteBudget.admit` counts it)."""

FADE = 0.6
"""A sentence weighs 1 / (1 + FADE * its number in the article)."""
ALONE = 0.1
"""Weight of a word that only one of several separate texts has."""
LENGTH = 0.75
"""Power of its length by which a sentence's gain is divided."""
REPEAT = 0.5
"""Cosine of stems from which a sentence repeats a chosen one."""
READ = 40
"""Sentences of an article that are looked at, from its beginning."""
OLDER = 0.15
"""A story of a topic weighs 1 / (1 + OLDER * the number of newer ones)."""
FOREIGN = 0.7
"""Weight of a story that no article tells in the site's language."""
PER_STORY = 2
"""Key points from one story of a topic, where there are enough stories."""
AGAIN = 0.5
"""Weight of a story that has a key point, for the next."""
NEWEST = 20
"""Stories of a topic that its summary is chosen from."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be quoted, with everywhere its words stand."""

    passage: Sequence[Place]
    story: int
    """The number of its story, from the newest; 0 where there is but one."""
    terms: tuple[str, ...]
    stems: Mapping[str, int]
    words: int
    score: float
    """How well it reads alone, times the weights of its position and of its story."""


def summarize(texts: Sequence[Text], points: int, *, words: int | None = None, language: str, allowed: Allowed) -> tuple[KeyPoint, ...]:
    """Return the key points of one story, the most important first.

    With `words` they fill that many words instead of counting to `points`. Sentences are of `language` where an
    article of the texts is, else of the language that most of the texts are in. A point's further citations are the
    other places where its very words stand; what `allowed` refuses is neither quoted nor cited.
    """
    chosen = _choose(_candidates(texts, language), _weights(texts), points, words, lambda candidate: _quote(candidate, allowed))
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
    weights = _weights([text for story in stories for text in story.texts])
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
    told = any(_base(article.lang) == _base(language) for article in story.articles)
    return (1.0 if told else FOREIGN) / (1 + OLDER * number)


def _candidates(texts: Sequence[Text], language: str, story: int = 0, weight: float = 1.0) -> list[_Candidate]:
    """Return the sentences of a story that can be quoted alone."""
    told = _told_in(texts, language)
    articles = sorted((a for text in texts for a in text.articles if _base(a.lang) == told), key=lambda a: a.order)
    readable = [(article, sentence) for article in articles for sentence in article.sentences[:READ] if readability(article, sentence)]
    return [_candidate(passage, story, weight) for passage in find_passages(readable)]


def _candidate(passage: Sequence[Place], story: int, weight: float) -> _Candidate:
    article, sentence = passage[0]
    quote = article.text[sentence.start:sentence.end]
    score = weight * max(readability(a, s) * _place_weight(s) for a, s in passage)
    return _Candidate(passage, story, _terms(quote, article.lang), Counter(_stems(quote, article.lang)), word_count(quote), score)


def _place_weight(sentence: Sentence) -> float:
    return 1 / (1 + FADE * sentence.index)


def _choose(
    candidates: Sequence[_Candidate], weights: Mapping[str, float], points: int, words: int | None,
    grant: Callable[[_Candidate], KeyPoint | None], *, newest_first: bool = False,
) -> list[tuple[_Candidate, KeyPoint]]:
    """Return the candidates that add most and are granted, best first and without repeats.

    With `newest_first` the newest story's come before all others until one of them is granted.
    """
    room = math.inf if words is None else words
    left, chosen, covered = list(candidates), list[tuple[_Candidate, KeyPoint]](), set[str]()
    while (left := [c for c in left if c.words <= room]) and (words is not None or len(chosen) < points):
        newest = min(c.story for c in left) if newest_first and not chosen else None
        told = Counter(c.story for c, _ in chosen)
        best = max((c for c in left if newest in (None, c.story)), key=lambda c: AGAIN ** told[c.story] * _gain(c, weights, covered))
        left.remove(best)
        if any(_likeness(best, other) >= REPEAT for other, _ in chosen):
            continue
        if point := grant(best):
            chosen.append((best, point))
            covered.update(best.terms)
            room -= best.words
    return chosen


def _gain(candidate: _Candidate, weights: Mapping[str, float], covered: set[str]) -> float:
    new = sum([weights.get(term, 0.0) for term in candidate.terms if term not in covered])
    return candidate.score * new / math.pow(candidate.words, LENGTH)


def _quote(candidate: _Candidate, allowed: Allowed) -> KeyPoint | None:
    citations = tuple(Citation.of(article, sentence) for article, sentence in candidate.passage if allowed(article, sentence))
    return KeyPoint(citations) if citations else None


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()


def _told_in(texts: Sequence[Text], language: str) -> str:
    """Return the language to quote in; of two that as many texts are in, the one that is first in the texts' order."""
    counts = Counter(lang for text in texts for lang in dict.fromkeys(_base(article.lang) for article in text.articles))
    return _base(language) if _base(language) in counts or not counts else max(counts, key=lambda lang: counts[lang])


def _weights(texts: Sequence[Text]) -> dict[str, float]:
    """Return what each word and pair of words weighs: position summed over the texts, less for what one text or many sentences say."""
    places: defaultdict[str, float] = defaultdict(float)
    frequency: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    sentences = 0
    for text in texts:
        best: dict[str, float] = {}
        for terms, weight in _weighted(text.articles):
            sentences += 1
            frequency.update(terms)
            for term in terms:
                best[term] = max(best.get(term, 0.0), weight)
        reports.update(best.keys())
        for term, weight in best.items():
            places[term] += weight
    alone = ALONE if len(texts) > 1 else 1.0
    return {term: weight * (alone if reports[term] == 1 else 1.0) * math.sqrt(math.log1p(sentences / frequency[term]))
            for term, weight in places.items()}


def _weighted(articles: Iterable[Article]) -> Iterable[tuple[tuple[str, ...], float]]:
    """Yield the terms of each sentence and the weight of its place."""
    for article in articles:
        for sentence in article.sentences[:READ]:
            quote = article.text[sentence.start:sentence.end]
            if not is_boilerplate(quote, article.lang):
                yield _terms(quote, article.lang), _place_weight(sentence)


@lru_cache(maxsize=65536)
def _terms(text: str, lang: str) -> tuple[str, ...]:
    """Return the different stems and pairs of neighbouring stems of a sentence."""
    found = _stems(text, lang)
    return tuple(dict.fromkeys([*found, *map(" ".join, pairwise(found))]))


@lru_cache(maxsize=65536)
def _stems(text: str, lang: str) -> tuple[str, ...]:
    """Return the stems of a sentence; its characters in scripts that set no blanks."""
    characters = spaceless(text)
    return tuple(characters if len(characters) > len(text) / 4 else stems(text, lang))


def _likeness(one: _Candidate, other: _Candidate) -> float:
    """Return the cosine of two sentences' stems, from 0 to 1."""
    norm = math.sqrt(sum(n * n for n in one.stems.values()) * sum(n * n for n in other.stems.values()))
    return sum(n * other.stems.get(stem, 0) for stem, n in one.stems.items()) / norm if norm else 0.0
