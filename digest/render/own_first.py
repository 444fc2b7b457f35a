"""Put the sentences that a page's readers can read before others that say the same, where both stand on equal ground."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from digest.findings import Dated, Findings, Value
from digest.models import Citation
from digest.telling import Telling

__all__ = ["own_first"]

_Found = TypeVar("_Found")
_SURE = ("stated", "published")
"""What a date rests on where the sentence itself gives it; an entry that begins with such a sentence begins with no other."""


def own_first(findings: Findings, telling: Telling) -> Findings:
    """Return findings whose timeline and differences begin with a sentence in the language of a telling, where they have one.

    Statements are compared within a language, so all their sentences are in one.
    """
    differences = tuple(replace(found, values=tuple(_turn_value(value, telling) for value in found.values))
                        for found in findings.differences)
    return replace(findings, differences=differences, timeline=tuple(_turn_dated(dated, telling) for dated in findings.timeline))


def _turn_value(value: Value, telling: Telling) -> Value:
    order = _order(value.citations, telling)
    return replace(value, citations=_at(value.citations, order), spans=_at(value.spans, order))


def _turn_dated(dated: Dated, telling: Telling) -> Dated:
    least = dated.basis in _SURE
    order = _order(dated.citations, telling, [basis in _SURE or not least for basis in dated.bases])
    return replace(dated, citations=_at(dated.citations, order), spans=_at(dated.spans, order), bases=_at(dated.bases, order))


def _order(citations: Sequence[Citation], telling: Telling, equal: Sequence[bool] | None = None) -> list[int]:
    """Return the places of sentences, those first that are in the language of a telling and stand on no weaker ground than the first."""
    may = equal or [True] * len(citations)
    return sorted(range(len(citations)), key=lambda at: not (may[at] and telling.speaks(citations[at].article.lang)))


def _at(found: Sequence[_Found], order: Sequence[int]) -> tuple[_Found, ...]:
    return tuple(found[at] for at in order)
