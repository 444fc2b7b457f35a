"""The receipt behind a quotation: by mouse and keyboard, with and without JavaScript, on paper; and what it is made of."""

from collections.abc import Iterator

import pytest
from browsing import Reader, serve
from conftest import Desk
from pagewise import pages_of
from playwright.sync_api import Browser, Locator

from digest.models import Citation, KeyPoint
from digest.pipeline import load_digest
from digest.render.receipts import Receipts

OPEN = ".card-receipt:popover-open"


@pytest.fixture(scope="module")
def root(sample: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(tmp_path_factory.mktemp("served"), {"sample": sample}) as address:
        yield address


SCREENS = {"phone": {"width": 375, "height": 740}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture(params=[(size, scripts) for size in SCREENS for scripts in (True, False)], ids=lambda found: f"{found[0]}-{found[1]}")
def reader(browser: Browser, root: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    size, scripts = request.param
    context = browser.new_context(viewport=SCREENS[size], java_script_enabled=scripts, color_scheme="dark" if scripts else "light")
    found = Reader(context.new_page(), root)
    yield found
    context.close()
    assert found.faults == []


def topic(sample: Desk) -> str:
    """Return the topic with the most on its page."""
    page = max(sample.site.glob("topics/*/index.html"), key=lambda path: path.stat().st_size)
    return f"sample/topics/{page.parent.name}/"


def on_screen(card: Locator, width: int, height: int) -> bool:
    box = card.bounding_box()
    return box is not None and box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height


@pytest.mark.browser
@pytest.mark.parametrize("place", ["", "ar/"])
def test_a_receipt_opens_by_mouse_and_closes_by_its_button(reader: Reader, place: str) -> None:
    page = reader.open(f"sample/{place}")
    point = page.locator(".point").first
    point.locator(".chip").first.click()
    card = page.locator(OPEN)
    assert card.count() == 1
    assert card.locator("mark").inner_text() in point.inner_text()
    assert card.locator(".ways a").count() == 2
    assert on_screen(card, *page.viewport_size.values())
    card.locator("button").click()
    assert page.locator(OPEN).count() == 0


@pytest.mark.browser
def test_a_receipt_opens_and_closes_by_keyboard(reader: Reader, sample: Desk) -> None:
    page = reader.open(topic(sample))
    chip = page.locator(".point .chip").nth(1)
    chip.focus()
    page.keyboard.press("Enter")
    card = page.locator(OPEN)
    assert card.count() == 1
    assert card.locator("mark").count() == 1
    page.keyboard.press("Tab")
    assert card.locator(":focus").count() == 1, "what the card holds comes next"
    page.keyboard.press("Escape")
    assert page.locator(OPEN).count() == 0
    assert chip.evaluate("e => e === document.activeElement"), "the focus is back"


@pytest.mark.browser
def test_the_table_is_narrowed_to_some_outlets(reader: Reader, sample: Desk) -> None:
    page = reader.open(topic(sample))
    boxes = page.locator(".narrowing input")
    shown = page.locator("#statement-1 .who:visible")
    every = shown.count()
    assert every == boxes.count() > 2
    boxes.nth(1).uncheck()
    boxes.nth(2).uncheck()
    assert shown.count() == every - 2
    boxes.nth(1).check()
    assert shown.count() == every - 1


@pytest.mark.browser
def test_statements_that_no_chosen_outlet_has_are_left_out(reader: Reader, sample: Desk) -> None:
    page = reader.open(topic(sample))
    page.locator(".matrix details.fold").evaluate_all("all => all.forEach(each => each.open = true)")
    rows = page.locator(".matrix .statement")
    every = rows.count()
    chosen = 1
    for number, box in enumerate(page.locator(".narrowing input").all()):
        box.set_checked(number == chosen)
    told = [row.locator(f"div.o{chosen + 1}").count() == 1 for row in rows.all()]
    assert 0 < sum(told) < every
    assert [row.is_visible() for row in rows.all()] == told
    page.locator(".narrowing input").nth(chosen).uncheck()
    assert page.locator(".matrix .statement:visible").count() == 0


@pytest.mark.browser
def test_outlets_without_a_sentence_stand_in_one_line_for_each_reason(reader: Reader, sample: Desk) -> None:
    """A reason whose outlets are all left out is not told either."""
    page = reader.open(topic(sample))
    first = page.locator("#statement-1")
    reasons = [line.locator("> :last-child").inner_text() for line in first.locator(".silent").all()]
    assert len(reasons) == len(set(reasons)) > 0
    silent = first.locator(".silent .who").count()
    assert silent + first.locator("> div[class*=' o'] > .who").count() == page.locator(".narrowing input").count()
    assert first.locator(".silent").count() < silent, "a line holds several"
    boxes = page.locator(".narrowing input")
    gone = first.locator(".silent").first
    for name in gone.locator(".who").all():
        boxes.nth(int(str(name.get_attribute("class")).rpartition("o")[2]) - 1).uncheck()
    assert not gone.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("of", ["topic", "front"])
def test_on_paper_receipts_are_footnotes(browser: Browser, root: str, sample: Desk, of: str) -> None:
    """Numbered as the outlets at the sentences are: both are counted in the order of the page."""
    page = browser.new_page()
    page.goto(f"{root}/{topic(sample) if of == 'topic' else topic(sample).partition('topics/')[0]}")
    page.emulate_media(media="print")
    cards, chips = page.locator(".card-receipt"), page.locator("button.chip")
    assert 0 < cards.count() == page.locator(".card-receipt:visible").count()
    assert [chip.get_attribute("popovertarget") for chip in chips.all()] == [card.get_attribute("id") for card in cards.all()]
    assert page.locator(".narrowing:visible, .md-header:visible, .shut:visible, .jump:visible").count() == 0
    assert page.locator(".scores:visible, .story .why:visible, .spellings:visible, .silent:visible, .theirs:visible").count() == 0
    printed = page.locator(".ways a[data-printed]").evaluate_all("all => all.map(a => [getComputedStyle(a, '::after').content, a.href])")
    assert printed
    assert all(content.startswith('" (http') and ":~:text=" not in content for content, _ in printed)
    assert any(":~:text=" in link for _, link in printed), "readers at a screen are led to the sentence"
    assert page.pdf().startswith(b"%PDF")
    page.close()


def test_neighbors_are_what_the_site_shows(sample: Desk) -> None:
    digest, _ = load_digest(sample.content)
    points = [point for found in digest.edition.topics for point in found.summary]
    receipts = list(Receipts(points, digest.shown))
    assert [receipt.number for receipt in receipts] == list(range(1, len(receipts) + 1))
    assert any(receipt.before for receipt in receipts)
    assert any(receipt.after for receipt in receipts)
    for receipt in receipts:
        shown = {(sentence.start, sentence.end) for sentence in digest.shown[receipt.cited.article.id]}
        beside = [found.span for found in (receipt.before, receipt.after) if found]
        assert set(beside) <= shown
        assert receipt.sentence.start <= receipt.cited.start < receipt.sentence.end


def test_a_citation_has_one_receipt(sample: Desk) -> None:
    digest, _ = load_digest(sample.content)
    point = digest.edition.topics[0].summary[0]
    again = KeyPoint(tuple(Citation(c.article, c.start, c.end, c.quote) for c in point.citations), point.aids)
    receipts = Receipts([point, again], digest.shown)
    assert len(list(receipts)) == len(point.citations)
    assert receipts.of(again.citations[0]).number == 1


def test_a_key_point_leads_to_where_accounts_differ(sample: Desk) -> None:
    led = 0
    for page in pages_of(sample):
        for point in page.main.xpath(".//section[@class='told']/div[@class='point']"):
            mark = point.find(".//q").get("data-quote")
            due = page.main.xpath(".//section[@class='difference'][.//q[@data-quote = $mark]]/@id", mark=mark)
            led += len(links := point.xpath("./p/a[starts-with(@href, '#difference-')]/@href"))
            assert links == [f"#{due[0]}"] if due else len(links) <= len(point.xpath(".//p[@class='fine']/button")), page.address
    assert led > 2
