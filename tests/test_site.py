"""The site in a real browser, under a sub-path, with and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import OUTSIDE, OVERFLOW, Reader, serve
from conftest import Desk
from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def root(newsroom: Desk, sample: Desk, compared: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with all sites below it, each under a path of its own."""
    with serve(tmp_path_factory.mktemp("served"), {"repo": newsroom, "sample": sample, "compared": compared}) as address:
        yield address


@pytest.fixture(params=[{}, {"java_script_enabled": False}, {"color_scheme": "dark"}], ids=["light", "without JavaScript", "dark"])
def reader(browser: Browser, root: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader with a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, **request.param)
    found = Reader(context.new_page(), root)
    yield found
    context.close()
    assert found.faults == []


@pytest.mark.parametrize("site", ["repo", "sample"])
def test_leads_from_the_front_page_to_the_sentence_itself(reader: Reader, site: str) -> None:
    page = reader.open(f"{site}/")
    page.locator(".card h2 a").first.click()
    page.wait_for_url(f"**/{site}/topics/**")
    quoted = page.locator(".point q").first.inner_text()
    page.locator(".point .chip").first.click()
    page.locator(".card-receipt:popover-open .ways a").first.click()
    page.wait_for_url(f"**/{site}/sources/**")
    target = page.locator("mark:target")
    assert target.count() == 1
    assert target.inner_text().strip() in quoted.replace("\n", " ")
    box = target.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 740
    assert target.evaluate("e => getComputedStyle(e).backgroundColor") != page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert target.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def pages(site: Path) -> list[str]:
    """Return one page of each kind, and every topic that has not moved."""
    kinds = [kind for kind in ("outlets", "sources", "archive", "names", "corrections", "handbook") if (site / kind).is_dir()]
    first = [sorted((site / kind).rglob("index.html"))[0] for kind in kinds]
    found = [*first, *site.rglob("topics/**/index.html"), *site.glob("about/*/index.html"), site / "index.html"]
    staying = {path for path in found if 'http-equiv="refresh"' not in path.read_text("utf-8")}
    return sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in staying)


def test_moved_topics_lead_on(reader: Reader, sample: Desk) -> None:
    moved = [path for path in sample.site.glob("topics/*/index.html") if 'http-equiv="refresh"' in path.read_text("utf-8")]
    assert moved
    page = reader.open(f"sample/{moved[0].relative_to(sample.site).as_posix().removesuffix('index.html')}")
    page.wait_for_url(lambda url: moved[0].parent.name not in url)
    assert page.locator("#key-points").count() == 1


@pytest.mark.parametrize("site", ["repo", "sample", "compared"])
def test_fits_a_phone(reader: Reader, newsroom: Desk, sample: Desk, compared: Desk, site: str) -> None:
    for path in pages({"repo": newsroom, "sample": sample, "compared": compared}[site].site):
        page = reader.open(f"{site}/{path}")
        assert page.evaluate(OVERFLOW) <= 0, path
        assert page.evaluate(OUTSIDE) == [], path


@pytest.fixture
def topic(compared: Desk) -> str:
    """The address of the topic with findings."""
    return f"compared/{compared.page('topics/ferries').parent.relative_to(compared.site).as_posix()}/"


def test_who_reports_what_is_cards_on_a_phone(reader: Reader, topic: str) -> None:
    page = reader.open(topic)
    cell = page.locator("#statement-1 td.said").first
    assert cell.evaluate("e => getComputedStyle(e).display") == "block"
    assert cell.locator(".who").is_visible()
    assert not cell.locator("q").is_visible()
    cell.locator("summary").click()
    assert cell.locator("q").is_visible()
    assert page.evaluate(OVERFLOW) <= 0


def test_who_reports_what_is_a_table_on_a_wide_screen(browser: Browser, root: str, topic: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{root}/{topic}")
        cells = page.locator("#statement-1 :is(th, td)")
        assert (cells.count(), len(set(places(cells, "y")))) == (4, 1)
        assert not page.locator("#statement-1 .who").first.is_visible()
        assert places(page.locator(".who-reports thead th"), "x") == places(cells, "x")


def places(found: Locator, axis: str) -> list[float]:
    """Return where elements begin."""
    return [round(float(element.evaluate("(e, axis) => e.getBoundingClientRect()[axis]", axis))) for element in found.all()]


def test_the_timeline_turns_round(reader: Reader, topic: str) -> None:
    page = reader.open(topic)

    def days() -> list[str | None]:
        entries = page.locator(".timeline > li")
        times = [entry.locator("time").first.get_attribute("datetime") for entry in entries.all()]
        return [time for _, time in sorted(zip(places(entries, "y"), times, strict=True))]

    newest = days()
    assert newest == ["2031-05-15", "2031-05-12", "2031-05", "1911"]
    page.locator(".to-oldest").click()
    assert days() == newest[::-1]
    page.locator(".to-newest").click()
    assert days() == newest


def test_words_lead_to_their_sentence(reader: Reader, topic: str) -> None:
    page = reader.open(topic)
    words = page.locator("#difference-1 .receipt q mark").first.inner_text()
    page.locator("#difference-1 .receipt .says a").first.click()
    page.wait_for_url("**/sources/**")
    assert words in page.locator("mark:target").inner_text()


def test_colors_follow_the_reader(browser: Browser, root: str) -> None:
    """With and without JavaScript, letters stand out from the paper in light and in dark."""
    papers = set()
    for options in ({"color_scheme": "light"}, {"color_scheme": "dark"}):
        with browser.new_context(**options) as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(f"{root}/repo/")
            ink, paper = page.evaluate("['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])")
            papers.add(paper)
            assert abs(brightness(ink) - brightness(paper)) > 150
    assert len(papers) == 2


def brightness(color: str) -> float:
    """Return how bright a color is, from 0 to 255."""
    parts = [float(part) for part in color[color.index("(") + 1:-1].split(",")[:3]]
    return sum(parts) / 3


def test_arabic_stands_from_right_to_left(reader: Reader) -> None:
    page = reader.open("repo/")
    page.locator(".card h2 a", has_text="ميناء").click()
    quote = page.locator("q").first
    assert (quote.get_attribute("lang"), quote.get_attribute("dir")) == ("ar", "rtl")
    assert quote.evaluate("e => getComputedStyle(e).direction") == "rtl"
    headline = page.locator("h1 span")
    assert (headline.get_attribute("lang"), headline.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator("html").get_attribute("dir") in {None, "ltr"}
    page.locator(".chip").first.click()
    page.locator(".card-receipt:popover-open .ways a").first.click()
    assert page.locator("mark:target").get_attribute("dir") == "rtl"


def test_a_hostile_headline_is_only_words(reader: Reader) -> None:
    page = reader.open("repo/topics/")
    page.locator("h2 a", has_text="Orvane").click()
    headline = page.locator("main [data-from$=':title']", has_text="Drawbridge of Orvane stuck open").first
    assert headline.inner_text() == "Drawbridge of Orvane stuck open, <i>hundreds</i> wait"
    assert page.locator("main i").count() == 0


def test_a_missing_page_says_so(browser: Browser, root: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{root}/repo/404.html")
        assert page.locator("h1").inner_text() == "Page not found"
