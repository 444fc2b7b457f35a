"""What the sentences of an article say, as terms that sentences of other articles can be compared by."""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from operator import itemgetter

from digest.dates.calendars import calendar_of
from digest.models import Article, Sentence, Text
from digest.phrases import phrases, plain_words, tokenize
from digest.readable import is_boilerplate
from digest.terms import function_words, latin, names_of, skeleton
from digest.words import base_language, split, stem

__all__ = ["Placed", "Profile", "find_terms", "merge_spellings", "place_sentences", "profile_sentences", "read_number"]

NAME_WEIGHT = 1.5
"""A name or a number tells as much as this many other words that are as rare."""
FEW = 300
"""A topic counts as having at least this many sentences, so that in a small one a word said often still tells something."""
SPELLING = 5
"""Letters of the shortest name of which spellings are looked for."""
_APOSTROPHES = ("'", "’")

_Term = tuple[int, str, str]
"""Where a word ends, the word in lower case, and its term."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One sentence that says something: no boilerplate, and not words without content alone."""

    article: Article
    sentence: Sentence
    terms: tuple[str, ...]
    """Its different stems, numbers (`#` before them), months (`@`) and weekdays (`@d`) in their order, function words left out."""
    names: frozenset[str]
    """Those of them that are names."""
    negated: frozenset[str]
    """Those of them beside a word that turns the sentence into its contrary."""

    @property
    def key(self) -> tuple[str, int]:
        """What names the sentence among others: its article's id and where it starts."""
        return self.article.id, self.sentence.start


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence among those of a topic."""

    text: int
    """The number of its separate text, from 0."""
    profile: Profile
    vector: Mapping[str, float]
    """The weights of its terms, whatever their spelling; of length 1."""
    names: frozenset[str]
    """Those of its terms that are names; none in languages in which nothing tells names from other words."""


@lru_cache(maxsize=1024)
def profile_sentences(article: Article) -> tuple[Profile, ...]:
    """Return the sentences of an article that say something, each with its terms."""
    parts = split(article.text)
    named = names_of(article)
    found: dict[int, list[_Term]] = defaultdict(list)
    starts = [sentence.start for sentence in article.sentences]
    for term in _terms(parts, article.lang):
        found[bisect_right(starts, term[0] - 1) - 1].append(term)
    profiles = (_profile(article, sentence, found[number], named) for number, sentence in enumerate(article.sentences))
    return tuple(profile for profile in profiles if profile is not None)


def find_terms(text: str, lang: str) -> tuple[str, ...]:
    """Return the different terms of a text in their order."""
    return tuple({term: None for _, _, term in _terms(split(text), lang)})


def _profile(article: Article, sentence: Sentence, found: Sequence[_Term], named: frozenset[str]) -> Profile | None:
    terms = tuple({term: None for _, _, term in found})
    quote = article.text[sentence.start:sentence.end]
    if len(terms) < 2 or is_boilerplate(quote, article.lang):
        return None
    names = frozenset([term for _, word, term in found if word in named])
    return Profile(article, sentence, terms, names, _negated(quote, article.lang, found, sentence.start))


def _negated(quote: str, lang: str, found: Sequence[_Term], offset: int) -> frozenset[str]:
    """Return the terms next to a negation, on both sides of it: which one is meant depends on the language."""
    negations = _negations(lang)
    if negations.isdisjoint(plain_words(quote)):
        return frozenset()
    places = [(offset + token.start, offset + token.end) for token in tokenize(quote) if token.word in negations]
    beside = [pair for start, end in places for pair in (
        max((f for f in found if f[0] <= start), default=None, key=itemgetter(0)), min((f for f in found if f[0] > end), default=None))]
    return frozenset(pair[2] for pair in beside if pair)


@lru_cache(maxsize=64)
def _negations(lang: str) -> frozenset[str]:
    return frozenset(words[0] for words in phrases(lang).negations if len(words) == 1)


def _terms(parts: Sequence[str], lang: str) -> Iterator[_Term]:
    """Yield the words of a split text that say something; compounds also as one."""
    before, end = "", 0
    for gap, word in zip(parts[::2], parts[1::2], strict=False):
        end += len(gap) + len(word)
        lowered, term = _term(word, lang)
        if term and not (gap in _APOSTROPHES and len(word) < 4 and word.islower()):
            yield end, lowered, term
            if gap == "-" and before.islower() and word.islower():
                yield end, "", stem(before + lowered, lang)
        before = word


@lru_cache(maxsize=100_000)
def _term(word: str, lang: str) -> tuple[str, str]:
    """Return a word in lower case and its term; nothing for the word of a date, which is no name, and no term for one that says nothing."""
    lowered = word.lower()
    if word[0].isdecimal():
        return lowered, read_number(word)
    if lowered in _calendar_terms(lang):
        return "", _calendar_terms(lang)[lowered]
    return lowered, (stem(lowered, lang) or lowered) if len(word) > 1 and lowered not in function_words(lang) else ""


@lru_cache(maxsize=64)
def _calendar_terms(lang: str) -> Mapping[str, str]:
    """Return the terms of the names of months and weekdays."""
    calendar = calendar_of(lang)
    if calendar is None:
        return {}
    return {name: f"@d{day}" for name, day in calendar.weekdays.items()} | {name: f"@{month}" for name, month in calendar.months.items()}


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
        plain = latin(name)
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


def place_sentences(texts: Sequence[Text]) -> tuple[tuple[Placed, ...], ...]:
    """Return the sentences of the separate texts of a topic, a tuple a language of two texts or more, weighted by what their terms tell.

    A term weighs its idf over the sentences of the topic in its language (Spärck Jones 1972), names and numbers more.
    """
    return _place_sentences(tuple(texts))


@lru_cache(maxsize=8)
def _place_sentences(texts: tuple[Text, ...]) -> tuple[tuple[Placed, ...], ...]:
    langs = [base_language(text.articles[0].lang) for text in texts]
    found: dict[str, list[tuple[int, Profile]]] = defaultdict(list)
    for number, text in enumerate(texts):
        if langs.count(langs[number]) > 1:
            found[langs[number]].extend((number, profile) for profile in profile_sentences(text.articles[0]))
    return tuple(_weighted(places) for places in found.values())


def _weighted(places: Sequence[tuple[int, Profile]]) -> tuple[Placed, ...]:
    profiles = [profile for _, profile in places]
    spellings = merge_spellings(name for profile in profiles for name in profile.names)
    used = Counter(spellings.get(term, term) for profile in profiles for term in profile.terms)
    named = Counter(spellings.get(name, name) for profile in profiles for name in profile.names)
    names = {name for name, count in named.items() if 2 * count > used[name]} if 2 * named.total() < used.total() else set[str]()
    size = max(len(profiles), FEW) + 1
    weights = {term: math.log(size / count) * (NAME_WEIGHT if term in names or term[0] == "#" else 1) for term, count in used.items()}
    return tuple(_placed(number, profile, spellings, weights, names) for number, profile in places)


def _placed(number: int, profile: Profile, spellings: Mapping[str, str], weights: Mapping[str, float],
            names: AbstractSet[str]) -> Placed:
    terms = dict.fromkeys(spellings.get(term, term) for term in profile.terms)
    length = math.hypot(*[weights[term] for term in terms])
    vector = {term: weights[term] / length for term in terms} if length else {}
    return Placed(number, profile, vector, frozenset(terms.keys() & names))
