"""Choose the sentences that tell a story or a topic in its sources' own words.

Greedy coverage of stemmed words and word pairs, weighted by position and by how many separate texts report them, and of what
several texts report (position: Lin and Hovy 1997; coverage of what several texts share: Gillick and Favre 2009).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from digest.choose import Candidate, Passage, Told, choose
from digest.models import Article, Citation, KeyPoint, Sentence, Story, Text
from digest.passages import find_passages
from digest.reading import READ, is_stale, read_sentence, read_sentences
from digest.reports import Unit, find_reports
from digest.words import base_language

__all__ = ["WORDS", "Allowed", "Dropped", "summarize", "summarize_topic"]

Allowed = Callable[[Article, Sentence], bool]
"""Asked right before a sentence is quoted, best first: what it grants is quoted (`rights.QuoteBudget.admit` counts it)."""
Dropped = Collection[tuple[str, tuple[int, int]]]
"""Spans, by article id, that are never quoted."""

WORDS = 130
"""Words of a summary, at most, where its number of key points counts."""
ALONE = 0.2
"""Weight of a word that only one of several separate texts has."""
OLDER = 0.15
"""A story of a topic weighs 1 / (1 + OLDER * the number of newer ones)."""
FOREIGN = 0.7
"""Weight of a story that no article tells in the site's language."""
UNKNOWN = 0.6
"""Weight of a sentence that no known outlet says."""
PER_STORY = 2
"""Key points from one story of a topic, where there are enough stories."""
NEWEST = 20
"""Stories of a topic that its summary is chosen from."""
SENTENCES, FEWEST = 300, 4
"""Sentences of a story that are looked at, about: so many of each article, from its beginning, but at least a few."""


def summarize(
    texts: Sequence[Text], points: int, *, words: int | None = None, language: str, allowed: Allowed,
    pinned: Sequence[Citation] = (), dropped: Dropped = (), most_words: int | None = WORDS,
) -> tuple[KeyPoint, ...]:
    """Return the key points of one story, the most important first.

    There are `points` at most, of `most_words` words together; with `words` they fill that many words instead. Sentences are
    of `language` where an article of the texts is, else of the language that most of the texts are in. A point's further
    citations are the other places where its very words stand; what `allowed` refuses is neither quoted nor cited. `pinned`
    quotations come first, in their order, and `dropped` ones never. Where the texts hold a denial, one point is it.
    """
    candidates = _kept(_candidates(texts, language), dropped)
    first = [(candidate, point) for cited in pinned for candidate, point in _pin(cited, candidates, allowed)]
    chosen = choose(candidates, _told(tuple(texts)), lambda candidate: _quote(candidate, allowed),
                    points=None if words is not None else points, words=most_words if words is None else words, first=first)
    return tuple(point for _, point in chosen)


def summarize_topic(
    stories: Sequence[Story], points: int, *, words: int | None = None, language: str, allowed: Allowed,
    pinned: Sequence[Citation] = (), dropped: Dropped = (), most_words: int | None = WORDS,
) -> tuple[KeyPoint, ...]:
    """Return the key points of a topic from its stories, which come newest first.

    Those of the newest story that may be quoted come first, then those of stories that several separate texts report, then
    the others', each newest first; those of one story stand together. The newest is always represented, and none by more
    than two points where there are enough stories. Of older stories nothing is told that speaks of what is or will be.
    Everything else is as in `summarize`, story by story.
    """
    stories = stories[:NEWEST]
    most = max(PER_STORY, math.ceil(points / max(1, len(stories)))) if len(stories) > 1 else points
    found = [candidate for number, story in enumerate(stories)
             for candidate in _candidates(story.texts, language, number, _story_weight(story, number, language))]
    candidates = _kept([c for c in found if c.story == 0 or not _is_past_news(c, stories)], dropped)
    first = [(candidate, point) for cited in pinned for candidate, point in _pin(cited, found, allowed)]
    taken: Counter[int] = Counter()

    def grant(candidate: Candidate) -> KeyPoint | None:
        if words is None and taken[candidate.story] >= most:
            return None
        point = _quote(candidate, allowed)
        taken[candidate.story] += point is not None
        return point

    told = _told(tuple(text for story in stories for text in story.texts))
    chosen = choose(candidates, told, grant,
                    points=None if words is not None else points,
                    words=most_words if words is None else words, first=first, newest_first=True)
    newest = min((candidate.story for candidate, _ in chosen), default=0)
    rest = sorted(chosen[len(first):], key=lambda pair: (pair[0].story != newest, len(stories[pair[0].story].texts) < 2, pair[0].story))
    return tuple(point for _, point in [*first, *rest])


def _story_weight(story: Story, number: int, language: str) -> float:
    told = any(base_language(article.lang) == base_language(language) for article in story.articles)
    return (1.0 if told else FOREIGN) / (1 + OLDER * number)


def _is_past_news(candidate: Candidate, stories: Sequence[Story]) -> bool:
    """Return whether a sentence of an older story speaks of what was or was to come when it was written."""
    article, sentence = candidate.passage.places[0]
    newer = stories[candidate.story].day is None or stories[candidate.story].day != stories[0].day
    return newer and is_stale(article.text[sentence.start:sentence.end], article.lang)


def _candidates(texts: Sequence[Text], language: str, story: int = 0, weight: float = 1.0) -> list[Candidate]:
    """Return the sentences of a story that can be quoted alone."""
    passages = _passages(tuple(texts), _told_in(texts, language))
    return [Candidate(passage, passage.reading, weight * passage.score * _known(passage), story) for passage in passages]


def _kept(candidates: Sequence[Candidate], dropped: Dropped) -> list[Candidate]:
    """Return the candidates of which no place is dropped."""
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for ident, span in dropped:
        spans[ident].append(span)
    if not spans:
        return list(candidates)
    return [c for c in candidates if not any(start < sentence.end and sentence.start < end
                                             for article, sentence in c.passage.places for start, end in spans[article.id])]


def _pin(cited: Citation, candidates: Sequence[Candidate], allowed: Allowed) -> list[tuple[Candidate, KeyPoint]]:
    """Return a pinned quotation as a chosen candidate, with the other places of its words; nothing where it may not be quoted."""
    places = [(article, sentence) for c in candidates for article, sentence in c.passage.places
              if (article.id, sentence.start, sentence.end) == (cited.article.id, *cited.span)]
    found = next((c for c in candidates if places and places[0] in c.passage.places), None)
    sentence = places[0][1] if places else next(
        (s for s in cited.article.sentences if s.start <= cited.start < s.end), Sentence(0, cited.start, cited.end, 0))
    own = Sentence(sentence.index, cited.start, cited.end, sentence.paragraph)
    reading = read_sentence(cited.article, own)
    others = [place for place in found.passage.places if place[0].id != cited.article.id] if found else []
    passage = Passage([(cited.article, own), *others], reading, reading.score, found.passage.reports if found else frozenset())
    candidate = Candidate(passage, reading, reading.score, found.story if found else 0)
    point = _quote(candidate, allowed)
    return [(candidate, point)] if point and point.citations[0].article.id == cited.article.id else []


def _quote(candidate: Candidate, allowed: Allowed) -> KeyPoint | None:
    """Return what is quoted of a candidate; of a sentence that begins after its connective the whole must be allowed."""
    citations = tuple(Citation.of(article, sentence) for article, sentence in candidate.passage.places
                      if allowed(article, _whole(article, sentence)))
    return KeyPoint(citations) if citations else None


def _whole(article: Article, sentence: Sentence) -> Sentence:
    known = sentence.index < len(article.sentences) and article.sentences[sentence.index]
    return known if known and known.start <= sentence.start and known.end == sentence.end else sentence


def _known(passage: Passage) -> float:
    return 1.0 if any(article.outlet for article, _ in passage.places) else UNKNOWN


@lru_cache(maxsize=NEWEST)
def _passages(texts: tuple[Text, ...], told: str) -> Sequence[Passage]:
    """Return the sentences of a story in one language that can be quoted, with what of several texts' reports each tells."""
    number = {article.id: n for n, text in enumerate(texts) for article in text.articles}
    articles = sorted((a for text in texts for a in text.articles if base_language(a.lang) == told), key=lambda a: a.order)
    depth = _depth(len(articles))
    read = {article.id: {r.sentence.start: r for r in read_sentences(article, depth)} for article in articles}
    passages = find_passages([(article, r.sentence) for article in articles for r in read[article.id].values() if r.score])
    readings = [[read[article.id][sentence.start] for article, sentence in places] for places in passages]
    others = [(number[article.id], r) for article in articles for r in read[article.id].values() if not r.score and not r.boilerplate]
    units = [Unit(number[places[0][0].id], found[0].content) for places, found in zip(passages, readings, strict=True)]
    reports = find_reports([*units, *(Unit(text, r.content) for text, r in others)])
    return [Passage(places, found[0], max(r.score for r in found), frozenset(report for report in reports if at in report.told_by))
            for at, (places, found) in enumerate(zip(passages, readings, strict=True))]


def _depth(articles: int) -> int:
    return max(FEWEST, min(READ, SENTENCES // max(1, articles)))


def _told_in(texts: Sequence[Text], language: str) -> str:
    """Return the language to quote in; of two that as many texts are in, the one that is first in the texts' order."""
    counts = Counter(lang for text in texts for lang in dict.fromkeys(base_language(article.lang) for article in text.articles))
    return base_language(language) if base_language(language) in counts or not counts else max(counts, key=lambda lang: counts[lang])


@lru_cache(maxsize=1)
def _told(texts: tuple[Text, ...]) -> Told:
    """Return what each word and pair of words weighs: position summed over the texts, less for what one text or many sentences say."""
    places: defaultdict[str, float] = defaultdict(float)
    frequency, reports = Counter[str](), Counter[str]()
    sentences, depth = 0, _depth(sum(len(text.articles) for text in texts))
    for text in texts:
        readings = [r for article in text.articles for r in read_sentences(article, depth) if not r.boilerplate]
        sentences += len(readings)
        frequency.update(term for reading in readings for term in reading.terms)
        best: dict[str, float] = {}
        for reading in sorted(readings, key=lambda reading: reading.weight):
            best.update(dict.fromkeys(reading.terms, reading.weight))
        reports.update(best.keys())
        for term, weight in best.items():
            places[term] += weight
    alone = ALONE if len(texts) > 1 else 1.0
    spread = {count: math.sqrt(math.log1p(sentences / count)) for count in set(frequency.values())}
    weights = {term: weight * (alone if reports[term] == 1 else 1.0) * spread[frequency[term]] for term, weight in places.items()}
    return Told(weights, reports if len(texts) > 1 else {}, len(texts))
