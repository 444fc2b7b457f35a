"""Words that may mean a date, with what stands around them: whether they tell of something to come, and what they do in their sentence."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from digest.dates.calendars import Calendar
from digest.dates.weekdays import tells_past

__all__ = ["Candidate", "DayOfYear", "StatedDate"]

_WINDOW = 80
"""Characters before a date that may say that it is to come."""
_PRECEDING = re.compile(r"[^\s(“„«\"]+(?=[\s(“„«\"]*$)")
_FOLLOWING = re.compile(r"[\s(]*([^\s,.;:!?)”»\"]+)")
_POSSESSIVE = re.compile(r"(?:\s\w+)?['’]s\b")

DayOfYear = tuple[int, int]
"""A month and a day of it; the day is 0 where only the month is told."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """Words of an article that mean a day, a month or a year."""

    start: int
    end: int
    date: str | None
    """ISO 8601, as precise as the words are; None where it takes a year that the article does not tell."""
    basis: str
    """`stated`: in full, if in another place of the article; `published`: counted from the day of publication."""
    day_of_year: DayOfYear | None = None
    """Where the words tell no year."""
    year_told: bool = True
    """Whether the words or their sentence tell the year, or count from the publication; else it is the nearest."""
    future: bool = False
    """Whether it was still to come on the day of publication, or is not over then and the words before it tell of something to come."""
    week: bool = False
    """Whether the words mean a week, which is told by its month."""
    role: str = "when"
    """`when` something happens; `since`, when it began; `bound`, until or after when; `name`, part of one: "the Nov. 10 agreement";
    `said`, when somebody said what the sentence tells."""


class Place(Protocol):
    """Where candidates stand: a sentence of an article."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def published(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may mean a date."""

    found: re.Match[str]
    place: Place
    start: int
    end: int
    weekday: int | None = None
    """The weekday beside it, from Monday, 0."""
    year: int | None = None
    """The year that words after it mean: "of last year"."""

    @property
    def calendar(self) -> Calendar:
        """How its language writes dates."""
        return self.place.calendar

    @property
    def basis(self) -> str:
        """What a year of its own rests on."""
        return "published" if self.year else "stated"

    def before(self, window: int = _WINDOW) -> str:
        """Return what stands before it in its sentence, in lower case."""
        return self.place.text[max(self.place.start, self.start - window):self.start].lower()

    def neighbors(self) -> tuple[str, str]:
        """Return the words right before and after it, in lower case."""
        before = _PRECEDING.search(self.before(24))
        after = _FOLLOWING.match(self.place.text[self.end:min(self.place.end, self.end + 24)])
        return before[0] if before else "", after[1].lower() if after else ""

    def is_to_come(self) -> bool:
        """Return whether the words before it tell of something to come."""
        return self.calendar.future.search(self.before()) is not None

    def is_past(self) -> bool:
        """Return whether words around it tell of the past."""
        text, start = self.place.text[self.place.start:self.place.end], self.place.start
        return tells_past(text, self.calendar.lang, self.start - start) or self.calendar.past.search(text.lower()) is not None

    def is_qualified(self) -> bool:
        """Return whether the words around a year or month alone show that it is one."""
        before, after = self.neighbors()
        return before in self.calendar.before or after in self.calendar.after or after.lstrip("'’") in self.calendar.after

    def stated(self, shown: str, basis: str = "stated", day_of_year: DayOfYear | None = None) -> StatedDate:
        """Return the date that it means; one that has a month without a year in its words tells no year."""
        published = self.place.published
        now = published.isoformat()[:len(shown)] if published else shown
        future = shown > now or (published is not None and shown == now and self.is_to_come())
        return StatedDate(self.start, self.end, shown, basis, day_of_year, day_of_year is None, future)

    def unsettled(self, day_of_year: DayOfYear) -> StatedDate:
        """Return the month and day that it means, without a date."""
        return StatedDate(self.start, self.end, None, "published", day_of_year, year_told=False)

    def role(self) -> str:
        """Return what it does in its sentence: a role of `StatedDate`."""
        before, (last, after), calendar = self.before(), self.neighbors(), self.calendar
        if after in calendar.bounds_after or calendar.bounds.search(before):
            return "bound"
        words = before.split()
        if not calendar.since.isdisjoint([last, *words[-3:]]):
            return "since"
        if calendar.named.search(before) or _POSSESSIVE.match(self.place.text, self.end):
            return "name"
        return "said" if not calendar.said.isdisjoint([after, *words[-2:]]) else "when"
