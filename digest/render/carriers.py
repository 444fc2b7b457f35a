"""Who carries the same text, as data: outlets down, texts across, and a line that joins the outlets of each text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from digest.models import Article, Text, Topic
from digest.render.charts import Mark, Row, mark_radius, percent
from digest.render.topic_page import is_first

__all__ = ["Carriers", "Tie", "chart_carriers"]


@dataclass(frozen=True, slots=True)
class Tie:
    """What joins the outlets of a text, in one row."""

    place: Decimal
    up: bool
    down: bool

    def x(self, *, backwards: bool) -> Decimal:
        """Return its place, in percent from the left."""
        return 100 - self.place if backwards else self.place


@dataclass(frozen=True, slots=True)
class Carriers:
    """The outlets of the texts that several of them carry."""

    of: str
    """The topic."""
    texts: tuple[Text, ...]
    """The columns, in the order of their first articles."""
    rows: tuple[Row, ...]
    """In the order of their first articles."""

    def ties(self, row: Row) -> Iterator[Tie]:
        """Yield what joins a row to those above and below."""
        at = self.rows.index(row)
        for text in self.texts:
            there = [number for number, other in enumerate(self.rows) if any(mark.column == text.articles[0].id for mark in other.marks)]
            if there[0] <= at <= there[-1]:
                yield Tie(_place(text, self.texts), at > there[0], at < there[-1])

    def carried(self, text: Text) -> list[tuple[Row, Mark]]:
        """Return the rows that have a text, each with its mark."""
        return [(row, mark) for row in self.rows for mark in row.marks if mark.column == text.articles[0].id]


def chart_carriers(topic: Topic) -> Carriers | None:
    """Return who carries the same texts of a topic; None where not two texts have several outlets: a list says as much then."""
    shared = sorted((text for text in topic.texts if len({a.outlet or "" for a in text.articles}) > 1), key=lambda t: t.articles[0].order)
    if len(shared) < 2:
        return None
    outlets: dict[str, Article] = {}
    for article in sorted((a for text in shared for a in text.articles), key=lambda a: a.order):
        outlets.setdefault(article.outlet or "", article)
    most = max(_number(text, key) for text in shared for key in outlets)
    return Carriers(topic.id, tuple(shared), tuple(Row(of.id, of, tuple(_marks(key, shared, most))) for key, of in outlets.items()))


def _marks(outlet: str, texts: Sequence[Text], most: int) -> Iterator[Mark]:
    for text in texts:
        if n := _number(text, outlet):
            first = text.articles[0]
            own = int(is_first(text) and (first.outlet or "") == outlet)
            yield Mark(first.id, _place(text, texts), n, own, mark_radius(n, most, len(texts)))


def _number(text: Text, outlet: str) -> int:
    """Return how many articles of an outlet have a text."""
    return sum((article.outlet or "") == outlet for article in text.articles)


def _place(text: Text, texts: Sequence[Text]) -> Decimal:
    return percent(50 * (2 * texts.index(text) + 1), len(texts))
