"""Miles and kilometers: a translator may convert a measure, but not keep its number and change its unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.words import base_language

__all__ = ["convert_measures", "keeps_number_not_unit"]

_METRIC_OF = {"mile": ("km", 1.609344), "yard": ("m", 0.9144), "foot": ("m", 0.3048), "inch": ("cm", 2.54), "pound": ("kg", 0.45359237)}
"""What English units are converted into, and by what they are multiplied."""
_NUMBER = r"\d+(?:[.,]\d+)*"
_UNITS = {
    "mile": "miles?|mph", "yard": "yards?", "foot": "feet|foot|ft", "inch": "inch(?:es)?", "pound": "pounds?|lbs?",
    "km": r"kil[oó]m[eéè]t\w*|km|километр\w*|км", "m": r"m[eéè]t[re]\w*|m|метр\w*|м",
    "cm": r"[csz]ent[ií]m\w*|santim\w*|cm|сантиметр\w*|см", "kg": r"kilo(?:gram\w*|s)?|kg|кг|килограмм\w*"}
_MEASURE = re.compile(rf"(?:({_NUMBER})[ \u00a0]?(?:[^\W\d_]{{1,3}}|[-–])[ \u00a0]?)?({_NUMBER})[ \u00a0-]?(?:"
                      + "|".join(rf"(?P<{unit}>{words})" for unit, words in _UNITS.items()) + r")(?![^\W\d_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Measure:
    """One or two numbers ("2 to 3") and their unit."""

    start: int
    end: int
    numbers: tuple[str, ...]
    unit: str


def _measures(text: str) -> Iterator[_Measure]:
    for found in _MEASURE.finditer(text):
        numbers = tuple(number for number in found.groups()[:2] if number)
        yield _Measure(found.start(), found.end(2), numbers, str(found.lastgroup))


def _value(number: str) -> tuple[float, int]:
    """Return what a number is, and how many decimals it has."""
    whole, *rest = re.split(r"[.,]", number)
    decimals = rest.pop() if rest and len(rest[-1]) < len("000") else ""
    return float(f"{whole}{''.join(rest)}.{decimals or 0}"), len(decimals)


def _is_converted(english: _Measure, metric: _Measure) -> bool:
    """Return whether a measure is another, rounded to as many places as it has."""
    unit, factor = _METRIC_OF.get(english.unit, ("", 0.0))
    pairs = [(_value(one)[0] * factor, *_value(other)) for one, other in zip(english.numbers, metric.numbers, strict=False)]
    return unit == metric.unit and len(english.numbers) == len(metric.numbers) and all(
        round(converted, decimals) == value for converted, value, decimals in pairs)


def convert_measures(texts: tuple[str, str], langs: tuple[str, str]) -> tuple[str, str]:
    """Return a text and its translation without the measures that one has in English units and the other as it is converted."""
    english = [base_language(lang) for lang in langs].index("en") if "en" in map(base_language, langs) else None
    if english is None:
        return texts
    left = [list(_measures(text)) for text in texts]
    shown = [list(text) for text in texts]
    for one in left[english]:
        other = next((metric for metric in left[1 - english] if _is_converted(one, metric)), None)
        if other:
            left[1 - english].remove(other)
            for side, measure in ((english, one), (1 - english, other)):
                shown[side][measure.start:measure.end] = " " * (measure.end - measure.start)
    return "".join(shown[0]), "".join(shown[1])


def keeps_number_not_unit(texts: tuple[str, str], langs: tuple[str, str]) -> bool:
    """Return whether a number of miles is the same number of kilometers in the other text, or the like."""
    one, other = (set(_told(text)) for text in texts)
    return "en" in map(base_language, langs) and any(
        (number, metric) in both - side for side, both in ((one, other), (other, one))
        for number, unit in side if (metric := _METRIC_OF.get(unit, ("",))[0]))


def _told(text: str) -> Iterator[tuple[str, str]]:
    yield from ((number, measure.unit) for measure in _measures(text) for number in measure.numbers)
