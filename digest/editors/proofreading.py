"""Ask where an editor's translation has other numbers or addresses than its original: an editor's word wins, and is shown."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from digest.checks import part_addresses
from digest.digits import digits_differ, plain_digits
from digest.editors.translations import Correction, Corrections
from digest.escape import visible
from digest.translation import Original

__all__ = ["find_slips"]

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


def find_slips(corrections: Corrections, wanted: Mapping[str, Collection[Original]]) -> Iterator[tuple[Correction, str]]:
    """Yield each translation that may hold a slip, with the question to its editor."""
    for lang, rows in corrections.items():
        for original in wanted.get(lang, ()):
            if row := rows.get(" ".join(original.text.split())):
                yield from ((row, question) for question in _questions(row, original.lang, lang))


def _questions(row: Correction, source: str, target: str) -> Iterator[str]:
    (addresses, text), (others, other) = map(part_addresses, (row.original, row.translation))
    if addresses != others:
        yield _question(addresses, others)
    if digits_differ(text, other, source, target):
        yield _question(*(Counter(_FIGURES.findall(plain_digits(one))) for one in (text, other)))


def _question(original: Counter[str], translation: Counter[str]) -> str:
    """Return what to ask of what only the original or only the translation has."""
    lost, new = (visible(", ".join(sorted(found.elements()))) for found in (original - translation, translation - original))
    told = f"its translation has {new}, its original {lost or 'does not'}" if new else f"its translation lacks {lost}"
    return f"{told if new or lost else 'its numbers are told otherwise'}; is it right?"
