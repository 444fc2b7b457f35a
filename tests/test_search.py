"""The search index: what is in it, where it lies, and that the same pages give the same bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Desk

from digest.catalog import load_catalog
from digest.content import read_articles
from digest.errors import SiteError
from digest.running import PLAIN
from digest.search.indexed import Indexed, Line, read_fragment
from digest.search.pages import UNDATED, list_site
from digest.search.program import open_pagefind
from digest.search.shelf import Shelf, index_shelves
from digest.search.spacing import findable, spaced, unspaced
from digest.settings import load_settings

STUCK = "drawbridge-of-orvane-stuck-open"
PAGE = Indexed("topics/x/", "topic", "A <b>title</b> & “more”", "en", (
    Line("Words that end without a stop", "key-points", "Quay Herald", "12 May 2031", "en"),
    Line("<img src=x onerror=alert(1)> &lt;b&gt; &amp; \"it's\"", "s-1", "A_b!c <i>%", "", "en"),
    Line("竊賊週日夜裡拿走四十罐ABC蜂蜜，留下 一張 note 12罐。", "s-2", "新聞", "2031年5月12日", "zh", "translated from Chinese"),
    Line("می‌خواهم ميناء لولو", "", "", "", "fa")))


def fragments(site: Path, lang: str) -> Iterator[Indexed]:
    """Yield the pages that the index of a language holds."""
    return (read_fragment(path.read_bytes()) for path in sorted((site / "search" / lang).rglob("*.pf_fragment")))


@pytest.mark.parametrize(("text", "words"), [
    ("Ferries carried 1,200 people.", "Ferries carried 1,200 people."),
    ("竊賊週日", "竊 賊 週 日"),
    ("留下 一張 note", "留 下 ␣ 一 張 ␣ note"),
    ("四十罐ABC蜂蜜，留", "四 十 罐 ABC 蜂 蜜， 留"),
    ("ที่ไป ดี", "ที่ ไ ป ␣ ดี"),
    ("東京タワー", "東 京 タ ワ ー"),
    ("한국 사람", "한국 사람"),
    ("", ""),
])
def test_scripts_without_blanks_are_split_and_joined_again(text: str, words: str) -> None:
    assert spaced(text) == words
    assert unspaced(words) == text


@pytest.mark.parametrize("text", ["one ___PAGEFIND_WEIGHT___10 two", "one x___PAGEFIND_ANCHOR___b:0:s-1 two",
                                  "one ___END_PAGEFIND_WEIGHT___ ␣ two"])
def test_signs_of_the_program_are_no_words(text: str) -> None:
    assert findable(text) == "one two"


@pytest.mark.parametrize("lang", ["en", "zh", "pt-BR", "he"])
def test_a_page_comes_back_as_it_went_in(lang: str) -> None:
    parts, = index_shelves([Shelf(lang, "", (PAGE,))], PLAIN)
    assert [read_fragment(content) for name, content in parts.items() if name.startswith("fragment/")] == [PAGE]


def test_an_index_has_only_what_browsers_need() -> None:
    first, month = index_shelves([Shelf("he", name, (PAGE,)) for name in ("", "2031-07")], PLAIN)
    assert first.keys() - month.keys() == {"pagefind.js", "wasm.unknown.pagefind"}
    assert sorted({name.partition("/")[0].partition(".")[0] for name in month}) == ["fragment", "index", "pagefind", "pagefind-entry"]


def test_the_order_of_pages_is_ours_and_the_bytes_are_the_same() -> None:
    many = [Indexed(f"sources/{n}/", "source", f"Title {n}", "en", (Line(f"Bridge {n} is stuck again.", f"s-{n}", "Quay", "", "en"),))
            for n in range(200)]
    with open_pagefind() as one, open_pagefind() as other:
        assert one.index(many, "en") == other.index(many, "en") != one.index(many[::-1], "en")


def test_pages_are_shelved_by_their_months(newsroom: Desk) -> None:
    """That of a source is the article's, that of a topic its newest article's; what has no date stands with what needs none."""
    settings, days = load_settings(newsroom.content), {a.id: a.published for a in read_articles(newsroom.content).articles}
    ((_, shelved),) = list_site(newsroom.site, settings)
    months = {one.address: one.month for one in shelved}
    sources = {address.split("/")[1]: month for address, month in months.items() if address.startswith("sources/")}
    assert sources == {ident: f"{days[ident].day:%Y-%m}" if days[ident] else UNDATED for ident in sources}  # type: ignore[union-attr]
    assert len(sources) > 4
    assert UNDATED in sources.values()
    assert {month for address, month in months.items() if address.startswith("topics/honey")} == {"2031-06"}
    assert months["about/method/"] == months["outlets/quay-herald/"] == UNDATED
    folders = {path.name for path in (newsroom.site / "search" / "en").iterdir() if path.is_dir()} - {"fragment", "index"}
    assert folders == set(months.values()) - {UNDATED}
    listed = json.loads((newsroom.site / "search" / "en" / "list.json").read_text("utf-8"))["months"]
    assert [row[:2] for row in listed] == [["2031-06", "June 2031"], ["2031-05", "May 2031"]]


def test_a_sentence_is_found_with_its_outlet_its_day_and_its_place(newsroom: Desk) -> None:
    pages = {page.address: page for page in fragments(newsroom.site, "en")}
    line = next(line for line in pages[f"sources/{STUCK}/"].lines if "since Monday morning" in line.text)
    assert (line.outlet, line.day, line.lang, line.how) == ("The Quay Herald", "12 May 2031", "en", "")
    page = (newsroom.site / "sources" / STUCK / "index.html").read_text("utf-8")
    assert all(f'id="{line.place}"' in page for line in pages[f"sources/{STUCK}/"].lines)
    topic = next(page for address, page in pages.items() if address.startswith("topics/ferries"))
    assert len({line.text for line in topic.lines}) == len(topic.lines) > 5
    assert topic.lines[0].place == "key-points"


def test_each_language_has_its_pages_and_all_sources(told: Desk) -> None:
    found = {lang: {page.address: page for page in fragments(told.site, lang)} for lang in ("en", "tr", "he")}
    sources = {address for address in found["en"] if address.startswith("sources/")}
    for lang, prefix in (("en", ""), ("tr", "tr/"), ("he", "he/")):
        assert {address for address in found[lang] if address.startswith("sources/")} == sources
        assert all(address.startswith((prefix, "sources/")) for address in found[lang])
    source = found["tr"][f"sources/{STUCK}/"].lines[0]
    assert (source.lang, source.day) == ("en", "12 Mayıs 2031")


def test_a_translation_says_that_it_is_one(told: Desk) -> None:
    lines = [line for page in fragments(told.site, "tr") for line in page.lines]
    prayed = next(line for line in lines if "dua ettik" in line.text)
    assert prayed.how.startswith(str(load_catalog("tr").text("translated_by", language="İngilizce", engine="Argos 1.9").unescape()))
    assert prayed.lang == "tr"
    assert all(line.lang == "tr" for line in lines if line.how)
    titled = [page for page in fragments(told.site, "tr") if page.how]
    assert titled
    assert all(page.lang == "tr" for page in titled)


def test_nothing_of_an_outlet_that_only_links_is_in_it(sample: Desk) -> None:
    closed = {ident for ident, outlet in load_settings(sample.content).outlets.items() if outlet.rights == "link"}
    articles = [a for a in read_articles(sample.content).articles if a.outlet in closed]
    assert articles
    told = " ".join(line.text for page in fragments(sample.site, "en") for line in page.lines)
    assert not any(sentence in told for a in articles for sentence in a.text.split(". ") if len(sentence) > 40)
    assert not any(page.address == f"sources/{a.id}/" for page in fragments(sample.site, "en") for a in articles)


def test_a_withdrawn_article_is_not_found(compared: Desk) -> None:
    assert (compared.content / "withdrawn.yml").is_file()
    pages = list(fragments(compared.site, "en"))
    assert not [page for page in pages if "took-the-money" in page.address]
    assert not [line for page in pages for line in page.lines if "took the money" in line.text]


@pytest.mark.parametrize(("program", "what"), [("/no/such/program", "cannot be started"), ("/bin/false", "stopped")])
def test_a_program_that_does_not_run_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, program: str, what: str) -> None:
    monkeypatch.setattr("digest.search.program.get_executable", lambda: Path(program))
    with pytest.raises(SiteError, match=f"^search: Pagefind {what}[^\n]*pagefind-bin") as caught, open_pagefind() as running:
        running.index([PAGE], "en")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("packed", [b"", b"plain", b"\x1f\x8b\x08", Path(__file__).read_bytes()])
def test_what_is_no_fragment_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"is no compressed file|cannot be read"):
        read_fragment(packed)
