"""Hold charts against the articles: every mark stands for articles of its row and its column, and is as large as they are many."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from lxml import etree

from digest.catalog import Catalog, direction
from digest.marks import FROM
from digest.models import Article
from digest.precedence import came_first
from digest.verify.counts import stated_counts
from digest.verify.datafile import DataFile
from digest.verify.evidence import Evidence

__all__ = ["CHART", "DRAWN", "ROW", "check_charts", "name_columns"]

CHART, ROW, DRAWN = "data-chart", "data-of", "data-drawn"
_SHAPES = ("circle", "rect", "path", "polygon", "polyline", "ellipse", "line")
_SVG = etree.XPath(f".//article//svg[not(ancestor::*[@{CHART}]) and not(@aria-hidden='true')]")
_LOOSE = etree.XPath(f".//*[self::{' or self::'.join(_SHAPES)}][not(self::line[@class='base'])"
                     f" and not(ancestor::*[@{DRAWN}]) and not(ancestor::*[@class='key'])]")
_MARKS = etree.XPath(f".//svg//g[@{DRAWN}]")
_FIGURES = etree.XPath(f".//tr[@{DRAWN}]")
_NAMES = etree.XPath(f".//li[@{ROW}]/*[@class='strip-name'] | .//tr[@{ROW}]/th")
_MOST = 12
"""Rows of a chart of topics, at most."""
_SLACK = 0.06
"""What rounding may take."""

Figure = tuple[int, int]
"""Articles, and how many of them are a text of their own or certainly the first with it."""
Rows = Mapping[str, Mapping[str, Figure]]
"""The figures of a chart, by row and column."""

_UNITS: Mapping[str, Callable[[date], str]] = {
    "day": date.isoformat, "week": lambda day: (day - timedelta(day.weekday())).isoformat(), "month": lambda day: day.isoformat()[:7],
    "year": lambda day: day.isoformat()[:4]}
"""The column of a day; a week is named by its Monday."""


def name_columns(data: DataFile, ident: str, members: Iterable[str]) -> None:
    """Note the days, weeks, months and years that the charts of a topic may name, and what they may count."""
    evidence = data.evidence
    days = [_day(article) for article in _dated(members, evidence)]
    found = frozenset(name(day) for day in days for name in _UNITS.values())
    evidence.moments[f"{data.page}#coverage"] = found
    evidence.counts[f"{data.page}#coverage"] = evidence.counts[data.page] | {("articles_n", n) for n in range(1, len(days) + 1)}
    for place in ("", "topics/"):
        evidence.moments[f"{data.tree}{place}#spark-{ident}"] = found


def check_charts(main: etree._Element, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    """Yield what is wrong with the charts of a page; `catalog` is that of its text."""
    for _ in _SVG(main):
        yield "has a drawing that is no chart"
    for element in main.iter():
        if isinstance(element.tag, str) and (named := element.get(CHART)) is not None:
            chart = _read(element, named, catalog, evidence)
            for fault in chart.faults() if chart else ("it names nothing that can be drawn",):
                yield f"the chart {named[:80]}: {fault}"


def _read(element: etree._Element, named: str, catalog: Catalog, evidence: Evidence) -> "_Chart | None":
    kind, _, rest = named.partition(":")
    ident, _, unit = rest.rpartition(":")
    found = _KINDS[kind](ident, evidence) if kind in _KINDS and unit in _UNITS else None
    return _Chart(element, kind, unit, found, catalog, evidence) if found else None


def _by_outlet(ident: str, evidence: Evidence) -> dict[str, list[Article]]:
    rows: dict[str, list[Article]] = {}
    for article in _dated(evidence.members.get(ident, ()), evidence):
        rows.setdefault(article.outlet or "", []).append(article)
    return rows


def _whole(ident: str, evidence: Evidence) -> dict[str, list[Article]]:
    found = _dated(evidence.members.get(ident, ()), evidence)
    return {ident: found} if found else {}


def _by_topic(period: str, evidence: Evidence) -> dict[str, list[Article]]:
    found = {ident: [a for a in _dated(evidence.members.get(ident, ()), evidence) if _day(a).isoformat().startswith(period)]
             for ident in evidence.slugs.values()}
    return {ident: articles for ident, articles in found.items() if articles}


_KINDS: Mapping[str, Callable[[str, Evidence], dict[str, list[Article]]]] = {
    "coverage": _by_outlet, "spark": _whole, "topics": _by_topic}


def _dated(members: Iterable[str], evidence: Evidence) -> list[Article]:
    return [a for member in sorted(members) if (a := evidence.articles.get(member)) and a.published]


def _day(article: Article) -> date:
    assert article.published  # noqa: S101 - only dated articles come here
    return article.published.day


@dataclass(slots=True)
class _Chart:
    """The check of one chart."""

    element: etree._Element
    kind: str
    unit: str
    articles: Mapping[str, list[Article]]
    """By row."""
    catalog: Catalog
    evidence: Evidence
    sizes: dict[int, float] = field(default_factory=dict)
    """The size of the marks for a number of articles."""

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        due = self._due()
        rows = self._rows(_MARKS(self.element))
        shown = {key: due[key] for key in rows if key in due} if self.kind == "topics" else due
        if rows != shown:
            yield f"it draws {_first_other(rows, shown)}, the articles say otherwise"
        elif self.kind != "spark" and self._rows(_FIGURES(self.element)) != shown:
            yield "the table behind it has other figures"
        else:
            yield from self._check_choice(shown)
            yield from self._check_places(shown)
            yield from self._check_sizes()
            yield from self._check_words(shown)
        if _LOOSE(self.element):
            yield "it has a mark that stands for nothing"

    def _due(self) -> Rows:
        firsts, name = self._firsts(), _UNITS[self.unit]
        due: dict[str, dict[str, Figure]] = {}
        for key, articles in self.articles.items():
            for article in articles:
                n, own = due.setdefault(key, {}).get(name(_day(article)), (0, 0))
                due[key][name(_day(article))] = n + 1, own + (article.id in firsts)
        return due

    def _firsts(self) -> frozenset[str]:
        """Return the articles that are a text of their own, or certainly the first with it."""
        found = set()
        for text in self.evidence.texts.values():
            known = [a for ident in text if (a := self.evidence.articles.get(ident))]
            found |= {a.id for a in known if all(came_first(a, other) for other in known if other is not a)}
        return frozenset(found)

    def _rows(self, marks: Iterable[etree._Element]) -> Rows:
        rows: dict[str, dict[str, Figure]] = {}
        for mark in marks:
            column, *numbers = mark.get(DRAWN, "").rsplit(":", 2)
            figure = tuple(int(n) if n.isdecimal() and len(n) < 9 else -1 for n in numbers)
            row = rows.setdefault(self._row(mark), {})
            row[column] = (-1, -1) if column in row or len(figure) != 2 else (figure[0], figure[1])
        return rows

    def _row(self, mark: etree._Element) -> str:
        if self.kind == "spark":
            return next(iter(self.articles))
        return next((key for holder in (mark, *mark.iterancestors()) if (key := holder.get(ROW)) is not None), "\0")

    def _check_choice(self, shown: Rows) -> Iterator[str]:
        """Check that a chart of topics shows those with the most articles."""
        left = [len(articles) for key, articles in self.articles.items() if key not in shown]
        least = min((len(self.articles[key]) for key in shown), default=0)
        if left and (len(shown) < _MOST or max(left) > least):
            yield "a topic with more articles is left out"

    def _check_places(self, shown: Rows) -> Iterator[str]:
        """Check that time runs evenly, in the direction of reading."""
        numbers = {column: self._number(column) for row in shown.values() for column in row}
        start, count = min(numbers.values()), max(numbers.values()) - min(numbers.values()) + 1
        for mark in _MARKS(self.element):
            column = mark.get(DRAWN, "").rsplit(":", 2)[0]
            place = 50 * (2 * (numbers[column] - start) + 1) / count
            due = 100 - place if direction(self.catalog.lang) == "rtl" else place
            if any(abs(_middle(shape) - due) > _SLACK for shape in mark):
                yield f"the mark of {column} stands in another place"

    def _number(self, column: str) -> int:
        """Return the number of a column among all of its unit."""
        day = date.fromisoformat((column + "-01-01")[:10])
        return {"day": day.toordinal(), "week": day.toordinal() // 7, "month": day.year * 12 + day.month, "year": day.year}[self.unit]

    def _check_sizes(self) -> Iterator[str]:
        """Check that equal figures are drawn equal, larger ones larger, and what is filled within the whole."""
        for mark in _MARKS(self.element):
            _, n, own = mark.get(DRAWN, "").rsplit(":", 2)
            shapes = {shape.get("class"): _size(shape) for shape in mark}
            classes = {"ring"} - ({"ring"} if own == n else set()) | ({"disc"} if int(own) else set())
            whole = shapes.get("ring", shapes.get("disc", -1.0))
            if set(shapes) != classes or len(mark) != len(classes) or (len(shapes) == 2 and not shapes["disc"] < whole):
                yield f"the mark {mark.get(DRAWN)} is drawn as another figure"
            elif abs(self.sizes.setdefault(int(n), whole) - whole) > _SLACK:
                yield f"the mark {mark.get(DRAWN)} has another size than its equals"
        ordered = [size for _, size in sorted(self.sizes.items())]
        if ordered[0] <= 0 or any(one > other for one, other in pairwise(ordered)) or (len(ordered) > 1 and ordered[0] == ordered[-1]):
            yield "its sizes do not grow with the figures"

    def _check_words(self, shown: Rows) -> Iterator[str]:
        """Check the words around it: its label, its ends, its unit, and the rows of its table."""
        for drawing in self.element.iter("svg"):
            if drawing.get("aria-hidden") != "true" and not self._says(drawing.get("aria-label", ""), self._sum(drawing)):
                yield "it is not described by what it shows"
        days = sorted(_day(article) for key in shown for article in self.articles[key])
        ends = list(dict.fromkeys(day.isoformat() for day in (days[0], days[-1])))
        stated = self.element.xpath("(.//*[@class='axis'] | self::*[@class='spark'])")
        if not stated or any([time.get("datetime") for time in axis.iter("time")] != ends for axis in stated):
            yield "its ends are not the first and the last day"
        if self.kind != "spark":
            texts = {" ".join(text.split()) for text in self.element.itertext()}
            if {unit for unit in _UNITS if self._word(f"chart_by_{unit}") in texts} != {self.unit}:
                yield "it says another unit of time"
            yield from self._check_table()
            for name in _NAMES(self.element):
                if not self._names(name):
                    yield f"the row {name.getparent().get(ROW)[:60]} has another name"

    def _check_table(self) -> Iterator[str]:
        for row in _FIGURES(self.element):
            column, n, own = row.get(DRAWN, "").rsplit(":", 2)
            cells = [" ".join(cell.text_content().split()) for cell in row.iter("td")][1:]
            numbers = [int(n), *([int(n) - int(own)] if len(cells) > 1 else [])]
            if [time.get("datetime") for time in row.iter("time")] != [column] or not all(
                    self._says(cell, number) for cell, number in zip(cells, numbers, strict=True)):
                yield f"the row {row.get(DRAWN)} of its table says something else"

    def _sum(self, drawing: etree._Element) -> int:
        return sum(int(mark.get(DRAWN).rsplit(":", 2)[1]) for mark in _MARKS(drawing.getparent()))

    def _says(self, text: str, number: int) -> bool:
        return ("articles_n", number) in stated_counts(" ".join(text.split()), self.catalog.lang) if number else not text

    def _word(self, key: str) -> str:
        return " ".join(str(self.catalog.text(key).unescape()).split())

    def _names(self, name: etree._Element) -> bool:
        """Return whether a row bears the name of its outlet, or leads to its topic."""
        key = name.getparent().get(ROW)
        if self.kind == "topics":
            return any(f"/topics/{slug}/" in f"/{link.get('href')}" for link in name.iter("a")
                       for slug, ident in self.evidence.slugs.items() if ident == key)
        marks = [mark for found in name.iter() if (mark := found.get(FROM))]
        if not key:
            return not marks
        kind, _, rest = marks[0].partition(":") if len(marks) == 1 else ("", "", "")
        article = self.evidence.articles.get(rest.rpartition(":")[0])
        return rest == f"{key}:name" if kind == "outlet" else article is not None and rest.endswith(":outlet") and article.outlet == key


def _first_other(rows: Rows, due: Rows) -> str:
    """Return where two sets of figures differ first."""
    for key in sorted({*rows, *due}):
        one, other = rows.get(key, {}), due.get(key, {})
        for column in sorted({*one, *other}):
            if one.get(column) != other.get(column):
                return f"{one.get(column, (0, 0))[0]} articles of {(key or 'unknown outlets')[:60]} in {column[:20]}"
    return "nothing"


def _middle(shape: etree._Element) -> float:
    """Return the place of a shape across, in percent."""
    try:
        if shape.tag == "circle":
            return float(shape.get("cx", "").removesuffix("%"))
        return float(shape.get("x", "").removesuffix("%")) + float(shape.get("width", "").removesuffix("%")) / 2
    except ValueError:
        return -1.0


def _size(shape: etree._Element) -> float:
    """Return the radius of a circle or the height of a bar."""
    try:
        return float(shape.get("r" if shape.tag == "circle" else "height", ""))
    except ValueError:
        return -1.0
