"""The data beside the pages, as its schema says."""

import json

import pytest
from conftest import Desk
from jsonschema import Draft202012Validator

from digest.content import read_articles
from digest.data import format_json


@pytest.fixture(params=["newsroom", "sample"])
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


def test_the_index_lists_every_topic(site: Desk) -> None:
    index = json.loads((site.site / "data" / "index.json").read_text("utf-8"))
    files = sorted(f"topics/{path.name}" for path in (site.site / "data" / "topics").iterdir())
    assert sorted(row["data"] for row in index["topics"]) == files
    for row in index["topics"]:
        topic = json.loads((site.site / "data" / row["data"]).read_text("utf-8"))
        assert (topic["id"], topic["slug"], topic["title"]) == (row["id"], row["slug"], row["title"])
        assert (site.site / "topics" / row["slug"] / "index.html").is_file()


def test_the_same_value_has_the_same_bytes() -> None:
    assert format_json({"b": [1, "é"], "a": None}) == '{\n "b": [\n  1,\n  "é"\n ],\n "a": null\n}\n'
