"""Compare the numbers of a sentence and of its translation: every changed digit shows, and 1,234.50 is 1.234,50."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import product

from babel import Locale, UnknownLocaleError

from digest.lists import load_lists
from digest.numerals import read_numeral, tokens_of
from digest.words import base_language, fold

__all__ = ["digits_differ", "plain_digits"]

_BLANKS = "\u00a0\u202f\u2009"
_RUN = r"\d+(?:[.,]\d+)*"
_SCALES = {"万": 10_000, "萬": 10_000, "만": 10_000, "亿": 100_000_000, "億": 100_000_000, "억": 100_000_000, "लाख": 100_000,
           "करोड़": 10_000_000, "हज़ार": 1000}
"""What multiplies a number in languages that count by other steps than thousands."""
_BY_OTHER_STEPS = ("zh", "ja", "ko", "hi")
_ROMAN = re.compile(r"\b(?=[IVX]{2}|[VX])X{0,3}(?:IX|IV|V?I{0,3})(?<=[IVX])\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_GROUP = 3


def plain_digits(text: str) -> str:
    """Return a text with the digits and separators of all scripts as ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(int(c)) if c.isdecimal() else {"٫": ".", "٬": ",", "’": "'"}.get(c, c) for c in text)


def digits_differ(original: str, translation: str, source: str, target: str) -> bool:
    """Return whether a translation has other numbers than its original.

    Allowed are other separators, Roman numerals, numbers in words, decades without their century, and, where languages count by other
    steps, other multiples; but nothing of that may make up for a digit that is missing on the other side.
    """
    texts = plain_digits(original), plain_digits(translation)
    if not any(c.isdecimal() for text in texts for c in text):
        return False
    return not any(_agree(texts, (source, target), *spaced) for spaced in product((False, True), repeat=2))


def _agree(texts: tuple[str, str], langs: tuple[str, str], *spaced: bool) -> bool:
    scaled = any(base_language(lang) in _BY_OTHER_STEPS for lang in langs)
    one, other = (Counter(_numbers(_multiplied(text, lang) if scaled else text, blanks))
                  for text, lang, blanks in zip(texts, langs, spaced, strict=True))
    lost, new = one - other, other - one
    _pair_decades(lost, new, texts[0])
    _pair_decades(new, lost, texts[1])
    if lost and new:
        return False
    missing, (there, here), (lang, home) = (lost, texts, langs) if lost else (new, texts[::-1], langs[::-1])
    return not missing - _told_otherwise(here, home, there, lang)


def _numbers(text: str, blanks: bool) -> Iterator[str]:
    """Yield the numbers of a text without leading zeros; what stands after a decimal mark is a number of its own."""
    group = rf"[ {_BLANKS}']" if blanks else rf"[{_BLANKS}']"
    for run in re.findall(rf"\d{{1,3}}(?:{group}\d{{3}})+(?!\d)(?:[.,]\d+)?|{_RUN}", text):
        joined = re.sub(group, "", run)
        yield from (part.lstrip("0") or part for part in _parts(joined))


def _parts(run: str) -> list[str]:
    """Return the whole numbers in a run of digits, dots and commas: groups of three belong together."""
    first, *rest = re.split(r"[.,]", run)
    mark = run[len(first):len(first) + 1]
    while rest and len(rest[0]) == _GROUP and run[len(first)] == mark and not first.startswith("0") and len(run.split(mark)[0]) <= _GROUP:
        run = run.replace(mark, "", 1)
        first += rest.pop(0)
    return [first, *rest]


def _multiplied(text: str, lang: str) -> str:
    """Return a text in which numbers stand multiplied by the word after them: 1.2 million is 1200000."""
    scales = _scales(base_language(lang))
    words = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    return re.sub(rf"({_RUN})[ {_BLANKS}]?({words})(?![a-z])", lambda found: _product(found[1], scales[found[2].lower()]), text,
                  flags=re.IGNORECASE)


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


def _in_words(text: str, lang: str) -> Iterator[str]:
    for found in _ROMAN.finditer(text):
        values = [_ROMAN_DIGITS[c] for c in found[0]]
        yield str(sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)))
    tokens, at = tokens_of(text), 0
    while at < len(tokens.low):
        numeral = read_numeral(tokens, at, base_language(lang))
        if numeral and not tokens.is_figure(at) and not numeral.vague:
            yield str(int(numeral.value))
        at = numeral.last + 1 if numeral else at + 1
    folded = {fold(word) for word in tokens.words}
    yield from (number for number, names in _months(base_language(lang)).items() if names & folded)


@lru_cache(maxsize=64)
def _months(lang: str) -> dict[str, frozenset[str]]:
    """Return the names of the months, where they are no numbers with a sign for month."""
    try:
        months = Locale.parse(lang).months
    except (ValueError, UnknownLocaleError):
        return {}
    names = {str(n): {fold(months[form]["wide"][n]) for form in ("format", "stand-alone")} for n in range(1, 13)}
    return {n: frozenset(name for name in found if not any(c.isdecimal() for c in name)) for n, found in names.items()}
