"""What texts are compared by when the program asks whether they report one event: names, numbers, what they say first, days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from digest.days import Day, days_apart
from digest.gist import Gist
from digest.rarity import Rarity
from digest.vectors import Array, fill, pick, stack, sum_rows

__all__ = ["Days", "Traits", "find_traits"]


@dataclass(frozen=True, slots=True)
class Days:
    """When a text was published, and which days and years it names."""

    published: date | None
    stated: frozenset[Day]
    years: frozenset[int]
    """Those of a text without a date."""

    @classmethod
    def of(cls, text: Sequence[Gist]) -> "Days":
        """Find the days of a text and its copies."""
        published = min((gist.day for gist in text if gist.day), default=None)
        if published:
            return cls(date.fromordinal(published), frozenset(), frozenset())
        return cls(None, frozenset().union(*(gist.stated for gist in text)), frozenset().union(*(gist.years for gist in text)))

    @property
    def year(self) -> int | None:
        """The year of publication, or the last year that it names."""
        return self.published.year if self.published else max(self.years, default=None)

    def apart(self, other: "Days") -> float | None:
        """Return how many days lie between two texts; where one has no date, between the other's and the nearest day that it names."""
        if self.published and other.published:
            return abs((self.published - other.published).days)
        if other.published:
            return days_apart(self.stated, other.published)
        return days_apart(other.stated, self.published) if self.published else None


@dataclass(frozen=True, slots=True)
class Traits:
    """What texts are compared by: matrices of their parts (what they say in one language) x terms."""

    rows: Array
    """Languages x texts: the number of the part, -1 where there is none."""
    names: Any
    """Names and numbers; rows of length 1."""
    has: Any
    """1 for each word, name and number."""
    opening: Any
    """How much each of these tells that is of its title and first words."""
    is_name: Array
    """1 for each column of a name or a number, 0 for others."""
    word_sums: Array
    name_sums: Array
    """Sums of the words, and of the names and numbers, in the rows of the opening."""
    numbers: Any
    """1 for each number."""
    number_counts: Array
    first_numbers: Any
    """1 for each number of its title and first words, those of one digit too."""
    days: Sequence[Days]
    """By text."""
    published: Array
    """The day of each text, as `date.toordinal` counts; 0 where it is not known."""


def find_traits(texts: Sequence[Sequence[Gist]], rarity: Rarity) -> Traits:
    """Return what texts are compared by; `rarity` is that of their terms."""
    parts, told = rarity.parts, rarity.tell()
    rare, names = told.rare, told.names()
    firsts = [_first(texts[owner], parts.spoken[lang]) for owner, lang in zip(parts.owners.tolist(), parts.langs.tolist(), strict=True)]
    opening = stack([(found, np.ones(len(found))) for found in parts.reader.begin(firsts)], rare.shape[1]).multiply(rare).tocsr()
    is_name = (rarity.kinds == 1).astype(np.int8)
    at = np.flatnonzero(parts.columns.is_kind("#")[names.indices])
    numbers = pick(names, at, np.ones(len(at)))
    rows = np.full((len(parts.spoken), len(texts)), -1)
    rows[parts.langs, parts.owners] = np.arange(len(parts.owners))
    days = [Days.of(text) for text in texts]
    published = np.array([one.published.toordinal() if one.published else 0 for one in days])
    word_sums, name_sums = sum_rows(opening, is_name, 2)
    return Traits(rows, names, fill(rare, np.ones(len(rare.data))), opening, is_name, word_sums, name_sums, numbers,
                  np.diff(numbers.indptr), _number_rows(firsts), days, published)


def _first(text: Sequence[Gist], lang: str) -> Gist:
    return next(gist for gist in text if gist.lang == lang)


def _number_rows(firsts: Sequence[Gist]) -> Any:
    places: dict[str, int] = {}
    rows = [[places.setdefault(number, len(places)) for number in gist.opening_numbers.split()] for gist in firsts]
    return stack([(np.array(row, np.int32), np.ones(len(row))) for row in rows], len(places))
