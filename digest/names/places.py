"""Find the countries that a text speaks of, by any of their names: the country's own, its capital's or its people's (`places.yml`)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from babel import Locale, UnknownLocaleError

from digest.lists import load_lists
from digest.words import base_language, fold, split_whole, stem

__all__ = ["Place", "countries", "find_places"]

_LONGEST = 5
"""Words of the longest name that is looked for."""
_KINDS = {"names": "country", "seats": "seat", "people": "people"}

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A country named in a text."""

    start: int
    end: int
    country: str
    """ISO 3166 alpha-2."""
    kind: str
    """`country`, `seat` for its capital or seat of government, `people` for those who live there."""


@lru_cache(maxsize=64)
def _table(lang: str) -> Mapping[Key, tuple[str, str]]:
    """Return the countries by the stems of their names in a language (CLDR), and of all that English calls them where it is English."""
    try:
        territories = Locale.parse(lang).territories
    except (ValueError, UnknownLocaleError):
        return {}
    named = {code: str(name) for code, name in territories.items() if code in load_lists("places")}
    table = {key: (code, "country") for code, name in named.items() for key in _keys(name, lang)}
    for code, block in load_lists("places").items() if lang == "en" else ():
        table |= {key: (code, _KINDS[kind]) for kind, names in block.items() for name in names for key in _keys(name, lang)}
    return table


def _keys(name: str, lang: str) -> Iterator[Key]:
    """Yield the keys of a name; one in brackets stands for itself, "and" and "&" are the same."""
    for piece in (name.partition(" (")[0], name.replace("&", "and")):
        key = tuple(_key(word, lang) for word in split_whole(piece)[1::2])
        if key and sum(map(len, key)) > 1:
            yield key


@lru_cache(maxsize=100_000)
def _key(word: str, lang: str) -> str:
    return fold(stem(word.lower(), lang) or word)


@lru_cache(maxsize=8192)
def find_places(text: str, lang: str) -> tuple[Place, ...]:
    """Return the countries that a text names, each as long as its name is, in order; none for languages that CLDR does not know."""
    lang = base_language(lang)
    parts, table, firsts = split_whole(text), _table(lang), _firsts(lang)
    ends = list(accumulate(map(len, parts)))
    found, at = list[Place](), 1
    while at < len(parts):
        size = _match(parts, at, table, lang) if not parts[at][0].islower() and _key(parts[at], lang) in firsts else 0
        if size:
            country, kind = table[_words(parts, at, size, lang)]
            last = at + 2 * size - 2
            found.append(Place(ends[at] - len(parts[at]), ends[last], country, kind))
        at += 2 * max(size, 1)
    return tuple(found)


@lru_cache(maxsize=64)
def _firsts(lang: str) -> frozenset[str]:
    return frozenset(key[0] for key in _table(lang))


def _words(parts: Sequence[str], at: int, size: int, lang: str) -> Key:
    return tuple(_key(word, lang) for word in parts[at:at + 2 * size:2])


def _match(parts: Sequence[str], at: int, table: Mapping[Key, tuple[str, str]], lang: str) -> int:
    """Return how many words from a place on are the longest name in the table."""
    return next((size for size in range(min(_LONGEST, (len(parts) - at + 1) // 2), 0, -1) if _words(parts, at, size, lang) in table), 0)


def countries(text: str, lang: str) -> frozenset[str]:
    """Return the countries that a text names, by their ISO 3166 codes."""
    return frozenset(place.country for place in find_places(text, lang))
