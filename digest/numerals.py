"""Read numbers as languages write them: in figures with their grouping marks, in words, with both, or vaguely."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import inf

from babel import Locale, UnknownLocaleError

from digest.lists import load_lists
from digest.words import split_whole

__all__ = ["BLANKS", "TIGHT", "Numeral", "Tokens", "is_number_word", "number_words", "read_numeral", "tokens_of"]

BLANKS = (" ", "\u00a0", "\u202f")
TIGHT = (*BLANKS, "-", "\u2011", "")
"""What stands between a number and its unit, and between the words of one number."""
_EXACT = 100
"""Smaller numbers are not rounded to tens."""
_GROUP = 3
"""Figures between grouping marks."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a sentence and what stands between them."""

    words: Sequence[str]
    low: Sequence[str]
    """The same in lower case."""
    gaps: Sequence[str]
    """What stands before each word, and after the last."""
    ends: Sequence[int]
    """Where each word ends."""

    def is_figure(self, at: int) -> bool:
        """Return whether a word is a number in figures."""
        return 0 <= at < len(self.low) and self.low[at][0].isdecimal()

    def at(self, place: int) -> str:
        """Return a word in lower case; an empty text beyond the ends."""
        return self.low[place] if 0 <= place < len(self.low) else ""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands."""

    first: int
    """Its first word."""
    last: int
    value: float
    half: float
    """How far off it may be by rounding."""
    vague: tuple[float, float] | None = None
    """From what to what it may be, where it is told vaguely ("hundreds")."""


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The words for numbers in one language; `quantities.yml` tells what each list holds."""

    words: Mapping[str, float]
    scales: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    joiners: frozenset[str]
    point: str
    """What parts a whole number from its decimals (CLDR)."""
    starts: frozenset[str]
    """All words that a number in words may start with."""


@lru_cache(maxsize=64)
def _numbers(lang: str) -> _Numbers:
    block = load_lists("quantities").get(lang, {})
    numbers = {word: float(value) for word, value in block.get("numbers", {}).items()}
    for link in block.get("joined", ()):
        ones = {word: value for word, value in numbers.items() if value < 10} | {"ein": 1.0, "een": 1.0}
        tens = {word: value for word, value in numbers.items() if value >= 20 and value % 10 == 0}
        numbers |= {one + link + ten: low + high for ten, high in tens.items() for one, low in ones.items()}
    scales = {word: float(value) for word, value in block.get("scales", {}).items()}
    vague = {word: (float(low), float(high)) for word, (low, high) in block.get("vague", {}).items()}
    return _Numbers(numbers, scales, vague, frozenset(block.get("and", ())), _point(lang), frozenset([*numbers, *scales, *vague]))


def _point(lang: str) -> str:
    try:
        return str(Locale.parse(lang).number_symbols["latn"]["decimal"])
    except (ValueError, UnknownLocaleError, KeyError):
        return "."


def tokens_of(text: str) -> Tokens:
    """Return the words of a text with what stands between them."""
    parts = split_whole(text)
    return Tokens(parts[1::2], [word.lower() for word in parts[1::2]], parts[::2], list(accumulate(map(len, parts)))[1::2])


@lru_cache(maxsize=64)
def number_words(lang: str) -> frozenset[str]:
    """Return the words of a language, in lower case, that say a number or multiply one."""
    numbers = _numbers(lang)
    return frozenset([*numbers.words, *numbers.scales])


def is_number_word(word: str, lang: str) -> bool:
    """Return whether a word in lower case says a number, or multiplies one."""
    return word in number_words(lang)


def read_numeral(tokens: Tokens, at: int, lang: str) -> Numeral | None:
    """Return the number that starts at a word; None where none does."""
    numbers, word = _numbers(lang), tokens.low[at]
    if not word[0].isdecimal() and word not in numbers.starts:
        return None
    if word in numbers.vague:
        return _vague(tokens, at, numbers)
    if word[0].isdecimal():
        found = _figures(tokens, at, numbers)
    elif word in numbers.words or (len(word) > 2 and numbers.scales.get(word, inf) <= 1000):
        found = _spelled(tokens, at, numbers)
    else:
        return None
    value, half, last = found
    while tokens.at(last + 1) in numbers.scales and tokens.gaps[last + 1] in TIGHT:
        last += 1
        scale = numbers.scales[tokens.low[last]]
        value, half = value * scale, half * scale
    return Numeral(at, last, value, half)


def _vague(tokens: Tokens, at: int, numbers: _Numbers) -> Numeral:
    """Return "hundreds", or "hundreds of thousands"."""
    low, high = numbers.vague[tokens.low[at]]
    if tokens.at(at + 2) in numbers.vague and tokens.gaps[at + 1] == " ":
        more, most = numbers.vague[tokens.low[at + 2]]
        return Numeral(at, at + 2, low * more, 0, (low * more, high * most))
    return Numeral(at, at, low, 0, (low, high))


def _figures(tokens: Tokens, at: int, numbers: _Numbers) -> tuple[float, float, int]:
    """Return value, rounding and last word of a number in figures; blanks may group them."""
    whole, decimals = _digits(tokens.words[at], numbers.point)
    last = at
    while not decimals and numbers.point == "," and len(whole) <= _GROUP * (last - at + 1) and _is_group(tokens, last + 1):
        last += 1
        whole += tokens.words[last]
    value = float(f"{whole}.{decimals or 0}")
    return value, _rounding(value, len(decimals)), last


def _is_group(tokens: Tokens, at: int) -> bool:
    return tokens.is_figure(at) and len(tokens.low[at]) == _GROUP and tokens.low[at].isdecimal() and tokens.gaps[at] in BLANKS


def _digits(word: str, point: str) -> tuple[str, str]:
    """Return the figures of a number before and after its decimal point, in ASCII."""
    plain = ["".join(str(int(c)) for c in piece) for piece in re.split(r"\D", word)]
    marks = [c for c in word if not c.isdecimal()]
    grouped = len(plain[0]) <= _GROUP and all(len(piece) == _GROUP for piece in plain[1:])
    repeated = len(marks) > 1 and len(set(marks)) == 1
    if not marks or (grouped and (repeated or marks[0] != point)):
        return "".join(plain), ""
    return "".join(plain[:-1]), plain[-1]


def _spelled(tokens: Tokens, at: int, numbers: _Numbers) -> tuple[float, float, int]:
    """Return value, rounding and last word of a run of number words: "two hundred and fifty", "forty-two"."""
    total, current, room, last, place = 0.0, 0.0, inf, at, at
    while place < len(tokens.low) and (place == at or tokens.gaps[place] in TIGHT):
        word = tokens.low[place]
        if numbers.words.get(word, inf) < room:
            room = 10 if numbers.words[word] >= 20 else 0
            current += numbers.words[word]
        elif word in numbers.scales:
            total, current = _scaled(total, current, numbers.scales[word])
            room = inf
        elif word not in numbers.joiners or place == at or numbers.words.get(tokens.at(place + 1), inf) >= room:
            break
        last = last if word in numbers.joiners else place
        place += 1
    return total + current, _rounding(total + current, 0), last


def _scaled(total: float, current: float, scale: float) -> tuple[float, float]:
    """Return the sum so far and the number in hand after a word such as "hundred" or "thousand"."""
    return (total, max(current, 1.0) * scale) if scale < 1000 else (total + max(current, 1.0) * scale, 0.0)


def _rounding(value: float, decimals: int) -> float:
    """Return half of a number's last figure that is no zero."""
    if decimals:
        return 0.5 * 10.0 ** -decimals
    size, rest = 1.0, int(value)
    while value >= _EXACT and rest and rest % 10 == 0:
        size, rest = size * 10, rest // 10
    return 0.5 * size
