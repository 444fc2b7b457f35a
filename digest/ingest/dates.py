"""Find a publication day, and its time where one is stated, in the forms that newspapers print.

`18.02.2021`, `11 Jan, 2021 16:16`, `February 18, 2021 at 4:05 pm GMT`, `18 Şubat 2021`, `18 de febrero de 2021`,
`2021年2月18日`, ISO 8601. Month names are CLDR's. What can be read two ways (`03/04/2021`) is not read at all.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache

from babel.dates import get_day_names, get_month_names

from digest.models import When

__all__ = ["Found", "find_date", "find_dates", "parse_stated", "strip_weekdays", "undecided_date"]

LANGUAGES = (
    "en", "tr", "ru", "es", "ar", "ar_LB", "ar_MA", "de", "de_AT", "fr", "it", "pt", "nl", "uk", "pl",
    "az", "sv", "da", "nb", "fi", "cs", "sk", "ro", "hu", "bg", "sr", "sr_Latn", "hr", "el", "ka",
    "hy", "he", "id", "vi", "hi", "ur", "bn", "ca", "et", "lv", "lt", "sl", "kk", "uz",
)
"""Those whose month names are known (CLDR's)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line, with the span it takes (its time included)."""

    when: When
    start: int
    end: int


def find_date(line: str) -> Found | None:
    """Return the first date of a line."""
    return next(find_dates(line), None)


def find_dates(line: str) -> Iterator[Found]:
    """Yield the dates of a line from left to right."""
    at = 0
    while _HAS_YEAR.search(line, at) and (found := min(_matches(line, at), key=lambda f: (f.start, -f.end), default=None)):
        found = _with_time(line, found, at)
        yield found
        at = found.end


def parse_stated(value: object) -> When | None:
    """Return a machine-readable date (ISO 8601, or any of the printed forms) as stated; None where it is none."""
    text = str(value).strip()[:80]
    try:
        when = _checked(When.parse(text))
    except ValueError:
        found = find_date(text)
        when = found.when if found else None
    return when


def undecided_date(line: str) -> str | None:
    """Return the first date of a line that can be read two ways (`03/04/2021`), as it stands."""
    if not _HAS_YEAR.search(line):
        return None
    return next((match[0] for match in _SLASHED.finditer(line) if _is_undecided(int(match[1]), int(match[3]))), None)


def _is_undecided(first: int, second: int) -> bool:
    return 0 < first <= 12 and 0 < second <= 12 and first != second


def _checked(when: When) -> When | None:
    return when if 1800 < when.day.year < 2200 else None


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    clashes = set()
    for language in LANGUAGES:
        for number, name in _names(get_month_names, language):
            if names.setdefault(name, number) != number:
                clashes.add(name)
    return {name: number for name, number in names.items() if name not in clashes and not name.isdigit()} | {"sept": 9}


def _names(get: Callable[..., object], language: str) -> Iterator[tuple[int, str]]:
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            table = get(width, context, locale=language)
            yield from ((int(key), _key(str(name))) for key, name in dict(table).items())  # type: ignore[call-overload]


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("i̇", "i").replace("ı", "i").replace(".", "").split())


_WORD = r"[^\s\d,.|()/<>\[\]]{2,20}"
_NAME = rf"({_WORD}(?:[ /]{_WORD})??)\.?"
_YEAR = r"(\d{4})(?!\d)"
_HAS_YEAR = re.compile(r"\d{4}")
"""What every date has, so that most lines are searched for nothing else."""
_DAY = r"(?<![\d.:/])(\d{1,2})"
_DAY_MONTH = re.compile(
    rf"{_DAY}(?:st|nd|rd|th|er|re|e|º|ª|-?го|\.)?,?[\s-]+(?:(?:de|of|den)\s+)?{_NAME},?[\s-]+(?:(?:de|del|of)\s+)?{_YEAR}", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"(?<!\w){_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th|-?го|\.)?,?\s+{_YEAR}", re.IGNORECASE)
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d){_YEAR}\.?,?\s+{_NAME}\s+(\d{{1,2}})(?!\d)", re.IGNORECASE)
_DOTTED = re.compile(rf"{_DAY}\.\s?(\d{{1,2}})\.\s?{_YEAR}")
_SLASHED = re.compile(rf"{_DAY}([/-])(\d{{1,2}})\2{_YEAR}")
_ISO = re.compile(r"(?<![\d-])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?![\d])"
                  r"(?:[T ]([0-2]?\d:[0-5]\d(?::[0-5]\d)?)(?:[.,]\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?(?![\d:]))?")
_CJK = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")


def _matches(line: str, at: int) -> Iterator[Found]:
    for pattern, read in _FORMS:
        for match in pattern.finditer(line, at):
            when = _when(read, match)
            if when:
                yield Found(when, match.start(), match.end())
                break


def _when(read: Callable[[re.Match[str]], When | None], match: re.Match[str]) -> When | None:
    try:
        return read(match)
    except ValueError:
        return None


def _day(year: str, month: int, day: str) -> When | None:
    return When(date(int(year), month, int(day))) if 1900 <= int(year) < 2100 else None


def _named(year: int, month: int, day: int) -> Callable[[re.Match[str]], When | None]:
    def read(match: re.Match[str]) -> When | None:
        number = _month(match[month])
        return _day(match[year], number, match[day]) if number else None
    return read


def _month(name: str) -> int | None:
    """Return the number of a month; of the one that is among two words ("Mon January", "شباط/فبراير")."""
    months = _months()
    return next((months[_key(part)] for part in (name, *re.split("[ /]", name)) if _key(part) in months), None)


def _slashed(match: re.Match[str]) -> When | None:
    first, second = int(match[1]), int(match[3])
    if _is_undecided(first, second):
        return None
    return _day(match[4], *((first, match[3]) if second > 12 else (second, match[1])))


def _iso(match: re.Match[str]) -> When:
    day = f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}"
    if not match[5]:
        return When.parse(day)
    return When.parse(f"{day}T{match[5]:0>5}{match[6] or ''}")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], When | None]], ...] = (
    (_ISO, _iso),
    (_DAY_MONTH, _named(3, 2, 1)),
    (_MONTH_DAY, _named(3, 1, 2)),
    (_YEAR_MONTH_DAY, _named(1, 2, 3)),
    (_DOTTED, lambda m: _day(m[3], int(m[2]), m[1])),
    (_SLASHED, _slashed),
    (_CJK, lambda m: _day(m[1], int(m[2]), m[3])),
)

_ZONES = {"z": 0, "utc": 0, "gmt": 0, "wet": 0, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "мск": 3, "trt": 3,
          "tsi": 3, "tsİ": 3, "est": -5, "edt": -4, "pst": -8, "pdt": -7}
_CLOCK = r"(?P<hour>[0-2]?\d)[:.hH](?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)\s?(?P<half>[ap]\.?m\b\.?)?"
_ZONE = r"(?:\s?\(?(?P<zone>Z|(?:UTC|GMT)?\s?[+-]\d\d?(?::?\d\d)?|[A-ZА-Яİ]{3,4})\b\)?)?"
_AFTER = re.compile(
    rf"(?:\s?г(?:ода|\.)?)?[\s,|•·–—/-]{{0,4}}(?:at|um|à|às|a las|klo|kl\.?|saat|в|о|ore|alle|الساعة)?\s?"
    rf"{_CLOCK}(?:\s?(?:Uhr|hrs\.?|uur))?{_ZONE}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\d:.]){_CLOCK}{_ZONE}[\s,|•·–—-]{{0,4}}(?:on\s)?$", re.IGNORECASE)


def _with_time(line: str, found: Found, at: int) -> Found:
    if found.when.time:
        return found
    if (after := _AFTER.match(line, found.end)) and (when := _timed(found.when.day, after)):
        return Found(when, found.start, after.end())
    if (before := _BEFORE.search(line[at:found.start][-40:])) and (when := _timed(found.when.day, before)):
        return Found(when, found.start - len(before[0]), found.end)
    return found


def _timed(day: date, match: re.Match[str]) -> When | None:
    hour, half = int(match["hour"]), (match["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if hour > 23:
        return None
    return When(day, datetime(day.year, day.month, day.day, hour, int(match["minute"]), tzinfo=_zone(match["zone"])))


def _zone(name: str | None) -> timezone | None:
    name = (name or "").casefold().replace(" ", "")
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    offset = re.fullmatch(r"(?:utc|gmt)?([+-])(\d\d?):?(\d\d)?", name)
    if not offset:
        return None
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(span if offset[1] == "+" else -span) if span < timedelta(hours=15) else None


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(name for language in LANGUAGES for _, name in _names(get_day_names, language) if len(name) > 2)


def strip_weekdays(text: str) -> str:
    """Return a text without the names of weekdays."""
    return " ".join(word for word in text.split() if _key(word.strip(",()")) not in _weekdays())
