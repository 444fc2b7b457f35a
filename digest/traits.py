"""What texts are compared by when the program asks whether they report one event: names, numbers, what they say first, days."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digest.days import Day, days_apart, stated_days
from digest.models import Article, Text
from digest.terms import Terms, Vector, count_rarity, find_terms, join_terms, number_key, weigh_counts
from digest.words import stems, words

__all__ = ["Days", "Part", "Traits", "find_traits"]

OPENING = 60
"""Words that a text begins with, its title aside: reports say first what happened."""
LONGEST = 12
"""Characters of a word with the blank after it, at most on the average: enough text for an opening."""

_YEAR = re.compile(r"(?<![\d.,])(?:19[5-9]|20[0-4])\d(?![\d.,]*\d)")
"""Numbers that are probably years of the present age."""


@dataclass(frozen=True, slots=True)
class Days:
    """When a text was published, and which days and years it names."""

    published: date | None
    stated: frozenset[Day]
    years: frozenset[int]
    """Those of a text without a date."""

    @classmethod
    def of(cls, text: Text) -> "Days":
        """Find the days of a text and its copies."""
        published = min((a.published.day for a in text.articles if a.published), default=None)
        years = frozenset(int(year) for a in text.articles for year in _YEAR.findall(a.text)) if published is None else frozenset()
        return cls(published, frozenset(day for a in text.articles for day in stated_days(a)), years)

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
class Part:
    """What a text says in one language."""

    terms: frozenset[str]
    """All its words, names and numbers."""
    names: Vector
    """Its names and numbers; of length 1."""
    numbers: frozenset[str]
    opening: Vector
    """The terms of its title and first words, and how much each tells."""
    opening_names: Vector
    """Those of them that are names and numbers."""
    opening_numbers: frozenset[str]
    """All numbers there, those of one digit too."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a text is compared by."""

    parts: Mapping[str, Part]
    """By language."""
    days: Days


def find_traits(texts: Sequence[Text]) -> tuple[Traits, ...]:
    """Return what each text is compared by; how rare terms are is counted within their language (Spärck Jones 1972)."""
    found = [join_terms([find_terms(article) for article in text.articles]) for text in texts]
    rarity = count_rarity([terms for parts in found for terms in parts])
    return tuple(Traits({terms.lang: _part(_first(text, terms.lang), terms, rarity[terms.lang]) for terms in parts}, Days.of(text))
                 for text, parts in zip(texts, found, strict=True))


def _first(text: Text, lang: str) -> Article:
    return next(article for article in text.articles if article.lang == lang)


def _part(article: Article, terms: Terms, rare: Vector) -> Part:
    first = f"{article.title}\n{' '.join(words(article.text[:OPENING * LONGEST])[:OPENING])}"
    numbers = [number_key(word) for word in words(first) if word[0].isdecimal()]
    begun = [kind + stem for stem in stems(first, article.lang) for kind in "wn"]
    opening = {term: rare[term] for term in (*begun, *numbers) if term in terms.words or term in terms.names}
    names = weigh_counts(terms.names, rare)
    return Part(frozenset((*terms.words, *terms.names)), names, frozenset(term for term in names if term[0] == "#"), opening,
                {term: weight for term, weight in opening.items() if term[0] != "w"}, frozenset(numbers))
