"""Read the quantities of a sentence: how exact its numbers are, and what they measure or count."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from digest.days import calendar_words
from digest.lists import load_lists
from digest.numerals import BLANKS, TIGHT, Numeral, Tokens, is_number_word, read_numeral, tokens_of
from digest.terms import function_words
from digest.words import base_language, stem, words

__all__ = ["Quantity", "are_comparable", "are_compatible", "find_quantities"]

_SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "yen", "₽": "rub", "₺": "try", "₴": "uah", "₹": "inr"}
_SIZES = {"second": ("day", 1 / 86400), "minute": ("day", 1 / 1440), "hour": ("day", 1 / 24), "day": ("day", 1.0), "week": ("day", 7.0),
          "month": ("day", 30.44), "year": ("day", 365.25), "meter": ("meter", 1.0), "kilometer": ("meter", 1000.0),
          "mile": ("meter", 1609.344), "foot": ("meter", 0.3048), "kilogram": ("kilogram", 1.0), "ton": ("kilogram", 1000.0)}
"""Units that measure the same, in the one they are compared in."""
_ROUGH = 0.1
"""A number that is said to be a rough one may be off by this part of itself."""
_LONGEST = 3
"""Words of the longest unit or modifier."""
_RUN = 3
"""Words after a number among which what is counted stands."""
_AFTER, _BEFORE = 6, 3
"""Words after and before a number among which what happened to those counted stands."""
_NEAR = 5
"""Words on each side that tell what a number is of."""
_OLDEST = 110
_MONTH_DAYS = 31
_YEARS = range(1000, 2200)
"""Bare numbers that may be years."""
_SCORE = ("-", "–", "—", ":")
_INSIDE = (":", "/", "#", "№", "_", ".")
"""What before or after a number makes it part of a time, a date or a name."""
_CLAUSE = re.compile(r"[^\s\-\u2011'’]")
"""What ends the words around a number that belong to it."""
_NOUNS = ("de",)
"""Languages whose every noun has a capital."""

Phrase = tuple[str, ...]


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
    heads: tuple[str, ...]
    """Stems of the words after it that name what is counted; the last of them is mostly the noun."""
    near: frozenset[str]
    """Stems of the words around it."""
    grows: bool
    """Whether such a count only grows while an event is being reported."""
    exact: bool
    """Whether nothing makes it a rough one, or an upper or lower limit."""

    @property
    def shown(self) -> str:
        """The number and its unit, for data."""
        return f"{self.value:.10g} {self.unit}".strip()

    @property
    def measured(self) -> str:
        """The unit that it is compared in."""
        return _SIZES.get(self.unit, (self.unit, 1.0))[0]


@dataclass(frozen=True, slots=True)
class _Lists:
    """What languages write around numbers; `quantities.yml` tells what each list holds."""

    modifiers: Mapping[Phrase, str]
    units: Mapping[Phrase, str]
    leading: Mapping[Phrase, str]
    counts: Mapping[Phrase, str]
    clock: Mapping[Phrase, str]
    joiners: frozenset[str]
    growing: frozenset[str]
    changing: frozenset[str]
    people: frozenset[str]
    others: frozenset[str]
    known: frozenset[str]
    part: frozenset[str]


@lru_cache(maxsize=64)
def _lists(lang: str) -> _Lists:
    block = load_lists("quantities").get(lang, {})
    modifiers = _phrases({name: block.get(name, ()) for name in ("about", "below", "above")})
    units, leading, counts = (_phrases(block.get(name, {})) for name in ("units", "leading", "counts"))
    plain = (frozenset(block.get(name, ())) for name in ("and", "growing", "changing", "people", "others", "known", "part"))
    return _Lists(modifiers, units, leading, counts, _phrases({"clock": block.get("clock", ())}), *plain)


def _phrases(named: Mapping[str, Sequence[str]]) -> Mapping[Phrase, str]:
    return {tuple(words(phrase)): name for name, lines in named.items() for phrase in lines}


@lru_cache(maxsize=20_000)
def find_quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence in their order; no dates, times, scores, ordinals and numbers of names.

    A count of some of more ("two others", "two of them") or of those named before ("the two") is left out too.
    """
    lang = base_language(lang)
    reader = _Reader(tokens_of(text), lang, _lists(lang))
    return tuple(reader.read()) if lang in load_lists("quantities") or any(c.isdecimal() for c in text) else ()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one sentence, number by number."""

    tokens: Tokens
    lang: str
    lists: _Lists

    def read(self) -> Iterator[Quantity]:
        at = 0
        while at < len(self.tokens.low):
            number = read_numeral(self.tokens, at, self.lang)
            found = self._quantity(number) if number else None
            if found:
                yield found
            at = number.last + 1 if number else at + 1

    def _quantity(self, number: Numeral) -> Quantity | None:
        if self._is_inside(number) or self._is_date(number):
            return None
        first, rough = self._modified(number)
        unit, last, signs = self._unit(number, first)
        if unit in _SIGNS.values() and self._is_converted(number, last):
            return None
        beside = (self.tokens.at(first - 1), self.tokens.at(last + 1))
        if (not unit and self._is_some(number, first)) or not self.lists.others.isdisjoint(beside):
            return None
        kinds, heads = (frozenset[str](), tuple[str, ...]()) if unit else self._counted(number, first)
        if len(kinds) > 1 or kinds & self.lists.changing or not (unit or kinds or heads):
            return None
        kind, size = "".join(kinds), _SIZES.get(unit, (unit, 1.0))[1]
        low, high = _range(number, rough)
        start, end = self.tokens.ends[first] - len(self.tokens.words[first]) - signs[0], self.tokens.ends[last] + signs[1]
        return Quantity(start, end, number.value, low * size, high * size, unit, kind, heads, self._near(first, last),
                        kind in self.lists.growing, not number.vague and not rough)

    # numbers that are no quantities

    def _is_inside(self, number: Numeral) -> bool:
        """Return whether a number is part of a time, a score, an ordinal or a name."""
        tokens, following = self.tokens, number.last + 1
        before, after, more = tokens.gaps[number.first], tokens.gaps[following], tokens.at(following)
        if more and after == "" and not self._measures(following):
            return True
        if before[-1:] in _INSIDE or (more and after[:1] in _INSIDE[:2]):
            return True
        sides = ((following, after), (number.first - 1, before))
        return any(tokens.is_figure(at) and gap.strip() in _SCORE for at, gap in sides)

    def _is_converted(self, number: Numeral, last: int) -> bool:
        """Return whether money stands alone in brackets: a sum in another currency, at somebody's rate."""
        before, after = self.tokens.gaps[number.first], self.tokens.gaps[last + 1]
        return before.rstrip("".join(_SIGNS) + " ").endswith("(") and after.lstrip()[:1] == ")"

    def _measures(self, at: int) -> bool:
        return (self.tokens.low[at],) in self.lists.units or is_number_word(self.tokens.low[at], self.lang)

    def _is_date(self, number: Numeral) -> bool:
        """Return whether a number is a year, a day of a month or a time of the day."""
        tokens, calendar = self.tokens, calendar_words(self.lang)
        following = tokens.low[number.last + 1:number.last + 3]
        if any(tuple(following[:length]) in self.lists.clock for length in (1, 2)):
            return True
        word = tokens.words[number.first]
        is_year = len(word) == 4 and word.isdecimal() and _YEARS.start <= number.value < _YEARS.stop
        if is_year and not (following and self._measures(number.last + 1)):
            return True
        sides = (tokens.at(number.first - 1), *following)
        return number.value <= _MONTH_DAYS and any(side in calendar or side == "sept" for side in sides)

    def _is_some(self, number: Numeral, first: int) -> bool:
        """Return whether a count is of some of more or of those known, or part of a name."""
        tokens, after = self.tokens, number.last + 1
        if (tokens.at(after) in self.lists.part and not number.vague) or tokens.at(first - 1) in self.lists.known:
            return True
        if tokens.gaps[first] == "-":
            return True
        plain = first == number.first > 1 and tokens.is_figure(first)
        named = plain and tokens.words[first - 1][0].isupper() and tokens.gaps[first] == " "
        titled = self.lang not in _NOUNS and after < len(tokens.words) and tokens.words[after][0].isupper() and tokens.gaps[after] in TIGHT
        return named or titled

    # what numbers say

    def _modified(self, number: Numeral) -> tuple[int, str]:
        """Return where "nearly" and its like before a number start, and what they make of it."""
        first, gaps = number.first, self.tokens.gaps
        for length in range(min(_LONGEST, first), 0, -1):
            name = self.lists.modifiers.get(tuple(self.tokens.low[first - length:first]))
            joined = all(gap in TIGHT for gap in gaps[first - length + 1:first])
            if name and joined and not _CLAUSE.search(gaps[first].rstrip("".join(_SIGNS))):
                return first - length, name
        return first, ""

    def _unit(self, number: Numeral, first: int) -> tuple[str, int, tuple[int, int]]:
        """Return what a number measures, its last word, and how many characters of signs belong to it on both sides."""
        before, after = self.tokens.gaps[number.first], self.tokens.gaps[number.last + 1]
        if before[-1:] in _SIGNS:
            return _SIGNS[before[-1]], number.last, (int(first == number.first), 0)
        sign = after.lstrip("".join(BLANKS))[:1]
        if sign and sign in "".join(_SIGNS) + "%٪":
            return _SIGNS.get(sign, "percent"), number.last, (0, after.index(sign) + 1)
        linked = number.last > number.first and self.tokens.at(number.last + 1) in self.lists.part
        for length in range(_LONGEST, 0, -1):
            tail = range(number.last + 1 + linked, number.last + 1 + linked + length)
            if tail[-1] < len(self.tokens.low) and all(self.tokens.gaps[at] in (*TIGHT, "'", "’") for at in tail):
                name = self.lists.units.get(tuple(self.tokens.low[at] for at in tail))
                if name:
                    return name, tail[-1], (0, 0)
        return self._leading(number), number.last, (0, 0)

    def _leading(self, number: Numeral) -> str:
        """Return what a number measures by the words before it, or because it stands as ages do: "Velt, 44," or "Velt (44)"."""
        tokens, first = self.tokens, number.first
        if first and tokens.gaps[first] in TIGHT:
            found = (self.lists.leading.get(tuple(tokens.low[max(0, first - length):first])) for length in range(_LONGEST, 0, -1))
            return next((name for name in found if name), "")
        sides = tokens.gaps[first] + tokens.gaps[number.last + 1][:1]
        is_age = first and tokens.words[first - 1][0].isupper() and sides in (", ,", " ()", ", .") and number.value <= _OLDEST
        return "age" if is_age and tokens.is_figure(first) else ""

    def _counted(self, number: Numeral, first: int) -> tuple[frozenset[str], tuple[str, ...]]:
        """Return what happened to those counted, and the stems that name them."""
        after = self._window(range(number.last + 1, min(len(self.tokens.low), number.last + 1 + _AFTER)), 0)
        before = self._window(range(first - 1, max(-1, first - 1 - _BEFORE), -1), 1)
        whole = number.value == int(number.value)
        kinds = frozenset(kind for kind in (self._kind(after), self._kind(before)) if kind and whole)
        return kinds, tuple(stem(self.tokens.low[at], self.lang) for at in self._run(number, after))

    def _window(self, places: range, shift: int) -> list[int]:
        """Return the words beside a number up to the end of what belongs to it."""
        found = []
        for at in places:
            word = self.tokens.low[at]
            numeral = word[0].isdecimal() or is_number_word(word, self.lang)
            if numeral or word in self.lists.joiners or _CLAUSE.search(self.tokens.gaps[at + shift]):
                break
            found.append(at)
        return found

    def _kind(self, places: Sequence[int]) -> str:
        low = self.tokens.low
        found = (self.lists.counts.get(tuple(low[at:at + length])) for at in places for length in (2, 1))
        return next((name for name in found if name), "")

    def _run(self, number: Numeral, after: Sequence[int]) -> Iterator[int]:
        """Yield the words that name what is counted."""
        stop, low = function_words(self.lang), self.tokens.low
        skipped = bool(after and number.vague and low[after[0]] in self.lists.part)
        for at in after[skipped:_RUN + skipped]:
            if low[at] in self.lists.people:
                continue
            if low[at] in stop or len(low[at]) < 3:
                return
            yield at

    def _near(self, first: int, last: int) -> frozenset[str]:
        """Return the stems of the words that tell something, on both sides."""
        stop, low = function_words(self.lang), self.tokens.low
        sides = [*low[max(0, first - _NEAR):first], *low[last + 1:last + 1 + _NEAR]]
        return frozenset(stem(word, self.lang) for word in sides if word not in stop and len(word) > 2 and not word[0].isdecimal()
                         and not is_number_word(word, self.lang))


def _range(number: Numeral, rough: str) -> tuple[float, float]:
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
    return one.measured != other.measured or max(one.low, other.low) < min(one.high, other.high)


def are_comparable(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities say the same kind of thing: the same measure near the same words, or a count of the same."""
    if one.measured != other.measured:
        return False
    if one.unit:
        return bool(one.near & other.near)
    return one.kind == other.kind and (bool(one.kind) or not set(one.heads).isdisjoint(other.heads))
