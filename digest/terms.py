"""What articles are compared by: stemmed words, names, numbers, and keys that different languages share."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import itemgetter

from anyascii import anyascii
from babel import Locale, UnknownLocaleError

from digest.models import Article
from digest.words import base_language, fold, split, stem_each, words

__all__ = ["Forms", "Terms", "find_names", "find_terms", "function_words", "latin", "names_of", "number_key", "skeleton",
           "surfaces", "write_terms"]

TITLE_WEIGHT = 3
"""A word of the title counts as this many words of the text."""
FUNCTION_WORDS = 250
"""The most frequent words of a language tell nothing about an event."""
LONGEST_NAME = 5
"""Words of a name that are shown."""
KNOWN = 50_000
"""Words of a language whose stems are remembered."""
PREFIX = 5
"""Letters by which words of two languages are compared; shorter words are not."""

_GROUPED = re.compile(r"\d{1,3}([.,٫٬\u00a0\u202f])\d{3}(?:\1\d{3})*")
_OPENS = frozenset(".!?…:;؟。！？\n\"“”„«»‘(•–—-*")
_KEYS = frozenset("ps")
_JOINS = (" ", "-")
"""What stands between the words of one name."""
_CLASSES = str.maketrans("bvcgjqzxd", "pfkkkksst", "aeiouyhw")


@dataclass(frozen=True, slots=True)
class Terms:
    """How often the terms of an article occur; a term's first letter is its kind."""

    lang: str
    words: Mapping[str, int]
    """`w`: stems of words."""
    names: Mapping[str, int]
    """`n`: stems of names; `#`: numbers."""
    keys: Mapping[str, int]
    """What other languages may have too: `#` numbers, `p` prefixes of words, `s` skeletons of names."""
    named: frozenset[str] = frozenset()
    """The words of an article that are names, in lower case, as `find_names` tells them."""


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
    lang, stop, named = article.lang, function_words(article.lang), find_names(parts, article.lang)
    lowered, numbers = dict[str, int](), dict[str, int]()
    for word, count in Counter([*parts[1::2], *TITLE_WEIGHT * words(article.title)]).items():
        if word[0].isdecimal():
            key = number_key(word)
            if len(key) > 2:
                numbers[key] = numbers.get(key, 0) + count
        elif len(word) > 1 and (small := word.lower()) not in stop:
            lowered[small] = lowered.get(small, 0) + count
    counted, names, keys = dict[str, int](), dict(numbers), dict(numbers)
    for (word, count), stemmed in zip(lowered.items(), stem_each(list(lowered), lang), strict=True):
        term = "w" + stemmed
        counted[term] = counted.get(term, 0) + count
        is_name = word in named
        if is_name:
            term = "n" + stemmed
            names[term] = names.get(term, 0) + count
        for key in _keys(word, named=is_name):
            keys[key] = keys.get(key, 0) + count
    return Terms(lang, counted, names, keys, named)


def find_names(parts: Sequence[str], lang: str) -> frozenset[str]:
    """Return, in lower case, the words that a split text writes with a capital where none is due; all words in scripts without capitals."""
    stop = function_words(lang)
    found = parts[1::2]
    counts = Counter(found)
    upper = {word: word.lower() for word in counts if word[0].isupper()}
    capital = Counter([upper[word] for gap, word in zip(parts[::2], found, strict=False) if word in upper and not _opens(gap)])
    if not capital and not any(word[0].islower() for word in counts):
        return frozenset(word.lower() for word in found if not word[0].isdecimal()) - stop
    return frozenset([word for word, count in capital.items()
                      if len(word) > 1 and (count > counts.get(word, 0) or not word[0].islower())]) - stop


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
    plain = word if word.isascii() else latin(word)
    if not plain.isalpha() and any(c.isdigit() for c in plain):
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


@lru_cache(maxsize=4096)
def surfaces(article: Article) -> Mapping[str, str]:
    """Return how an article writes its terms and keys: names in full where it has them in full."""
    parts = split(article.text)
    return write_terms(parts, find_names(parts, article.lang), article.lang).terms


@dataclass(frozen=True, slots=True)
class Forms:
    """How an article writes its terms and keys."""

    terms: Mapping[str, str]
    names: Mapping[str, str]
    """Of words alone that it has as names."""


def write_terms(parts: Sequence[str], named: frozenset[str], lang: str, wanted: frozenset[str] | None = None) -> Forms:
    """Return how a split text with these names writes its terms and keys; at least those that are `wanted`, where it is told which are."""
    different = [word for word in dict.fromkeys(parts[1::2]) if not word[0].isdecimal()]
    small = list(map(str.lower, different))
    stemmed = _stem_forms(small, lang)
    if wanted is None or not _KEYS.isdisjoint(term[0] for term in wanted):
        stemmed = [(*form, *_keys(word, named=word in named)) for word, form in zip(small, stemmed, strict=True)]
    rows = [(word, low, form) for word, low, form in zip(different, small, stemmed, strict=True)
            if wanted is None or not wanted.isdisjoint(form)]
    lowered, forms = {word: low for word, low, _ in rows}, {low: form for _, low, form in rows}
    counts = Counter((lowered[word], "".join(parts[start:end])) for start, end in _name_spans(parts, named)
                     for word in parts[start:end:2] if word in lowered)
    chosen = {word for word, low in lowered.items() if not (low in named and word[0].isupper())}
    counts.update((lowered[word], word) for word in parts[1::2] if word in chosen)
    best: dict[str, tuple[int, int, str]] = {}
    for (word, shown), count in counts.items():
        best[word] = max(best.get(word, (0, 0, "")), (count, len(shown), shown), key=itemgetter(0, 1))
    terms, names = dict[str, str](), dict[str, str]()
    for word, (_, _, shown) in best.items():
        for term in forms[word]:
            terms.setdefault(term, shown)
            if word in named:
                names.setdefault(term, shown)
    return Forms(terms, names)


def _stem_forms(found: Sequence[str], lang: str) -> list[tuple[str, ...]]:
    """Return each of several words as a name and as a word; what was asked for before is known."""
    known = _known_forms(lang)
    if len(known) > KNOWN:
        known.clear()
    missing = [word for word in found if word not in known]
    known.update(zip(missing, [("n" + stemmed, "w" + stemmed) for stemmed in stem_each(missing, lang)], strict=True))
    return [known[word] for word in found]


@lru_cache(maxsize=64)
def _known_forms(_lang: str) -> dict[str, tuple[str, ...]]:
    """Return what is remembered of a language's words: the same dictionary each time, which fills."""
    return {}


def _name_spans(parts: Sequence[str], named: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where the names of a split text start and end, each as long as it is written."""
    names = {word for word in dict.fromkeys(parts[1::2]) if word[0].isupper() and word.lower() in named}
    places = [at for at in range(1, len(parts), 2) if parts[at] in names]
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
