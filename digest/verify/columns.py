"""The columns of charts over time: days, weeks, months and years."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

__all__ = ["UNITS", "columns_of"]

UNITS: Mapping[str, Callable[[date], str]] = {
    "day": date.isoformat, "week": lambda day: (day - timedelta(day.weekday())).isoformat(), "month": lambda day: day.isoformat()[:7],
    "year": lambda day: day.isoformat()[:4]}
"""The column of a day; a week is named by its Monday."""


def columns_of(days: Iterable[date]) -> frozenset[str]:
    """Return all columns in which something of these days may stand."""
    return frozenset(name(day) for day in set(days) for name in UNITS.values())
