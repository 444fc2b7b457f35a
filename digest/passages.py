"""Find the sentences that several articles carry in the very same words: one passage, said once."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from digest.compare.worddiff import Word, differ_in_substance, split_words
from digest.models import Article, Citation, Sentence
from digest.phrases import phrases, plain_words
from digest.readable import is_boilerplate
from digest.words import base_language, fold, spaceless

__all__ = ["Place", "find_passages", "is_carried", "says_the_same"]

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
TELLING = 5
"""Different words that say something in such runs, at least; names, which nobody can put otherwise, count half."""
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


def is_carried(one: Citation, other: Citation) -> bool:
    """Return whether one of two sentences in one language is carried over from the other, nearly word for word.

    Most of the shorter one stands in runs of words in the longer one, and no name, number or negation within it is another;
    quotations of one speech are carried over too. Short formulas and words about the site are not.
    """
    lang = base_language(one.article.lang)
    short, long = sorted((frozenset(plain_words(cited.quote)) for cited in (one, other)), key=len)
    if len(short & long) < LIKELY * len(short) and not spaceless(one.quote):
        return False
    first, second = (split_words(cited.quote, lang) for cited in (one, other))
    matcher = SequenceMatcher(None, [word.form for word in first], [word.form for word in second])
    runs = [first[at:at + size] for at, _, size in matcher.get_matching_blocks() if size >= RUN]
    covered = sum(map(len, runs))
    least = 2 * LEAST if len(spaceless(one.quote)) > covered else LEAST
    if covered < max(least, CARRIED * min(len(first), len(second))) or _telling(runs) < TELLING:
        return False
    return not any(is_boilerplate(cited.quote, lang) for cited in (one, other)) and not differ_in_substance(
        first, second, lang, _negations(lang))


def _telling(runs: Sequence[Sequence[Word]]) -> float:
    named = {word.form: word.named for run in runs for word in run if not word.light}
    return len(named) - sum(named.values()) / 2


@lru_cache(maxsize=64)
def _negations(lang: str) -> frozenset[str]:
    return frozenset(fold(words[0]) for words in phrases(lang).negations if len(words) == 1)
