"""The data beside the pages, as its schema says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Desk
from found import COPY, GEAR
from jsonschema import Draft202012Validator

from digest.content import read_articles
from digest.data import format_json

Json = dict[str, Any]


@pytest.fixture(params=["newsroom", "sample", "compared"])
def site(request: pytest.FixtureRequest) -> Desk:
    """Each built site in turn."""
    found: Desk = request.getfixturevalue(request.param)
    return found


def test_data_follow_the_published_schema(site: Desk) -> None:
    schema = json.loads((site.site / "data" / "schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    files = [path for path in (site.site / "data").rglob("*.json") if path.name != "schema.json"]
    assert len(files) > 3
    for path in files:
        assert [error.message for error in validator.iter_errors(json.loads(path.read_text("utf-8")))] == [], path


def test_every_quote_is_exactly_its_span(site: Desk) -> None:
    articles = {a.id: a for a in read_articles(site.content).articles}
    seen = 0
    for path in (site.site / "data" / "topics").glob("*.json"):
        topic = json.loads(path.read_text("utf-8"))
        for point in (point for row in (topic, *topic["stories"]) for point in row["summary"]):
            assert point["text"] == point["citations"][0]["quote"]
            for cited in point["citations"]:
                article = articles[cited["article"]]
                assert (article.text[cited["start"]:cited["end"]], article.version) == (cited["quote"], cited["version"])
                seen += 1
    assert seen > 5


def spans_of(found: object) -> Iterator[tuple[list[Json], list[Json]]]:
    """Yield the citations and the words in them of everything that has both."""
    for value in found if isinstance(found, list) else found.values() if isinstance(found, dict) else ():
        yield from spans_of(value)
    if isinstance(found, dict) and "spans" in found:
        yield found["citations"], found["spans"]


def test_words_stand_in_the_sentences_cited_with_them(compared: Desk) -> None:
    topic = drawbridge(compared)
    seen = [(cited, span) for citations, spans in spans_of(topic) for span in spans for cited in [
        [c for c in citations if c["article"] == span["article"] and c["start"] <= span["start"] and span["end"] <= c["end"]]]]
    assert len(seen) > 15
    assert all(len(cited) == 1 for cited, _ in seen)
    for cited, span in seen:
        assert cited[0]["quote"][span["start"] - cited[0]["start"]:span["end"] - cited[0]["start"]] == span["quote"]


def drawbridge(desk: Desk) -> Json:
    """Return the data of the topic with findings."""
    found: Json = json.loads(next((desk.site / "data" / "topics").glob("ferries*.json")).read_text("utf-8"))
    return found


def test_findings_have_the_shapes_that_others_rely_on(compared: Desk) -> None:
    topic = drawbridge(compared)
    first = topic["statements"][0]
    assert (first["separate_texts"], first["outlets"], first["attributed_to"]) == (2, ["lantern-wire", "quay-herald", "open-gazette"], None)
    assert [row["attributed_to"] for row in topic["statements"][1:]] == ["Engineer Matis Corl", None]
    assert [row["passage"] for row in topic["statements"]] == [False, False, True]
    days = topic["differences"][0]
    assert (days["what"], days["about"], days["within"]) == ("date", "Orvane, drawbridge", False)
    assert [(v["value"], v["shown"], len(v["citations"])) for v in days["values"]] == [
        ("2031-05-12", "Monday", 2), ("2031-05-15", "Thursday", 1)]
    version, = topic["versions"]
    assert (version["articles"], version["order"]) == ([GEAR, COPY], "unknown")
    assert [[c["article"] for c in change["citations"]] for change in version["changes"]] == [[GEAR, COPY], [GEAR]]
    assert [(row["kind"], [v["value"] for v in row["values"]]) for row in topic["wording"]] == [
        ("name", ["port authority of Orvane", "port authority"]), ("spelling", ["Corl", "Holm"])]
    assert [(row["date"], row["precision"], row["basis"], row["shown"]) for row in topic["timeline"]] == [
        ("2031-05-15", "day", "published", "Thursday"), ("2031-05-12", "day", "published", "Monday"),
        ("2031-05", "month", "copy", "Monday"), ("1911", "year", "stated", "1911")]
    assert [row["text"] for row in topic["stories"][0]["only_one"]] == ["“We greased it and prayed,” he said."]
    assert topic["why"]["days"] == ["2031-05-12"]
    assert topic["why"]["nearest"] == {"article": "honey-thieves-leave-note-in-pellin", "score": 0.07}
    for row in (*topic["statements"], *topic["timeline"], *topic["stories"][0]["only_one"]):
        assert (row["state"], row["translated"], row["lang"]) == ("original", None, "en")


def test_editors_words_are_signed_and_dated(compared: Desk) -> None:
    topic = drawbridge(compared)
    assert {row["what"]: (row["why"], row["until"], row["date"]) for row in topic["editorial"]} == {
        "together": (None, None, None), "keypoint-drop": ("The gear was found elsewhere.", None, None), "pin": (None, "2031-07-01", None),
        "withdraw": ("The outlet took it back.", None, "2031-05-20")}
    note, = topic["corrections"]
    assert (note["by"], note["date"], note["state"]) == ("Ada Editor", "2031-05-16", "editor")


def test_the_index_lists_names(compared: Desk) -> None:
    index = json.loads((compared.site / "data" / "index.json").read_text("utf-8"))
    name, = index["names"]
    assert (name["name"], name["kind"], name["topics"]) == ("Matis Corl", "person", [drawbridge(compared)["slug"]])
    assert (compared.site / "names" / name["slug"] / "index.html").is_file()


def test_the_index_lists_every_topic(site: Desk) -> None:
    index = json.loads((site.site / "data" / "index.json").read_text("utf-8"))
    files = sorted(f"topics/{path.name}" for path in (site.site / "data" / "topics").iterdir())
    assert sorted(name for row in index["topics"] for name in (row["data"], *row["tables"])) == files
    for row in index["topics"]:
        topic = json.loads((site.site / "data" / row["data"]).read_text("utf-8"))
        assert (topic["id"], topic["slug"], topic["title"]) == (row["id"], row["slug"], row["title"])
        assert (site.site / "topics" / row["slug"] / "index.html").is_file()


def test_the_same_value_has_the_same_bytes() -> None:
    assert format_json({"b": [1, "é"], "a": None}) == '{\n "b": [\n  1,\n  "é"\n ],\n "a": null\n}\n'
