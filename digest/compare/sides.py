"""What is set against each other: articles with what is found in them, and single sentences of them."""

from dataclasses import dataclass
from functools import cached_property

from digest.compare.claims import Claim
from digest.compare.profiles import Profile
from digest.dates.stated import stated_dates
from digest.models import Article, Citation
from digest.names.mentions import Mention, find_mentions
from digest.names.places import find_places
from digest.quantities import Quantity, find_quantities
from digest.words import base_language

__all__ = ["Read", "Side", "days_between"]


@dataclass(frozen=True)
class Read:
    """An article with what is found in it only when it is asked for."""

    text: int
    """The number of its separate text."""
    article: Article

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All quantities of its title and text."""
        sentences = [self.article.title, *(self.article.text[s.start:s.end] for s in self.article.sentences)]
        return tuple(found for sentence in sentences for found in find_quantities(sentence, self.article.lang))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All names."""
        return find_mentions(self.article)

    @cached_property
    def countries(self) -> frozenset[str]:
        """All countries of its title and text."""
        return frozenset(place.country for place in find_places(self.whole, self.article.lang))

    @cached_property
    def days(self) -> frozenset[str]:
        """The day of its publication, and those that it names."""
        published = [self.article.published.day.isoformat()] if self.article.published else []
        return frozenset([*published, *(day.date for day in stated_dates(self.article) if day.date and len(day.date) == len("2031-07-01"))])

    @property
    def whole(self) -> str:
        """Its title and text."""
        return f"{self.article.title}\n{self.article.text}"

    @cached_property
    def lowered(self) -> str:
        """Its title and text in lower case."""
        return self.whole.lower()


@dataclass(frozen=True)
class Side:
    """A sentence that is compared with others, with what is found in it only when it is asked for."""

    sentence: Citation
    read: Read
    profile: Profile

    @property
    def lang(self) -> str:
        """The language of its article, without region."""
        return base_language(self.sentence.article.lang)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its quantities."""
        return find_quantities(self.sentence.quote, self.lang)

    @cached_property
    def full_names(self) -> tuple[Mention, ...]:
        """The names in it of two words that a blank parts, but for those of places."""
        return tuple(m for m in self.read.mentions if m.sentence == self.sentence.start and len(m.key) == 2 and m.joins == (" ",)
                     and not find_places(m.quote, self.lang))

    def claim(self, start: int, end: int, value: str) -> Claim:
        """Return what the words from one place of the sentence to another claim."""
        return Claim(self.read.text, self.profile, self.sentence.start + start, self.sentence.start + end, value)


def days_between(one: Article, other: Article) -> int | None:
    """Return how many days lie between two publications; None where one of them is not dated."""
    days = [article.published.day for article in (one, other) if article.published]
    return abs((days[0] - days[1]).days) if len(days) == 2 else None
