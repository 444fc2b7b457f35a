"""What the sentences of an article say and how well they read alone: found out once a sentence, for all who choose among them."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from digest.connectives import connective_end
from digest.models import Article, Sentence
from digest.phrases import find_tenses, has_phrase, phrases, plain_words, unquoted
from digest.readable import is_boilerplate, readability, word_count
from digest.terms import function_words
from digest.words import spaceless, stems

__all__ = ["READ", "Reading", "denies", "is_stale", "read_sentence", "read_sentences"]

READ = 30
"""Sentences of an article that are looked at, from its beginning."""
FADE = 0.6
"""A sentence weighs 1 / (1 + FADE * its number in the article)."""
CUT = 0.6
"""What a sentence is worth whose connective is left out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence."""

    sentence: Sentence
    """It begins after its connective where it can be quoted only so."""
    terms: tuple[str, ...]
    """Its different stems and pairs of neighboring stems."""
    stems: Mapping[str, int]
    """How often it has each stem."""
    norm: float
    """The length of the vector of its stems."""
    content: Mapping[str, int]
    """Its stems without those of the language's most frequent words."""
    words: int
    weight: float
    """The weight of its place."""
    score: float
    """How well it reads alone, times the weight of its place; 0 where it is not to be quoted."""
    boilerplate: bool
    denial: bool
    """Whether it tells of a denial, an objection or a failure, and can be quoted."""


def read_sentences(article: Article, most: int = READ) -> tuple[Reading, ...]:
    """Return what the first sentences of an article say."""
    return tuple(read_sentence(article, sentence) for sentence in article.sentences[:most])


@lru_cache(maxsize=8192)
def read_sentence(article: Article, sentence: Sentence) -> Reading:
    """Return what a sentence of an article says."""
    quote, weight = article.text[sentence.start:sentence.end], 1 / (1 + FADE * sentence.index)
    found = _stems(quote, article.lang)
    counts, stop = Counter(found), _stop(article.lang)
    norm = math.sqrt(sum([n * n for n in counts.values()]))
    content = {stem: n for stem, n in counts.items() if stem not in stop}
    sentence, alone, denial = _begun(article, sentence, quote)
    terms = tuple(dict.fromkeys([*found, *map(" ".join, pairwise(found))]))
    words = word_count(article.text[sentence.start:sentence.end])
    return Reading(sentence, terms, counts, norm, content, words, weight, alone * weight, is_boilerplate(quote, article.lang), denial)


def _begun(article: Article, sentence: Sentence, quote: str) -> tuple[Sentence, float, bool]:
    """Return a sentence, without its connective where it cannot be quoted with it, how well it reads alone, and whether it denies.

    What begins with a small letter then is quoted only where it denies something: such a beginning is a price.
    """
    alone = readability(article, sentence)
    if alone or not (begin := connective_end(quote, article.lang)):
        return sentence, alone, alone > 0 and denies(quote, article.lang)
    cut, denial = replace(sentence, start=sentence.start + begin), denies(quote, article.lang)
    alone = CUT * readability(article, cut) if denial or not quote[begin].islower() else 0.0
    return (cut if alone else sentence), alone, denial and alone > 0


@lru_cache(maxsize=64)
def _stop(lang: str) -> frozenset[str]:
    """Return the stems of a language's most frequent words."""
    return frozenset(stems(" ".join(sorted(function_words(lang))), lang))


def denies(text: str, lang: str) -> bool:
    """Return whether a sentence tells, outside its quotations, of a denial, an objection or a failure."""
    lists = phrases(lang)
    if not has_phrase(plain_words(text), lists.denials):
        return False
    words = [token.word for token in unquoted(text)]
    return has_phrase(words, lists.denials) and not has_phrase(words, lists.spared)


@lru_cache(maxsize=1024)
def is_stale(text: str, lang: str) -> bool:
    """Return whether a sentence tells of what is or will be, which may not be so any more: no word of the past comes first in it."""
    tenses = find_tenses(lang)
    if tenses is None:
        return False
    shown = ((tenses.present.fullmatch(token.word), tenses.past.fullmatch(token.word)) for token in unquoted(text))
    return next((present is not None for present, past in shown if present or past), tenses.whole)


def _stems(text: str, lang: str) -> list[str]:
    """Return the stems of a sentence; its characters in scripts that set no blanks."""
    characters = spaceless(text)
    return list(characters) if len(characters) > len(text) / 4 else stems(text, lang)
