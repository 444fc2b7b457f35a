"""Find the sentences that several articles carry in the very same words: one passage, said once."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from digest.compare.worddiff import Word, differ_in_substance, split_words
from digest.models import Article, Citation, Sentence, Text
from digest.phrases import phrases, plain_words
from digest.readable import is_boilerplate
from digest.words import base_language, fold, spaceless

__all__ = ["Place", "find_passages", "find_shared", "is_carried", "says_the_same"]

Place = tuple[Article, Sentence]

SAME = 0.9
"""Share of words in the same order from which two sentences are one passage."""
CARRIED = 0.7
"""Share of the shorter sentence's words that stand in runs in the longer from which it was carried over, not written anew."""
LIKELY = 0.5
"""Share of the shorter sentence's different words, as they are written, that the longer has where it may have been carried over."""
RUN = 3
"""Words of such a run, at least; single words in common are chance."""
LEAST = 8
"""Words in such runs, at least: shorter ones are formulas. Twice as many characters in scripts that set no blanks."""
SHORTEST = 6
"""Words, as they stand between blanks, of a sentence that may be such a passage."""
TELLING = 5
"""Different words that say something in such runs, at least; names, which nobody can put otherwise, count half."""
CROWD = 60
"""A sequence of words in more different sentences than this is a formula and finds nothing."""
_DIGIT = re.compile(r"\d")
_SPAN = 4
"""Words of the sequences by which nearly equal sentences find each other."""


def find_passages(places: Sequence[Place]) -> list[list[Place]]:
    """Return the sentences in their order, each with the places in other articles where its words stand again.

    Words are equal, or nearly: at least nine of ten stand in the same order, and numbers and negations are the same.
    """
    passages: list[list[Place]] = []
    exact: dict[tuple[str, ...], int] = {}
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in places:
        words, _ = _wording(*place)
        spans = [words[at:at + _SPAN] for at in range(len(words) - _SPAN + 1)]
        number = exact.get(words, -1)
        if number < 0:
            number = _near(place, spans, passages, index)
        if number < 0:
            number = len(passages)
            passages.append([])
            for span in dict.fromkeys(spans):
                index[span].append(number)
        exact.setdefault(words, number)
        if all(article.id != place[0].id for article, _ in passages[number]):
            passages[number].append(place)
    return passages


def _near(
    place: Place, spans: list[tuple[str, ...]], passages: list[list[Place]], index: defaultdict[tuple[str, ...], list[int]],
) -> int:
    """Return the number of the passage that says nearly the same; -1 where there is none."""
    shared = Counter(number for span in spans for number in index.get(span, ()))
    near = [number for number, count in shared.most_common() if count >= 0.25 * len(spans)]
    return next((number for number in near if says_the_same(place, passages[number][0])), -1)


def says_the_same(one: Place, other: Place) -> bool:
    """Return whether two sentences of one language have the same words, but for small edits that change no number and no negation."""
    (a, facts), (b, others) = _wording(*one), _wording(*other)
    return base_language(one[0].lang) == base_language(other[0].lang) and facts == others and (
        a == b or _are_near(a, b))


def _are_near(a: Sequence[str], b: Sequence[str]) -> bool:
    in_any_order = 2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b))
    return in_any_order >= SAME and SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME


def _wording(article: Article, sentence: Sentence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a sentence, and its numbers and negations."""
    return _split(article.text[sentence.start:sentence.end], base_language(article.lang))


@lru_cache(maxsize=4096)
def _split(text: str, lang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    characters = spaceless(text)
    words = tuple(characters) if len(characters) > len(text) / 4 else plain_words(text)
    negations = phrases(lang).negations
    numbers = _DIGIT.search(text) is not None
    return words, tuple([word for word in words if (word,) in negations or (numbers and _DIGIT.search(word))])


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of one separate text, with all the places where its copies say it in these very words."""

    text: int
    plain: tuple[str, ...]
    lang: str
    citations: tuple[Citation, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words as they are compared."""
        return split_words(self.citations[0].quote, self.lang)


def find_shared(texts: Sequence[Text]) -> tuple[tuple[Citation, ...], ...]:
    """Return the passages that different separate texts carry nearly word for word, each with all its places, one an article.

    Most of the shorter sentence stands in runs of words in the longer one, and no name, number or negation within it is
    another. Quotations of one speech are passages too. Found by an inverted index of four-word sequences.
    """
    said = [sentence for number, text in enumerate(texts) for sentence in _said(number, text)]
    scored = sorted((-_carried(said[a], said[b]), a, b) for a, b in _meetings(said))
    groups = {n: [n] for n in range(len(said))}
    for _, a, b in (row for row in scored if row[0]):
        one, other = groups[a], groups[b]
        if one is not other and _articles(said, one).isdisjoint(_articles(said, other)):
            one.extend(other)
            groups.update(dict.fromkeys(other, one))
    found = [sorted((c for n in group for c in said[n].citations), key=lambda c: (c.article.order, c.start))
             for first, group in groups.items() if len(group) > 1 and first == min(group)]
    return tuple(sorted(map(tuple, found), key=lambda passage: (passage[0].article.order, passage[0].start)))


def is_carried(one: Citation, other: Citation) -> bool:
    """Return whether one of two sentences in one language is carried over from the other, nearly word for word."""
    short, long = sorted((frozenset(plain_words(cited.quote)) for cited in (one, other)), key=len)
    if len(short & long) < LIKELY * len(short) and not spaceless(one.quote):
        return False
    lang = base_language(one.article.lang)
    return _carried(_Said(0, (), lang, (one,)), _Said(1, (), lang, (other,))) > 0


def _said(number: int, text: Text) -> Iterator[_Said]:
    """Yield the different sentences of a text and its copies that are long enough to be a passage."""
    places: dict[tuple[str, tuple[str, ...]], list[Citation]] = {}
    for article in text.articles:
        for sentence in article.sentences:
            lang = base_language(article.lang)
            equal = places.setdefault((lang, _split(article.text[sentence.start:sentence.end], lang)[0]), [])
            if all(other.article is not article for other in equal):
                equal.append(Citation.of(article, sentence))
    for (lang, plain), equal in places.items():
        if len(plain) >= SHORTEST:
            yield _Said(number, plain, lang, tuple(equal))


def _meetings(said: Sequence[_Said]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of sentences of different texts in one language that share enough sequences, in order."""
    having: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for n, sentence in enumerate(said):
        plain = sentence.plain
        for span in {plain[at:at + _SPAN]: None for at in range(len(plain) - _SPAN + 1)}:
            having[sentence.lang, span].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for crowd in having.values():
        if len(crowd) <= CROWD:
            shared.update((a, b) for at, b in enumerate(crowd) for a in crowd[:at] if said[a].text != said[b].text)
    yield from sorted(pair for pair, count in shared.items() if count > 1)


def _articles(said: Sequence[_Said], group: Sequence[int]) -> set[str]:
    return {cited.article.id for n in group for cited in said[n].citations}


def _carried(one: _Said, other: _Said) -> float:
    """Return the share of the shorter sentence that stands in runs in the longer; 0 where it is not carried over."""
    first, second = one.words, other.words
    matcher = SequenceMatcher(None, [word.form for word in first], [word.form for word in second])
    runs = [first[at:at + size] for at, _, size in matcher.get_matching_blocks() if size >= RUN]
    covered = sum(map(len, runs))
    share = covered / max(1, min(len(first), len(second)))
    least = 2 * LEAST if len(spaceless(one.citations[0].quote)) > covered else LEAST
    if share < CARRIED or covered < least or _telling(runs) < TELLING:
        return 0.0
    boilerplate = any(is_boilerplate(said.citations[0].quote, said.lang) for said in (one, other))
    return 0.0 if boilerplate or differ_in_substance(first, second, one.lang, _negations(one.lang)) else share


def _telling(runs: Sequence[Sequence[Word]]) -> float:
    named = {word.form: word.named for run in runs for word in run if not word.light}
    return len(named) - sum(named.values()) / 2


@lru_cache(maxsize=64)
def _negations(lang: str) -> frozenset[str]:
    return frozenset(fold(words[0]) for words in phrases(lang).negations if len(words) == 1)
