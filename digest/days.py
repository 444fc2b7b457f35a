"""Which days of the year a text speaks of: what tells when an undated article belongs."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from digest.models import Article
from digest.words import base_language

__all__ = ["Day", "calendar_words", "days_apart", "stated_days"]

_YEAR = 365.25
Day = tuple[int, int]
"""A month and a day of it."""


def stated_days(article: Article) -> frozenset[Day]:
    """Return the days that a text names with their month ("Nov. 7", "7 ноября"), in any year."""
    return _stated(article.text, base_language(article.lang))


@lru_cache(maxsize=4096)
def _stated(text: str, lang: str) -> frozenset[Day]:
    months, pattern = _months(lang)
    found = ((months[(m["before"] or m["after"]).lower()], int(m["last"] or m["first"])) for m in pattern.finditer(text))
    return frozenset((month, day) for month, day in found if 1 <= day <= 31)


@lru_cache(maxsize=64)
def _months(lang: str) -> tuple[Mapping[str, int], re.Pattern[str]]:
    """Return the months' names in a language (CLDR), without full stops, and what finds them beside a day."""
    try:
        names = Locale.parse(lang).months
    except (ValueError, UnknownLocaleError):
        return {}, re.compile(r"(?!)")
    months = {name.rstrip(".").lower(): month for context in ("stand-alone", "format") for width in ("abbreviated", "wide")
              for month, name in names[context][width].items() if not name[0].isdigit()}
    months |= {"sept": 9} if lang == "en" else {}
    either = "|".join(re.escape(name) for name in sorted(months, key=lambda name: (-len(name), name)))
    begins = "".join(re.escape(letter) for letter in sorted({name[0] for name in months}))
    return months, re.compile(rf"(?=[\d{begins}])(?:\b(?P<before>{either})\.?\s?(?P<last>\d{{1,2}})(?!\d)"
                              rf"|(?<!\d)(?P<first>\d{{1,2}})\.?\s(?:de\s)?(?P<after>{either})\b)", re.IGNORECASE)


@lru_cache(maxsize=64)
def calendar_words(lang: str) -> frozenset[str]:
    """Return the names of weekdays and months in a language (CLDR), case folded and without full stops."""
    try:
        locale = Locale.parse(base_language(lang))
    except (ValueError, UnknownLocaleError):
        return frozenset()
    names = [name for calendar in (locale.days, locale.months) for context in ("stand-alone", "format")
             for width in ("abbreviated", "wide") for name in calendar[context][width].values()]
    return frozenset(word for name in names for word in name.casefold().rstrip(".").split())


def days_apart(stated: Iterable[Day], day: date) -> float | None:
    """Return how many days lie between a day and the nearest of those stated, whatever the year; None where none is stated."""
    number = day.timetuple().tm_yday
    gaps = [abs((month - 1) * _YEAR / 12 + of_month - number) for month, of_month in stated]
    return min((min(gap, _YEAR - gap) for gap in gaps), default=None)
