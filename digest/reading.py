"""What the sentences of an article say and how well they read alone: found out once an article, for all who choose among them."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from digest.models import Article, Sentence
from digest.readable import is_boilerplate, readability, word_count
from digest.words import spaceless, stems

__all__ = ["Reading", "read_sentences"]

READ = 40
"""Sentences of an article that are looked at, from its beginning."""
FADE = 0.6
"""A sentence weighs 1 / (1 + FADE * its number in the article)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence."""

    sentence: Sentence
    terms: tuple[str, ...]
    """Its different stems and pairs of neighboring stems."""
    stems: Mapping[str, int]
    """How often it has each stem."""
    norm: float
    """The length of the vector of its stems."""
    words: int
    weight: float
    """The weight of its place."""
    score: float
    """How well it reads alone, times the weight of its place; 0 where it is not to be quoted."""
    boilerplate: bool


@lru_cache(maxsize=256)
def read_sentences(article: Article) -> tuple[Reading, ...]:
    """Return what the first sentences of an article say."""
    return tuple(_read(article, sentence) for sentence in article.sentences[:READ])


def _read(article: Article, sentence: Sentence) -> Reading:
    quote, weight = article.text[sentence.start:sentence.end], 1 / (1 + FADE * sentence.index)
    found = _stems(quote, article.lang)
    terms = tuple(dict.fromkeys([*found, *map(" ".join, pairwise(found))]))
    counts = Counter(found)
    score, boilerplate = readability(article, sentence) * weight, is_boilerplate(quote, article.lang)
    norm = math.sqrt(sum([n * n for n in counts.values()]))
    return Reading(sentence, terms, counts, norm, word_count(quote), weight, score, boilerplate)


def _stems(text: str, lang: str) -> list[str]:
    """Return the stems of a sentence; its characters in scripts that set no blanks."""
    characters = spaceless(text)
    return list(characters) if len(characters) > len(text) / 4 else stems(text, lang)
