"""Hold charts against the articles: marks stand for articles of their row and column; words and table beside them say the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from digest.catalog import Catalog, direction
from digest.marks import FROM
from digest.verify.columns import UNITS, columns_of
from digest.verify.counts import stated_counts
from digest.verify.datafile import DataFile
from digest.verify.drawing import DRAWN, MARKS, ROW, check_drawing, parse_mark
from digest.verify.evidence import Evidence
from digest.verify.figures import Figures, Rows, dated, day_of, figures_of
from digest.verify.links import leads_to_topic

__all__ = ["CHART", "check_charts", "name_columns"]

CHART = "data-chart"
_OTHERS = etree.XPath(f".//article//svg[not(ancestor::*[@{CHART}]) and not(@aria-hidden='true')]")
_TABLE = etree.XPath(f".//tr[@{DRAWN}]")
_NAMES = etree.XPath(f".//li[@{ROW}]/*[@class='strip-name'] | .//tr/*[@class='of']")
_AXES = etree.XPath("descendant-or-self::*[@class='axis' or @class='spark']")
_MOST = 12
"""Rows of a chart of topics, at most."""


def name_columns(data: DataFile, ident: str, members: Iterable[str]) -> None:
    """Note the days, weeks, months and years that the charts of a topic may name, and what they may count."""
    evidence, articles = data.evidence, dated(members, data.evidence)
    found = columns_of(map(day_of, articles))
    evidence.moments[f"{data.page}#coverage"] = found
    for place in ("coverage", "carriers"):
        evidence.counts[f"{data.page}#{place}"] = {("articles_n", n) for n in range(1, len(evidence.members[ident]) + 1)} | {
            ("limit_unknown_date", len(evidence.members[ident]) - len(articles))}
    for place in ("", "topics/"):
        evidence.moments[f"{data.tree}{place}#spark-{ident}"] = found


def check_charts(main: etree._Element, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    """Yield what is wrong with the charts of a page; `catalog` is that of its text."""
    if _OTHERS(main):
        yield "has a drawing that is no chart"
    for element in main.iter():
        if isinstance(element.tag, str) and (named := element.get(CHART)) is not None:
            yield from (f"the chart {named[:80]}: {fault}" for fault in _check(element, named, catalog, evidence))


def _check(element: etree._Element, named: str, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    kind, _, rest = named.partition(":")
    ident, _, unit = rest.rpartition(":")
    figures = figures_of(kind, ident, unit, evidence)
    if figures is None:
        yield "there is nothing like it to be drawn"
        return
    chart = _Chart(element, kind, unit, figures, catalog, evidence)
    rows = chart.rows(MARKS(element))
    shown = {key: figures.rows[key] for key in rows if key in figures.rows} if kind == "topics" else figures.rows
    if rows != shown:
        yield f"it draws {_first_other(rows, shown)}, the articles say otherwise"
    elif kind != "spark" and chart.rows(_TABLE(element)) != shown:
        yield "the table behind it has other figures"
    else:
        yield from check_drawing(element, figures, shown, unit, backwards=direction(catalog.lang) == "rtl")
        yield from chart.faults(shown)


@dataclass(frozen=True, slots=True)
class _Chart:
    """The check of what stands in and around a chart."""

    element: etree._Element
    kind: str
    unit: str
    figures: Figures
    catalog: Catalog
    evidence: Evidence

    def rows(self, marks: Iterable[etree._Element]) -> Rows:
        """Return the figures of marks; what is said twice is no figure."""
        rows: dict[str, dict[str, tuple[int, int]]] = {}
        for mark in marks:
            column, n, own = parse_mark(mark)
            row = rows.setdefault(self._row(mark), {})
            row[column] = (-1, -1) if column in row else (n, own)
        return rows

    def _row(self, mark: etree._Element) -> str:
        if self.kind == "spark":
            return next(iter(self.figures.rows))
        return next((key for holder in (mark, *mark.iterancestors()) if (key := holder.get(ROW)) is not None), "\0")

    def faults(self, shown: Rows) -> Iterator[str]:
        """Yield what is wrong with its choice of rows and with the words around it."""
        left = self.figures.rows.keys() - shown.keys()
        if left and (len(shown) < _MOST or max(map(self.figures.sums.__getitem__, left)) > self.figures.least(shown)):
            yield "a topic with more articles is left out"
        sums = [self.figures.sums[key] for key in shown]
        if self.kind == "topics" and sums != sorted(sums, reverse=True):
            yield "the topics do not stand in the order of their articles"
        for drawing in self.element.iter("svg"):
            total = sum(parse_mark(mark)[1] for mark in MARKS(drawing.getparent()))
            if drawing.get("aria-hidden") != "true" and not self._says(drawing.get("aria-label", ""), total):
                yield "it is not described by what it shows"
        if self.unit in UNITS:
            yield from self._check_ends(shown)
        if self.kind != "spark":
            yield from self._check_table()
            yield from (f"the row {self._row(name)[:60]} has another name" for name in _NAMES(self.element) if not self._names(name))

    def _check_ends(self, shown: Rows) -> Iterator[str]:
        """Check the days at its ends, and what it says of its unit of time."""
        days = [day for key in shown for day in self.figures.days[key]]
        ends, axes = sorted({min(days), max(days)}), _AXES(self.element)
        if not axes or any([time.get("datetime") for time in axis.iter("time")] != ends for axis in axes):
            yield "its ends are not the first and the last day"
        texts = {" ".join(text.split()) for text in self.element.itertext()}
        said = {unit for unit in UNITS if " ".join(str(self.catalog.text(f"chart_by_{unit}").unescape()).split()) in texts}
        if said != {self.unit} and self.kind != "spark":
            yield "it says another unit of time"

    def _check_table(self) -> Iterator[str]:
        for row in _TABLE(self.element):
            column, n, own = parse_mark(row)
            cells = [" ".join(cell.text_content().split()) for cell in row.iterfind("td[@class='n']")]
            due = [n, *([n - own] if len(cells) > 1 else [])]
            stated = [time.get("datetime") for time in row.iterfind(".//td[@class='column']//time")]
            if not cells or stated != ([column] if self.unit in UNITS else []) or not all(map(self._says, cells, due)):
                yield f"the row {row.get(DRAWN)[:60]} of its table says something else"
            elif self.unit not in UNITS and not self._is_headline(row, column):
                yield f"the row {row.get(DRAWN)[:60]} of its table is of another text"

    def _is_headline(self, row: etree._Element, column: str) -> bool:
        """Return whether the heading of a row of a table, or of the rows above it that it belongs to, is the headline of a text."""
        heads = (above.find("th[@class='column']") for above in (row, *row.itersiblings(preceding=True)))
        head = next((found for found in heads if found is not None), row)
        return {mark for found in head.iter() if (mark := found.get(FROM))} == {f"article:{column}:title"}

    def _says(self, text: str, number: int) -> bool:
        return ("articles_n", number) in stated_counts(" ".join(text.split()), self.catalog.lang) if number else not text

    def _names(self, name: etree._Element) -> bool:
        """Return whether a row bears the name of its outlet, or leads to its topic."""
        key = self._row(name)
        if self.kind == "topics":
            return leads_to_topic(name, key, self.evidence)
        marks = [mark for found in name.iter() if (mark := found.get(FROM))]
        if key not in self.evidence.articles:
            return False
        outlet = self.evidence.articles[key].outlet
        if outlet is None or outlet in self.evidence.settings.outlets:
            return marks == ([f"outlet:{outlet}:name"] if outlet else [])
        kind, _, rest = (marks[0] if len(marks) == 1 else "").partition(":")
        article = self.evidence.articles.get(rest.removesuffix(":outlet"))
        return kind == "article" and article is not None and article.outlet == outlet


def _first_other(rows: Rows, due: Rows) -> str:
    """Return where two sets of figures differ first."""
    for key in sorted({*rows, *due}):
        one, other = rows.get(key, {}), due.get(key, {})
        for column in sorted({*one, *other}):
            if one.get(column) != other.get(column):
                return f"{one.get(column, (0, 0))[0]} articles of {key[:60]} in {column[:20]}"
    return "nothing"
