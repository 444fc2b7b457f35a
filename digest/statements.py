"""Find what several separate texts say: sentences of different articles that say the same thing."""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from digest.align import Aligned
from digest.attribution import find_source
from digest.findings import Statement
from digest.models import Article, Citation, Sentence, Text
from digest.passages import says_the_same
from digest.phrases import plain_words
from digest.readable import inside_quotation, is_complete, readability
from digest.sameness import same_sentences

__all__ = ["clarity", "find_edition", "find_statements", "is_carried"]

SOURCED = 0.1
"""A sentence that names its source is clearer by this than one that reads as well without."""
LENGTH = 0.005
"""… and less clear by this for each of its words: a shorter one says less that the others may not say."""
CARRIED = 0.75
"""Share of the shorter sentence's words that stand in runs in the longer from which it is carried over, not written anew."""
RUN, LEAST = 2, 8
"""Words of such a run; words of the shortest sentence that is told to be carried over by them."""
EDITED = 0.75
"""Share of the words of two copies' sentences from which they are editions of one sentence."""

_Key = tuple[str, int]
"""An article's id and where a sentence of it starts."""
_Star = tuple[Citation, ...]
"""Sentences of different separate texts, that in the middle first."""


def find_statements(texts: Sequence[Text], aligned: Sequence[Aligned]) -> tuple[Statement, ...]:
    """Return what two or more separate texts of a topic say, those of most texts and outlets first; then shared passages.

    Sentences gather round the one that says the same as those of most texts and reads best alone, so that each says
    the same as the first (star clusters: Aslam, Pelekhov and Rus 2004).
    """
    pairs = [pair for pair in same_sentences(texts, aligned) if _is_shown(pair.one) and _is_shown(pair.other)]
    copies = {text.articles[0].id: text.articles[1:] for text in texts}
    found = [_state(star, copies) for star in _gather(pairs)]
    return tuple(sorted(found, key=_order))


def _is_shown(cited: Citation) -> bool:
    sentence = _sentence(cited)
    return is_complete(cited.article, sentence) and not inside_quotation(cited.article.text, sentence.start)


def _gather(pairs: Sequence[Aligned]) -> Iterator[_Star]:
    """Yield the stars of sentences that say the same, each sentence in one at most, those of most texts first."""
    cited = {_key(end): end for pair in pairs for end in (pair.one, pair.other)}
    near: defaultdict[_Key, dict[_Key, float]] = defaultdict(dict)
    for pair in pairs:
        for middle, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if readability(middle.article, _sentence(middle)) or is_carried(middle, other):
                near[_key(middle)][_key(other)] = pair.score
    clear = {key: clarity(cited[key]) for key in near}
    taken: set[_Key] = set()
    heap = [(_rank(near[key], clear[key]), number, key) for number, key in enumerate(near)]
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
    return -len({ident for ident, _ in near}), -clear, -sum(near.values())


def _best(near: Mapping[_Key, float]) -> list[_Key]:
    """Return the likest sentence of each article."""
    best: dict[str, _Key] = {}
    for key in sorted(near, key=lambda key: (-near[key], key)):
        best.setdefault(key[0], key)
    return list(best.values())


def clarity(cited: Citation) -> float:
    """Return how well a sentence reads alone, a little more where it names its source and where it is short."""
    return readability(cited.article, _sentence(cited)) + (SOURCED if find_source(cited) else 0) - LENGTH * len(cited.quote.split())


def _state(star: _Star, copies: Mapping[str, Sequence[Article]]) -> Statement:
    carried = [edited for cited in star for copy in copies[cited.article.id] if (edited := find_edition(cited, copy)) is not None]
    citations = (star[0], *sorted((*star[1:], *carried), key=lambda cited: cited.article.order))
    written = _written(star)
    outlets = tuple(dict.fromkeys(cited.article.outlet for cited in citations if cited.article.outlet))
    return Statement(citations, written, outlets, find_source(star[0]), passage=written == 1)


def _written(star: _Star) -> int:
    """Return how many of the sentences were written separately: those carried over from one another count once."""
    groups: list[list[Citation]] = []
    for cited in star:
        known = [group for group in groups if any(is_carried(cited, other) for other in group)]
        groups = [group for group in groups if group not in known] + [[cited, *(other for group in known for other in group)]]
    return len(groups)


def is_carried(one: Citation, other: Citation) -> bool:
    """Return whether two sentences are one passage: the same words but for small edits, or one mostly made of runs of the other."""
    if says_the_same((one.article, _sentence(one)), (other.article, _sentence(other))):
        return True
    a, b = plain_words(one.quote), plain_words(other.quote)
    shorter = min(len(a), len(b))
    if shorter < LEAST or len({*a} & {*b}) < CARRIED * len({*min(a, b, key=len)}):
        return False
    runs = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= RUN) >= CARRIED * shorter


def find_edition(cited: Citation, copy: Article) -> Citation | None:
    """Return the sentence of a copy that is the same or an edited one; None where it has none."""
    words = {*plain_words(cited.quote)}
    others = [(Citation.of(copy, sentence), {*plain_words(copy.text[sentence.start:sentence.end])}) for sentence in copy.sentences]
    shares = [(2 * len(words & other) / (len(words) + len(other)), -found.start, found) for found, other in others if other]
    share, _, best = max(shares, key=lambda rated: rated[:2], default=(0.0, 0, None))
    return best if share >= EDITED else None


def _order(statement: Statement) -> tuple[object, ...]:
    first = statement.citations[0]
    return statement.passage, -statement.separate_texts, -len(statement.outlets), first.article.order, first.start


def _sentence(cited: Citation) -> Sentence:
    return next(sentence for sentence in cited.article.sentences if sentence.start == cited.start)


def _key(cited: Citation) -> _Key:
    return cited.article.id, cited.start
