"""The words of the interface, in the language of a page; dates and numbers as that language writes them.

Each catalog is `locale/<language>.yml`: a key and its text, with `{name}` where something is put in and `one:`/`other:`
forms (CLDR plural rules) where a number decides.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from markupsafe import Markup

from digest.escape import escape, visible
from digest.models import When

__all__ = ["Catalog", "direction", "escape_words", "language_name", "load_catalog"]

_FOLDER = Path(__file__).parent / "locale"
_FIELD = re.compile(r"\{(\w+)\}")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?")
_YEARLESS = re.compile(r"--(\d\d)-(\d\d)")
_LEAP = 2000
"""A year that has every day."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The interface in one language."""

    lang: str
    strings: Mapping[str, str | Mapping[str, str]]

    def text(self, key: str, **fields: object) -> Markup:
        """Return a string of the interface with its fields put in, escaped; `n` decides the plural form."""
        string = self.strings[key]
        if not isinstance(string, str):
            string = string.get(_plural_form(self.lang, int(str(fields["n"]))), string["other"])
        parts = _parts(string)
        return parts[0] if len(parts) == 1 else Markup("").join(_shown(fields[part]) if number % 2 else part
                                                                for number, part in enumerate(parts))

    def day(self, day: date) -> str:
        """Return a day in words, such as `18 February 2021`."""
        return _format_day(day, self._pattern("day_pattern"), self.lang)

    def short_day(self, day: date) -> str:
        """Return a day in short, such as `18 Feb 2021`."""
        return _format_day(day, self._pattern("short_day_pattern"), self.lang)

    def partial(self, stated: str) -> str:
        """Return a month, a year or a day without its year in words: `2021-02`, `2021`, `--02-18`.

        Raises:
            ValueError: it is none of these.
        """
        if yearless := _YEARLESS.fullmatch(stated):
            return _format_day(date(_LEAP, int(yearless[1]), int(yearless[2])), self._pattern("yearless_pattern"), self.lang)
        found = _PARTIAL.fullmatch(stated)
        if found is None:
            raise ValueError(f"{stated!r} is neither a month nor a year nor a day without one")
        pattern = self._pattern("month_pattern" if found[2] else "year_pattern")
        return _format_day(date(int(found[1]), int(found[2] or 1), 1), pattern, self.lang)

    def time(self, time: datetime) -> str:
        """Return day and time, with the offset if the source states it: `18 February 2021, 14:05 (UTC+03:00)`."""
        clock = format_time(time, "HH:mm", tzinfo=time.tzinfo, locale=self.lang.replace("-", "_"))
        zone = f"UTC{time.isoformat()[-6:]}" if time.tzinfo else self._pattern("zone_unknown")
        return f"{self.day(time.date())}, {clock} ({zone})"

    def when(self, when: When) -> str:
        """Return a publication day or time in words."""
        return self.time(when.time) if when.time else self.day(when.day)

    def country(self, code: str) -> str:
        """Return a country's name; its code where it has none."""
        return str(Locale.parse(self.lang, sep="-").territories.get(code, code))

    def _pattern(self, key: str) -> str:
        return str(self.strings[key])

    def forms(self) -> Iterator[str]:
        """Yield every string of the interface, in all its plural forms."""
        for string in self.strings.values():
            yield from (string,) if isinstance(string, str) else string.values()


@lru_cache(maxsize=4096)
def _parts(string: str) -> tuple[Markup, ...]:
    """Return a string's words, escaped, and between them the names of its fields."""
    return tuple(Markup(part) if number % 2 else escape_words(part)  # noqa: S704 - a field's name
                 for number, part in enumerate(_FIELD.split(string)))


@lru_cache(maxsize=4096)
def _format_day(day: date, pattern: str, lang: str) -> str:
    return str(format_date(day, format=pattern, locale=lang.replace("-", "_")))


@lru_cache(maxsize=4096)
def _plural_form(lang: str, number: int) -> str:
    return str(Locale.parse(lang, sep="-").plural_form(number))


def _shown(value: object) -> Markup:
    return value if isinstance(value, Markup) else escape(value)


def escape_words(text: str) -> Markup:
    """Escape a piece of a text and keep a blank at each end that has one, also where something invisible stands beside it."""
    shown = visible(f"x{text}x")[1:-1]
    head, tail = " " if shown[:1] == " " else "", " " if shown[-1:] == " " and shown != " " else ""
    return Markup(head) + escape(shown) + Markup(tail)  # noqa: S704 - blanks


@cache
def load_catalog(lang: str) -> Catalog:
    """Return the interface in a language, or in English where that language has no catalog."""
    names = (lang, lang.partition("-")[0], "en")
    name = next(name for name in names if (_FOLDER / f"{name}.yml").exists())
    return Catalog(name, yaml.safe_load((_FOLDER / f"{name}.yml").read_text("utf-8")))


def direction(lang: str) -> str:
    """Return `rtl` or `ltr` for a language."""
    try:
        return str(Locale.parse(lang, sep="-").text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"


def language_name(lang: str, shown_in: str) -> str:
    """Return a language's name in another language; its code where it has none."""
    try:
        return str(Locale.parse(lang, sep="-").get_display_name(Locale.parse(shown_in, sep="-")) or lang)
    except (ValueError, UnknownLocaleError):
        return lang
