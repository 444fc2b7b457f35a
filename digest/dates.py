"""Resolve the dates that an article states ("Sept. 27", "Thursday", "last year") as precisely as its words are, never more.

Candidates are found by one pattern a language (`calendars`); what they mean is counted from the article's day of publication.
Spans of time ("two years ago") are read by dateparser.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from digest.calendars import Calendar, calendar_of
from digest.models import Article
from digest.weekdays import Spoken, spoken_days

__all__ = ["StatedDate", "stated_dates"]

AHEAD = 60
"""A day without a year that comes within so many days is the coming one: of one ten months old the year would be told."""
_WINDOW = 80
"""Characters before a date that may say that it is to come."""
_BACK = 250
"""A day without a year that is further back may as well be one of another year."""
_YEARS = range(1500, 2100)
_BARE_YEARS = range(1800, 2100)
"""A number that is smaller is hardly a year unless it stands with a month."""
_BEYOND = 60
"""A year so far after the publication is a number."""
_QUALIFIED = re.compile(r"[\w'’]+(?=[\s(“\"'’]*$)")
_FOLLOWING = re.compile(r"[\s(]*([\w'’]+)")
_ENDS = re.compile(r"\s*(?:[,.;:)!?…”\"»]|$)")

_NAMED = (9, 11)
"""The one day that is the name of what happened on it, in any year."""

Day = tuple[int, int]
"""A month and a day of it."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """Words of an article that mean a day, a month or a year."""

    start: int
    end: int
    date: str | None
    """ISO 8601, as precise as the words are; None where it takes a year that the article does not tell."""
    basis: str
    """`stated`: in full, if in another place of the article; `published`: counted from the day of publication."""
    day_of_year: Day | None = None
    """Month and day, where the words are these and no year; the day is 0 where they are a month alone."""
    year_told: bool = True
    """Whether the words or their sentence tell the year, or count from the publication; else it is the nearest."""
    future: bool = False
    """Whether it was still to come on the day of publication."""
    role: str = "when"
    """`when` something happens; `since`, when it began; `bound`, until or after when; `name`, part of one: "the Nov. 10 agreement"."""


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
        at = bisect_right(starts, found.start()) - 1
        if at >= 0 and found.end() <= ends[at]:
            by_sentence[at].append(found)
    read = [date for at, found in by_sentence.items()
            for date in _Sentence(article.text, starts[at], ends[at], calendar, published).read(found)]
    return tuple(_completed(read, published))


def _completed(read: Sequence[StatedDate], published: date | None) -> Iterator[StatedDate]:
    """Yield the dates; those without a year get the only one that the article states for that day elsewhere."""
    years: dict[Day, set[str]] = defaultdict(set)
    for one in read:
        if one.basis == "stated" and one.date and one.date.count("-") == 2:
            years[int(one.date[5:7]), int(one.date[8:])].add(one.date)
    for one in read:
        full = years.get(one.day_of_year or (0, 0), set()) if not one.year_told else set()
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
        """Yield the dates of candidates of this sentence."""
        read = [replace(one, role=self._role(match)) for match in found if (one := READERS[match.lastgroup or ""](self, match)) is not None]
        years: list[str] = []
        for one in read:
            if one.day_of_year is not None and not one.year_told and not one.future and len(set(years)) == 1:
                yield self._in_year(one, int(years[0]))
            else:
                yield one
            if one.date is not None and len(one.date) == 4 and not one.future:
                years.append(one.date)

    def _role(self, found: re.Match[str]) -> str:
        """Return what a date does in its sentence, as far as the words around it tell."""
        before, (last, after) = self.text[max(self.start, found.start() - _WINDOW):found.start()].lower(), self._words_around(found)
        if after in self.calendar.bounds_after or self.calendar.bounds.search(before):
            return "bound"
        if not self.calendar.since.isdisjoint([last, *before.split()[-3:]]):
            return "since"
        named = self.calendar.named.search(before) and found.lastgroup in ("dated", "month", "spoken", "year") and not found["first_day"]
        return "name" if named or self.text.startswith(("'s", "’s"), found.end()) else "when"

    def _in_year(self, one: StatedDate, year: int) -> StatedDate:
        """Return a date in the year that its sentence tells before it; without one where that is not the nearest."""
        month, of_month = one.day_of_year or (0, 0)
        day = _day(year, month, of_month or 1)
        stated = day.isoformat()[:10 if of_month else 7] if day else None
        certain = stated is not None and (self.published is None or one.date == stated)
        return replace(one, date=stated if certain else None, year_told=certain)

    def _date(self, found: re.Match[str], stated: str, basis: str = "stated", **further: object) -> StatedDate:
        future = self.published is not None and stated > self.published.isoformat()[:len(stated)]
        return StatedDate(found.start(), found.end(), stated, basis, future=future, **further)  # type: ignore[arg-type]

    def iso(self, found: re.Match[str]) -> StatedDate | None:
        """Read 2021-02-18."""
        day = _day(int(found["iso_year"]), int(found["iso_month"]), int(found["iso_day"]))
        return self._date(found, day.isoformat()) if day else None

    def figures(self, found: re.Match[str]) -> StatedDate | None:
        """Read 18.02.2021 in the language's order; nothing where both orders are possible and in use."""
        one, two, year = int(found["one"]), int(found["two"]), int(found["full"])
        days = {_day(year, *order) for order in ((two, one), (one, two))} - {None}
        if self.calendar.day_first is not None and len(days) > 1:
            days = {_day(year, two, one) if self.calendar.day_first else _day(year, one, two)}
        day = days.pop() if len(days) == 1 else None
        return self._date(found, day.isoformat()) if day else None

    def dated(self, found: re.Match[str]) -> StatedDate | None:
        """Read a day of a month, with or without its year and weekday."""
        groups = found.groupdict()
        month = self._month_number(groups["first_month"] or groups.get("last_month") or "")
        of_month = int(groups["first_day"] or groups.get("last_day") or 0)
        year = groups["first_year"] or groups.get("last_year")
        if month is None or not 1 <= of_month <= 31:
            return None
        if year is not None and int(year) in _YEARS:
            day = _day(int(year), month, of_month)
            return self._date(found, day.isoformat()) if day else None
        return self._nearest_day(found, month, of_month, self.calendar.weekdays.get((found["weekday"] or "").lower()))

    def _nearest_day(self, found: re.Match[str], month: int, of_month: int, weekday: int | None) -> StatedDate | None:
        if self.published is None:
            return StatedDate(found.start(), found.end(), None, "published", (month, of_month), year_told=False)
        around = [day for year in range(self.published.year - 1, self.published.year + 2) if (day := _day(year, month, of_month))]
        if (month, of_month) == _NAMED and weekday is None and self.published.month != month:
            around = []
        days = [day for day in around if weekday is None or day.weekday() == weekday]
        day = self._nearest(days, found)
        if day is None:
            return StatedDate(found.start(), found.end(), None, "published", (month, of_month), year_told=False)
        return self._date(found, day.isoformat(), "published", day_of_year=(month, of_month), year_told=weekday is not None)

    def _nearest(self, days: Sequence[date], found: re.Match[str]) -> date | None:
        """Return the last of these days before the publication, or the next where the sentence tells of something to come."""
        assert self.published is not None  # noqa: S101  for the type checker
        past = max((day for day in days if day <= self.published), default=None)
        coming = min((day for day in days if day > self.published), default=None)
        if past is None or coming is None:
            return past or coming
        if (coming - self.published).days <= AHEAD or self._is_to_come(found):
            return coming
        return past if (self.published - past).days <= _BACK else None

    def _is_to_come(self, found: re.Match[str]) -> bool:
        """Return whether the words before a date tell of something to come."""
        return bool(self.calendar.future.search(self.text[max(self.start, found.start() - _WINDOW):found.start()].lower()))

    def _is_aimed_at(self, found: re.Match[str]) -> bool:
        """Return whether an aim stands right before a date: "to meet on Friday"."""
        return bool(self.calendar.aim.search(self.text[max(self.start, found.start() - _WINDOW // 2):found.start()].lower()))

    def _month_number(self, name: str) -> int | None:
        return _lookup(name, self.calendar.months)

    def month(self, found: re.Match[str]) -> StatedDate | None:
        """Read a month, with its year or alone."""
        month, year = self._month_number(found["month_alone"]), found["month_year"]
        if month is None:
            return None
        if year is not None:
            return self._date(found, f"{year}-{month:02}") if int(year) in _YEARS else None
        if not self._is_qualified(found) or found["month_alone"].lower() in self.calendar.short:
            return None
        shown = self._nearest_month(found, month) if self.published else None
        if shown is None:
            return StatedDate(found.start(), found.end(), None, "published", (month, 0), year_told=False)
        return self._date(found, shown, "published", day_of_year=(month, 0), year_told=False)

    def _nearest_month(self, found: re.Match[str], month: int) -> str | None:
        assert self.published is not None  # noqa: S101  for the type checker
        year, now = self.published.year, self.published.month
        before, after = self._words_around(found)
        if before in self.calendar.last or after in self.calendar.last_after:
            return f"{year if month < now else year - 1}-{month:02}"
        if before in self.calendar.next or after in self.calendar.next_after:
            return f"{year if month > now else year + 1}-{month:02}"
        back = (now - month) % 12
        to_come = before not in self.calendar.since and (self._is_to_come(found) or back >= 12 - AHEAD // 30)
        if month == now or to_come:
            return f"{year + (month < now)}-{month:02}"
        return f"{year - (month > now)}-{month:02}" if back <= _BACK // 30 or before in self.calendar.since else None

    def _words_around(self, found: re.Match[str]) -> tuple[str, str]:
        """Return the words right before and after a candidate, in lower case."""
        before = _QUALIFIED.search(self.text[max(self.start, found.start() - 24):found.start()])
        after = _FOLLOWING.match(self.text[found.end():min(self.end, found.end() + 24)])
        return before[0].lower() if before else "", after[1].lower() if after else ""

    def _is_qualified(self, found: re.Match[str]) -> bool:
        """Return whether the words around a year or month alone show that it is one."""
        before, after = self._words_around(found)
        return before in self.calendar.before or after in self.calendar.after or after.lstrip("'’") in self.calendar.after

    def year(self, found: re.Match[str]) -> StatedDate | None:
        """Read a year alone."""
        year = int(found["year_alone"])
        last = self.published.year + _BEYOND if self.published else _YEARS.stop
        round_number = year % 100 == 0 and not _ENDS.match(self.text[found.end():self.end])
        prefixed = not found[0][0].isdecimal()
        if year not in _BARE_YEARS or year > last or round_number or not (prefixed or self._is_qualified(found)):
            return None
        return self._date(found, f"{year}")

    def relative(self, found: re.Match[str]) -> StatedDate | None:
        """Read "last month"."""
        words = " ".join(found[0].split())
        meaning = self.calendar.relative.get(words) or self.calendar.relative.get(words[:1].lower() + words[1:])
        if meaning is None or self.published is None:
            return None
        unit, shift = meaning
        if unit == "day":
            return self._date(found, (self.published + timedelta(shift)).isoformat(), "published")
        year, month = divmod(self.published.year * 12 + self.published.month - 1 + shift * (1 if unit == "month" else 12), 12)
        return self._date(found, f"{year}" if unit == "year" else f"{year}-{month + 1:02}", "published")

    def ago(self, found: re.Match[str]) -> StatedDate | None:
        """Read "two years ago"."""
        if self.published is None:
            return None
        number = found["number"].lower()
        words = found[0].replace(found["number"], str(self.calendar.numbers.get(number, number)), 1).lower()
        stated = _counted_back(words, self.calendar.lang, self.published)
        return self._date(found, stated, "published") if stated else None

    def spoken(self, found: re.Match[str]) -> StatedDate | None:
        """Read a weekday, or "yesterday"."""
        if self.published is None:
            return None
        shift = self._last(found)
        if shift is None:
            words = spoken_days(self.text[self.start:self.end], self.calendar.lang, self.published, beside=self.calendar.beside)
            word = next((word for word in words if word.start == found.start() - self.start), None)
            shift = self._tensed(found, word) if word is not None else None
        return self._date(found, (self.published + timedelta(shift)).isoformat(), "published") if shift is not None else None

    def _tensed(self, found: re.Match[str], word: Spoken) -> int | None:
        """Return how far a weekday is from the publication, before or after it as the words around it tell; None where they don't."""
        if found[0].lower() not in self.calendar.weekdays:
            return word.shift
        if self._is_to_come(found):
            return word.shift + 7 if word.shift else None
        return word.shift if word.past and not self._is_aimed_at(found) else None

    def _last(self, found: re.Match[str]) -> int | None:
        """Return how far "last Monday" is from the publication; None where it does not say so, or two days are possible."""
        weekday, (before, after) = self.calendar.weekdays.get(found[0].lower()), self._words_around(found)
        if weekday is None or self.published is None or not (before in self.calendar.last or after in self.calendar.last_after):
            return None
        back = (self.published.weekday() - weekday) % 7
        return -back if back > 1 else None


READERS: Mapping[str, Callable[[_Sentence, re.Match[str]], StatedDate | None]] = {
    kind: getattr(_Sentence, kind) for kind in ("iso", "figures", "dated", "month", "ago", "relative", "spoken", "year")}
"""By kind of candidate."""


def _day(year: int, month: int, of_month: int) -> date | None:
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def _lookup(name: str, months: Mapping[str, int]) -> int | None:
    """Return a month by its name, with what is written together with it or without."""
    name = name.lower()
    return months.get(name) or next((months[known] for known in sorted(months, key=len, reverse=True) if known in name), None)


@lru_cache(maxsize=4096)
def _counted_back(words: str, lang: str, published: date) -> str | None:
    """Return the day, month or year that a span of time leads back to; None for weeks, hours, decades and what dateparser does not know."""
    from dateparser.date import DateDataParser

    base = datetime.combine(published, time())
    read = DateDataParser(languages=[lang], settings={"RELATIVE_BASE": base}).get_date_data(words)
    length = {"day": 10, "month": 7, "year": 4}.get(read.period)
    if read.date_obj is None or length is None or (length == 4 and (published.year - read.date_obj.year) % 10 == 0):
        return None
    return str(read.date_obj.date().isoformat()[:length])
