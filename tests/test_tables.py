"""Statements and differences as tables: whole, rectangular, and never a formula."""

import csv
import io
import json

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st

from digest.content import read_articles
from digest.tables import format_table

CELLS = st.text(st.sampled_from("=+-@'\"\t\r\n ,;a1＝｜é"), max_size=8)


def read(text: str) -> list[list[str]]:
    """Return the cells of a table as they stand there."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def original(cell: str) -> str:
    """Return what a cell was made from: an apostrophe in front is ours."""
    return cell.removeprefix("'")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＋1", "－1", "＠a",
                                  "'=1", "'quoted'"])
def test_a_cell_that_could_be_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert read(format_table([[cell]])) == [[f"'{cell}"]]


@pytest.mark.parametrize(("value", "cell"), [("a=1", "a=1"), ("“=1”", "“=1”"), (7, "7"), (None, ""), (True, "yes"), (False, "no")])
def test_any_other_cell_stays_as_it_is(value: object, cell: str) -> None:
    assert read(format_table([[value]])) == [[cell]]


def test_it_is_what_rfc_4180_describes_and_excel_reads() -> None:
    assert format_table([["a", 'say "b"'], ["ç\nd", "e,f"]]) == '\ufeff"a","say ""b"""\r\n"ç\nd","e,f"\r\n'


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=3))
def test_whatever_stands_in_it_no_cell_is_a_formula_and_nothing_is_lost(rows: list[list[str]]) -> None:
    cells = read(format_table(rows))
    assert [[original(cell) for cell in row] for row in cells] == rows
    for cell in (cell for row in cells for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), cell
        assert not cell.startswith(("\t", "\r", "\n")), cell


def tables(desk: Desk, tree: str = "") -> dict[str, list[dict[str, str]]]:
    """Return the tables of a site, by the last part of their names; each with its topic's data first in the list."""
    return {path.name: list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True))
            for path in sorted((desk.site / tree / "data" / "topics").glob("*.csv"))}


@pytest.mark.parametrize("name", ["compared", "sample", "told"])
def test_a_row_for_each_sentence_of_each_statement_and_difference(request: pytest.FixtureRequest, name: str) -> None:
    desk: Desk = request.getfixturevalue(name)
    articles = {article.id: article for article in read_articles(desk.content).articles}
    found, seen = tables(desk), 0
    for path in (desk.site / "data" / "topics").glob("*.json"):
        topic = json.loads(path.read_text("utf-8"))
        said = [(number, cited) for number, row in enumerate(topic["statements"], 1) for cited in row["citations"]]
        told = [(number, cited) for number, row in enumerate(topic["differences"], 1) for value in row["values"]
                for cited in value["citations"]]
        for kind, due in (("statement", said), ("difference", told)):
            rows = found.get(f"{path.stem}.{kind}s.csv", [])
            assert [(int(row[kind]), row["article"], row["version"], int(row["start"]), int(row["end"])) for row in rows] == [
                (number, cited["article"], cited["version"], cited["start"], cited["end"]) for number, cited in due]
            for row in rows:
                article = articles[row["article"]]
                assert original(row["quote"]) == article.text[int(row["start"]):int(row["end"])]
                assert (row["topic"], row["lang"], row["outlet"]) == (topic["id"], article.lang, article.outlet or "")
                assert row["url"] == (article.url or "")
                seen += 1
    assert seen >= 5


def test_a_difference_has_its_values_beside_each_other(compared: Desk) -> None:
    rows = next(rows for name, rows in tables(compared).items() if name.endswith("differences.csv"))
    assert [(row["what"], row["value"], row["shown"], row["within_one_text"]) for row in rows if row["difference"] == "1"] == [
        ("date", "2031-05-12", "Monday", "no"), ("date", "2031-05-12", "Monday", "no"), ("date", "2031-05-15", "Thursday", "no")]


def test_a_table_in_another_language_has_the_translation_beside_the_sentence(told: Desk) -> None:
    rows = [row for found in tables(told, "tr").values() for row in found if row["translation"]]
    assert rows
    assert {row["lang"] for row in rows} == {"en"}
    assert {row["translated_by"] for row in rows} <= {"argos 1.9", "editor"}


def test_the_index_and_the_page_lead_to_each_table(compared: Desk) -> None:
    index = json.loads((compared.site / "data" / "index.json").read_text("utf-8"))
    listed = {name: row["slug"] for row in index["topics"] for name in row["tables"]}
    assert sorted(name.removeprefix("topics/") for name in listed) == sorted(tables(compared))
    for name, slug in listed.items():
        assert f'href="../../data/{name}"' in (compared.site / "topics" / slug / "index.html").read_text("utf-8")
    assert {row["slug"] for row in index["topics"]} > set(listed.values())
