"""The search in a real browser: finding, narrowing down, following; by keyboard alone, in several languages, and what it loads."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import OVERFLOW, Reader, serve
from conftest import ADDRESS, Desk, set_up
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sharing import Shared

from digest.catalog import load_catalog

pytestmark = pytest.mark.browser
SCRIPT = "<script>document.title='ran'</script>"
HOSTILE = f"""<img src=x onerror="document.title='ran'"> & {SCRIPT} in Zorn"""
POST = "<b onclick=\"document.title='ran'\">Zorn</b> Post"
PLACED = "e => { const {top, bottom} = e.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight }"
AT_FIRST = 120_000
"""Bytes that a reader may load for a first search."""


@pytest.fixture(scope="session")
def wild(shared: Shared) -> Desk:
    """A newsroom with hostile words, in English, Turkish and Chinese; not to be changed."""
    return Desk(shared.once("wild", _write_wild))


def _write_wild(root: Path) -> None:
    found = set_up(root)
    found.edit(found.content / "digest.yml", r"languages: \[en\]", "languages: [en, tr, zh-Hant]")
    found.write("zorn", f"For a whole week {SCRIPT} the harbour of Zorn was closed to every boat, its keeper said on Tuesday.",
                "No boat could leave it while the chain lay across its mouth, and the fishermen mended their nets in the sun.",
                "The chain was laid in March to keep out a freighter whose owner had not paid for eleven days at the quay.",
                "He has paid now, and the keeper says that the chain goes back to the shed in which it lay for forty years.",
                title=HOSTILE, outlet=POST)
    found.write("irak", "Irak’ın kuzeyindeki köprü pazartesi sabahı törenle açıldı ve ilk yolcular yaya geçti.", lang="tr",
                title="Irak’ta köprü açıldı", published="2031-06-20")
    found.write("feng", "竊賊週日夜裡拿走四十罐ABC蜂蜜，留下一張道歉的字條。", lang="zh-Hant", title="偷蜜賊留下字條",
                published="2031-06-21")
    done = found.run("build", SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def root(newsroom: Desk, sample: Desk, told: Desk, wild: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with all sites below it, each under a path of its own."""
    sites = {"repo": newsroom, "sample": sample, "news": told, "wild": wild}
    with serve(tmp_path_factory.mktemp("served"), sites) as address:
        yield address


def reading(browser: Browser, root: str, **options: Any) -> Iterator[Reader]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    found = Reader(context.new_page(), root)
    yield found
    context.close()
    assert found.faults == []


@pytest.fixture
def reader(browser: Browser, root: str) -> Iterator[Reader]:
    """A reader with a desktop."""
    yield from reading(browser, root)


def find(page: Page, words: str) -> Locator:
    """Search for words and return the results."""
    if not page.locator(".find-box").is_visible():
        page.locator(".find").click()
    page.locator("#find-words").fill(words)
    expect(page.locator(".find-box")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".find-state")).not_to_be_empty()
    return page.locator(".find-results a")


def choose(page: Page, name: str, label: str) -> None:
    """Narrow a search down."""
    if not page.locator(".find-filters").is_visible():
        page.locator(".find-box summary").click()
    field = page.locator(f".find-filters select[name={name}]")
    expect(field.locator("option", has_text=label)).to_have_count(1)
    field.select_option(label=label)
    expect(page.locator(".find-box")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize(("tree", "words", "title", "said", "lang"), [
    ("", "sentenced Morven", "Former minister Morven jailed", "six years in prison", "en"),
    ("tr/", "deprem", "Nolvar’da deprem", "dokuz kişi", "tr"),
    ("tr/", "earthquake", "Earthquake kills nine in Merkut", "Nine people were killed", "en"),
    ("ar/", "الحصبة", "رشمار تبدأ حملة", "حملة لتطعيم", "ar"),
    ("ar/", "حصبة", "رشمار تبدأ حملة", "حملة لتطعيم", "ar"),
    ("ru/", "суде", "В Дармине начался суд", "суд", "ru"),
])
def test_finds_a_sentence_and_leads_to_it(reader: Reader, tree: str, words: str, title: str, said: str, lang: str) -> None:
    """In the language of the page, and in that of any source."""
    page = reader.open(f"sample/{tree}")
    find(page, words)
    result = page.locator(".find-results a[href*='/sources/']").filter(has_text=title).first
    text = result.locator(".find-text")
    expect(text).to_contain_text(said)
    assert text.get_attribute("lang") == lang
    assert text.evaluate("e => getComputedStyle(e).direction") == ("rtl" if lang == "ar" else "ltr")
    assert text.locator("mark").count() > 0
    found = text.inner_text().strip("“”„«»\" ")
    result.click()
    page.wait_for_url(f"{reader.root}/sample/sources/**#s-*")
    target = page.locator(".text :target")
    assert target.inner_text().strip() in found or found in target.inner_text()
    assert target.evaluate(PLACED)
    assert target.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_topics_come_first_and_in_the_readers_language(reader: Reader) -> None:
    page = reader.open("sample/tr/")
    first = find(page, "Merkut").first
    assert "/sample/tr/topics/" in str(first.get_attribute("href"))
    assert first.locator(".find-title").get_attribute("lang") == "tr"
    assert first.locator(".find-who").inner_text().count("·") == 1
    first.click()
    page.wait_for_url("**/sample/tr/topics/**")


def test_a_translation_is_told_as_one_and_stands_in_no_quotation_marks(reader: Reader) -> None:
    page = reader.open("news/tr/")
    result = find(page, "dua ettik").first
    assert result.locator("q").count() == 0
    assert result.locator(".find-text").inner_text().startswith("“Yağladık")
    assert "Argos 1.9" in result.locator(".find-how").last.inner_text()


def outlets_of(results: Locator) -> set[str]:
    return {who.split(" · ")[0] for who in results.locator(".find-who").all_inner_texts()}


def test_a_search_is_narrowed_down(reader: Reader) -> None:
    page = reader.open("sample/")
    results = find(page, "the")
    everything = results.count()
    choose(page, "outlet", "Harbour Courier")
    sources = results.filter(has_not_text="Topic")
    assert outlets_of(sources) == {"Harbour Courier"}
    choose(page, "outlet", "any")
    choose(page, "topic", "Earthquake kills nine in Merkut, northern Nolvar")
    assert 0 < results.count() <= everything
    assert all("erkut" in result.inner_text() or "arthquake" in result.inner_text() for result in results.all())
    choose(page, "topic", "any")
    choose(page, "from", "September 2026")
    choose(page, "to", "September 2026")
    days = [who.split(" · ")[1] for who in sources.locator(".find-who").all_inner_texts()]
    assert days
    assert all(day.endswith("September 2026") for day in days)
    choose(page, "topic", "Earthquake kills nine in Merkut, northern Nolvar")
    choose(page, "outlet", "Harbour Courier")
    expect(results).to_have_count(0)
    assert page.locator(".find-state").inner_text() == "Nothing was found."


def test_works_by_keyboard_alone(reader: Reader) -> None:
    page = reader.open("sample/")
    page.locator(".md-tabs a").nth(1).focus()
    page.keyboard.press("Control+k")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.id") == "find-words"
    page.keyboard.type("morven")
    expect(page.locator(".find-results a").first).to_be_visible()
    expect(page.locator(".find-state[role=status]")).to_contain_text("Results: 5")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"[...document.querySelectorAll('.find-results a')].indexOf({focused})") == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(f"{focused}.id") == "find-words"
    page.keyboard.press("Escape")
    expect(page.locator(".find-box")).not_to_be_visible()
    assert page.evaluate(f"{focused}.className").startswith("md-tabs__link")
    page.keyboard.press("/")
    expect(page.locator(".find-box")).to_be_visible()
    assert page.locator("#find-words").input_value() == "morven"
    page.keyboard.press("/")
    assert page.locator("#find-words").input_value() == "/"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("morven")
    expect(page.locator(".find-results a").first).to_be_visible()
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(f"['.find-close', 'summary'].find(each => {focused}.matches(each))"))
    assert seen[:2] == [".find-close", "summary"]
    assert page.evaluate(f"{focused}.closest('.find-results') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sample/*/**#*")
    expect(page.locator(".find-box")).not_to_be_visible()


def test_the_button_opens_it_and_gets_the_focus_back(reader: Reader) -> None:
    page = reader.open("sample/")
    page.locator(".find").click()
    expect(page.locator("#find-words")).to_be_focused()
    page.locator(".find-close").click()
    expect(page.locator(".find")).to_be_focused()
    page.locator(".find").press("Enter")
    page.mouse.click(5, 5)
    expect(page.locator(".find-box")).not_to_be_visible()


def test_without_javascript_there_is_no_search(browser: Browser, root: str) -> None:
    for reader in reading(browser, root, java_script_enabled=False):
        page = reader.open("sample/")
        assert not page.locator(".find").is_visible()
        assert not page.locator(".find-box").is_visible()


def test_loads_nothing_before_it_is_opened_and_little_then(reader: Reader) -> None:
    """Packed as GitHub Pages sends it: the script, the index and what is shown."""
    loaded: dict[str, int] = {}
    page = reader.page
    page.on("requestfinished", lambda done: loaded.update({done.url: done.sizes()["responseBodySize"]}) if "/search/" in done.url else None)
    reader.open("sample/")
    page.wait_for_load_state("networkidle")
    assert loaded == {}
    assert find(page, "morven").count() == 5
    page.wait_for_load_state("networkidle")
    assert {"pagefind.js", "list.json"} <= {url.rpartition("/")[2] for url in loaded}
    assert sum("wasm." in url for url in loaded) == 1
    assert 80_000 < sum(loaded.values()) < AT_FIRST
    assert not [url for url in loaded if url.endswith(("topics.json", "facets.json", "pagefind-worker.js"))]


def test_more_results_are_a_button_away(reader: Reader) -> None:
    page = reader.open("sample/")
    results = find(page, "the")
    expect(results).to_have_count(5)
    page.locator(".find-more", has_text="More results").click()
    expect(results).to_have_count(10)
    expect(results.nth(5)).to_be_focused()
    assert len({result.get_attribute("href") for result in results.all()}) == 10


def test_earlier_months_are_searched_when_asked_for(reader: Reader) -> None:
    """As if each month were large: only the newest is loaded by itself."""
    def enlarge(route: Route) -> None:
        listed = route.fetch().json()
        listed["months"] = [[month, label, 20_000, 4000] for month, label, *_ in listed["months"]]
        route.fulfill(body=json.dumps(listed), content_type="application/json")

    page = reader.page
    page.route("**/list.json", enlarge)
    reader.open("sample/")
    results = find(page, "chess")
    expect(results).to_have_count(0)
    assert page.locator(".find-state").inner_text() == "Results: 0. Searched back to: October 2026"
    for state in ("Results: 0. Searched back to: September 2026", "Results: 2"):
        page.locator(".find-more", has_text="Search earlier months").click()
        expect(page.locator(".find-state")).to_have_text(state)
    assert "August 2026" in results.first.inner_text()
    assert not page.locator(".find-more").is_visible()


def test_hostile_words_are_words(reader: Reader) -> None:
    page = reader.open("wild/")
    results = find(page, "zorn")
    expect(results.first.locator(".find-title")).to_have_text(HOSTILE)
    expect(results.first.locator(".find-who bdi")).to_have_text(POST)
    expect(results.first.locator(".find-text")).to_contain_text(f"For a whole week {SCRIPT} the harbour of Zorn was closed")
    choose(page, "outlet", POST)
    choose(page, "topic", HOSTILE)
    expect(results.first).to_be_visible()
    assert page.locator(".find-box :is(img, script, [onclick], [onerror])").count() == 0
    assert "ran" not in page.title()


@pytest.mark.parametrize(("tree", "words", "title"), [
    ("tr/", "Irak", "Irak’ta köprü açıldı"), ("tr/", "ırak", "Irak’ta köprü açıldı"), ("tr/", "IRAK’TA", "Irak’ta köprü açıldı"),
    ("", "ırak", "Irak’ta köprü açıldı"), ("zh-Hant/", "蜂蜜", "偷蜜賊留下字條"), ("", "蜂蜜", "偷蜜賊留下字條"),
    ("zh-Hant/", "竊賊 蜂蜜", "偷蜜賊留下字條"), ("", "“stuck open since Monday”", "Drawbridge of Orvane"),
    ("zh-Hant/", "ferries", "Ferries carry"),
])
def test_words_are_found_as_readers_type_them(reader: Reader, tree: str, words: str, title: str) -> None:
    page = reader.open(f"wild/{tree}")
    expect(find(page, words).filter(has_text=title).first).to_be_visible()


def test_characters_without_blanks_stand_as_in_their_source(reader: Reader) -> None:
    page = reader.open("wild/zh-Hant/")
    text = find(page, "四十罐").first.locator(".find-text")
    assert text.inner_text().strip("“”「」") == "竊賊週日夜裡拿走四十罐ABC蜂蜜，留下一張道歉的字條。"
    assert "".join(text.locator("mark").all_inner_texts()) == "四十罐"
    expect(find(page, "蜜蜂")).to_have_count(0)


def test_a_failure_is_told_and_the_next_search_tries_again(browser: Browser, root: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/search/pagefind.js", lambda route: route.abort())
        page.goto(f"{root}/sample/")
        expect(find(page, "morven")).to_have_count(0)
        expect(page.locator(".find-state")).to_have_text("The search could not be loaded. Try again later.")
        page.unroute("**/search/pagefind.js")
        page.route("**/list.json", lambda route: route.continue_())
        page.reload()
        expect(find(page, "morven")).to_have_count(5)


@pytest.mark.parametrize(("path", "size", "scheme"), [
    ("sample/", (1280, 800), "light"), ("sample/", (360, 740), "dark"), ("sample/ar/", (360, 740), "light"),
    ("sample/ar/", (1280, 800), "dark"), ("wild/", (320, 640), "light")])
def test_it_fits_its_screen(browser: Browser, root: str, path: str, size: tuple[int, int], scheme: Any) -> None:
    width, height = size
    for reader in reading(browser, root, viewport={"width": width, "height": height}, color_scheme=scheme):
        page = reader.open(path)
        find(page, "zorn" if path == "wild/" else "earthquake")
        choose(page, "outlet", load_catalog(page.evaluate("document.documentElement.lang")).text("search_any").unescape())
        box = page.locator(".find-box")
        assert page.evaluate(OVERFLOW) <= 0
        assert box.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        placed = box.bounding_box()
        assert placed is not None
        assert 0 <= placed["x"] <= placed["x"] + placed["width"] <= width
        assert 0 <= placed["y"] <= placed["y"] + placed["height"] <= height
        for control in box.locator("button:visible, select, input, summary, .find-results a").all():
            assert control.evaluate("e => e.getBoundingClientRect().height") >= 24


@pytest.mark.parametrize("path", ["news/404.html", "sample/handbook/", "sample/tr/about/method/", "sample/sources/merkut-earthquake*/"])
def test_it_is_on_every_page(reader: Reader, sample: Desk, path: str) -> None:
    if "*" in path:
        (found,) = sample.site.glob(path.removeprefix("sample/"))
        path = f"sample/{found.relative_to(sample.site).as_posix()}/"
    page = reader.open(path)
    expect(find(page, "Orvane" if path.startswith("news") else "Morven").first).to_be_visible()
