"""What pages tell search engines, shared links and programs: descriptions, Open Graph, linked data."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ADDRESS, Desk
from lxml import html
from pagewise import BuiltPage, pages_of

from digest.aids import aids_of
from digest.catalog import load_catalog, locale_code
from digest.content import read_articles
from digest.described import describe, plain
from digest.escape import script_json, visible
from digest.marks import parse_quote_mark
from digest.models import Aid, Article, Citation
from digest.segment import segment_article
from digest.settings import load_settings
from digest.translation import Translation
from digest.verify import verify_site

SITES = ["told", "regional", "published"]
TOPIC = "topics/ferries-carry-commuters-as-orvane-drawbridge"
LIE = "The mayor took the money."
Json = dict[str, Any]


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest) -> Desk:
    """Each site that is built for an address, in turn."""
    found: Desk = request.getfixturevalue(request.param)
    return found


def told_in_head(page: BuiltPage) -> dict[str, list[str]]:
    """Return what the `<meta>` of a page say, by their names."""
    found: dict[str, list[str]] = {}
    for meta in page.tree.xpath("//meta[@name or @property]"):
        found.setdefault(meta.get("name") or meta.get("property"), []).append(meta.get("content"))
    return found


def linked(page: BuiltPage) -> Json | None:
    """Return the linked data of a page."""
    found = page.tree.xpath("//head/script[@type='application/ld+json']")
    return json.loads(found[0].text) if found else None


def test_every_page_says_what_it_is(site: Desk) -> None:
    settings = load_settings(site.content)
    for page in pages_of(site):
        told = told_in_head(page)
        (canonical,) = page.tree.xpath("//link[@rel='canonical']/@href")
        assert told["og:url"] == [canonical], page.address
        assert told["description"] == told["og:description"], page.address
        assert len(told["description"][0]) > 5, page.address
        assert told["og:site_name"] == [settings.title]
        name = page.tree.findtext(".//title").removesuffix(f" - {settings.title}") if page.place else settings.title
        assert told["og:title"] == [name], page.address
        tells = "isBasedOn" in (linked(page) or {}) or page.main.xpath(".//h2[@id='key-points']")
        assert told["og:type"] == ["article" if tells else "website"], page.address
        assert told["og:locale"] == [locale_code(page.told_in)], page.address
        assert "og:image" not in told


@pytest.mark.parametrize(("lang", "locale"), [("en", "en_US"), ("tr", "tr_TR"), ("pt-BR", "pt_BR"), ("zh-Hant", "zh_TW"), ("he", "he_IL"),
                                              ("en-GB", "en_GB"), ("eo", "eo")])
def test_a_locale_has_a_country_where_one_is_likely(lang: str, locale: str) -> None:
    assert locale_code(lang) == locale


def test_other_locales_are_those_that_the_page_is_told_in(told: Desk) -> None:
    pages = {page.address: page for page in pages_of(told)}
    for page in pages.values():
        others = [lang for lang in ("en", "tr", "he") if lang != page.told_in and not page.is_shared
                  and not pages[page.place if lang == "en" else f"{lang}/{page.place}"].fallen]
        assert told_in_head(page).get("og:locale:alternate", []) == [locale_code(lang) for lang in others], page.address


def test_without_an_address_none_is_made_up(newsroom: Desk) -> None:
    for page in pages_of(newsroom):
        assert "og:url" not in told_in_head(page)
        assert "http://" not in json.dumps([linked(page), told_in_head(page)]).replace("http://schema.org", "")
        assert ADDRESS not in html.tostring(page.tree, encoding="unicode")


@pytest.fixture(scope="module")
def theft(told: Desk) -> Article:
    return segment_article(next(a for a in read_articles(told.content).articles if a.id == "honey-thieves-leave-note-in-pellin"))


def test_a_description_is_a_quotation_after_its_outlets_name_with_its_aids(theft: Article) -> None:
    cited = Citation.of(theft, theft.sentences[0])
    assert describe(load_catalog("en"), "Open Gazette", cited.quote, aids_of(cited)) == (
        "Open Gazette: “Thieves took forty jars of honey from a beekeeper in the village of Pellin on Sunday [1 Jun 2031] night and left a "
        "note with an apology.”")
    assert describe(load_catalog("en"), None, "It held.") == "Unknown outlet: “It held.”"


def test_a_translation_says_so_and_stands_in_no_quotation_marks() -> None:
    told = Translation(text="Köprü pazar açıldı.", lang="tr", source="en", engine="argos", model="1.9", doubts=("names",))
    aid = Aid(20, "date", "2031-06-01", "published")
    text = describe(load_catalog("tr"), "The Quay Herald", "The bridge opened on Sunday.", [aid], told)
    assert text.endswith("): Köprü pazar açıldı [1 Haz 2031].")
    assert "Argos 1.9" in text
    assert not set("“”«»\"") & set(text)


def test_a_topic_is_described_by_its_first_key_point_that_can_be_read(told: Desk) -> None:
    seen = set()
    for page in pages_of(told):
        points = page.main.xpath(".//div[contains(@class, 'point')]")
        if re.match("topics/.", page.place) and points:
            description, catalog = told_in_head(page)["description"][0], load_catalog(page.told_in)
            first = next((p for p in points if not p.xpath(".//p[@class='origin'][not(../..//*[@data-translation])]")), points[0])
            translated = first.xpath(".//*[@data-translation]")
            words = visible("".join((translated or first.xpath(".//q"))[0].xpath(".//text()")))
            assert words in description, page.address
            assert ("“" in description.partition(": ")[2][:1]) == (not translated and catalog.lang == "en"), page.address
            seen.add(bool(translated))
    assert seen == {True, False}


def test_a_title_that_a_program_translated_is_named_as_such(told: Desk) -> None:
    notice = plain(load_catalog("tr"), "machine_notice")
    pages = [page for page in pages_of(told) if page.lang == "tr" and not page.fallen and re.match("topics/.", page.place)]
    labelled = [page for page in pages if told_in_head(page)["description"][0].endswith(notice)]
    for page in pages:
        title = page.main.xpath(".//h1//@data-translation")
        by_machine = bool(title) and "argos:" in "".join(page.main.xpath(".//h1/following-sibling::details[1]//@data-from"))
        described_by_machine = "Argos" in told_in_head(page)["description"][0]
        assert (page in labelled) == (by_machine and not described_by_machine), page.address


def test_linked_data_tell_what_a_topic_is_made_from(compared: Desk) -> None:
    page = next(page for page in pages_of(compared) if page.address.startswith("topics/ferries"))
    topic = json.loads((compared.site / "data" / f"{page.address.rstrip('/')}.json").read_text("utf-8"))
    found = linked(page)
    assert found is not None
    assert (found["@type"], found["name"], found["dateModified"]) == ("CollectionPage", topic["title"]["text"], topic["updated"])
    assert [row["@id"] for row in found["isBasedOn"]] == [f"_:{row['id']}" for row in topic["articles"]]
    assert [row["headline"] for row in found["isBasedOn"]] == [visible(row["title"]) for row in topic["articles"]]
    assert [(row["@type"], row["text"]) for row in found["citation"]] == [("Quotation", visible(row["text"])) for row in topic["summary"]]
    assert [row["isPartOf"]["@id"] for row in found["citation"]] == [f"_:{row['citations'][0]['article']}" for row in topic["summary"]]
    assert found["correction"] == [{"@type": "CorrectionComment", "text": "The barge came a day later than we had written here.",
                                    "inLanguage": "en", "datePublished": "2031-05-16", "author": "Ada Editor"}]
    assert "url" not in found


def test_an_outlet_is_told_of_once_in_linked_data(site: Desk) -> None:
    referred = 0
    for page in pages_of(site):
        based = (linked(page) or {}).get("isBasedOn", [])
        told: dict[str, str] = {}
        for found in (row["publisher"] for row in based if isinstance(based, list) and "publisher" in row):
            if "name" in found and "@id" in found:
                assert (found["@type"], found["@id"] in told) == ("Organization", False), page.address
                told[found["@id"]] = found["name"]
            elif "@id" in found:
                assert set(found) == {"@id"}
                assert found["@id"] in told, page.address
                referred += 1
        assert len(set(told.values())) == len(told), page.address
    assert referred


def citations(pages: list[BuiltPage]) -> Iterator[tuple[BuiltPage, Json]]:
    for page in pages:
        yield from ((page, row) for row in (linked(page) or {}).get("citation", []))


def test_a_translation_in_linked_data_names_what_it_translates(site: Desk) -> None:
    articles = {article.id: article for article in read_articles(site.content).articles}
    kinds = set()
    for page, row in citations(pages_of(site)):
        quoted = row.get("translationOfWork", row)
        mark = parse_quote_mark(quoted["identifier"])
        assert mark
        assert quoted["text"] == visible(articles[mark.article].text[mark.start:mark.end])
        assert (quoted["@type"], quoted["inLanguage"]) == ("Quotation", articles[mark.article].lang)
        assert quoted["url"].startswith(f"{ADDRESS}sources/{mark.article}/#s-")
        if row is not quoted:
            assert (row["@type"], row["inLanguage"]) == ("CreativeWork", page.told_in)
            assert row["creditText"]
        kinds.add(row["@type"])
    assert "Quotation" in kinds
    assert ("CreativeWork" in kinds) == (site.root.name != "published")


def test_a_front_page_lists_its_topics_and_a_source_page_is_based_on_its_article(site: Desk) -> None:
    pages = {page.address: page for page in pages_of(site)}
    home = linked(pages[""])
    assert home is not None
    assert [pages[row["url"].removeprefix(ADDRESS)].place.split("/")[0] for row in home["hasPart"]] == ["topics"] * len(home["hasPart"])
    based = {page.address: found for page in pages.values() if page.is_source and (found := linked(page))}
    for address, found in based.items():
        assert (found["@type"], found["url"]) == ("WebPage", ADDRESS + address)
        assert found["isBasedOn"]["@type"] == "NewsArticle"
        assert found["isBasedOn"]["headline"] == found["name"]
    assert len(based) > 5


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "]]>", "'", "a&b", "\u2028", "\x00", "\u202e", "{{ 7 }}",
                                  "\\"])
def test_linked_data_end_no_script_whatever_they_hold(text: str) -> None:
    written = script_json({"a": [text, {"b": text}]})
    assert not set("<>&'\u2028\x00\u202e") & set(written)
    assert json.loads(written) == {"a": [visible(text), {"b": visible(text)}]}


@pytest.mark.parametrize(("old", "new", "what"), [
    pytest.param('(name="description" content=")[^"]*', rf"\1{LIE}", "<meta> description “The mayor", id="a description"),
    pytest.param('(name="description" content="[^"]*“)(.)', r"\1x", "<meta> description", id="a letter of a description"),
    pytest.param('(name="description" content=")[^:]*', r"\1The Pier", "<meta> description “The Pier", id="its outlet"),
    pytest.param('(og:description" content=")[^"]*', rf"\1{LIE}", "<meta> og:description “The mayor", id="a shared description"),
    pytest.param('<meta name="description"[^>]*>', "", "has no <meta> description", id="no description"),
    pytest.param('(<meta name="description"[^>]*>)', r"\1\1", "has 2 <meta> description", id="two descriptions"),
    pytest.param('(og:title" content=")[^"]*', rf"\1{LIE}", "<meta> og:title “The mayor", id="a title"),
    pytest.param('(og:type" content=")[^"]*', rf"\1{LIE}", "<meta> og:type “The mayor", id="a type"),
    pytest.param('(og:locale" content=")[^"]*', r"\1fr_FR", "<meta> og:locale “fr_FR", id="a locale"),
    pytest.param("</head>", '<meta property="og:locale:alternate" content="fr_FR"></head>', "og:locale:alternate", id="another locale"),
    pytest.param('(og:url" content=")[^"]*', r"\1https://example.com/", "<meta> og:url", id="an address"),
    pytest.param('(rel="canonical" href=")[^"]*', r"\1https://example.com/", "not under its own address", id="another site's address"),
    pytest.param('(rel="canonical" href="[^"]*)/topics/[^"]*', r"\1/archive/", "not under its own address", id="another page's address"),
    pytest.param('(headline":")[^"]*', rf"\1{LIE}", "give isBasedOn as", id="a headline in linked data"),
    pytest.param('("Quotation".*?"text":")[^"]*', rf"\1{LIE}", "give citation as", id="a quotation in linked data"),
    pytest.param('("@context")', rf'"comment":"{LIE}",\1', "give comment as", id="a field of linked data"),
    pytest.param('("@context")', r'"@context":"x",\1', "a field stands twice", id="a field of linked data twice"),
    pytest.param('(ld.json">)', r"\1[", "in no known shape", id="linked data that are none"),
    pytest.param("</h1>", '</h1><script type="application/ld+json">{}</script>', "has a <script>", id="linked data in the text"),
    pytest.param("</head>", '<script type="application/ld+json">{}</script></head>', "has linked data twice", id="linked data twice"),
    pytest.param('(publisher":\\{"@type":"Organization","name":")', r"\1Not ", "give ", id="a publisher"),
])
def test_a_changed_head_is_refused(told: Desk, tmp_path_factory: pytest.TempPathFactory, old: str, new: str, what: str) -> None:
    desk = told.copy(tmp_path_factory.mktemp("changed") / "told")
    path = desk.page(TOPIC)
    desk.edit(path, old, new)
    lines = [line for line in verify_site(desk.site, desk.content) if line.startswith("topics/ferries")]
    assert any(what in line for line in lines), lines
