"""What articles are compared by: stemmed words, names, numbers, and keys that different languages share."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from anyascii import anyascii
from babel import Locale, UnknownLocaleError

from digest.models import Article
from digest.words import fold, stems, tokens

__all__ = ["Terms", "Token", "Vector", "Weighted", "find_terms", "find_tokens", "function_words", "join_terms", "skeleton",
           "split_words", "surfaces", "weigh_terms"]

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
_UNSPACED = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_OPENS = frozenset(".!?…:;؟。！？\n\"“”„«»‘(•–—-*")
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


@lru_cache(maxsize=4096)
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
    for word, count in lowered.items():
        stem = _stem(word, lang)
        words["w" + stem] += count
        if word in named:
            names["n" + stem] += count
        for key in _keys(word, named=word in named):
            keys[key] += count
    return Terms(lang, words, names, keys)


def find_tokens(text: str) -> Iterator[Token]:
    """Yield the words and numbers of a text; pairs of characters in scripts that do not separate words."""
    end, unspaced = 0, _UNSPACED.search(text) is not None
    for found in tokens(text):
        gap = text[end:found.start()]
        joined = gap in (" ", "-")
        opens = not end or (not joined and not _OPENS.isdisjoint(gap))
        for part in _pairs(found[0]) if unspaced else (found[0],):
            yield Token(part, part[0].isdecimal(), opens, joined)
        end = found.end()


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text as they stand; pairs of characters in scripts that do not separate words."""
    found = [m[0] for m in tokens(text)]
    return [part for word in found for part in _pairs(word)] if _UNSPACED.search(text) else found


def _pairs(word: str) -> Sequence[str]:
    return [word[i:i + 2] for i in range(len(word) - 1)] if len(word) > 2 and _UNSPACED.search(word) else [word]


def _names(tokens: Sequence[Token], lang: str) -> frozenset[str]:
    """Return, in lower case, the words that the text writes with a capital where none is due; all words in scripts without capitals."""
    stop = function_words(lang)
    capital = Counter(t.text.lower() for t in tokens if not t.opens and t.text[0].isupper())
    small = Counter(t.text for t in tokens if t.text[0].islower())
    if not capital and not small:
        return frozenset(t.text.lower() for t in tokens if not t.number) - stop
    return frozenset(word for word, count in capital.items() if len(word) > 1 and count > small[word]) - stop


@lru_cache(maxsize=200_000)
def _stem(lowered: str, lang: str) -> str:
    return "".join(stems(lowered, lang))


def _number(text: str) -> str:
    digits = [str(int(c)) if c.isdecimal() else "." for c in text]
    return "#" + "".join(digits if not _GROUPED.fullmatch(text) else [c for c in digits if c != "."])


@lru_cache(maxsize=100_000)
def _keys(word: str, *, named: bool) -> tuple[str, ...]:
    plain = "".join(c for c in fold(anyascii(word)) if c.isalnum())
    bones = skeleton(plain) if named else ""
    return (*(["p" + plain[:PREFIX]] if len(plain) >= PREFIX else []), *(["s" + bones] if len(bones) > 2 else []))


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
    sizes = Counter(t.lang for t in collection)
    used = {lang: Counter(term for t in collection if t.lang == lang for term in (*t.words, *t.names)) for lang in sizes}
    keys = Counter(key for t in collection for key in t.keys)
    spoken = Counter(key for _, key in {(t.lang, key): None for t in collection for key in t.keys})
    shared = Counter({key: count for key, count in keys.items() if spoken[key] > 1})
    return tuple(Weighted(t.lang, near=_near(t, used[t.lang], sizes[t.lang]), far=_vector(t.keys, shared, len(collection), FOREIGN))
                 for t in collection)


def _near(terms: Terms, used: Counter[str], size: int) -> Vector:
    both = {**_vector(terms.words, used, size), **_vector(terms.names, used, size)}
    return {term: weight * math.sqrt(0.5) for term, weight in both.items()}


def _vector(counts: Mapping[str, int], used: Counter[str], size: int, unseen: int = 0) -> Vector:
    """Return the weights divided by their length, that of `unseen` more terms of the rarest kind included."""
    most = max(size, SMALL_COLLECTION) + 1
    raw = {term: (1 + math.log(count)) * math.log(most / used[term]) for term, count in counts.items() if used[term]}
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values()) + unseen * math.log(most) ** 2)
    return {term: weight / length for term, weight in raw.items()} if length else {}


@lru_cache(maxsize=4096)
def surfaces(article: Article) -> Mapping[str, str]:
    """Return how an article writes its terms and keys: names in full where it has them in full."""
    tokens = list(find_tokens(article.text))
    named = _names(tokens, article.lang)
    forms: dict[str, Counter[str]] = {}
    for phrase in _phrases(tokens, named):
        for token in phrase:
            forms.setdefault(token.text.lower(), Counter())[_shown(phrase, article.text)] += 1
    best = {word: max(counts, key=lambda shown: (counts[shown], len(shown))) for word, counts in forms.items()}
    shown_by: dict[str, str] = {}
    for word, shown in best.items():
        stem = _stem(word, article.lang)
        for term in ("n" + stem, "w" + stem, *_keys(word, named=word in named)):
            shown_by.setdefault(term, shown)
    return shown_by


def _shown(phrase: Sequence[Token], text: str) -> str:
    shown = " ".join(token.text for token in phrase)
    return shown if len(phrase) < 2 or shown in text else "-".join(shown.split()) if "-".join(shown.split()) in text else phrase[-1].text


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
