"""What articles are compared by: stemmed words, names, numbers, and keys that different languages share."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from anyascii import anyascii
from babel import Locale, UnknownLocaleError

from digest.models import Article
from digest.words import fold, stems

__all__ = ["Terms", "Token", "Vector", "Weighted", "find_terms", "find_tokens", "function_words", "join_terms", "skeleton", "surfaces", "weigh_terms"]

Vector = Mapping[str, float]
"""Terms and their weights; of length 1 unless empty."""

TITLE_WEIGHT = 3
"""A word of the title counts as this many words of the text."""
SMALL_COLLECTION = 100
"""Fewer articles than this tell too little about how rare a term is: they count as this many."""
FUNCTION_WORDS = 250
"""The most frequent words of a language tell nothing about an event."""
LONGEST_NAME = 5
"""Words of a name that are shown."""
PREFIX = 5
"""Letters by which words of two languages are compared; shorter words are not."""

_TOKEN = re.compile(r"(?P<number>\d+(?:[.,٫٬\u00a0\u202f]\d+)*)|[^\W_]+")
_GROUPED = re.compile(r"\d{1,3}([.,٫٬\u00a0\u202f])\d{3}(?:\1\d{3})*")
_UNSPACED = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_OPENS = frozenset(".!?…:;؟。！？\n\"“”„«»‘(•–—-*")
_CLASSES = str.maketrans({"b": "p", "v": "f", "c": "k", "g": "k", "j": "k", "q": "k", "z": "s", "x": "s", "d": "t", **dict.fromkeys("aeiouyhw", "")})


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


@dataclass(frozen=True, slots=True)
class Weighted:
    """The terms of one language's part of a text or story, weighted by how much they tell."""

    lang: str
    near: Vector
    """Words and names: compared within a language."""
    far: Vector
    """Keys: compared across languages."""


class Token(NamedTuple):
    """A word or number as it stands in a text."""

    text: str
    number: bool
    opens: bool
    """Whether it opens a sentence or a quotation, where a capital says nothing."""
    joined: bool
    """Whether only a blank or a hyphen stands between it and the token before."""


@lru_cache(maxsize=64)
def function_words(lang: str) -> frozenset[str]:
    """Return the most frequent words of a language, lower case; none for a language without a list (Pomikálek 2011, jusText)."""
    try:
        name = Locale.parse(lang.partition("-")[0]).english_name
    except (ValueError, UnknownLocaleError):
        return frozenset()
    path = files("justext") / "stoplists" / f"{name}.txt"
    return frozenset(path.read_text("utf-8").lower().split()[:FUNCTION_WORDS]) if name and path.is_file() else frozenset()


def find_terms(article: Article) -> Terms:
    """Return the terms of an article, its title's counted several times."""
    title, body = list(find_tokens(article.title)), list(find_tokens(article.text))
    named = _names(body, article.lang)
    stop = function_words(article.lang)
    lowered: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    for tokens, weight in ((title, TITLE_WEIGHT), (body, 1)):
        for token in tokens:
            if token.number:
                numbers[_number(token.text)] += weight
            elif len(token.text) > 1 and (word := token.text.lower()) not in stop:
                lowered[word] += weight
    return _terms(article.lang, lowered, named, Counter({n: c for n, c in numbers.items() if len(n) > 2}))


def _terms(lang: str, lowered: Counter[str], named: frozenset[str], numbers: Counter[str]) -> Terms:
    words: Counter[str] = Counter()
    names, keys = Counter(numbers), Counter(numbers)
    for (word, count), stem in zip(lowered.items(), _stems(lowered, lang), strict=True):
        words["w" + stem] += count
        if word in named:
            names["n" + stem] += count
        for key in _keys(word, named=word in named):
            keys[key] += count
    return Terms(lang, words, names, keys)


def find_tokens(text: str) -> Iterator[Token]:
    """Yield the words and numbers of a text; pairs of characters in scripts that do not separate words."""
    end = 0
    for found in _TOKEN.finditer(text):
        gap = text[end:found.start()]
        opens = not end or (gap != "-" and not _OPENS.isdisjoint(gap))
        for part in _parts(found[0]):
            yield Token(part, found["number"] is not None, opens, gap in (" ", "-"))
        end = found.end()


def _parts(word: str) -> Sequence[str]:
    """Return the pairs of characters of a word in a script that does not separate words; else the word."""
    return [word[i:i + 2] for i in range(len(word) - 1)] if len(word) > 2 and _UNSPACED.search(word) else [word]


def _names(tokens: Sequence[Token], lang: str) -> frozenset[str]:
    """Return, in lower case, the words that the text writes with a capital where none is due; all words in scripts without capitals."""
    stop = function_words(lang)
    capital = Counter(t.text.lower() for t in tokens if not t.opens and t.text[0].isupper())
    small = Counter(t.text for t in tokens if t.text[0].islower())
    if not capital and not small:
        return frozenset(t.text.lower() for t in tokens if not t.number) - stop
    return frozenset(word for word, count in capital.items() if len(word) > 1 and count > small[word]) - stop


def _stems(lowered: Iterable[str], lang: str) -> list[str]:
    """Return one stem for each word, whatever marks its small letters have."""
    found, given = stems(" ".join(lowered), lang), list(lowered)
    return found if len(found) == len(given) else ["".join(stems(word, lang)) for word in given]


def _number(text: str) -> str:
    digits = [str(int(c)) if c.isdecimal() else "." for c in text]
    return "#" + "".join(digits if not _GROUPED.fullmatch(text) else [c for c in digits if c != "."])


@lru_cache(maxsize=100_000)
def _keys(word: str, *, named: bool) -> tuple[str, ...]:
    plain = fold(anyascii(word))
    bones = skeleton(plain) if named else ""
    return (*(["p" + plain[:PREFIX]] if len(plain) >= PREFIX else []), *(["s" + bones] if len(bones) > 2 else []))


def skeleton(name: str) -> str:
    """Return the first four consonants of a name in Latin letters, those that transliterations confuse made equal."""
    bones = name.translate(_CLASSES)
    return "".join(c for i, c in enumerate(bones) if c != bones[i - 1:i])[:4]


def join_terms(parts: Sequence[Terms]) -> tuple[Terms, ...]:
    """Return the terms of several articles added up, one for each language in the order of its first article."""
    langs = dict.fromkeys(p.lang for p in parts)
    return tuple(
        Terms(lang, *(_total([getattr(p, kind) for p in parts if p.lang == lang]) for kind in ("words", "names", "keys"))) for lang in langs)


def _total(counts: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total


def weigh_terms(collection: Sequence[Terms]) -> tuple[Weighted, ...]:
    """Return each one's terms weighted by tf-idf (Spärck Jones 1972), sublinear and smoothed for small collections.

    How rare words and names are is counted within their language; of keys only those that two languages have are kept.
    """
    sizes = Counter(t.lang for t in collection)
    used = {lang: Counter(term for t in collection if t.lang == lang for term in (*t.words, *t.names)) for lang in sizes}
    keys = Counter(key for t in collection for key in t.keys)
    spoken = Counter(key for _, key in {(t.lang, key): None for t in collection for key in t.keys})
    shared = Counter({key: count for key, count in keys.items() if spoken[key] > 1})
    return tuple(Weighted(t.lang, _near(t, used[t.lang], sizes[t.lang]), _vector(t.keys, shared, len(collection))) for t in collection)


def _near(terms: Terms, used: Counter[str], size: int) -> Vector:
    both = {**_vector(terms.words, used, size), **_vector(terms.names, used, size)}
    return {term: weight * math.sqrt(0.5) for term, weight in both.items()}


def _vector(counts: Mapping[str, int], used: Counter[str], size: int) -> Vector:
    most = max(size, SMALL_COLLECTION) + 1
    raw = {term: (1 + math.log(count)) * math.log(most / used[term]) for term, count in counts.items() if used[term]}
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
    return {term: weight / length for term, weight in raw.items()} if length else {}


def surfaces(article: Article) -> dict[str, str]:
    """Return how an article writes its terms and keys: names in full where it has them in full."""
    tokens = list(find_tokens(article.text))
    named = _names(tokens, article.lang)
    forms: dict[str, Counter[str]] = {}
    for phrase in _phrases(tokens, named):
        shown = "".join(("" if not i else "-" if f"{phrase[i - 1].text}-{t.text}" in article.text else " ") + t.text for i, t in enumerate(phrase))
        for token in phrase:
            forms.setdefault(token.text.lower(), Counter())[shown] += 1
    best = {word: max(counts, key=lambda shown: (counts[shown], len(shown))) for word, counts in forms.items()}
    shown_by: dict[str, str] = {}
    for (word, shown), stem in zip(best.items(), _stems(best, article.lang), strict=True):
        for term in ("n" + stem, "w" + stem, *_keys(word, named=word in named)):
            shown_by.setdefault(term, shown)
    return shown_by


def _phrases(tokens: Sequence[Token], named: frozenset[str]) -> Iterator[list[Token]]:
    """Yield the names, each as long as it is written, and every other word alone."""
    phrase: list[Token] = []
    for token in (t for t in tokens if not t.number):
        name = token.text.lower() in named and token.text[0].isupper()
        if phrase and not (name and token.joined and len(phrase) < LONGEST_NAME):
            yield phrase
            phrase = []
        if name:
            phrase.append(token)
        else:
            yield [token]
    if phrase:
        yield phrase
