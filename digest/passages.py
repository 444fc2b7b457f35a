"""Find the sentences that several articles carry in the very same words: one passage, said once."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from digest.models import Article, Sentence
from digest.phrases import phrases, plain_words
from digest.words import base_language, spaceless

__all__ = ["Place", "find_passages", "says_the_same"]

Place = tuple[Article, Sentence]

SAME = 0.9
"""Share of words in the same order from which two sentences are one passage."""
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
