"""What the sentences of an article say, as terms that sentences of other articles can be compared by."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from anyascii import anyascii

from digest.days import month_names
from digest.models import Article, Sentence
from digest.phrases import phrases, plain_words
from digest.readable import is_boilerplate
from digest.terms import find_names, function_words, skeleton
from digest.words import fold, split, stem

__all__ = ["Profile", "merge_spellings", "profile_sentences", "read_number", "weigh"]

NAME_WEIGHT = 1.5
"""A name or a number tells as much as this many other words that are as rare."""
FEW = 300
"""A topic counts as having at least this many sentences, so that in a small one a word said often still tells something."""
SPELLING = 5
"""Letters of the shortest name of which spellings are looked for."""
_APOSTROPHES = ("'", "’")


@dataclass(frozen=True, slots=True)
class Profile:
    """One sentence that says something: no boilerplate, and not words without content alone."""

    article: Article
    sentence: Sentence
    terms: tuple[str, ...]
    """Its different stems, numbers (`#` before them) and months (`@`) in their order, function words left out."""
    names: frozenset[str]
    """Those of them that are names."""
    negated: bool


@lru_cache(maxsize=1024)
def profile_sentences(article: Article) -> tuple[Profile, ...]:
    """Return the sentences of an article that say something, each with its terms."""
    named = find_names(split(article.text), article.lang)
    found = (_profile(article, sentence, named) for sentence in article.sentences)
    return tuple(profile for profile in found if profile is not None)


def _profile(article: Article, sentence: Sentence, named: frozenset[str]) -> Profile | None:
    quote = article.text[sentence.start:sentence.end]
    terms, names = dict[str, None](), set[str]()
    for word, term in _terms(split(quote), article.lang):
        terms[term] = None
        names.update([term] if word in named else [])
    if len(terms) < 2 or is_boilerplate(quote, article.lang):
        return None
    negations = phrases(article.lang).negations
    return Profile(article, sentence, tuple(terms), frozenset(names), any((word,) in negations for word in plain_words(quote)))


def _terms(parts: Sequence[str], lang: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a split sentence that say something, lower case, and their terms; compounds also as one word."""
    stop, months, before = function_words(lang), month_names(lang), ""
    for gap, word in zip(parts[::2], parts[1::2], strict=False):
        lowered = word.lower()
        if word[0].isdecimal():
            yield lowered, read_number(word)
        elif lowered in months:
            yield "", f"@{months[lowered]}"
        elif len(word) > 1 and lowered not in stop and not (gap in _APOSTROPHES and word.islower() and len(word) < 4):
            yield lowered, stem(lowered, lang) or lowered
            if gap == "-" and before.islower() and word.islower():
                yield "", stem(before + lowered, lang)
        before = word


def read_number(word: str) -> str:
    """Return a number written in digits as a term: without the marks between its thousands, in ASCII digits."""
    digits = "".join(str(int(c)) if c.isdecimal() else "." for c in word)
    head, *groups = digits.split(".")
    return "#" + ("".join([head, *groups]) if groups and all(len(group) == 3 for group in groups) and len(head) < 4 else digits)


def merge_spellings(names: Iterable[str]) -> Mapping[str, str]:
    """Return for each name that is spelled in several ways the first of them: `pashinian` for `pashinyan`.

    Spellings have the same consonants, those that transliterations confuse made equal, and differ in one letter of eight.
    """
    alike: defaultdict[str, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    for name in sorted(set(names)):
        plain = "".join(c for c in fold(anyascii(name)) if c.isalnum())
        bones = skeleton(plain)
        if len(plain) < SPELLING or len(bones) < 3:
            continue
        known = next((other for other in alike[bones] if _are_near(plain, other)), None)
        if known is None:
            alike[bones].append(plain)
            first[plain] = name
        elif first[known] != name:
            first[name] = first[known]
    return {name: merged for name, merged in first.items() if name != merged}


def _are_near(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return abs(len(one) - len(other)) < 3 and matcher.quick_ratio() >= 0.85 and matcher.ratio() >= 0.85


def weigh(profiles: Sequence[Profile], spellings: Mapping[str, str]) -> Mapping[str, float]:
    """Return what each term of sentences in one language tells: idf over sentences (Spärck Jones 1972), more for names and numbers."""
    used = Counter(spellings.get(term, term) for profile in profiles for term in profile.terms)
    named = Counter(spellings.get(name, name) for profile in profiles for name in profile.names)
    size = max(len(profiles), FEW) + 1
    heavy = {term for term, count in used.items() if term[0] == "#" or 2 * named[term] > count}
    return {term: math.log(size / count) * (NAME_WEIGHT if term in heavy else 1) for term, count in used.items()}
