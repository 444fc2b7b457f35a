"""Every page of sites in several languages: its language, its directions, its translations, its menu, its place in the sitemap."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ADDRESS, Desk
from jsonschema import Draft202012Validator
from lxml import etree
from pagewise import BuiltPage, pages_of

from digest.catalog import direction, load_catalog
from digest.content import read_articles
from digest.editors.translations import read_corrections
from digest.escape import visible
from digest.settings import load_settings
from digest.words import base_language

SITES = ["told", "regional", "published", "learned"]
HEADLINE = "(starts-with(@data-from, 'article:') and contains(@data-from, ':title'))"
XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Site:
    """A built site, read once."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.pages = desk, pages_of(desk)
        self.settings = load_settings(desk.content)
        self.by_address = {page.address: page for page in self.pages}
        self.langs = {article.id: article.lang for article in read_articles(desk.content).articles}
        """The language of each article, as its file states it."""
        self.edited = {visible(row.translation) for rows in read_corrections(desk.content, self.settings.languages).values()
                       for row in rows.values()}
        """What editors translated."""

    def data(self, lang: str, name: str) -> Any:
        """Return a data file of a language."""
        folder = self.desk.site / ("" if lang == self.settings.language else lang) / "data"
        return json.loads((folder / name).read_text("utf-8"))

    def is_told(self, page: BuiltPage) -> bool:
        """Return whether search engines may take a page for one in its language: a list of topics is where most of them are."""
        topics = [row["told"] == page.lang for row in self.data(page.lang, "index.json")["topics"]]
        speaks = base_language(page.frame) == base_language("en" if page.is_handbook else page.lang)
        return speaks and not page.fallen and (page.place not in {"", "topics/"} or 2 * sum(topics) >= len(topics))

    def by_machine(self, page: BuiltPage) -> set[bool]:
        """Return of the translations of a page whether no editor wrote them."""
        return {words(element) not in self.edited for element in page.marked("data-translation")}


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest) -> Site:
    return Site(request.getfixturevalue(request.param))


def words(element: etree._Element) -> str:
    """Return the words of an element, without the days that help beside them."""
    return visible("".join(element.xpath(".//text()[not(ancestor::*[@class='aid'])]")))


def article_of(mark: str) -> str:
    """Return the article whose words an element holds."""
    return mark.removeprefix("article:").partition("@")[0].partition(":")[0]


def told(page: BuiltPage) -> str:
    """Return the language of the words of a page's text."""
    return load_catalog(page.told_in).lang


def test_there_is_something_to_see(site: Site) -> None:
    assert len(site.pages) > 50
    assert {page.lang for page in site.pages} == set(site.settings.languages)
    assert any(page.fallen for page in site.pages)


def test_a_page_is_in_the_language_and_direction_of_its_tree(site: Site) -> None:
    for page in site.pages:
        assert page.tree.get("lang") == page.frame, page.address
        assert page.tree.find("body").get("dir") == direction(page.frame), page.address
        heading = page.main.find(".//h2")
        if heading is not None and not heading.xpath(".//@lang"):
            due = "en" if page.is_handbook else told(page)
            assert (page.lang_of(heading), page.dir_of(heading)) == (due, direction(due)), page.address


def test_every_sentence_says_which_language_it_is_in_and_runs_its_way(site: Site) -> None:
    seen = set()
    for page in site.pages:
        for element in page.main.xpath(f".//*[@data-quote or {HEADLINE}]"):
            lang = site.langs[article_of(element.get("data-quote") or element.get("data-from"))]
            assert (page.lang_of(element), page.dir_of(element)) == (lang, direction(lang)), (page.address, words(element))
            seen.add(lang)
        for element in page.marked("data-translation"):
            assert (page.lang_of(element), page.dir_of(element)) == (page.told_in, direction(page.told_in)), (page.address, words(element))
    assert seen >= set(site.langs.values()) - {"und"}


def test_no_translation_stands_in_quotation_marks(site: Site) -> None:
    seen = 0
    for page in site.pages:
        for element in page.marked("data-translation"):
            assert not element.xpath("ancestor-or-self::*[self::q or self::blockquote or self::cite]"), page.address
            assert not element.xpath("ancestor::*[@data-quote or @data-from]"), page.address
            seen += 1
    assert bool(seen) == (site.desk.root.name != "published")


def test_each_translation_has_its_original_and_its_label_beside_it(site: Site) -> None:
    for page in site.pages:
        for element in page.marked("data-translation"):
            mark = element.get("data-translation")
            place = next(element.iterancestors("div", "section", "li")) if "@" in mark else page.main
            twins = place.xpath(".//*[@data-quote = $mark or @data-from = $mark]", mark=mark)
            assert twins, (page.address, words(element))
            assert page.lang_of(twins[0]) != page.told_in, (page.address, words(element))
            assert place.xpath(".//*[contains(@class, 'origin')]"), (page.address, words(element))


def test_a_foreign_sentence_without_a_translation_says_so(site: Site) -> None:
    seen = 0
    for page in site.pages:
        for quote in page.main.xpath(".//blockquote//q"):
            place = next(quote.iterancestors("div", "section", "li"))
            translations = place.xpath(".//*[@data-translation = $mark]", mark=quote.get("data-quote"))
            foreign = base_language(page.lang_of(quote)) != base_language(page.told_in)
            if not foreign:
                assert not translations, page.address
            elif not translations:
                lang = place.xpath("./p[@class='origin']//@data-from")
                assert lang == [f"language:{page.lang_of(quote)}:name"], (page.address, words(quote))
                seen += 1
    assert seen


def test_the_notice_is_on_every_page_with_a_machines_translation_and_on_no_other(site: Site) -> None:
    for page in site.pages:
        notices = page.main.xpath(".//p[@class='machine-notice']")
        made = site.by_machine(page)
        assert len(notices) == (True in made), page.address
        for notice in notices:
            key = "machine_notice_edited" if False in made else "machine_notice"
            due = visible(str(load_catalog(page.told_in).text(key).unescape()))
            assert (words(notice), page.lang_of(notice)) == (due, told(page)), page.address


def test_a_page_that_falls_back_says_so_in_its_readers_language(site: Site) -> None:
    for page in site.pages:
        for notice in page.main.xpath(".//p[@class='fallback']"):
            assert (page.lang_of(notice), page.dir_of(notice)) == (page.frame, direction(page.frame)), page.address
            assert notice.xpath(".//@data-from") == [f"language:{page.lang}:name", f"language:{page.settings.language}:name"]
            assert page.lang != page.settings.language


def test_canonical_links_lead_to_the_first_language_where_a_page_is_not_told(site: Site) -> None:
    for page in site.pages:
        (canonical,) = page.tree.xpath("//link[@rel='canonical']/@href")
        assert canonical == ADDRESS + (page.address if site.is_told(page) else page.place), page.address


def test_the_menu_stays_on_the_page(site: Site) -> None:
    """Its links lead to the same place in each language, and name it in that language."""
    for page in site.pages:
        links = page.tree.xpath("//nav[contains(@class, 'languages')]//a")
        if page.is_shared:
            assert links == []
            continue
        first, *others = site.settings.languages
        assert [page.target(link.get("href")) for link in links] == [page.place, *(f"{lang}/{page.place}" for lang in others)], page.address
        assert [link.get("hreflang") for link in links] == [link.get("lang") for link in links] == [first, *others]
        assert [link.get("lang") for link in links if link.get("aria-current")] == [page.lang]
        assert {page.target(link.get("href")) for link in links} <= site.by_address.keys(), page.address


def urls(site: Site) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the addresses of the sitemap, each with its alternates by language, from the site's root."""
    for url in etree.parse(site.desk.site / "sitemap.xml").getroot():
        alternates = [(link.get("hreflang"), link.get("href").removeprefix(ADDRESS)) for link in url.findall(f"{XHTML}link")]
        assert len(dict(alternates)) == len(alternates)
        yield url.findtext(f"{SITEMAP}loc").removeprefix(ADDRESS), dict(alternates)


def test_alternates_are_reciprocal_and_only_between_pages_that_are_told(site: Site) -> None:
    found = dict(urls(site))
    assert any(found.values())
    assert found.keys() == {page.address for page in site.pages if site.is_told(page)}
    for address, alternates in found.items():
        page = site.by_address[address]
        told = {lang: other for lang in site.settings.languages
                if (other := page.place if lang == site.settings.language else f"{lang}/{page.place}") in found}
        due = {**told, "x-default": next(iter(told.values()))} if len(told) > 1 and not page.is_shared else {}
        assert alternates == due, address


def test_data_of_every_language_follow_the_schema(site: Site) -> None:
    schema = json.loads((site.desk.site / "data" / "schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for lang in site.settings.languages:
        index = site.data(lang, "index.json")
        assert index["lang"] == lang
        assert [error.message for error in validator.iter_errors(index)] == []
        for row in index["topics"]:
            page = site.by_address[f"{'' if lang == site.settings.language else f'{lang}/'}topics/{row['slug']}/"]
            topic = site.data(lang, row["data"])
            assert [error.message for error in validator.iter_errors(topic)] == [], page.address
            assert (row["told"], topic["lang"]) == (page.told_in, told(page))


def test_source_pages_lead_back_into_every_language(site: Site) -> None:
    seen = 0
    for page in site.pages:
        links = page.main.xpath(".//a[@hreflang]") if page.is_source else []
        for link in links:
            target = site.by_address[page.target(link.get("href"))]
            assert (target.lang, target.place.split("/")[0]) == (link.get("hreflang"), "topics"), page.address
            seen += 1
    assert seen
