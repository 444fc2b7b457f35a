"""Reading in several languages in a real browser: the menu, the originals, the way to the sources and back, right-to-left pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import OUTSIDE, OVERFLOW, Reader, serve
from conftest import Desk
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
KINDS = {"home": "", "topics": "topics/", "a topic": "topics/ferries*/", "a topic that falls back": "topics/myn*/", "archive": "archive/",
         "a day": "archive/2031/06/05/", "outlets": "outlets/", "an outlet": "outlets/open-gazette/", "names": "names/",
         "a name": "names/matis*/", "corrections": "corrections/", "about": "about/method/"}
"""A page of each kind of the newsroom that is told in three languages."""
SCREENS = {"a phone": (360, 740), "a desktop": (1280, 900)}
RIGHT_EDGE = "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getClientRects()[0].right }"
SHOWN = "e => { const {top, bottom} = e.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight }"


@pytest.fixture(scope="module")
def root(told: Desk, published: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the newsroom in three languages at the path that it is built for, and the sample beside it."""
    with serve(tmp_path_factory.mktemp("served"), {"news": told, "sample": published}) as address:
        yield address


def open_reader(browser: Browser, root: str, **options: Any) -> Iterator[Reader]:
    context = browser.new_context(**options)
    found = Reader(context.new_page(), root)
    yield found
    context.close()
    assert found.faults == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def reader(browser: Browser, root: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader with a phone."""
    yield from open_reader(browser, root, viewport={"width": 360, "height": 740}, java_script_enabled=request.param)


def place(told: Desk, pattern: str) -> str:
    """Return the address of a page in the site's own language."""
    (path,) = told.site.glob(f"{pattern}index.html")
    return path.relative_to(told.site).as_posix().removesuffix("index.html")


def click(page: Page, lang: str) -> None:
    """Choose a language in the menu with a mouse or finger."""
    page.locator(".languages__here").click()
    page.locator(f".languages a[hreflang={lang}]").click()


def press(page: Page, lang: str) -> None:
    """Choose a language in the menu with the keyboard alone."""
    page.locator(".languages__here").focus()
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('hreflang')") == lang:
            expect(page.locator(".languages .md-select__inner")).to_have_css("opacity", "1")
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no link to {lang} can be reached with the Tab key")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("choose", [click, press], ids=["by click", "by keyboard"])
def test_the_menu_changes_the_language_and_stays_on_the_page(reader: Reader, told: Desk, kind: str, choose: Any) -> None:
    path = place(told, KINDS[kind])
    page = reader.open(f"news/{path}")
    for lang, prefix in (("tr", "tr/"), ("he", "he/"), ("en", "")):
        choose(page, lang)
        page.wait_for_url(f"{reader.root}/news/{prefix}{path}")
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator(".languages__here").inner_text().strip() == {"tr": "Türkçe", "he": "עברית", "en": "English"}[lang]
        assert page.locator(".languages a[aria-current]").get_attribute("hreflang") == lang
        assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if lang == "he" else "ltr")


def test_the_menu_is_closed_until_it_is_asked_for(reader: Reader) -> None:
    page = reader.open("news/")
    opened = page.locator(".languages .md-select__inner")
    assert opened.evaluate("e => getComputedStyle(e).opacity + getComputedStyle(e).maxHeight") == "00px"
    page.locator(".languages__here").click()
    expect(opened).to_have_css("opacity", "1")
    box = opened.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360


@pytest.mark.parametrize(("lang", "original"), [("tr", "The drawbridge of Orvane was lowered"), ("he", "Ferries carried 1,200 people")])
@pytest.mark.parametrize("keys", [False, True], ids=["by click", "by keyboard"])
def test_the_original_is_one_tap_away(reader: Reader, told: Desk, lang: str, original: str, keys: bool) -> None:
    page = reader.open(f"news/{lang}/{place(told, KINDS['a topic'])}")
    receipt = page.locator("div.point, div.receipt", has=page.locator("details.original", has_text=original)).first
    quote, switch = receipt.locator("q"), receipt.locator("details.original > summary")
    assert receipt.locator(".translation").is_visible()
    assert not quote.is_visible()
    if keys:
        switch.press("Enter")
    else:
        switch.click()
    assert quote.is_visible()
    assert quote.inner_text().replace("\n", " ").startswith(original)
    assert quote.evaluate("e => [e.closest('[lang]').lang, getComputedStyle(e).direction]") == ["en", "ltr"]
    assert receipt.locator(".translation").is_visible()
    if keys:
        switch.press("Enter")
    else:
        switch.click()
    assert not quote.is_visible()


def test_direct_speech_shows_its_original_first(reader: Reader, told: Desk) -> None:
    page = reader.open(f"news/tr/{place(told, KINDS['a topic'])}")
    point = page.locator(".point", has_text="We greased it").first
    assert point.locator("q").is_visible()
    assert point.locator("q").bounding_box()["y"] < point.locator(".translation").bounding_box()["y"]  # type: ignore[index]


@pytest.mark.parametrize("lang", ["tr", "he"])
def test_from_a_translation_to_its_sentence_on_the_source_page_and_back(reader: Reader, told: Desk, lang: str) -> None:
    topic = place(told, KINDS["a topic"])
    page = reader.open(f"news/{lang}/{topic}")
    point = page.locator(".point", has_text="open since Monday" if lang == "he" else "Yağladık").first
    if lang == "he":
        point.locator("details.original > summary").click()
    words = point.locator("q").inner_text()
    point.locator(".chip").first.click()
    page.locator(".card-receipt:popover-open .ways a").first.click()
    page.wait_for_url("**/news/sources/**")
    target = page.locator("mark:target")
    assert target.inner_text().strip() == words.strip()
    assert target.evaluate(SHOWN)
    assert target.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert page.locator(".languages").count() == 0
    page.locator(f"main a[hreflang={lang}]").click()
    page.wait_for_url(f"**/news/{lang}/{topic}")


def test_a_page_that_falls_back_says_so_before_anything_else(reader: Reader, told: Desk) -> None:
    page = reader.open(f"news/he/{place(told, KINDS['a topic that falls back'])}")
    notice = page.locator("main .fallback")
    assert notice.evaluate(SHOWN)
    assert notice.evaluate("e => [e.lang, getComputedStyle(e).direction]") == ["he", "rtl"]
    assert page.locator("h2").first.evaluate("e => [e.closest('[lang]').lang, getComputedStyle(e).direction]") == ["en", "ltr"]
    assert page.locator("h1 span").first.evaluate("e => [e.lang, getComputedStyle(e).direction]") == ["ar", "rtl"]


def test_english_text_on_a_page_from_right_to_left_has_its_lines_and_points_at_its_left(reader: Reader, told: Desk) -> None:
    page = reader.open(f"news/he/{place(told, 'topics/honey*/')}")
    sides = "e => ['Left', 'Right'].map(side => getComputedStyle(e)[`border${side}Width`] + getComputedStyle(e)[`padding${side}`])"
    left, right = page.locator(".point blockquote").first.evaluate(sides)
    assert left != right == "0px0px"
    assert page.locator("#limits + ul li").first.evaluate("e => getComputedStyle(e).marginRight") == "0px"
    assert page.locator(".md-header__topic .md-ellipsis").first.evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("site", "lang"), [("news", "he"), ("sample", "ar"), ("news", "tr")])
def test_every_page_fits_its_screen(browser: Browser, root: str, told: Desk, published: Desk, site: str, lang: str, screen: str) -> None:
    """From right to left too, also with everything opened."""
    width, height = SCREENS[screen]
    folder = {"news": told, "sample": published}[site].site
    found = [path for path in sorted((folder / lang).rglob("index.html")) if 'http-equiv="refresh"' not in path.read_text("utf-8")]
    assert len(found) > 15
    for reader in open_reader(browser, root, viewport={"width": width, "height": height}):
        for path in found:
            page = reader.open(f"{site}/{path.relative_to(folder).as_posix().removesuffix('index.html')}")
            for opened in (False, True):
                if opened:
                    page.evaluate("document.querySelectorAll('main details').forEach(e => e.open = true)")
                assert page.evaluate(OVERFLOW) <= 0, path
                assert page.evaluate(OUTSIDE) == [], path


@pytest.mark.parametrize(("site", "path"), [("news", "he/topics/ferries*/"), ("sample", "ar/topics/sarvena*/"), ("sample", "ar/")])
def test_a_page_from_right_to_left_is_mirrored(browser: Browser, root: str, told: Desk, published: Desk, site: str, path: str) -> None:
    """Its text begins at the right edge, words of other scripts within it run their own way."""
    folder = {"news": told, "sample": published}[site].site
    (found,) = folder.glob(f"{path}index.html")
    for reader in open_reader(browser, root, viewport={"width": 1280, "height": 900}):
        page = reader.open(f"{site}/{found.relative_to(folder).as_posix().removesuffix('index.html')}")
        edge = page.locator(".md-content__inner").evaluate(
            "e => e.getBoundingClientRect().right - parseFloat(getComputedStyle(e).paddingRight)")
        lead = page.locator("article .fine").first
        assert lead.evaluate("e => getComputedStyle(e).direction") == "rtl"
        assert abs(lead.evaluate(RIGHT_EDGE) - edge) < 2
        for quote in page.locator("article q").all():
            lang, way = quote.evaluate("e => [e.closest('[lang]').lang, getComputedStyle(e).direction]")
            assert way == ("rtl" if lang in {"ar", "he", "fa"} else "ltr")


def test_a_missing_page_leads_into_every_language(reader: Reader) -> None:
    """At any depth, since servers show it at any address."""
    page = reader.open("news/404.html")
    sections = page.locator("main section")
    assert sections.evaluate_all("found => found.map(e => [e.lang, e.dir])") == [["en", "ltr"], ["tr", "ltr"], ["he", "rtl"]]
    assert page.locator("h1").count() == 1
    for lang, path in (("en", ""), ("tr", "tr/"), ("he", "he/")):
        page = reader.open("news/404.html")
        page.locator(f"main section[lang={lang}] a").first.click()
        page.wait_for_url(f"{reader.root}/news/{path}")
        assert page.locator("html").get_attribute("lang") == lang
