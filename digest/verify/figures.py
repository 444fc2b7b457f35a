"""What charts may show, reckoned from the articles and the separate texts that the data list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digest.models import Article
from digest.verify.columns import UNITS
from digest.verify.evidence import Evidence

__all__ = ["Figure", "Figures", "Rows", "dated", "day_of", "figures_of"]

Figure = tuple[int, int]
"""Articles, and how many of them are a text of their own or certainly the first with it."""
Rows = Mapping[str, Mapping[str, Figure]]
"""The figures of a chart, by row and column; the row of an outlet is known by the outlet's first article there."""
_TEXT = "text"
"""The unit of a chart whose columns are separate texts."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a chart."""

    rows: Rows
    sums: Mapping[str, int]
    """The articles of each row."""
    days: Mapping[str, Sequence[str]]
    """The first and the last day of each row."""
    texts: Sequence[str] = ()
    """The columns that are separate texts, in their order."""

    def number(self, column: str, unit: str) -> int:
        """Return the number of a column among all of its unit."""
        if unit == _TEXT:
            return self.texts.index(column)
        day = date.fromisoformat((column + "-01-01")[:10])
        return {"day": day.toordinal(), "week": day.toordinal() // 7, "month": day.year * 12 + day.month, "year": day.year}[unit]

    def least(self, rows: Iterable[str]) -> int:
        """Return the smallest sum of some rows."""
        return min((self.sums[row] for row in rows), default=0)


def dated(members: Iterable[str], evidence: Evidence) -> list[Article]:
    """Return the articles that have a date."""
    return [a for member in sorted(members) if (a := evidence.articles.get(member)) and a.published]


def day_of(article: Article) -> date:
    """Return the day of an article that has one."""
    assert article.published  # noqa: S101 - only dated articles come here
    return article.published.day


def figures_of(kind: str, ident: str, unit: str, evidence: Evidence) -> Figures | None:
    """Return what a chart of a kind may show, of a topic or period; None where there is no such chart."""
    if (kind == "carriers") != (unit == _TEXT) or unit not in (*UNITS, _TEXT):
        return None
    if kind == "carriers":
        return _by_text(ident, evidence)
    find = {"coverage": _by_outlet, "spark": _whole, "topics": _by_topic}.get(kind)
    return _over_time(find(ident, evidence), unit, evidence) if find else None


def _by_outlet(ident: str, evidence: Evidence) -> dict[str, list[Article]]:
    rows: dict[str, list[Article]] = {}
    for article in sorted(dated(evidence.members.get(ident, ()), evidence), key=lambda a: a.order):
        rows.setdefault(article.outlet or "", []).append(article)
    return {articles[0].id: articles for articles in rows.values()}


def _whole(ident: str, evidence: Evidence) -> dict[str, list[Article]]:
    return {ident: dated(evidence.members.get(ident, ()), evidence)}


def _by_topic(period: str, evidence: Evidence) -> dict[str, list[Article]]:
    return {topic: [evidence.articles[ident] for ident in idents] for topic, idents in evidence.charted.get(period, {}).items()}


def _over_time(rows: Mapping[str, Sequence[Article]], unit: str, evidence: Evidence) -> Figures | None:
    found = {key: sorted(articles, key=lambda a: a.order) for key, articles in rows.items() if articles}
    counted = {key: _count((UNITS[unit](day_of(a)), a.id in evidence.firsts) for a in articles) for key, articles in found.items()}
    days = {key: (day_of(articles[0]).isoformat(), day_of(articles[-1]).isoformat()) for key, articles in found.items()}
    return Figures(counted, {key: len(articles) for key, articles in found.items()}, days) if found else None


def _by_text(ident: str, evidence: Evidence) -> Figures | None:
    """Return which outlets carry which of a topic's texts that several outlets carry; None where there are less than two such texts."""
    members = evidence.members.get(ident, frozenset())
    known = {first: [evidence.articles[i] for i in text if i in evidence.articles] for first, text in evidence.texts.items()
             if first in members}
    shared = {first: text for first, text in known.items() if len({a.outlet or "" for a in text}) > 1}
    outlets: dict[str, list[tuple[Article, str]]] = {}
    for article, first in sorted(((a, first) for first, text in shared.items() for a in text), key=lambda row: row[0].order):
        outlets.setdefault(article.outlet or "", []).append((article, first))
    found = {marks[0][0].id: [(first, article.id in evidence.firsts) for article, first in marks] for marks in outlets.values()}
    sums = {key: len(marks) for key, marks in found.items()}
    order = sorted(shared, key=lambda first: min(a.order for a in shared[first]))
    return Figures({key: _count(marks) for key, marks in found.items()}, sums, {}, order) if len(shared) > 1 else None


def _count(found: Iterable[tuple[str, bool]]) -> dict[str, Figure]:
    counted: dict[str, Figure] = {}
    for column, own in found:
        n, owned = counted.get(column, (0, 0))
        counted[column] = n + 1, owned + own
    return counted
