"""The sample's Spanish articles, told in Catalan too by Apertium, from end to end."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from conftest import REPOSITORY, Desk, set_up
from lxml import html
from test_translate import NEEDS_APERTIUM

from digest.catalog import load_catalog

pytestmark = NEEDS_APERTIUM
ARTICLES = sorted(path for path in (REPOSITORY / "content" / "articles").rglob("*.md") if "\nlang: es\n" in path.read_text("utf-8"))
CATALAN = re.compile(r"\b(amb|els|dels|segons|i)\b|\b[dl]['’]")
"""Words and elisions that Spanish does not have."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A digest of the Spanish articles alone, built in both languages; building proves it."""
    folder = tmp_path_factory.mktemp("catalan")
    (folder / "content" / "articles").mkdir(parents=True)
    for path in (*ARTICLES, *(REPOSITORY / "content" / name for name in ("digest.yml", "outlets.yml"))):
        shutil.copy(path, folder / "content" / ("articles" if path in ARTICLES else ""))
    desk = set_up(folder / "desk", folder / "content")
    desk.edit("content/digest.yml", r"languages: [^\n]*", "languages: [es, ca]\nengines: [apertium]")
    done = desk.run("build", "--strict")
    assert done.returncode == 0, done.stderr
    return desk


def topics(desk: Desk) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((desk.site / "ca" / "data" / "topics").glob("*.json"))]


def told(topic: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the title and the key points of a topic and its events."""
    for of in (topic, *topic["stories"]):
        yield of["title"]
        yield from of["summary"]


def test_everything_is_told_in_catalan_and_says_by_whom(built: Desk) -> None:
    assert len(ARTICLES) == 3
    rows = [row for topic in topics(built) for row in told(topic)]
    assert len(rows) >= 8
    assert {(row["lang"], row["state"], row["translated"]["engine"], row["translated"]["from"]) for row in rows} == {
        ("ca", "translated", "apertium", "es")}
    assert sum(bool(CATALAN.search(row["text"])) for row in rows) >= 0.8 * len(rows)


def test_each_page_is_catalan_around_it_too_and_labels_each_translation(built: Desk) -> None:
    catalog, pages = load_catalog("ca"), sorted((built.site / "ca").rglob("*.html"))
    assert catalog.lang == "ca"
    for path in pages:
        page = html.parse(path).getroot()
        assert (page.get("lang"), page.find(".//article").get("lang")) == ("ca", None)
        machine = [found.text_content() for found in page.iter("span") if found.get("class") == "machine"]
        assert all("Apertium" in label for label in machine)
        assert bool(machine) == (str(catalog.text("machine_notice").unescape()) in page.text_content())
    named = [path.parent.name for path in pages if 'class="machine"' in path.read_text("utf-8")]
    assert {"ca", "topics"} <= set(named)
    assert len(named) > 2


def test_a_second_build_translates_nothing(built: Desk) -> None:
    assert "translating" not in built.run("build").stderr
    assert not list(built.site.rglob("*.jsonl"))
