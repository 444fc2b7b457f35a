"""Charts as data: columns of time, places, sizes, what is filled and what joins."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from editing import article

from digest.models import Article, Story, Text, Title, Topic, Why
from digest.render.carriers import chart_carriers
from digest.render.charts import Bar, Chart, Row, chart_coverage, chart_topics, spark_of

WHY = Why((), 1.0)
DAY = date(2031, 5, 5)


def told(ident: str, published: date | str | None, outlet: str | None = "open") -> Article:
    """Return an article of an outlet and a day or time."""
    return replace(article(ident, "Otters swim.", str(published) if published else None), outlet=outlet)


def topic(*texts: Iterable[Article], ident: str = "t-1") -> Topic:
    """Return a topic of one event with these separate texts."""
    found = tuple(Text(tuple(sorted(text, key=lambda a: a.order))) for text in texts)
    title = Title("Otters", "en", "article", found[0].articles[0])
    return Topic(ident, f"otters-{ident}", title, (Story(f"s-{ident}", title, found, WHY),), WHY)


def coverage(*days: date | str | None, outlet: str | None = "open") -> Chart:
    """Return the chart of articles of these days, each a text of its own."""
    chart = chart_coverage(topic(*([told(f"a-{n}", day, outlet)] for n, day in enumerate(days))))
    assert chart
    return chart


def figures(row: Row) -> list[tuple[str, int, int]]:
    """Return what a row shows."""
    return [(mark.column, mark.articles, mark.own) for mark in row.marks]


def bars(of: Topic) -> tuple[Bar, ...]:
    """Return the bars of the small chart of a topic."""
    spark = spark_of(of)
    assert spark
    return spark.bars


@pytest.mark.parametrize(("apart", "unit", "columns", "ends"), [
    (0, "day", 1, ("2031-05-05",) * 2), (1, "day", 2, ("2031-05-05", "2031-05-06")),
    (41, "day", 42, ("2031-05-05", "2031-06-15")), (42, "week", 7, ("2031-05-05", "2031-06-16")),
    (370, "week", 53, ("2031-05-05", "2032-05-03")), (371, "month", 13, ("2031-05", "2032-05")),
    (1800, "month", 60, ("2031-05", "2036-04")), (1830, "year", 6, ("2031", "2036")),
    (40_000, "year", 110, ("2031", "2140"))])
def test_the_span_decides_what_a_column_is(apart: int, unit: str, columns: int, ends: tuple[str, str]) -> None:
    chart = coverage(DAY, DAY + timedelta(apart))
    marks = chart.rows[0].marks
    assert (chart.unit, chart.first, chart.last) == (unit, DAY, DAY + timedelta(apart))
    assert (marks[0].column, marks[-1].column) == ends
    assert marks[0].place == round(Decimal(50) / columns, 2)
    assert marks[0].place + marks[-1].place == 100


def test_weeks_begin_on_mondays() -> None:
    sunday, monday = date(2031, 5, 11), date(2031, 5, 12)
    chart = coverage(DAY, sunday, monday, DAY + timedelta(100))
    assert figures(chart.rows[0]) == [("2031-05-05", 2, 2), ("2031-05-12", 1, 1), ("2031-08-11", 1, 1)]


def test_a_single_day_stands_in_the_middle_whichever_way_it_is_read() -> None:
    mark, = coverage(DAY, DAY).rows[0].marks
    assert mark.x(backwards=False) == mark.x(backwards=True) == 50


def test_time_runs_the_way_the_page_is_read() -> None:
    marks = coverage(DAY, DAY + timedelta(3)).rows[0].marks
    assert [mark.x(backwards=False) for mark in marks] == [Decimal("12.50"), Decimal("87.50")]
    assert [mark.x(backwards=True) for mark in marks] == [Decimal("87.50"), Decimal("12.50")]


@pytest.mark.parametrize("apart", [0, 20, 60, 400, 1000])
def test_more_articles_are_drawn_larger_and_no_mark_is_wider_than_its_place_allows(apart: int) -> None:
    chart = coverage(*[DAY] * 9, *[DAY + timedelta(apart)] * 3, DAY + timedelta(2 * apart))
    sizes = {mark.articles: mark.size for mark in chart.rows[0].marks}
    assert [sizes[n] for n in sorted(sizes)] == sorted(set(sizes.values()))
    assert Decimal("1.9") <= min(sizes.values()) <= max(sizes.values()) <= 8


def test_what_is_no_copy_or_certainly_the_first_is_filled() -> None:
    known = [told("one", "2031-05-05T08:00+00:00", "a"), told("two", "2031-05-05T09:00+00:00", "b"),
             told("three", "2031-05-05T09:30+00:00", "b")]
    unknown = [told("four", DAY, "c"), told("five", DAY, "d")]
    chart = chart_coverage(topic(known, unknown, [told("six", DAY, "b")]))
    assert chart
    assert chart.repeats
    assert [figures(row)[0][1:] for row in chart.rows] == [(1, 1), (3, 1), (1, 0), (1, 0)]
    discs = {mark.articles * 10 + mark.own: (mark.disc, mark.size) for row in chart.rows for mark in row.marks}
    assert discs[11][0] == discs[11][1]
    assert 0 < discs[31][0] < discs[31][1] - 1
    assert discs[10][0] == 0


def test_without_copies_nothing_repeats() -> None:
    assert not coverage(DAY, DAY).repeats


def test_unknown_outlets_are_one_row_and_undated_articles_are_counted() -> None:
    chart = chart_coverage(topic([told("one", DAY, None)], [told("two", DAY, None)], [told("three", None)]))
    assert chart
    assert ([figures(row) for row in chart.rows], chart.undated) == ([[("2031-05-05", 2, 2)]], 1)


def test_nothing_dated_is_no_chart_and_one_article_none_of_its_own() -> None:
    undated, alone = topic([told("one", None)], [told("two", None)]), topic([told("one", DAY)], [told("two", None)])
    assert chart_topics([undated]) == chart_topics([]) == {"": None}
    for found in (undated, alone):
        assert (chart_coverage(found), spark_of(found)) == (None, None)
    assert chart_topics([alone])[""]


def test_a_card_has_a_bar_for_each_column() -> None:
    text = [told("one", "2031-05-05T08:00+00:00", "a"), told("two", "2031-05-05T09:00+00:00", "b")]
    spark = spark_of(topic(text, [told("three", DAY, "c"), ], [told("four", DAY + timedelta(1), "a")]))
    assert spark
    assert [(bar.mark.drawn, bar.height, bar.own) for bar in spark.bars] == [
        ("2031-05-05:3:2", Decimal("24.00"), Decimal("16.00")), ("2031-05-06:1:1", Decimal("8.00"), Decimal("8.00"))]
    assert [bar.x(backwards=False) + bar.width / 2 for bar in spark.bars] == [25, 75]
    assert spark.articles == 4


def test_the_twelve_topics_with_the_most_articles_are_drawn_those_with_most_first() -> None:
    many = [topic(*([told(f"{n}-{k}", DAY - timedelta(n))] for k in range(1 + n % 5)), ident=f"t-{n:02}") for n in range(20)]
    chart = chart_topics(many)[""]
    assert chart
    left = {topic.id for topic in many} - {row.key for row in chart.rows}
    assert len(chart.rows) == 12
    assert max(len(topic.articles) for topic in many if topic.id in left) <= min(row.articles for row in chart.rows)
    assert [row.articles for row in chart.rows] == sorted((row.articles for row in chart.rows), reverse=True)
    assert [row.marks[0].column for row in chart.rows[:4]] == sorted(row.marks[0].column for row in chart.rows[:4]), "equals by their first"


@pytest.mark.parametrize(("period", "drawn"), [("", ["t-1", "t-2"]), ("2031", ["t-1", "t-2"]), ("2031-05", ["t-1"]), ("2031-06", ["t-2"])])
def test_a_period_has_the_articles_of_its_days(period: str, drawn: list[str]) -> None:
    chart = chart_topics([topic([told("one", "2031-05-31")]), topic([told("two", "2031-06-01")], ident="t-2")], [period])[period]
    assert chart
    assert ([row.key for row in chart.rows], chart.of) == (drawn, period)


def shared(*outlets: str | None, name: str, day: date = DAY) -> list[Article]:
    """Return a text that these outlets carry, one after the other."""
    return [told(f"{name}-{n}", f"{day}T{8 + n:02}:00+00:00", outlet) for n, outlet in enumerate(outlets)]


def test_who_carries_the_same_text() -> None:
    one, other = shared("a", "b", "d", name="one"), shared("c", "a", name="other", day=DAY + timedelta(1))
    chart = chart_carriers(topic(other, one, [told("alone", DAY, "e")]))
    assert chart
    assert [text.articles[0].id for text in chart.texts] == ["one-0", "other-0"]
    assert [(row.key, figures(row)) for row in chart.rows] == [
        ("one-0", [("one-0", 1, 1), ("other-0", 1, 0)]), ("one-1", [("one-0", 1, 0)]), ("one-2", [("one-0", 1, 0)]),
        ("other-0", [("other-0", 1, 1)])]
    assert [[(tie.place, tie.up, tie.down) for tie in chart.ties(row)] for row in chart.rows] == [
        [(25, False, True), (75, False, True)], [(25, True, True), (75, True, True)], [(25, True, False), (75, True, True)],
        [(75, True, False)]]


@pytest.mark.parametrize("texts", [
    pytest.param([shared("a", "b", name="one")], id="one such text"),
    pytest.param([shared("a", "b", name="one"), shared("a", "a", name="other")], id="of one outlet"),
    pytest.param([shared("a", "b", name="one"), shared(None, None, name="other")], id="of unknown outlets"),
    pytest.param([[told("one", DAY)], [told("two", DAY)]], id="no copies")])
def test_a_list_says_as_much(texts: list[list[Article]]) -> None:
    assert chart_carriers(topic(*texts)) is None


def test_the_order_of_texts_does_not_matter() -> None:
    texts = [shared("a", "b", name="one"), shared("b", "c", name="two", day=DAY + timedelta(3)), [told("three", DAY, "d")],
             [told("four", DAY)]]
    due = chart_coverage(topic(*texts)), chart_carriers(topic(*texts)), bars(topic(*texts))
    for seed in range(5):
        mixed = random.Random(seed).sample(texts, len(texts))
        found = topic(*mixed)
        assert (chart_coverage(found), chart_carriers(found), bars(found)) == due
