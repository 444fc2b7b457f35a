"""The words of the interface, in the language of a page; dates, numbers and lists as that language writes them.

`locale/en.yml` has the English words: a key and its text, with `{name}` where something is put in and `one:`/`other:` forms where a
number decides. The other languages are gettext catalogs, `locale/<language>/LC_MESSAGES/digest.mo`, of which `messages` keeps the sources.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol
from markupsafe import Markup

from digest.escape import escape, visible
from digest.models import When
from digest.plurals import plural_samples, plural_tag

__all__ = ["LOCALES", "Catalog", "String", "direction", "escape_words", "language_name", "load_catalog", "locale_code"]

LOCALES = Path(__file__).parent / "locale"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FIELD = re.compile(r"\{(\w+)\}")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?")
_YEARLESS = re.compile(r"--(\d\d)-(\d\d)")
_UNBROKEN = re.compile("([\xa0\u202f])")
"""Blanks at which no line breaks, as before a French colon or within a number."""
_LEAP = 2000
"""A year that has every day."""
_ORDERED_AS = {"en": "en-GB"}
"""Whose order of day, month and year a language follows."""
_ZEROS = {"arab": "\u0660", "arabext": "\u06f0"}
"""The digits of a language that does not write ours: its zero, after which the others come."""

String = str | Mapping[str, str]
"""A string of the interface; where a number decides, its forms by their CLDR names."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The interface in one language."""

    lang: str
    strings: Mapping[str, String]

    def text(self, key: str, **fields: object) -> Markup:
        """Return a string of the interface with its fields put in, escaped; `n` decides the plural form."""
        if "n" in fields:
            fields["n"] = int(str(fields["n"]))
        string = self.strings[key]
        if not isinstance(string, str):
            string = string[plural_tag(self.lang, int(str(fields["n"])))]
        parts = _parts(string)
        return parts[0] if len(parts) == 1 else Markup("").join(self._shown(fields[part]) if number % 2 else part
                                                                for number, part in enumerate(parts))

    def _shown(self, value: object) -> Markup:
        if isinstance(value, Markup):
            return value
        return _unbroken(self.number(value)) if isinstance(value, int | Decimal) else escape(value)

    def number(self, value: int | Decimal) -> str:
        """Return a number in figures, with as many decimals as it has: `1,234`, `0.50`."""
        return _format_number(str(value), self.lang)

    def separators(self) -> frozenset[str]:
        """Return what may stand between the figures of a number."""
        locale = _locale(self.lang)
        return frozenset({get_group_symbol(locale, numbering_system="default"), get_decimal_symbol(locale, numbering_system="default")})

    def joint(self) -> str:
        """Return what stands between the members of an enumeration: a comma where CLDR has a word that clings to the next one."""
        pattern: str = _locale(self.lang).list_patterns["standard"]["middle"]
        joint = pattern.removeprefix("{0}").removesuffix("{1}")
        return "، " if any(map(str.isalpha, joint)) else joint

    def join(self, pieces: Iterable[Markup]) -> Markup:
        """Return an enumeration: `a, b, c`, without a word before the last, since more could follow."""
        return Markup(self.joint()).join(pieces)  # noqa: S704 - CLDR's

    def day(self, day: date) -> str:
        """Return a day in words, such as `18 February 2021`."""
        return _format_day(day, "long", self.lang)

    def short_day(self, day: date) -> str:
        """Return a day in short, its month in letters, such as `18 Feb 2021`."""
        return _format_day(day, "yMMMd", self.lang)

    def partial(self, stated: str) -> str:
        """Return a month, a year or a day without its year in words: `2021-02`, `2021`, `--02-18`.

        Raises:
            ValueError: it is none of these.
        """
        if yearless := _YEARLESS.fullmatch(stated):
            return _format_day(date(_LEAP, int(yearless[1]), int(yearless[2])), "MMMMd", self.lang)
        found = _PARTIAL.fullmatch(stated)
        if found is None:
            raise ValueError(f"{stated!r} is neither a month nor a year nor a day without one")
        return _format_day(date(int(found[1]), int(found[2] or 1), 1), "yMMMM" if found[2] else "y", self.lang)

    def time(self, time: datetime) -> str:
        """Return day and time, with the offset if the source states it: `18 February 2021, 14:05 (UTC+03:00)`."""
        locale = _locale(self.lang)
        clock = _digits(format_time(time, "HH:mm", tzinfo=time.tzinfo, locale=locale), locale)
        zone = f"UTC{time.isoformat()[-6:]}" if time.tzinfo else self.strings["zone_unknown"]
        both = str(locale.datetime_formats["medium"]).replace("'", "").format(clock, self.day(time.date()))
        return f"{' '.join(both.split())} ({zone})"

    def when(self, when: When) -> str:
        """Return a publication day or time in words."""
        return self.time(when.time) if when.time else self.day(when.day)

    def country(self, code: str) -> str:
        """Return a country's name; its code where it has none."""
        return str(_locale(self.lang).territories.get(code, code))

    def forms(self, without: Collection[str] = ()) -> Iterator[str]:
        """Yield every string of the interface, in all its plural forms, but those `without` which it is asked for."""
        for key, string in self.strings.items():
            if key not in without:
                yield from (string,) if isinstance(string, str) else string.values()


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang, sep="-")


@lru_cache(maxsize=4096)
def _parts(string: str) -> tuple[Markup, ...]:
    """Return a string's words, escaped, and between them the names of its fields."""
    return tuple(Markup(part) if number % 2 else _unbroken(part)  # noqa: S704 - a field's name
                 for number, part in enumerate(_FIELD.split(string)))


def _unbroken(text: str) -> Markup:
    """Escape words of the interface and keep the blanks at which no line may break."""
    return Markup("").join(Markup(part) if number % 2 else escape_words(part)  # noqa: S704 - a blank
                           for number, part in enumerate(_UNBROKEN.split(text)))


@lru_cache(maxsize=4096)
def _format_day(day: date, form: str, lang: str) -> str:
    """Return a day as CLDR's pattern of a length (`long`) or with these parts (`yMMMM`) has it."""
    order = _locale(_ORDERED_AS.get(lang, lang))
    pattern = order.date_formats[form] if form in order.date_formats else order.datetime_skeletons[form]
    return " ".join(_digits(format_date(day, pattern, locale=_locale(lang)), _locale(lang)).split())


@lru_cache(maxsize=4096)
def _format_number(value: str, lang: str) -> str:
    locale, (whole, _, rest) = _locale(lang), value.partition(".")
    point = get_decimal_symbol(locale, numbering_system="default") if rest else ""
    return _digits(f"{format_decimal(int(whole), locale=locale, numbering_system='default')}{point}{rest}", locale)


def _digits(text: str, locale: Locale) -> str:
    zero = _ZEROS.get(locale.default_numbering_system)
    return text.translate({ord("0") + digit: ord(zero) + digit for digit in range(10)}) if zero else text


def escape_words(text: str) -> Markup:
    """Escape a piece of a text and keep a blank at each end that has one, also where something invisible stands beside it."""
    shown = visible(f"x{text}x")[1:-1]
    head, tail = " " if shown[:1] == " " else "", " " if shown[-1:] == " " and shown != " " else ""
    return Markup(head) + escape(shown) + Markup(tail)  # noqa: S704 - blanks


@cache
def load_catalog(lang: str) -> Catalog:
    """Return the interface in a language, or in English where that language has no catalog.

    `zh-Hant-TW` is served by the catalog of `zh-Hant-TW`, else by that of `zh-Hant`, else by that of `zh` (RFC 4647, lookup).
    """
    subtags = lang.split("-")
    names = ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]
    name = next((name for name in names if _compiled(name).is_file()), "en")
    return Catalog(name, _translated(name) if name != "en" else _english())


def _compiled(lang: str) -> Path:
    return LOCALES / lang.replace("-", "_") / "LC_MESSAGES" / "digest.mo"


@cache
def _english() -> Mapping[str, String]:
    strings: Mapping[str, String] = yaml.load((LOCALES / "en.yml").read_text("utf-8"), Loader=_LOADER)  # noqa: S506  it makes texts only
    return strings


def _translated(lang: str) -> Mapping[str, String]:
    """Return the strings as a compiled catalog has them; in English where it has none."""
    with _compiled(lang).open("rb") as file:
        words = GNUTranslations(file)
    samples = plural_samples(lang)
    return {key: words.pgettext(key, english) if isinstance(english, str) else
            {tag: words.npgettext(key, english["one"], english["other"], number) for tag, number in samples.items()}
            for key, english in _english().items()}


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


@cache
def locale_code(lang: str) -> str:
    """Return a language with a country, as Open Graph wants it: `tr_TR`; the one that CLDR holds for likely where none is named."""
    named = Locale.parse(lang, sep="-")
    likely = Locale.parse(get_global("likely_subtags").get(str(named), str(named)))
    territory = named.territory or likely.territory or ""
    return f"{named.language}_{territory}" if territory.isalpha() else named.language
