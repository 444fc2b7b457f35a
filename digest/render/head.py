"""What the head of a page tells search engines and shared links: a quotation of the page, or a word of the interface."""

from collections.abc import Iterable

from digest.described import describe, plain
from digest.limits import why_unquoted
from digest.models import Citation, KeyPoint
from digest.render.marker import Marker
from digest.render.tree import Shown
from digest.translation import EDITOR, Translation

__all__ = ["describe_first", "describe_source", "describe_topic"]


def describe_topic(m: Marker, shown: Shown) -> str:
    """Return the key point that stands for a topic; a program's translation of its title is named where nothing else is translated."""
    told = m.translated(shown.point.citations[0]) if shown.point else None
    text = _describe(m, shown.point, told) if shown.point else plain(m.catalog, why_unquoted(shown.topic.articles, m.settings))
    unnamed = _by_machine(m.told_title(shown.topic)) and not _by_machine(told)
    return f"{text} {plain(m.catalog, 'machine_notice')}" if unnamed else text


def describe_first(m: Marker, points: Iterable[KeyPoint]) -> str | None:
    """Return the first of some quotations that readers of a page read as it was written; None where there is none."""
    point = next((point for point in points if m.telling.sentence(point.citations[0]) is None), None)
    return _describe(m, point, None) if point else None


def describe_source(m: Marker, cited: Citation) -> str:
    """Return a quotation as its article has it, whatever its language."""
    return _describe(m, KeyPoint((cited,)), None)


def _describe(m: Marker, point: KeyPoint, told: Translation | None) -> str:
    article = point.citations[0].article
    outlet = m.settings.outlet(article.outlet)
    return describe(m.catalog, outlet.name if outlet else None, point.text, point.aids, told)


def _by_machine(told: Translation | None) -> bool:
    return told is not None and told.engine != EDITOR
