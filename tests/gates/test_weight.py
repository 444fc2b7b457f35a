"""A topic of twenty articles is a light page: what a reader on a cheap phone downloads."""

import gzip
import json
from typing import Any

import pytest
from browsing import serve
from conftest import Desk
from playwright.sync_api import Browser
from reporting import Report
from sharing import Shared

ARTICLES = 20
MOST = {"the page": 60, "the page, packed": 15, "all that it loads, packed": 300, "our style sheets, packed": 20, "our scripts, packed": 20}
"""Kilobytes."""
MISSED = ("the page", "the page, packed")
NOT_REACHED = pytest.mark.xfail(strict=True, reason="not reached: words and frame alone are 54 KB (12.6 packed)")
MATERIALS = ("/assets/javascripts/", "/assets/stylesheets/")
LOADED = """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .map(entry => [entry.name, entry.encodedBodySize])"""


def topics(desk: Desk) -> list[Any]:
    """Return the data of all topics, the largest first."""
    data = desk.site / "data"
    found = [json.loads((data / row["data"]).read_text("utf-8")) for row in json.loads((data / "index.json").read_text("utf-8"))["topics"]]
    return sorted(found, key=lambda topic: -len(topic["articles"]))


def _join(desk: Desk) -> None:
    """Let an editor join the largest topics that have twenty articles together, and build."""
    chosen: list[str] = []
    left = ARTICLES
    for topic in topics(desk):
        if len(topic["articles"]) <= left:
            left -= len(topic["articles"])
            chosen += [article["id"] for article in topic["articles"]]
    with (desk.content / "overrides.yml").open("a", encoding="utf-8") as file:
        file.write(f"topics:\n  - together: [{', '.join(chosen)}]\n")
    done = desk.run("build")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def large(sample: Desk, shared: Shared) -> Desk:
    """The sample with a topic of twenty articles."""
    return Desk(shared.once("large", lambda root: _join(sample.copy(root))))


@pytest.fixture(scope="module")
def weights(large: Desk, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """What a reader's phone downloads with that topic, in bytes."""
    topic = topics(large)[0]
    assert len(topic["articles"]) == ARTICLES
    place = f"topics/{topic['slug']}/"
    with serve(tmp_path_factory.mktemp("served"), {"news": large}) as root, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{root}/news/{place}", wait_until="networkidle")
        loaded: dict[str, int] = dict(page.evaluate(LOADED))
    assert len(loaded) > 3
    own = {kind: sum(size for url, size in loaded.items() if url.endswith(kind) and not any(folder in url for folder in MATERIALS))
           for kind in (".css", ".js")}
    raw = (large.site / place / "index.html").read_bytes()
    return dict(zip(MOST, (len(raw), len(gzip.compress(raw)), sum(loaded.values()), own[".css"], own[".js"]), strict=True))


@pytest.mark.browser
@pytest.mark.parametrize("what", [pytest.param(what, marks=NOT_REACHED) if what in MISSED else what for what in MOST])
def test_a_topic_of_twenty_articles_is_light(weights: dict[str, int], what: str, report: Report) -> None:
    report(f"weight, topic of {ARTICLES} articles: {what}, in KB", weights[what] / 1000, ceiling=MOST[what])
