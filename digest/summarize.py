"""Choose the sentences that tell a story or a topic in its sources' own words.

Greedy coverage of stemmed words and word pairs, weighted by position and by how many separate texts report them
(position: Lin and Hovy 1997; coverage of what several texts share: Gillick and Favre 2009).
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.models import Article, Citation, KeyPoint, Sentence, Story, Text
from digest.passages import Place, find_passages
from digest.phrases import is_spaceless
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


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be quoted."""

    text: str
    lang: str
    score: float
    """How well it reads alone, times the weight of its position."""

    @property
    def words(self) -> int:
        return word_count(self.text)


def summarize(texts: Sequence[Text], points: int, *, words: int | None = None, language: str, allowed: Allowed) -> tuple[KeyPoint, ...]:
    """Return the key points of one story, the most important first.

    With `words` they fill that many words instead of counting to `points`. Sentences are of `language` where an
    article of the texts is, else of the language that most of the texts are in. A point's further citations are the
    other places where its very words stand; what `allowed` refuses is neither quoted nor cited.
    """
    told = _told_in(texts, language)
    articles = sorted((a for text in texts for a in text.articles if _base(a.lang) == told), key=lambda a: a.order)
    passages = find_passages([(article, sentence) for article in articles for sentence in article.sentences[:READ]
                              if readability(article, sentence)])
    candidates = [_candidate(passage) for passage in passages]
    return tuple(point for _, point in _choose(candidates, _weights(texts), points, words, lambda at: _quote(passages[at], allowed)))


def summarize_topic(
    stories: Sequence[Story], points: int, *, words: int | None = None, language: str, allowed: Allowed,
) -> tuple[KeyPoint, ...]:
    """Return the key points of a topic, chosen among those of its stories, newest story first.

    The stories come newest first and with their summaries. The newest that has one is always represented, and no story
    by more than two points where there are enough stories. A topic of one story is summarized as that story.
    """
    if len(stories) == 1:
        return summarize(stories[0].texts, points, words=words, language=language, allowed=allowed)
    told = [(number, rank, point) for number, story in enumerate(stories) for rank, point in enumerate(story.summary)]
    most = max(PER_STORY, math.ceil(points / max(1, len({number for number, _, _ in told}))))
    taken: Counter[int] = Counter()

    def grant(at: int) -> KeyPoint | None:
        number, _, point = told[at]
        taken[number] += 1
        return point if taken[number] <= most else None

    candidates = [_Candidate(point.text, point.lang, _topic_score(stories[number], number, rank, language) if at else math.inf)
                  for at, (number, rank, point) in enumerate(told)]
    weights = _weights([text for story in stories for text in story.texts])
    chosen = _choose(candidates, weights, points, words, grant)
    return tuple(point for at, point in sorted(chosen, key=lambda pair: told[pair[0]][0]))


def _topic_score(story: Story, number: int, rank: int, language: str) -> float:
    foreign = all(_base(article.lang) != _base(language) for article in story.articles)
    return (FOREIGN if foreign else 1.0) / (1 + OLDER * number) / (1 + FADE * rank)


def _choose(
    candidates: Sequence[_Candidate], weights: Mapping[str, float], points: int, words: int | None, grant: Callable[[int], KeyPoint | None],
) -> list[tuple[int, KeyPoint]]:
    """Return the numbers and key points of the candidates that add most, best first, without repeats."""
    room = math.inf if words is None else words
    left, chosen, covered = list(range(len(candidates))), list[tuple[int, KeyPoint]](), set[str]()
    while left and (words is not None or len(chosen) < points):
        best = max(left, key=lambda at: _gain(candidates[at], weights, covered))
        left.remove(best)
        if candidates[best].words > room or any(_likeness(candidates[best], candidates[at]) >= REPEAT for at, _ in chosen):
            continue
        if point := grant(best):
            chosen.append((best, point))
            covered.update(_terms(candidates[best].text, candidates[best].lang))
            room -= candidates[best].words
    return chosen


def _gain(candidate: _Candidate, weights: Mapping[str, float], covered: set[str]) -> float:
    new = sum(weights.get(term, 0.0) for term in _terms(candidate.text, candidate.lang) if term not in covered)
    return candidate.score * (new + 1e-9) / candidate.words ** LENGTH


def _candidate(passage: Sequence[Place]) -> _Candidate:
    article, sentence = passage[0]
    score = max(readability(a, s) / (1 + FADE * s.index) for a, s in passage)
    return _Candidate(article.text[sentence.start:sentence.end], article.lang, score)


def _quote(passage: Sequence[Place], allowed: Allowed) -> KeyPoint | None:
    citations = tuple(Citation.of(article, sentence) for article, sentence in passage if allowed(article, sentence))
    return KeyPoint(citations) if citations else None


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()


def _told_in(texts: Sequence[Text], language: str) -> str:
    """Return the language to quote in; of two that as many texts are in, the one that is first in the texts' order."""
    counts = Counter(lang for text in texts for lang in dict.fromkeys(_base(article.lang) for article in text.articles))
    return _base(language) if _base(language) in counts or not counts else max(counts, key=lambda lang: counts[lang])


def _weights(texts: Sequence[Text]) -> dict[str, float]:
    """Return what each word and pair of words weighs: position summed over the texts, less for what one text or many sentences say."""
    places: Counter[str] = Counter()
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
            places[term] += weight  # type: ignore[assignment]
    alone = ALONE if len(texts) > 1 else 1.0
    return {term: weight * (alone if reports[term] == 1 else 1.0) * math.sqrt(math.log1p(sentences / frequency[term]))
            for term, weight in places.items()}


def _weighted(articles: Iterable[Article]) -> Iterable[tuple[tuple[str, ...], float]]:
    """Yield the terms of each sentence and the weight of its place."""
    for article in articles:
        for sentence in article.sentences[:READ]:
            quote = article.text[sentence.start:sentence.end]
            if not is_boilerplate(quote, article.lang):
                yield _terms(quote, article.lang), 1 / (1 + FADE * sentence.index)


@lru_cache(maxsize=65536)
def _terms(text: str, lang: str) -> tuple[str, ...]:
    """Return the different stems and pairs of neighbouring stems of a sentence."""
    found = _stems(text, lang)
    return tuple(dict.fromkeys([*found, *map(" ".join, zip(found, found[1:], strict=False))]))


@lru_cache(maxsize=65536)
def _stems(text: str, lang: str) -> tuple[str, ...]:
    """Return the stems of a sentence; its characters in scripts that set no blanks."""
    spaceless = [c for c in text if is_spaceless(c)]
    return tuple(spaceless) if len(spaceless) > len(text) / 4 else tuple(stems(text, lang))


def _likeness(one: _Candidate, other: _Candidate) -> float:
    """Return the cosine of two sentences' stems, from 0 to 1."""
    a, b = Counter(_stems(one.text, one.lang)), Counter(_stems(other.text, other.lang))
    norm = math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return sum(n * b[stem] for stem, n in a.items()) / norm if norm else 0.0
