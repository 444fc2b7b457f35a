"""Charts as data: who published when, which topics had their time when. `charts.jinja` draws them; every figure stands in a table too.

A chart has rows and columns, and a mark where a row has articles in a column. Columns are days, weeks, months or years, as the span of
time needs it. Places are percentages of the width, so that a chart fits any screen; they are counted from where reading begins.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from digest.models import Article, Topic
from digest.render.topic_page import is_first

__all__ = ["Bar", "Chart", "Mark", "Row", "Spark", "chart_coverage", "chart_topics", "mark_radius", "percent", "spark_of"]

_DAYS, _WEEKS, _MONTHS = 42, 53, 60
"""Columns of a chart, at most; of a longer span, the next larger unit is a column, at the end a year."""
_NARROW = 280
"""The width of a chart on a small phone, in pixels: marks of neighboring columns hardly touch there."""
_FEW = 2
"""Articles that are worth a chart, at least."""
_MOST = 12
"""Topics in a chart, at most."""
_SPARK = 24
"""The height of a chart on a card."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The articles of a row in a column."""

    column: str
    """The day, the Monday of the week, the month or the year; of a text its first article."""
    place: Decimal
    """Of its middle, in percent of the width from where reading begins."""
    articles: int
    own: int
    """How many of them are a text of their own, or certainly the first with it."""
    size: Decimal
    """Its radius."""

    @property
    def disc(self) -> Decimal:
        """The radius of what is filled: all of it where every article is a text of its own, nothing where none is."""
        if self.own == self.articles:
            return self.size
        return _pixels(max(1.0, float(self.size) * (self.own / self.articles) ** 0.5 - 1.8)) if self.own else Decimal(0)

    @property
    def drawn(self) -> Markup:
        """What the drawing says, for programs."""
        return Markup(f"{self.column}:{self.articles}:{self.own}")  # noqa: S704 - a day and two numbers

    def x(self, *, backwards: bool) -> Decimal:
        """Return the place of its middle, in percent from the left; time runs from the right where pages are read so (`backwards`)."""
        return 100 - self.place if backwards else self.place


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a chart: an outlet, or a topic."""

    key: str
    """The id of what it is of: an outlet is known by an article, since its name may be anything; unknown ones are one row."""
    of: Article | Topic
    """The first article of the outlet, or the topic."""
    marks: tuple[Mark, ...]

    @property
    def articles(self) -> int:
        """How many articles it shows."""
        return sum(mark.articles for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows over columns of time."""

    unit: str
    """`day`, `week`, `month` or `year`."""
    first: date
    last: date
    rows: tuple[Row, ...]
    undated: int = 0
    """Articles that no column has."""
    of: str = ""
    """The topic whose outlets these are; of a chart of topics, the month or year."""

    @property
    def repeats(self) -> bool:
        """Whether an article has the text of another one."""
        return any(mark.own < mark.articles for row in self.rows for mark in row.marks)


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of the small chart on a card."""

    mark: Mark
    width: Decimal
    """In percent."""
    height: Decimal
    own: Decimal
    """The height of its filled part."""

    def x(self, *, backwards: bool) -> Decimal:
        """Return the place of its left side, in percent from the left."""
        return self.mark.x(backwards=backwards) - self.width / 2


@dataclass(frozen=True, slots=True)
class Spark:
    """The small chart of a topic: all its outlets together."""

    of: Topic
    unit: str
    first: date
    last: date
    bars: tuple[Bar, ...]
    height: int = _SPARK

    @property
    def articles(self) -> int:
        """How many articles it shows."""
        return sum(bar.mark.articles for bar in self.bars)


def chart_coverage(topic: Topic) -> Chart | None:
    """Return which outlets published on a topic when, in the order of their first articles; None without two dated articles."""
    dated, undated = _part(topic.articles)
    if len(dated) < _FEW:
        return None
    outlets: dict[str, list[Article]] = {}
    for article in dated:
        outlets.setdefault(article.outlet or "", []).append(article)
    time = _Time.of(dated)
    rows = [(of[0].id, of[0], of) for of in outlets.values()]
    return Chart(time.unit, time.first, time.last, _rows(rows, time, _firsts([topic])), undated, topic.id) if time else None


def chart_topics(topics: Sequence[Topic], periods: Iterable[str] = ("",)) -> dict[str, Chart | None]:
    """Return by month or year (`2021-02`, `2021`), or of all time (``), which topics had articles when; the twelve with the most then.

    Those with the most stand first, of equals that with the first article. None where nothing is dated.
    """
    dated = [(topic, [(a.published.day.isoformat(), a) for a in topic.articles if a.published]) for topic in topics]
    return {period: _chart_topics([(topic, [a for day, a in stated if day.startswith(period)]) for topic, stated in dated], period)
            for period in periods}


def _chart_topics(found: Iterable[tuple[Topic, Sequence[Article]]], period: str) -> Chart | None:
    rows = sorted((row for row in found if row[1]), key=lambda row: (-len(row[1]), row[1][0].order))[:_MOST]
    time, firsts = _Time.of([article for _, articles in rows for article in articles]), _firsts(topic for topic, _ in rows)
    drawn = [(topic.id, topic, articles) for topic, articles in rows]
    return Chart(time.unit, time.first, time.last, _rows(drawn, time, firsts), of=period) if time else None


def spark_of(topic: Topic) -> Spark | None:
    """Return the small chart of a topic; None without two dated articles."""
    dated, _ = _part(topic.articles)
    time = _Time.of(dated)
    if time is None or len(dated) < _FEW:
        return None
    row, = _rows([(topic.id, topic, dated)], time, _firsts([topic]))
    return Spark(topic, time.unit, time.first, time.last, tuple(_bars(row.marks, time.columns)))


def _bars(marks: Sequence[Mark], columns: int) -> Iterable[Bar]:
    most, width = max(mark.articles for mark in marks), min(Decimal(5), percent(60, columns))
    for mark in marks:
        height = percent(_SPARK * mark.articles, most)
        yield Bar(mark, width, height, percent(_SPARK * mark.own, most))


@dataclass(frozen=True, slots=True)
class _Time:
    """The columns of a span of days."""

    unit: str
    first: date
    last: date

    @classmethod
    def of(cls, articles: Iterable[Article]) -> "_Time | None":
        """Return the columns that articles need."""
        days = [article.published.day for article in articles if article.published]
        return cls(_unit(min(days), max(days)), min(days), max(days)) if days else None

    @property
    def columns(self) -> int:
        """How many there are."""
        return self.number(self.last) + 1

    def number(self, day: date) -> int:
        """Return the column of a day, from 0."""
        return _NUMBERS[self.unit](day) - _NUMBERS[self.unit](self.first)


_NUMBERS: Mapping[str, Callable[[date], int]] = {
    "day": lambda day: day.toordinal(), "week": lambda day: (day.toordinal() - 1) // 7, "month": lambda day: day.year * 12 + day.month,
    "year": lambda day: day.year}
"""The number of a day's unit of time, counted from a day long ago; weeks begin on Mondays."""
_NAMES: Mapping[str, Callable[[date], str]] = {
    "day": date.isoformat, "week": lambda day: (day - timedelta(day.weekday())).isoformat(), "month": lambda day: day.isoformat()[:7],
    "year": lambda day: day.isoformat()[:4]}


def _unit(first: date, last: date) -> str:
    for unit, most in (("day", _DAYS), ("week", _WEEKS), ("month", _MONTHS)):
        if _NUMBERS[unit](last) - _NUMBERS[unit](first) < most:
            return unit
    return "year"


def _part(articles: Iterable[Article]) -> tuple[list[Article], int]:
    """Return the dated articles, and how many others there are."""
    members = list(articles)
    dated = [article for article in members if article.published]
    return dated, len(members) - len(dated)


def _firsts(topics: Iterable[Topic]) -> frozenset[str]:
    """Return the ids of the articles that are a text of their own or certainly the first with it."""
    return frozenset(text.articles[0].id for topic in topics for text in topic.texts if is_first(text))


def _rows(found: Iterable[tuple[str, Article | Topic, Sequence[Article]]], time: _Time, firsts: frozenset[str]) -> tuple[Row, ...]:
    rows = [(key, of, _count(articles, time.unit, firsts)) for key, of, articles in found]
    most = max((n for _, _, counted in rows for _, n, _ in counted), default=1)
    return tuple(Row(key, of, tuple(_mark(day, n, own, time, most) for day, n, own in counted)) for key, of, counted in rows)


def _count(articles: Iterable[Article], unit: str, firsts: frozenset[str]) -> list[tuple[date, int, int]]:
    """Return, for each column that has any, a day in it, its articles and how many of them are a text of their own."""
    stated = sorted((a.published.day, a.id) for a in articles if a.published)
    columns = [list(rows) for _, rows in groupby(stated, key=lambda row: _NUMBERS[unit](row[0]))]
    return [(rows[0][0], len(rows), sum(ident in firsts for _, ident in rows)) for rows in columns]


def _mark(day: date, articles: int, own: int, time: _Time, most: int) -> Mark:
    place = percent(50 * (2 * time.number(day) + 1), time.columns)
    return Mark(_NAMES[time.unit](day), place, articles, own, mark_radius(articles, most, time.columns))


def mark_radius(articles: int, most: int, columns: int) -> Decimal:
    """Return the radius of a mark: the more articles, the larger, as far as the columns leave room."""
    largest = min(8.0, max(3.5, _NARROW / 2 / columns))
    share = ((articles - 1) / (most - 1)) ** 0.5 if most > 1 else 0.45
    return _pixels(largest * (0.55 + 0.45 * share))


def percent(number: float, of: int) -> Decimal:
    """Return a share of a whole, with two decimals."""
    return (Decimal(number) / of).quantize(Decimal("0.01"))


def _pixels(number: float) -> Decimal:
    return Decimal(f"{number:.1f}")
