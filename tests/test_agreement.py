"""What one page says of another agrees with it: titles, languages and days of cards, signs of translation, ways between languages."""

import pytest
from conftest import Desk
from lxml import etree
from pagewise import BuiltPage, pages_of

from digest.catalog import load_catalog
from digest.escape import visible

SIGN = ".//small[@class='machine' or @class='edited']"
LISTS = ("", "topics/")
TITLE = "(.//h1/preceding-sibling::p[@class='kicker'] | .//h1)[1]"
"""What bears a page's title."""


def pages(desk: Desk) -> dict[str, BuiltPage]:
    return {page.address: page for page in pages_of(desk)}


def words(element: etree._Element) -> str:
    return visible("".join(element.itertext()))


def page_of(desk: Desk, address: str) -> BuiltPage:
    return next(page for page in pages_of(desk) if page.address.startswith(address))


@pytest.fixture(scope="module", params=["told", "sample"])
def built(request: pytest.FixtureRequest) -> Desk:
    found: Desk = request.getfixturevalue(request.param)
    return found


def test_a_card_of_a_topic_that_fell_back_has_the_title_of_its_page_or_of_the_event_there(built: Desk) -> None:
    known, checked = pages(built), 0
    for page in known.values():
        for link in page.main.xpath(".//h2/a[@href]") if page.place in LISTS and not page.fallen else ():
            event = link.get("href").partition("#")[2]
            target = known.get(page.target(link.get("href")).partition("#")[0])
            named = target and target.place.startswith("topics/") and not target.main.xpath(f"{TITLE}//*[contains(@data-from, ':term')]")
            if target and target.fallen and named:
                (shown,) = link.xpath("descendant-or-self::*[@data-from or @data-translation]")
                (headed,) = target.main.xpath(f".//*[@id='{event}']//h3//*[@data-from]" if event else f"{TITLE}//*[@data-from]")
                assert (words(shown), page.lang_of(shown)) == (words(headed), target.lang_of(headed))
                checked += 1
    assert checked


def test_a_topic_of_several_events_is_headed_as_its_card_and_bears_its_title_above(sample: Desk) -> None:
    """A list of names heads no page; browsers and the lists of topics go on to name the topic."""
    known, headed = pages(sample), 0
    for page in (page for page in known.values() if page.place in LISTS[:1] and not page.fallen):
        for card in page.main.xpath(".//article[@class='card'][p[@class='kicker']]"):
            target = known[page.target(card.xpath("string(p[@class='kicker']/a/@href)"))]
            if target.fallen:
                continue
            (kicker,), (heading,) = target.main.xpath(".//p[@class='kicker']"), target.main.xpath(".//h1")
            assert words(kicker) == words(card.find("p[@class='kicker']"))
            assert words(heading) == words(card.xpath("*[self::h2 or self::h3]")[0])
            assert target.tree.findtext(".//title").startswith(words(kicker))
            assert not heading.xpath(".//*[contains(@data-from, ':term')]")
            headed += 1
    assert headed


def test_a_source_leads_to_its_topic_in_every_language_before_its_text(built: Desk) -> None:
    sources = [page for page in pages_of(built) if page.is_source and page.main.xpath(".//*[@id='quoted']")]
    for page in sources:
        above = page.main.xpath(".//*[@id='quoted']/preceding-sibling::p//a[@hreflang]")
        assert [link.get("hreflang") for link in above] == list(page.settings.languages[1:])
        assert all(page.target(link.get("href")).startswith(f"{link.get('hreflang')}/topics/") for link in above)
        assert not page.main.xpath(".//*[@id='quoted']/following-sibling::*//a[@hreflang]")
    assert sources


def test_a_translated_title_says_so_where_it_stands_alone(told: Desk) -> None:
    page = page_of(told, "he/topics/lighthouse")
    heading, = page.main.xpath(".//h3[.//*[@data-translation]]")
    sign, = heading.xpath(SIGN)
    assert sign.get("title").endswith("Argos 1.9")
    assert words(sign) == load_catalog("he").text("title_translated").unescape()
    assert page.main.xpath(".//h1//*[@data-translation]")
    assert not page.main.xpath(f".//h1{SIGN[1:]}"), "a note below the heading says so"


def test_whose_headline_it_is_says_that_it_is_translated(told: Desk) -> None:
    for lang in ("tr", "he"):
        translated = load_catalog(lang).text("title_translated").unescape()
        page = page_of(told, f"{lang}/topics/lighthouse")
        assert all(words(line).endswith(translated) for line in page.main.xpath(".//p[@class='when'][.//*[contains(@data-from, ':day')]]"))
    own = page_of(told, "topics/lighthouse")
    assert load_catalog("en").text("title_translated").unescape() not in words(own.main)


def test_a_page_on_which_an_editor_translated_says_that_these_say_so(told: Desk) -> None:
    notices = {place: [words(found) for found in page_of(told, place).main.xpath(".//p[@class='machine-notice']")]
               for place in ("tr/topics/ferries", "tr/topics/lighthouse", "tr/topics/honey")}
    mixed, machine = (load_catalog("tr").text(key).unescape() for key in ("machine_notice_edited", "machine_notice"))
    assert notices == {"tr/topics/ferries": [visible(mixed)], "tr/topics/lighthouse": [visible(machine)], "tr/topics/honey": []}


@pytest.mark.parametrize(("lang", "newest"), [("tr", "2026-09-10T08:20:00+03:00"), ("ar", "2026-09-10T12:00:00+03:00")])
def test_a_narrow_summary_is_as_of_what_it_tells_and_says_what_is_newer(sample: Desk, lang: str, newest: str) -> None:
    page = page_of(sample, f"{lang}/topics/sarvena")
    assert page.main.xpath("string(.//h2[@id='key-points']//time/@datetime)") == newest
    notice = page.main.xpath(".//h2[@id='key-points']/following-sibling::p[1]")[0]
    assert notice.xpath(".//time/@datetime") == ["2026-10-28"]
    for place in LISTS:
        card = pages(sample)[f"{lang}/{place}"].main.xpath(".//*[@class='card' or @class='row'][.//a[contains(@href, 'sarvena')]]")[0]
        assert newest in card.xpath(".//p[@class='when']/time/@datetime")
