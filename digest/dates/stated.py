"""Resolve the dates that an article states ("Sept. 27", "Thursday", "last year") as precisely as its words are, never more.

Candidates are found by one pattern a language (`calendars`); what each means is counted from the article's day of publication
(`reckoning`). Here they are set in their sentence and article, which may tell the year that a date leaves out.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from digest.dates.calendars import Calendar, calendar_of
from digest.dates.candidates import Candidate, DayOfYear, StatedDate
from digest.dates.reckoning import calendar_day, reckon
from digest.models import Article

__all__ = ["StatedDate", "stated_dates"]

CROWD = 24
"""A sentence with more candidates is a list or a table: none of them is read."""
_BETWEEN = re.compile(r"\.?,?\s?\(?(?:the\s|den\s|dem\s)?|\s\(?")
"""What stands between a day and its weekday."""


def stated_dates(article: Article, published: date | None = None) -> tuple[StatedDate, ...]:
    """Return the dates that a text states, in its order; counted from its own day of publication, or from one that is given."""
    if published is None and article.published is not None:
        published = article.published.day
    return _stated_dates(article, published)


@lru_cache(maxsize=4096)
def _stated_dates(article: Article, published: date | None) -> tuple[StatedDate, ...]:
    calendar = calendar_of(article.lang)
    if calendar is None:
        return ()
    starts = [sentence.start for sentence in article.sentences] or [0]
    ends = [sentence.end for sentence in article.sentences] or [len(article.text)]
    by_sentence: dict[int, list[re.Match[str]]] = defaultdict(list)
    for found in calendar.pattern.finditer(article.text):
        by_sentence[bisect_right(starts, found.start()) - 1].append(found)
    read = [one for at, found in by_sentence.items() if at >= 0 and len(found) <= CROWD
            for one in _Sentence(article.text, starts[at], max(ends[at], found[-1].end()), calendar, published).read(found)]
    return tuple(_completed(read, published))


def _completed(read: Sequence[StatedDate], published: date | None) -> Iterator[StatedDate]:
    """Yield the dates; those without a year get the only one that the article states for that day elsewhere."""
    days: dict[DayOfYear, set[str]] = defaultdict(set)
    for one in read:
        if one.basis == "stated" and one.date and one.date.count("-") == 2:
            days[int(one.date[5:7]), int(one.date[8:])].add(one.date)
    for one in read:
        full = days.get(one.day_of_year or (0, 0), set()) if not one.year_told else set()
        if len(full) == 1:
            day = next(iter(full))
            yield replace(one, date=day, basis="stated", year_told=True, future=bool(published and day > published.isoformat()))
        else:
            yield one


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence whose dates are read."""

    text: str
    """The article's."""
    start: int
    end: int
    calendar: Calendar
    published: date | None

    def read(self, found: Sequence[re.Match[str]]) -> Iterator[StatedDate]:
        """Yield the dates of candidates of this sentence; those without a year get the only one told before them."""
        years: list[str] = []
        for candidate in self._candidates(found):
            one = reckon(candidate)
            if one is None:
                continue
            if one.day_of_year is not None and not one.year_told and not one.future and len(set(years)) == 1:
                one = self._in_year(one, int(years[0]))
            elif one.date is not None and len(one.date) == 4 and not one.future and one.role == "when":
                years.append(one.date)
            yield one

    def _candidates(self, found: Sequence[re.Match[str]]) -> Iterator[Candidate]:
        """Yield the candidates, a day as one with the weekday beside it, a day or month as one with "last year" after it."""
        at = 0
        while at < len(found):
            both = self._joined(found[at], found[at + 1]) if at + 1 < len(found) else None
            yield both or Candidate(found[at], self, *found[at].span())
            at += 2 if both else 1

    def _joined(self, one: re.Match[str], other: re.Match[str]) -> Candidate | None:
        """Return two candidates as one; None where they don't belong together."""
        kinds, between = (one.lastgroup, other.lastgroup), self.text[one.end():other.start()]
        if kinds in (("dated", "relative"), ("month", "relative")) and between.strip(" ,") in self.calendar.joint:
            year = self.calendar.year_of(other[0], self.published)
            return Candidate(one, self, one.start(), other.end(), year=year) if year is not None else None
        day, weekday = (one, other) if one.lastgroup == "dated" else (other, one)
        number = self.calendar.weekdays.get(weekday[0].lower()) if set(kinds) == {"dated", "spoken"} else None
        beside = number is not None and _BETWEEN.fullmatch(between)
        return Candidate(day, self, one.start(), other.end(), weekday=number) if beside else None

    def _in_year(self, one: StatedDate, year: int) -> StatedDate:
        """Return a date in the year that its sentence tells before it; without one where that is not the nearest."""
        month, of_month = one.day_of_year or (0, 0)
        day = calendar_day(year, month, of_month or 1)
        stated = day.isoformat()[:10 if of_month else 7] if day else None
        certain = stated is not None and (self.published is None or one.date == stated)
        return replace(one, date=stated if certain else None, year_told=certain)
