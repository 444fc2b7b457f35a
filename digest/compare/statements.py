"""Find what several separate texts say: sentences of different articles that say the same thing."""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from digest.compare.align import Aligned
from digest.compare.attribution import find_source
from digest.compare.sameness import same_sentences
from digest.escape import visible
from digest.findings import Statement
from digest.models import Article, Citation, Sentence, Text
from digest.passages import is_carried
from digest.phrases import plain_words
from digest.readable import inside_quotation, is_complete, readability
from digest.words import words

__all__ = ["find_edition", "find_statements"]

SOURCED = 0.1
"""A sentence that names its source is clearer by this than one that reads as well without."""
LENGTH = 0.005
"""… and less clear by this for each of its words: a shorter one says less that the others may not say."""
EDITED = 0.75
"""Share of the words of two copies' sentences from which they are editions of one sentence."""

CARRIED = 0.5
"""Sentences that are less alike than this are no passage."""
PASSAGE = 3.0
"""Likeness of the sentences of one passage."""

_Key = tuple[str, int]
"""An article's id and where a sentence of it starts."""
_Star = tuple[Citation, ...]
"""Sentences of different separate texts, that in the middle first."""


def find_statements(texts: Sequence[Text], aligned: Sequence[Aligned]) -> tuple[Statement, ...]:
    """Return what two or more separate texts of a topic say, those of most texts and outlets first; then shared passages.

    What one outlet alone repeats in texts of its own stands last.

    Sentences gather round the one that says the same as those of most texts and reads best alone, so that each says
    the same as the first (star clusters: Aslam, Pelekhov and Rus 2004).
    """
    copies = {text.articles[0].id: text.articles[1:] for text in texts}
    passages = _passages([pair for pair in aligned if pair.score >= CARRIED and is_carried(pair.one, pair.other)])
    carried = {_key(cited): number for number, passage in enumerate(passages) for cited in passage}
    alike = {(_key(pair.one), _key(pair.other)): pair for pair in same_sentences(texts, aligned)}
    alike |= {(_key(one), _key(other)): Aligned(one, other, PASSAGE) for passage in passages for one, other in combinations(passage, 2)}
    pairs = [pair for pair in alike.values() if _is_shown(pair.one) and _is_shown(pair.other)]
    found = [_state(star, copies, carried) for star in _gather(pairs, carried)]
    return tuple(sorted(found, key=_order))


def _passages(carried: Sequence[Aligned]) -> list[list[Citation]]:
    """Return the passages that these pairs of sentences make up, with one sentence an article, in order."""
    groups: dict[_Key, list[Citation]] = {_key(end): [end] for pair in carried for end in (pair.one, pair.other)}
    for pair in sorted(carried, key=lambda pair: (-pair.score, sorted((_key(pair.one), _key(pair.other))))):
        one, other = groups[_key(pair.one)], groups[_key(pair.other)]
        if {cited.article.id for cited in one}.isdisjoint(cited.article.id for cited in other):
            one.extend(other)
            groups.update((_key(cited), one) for cited in other)
    return [group for key, group in groups.items() if key == _key(group[0]) and len(group) > 1]


def _is_shown(cited: Citation) -> bool:
    sentence = cited.sentence
    return is_complete(cited.article, sentence) and not inside_quotation(cited.article.text, sentence.start)


def _gather(pairs: Sequence[Aligned], carried: Mapping[_Key, int]) -> Iterator[_Star]:
    """Yield the stars of sentences that say the same, each sentence in one at most, those of most texts first.

    What does not read alone stands in the middle of its own passage only.
    """
    cited = {_key(end): end for pair in pairs for end in (pair.one, pair.other)}
    near: defaultdict[_Key, dict[_Key, float]] = defaultdict(dict)
    for pair in pairs:
        for middle, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if readability(middle.article, middle.sentence) or _written([middle, other], carried) == 1:
                near[_key(middle)][_key(other)] = pair.score
    clear = {key: _clarity(cited[key]) for key in near}
    taken: set[_Key] = set()
    ordered = sorted(near, key=lambda key: (cited[key].article.order, key))
    heap = [(_rank(near[key], clear[key]), number, key) for number, key in enumerate(ordered)]
    heapq.heapify(heap)
    while heap:
        rank, number, key = heapq.heappop(heap)
        left = {other: score for other, score in near[key].items() if other not in taken}
        if key in taken or not left:
            continue
        if (now := _rank(left, clear[key])) != rank:
            heapq.heappush(heap, (now, number, key))
            continue
        yield (cited[key], *(cited[other] for other in _best(left)))
        taken.update((key, *left))


def _rank(near: Mapping[_Key, float], clear: float) -> tuple[int, float, float]:
    """Return what sorts the sentence first that says the same as those of most texts, then the clearest."""
    return -len({ident for ident, _ in near}), -clear, -round(math.fsum(near.values()), 6)


def _best(near: Mapping[_Key, float]) -> list[_Key]:
    """Return the likest sentence of each article."""
    best: dict[str, _Key] = {}
    for key in sorted(near, key=lambda key: (-near[key], key)):
        best.setdefault(key[0], key)
    return list(best.values())


def _clarity(cited: Citation) -> float:
    """Return how well a sentence reads alone, a little more where it names its source and where it is short."""
    return readability(cited.article, cited.sentence) + (SOURCED if find_source(cited) else 0) - LENGTH * len(cited.quote.split())


def _state(star: _Star, copies: Mapping[str, Sequence[Article]], carried: Mapping[_Key, int]) -> Statement:
    editions = [edition for cited in star for copy in copies[cited.article.id] if (edition := find_edition(cited, copy)) is not None]
    citations = (star[0], *sorted((*star[1:], *editions), key=lambda cited: cited.article.order))
    written = _written(star, carried)
    outlets = tuple(dict.fromkeys(cited.article.outlet for cited in citations if cited.article.outlet))
    return Statement(citations, written, outlets, find_source(star[0]), passage=written == 1)


def _written(sentences: Sequence[Citation], carried: Mapping[_Key, int]) -> int:
    """Return how many sentences were written separately: those of one passage count once, and so do those of the same words."""
    labels: dict[tuple[str, ...], int] = {}
    for number, cited in enumerate(sentences, 1):
        labels.setdefault(tuple(words(visible(cited.quote).casefold())), carried.get(_key(cited), -number))
    return len({*labels.values()})


def find_edition(cited: Citation, copy: Article) -> Citation | None:
    """Return the sentence of a copy that is the same or an edited one; None where it has none."""
    words = {*plain_words(cited.quote)}
    others = [(Citation.of(copy, sentence), {*plain_words(copy.text[sentence.start:sentence.end])}) for sentence in copy.sentences]
    shares = [(2 * len(words & other) / (len(words) + len(other)), -found.start, found) for found, other in others if other]
    share, _, best = max(shares, key=lambda rated: rated[:2], default=(0.0, 0, None))
    return best if share >= EDITED else None


def _order(statement: Statement) -> tuple[object, ...]:
    first = statement.citations[0]
    alone = len(statement.outlets) == 1 and all(cited.article.outlet for cited in statement.citations)
    return alone, statement.passage, -statement.separate_texts, -len(statement.outlets), first.article.order, first.start


def _sentence(cited: Citation) -> Sentence:
    return next(sentence for sentence in cited.article.sentences if sentence.start == cited.start)


def _key(cited: Citation) -> _Key:
    return cited.article.id, cited.start
