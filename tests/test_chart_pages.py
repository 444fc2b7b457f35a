"""Charts on built pages: proven mark by mark, and looked at in a real browser."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browsing import OUTSIDE, OVERFLOW, Reader, serve
from charted import OVERRIDES, YEARS, write_press
from conftest import Desk, set_up, whole
from lxml import html
from playwright.sync_api import Browser, Page

from digest.verify import gather_evidence
from digest.verify.evidence import Evidence
from digest.verify.pages import check_page

LONG, SHARED, ALONE = ("topics/*-long-topic/", "topics/*-shared-topic/", "topics/*-alone-topic/")


@dataclass
class Charted:
    """The built site with its evidence."""

    desk: Desk
    evidence: Evidence
    places: dict[str, str] = field(default_factory=dict)
    """The addresses of the topics' pages, by a word of them."""

    def faults(self, address: str) -> list[str]:
        """Return what is wrong with a page as it is now."""
        known = len(self.evidence.findings)
        check_page(self.desk.site / address / "index.html", self.evidence)
        return self.evidence.findings[known:]


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory) -> Charted:
    """A digest with charts of every kind, in English and Hebrew; pages are put right again after a change."""
    desk = set_up(tmp_path_factory.mktemp("built") / "charted")
    write_press(desk.content)
    (desk.content / "overrides.yml").write_text(OVERRIDES, "utf-8")
    desk.edit("content/digest.yml", r"languages: \[en\]", "languages: [en, he]")
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    found = Charted(desk, gather_evidence(desk.site, desk.content, root=desk.root))
    for slug, ident in found.evidence.slugs.items():
        word = min(found.evidence.members[ident]).partition("-")[0]
        found.places[word] = f"topics/{slug}/"
    return found


def test_every_kind_of_chart_is_there(charted: Charted) -> None:
    found: dict[str, set[str]] = {}
    for path in set(charted.desk.site.rglob("index.html")) - set((charted.desk.site / "handbook").rglob("*")):
        for kind, unit in re.findall(r'data-chart="(\w+):[^"]*:(\w+)"', path.read_text("utf-8")):
            found.setdefault(kind, set()).add(unit)
    assert found == {"coverage": {"day", "year"}, "spark": {"day", "year"}, "carriers": {"text"}, "topics": {"day", "week", "year"}}


def shape(page: html.HtmlElement, kind: str) -> list[tuple[str | None, str]]:
    return [(mark.get("data-drawn"), mark[0].get("cx") or "") for mark in page.xpath(f"//*[starts-with(@data-chart, '{kind}')]//li//g")]


def test_a_long_topic_is_drawn_by_year_and_further_outlets_fold(charted: Charted) -> None:
    page = html.parse(charted.desk.site / charted.places["long"] / "index.html").getroot()
    assert [drawn for drawn, _ in shape(page, "coverage")] == [f"{2016 + number}:1:1" for number in range(YEARS)]
    assert len(page.xpath("//figure[@id='coverage']/ul/li")) == 10
    assert len(page.xpath("//figure[@id='coverage']/details[1]//li")) == YEARS - 10


def test_hebrew_pages_run_from_the_right(charted: Charted) -> None:
    left, right = (shape(html.parse(charted.desk.site / tree / "archive" / "index.html").getroot(), "topics") for tree in ("", "he"))
    assert left
    assert [(drawn, float(x[:-1])) for drawn, x in left] == [(drawn, pytest.approx(100 - float(x[:-1]))) for drawn, x in right]


def test_charts_have_no_styles_and_say_what_they_show(charted: Charted) -> None:
    page = html.parse(charted.desk.site / charted.places["shared"] / "index.html").getroot()
    for figure in page.iter("figure"):
        assert not figure.xpath(".//@style | .//style")
        assert figure.xpath("./details[last()]//table//tr[@data-drawn]")
        assert all(drawing.get("role") == "img" and drawing.get("aria-label") for drawing in figure.xpath(".//li//svg"))


COVERAGE, CARRIERS = '(data-chart="coverage.*?)', '(data-chart="carriers.*?)'
TABLE = r'(<tr [^>]*data-drawn="[^"]*".*?)'


@pytest.mark.parametrize(("page", "old", "new", "what"), [
    pytest.param("shared", rf'{COVERAGE}data-drawn="2031-07-02:1:1"', r'\1data-drawn="2031-07-02:2:2"', "it draws 2 articles",
                 id="more articles"),
    pytest.param("shared", rf'{COVERAGE}data-drawn="2031-07-02:1:0"', r'\1data-drawn="2031-07-02:1:1"', "it draws 1 articles",
                 id="a copy filled"),
    pytest.param("shared", rf'{COVERAGE}data-drawn="2031-07-02', r'\1data-drawn="2031-07-03', "it draws", id="another day"),
    pytest.param("shared", rf"{COVERAGE}<g data-drawn.*?</g>", r"\1", "it draws 0 articles", id="a mark less"),
    pytest.param("shared", rf"{COVERAGE}(<g data-drawn.*?</g>)", r"\1\2\2", "it draws -1 articles", id="a mark twice"),
    pytest.param("shared", rf"{COVERAGE}<li data-of.*?</li>", r"\1", "it draws 0 articles", id="an outlet less"),
    pytest.param("shared", rf"{COVERAGE}<li data-of=\"[^\"]*", r'\1<li data-of="alone-00', "it draws", id="another outlet's row"),
    pytest.param("shared", rf'{COVERAGE}cx="\d', r'\1cx="9', "stands in another place", id="another place"),
    pytest.param("shared", rf'{COVERAGE}class="ring" (cx="[^"]*" cy="11" r=)"[^"]*', r'\1class="ring" \2"7.9',
                 "has another size", id="a larger mark"),
    pytest.param("shared", rf'{COVERAGE}class="ring" (cx="[^"]*" cy="11")', r'\1class="disc" \2', "is drawn as another figure",
                 id="a copy drawn full"),
    pytest.param("shared", rf'{COVERAGE}<line class="base"', r'\1<circle cx="30%" cy="11" r="5"/><line class="base"',
                 "stands for nothing", id="a loose mark"),
    pytest.param("shared", rf'{COVERAGE}<line class="base"', r'\1<line class="tie" x1="3%" y1="0" x2="3%" y2="22"/><line class="base"',
                 "join something else", id="a loose line"),
    pytest.param("shared", rf'{COVERAGE}aria-label="1', r'\1aria-label="2', "not described by what it shows", id="another label"),
    pytest.param("shared", rf'{COVERAGE}(<p class="axis">)<time.*?</time>', r'\1\2', "first and the last day", id="no first day"),
    pytest.param("shared", rf"{COVERAGE}Day by day;", r"\1Week by week;", "another unit of time", id="another unit"),
    pytest.param("shared", rf"{COVERAGE}:day\"", r'\1:week"', "it draws", id="another scale"),
    pytest.param("shared", rf'{COVERAGE}{TABLE}>1 article<', r"\1\2>2 articles<", "of its table says something else|is not what",
                 id="a figure of the table"),
    pytest.param("shared", rf"{COVERAGE}<tr [^>]*data-drawn.*?</tr>", r"\1", "the table behind it has other figures", id="a row less"),
    pytest.param("shared", rf'{COVERAGE}{TABLE}<time datetime="2031-07-02">2', r'\1\2<time datetime="2031-07-03">3',
                 "of its table says something else", id="a day of the table"),
    pytest.param("shared", rf'{COVERAGE}(<span class="strip-name") data-from=.*?</span>',
                 r'\1\2 data-from="outlet:lantern-wire:name">Lantern Wire</span>', "has another name", id="an outlet's name"),
    pytest.param("shared", rf'{COVERAGE}(<th class="of"[^>]*>)<span[^>]*>[^<]*</span>',
                 r'\1\2<span data-from="outlet:lantern-wire:name">Lantern Wire</span>', "has another name", id="a name in the table"),
    pytest.param("shared", rf'{COVERAGE}<tbody data-of="[^"]*', r'\1<tbody data-of="alone-00', "has other figures",
                 id="a row of the table"),
    pytest.param("shared", rf'{COVERAGE}<thead><tr>', r'\1<thead><tr><th class="of">Outlet</th>', "another name", id="a name of no row"),
    pytest.param("shared", r'data-chart="coverage:[^:]*', 'data-chart="coverage:t-nothing', "nothing like it", id="no such topic"),
    pytest.param("shared", r'data-chart="coverage', 'data-chart="weather', "nothing like it", id="no such chart"),
    pytest.param("shared", r'<p class="fine">', '<svg><circle r="3"/></svg><p class="fine">', "a drawing that is no chart", id="a drawing"),
    pytest.param("shared", rf'{CARRIERS}(<line class="tie"[^>]*y2=)"22"', r'\1\2"11"', "join something else", id="a line that ends early"),
    pytest.param("shared", rf'{CARRIERS}<line class="tie"[^>]*/>', r"\1", "join something else", id="a line less"),
    pytest.param("shared", rf'{CARRIERS}data-drawn="shared-40-0:1:0"', r'\1data-drawn="shared-41-0:1:0"', "it draws", id="another text"),
    pytest.param("shared", rf'{CARRIERS}(<th class="column".*?article:)shared-40-0(:title">)[^<]*',
                 r"\1\2shared-42-0\3Shared 42 0 of Tessel", "is of another text", id="another headline"),
    pytest.param("", r'(data-chart="spark.*?<rect.*?height=")\d+', r"\g<1>9", "in another place", id="a lower bar"),
    pytest.param("", r'(data-chart="spark.*?<svg.*?height=")\d+', r"\g<1>99", "in another place", id="room above the bars"),
    pytest.param("shared", rf'{COVERAGE}cy="11"', r'\1cy="33"', "stands in another place", id="a mark in the next row"),
    pytest.param("", r'(data-chart="spark.*?)<g data-drawn.*?</g>', r"\1", "it draws 0 articles", id="a bar less"),
    pytest.param("archive/", r'(data-chart="topics.*?)<li data-of.*?</li>', r"\1", "the table behind it has other figures",
                 id="a topic less"),
    pytest.param("archive/", r'(data-chart="topics.*?<ul[^>]*>)(.*?</li>)(.*?)(</ul>)', r"\1\3\2\4", "not stand in the order of",
                 id="the largest topic last"),
    pytest.param("archive/", r'(data-chart="topics:):year', r"\1:month", "it draws", id="months for years"),
    pytest.param("archive/", r'(data-chart="topics):', r"\1:2031", "it draws", id="all for one year"),
    pytest.param("archive/", r'(<span class="strip-name"><a href=")[^"]*', r"\1../outlets/", "has another name", id="another topic's link"),
])
def test_verify_refuses_a_chart_that_says_something_else(charted: Charted, page: str, old: str, new: str, what: str) -> None:
    address = charted.places.get(page, page)
    path: Path = charted.desk.site / address / "index.html"
    kept = path.read_text("utf-8")
    text, changed = re.subn(old, new, whole(path), count=1, flags=re.DOTALL)
    assert changed
    assert text != kept
    path.write_text(text, "utf-8")
    try:
        found = charted.faults(address)
    finally:
        path.write_text(kept, "utf-8")
    assert any(fault in line for line in found for fault in what.split("|")), found
    assert charted.faults(address) == []


def test_a_chart_of_topics_leaves_out_only_those_with_fewer_articles(charted: Charted) -> None:
    path = charted.desk.site / "archive" / "index.html"
    kept = path.read_text("utf-8")
    key = re.search(r'data-chart="topics.*?<li data-of="([^"]*)', kept, re.DOTALL)
    assert key
    path.write_text(re.sub(rf'<li data-of="{key[1]}".*?</li>|<tbody data-of="{key[1]}".*?</tbody>', "", kept, flags=re.DOTALL), "utf-8")
    try:
        assert any("a topic with more articles is left out" in fault for fault in charted.faults("archive/"))
    finally:
        path.write_text(kept, "utf-8")


@pytest.fixture(scope="module")
def root(charted: Charted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(tmp_path_factory.mktemp("served"), {"charted": charted.desk}) as address:
        yield address


@pytest.fixture(params=[{"width": 320, "height": 640}, {"width": 1280, "height": 900}], ids=["a small phone", "a desktop"])
def visit(browser: Browser, root: str, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Page]]:
    context = browser.new_context(viewport=request.param, java_script_enabled=False)
    reader = Reader(context.new_page(), root)
    yield lambda path: reader.open(f"charted/{path}")
    context.close()
    assert reader.faults == []


INSIDE = """e => { const {left, right} = e.getBoundingClientRect(), box = e.closest(".chart, .spark").getBoundingClientRect();
    return left >= box.left - 6 && right <= box.right + 6 && right > left }"""


@pytest.mark.browser
@pytest.mark.parametrize("place", ["long", "shared", "alone", "archive/", "archive/2031/",
                                  "archive/2031/07/", "he/archive/", "", "he/", "topics/"])
def test_charts_fit_the_screen(visit: Callable[[str], Page], charted: Charted, place: str) -> None:
    page = visit(charted.places.get(place, place))
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate(OUTSIDE) == []
    shapes = page.locator("[data-drawn] > :is(circle, rect)")
    visible = [shapes.nth(number) for number in range(shapes.count()) if shapes.nth(number).is_visible()]
    assert (visible != []) == bool(page.locator("[data-chart]").count())
    assert all(shape.evaluate(INSIDE) for shape in visible)


@pytest.mark.browser
def test_marks_are_seen_in_light_and_dark_and_in_print(browser: Browser, root: str, charted: Charted) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
        page = Reader(context.new_page(), root).open(f"charted/{charted.places['shared']}")
        disc, ring, paper = (page.evaluate(f"getComputedStyle(document.querySelector('{found}')).{name}") for found, name in (
            ("#coverage li .disc", "fill"), ("#coverage li .ring", "stroke"), ("body", "backgroundColor")))
        assert disc == ring != paper
        page.emulate_media(media="print")
        assert page.locator("#coverage li .disc").first.is_visible()
        context.close()
