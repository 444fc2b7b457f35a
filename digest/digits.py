"""Compare the numbers of a sentence and of its translation: every changed digit shows, and 1,234.50 is 1.234,50."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from digest.lists import load_lists
from digest.measures import convert_measures, keeps_number_not_unit
from digest.numerals import read_numeral, tokens_of
from digest.words import base_language, fold

__all__ = ["digits_differ", "plain_digits"]

_BLANKS = "\u00a0\u202f\u2009"
_DIGIT = re.compile(r"[^\D0-9]")
_MARKS = str.maketrans({"٫": ".", "٬": ",", "’": "'"})
_RUN = r"\d+(?:[.,]\d+)*"
_SPACED, _TIGHT = (re.compile(rf"\d{{1,3}}(?:[{blanks}']\d{{3}})+(?!\d)(?:[.,]\d+)?|{_RUN}") for blanks in (f" {_BLANKS}", _BLANKS))
"""Numbers, with groups parted by any blanks or only by those that part nothing else."""
_BLANK = re.compile(f"[ {_BLANKS}']")
_SCALES = {"万": 10_000, "萬": 10_000, "만": 10_000, "亿": 100_000_000, "億": 100_000_000, "억": 100_000_000, "लाख": 100_000,
           "करोड़": 10_000_000, "हज़ार": 1000}
"""What multiplies a number in languages that count by other steps than thousands."""
_NO_BLANKS = ("zh", "ja", "ko")
"""Languages in which more letters may follow such a word."""
_ROMAN = re.compile(r"\b(?=[IVX]{2}|[VX])X{0,3}(?:IX|IV|V?I{0,3})(?<=[IVX])\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_GROUP = 3


def plain_digits(text: str) -> str:
    """Return a text with the digits and separators of all scripts as ASCII ones."""
    if text.isascii():
        return text
    return _DIGIT.sub(lambda found: str(int(found[0])), text).translate(_MARKS)


def digits_differ(original: str, translation: str, source: str, target: str) -> bool:
    """Return whether a translation has other numbers than its original.

    Allowed are other separators, multiples in figures or words (200 billion, 200.000 millones), the clock of 24 hours, Roman numerals,
    numbers in words, decades without their century, and converted measures; each only where its value is the same, so that no changed
    digit is taken for one.
    """
    langs = source, target
    texts = plain_digits(original), plain_digits(translation)
    if not any(c.isdecimal() for text in texts for c in text):
        return False
    if keeps_number_not_unit(texts, langs):
        return True
    multiplied = all(_multiplied(text, lang) != text for text, lang in zip(texts, langs, strict=True))
    if not multiplied and sorted(_numbers(texts[0], blanks=False)) == sorted(_numbers(texts[1], blanks=False)):
        return False
    texts = convert_measures(texts, langs)
    readings = [dict.fromkeys(_readings(text, lang)) for text, lang in zip(texts, langs, strict=True)]
    pairs = {(one.numbers, other.numbers): None for one, other in product(*readings)
             if one.way == other.way and (one.way.scaled or not multiplied)}
    return not any(numbers == others for numbers, others in pairs) and not any(
        _agree(Counter(numbers), Counter(others), texts, langs) for numbers, others in pairs)


class _Way(NamedTuple):
    """How numbers are read, the same on both sides."""

    scaled: bool
    """Whether multiples are carried out."""
    clock: bool
    """Whether hours are those of a clock of 24."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The numbers of a text, sorted, as one may read them."""

    way: _Way
    numbers: tuple[str, ...]


def _readings(text: str, lang: str) -> Iterator[_Reading]:
    for scaled, clock in product((False, True), repeat=2):
        read = _around_the_clock(text) if clock else text
        read = _multiplied(read, lang) if scaled else read
        yield from (_Reading(_Way(scaled, clock), tuple(sorted(_numbers(read, blanks)))) for blanks in (False, True))


def _agree(one: Counter[str], other: Counter[str], texts: tuple[str, str], langs: tuple[str, str]) -> bool:
    """Return whether what differs between the numbers of two texts is told otherwise."""
    lost, new = one - other, other - one
    _pair_decades(lost, new, texts[0])
    _pair_decades(new, lost, texts[1])
    if lost and new:
        return False
    missing, (there, here), (lang, home) = (lost, texts, langs) if lost else (new, texts[::-1], langs[::-1])
    return not missing - _told_otherwise(here, home, there, lang)


def _around_the_clock(text: str) -> str:
    """Return a text whose full hours are numbers from 0 to 23: 3 p.m. and 15:00 are 15."""
    text = re.sub(r"(?<![\d.,:])(1[0-2]|0?[1-9])(?=(?:[:.][0-5]\d)?[ \u00a0]?([ap])\.?[ \u00a0]?m\b)",
                  lambda found: str(int(found[1]) % 12 + (12 if found[2] in "pP" else 0)), text, flags=re.IGNORECASE)
    return re.sub(r"(?<![\d.,:])([01]?\d|2[0-3])[:.]00(?![\d:])", r"\1", text)


def _numbers(text: str, blanks: bool) -> Iterator[str]:
    """Yield the numbers of a text without leading zeros; what stands after a decimal mark is a number of its own."""
    for run in (_SPACED if blanks else _TIGHT).findall(text):
        yield from (part.lstrip("0") or part for part in _parts(_BLANK.sub("", run)))


def _parts(run: str) -> list[str]:
    """Return the whole numbers in a run of digits, dots and commas: groups of three belong together."""
    first, *rest = re.split(r"[.,]", run)
    marks = [c for c in run if not c.isdecimal()]
    grouped = 0 if len(first) > _GROUP or first.startswith("0") else next(
        (at for at, part in enumerate(rest) if len(part) != _GROUP or marks[at] != marks[0]), len(rest))
    return ["".join([first, *rest[:grouped]]), *rest[grouped:]]


def _multiplied(text: str, lang: str) -> str:
    """Return a text in which numbers stand multiplied by the words after them: 1.2 million is 1200000, 200 mil millones 200000000000."""
    scales, (pattern, word) = _scales(base_language(lang)), _scaling(base_language(lang))
    return pattern.sub(lambda found: _product(found[1], prod(scales[name.lower()] for name in word.findall(found[2]))), text)


@lru_cache(maxsize=64)
def _scaling(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for a number and the words that multiply it, and one for such a word."""
    words = "|".join(sorted(map(re.escape, _scales(lang)), key=len, reverse=True))
    word = rf"(?:{words})(?![^\W\d_])" if lang not in _NO_BLANKS else f"(?:{words})"
    return re.compile(rf"({_RUN})((?:[ {_BLANKS}]?{word})+)", re.IGNORECASE), re.compile(word, re.IGNORECASE)


@lru_cache(maxsize=64)
def _scales(lang: str) -> dict[str, int]:
    return {word: int(float(value)) for word, value in load_lists("quantities").get(lang, {}).get("scales", {}).items()} | _SCALES


def _product(digits: str, scale: int) -> str:
    whole, *rest = _parts(digits)
    value = Decimal(f"{whole}.{rest[0] if rest else 0}") * scale
    return f"{value.normalize():f}" if len(rest) < 2 else digits


def _pair_decades(lost: Counter[str], new: Counter[str], text: str) -> None:
    """Strike decades that one side tells without the century: 1930s, años 30."""
    for year in [number for number in lost if re.search(rf"(?<!\d){number}['’-]?[^\W\d_]", text) and re.fullmatch(r"[12]\d\d0", number)]:
        both = min(lost[year], new[year[2:]])
        lost[year] -= both
        new[year[2:]] -= both
    for counter in (lost, new):
        for number in [number for number, count in counter.items() if count <= 0]:
            del counter[number]


def _told_otherwise(text: str, lang: str, other: str, other_lang: str) -> Counter[str]:
    """Return the numbers that a text tells in words, Roman numerals or names of months, and the other does not tell so too."""
    return Counter(_in_words(text, lang)) - Counter(_in_words(other, other_lang))


@lru_cache(maxsize=16)
def _in_words(text: str, lang: str) -> tuple[str, ...]:
    """Return the numbers of a text in Roman numerals, in words, and as names of months."""
    return *_romans(text), *_spelled(text, base_language(lang)), *_named_months(text, base_language(lang))


def _romans(text: str) -> Iterator[str]:
    for found in _ROMAN.finditer(text):
        values = [_ROMAN_DIGITS[c] for c in found[0]]
        yield str(sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)))


def _spelled(text: str, lang: str) -> Iterator[str]:
    tokens, at = tokens_of(text), 0
    while at < len(tokens.low):
        numeral = read_numeral(tokens, at, lang)
        if numeral and not tokens.is_figure(at) and not numeral.vague:
            yield str(int(numeral.value))
        at = numeral.last + 1 if numeral else at + 1


def _named_months(text: str, lang: str) -> Iterator[str]:
    folded = set(fold(text).split())
    yield from (number for number, names in _months(lang).items() if names & folded)


@lru_cache(maxsize=64)
def _months(lang: str) -> dict[str, frozenset[str]]:
    """Return the names of the months, where they are no numbers with a sign for month."""
    try:
        months = Locale.parse(lang).months
    except (ValueError, UnknownLocaleError):
        return {}
    names = {str(n): {fold(months[form]["wide"][n]) for form in ("format", "stand-alone")} for n in range(1, 13)}
    return {n: frozenset(name for name in found if not any(c.isdecimal() for c in name)) for n, found in names.items()}
