"""Read an article once: all that grouping needs of it, in plain data that can be kept."""

import re
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from digest.dates.named import named_days
from digest.days import Day, stated_days
from digest.models import Article
from digest.terms import find_terms, number_key
from digest.words import stems, words

__all__ = ["MOST", "SHINGLE", "Counted", "Gist", "find_gist", "find_run", "shingles"]

SHINGLE = 5
"""Words of a shingle."""
OPENING = 60
"""Words that a text begins with, its title aside: reports say first what happened."""
LONGEST = 12
"""Characters of a word with the blank after it, at most on the average: enough text for an opening."""
MOST = 2 ** 16 - 1
"""A term is counted up to this."""

_YEAR = re.compile(r"(?<![\d.,])(?:19[5-9]|20[0-4])\d(?![\d.,]*\d)")
"""Numbers that are probably years of the present age."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Terms, each once, and how often each occurs."""

    terms: str
    """A line each."""
    counts: bytes
    """An unsigned 16-bit number, little-endian, for each."""

    @classmethod
    def of(cls, counts: Iterable[tuple[str, int]]) -> "Counted":
        """Write counts down."""
        rows = list(counts)
        return cls("\n".join([term for term, _ in rows]), _packed("H", [min(count, MOST) for _, count in rows]))


@dataclass(frozen=True, slots=True)
class Gist:
    """What grouping needs of an article."""

    id: str
    mark: bytes
    """Of its article."""
    lang: str
    day: int | None
    """Of publication, as `date.toordinal` counts."""
    terms: Counted
    """`w` stems of words, `n` stems of names, `#` numbers."""
    keys: Counted
    """What other languages may have too, but for the numbers: `p` prefixes of words, `s` skeletons of names."""
    opening: str
    """The stems of its title and first words, a line each, none twice."""
    opening_numbers: str
    """All numbers there, those of one digit too; as terms, each once, with a blank between them."""
    run: bytes
    """The hashes of its shingles in their order; an unsigned 32-bit number, little-endian, for each."""
    stated: frozenset[Day]
    """Days that it names, in any year; of an article without a date."""
    years: frozenset[int]
    """Years that it names; of an article without a date."""
    days: tuple[str, ...]
    """The days that it was published on and names, as `named_days` tells them."""


@lru_cache(maxsize=4096)
def find_gist(article: Article) -> Gist:
    """Read an article."""
    terms = find_terms(article)
    first = f"{article.title}\n{' '.join(words(article.text[:OPENING * LONGEST])[:OPENING])}"
    dated = article.published is not None
    years = frozenset() if dated else frozenset(map(int, _YEAR.findall(article.text)))
    return Gist(
        id=article.id, mark=article.mark, lang=article.lang, day=article.published.day.toordinal() if article.published else None,
        terms=Counted.of([*terms.words.items(), *terms.names.items()]),
        keys=Counted.of([(key, count) for key, count in terms.keys.items() if key[0] != "#"]),
        opening="\n".join(dict.fromkeys(stems(first, article.lang))),
        opening_numbers=" ".join(dict.fromkeys(number_key(word) for word in words(first) if word[0].isdecimal())),
        run=find_run(article),
        stated=frozenset() if dated else stated_days(article), years=years,
        days=tuple(sorted(named_days(article))))


@lru_cache(maxsize=4096)
def find_run(article: Article) -> bytes:
    """Return the hashes of an article's shingles, as its gist has them."""
    return _packed("I", _run(words(article.text.casefold())))


def shingles(text: str) -> frozenset[int]:
    """Return the stable hashes of all sequences of five words of a text."""
    return frozenset(_run(words(text.casefold())))


def _run(found: Sequence[str]) -> list[int]:
    encoded = [word.encode() for word in found]
    joined, starts = b" ".join(encoded), [0, *accumulate([len(word) + 1 for word in encoded])]
    return [zlib.crc32(joined[start:end - 1]) for start, end in zip(starts, starts[SHINGLE:], strict=False)]


def _packed(code: str, numbers: Sequence[int]) -> bytes:
    """Return numbers as bytes, the same on every machine."""
    found = array(code, numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()
