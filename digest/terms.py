"""What articles are compared by: stemmed words, names, numbers, and keys that different languages share."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import itemgetter

from anyascii import anyascii
from babel import Locale, UnknownLocaleError

from digest.models import Article
from digest.words import base_language, fold, split, stem, words

__all__ = ["Terms", "Vector", "Weighted", "count_rarity", "find_names", "find_terms", "function_words", "join_terms", "latin", "names_of",
           "number_key", "skeleton", "surfaces", "weigh_counts", "weigh_terms"]

Vector = Mapping[str, float]
"""Terms and their weights; of length 1 at most."""

TITLE_WEIGHT = 3
"""A word of the title counts as this many words of the text."""
SMALL_COLLECTION = 10
"""Fewer articles than this tell too little about how rare a term is: they count as this many."""
FOREIGN = 3
"""A text counts as having this many more keys that no other language has: one or two keys in common may be chance."""
FUNCTION_WORDS = 250
"""The most frequent words of a language tell nothing about an event."""
LONGEST_NAME = 5
"""Words of a name that are shown."""
PREFIX = 5
"""Letters by which words of two languages are compared; shorter words are not."""

_GROUPED = re.compile(r"\d{1,3}([.,٫٬\u00a0\u202f])\d{3}(?:\1\d{3})*")
_OPENS = frozenset(".!?…:;؟。！？\n\"“”„«»‘(•–—-*")
_JOINS = (" ", "-")
"""What stands between the words of one name."""
_CLASSES = str.maketrans("bvcgjqzxd", "pfkkkksst", "aeiouyhw")


@dataclass(frozen=True, slots=True)
class Terms:
    """How often the terms of one or more articles in one language occur; a term's first letter is its kind."""

    lang: str
    words: Mapping[str, int]
    """`w`: stems of words."""
    names: Mapping[str, int]
    """`n`: stems of names; `#`: numbers."""
    keys: Mapping[str, int]
    """What other languages may have too: `#` numbers, `p` prefixes of words, `s` skeletons of names."""
    named: frozenset[str] = frozenset()
    """The words of an article that are names, in lower case, as `find_names` tells them."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """The terms of one language's part of a text or story, weighted by how much they tell."""

    lang: str
    near: Vector
    """Words and names: compared within a language."""
    far: Vector
    """Keys: compared across languages."""


@lru_cache(maxsize=64)
def function_words(lang: str) -> frozenset[str]:
    """Return the most frequent words of a language, lower case; none for a language without a list (Pomikálek 2011, jusText)."""
    try:
        name = Locale.parse(base_language(lang)).english_name
    except (ValueError, UnknownLocaleError):
        return frozenset()
    path = files("justext") / "stoplists" / f"{name}.txt"
    return frozenset(path.read_text("utf-8").lower().split()[:FUNCTION_WORDS]) if name and path.is_file() else frozenset()


@lru_cache(maxsize=4096)
def find_terms(article: Article) -> Terms:
    """Return the terms of an article, its title's counted several times."""
    parts = split(article.text)
    counts = Counter(parts[1::2])
    for word in words(article.title):
        counts[word] += TITLE_WEIGHT
    stop = function_words(article.lang)
    lowered, numbers = defaultdict[str, int](int), defaultdict[str, int](int)
    for word, count in counts.items():
        if word[0].isdecimal():
            numbers[number_key(word)] += count
        elif len(word) > 1 and (small := word.lower()) not in stop:
            lowered[small] += count
    return _terms(article.lang, lowered, find_names(parts, article.lang), {n: c for n, c in numbers.items() if len(n) > 2})


def _terms(lang: str, lowered: Mapping[str, int], named: frozenset[str], numbers: Mapping[str, int]) -> Terms:
    words, names, keys = defaultdict[str, int](int), defaultdict(int, numbers), defaultdict(int, numbers)
    for word, count in lowered.items():
        stemmed = stem(word, lang)
        words["w" + stemmed] += count
        if word in named:
            names["n" + stemmed] += count
        for key in _keys(word, named=word in named):
            keys[key] += count
    return Terms(lang, dict(words), dict(names), dict(keys), named)


def find_names(parts: Sequence[str], lang: str) -> frozenset[str]:
    """Return, in lower case, the words that a split text writes with a capital where none is due; all words in scripts without capitals."""
    stop = function_words(lang)
    found = parts[1::2]
    capital = Counter(word.lower() for gap, word in zip(parts[::2], found, strict=False) if word[0].isupper() and not _opens(gap))
    small = {word: count for word, count in Counter(found).items() if word[0].islower()}
    if not capital and not small:
        return frozenset(word.lower() for word in found if not word[0].isdecimal()) - stop
    return frozenset(word for word, count in capital.items() if len(word) > 1 and count > small.get(word, 0)) - stop


def names_of(article: Article) -> frozenset[str]:
    """Return, in lower case, the words of an article's text that are names, as `find_names` tells them."""
    return find_terms(article).named


def _opens(gap: str) -> bool:
    """Return whether what stands before a word begins a sentence or a quotation, where a capital says nothing."""
    return not gap or (gap not in _JOINS and not _OPENS.isdisjoint(gap))


def number_key(text: str) -> str:
    """Return the term of a number: its digits, the same in every language."""
    digits = [str(int(c)) if c.isdecimal() else "." for c in text]
    return "#" + "".join(digits if not _GROUPED.fullmatch(text) else [c for c in digits if c != "."])


@lru_cache(maxsize=100_000)
def _keys(word: str, *, named: bool) -> tuple[str, ...]:
    plain = latin(word)
    if any(c.isdigit() for c in plain):
        return ()
    bones = skeleton(plain) if named else ""
    return (*(["p" + plain[:PREFIX]] if len(plain) >= PREFIX else []), *(["s" + bones] if len(bones) > 2 else []))


def latin(word: str) -> str:
    """Return a word in plain small Latin letters and digits, whatever its script."""
    return "".join(c for c in fold(anyascii(word)) if c.isalnum())


def skeleton(name: str) -> str:
    """Return the first four consonants of a name in Latin letters, those that transliterations confuse made equal."""
    bones = name.translate(_CLASSES)
    return "".join(c for i, c in enumerate(bones) if c != bones[i - 1:i])[:4]


def join_terms(parts: Sequence[Terms]) -> tuple[Terms, ...]:
    """Return the terms of several articles added up, one for each language in the order of its first article."""
    langs = dict.fromkeys(p.lang for p in parts)
    return tuple(_sum([p for p in parts if p.lang == lang]) for lang in langs)


def _sum(parts: Sequence[Terms]) -> Terms:
    words, names, keys = Counter[str](), Counter[str](), Counter[str]()
    for part in parts:
        words.update(part.words)
        names.update(part.names)
        keys.update(part.keys)
    return Terms(parts[0].lang, words, names, keys) if len(parts) > 1 else parts[0]


def weigh_terms(collection: Sequence[Terms]) -> tuple[Weighted, ...]:
    """Return each one's terms weighted by tf-idf (Spärck Jones 1972), sublinear and smoothed for small collections.

    How rare words and names are is counted within their language; of keys only those that two languages have are kept.
    """
    rare = count_rarity(collection)
    keys = Counter(key for t in collection for key in t.keys)
    spoken = Counter(key for _, key in {(t.lang, key): None for t in collection for key in t.keys})
    shared = _rarity({key: count for key, count in keys.items() if spoken[key] > 1}, len(collection))
    rarest = FOREIGN * math.log(_most(len(collection))) ** 2
    return tuple(Weighted(t.lang, near=_near(t, rare[t.lang]), far=weigh_counts(t.keys, shared, rarest)) for t in collection)


def count_rarity(collection: Sequence[Terms]) -> dict[str, Vector]:
    """Return, by language, how much each word and name tells: idf, smoothed for small collections."""
    used: dict[str, Counter[str]] = {}
    for terms in collection:
        counts = used.setdefault(terms.lang, Counter())
        counts.update(terms.words.keys())
        counts.update(terms.names.keys())
    sizes = Counter(terms.lang for terms in collection)
    return {lang: _rarity(counts, sizes[lang]) for lang, counts in used.items()}


def _rarity(used: Mapping[str, int], size: int) -> Vector:
    """Return what terms tell that so many of a number of texts have."""
    most = _most(size)
    return {term: math.log(most / count) for term, count in used.items()}


def _most(size: int) -> int:
    return max(size, SMALL_COLLECTION) + 1


def _near(terms: Terms, rare: Vector) -> Vector:
    half = math.sqrt(0.5)
    return {**weigh_counts(terms.words, rare, part=half), **weigh_counts(terms.names, rare, part=half)}


def weigh_counts(counts: Mapping[str, int], rare: Vector, unseen: float = 0.0, part: float = 1.0) -> Vector:
    """Return the weights of terms as a vector of length `part`, less by what is `unseen`: the square of its length."""
    raw = {term: (1 + math.log(count)) * rare[term] for term, count in counts.items() if term in rare}
    length = math.sqrt(math.fsum([weight * weight for weight in raw.values()]) + unseen)
    return {term: weight / length * part for term, weight in raw.items()} if length else {}


@lru_cache(maxsize=4096)
def surfaces(article: Article) -> Mapping[str, str]:
    """Return how an article writes its terms and keys: names in full where it has them in full."""
    parts = split(article.text)
    named = names_of(article)
    spans = list(_name_spans(parts, named))
    counts = Counter((word.lower(), "".join(parts[start:end])) for start, end in spans for word in parts[start:end:2])
    counts.update((word.lower(), word) for word in parts[1::2] if not _is_name(word, named) and not word[0].isdecimal())
    best: dict[str, tuple[int, int, str]] = {}
    for (word, shown), count in counts.items():
        best[word] = max(best.get(word, (0, 0, "")), (count, len(shown), shown), key=itemgetter(0, 1))
    shown_by: dict[str, str] = {}
    for word, (_, _, shown) in best.items():
        stemmed = stem(word, article.lang)
        for term in ("n" + stemmed, "w" + stemmed, *_keys(word, named=word in named)):
            shown_by.setdefault(term, shown)
    return shown_by


def _name_spans(parts: Sequence[str], named: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where the names of a split text start and end, each as long as it is written."""
    places = [at for at in range(1, len(parts), 2) if _is_name(parts[at], named)]
    start = end = -1
    for at in places:
        if at == end + 2 and parts[at - 1] in _JOINS and at - start < 2 * LONGEST_NAME:
            end = at
        else:
            if end > 0:
                yield start, end + 1
            start = end = at
    if end > 0:
        yield start, end + 1


def _is_name(word: str, named: frozenset[str]) -> bool:
    return word[0].isupper() and word.lower() in named
