"""Hold the drawing of a chart against its figures: where marks stand, how large they are, what joins them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from lxml import etree

from digest.verify.figures import Figures, Rows

__all__ = ["DRAWN", "MARKS", "ROW", "check_drawing", "parse_mark"]

ROW, DRAWN = "data-of", "data-drawn"
MARKS = etree.XPath(f".//svg//g[@{DRAWN}]")
_SHAPES = ("circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "text", "use")
_LOOSE = etree.XPath(f".//svg//*[{' or '.join(f'self::{shape}' for shape in _SHAPES)}][not(self::line[@class='base' or @class='tie'])"
                     f" and not(ancestor::*[@{DRAWN}]) and not(ancestor::*[@class='key'])]")
_STRIPS = etree.XPath(f".//li[@{ROW}]")
_SLACK = 0.06
"""What rounding may take."""


def parse_mark(mark: etree._Element) -> tuple[str, int, int]:
    """Return what a mark says: its column, its articles, and how many of them are a text of their own; -1 for what is no number."""
    column, *numbers = mark.get(DRAWN, "").rsplit(":", 2)
    articles, own, *_ = (*(int(n) if n.isdecimal() and len(n) < 9 else -1 for n in numbers), -1, -1)
    return column, articles, own


def check_drawing(chart: etree._Element, figures: Figures, shown: Rows, unit: str, *, backwards: bool) -> Iterator[str]:
    """Yield what is wrong with a chart whose marks have the figures that are due; `backwards`: its page is read from the right."""
    places = _places(figures, shown, unit, backwards=backwards)
    for mark in MARKS(chart):
        column, _, _ = parse_mark(mark)
        if any(abs(_middle(shape) - places[column]) > _SLACK or not _stands(shape, mark) for shape in mark):
            yield f"the mark of {column} stands in another place"
    yield from _check_sizes(chart)
    yield from _check_ties(_STRIPS(chart), places if unit == "text" else {})
    if _LOOSE(chart):
        yield "it has a mark that stands for nothing"


def _places(figures: Figures, shown: Rows, unit: str, *, backwards: bool) -> dict[str, float]:
    """Return where the columns are, in percent: they are equally wide, the first where reading begins."""
    numbers = {column: figures.number(column, unit) for row in shown.values() for column in row}
    start, count = min(numbers.values()), max(numbers.values()) - min(numbers.values()) + 1
    places = {column: 50 * (2 * (number - start) + 1) / count for column, number in numbers.items()}
    return {column: 100 - place if backwards else place for column, place in places.items()}


def _check_sizes(chart: etree._Element) -> Iterator[str]:
    """Check that equal figures are drawn equal, larger ones larger, and what is filled within the whole."""
    sizes: dict[int, float] = {}
    for mark in MARKS(chart):
        _, n, own = parse_mark(mark)
        shapes = {shape.get("class"): _size(shape) for shape in mark}
        due = ({"ring"} if own < n else set()) | ({"disc"} if own else set())
        whole = shapes.get("ring", shapes.get("disc", -1.0))
        if set(shapes) != due or len(mark) != len(due) or (len(due) == 2 and not 0 < shapes["disc"] < whole) or (
                mark[0].tag == "rect" and abs(shapes.get("disc", 0.0) - whole * own / n) > _SLACK):
            yield f"the mark {mark.get(DRAWN)} is drawn as another figure"
        elif abs(sizes.setdefault(n, whole) - whole) > _SLACK:
            yield f"the mark {mark.get(DRAWN)} has another size than its equals"
    ordered = [size for _, size in sorted(sizes.items())]
    if any(one > other for one, other in pairwise((0.1, *ordered))) or (len(ordered) > 1 and ordered[0] == ordered[-1]):
        yield "its sizes do not grow with the figures"


def _check_ties(strips: Sequence[etree._Element], places: Mapping[str, float]) -> Iterator[str]:
    """Check that lines join the marks of each of these columns, from the first to the last row that has one, and nothing else."""
    rows = [{parse_mark(mark)[0] for mark in MARKS(strip)} for strip in strips]
    spans = {column: [at for at, row in enumerate(rows) if column in row] for column in places}
    for at, strip in enumerate(strips):
        due = sorted((places[column], at > found[0], at < found[-1]) for column, found in spans.items() if found[0] <= at <= found[-1])
        ties = sorted(map(_tie, strip.findall(".//line[@class='tie']")))
        near = all(abs(one[0] - other[0]) <= _SLACK for one, other in zip(ties, due, strict=False))
        if not near or [tie[1:] for tie in ties] != [tie[1:] for tie in due]:
            yield f"the lines of the row {strip.get(ROW)[:60]} join something else"


def _tie(line: etree._Element) -> tuple[float, bool, bool]:
    """Return where a line is, and whether it goes up and down from the middle of its row."""
    top, end, place, also = (_number(line, name) for name in ("y1", "y2", "x1", "x2"))
    middle = _number(line.getparent(), "height") / 2
    upright = place == also and {top, end} <= {0.0, middle, 2 * middle} and top < end
    return (place, top == 0, end == 2 * middle) if upright else (-1.0, False, False)


def _number(element: etree._Element, name: str) -> float:
    try:
        return float(element.get(name, "").removesuffix("%"))
    except ValueError:
        return -1.0


def _middle(shape: etree._Element) -> float:
    """Return the place of a shape across, in percent."""
    return _number(shape, "cx") if shape.tag == "circle" else _number(shape, "x") + _number(shape, "width") / 2


def _stands(shape: etree._Element, mark: etree._Element) -> bool:
    """Return whether a circle is in the middle of its row, or a bar at the bottom of its chart."""
    height = _number(mark.getparent(), "height")
    if shape.tag == "circle":
        return _number(shape, "cy") == height / 2
    return abs(_number(shape, "y") + _number(shape, "height") - height) <= _SLACK


def _size(shape: etree._Element) -> float:
    """Return the radius of a circle or the height of a bar."""
    return _number(shape, "r" if shape.tag == "circle" else "height")
