"""Read the quantities of a sentence: numbers in figures and words, how exact they are, and what they measure or count."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import inf
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError

from digest.days import calendar_words
from digest.terms import function_words
from digest.words import base_language, split, stems, words

__all__ = ["Quantity", "are_comparable", "are_compatible", "find_quantities"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FILE = Path(__file__).with_name("quantities.yml")
_SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "yen", "₽": "rub", "₺": "try", "₴": "uah", "₹": "inr"}
_SIZES = {"second": ("day", 1 / 86400), "minute": ("day", 1 / 1440), "hour": ("day", 1 / 24), "day": ("day", 1), "week": ("day", 7),
          "month": ("day", 30.44), "year": ("day", 365.25), "meter": ("meter", 1), "kilometer": ("meter", 1000), "mile": ("meter", 1609.344),
          "foot": ("meter", 0.3048), "kilogram": ("kilogram", 1), "ton": ("kilogram", 1000)}
"""Units that measure the same, in the one they are compared in."""
_ROUGH = 0.1
"""A number that is said to be a rough one may be off by this part of itself."""
_EXACT = 100
"""Smaller numbers are not rounded to tens."""
_LONGEST = 3
"""Words of the longest unit or modifier."""
_RUN = 3
"""Words after a number among which what is counted stands."""
_AFTER, _BEFORE = 6, 3
"""Words after and before a number among which what happened to those counted stands."""
_NEAR = 5
"""Words on each side that tell what a measure is of."""
_OLDEST = 110
_MONTH_DAYS = 31
_YEARS = range(1000, 2200)
"""Bare numbers that may be years."""
_BLANKS = (" ", "\u00a0", "\u202f")
_TIGHT = (*_BLANKS, "-", "\u2011", "")
"""What stands between a number and its unit."""
_JOINED = (*_TIGHT, "'", "’")
_CLAUSE = re.compile(r"[^\s\-\u2011'’]")
"""What ends the words around a number that belong to it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence, with what it says."""

    start: int
    """Where its words start in the text, with "nearly" and its like."""
    end: int
    """Where they end, with the unit."""
    value: float
    low: float
    """It may be as little as this, in the unit that it is compared in."""
    high: float
    unit: str
    """What it measures, such as `day`, `percent` or `usd`; empty where it counts things."""
    kind: str
    """What happened to those that are counted, such as `death`; empty where nothing tells."""
    heads: frozenset[str]
    """Stems of the words that name what is counted."""
    near: frozenset[str]
    """Stems of the words around it."""
    grows: bool = False
    """Whether such a count grows while an event is being reported."""
    exact: bool = True
    """Whether nothing makes it a rough one, or an upper or lower limit."""

    @property
    def shown(self) -> str:
        """The number and its unit, for data."""
        return f"{self.value:.10g} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lists of one language; `quantities.yml` tells what each holds."""

    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    joiners: frozenset[str]
    modifiers: Mapping[tuple[str, ...], str]
    units: Mapping[tuple[str, ...], str]
    leading: Mapping[tuple[str, ...], str]
    counts: Mapping[tuple[str, ...], str]
    clock: frozenset[tuple[str, ...]]
    growing: frozenset[str]
    people: frozenset[str]
    others: frozenset[str]
    known: frozenset[str]
    part: frozenset[str]
    point: str
    """What parts a whole number from its decimals."""
    capitals: bool
    """Whether nouns begin with a capital."""


@lru_cache(maxsize=1)
def _blocks() -> dict[str, dict[str, Any]]:
    blocks: dict[str, dict[str, Any]] = yaml.load(_FILE.read_text("utf-8"), Loader=_LOADER)  # noqa: S506  it makes texts only
    return blocks


def _phrases(named: Mapping[str, Sequence[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(words(phrase)): name for name, lines in named.items() for phrase in lines}


@lru_cache(maxsize=64)
def _lexicon(lang: str) -> _Lexicon:
    block = _blocks().get(lang, {})
    numbers = {word: float(value) for word, value in block.get("numbers", {}).items()}
    if joined := block.get("joined"):
        tens = {word: value for word, value in numbers.items() if value >= 20}
        ones = {"ein": 1.0, "een": 1.0} | {word: value for word, value in numbers.items() if value < 10}
        numbers |= {one + link + ten: a + b for ten, b in tens.items() for one, a in ones.items() for link in (joined, "ën")}
    return _Lexicon(
        numbers, {word: float(value) for word, value in block.get("scales", {}).items()},
        {word: (float(low), float(high)) for word, (low, high) in block.get("vague", {}).items()}, frozenset(block.get("and", ())),
        _phrases({name: block.get(name, ()) for name in ("about", "below", "above")}), _phrases(block.get("units", {})),
        _phrases(block.get("leading", {})), _phrases(block.get("counts", {})), frozenset(_phrases({"": block.get("clock", ())})),
        *(frozenset(block.get(name, ())) for name in ("growing", "people", "others", "known", "part")), _point(lang), lang == "de")


def _point(lang: str) -> str:
    try:
        return str(Locale.parse(lang).number_symbols["latn"]["decimal"])
    except (ValueError, UnknownLocaleError, KeyError):
        return "."


@lru_cache(maxsize=20_000)
def find_quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence in their order; no dates, times, scores, ordinals and numbers of names.

    A number that is one of several ("two others", "the two", "two of them") is left out too.
    """
    lexicon = _lexicon(base_language(lang))
    if not lexicon.units and not any(c.isdecimal() for c in text):
        return ()
    return tuple(_Reader(text, base_language(lang), lexicon).read())


class _Number:
    """A number as it stands: the words it takes, its value and how far off it may be."""

    __slots__ = ("first", "half", "last", "value", "vague")

    def __init__(self, first: int, last: int, value: float, half: float, vague: tuple[float, float] | None = None) -> None:
        self.first, self.last, self.value, self.half, self.vague = first, last, value, half, vague


class _Reader:
    """Reads one sentence, word by word."""

    def __init__(self, text: str, lang: str, lexicon: _Lexicon) -> None:
        parts = split(text)
        self._lang, self._lexicon = lang, lexicon
        self._words, self._gaps = parts[1::2], parts[::2]
        self._low = [word.lower() for word in self._words]
        self._ends = list(accumulate(map(len, parts)))[1::2]

    def read(self) -> Iterator[Quantity]:
        at = 0
        while at < len(self._words):
            number = self._number(at)
            if number is None:
                at += 1
                continue
            found = self._quantity(number)
            if found is not None:
                yield found
            at = number.last + 1

    # numbers

    def _number(self, at: int) -> _Number | None:
        """Return the number that starts at a word."""
        word = self._low[at]
        if word in self._lexicon.vague:
            return self._vague(at)
        if word[0].isdecimal():
            value, half, last = self._figures(at)
        elif word in self._lexicon.numbers or (word in self._lexicon.scales and self._lexicon.scales[word] <= 1000 and len(word) > 2):
            value, half, last = self._spelled(at)
        else:
            return None
        while last + 1 < len(self._low) and self._gaps[last + 1] in _TIGHT and self._low[last + 1] in self._lexicon.scales:
            last += 1
            value, half = value * self._lexicon.scales[self._low[last]], half * self._lexicon.scales[self._low[last]]
        return _Number(at, last, value, half)

    def _vague(self, at: int) -> _Number:
        """Return "hundreds", "hundreds of thousands"."""
        low, high = self._lexicon.vague[self._low[at]]
        last = at
        if at + 2 < len(self._low) and self._low[at + 2] in self._lexicon.vague and self._gaps[at + 1] == " ":
            last, (more, most) = at + 2, self._lexicon.vague[self._low[at + 2]]
            low, high = low * more, high * most
        return _Number(at, last, low, 0, (low, high))

    def _figures(self, at: int) -> tuple[float, float, int]:
        whole, decimals = _digits(self._words[at], self._lexicon.point)
        last = at
        while not decimals and len(whole) <= 3 + 3 * (last - at) and self._continues(last):
            last += 1
            whole += _digits(self._words[last], self._lexicon.point)[0]
        value = float(f"{whole}.{decimals or 0}")
        return value, _half(value, len(decimals)), last

    def _continues(self, at: int) -> bool:
        """Return whether three more figures follow after a blank, as many languages group them."""
        following = self._words[at + 1:at + 2]
        return bool(following) and self._gaps[at + 1] in _BLANKS and self._lexicon.point == "," and len(following[0]) == 3 \
            and following[0].isdecimal()

    def _spelled(self, at: int) -> tuple[float, float, int]:
        """Return what a run of number words says: "two hundred and fifty", "forty-two"."""
        lexicon, total, current, last, smallest = self._lexicon, 0.0, 0.0, at, inf
        position = at
        while position < len(self._low) and (position == at or self._gaps[position] in _TIGHT):
            word = self._low[position]
            if word in lexicon.numbers and lexicon.numbers[word] < smallest:
                smallest = 10 if lexicon.numbers[word] >= 20 else 0
                current += lexicon.numbers[word]
            elif word in lexicon.scales:
                total, current = _scaled(total, current, lexicon.scales[word])
                smallest = inf
            elif not (word in lexicon.joiners and position > at and self._follows(position + 1, smallest)):
                break
            last = position if word not in lexicon.joiners else last
            position += 1
        value = total + current
        return value, _half(value, 0), last

    def _follows(self, at: int, smallest: float) -> bool:
        return at < len(self._low) and self._lexicon.numbers.get(self._low[at], inf) < smallest and smallest != 0

    # what they say

    def _quantity(self, number: _Number) -> Quantity | None:
        if self._is_none(number):
            return None
        first, rough = self._modified(number.first)
        unit, last, signs = self._unit(number)
        if not unit and self._is_other(number, first):
            return None
        if self._beside(first, last, self._lexicon.others):
            return None
        kind, heads = ("", frozenset[str]()) if unit else self._counted(number, first)
        if kind is None or not (unit or kind or heads):
            return None
        base, size = _SIZES.get(unit, (unit, 1.0))
        low, high = _range(number, rough)
        start, end = self._ends[first] - len(self._words[first]) - signs[0], self._ends[last] + signs[1]
        return Quantity(start, end, number.value, low * size, high * size, unit, kind, heads, self._near(first, last),
                        kind in self._lexicon.growing, number.vague is None and not rough)

    def _is_none(self, number: _Number) -> bool:
        """Return whether a number is part of a date, a time, a score, an ordinal or a name."""
        before, after = self._gaps[number.first], self._gaps[number.last + 1]
        following = self._low[number.last + 1:number.last + 2]
        if following and after == "" and not self._measures(number.last + 1):
            return True
        if before[-1:] in (":", "/", "#", "№", "_", ".") or after[:1] in (":", "/", "_") and following:
            return True
        if _is_figure(self._low, number.last + 1) and after.strip() in ("-", "–", "—", ":") or _is_figure(self._low, number.first - 1) \
                and before.strip() in ("-", "–", "—", ":"):
            return True
        return self._is_date(number) or self._matches(number.last + 1, self._lexicon.clock)

    def _measures(self, at: int) -> bool:
        return self._low[at] in self._lexicon.scales or (self._low[at],) in self._lexicon.units

    def _is_date(self, number: _Number) -> bool:
        calendar = calendar_words(self._lang)
        sides = (*self._low[max(0, number.first - 1):number.first], *self._low[number.last + 1:number.last + 3])
        word = self._words[number.first]
        year = len(word) == 4 and word.isdecimal() and number.value in _YEARS and not self._measures_next(number)
        return year or (number.value <= _MONTH_DAYS and any(side in calendar or side == "sept" for side in sides))

    def _measures_next(self, number: _Number) -> bool:
        return number.last + 1 < len(self._low) and self._measures(number.last + 1)

    def _modified(self, first: int) -> tuple[int, str]:
        """Return where "nearly" and its like before a number start, and what they make of it."""
        for length in range(_LONGEST, 0, -1):
            if first >= length and all(gap in _TIGHT for gap in self._gaps[first - length + 1:first]) and not _CLAUSE.search(
                    self._gaps[first].rstrip("$€£¥₽₺₴₹")):
                name = self._lexicon.modifiers.get(tuple(self._low[first - length:first]))
                if name:
                    return first - length, name
        return first, ""

    def _unit(self, number: _Number) -> tuple[str, int, tuple[int, int]]:
        """Return what a number measures, its last word, and how many characters of signs belong to it on both sides."""
        before, after = self._gaps[number.first], self._gaps[number.last + 1]
        if before[-1:] in _SIGNS:
            return _SIGNS[before[-1]], number.last, (1 if self._modified(number.first)[0] == number.first else 0, 0)
        stripped = after.lstrip("".join(_BLANKS))
        if stripped[:1] in _SIGNS or stripped[:1] in ("%", "٪"):
            return _SIGNS.get(stripped[0], "percent"), number.last, (0, len(after) - len(stripped) + 1)
        linked = number.last + 1 < len(self._low) and self._low[number.last] in self._lexicon.scales \
            and self._low[number.last + 1] in self._lexicon.part
        for length in range(_LONGEST, 0, -1):
            tail = range(number.last + 1 + linked, number.last + 1 + linked + length)
            if tail[-1] < len(self._low) and all(self._gaps[at] in _JOINED for at in tail):
                name = self._lexicon.units.get(tuple(self._low[at] for at in tail))
                if name:
                    return name, tail[-1], (0, 0)
        return self._leading(number), number.last, (0, 0)

    def _leading(self, number: _Number) -> str:
        for length in range(_LONGEST, 0, -1):
            if number.first >= length and self._gaps[number.first] in _TIGHT:
                name = self._lexicon.leading.get(tuple(self._low[number.first - length:number.first]))
                if name:
                    return name
        return "age" if self._is_age(number) else ""

    def _is_age(self, number: _Number) -> bool:
        """Return whether a number stands after a name as ages do: "Velt, 44," or "Velt (44)"."""
        sides = self._gaps[number.first] + self._gaps[number.last + 1][:1]
        return number.first > 0 and self._words[number.first - 1][0].isupper() and sides in (", ,", " ()", ", .") \
            and number.value <= _OLDEST and self._words[number.first].isdecimal()

    def _is_other(self, number: _Number, first: int) -> bool:
        """Return whether a count is of some of more, of those known, or a part of a name."""
        lexicon, words = self._lexicon, self._words
        if self._low[number.last + 1:number.last + 2] and self._low[number.last + 1] in lexicon.part and not number.vague:
            return True
        if first and self._low[first - 1] in lexicon.known:
            return True
        named = first == number.first and first > 1 and words[first - 1][0].isupper() and self._gaps[first] in (" ", "-") and words[first][0].isdecimal()
        titled = not lexicon.capitals and number.last + 1 < len(words) and words[number.last + 1][0].isupper() and self._gaps[number.last + 1] in _TIGHT
        return named or titled or (first > 0 and self._gaps[first] == "-")

    def _beside(self, first: int, last: int, listed: frozenset[str]) -> bool:
        return bool(first and self._low[first - 1] in listed) or bool(self._low[last + 1:last + 2] and self._low[last + 1] in listed)

    def _counted(self, number: _Number, first: int) -> tuple[str | None, frozenset[str]]:
        """Return what happened to those counted (None where two things compete) and the stems that name them."""
        after = self._window(range(number.last + 1, min(len(self._low), number.last + 1 + _AFTER)), self._gaps, 0)
        before = self._window(range(first - 1, max(-1, first - 1 - _BEFORE), -1), self._gaps, 1)
        kinds = {kind for kind in (self._kind(after), self._kind(before)) if kind}
        heads = frozenset(stem for at in self._run(number, after) for stem in stems(self._low[at], self._lang))
        return (None if len(kinds) > 1 else next(iter(kinds), "")), heads

    def _window(self, places: range, gaps: Sequence[str], shift: int) -> list[int]:
        """Return the words beside a number up to the end of what belongs to it."""
        found = []
        for at in places:
            if _CLAUSE.search(gaps[at + shift]) or self._low[at] in self._lexicon.joiners or _is_figure(self._low, at) \
                    or self._low[at] in self._lexicon.numbers:
                break
            found.append(at)
        return found

    def _kind(self, places: Sequence[int]) -> str:
        for at in places:
            for length in (2, 1):
                name = self._lexicon.counts.get(tuple(self._low[at:at + length]))
                if name:
                    return name
        return ""

    def _run(self, number: _Number, after: Sequence[int]) -> Iterator[int]:
        """Yield the words that name what is counted."""
        stop = function_words(self._lang)
        skipped = len(after) > 1 and number.vague is not None and self._low[after[0]] in self._lexicon.part
        for at in after[skipped:_RUN + skipped]:
            if self._low[at] in self._lexicon.people:
                continue
            if self._low[at] in stop or len(self._low[at]) < 3:
                return
            yield at

    def _near(self, first: int, last: int) -> frozenset[str]:
        stop = function_words(self._lang)
        sides = self._low[max(0, first - _NEAR):first] + self._low[last + 1:last + 1 + _NEAR]
        return frozenset(stem for word in sides if word not in stop and not word[0].isdecimal() and len(word) > 2
                         and word not in self._lexicon.numbers for stem in stems(word, self._lang))

    def _matches(self, at: int, listed: frozenset[tuple[str, ...]]) -> bool:
        return any(tuple(self._low[at:at + length]) in listed for length in (1, 2)) if at < len(self._low) else False


def _is_figure(words: Sequence[str], at: int) -> bool:
    return 0 <= at < len(words) and words[at][0].isdecimal()


def _digits(word: str, point: str) -> tuple[str, str]:
    """Return the figures of a number before and after its decimal point."""
    pieces = re.split(r"\D", word)
    marks = [c for c in word if not c.isdecimal()]
    plain = ["".join(str(int(c)) for c in piece) for piece in pieces]
    grouped = all(len(piece) == 3 for piece in plain[1:]) and len(plain[0]) <= 3
    if not marks or (grouped and (len(marks) > 1 and len(set(marks)) == 1 or marks[0] != point)):
        return "".join(plain), ""
    return "".join(plain[:-1]), plain[-1]


def _half(value: float, decimals: int) -> float:
    """Return how far off a number may be by rounding: half of its last figure that is no zero."""
    if decimals:
        return 0.5 * 10.0 ** -decimals
    size, rest = 1.0, int(value)
    while value >= _EXACT and rest and rest % 10 == 0:
        size, rest = size * 10, rest // 10
    return 0.5 * size


def _scaled(total: float, current: float, scale: float) -> tuple[float, float]:
    """Return the sum so far and the number in hand after a word such as "hundred" or "thousand"."""
    return (total, max(current, 1.0) * scale) if scale < 1000 else (total + max(current, 1.0) * scale, 0.0)


def _range(number: _Number, rough: str) -> tuple[float, float]:
    """Return between what a number, with what is said of it, may lie."""
    if number.vague:
        return number.vague
    low, high = number.value - number.half, number.value + number.half
    if rough == "above":
        return low, inf
    if rough == "below":
        return 0.0, high
    return (min(low, number.value * (1 - _ROUGH)), max(high, number.value * (1 + _ROUGH))) if rough else (low, high)


def are_compatible(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities can both be right: they measure different things, or what they may be overlaps."""
    if _measured(one) != _measured(other):
        return True
    return max(one.low, other.low) < min(one.high, other.high)


def are_comparable(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities say the same kind of thing: the same measure near the same words, or a count of the same."""
    if _measured(one) != _measured(other):
        return False
    if one.unit:
        return bool(one.near & other.near)
    return one.kind == other.kind and bool(one.kind or one.heads & other.heads)


def _measured(quantity: Quantity) -> str:
    return _SIZES.get(quantity.unit, (quantity.unit, 0))[0]
