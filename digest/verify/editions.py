"""What the archive may say of editions: their days, months and years, and how many there are."""

from collections import Counter
from collections.abc import Sequence

from digest.verify.counts import Count

__all__ = ["archive_address", "count_editions", "name_editions", "periods_of"]


def periods_of(days: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the years, the months and the days of editions, oldest first."""
    years, months, same = (sorted({day[:length] for day in days}) for length in (4, 7, 10))
    return years, months, same


def archive_address(name: str) -> str:
    """Return the address within the archive of a day, month or year."""
    return name.replace("-", "/") + "/"


def name_editions(days: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the days, months and years that each page of the archive may name, and its links to what is before and after it."""
    years, months, days = periods_of(days)
    named = {"archive/": frozenset({*years, *months, *days})}
    for period in (*years, *months):
        inner = (name for name in (*months, *days) if name.startswith(period))
        named[f"archive/{archive_address(period)}"] = frozenset({period, period[:4], *inner})
    for day in days:
        named[f"archive/{archive_address(day)}"] = frozenset({day})
    beside = {f"archive/{archive_address(name)}#beside": frozenset(names[max(0, at - 1):at + 2])
              for names in (years, months, days) for at, name in enumerate(names)}
    return named | beside


def count_editions(days: Sequence[str]) -> dict[str, set[Count]]:
    """Return how many editions each month is said to have, by its place on the pages that say so."""
    found = Counter(day[:7] for day in days)
    return {f"archive/{within}#in-{month}": {("editions_n", n)} for month, n in found.items() for within in ("", f"{month[:4]}/")}
