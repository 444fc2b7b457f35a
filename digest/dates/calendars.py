"""What a language writes dates with: the names of its months and weekdays (CLDR), the words of `dates.yml`, and one pattern for all."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError

from digest.lists import load_lists
from digest.phrases import load_block
from digest.words import base_language

__all__ = ["Calendar", "calendar_of"]

_NEVER = "(?!)"
_LISTS = ("joint", "before", "after", "last", "next", "last_after", "next_after", "since", "bounds_after", "beside", "decades")
_PATTERNS = ("named", "bounds", "past", "future", "aim")
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th|er|re|º|ª|°|ης|η{})?"
_YEAR = r"(?P<{}>\d{{4}})(?![\d\w]|[.,]\d)"
_RANGED = r"(?<![\d.:,/])(?<!\d[ –-])(?<!\d [–-] )"
"""A day right after another one and a dash is the end of a range."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a language writes dates."""

    lang: str
    months: Mapping[str, int]
    """Names, also abbreviated, in lower case and without full stops."""
    weekdays: Mapping[str, int]
    """From Monday, 0; in lower case."""
    relative: Mapping[str, tuple[str, int]]
    """Phrases in lower case: `day`, `week`, `month` or `year`, and how many of these they are from the publication's."""
    numbers: Mapping[str, int]
    short: frozenset[str]
    """Abbreviated names of months: no month when they stand alone."""
    joint: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    last: frozenset[str]
    next: frozenset[str]
    last_after: frozenset[str]
    next_after: frozenset[str]
    since: frozenset[str]
    bounds_after: frozenset[str]
    beside: frozenset[str]
    decades: frozenset[str]
    day_first: bool | None
    """In dates in figures; None where both orders are in use."""
    said: frozenset[str]
    """Words of saying: a day beside one is that of saying."""
    named: re.Pattern[str]
    bounds: re.Pattern[str]
    past: re.Pattern[str]
    future: re.Pattern[str]
    aim: re.Pattern[str]
    pattern: re.Pattern[str]
    """Finds every candidate; the last group closed is its kind."""

    def meaning(self, words: str) -> tuple[str, int] | None:
        """Return the unit and the distance that a phrase of `relative` means."""
        words = " ".join(words.split())
        return self.relative.get(words) or self.relative.get(words[:1].lower() + words[1:])

    def year_of(self, words: str, published: date | None) -> int | None:
        """Return the year that a phrase such as "last year" means; None where it means another unit or the publication is unknown."""
        unit, shift = self.meaning(words) or ("", 0)
        return published.year + shift if published and unit == "year" else None


@lru_cache(maxsize=64)
def calendar_of(lang: str) -> Calendar | None:
    """Return how a language (BCP 47) writes dates; None where CLDR does not know it."""
    base = base_language(lang)
    try:
        locale = Locale.parse(base)
    except (ValueError, UnknownLocaleError):
        return None
    block = load_lists("dates").get(base, {})
    wide, short = _names(locale.months, "wide"), _names(locale.months, "abbreviated")
    further = {name: int(number) for number, names in block.get("months", {}).items() for name in names}
    weekdays = _names(locale.days, "wide") | {name: int(number) for number, names in block.get("weekdays", {}).items() for name in names}
    relative = {phrase: (unit, int(shift)) for unit, shifts in block.get("relative", {}).items()
                for shift, phrases in shifts.items() for phrase in phrases}
    months = short | wide | further
    abbreviated = frozenset(name.lower() for name in short.keys() - wide.keys())
    lists: dict[str, Any] = {name: frozenset(block.get(name, ())) for name in _LISTS}
    lists["joint"] |= {""}
    lists |= {name: _any(block, name) for name in _PATTERNS}
    return Calendar(lang=base, months={name.lower(): month for name, month in months.items()},
                    weekdays={name.lower(): day for name, day in weekdays.items()}, relative=relative,
                    numbers={word: number for number, word in enumerate(block.get("numbers", ()), 1)}, short=abbreviated, **lists,
                    said=frozenset(load_block(base).get("dates", {}).get("said", ())), day_first=_order(locale),
                    pattern=_pattern(locale, block, months, weekdays, relative))


def _names(calendar: Any, width: str) -> dict[str, int]:
    """Return the names in a language without full stops; not those in figures or in another language's letters."""
    return {name.rstrip(".׳॰"): number for context in ("stand-alone", "format") for number, name in calendar[context][width].items()
            if not name[0].isdigit()}


def _any(block: Mapping[str, Any], name: str) -> re.Pattern[str]:
    """Return what finds one of the patterns of a list as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(block.get(name, [_NEVER]))})(?!\w)")


def _order(locale: Locale) -> bool | None:
    """Return whether the day comes first in figures; English has both orders."""
    short = str(locale.date_formats["short"].pattern)
    return None if locale.language == "en" else short.find("d") < short.find("M")


def _pattern(locale: Locale, block: Mapping[str, Any], months: Iterable[str], weekdays: Iterable[str],
             relative: Iterable[str]) -> re.Pattern[str]:
    spoken = load_block(locale.language).get("dates", {})
    days = [word for name in ("today", "yesterday", "tomorrow") for word in spoken.get(name, ())]
    forms = [form for names in spoken.get("weekdays", {}).values() for form in names]
    joint = "".join(rf"|\s{re.escape(word)}\s?" for word in block.get("joint", ()))
    named = f"(?:{block.get('prefix', '')})?(?:{_either(months)})(?:{block.get('suffix', '')})?"
    parts = {
        "iso": r"(?<!\d)(?P<iso_year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?!\d)",
        "figures": r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./-])\s?(?P<two>\d{1,2})(?P=mark)\s?(?P<full>\d{4})(?!\d)",
        "dated": _day_first(named, joint) + _month_first(locale, named),
        "month": rf"(?P<month_alone>{named})(?:\.?,?(?:\s{joint})\s?{_YEAR.format('month_year')})?(?!\w)",
        "ago": _ago(block),
        "relative": rf"(?:{_either(relative)})(?!\w)",
        "spoken": rf"(?:{_either([*weekdays, *forms, *days])})(?!\w)",
        "year": rf"(?<![\d.,:/–-])(?:{block.get('prefix', '')})?{_YEAR.format('year_alone')}(?![–/-]\d)",
    }
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{kind}>{part})" for kind, part in parts.items() if part) + ")")


def _day_first(named: str, joint: str) -> str:
    year = rf"(?:\.?,?(?:\s{joint})\s?{_YEAR.format('first_year')})?"
    return rf"{_RANGED}{_DAY.format('first_day', '|' + chr(92) + '.')}(?:\s?{joint}|\s)\s?(?P<first_month>{named})(?!\w){year}"


def _month_first(locale: Locale, named: str) -> str:
    """Return what finds a month before its day; nothing in languages that never write it so."""
    long = str(locale.date_formats["long"].pattern)
    if long.find("M") > long.find("d") and locale.language != "hi":
        return ""
    day = _DAY.format("last_day", "") + r"(?![\d\w]|[:.]\d|\s?[–-]\s?\d)"
    return rf"|(?P<last_month>{named})\.?\s?{day}(?:,?\s?{_YEAR.format('last_year')})?"


def _ago(block: Mapping[str, Any]) -> str:
    if "ago" not in block:
        return ""
    number = rf"(?P<number>\d{{1,3}}|{_either(block.get('numbers', ()))})"
    return r"\s".join(word if word != "…" else rf"{number}\s(?P<unit>\w+)" for word in block["ago"].split()) + r"(?!\w)"


def _either(names: Iterable[str]) -> str:
    """Return what finds one of these names, the longest first, as it stands within a sentence or at its beginning."""
    forms = {form for name in names for form in (name, name[:1].upper() + name[1:])}
    longest: Sequence[str] = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in longest) or _NEVER
