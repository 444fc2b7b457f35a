"""Say what one candidate means: the date of words such as "Sept. 27", "two years ago" or "Thursday", and what it does in its sentence.

Spans of time are read by dateparser, weekdays by `weekdays`; all else are figures and the names of `calendars`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from digest.dates.candidates import Candidate, DayOfYear, StatedDate
from digest.dates.weekdays import Spoken, spoken_days

__all__ = ["calendar_day", "reckon"]

AHEAD = 60
"""A day without a year that comes within so many days is the coming one: of one ten months old the year would be told."""
BACK = 250
"""A day without a year that is further back may as well be one of another year."""
YEARS = range(1500, 2100)
BARE_YEARS = range(1800, 2100)
"""A number that is smaller is hardly a year unless it stands with a month."""
BEYOND = 60
"""A year so far after the publication is a number."""
NAMED = (9, 11)
"""The one day that is the name of what happened on it, in any year."""
_NEAR = 40
"""Characters before a weekday that may unsettle it."""
_ENDS = re.compile(r"\s*(?:[,.;:)!?…”\"»]|$)")


def reckon(candidate: Candidate) -> StatedDate | None:
    """Return the date that a candidate means, and what it does in its sentence; None where it is no date or means none for sure."""
    stated = _READERS[candidate.found.lastgroup or ""](candidate)
    return replace(stated, role=candidate.role()) if stated is not None else None


def calendar_day(year: int, month: int, of_month: int) -> date | None:
    """Return a day; None where there is no such day."""
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def _iso(candidate: Candidate) -> StatedDate | None:
    """Read 2021-02-18."""
    found = candidate.found
    day = calendar_day(int(found["iso_year"]), int(found["iso_month"]), int(found["iso_day"]))
    return candidate.stated(day.isoformat()) if day else None


def _figures(candidate: Candidate) -> StatedDate | None:
    """Read 18.02.2021 in the language's order; nothing where both orders are possible and in use."""
    one, two, year = (int(candidate.found[name]) for name in ("one", "two", "full"))
    orders = {True: [(two, one)], False: [(one, two)], None: [(two, one), (one, two)]}[candidate.calendar.day_first]
    days = {day for month, of_month in orders if (day := calendar_day(year, month, of_month))}
    return candidate.stated(days.pop().isoformat()) if len(days) == 1 else None


def _dated(candidate: Candidate) -> StatedDate | None:
    """Read a day of a month, with or without its year and weekday."""
    groups = candidate.found.groupdict()
    month = _month_number(groups["first_month"] or groups.get("last_month") or "", candidate.calendar.months)
    of_month = int(groups["first_day"] or groups.get("last_day") or 0)
    year = candidate.year or int(groups["first_year"] or groups.get("last_year") or 0)
    if month is None or not 1 <= of_month <= 31:
        return None
    if year in YEARS:
        day = calendar_day(year, month, of_month)
        return candidate.stated(day.isoformat(), candidate.basis) if day else None
    nearest = _nearest_day(candidate, (month, of_month))
    return candidate.stated(nearest.isoformat(), "published", (month, of_month)) if nearest else candidate.unsettled((month, of_month))


def _nearest_day(candidate: Candidate, day_of_year: DayOfYear) -> date | None:
    published, weekday = candidate.place.published, candidate.weekday
    if published is None or (day_of_year == NAMED and weekday is None and published.month != NAMED[0]):
        return None
    around = [day for year in range(published.year - 1, published.year + 2) if (day := calendar_day(year, *day_of_year))]
    return _nearest([day for day in around if weekday is None or day.weekday() == weekday], candidate, published)


def _nearest(days: Sequence[date], candidate: Candidate, published: date) -> date | None:
    """Return the last of these days before the publication, or the next where that is near or the sentence tells of something to come."""
    past = max((day for day in days if day <= published), default=None)
    coming = min((day for day in days if day > published), default=None)
    if past is None or coming is None:
        return past or coming
    if (coming - published).days <= AHEAD or candidate.is_to_come():
        return coming
    return past if (published - past).days <= BACK else None


def _month_number(name: str, months: Mapping[str, int]) -> int | None:
    """Return a month by its name, with what is written together with it or without."""
    name = name.lower()
    return months.get(name) or next((months[known] for known in sorted(months, key=len, reverse=True) if known in name), None)


def _month(candidate: Candidate) -> StatedDate | None:
    """Read a month, with its year or alone."""
    name, calendar = candidate.found["month_alone"], candidate.calendar
    month, year = _month_number(name, calendar.months), candidate.year or int(candidate.found["month_year"] or 0)
    if month is None or year:
        return candidate.stated(f"{year}-{month:02}", candidate.basis) if month and year in YEARS else None
    if name.lower() in calendar.short or not candidate.is_qualified():
        return None
    published = candidate.place.published
    shown = _nearest_month(candidate, month, published) if published else None
    return candidate.stated(shown, "published", (month, 0)) if shown else candidate.unsettled((month, 0))


def _nearest_month(candidate: Candidate, month: int, published: date) -> str | None:
    (before, after), calendar = candidate.neighbors(), candidate.calendar
    year, now = published.year, published.month
    past, coming = f"{year - (month > now)}-{month:02}", f"{year + (month < now)}-{month:02}"
    back = (now - month) % 12
    if before in calendar.last or after in calendar.last_after:
        return past if month != now else f"{year - 1}-{month:02}"
    if before in calendar.next or after in calendar.next_after:
        return coming if month != now else f"{year + 1}-{month:02}"
    if before in calendar.since or month == now:
        return past
    if candidate.is_to_come():
        return coming
    if back >= 12 - AHEAD // 30:
        return None if candidate.is_past() else coming
    return past if back <= BACK // 30 else None


def _year(candidate: Candidate) -> StatedDate | None:
    """Read a year alone; a round number is one only where nothing follows that it may count, and no decade's name comes before."""
    year, place = int(candidate.found["year_alone"]), candidate.place
    last = place.published.year + BEYOND if place.published else YEARS.stop
    counting = not _ENDS.match(place.text[candidate.end:place.end]) and candidate.neighbors()[1] not in candidate.calendar.after
    decade = year % 10 == 0 and candidate.before().rstrip().endswith(tuple(sorted(candidate.calendar.decades)))
    if year not in BARE_YEARS or year > last or (year % 100 == 0 and counting) or decade:
        return None
    prefixed = not candidate.found[0][0].isdecimal()
    return candidate.stated(f"{year}") if prefixed or candidate.is_qualified() else None


def _relative(candidate: Candidate) -> StatedDate | None:
    """Read "last month"."""
    meaning, published = candidate.calendar.meaning(candidate.found[0]), candidate.place.published
    if meaning is None or published is None:
        return None
    unit, shift = meaning
    if unit == "day":
        return candidate.stated((published + timedelta(shift)).isoformat(), "published")
    if unit == "week":
        monday = published + timedelta(7 * shift - published.weekday())
        shown = _month_of(monday, monday + timedelta(6))
        return replace(candidate.stated(shown, "published"), week=True) if shown else None
    year, month = divmod(published.year * 12 + published.month - 1 + shift * (1 if unit == "month" else 12), 12)
    return candidate.stated(f"{year}" if unit == "year" else f"{year}-{month + 1:02}", "published")


def _month_of(first: date, last: date) -> str | None:
    """Return the month in which all days from one to another lie; None where there is no such month."""
    return first.isoformat()[:7] if (first.year, first.month) == (last.year, last.month) else None


def _ago(candidate: Candidate) -> StatedDate | None:
    """Read "two years ago"."""
    if candidate.place.published is None:
        return None
    number = candidate.found["number"]
    figures = candidate.calendar.numbers.get(number.lower(), number)
    words = candidate.found[0].replace(number, f"{figures}", 1).lower()
    shown, week = _counted_back(words, candidate.calendar.lang, candidate.place.published)
    return replace(candidate.stated(shown, "published"), week=week) if shown else None


@lru_cache(maxsize=4096)
def _counted_back(words: str, lang: str, published: date) -> tuple[str | None, bool]:
    """Return the day, month or year that a span of time leads back to, and whether it is a week.

    None for hours, decades and what dateparser does not know. A week is told by its month where all its days have the same.
    """
    from dateparser.date import DateDataParser

    base = datetime.combine(published, time())
    read = DateDataParser(languages=[lang], settings={"RELATIVE_BASE": base}).get_date_data(words)
    if read.date_obj is None:
        return None, False
    day: date = read.date_obj.date()
    if read.period == "week":
        return _month_of(day - timedelta(3), day + timedelta(3)), True
    length = {"day": 10, "month": 7, "year": 4}.get(read.period)
    is_decade = length == 4 and (published.year - day.year) % 10 == 0
    return (day.isoformat()[:length] if length is not None and not is_decade else None), False


def _spoken(candidate: Candidate) -> StatedDate | None:
    """Read a weekday, or "yesterday"."""
    place, calendar = candidate.place, candidate.calendar
    if place.published is None:
        return None
    shift = _last(candidate, place.published)
    if shift is None:
        words = spoken_days(place.text[place.start:place.end], calendar.lang, place.published, calendar.beside)
        word = next((word for word in words if word.start == candidate.start - place.start), None)
        shift = _tensed(candidate, word) if word is not None else None
    return candidate.stated((place.published + timedelta(shift)).isoformat(), "published") if shift is not None else None


def _tensed(candidate: Candidate, word: Spoken) -> int | None:
    """Return how far a weekday is from the publication, before or after it as the words around it tell; None where they don't."""
    if candidate.found[0].lower() not in candidate.calendar.weekdays:
        return word.shift
    if candidate.is_to_come():
        return word.shift + 7 if word.shift else None
    return word.shift if candidate.is_past() and not candidate.calendar.aim.search(candidate.before(_NEAR)) else None


def _last(candidate: Candidate, published: date) -> int | None:
    """Return how far "last Monday" is from the publication; None where it does not say so, or two days are possible."""
    weekday, (before, after) = candidate.calendar.weekdays.get(candidate.found[0].lower()), candidate.neighbors()
    if weekday is None or not (before in candidate.calendar.last or after in candidate.calendar.last_after):
        return None
    back = (published.weekday() - weekday) % 7
    return -back if back > 1 else None


_READERS: Mapping[str, Callable[[Candidate], StatedDate | None]] = {
    "iso": _iso, "figures": _figures, "dated": _dated, "month": _month, "ago": _ago, "relative": _relative, "spoken": _spoken,
    "year": _year}
"""By kind of candidate: the groups of `Calendar.pattern`."""
