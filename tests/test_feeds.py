"""Feeds are valid, say what their pages say, keep their ids, and lose what leaves the pages."""

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
import pytest
from browsing import Reader, serve
from conftest import ADDRESS, Desk
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from playwright.sync_api import Browser

from digest.editors.withdraw import withdraw_article
from digest.feeds import feed_base, feed_id, moment, number_notes, outline_rows
from digest.models import Correction, When
from digest.pipeline import load_digest, record_digest
from digest.render import render_pages
from digest.settings import Frame, Outlet, Settings

ATOM = "{http://www.w3.org/2005/Atom}"
URN = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
HONEY, STUCK, GEAR = "honey-thieves-leave-note-in-pellin", "drawbridge-of-orvane-stuck-open", "orvane-drawbridge-gear-cracks"
DAY = "2031-06-30"


def made(desk: Desk, address: str = ADDRESS) -> dict[str, str]:
    """Return the feeds that a digest would have at an address."""
    found = load_digest(desk.content, frame=Frame("Digest", address))[0]
    return {file.path: text for file, text in render_pages(found, desk.root) if text and file.path.endswith(("feed.xml", "feed.json"))}


def read(text: str | Path) -> Any:
    """Parse an Atom feed as readers do."""
    found = feedparser.parse(text.read_bytes() if isinstance(text, Path) else text.encode())
    assert (found.bozo, found.version) == (False, "atom10")
    return found


def of_topic(feeds: Mapping[str, str], start: str, tree: str = "") -> Any:
    return read(next(text for name, text in feeds.items() if name.startswith(f"{tree}topics/{start}")))


def content(entry: Any) -> HtmlElement:
    return fragment_fromstring(entry.content[0].value)


def said(entry: Any) -> str:
    return " ".join(content(entry).text_content().split())


@pytest.fixture(scope="session", params=["told", "regional", "published"])
def site(request: pytest.FixtureRequest) -> Desk:
    found: Desk = request.getfixturevalue(request.param)
    return found


def feeds_of(desk: Desk) -> list[Path]:
    return sorted(desk.site.rglob("feed.xml"))


# What never changes


def test_an_id_stays_what_it_was() -> None:
    """Readers know entries by these: whoever changes how they are made tells them everything again."""
    assert feed_id("d-11300d91", "en", "topics", "t-0f1bd788") == "urn:uuid:2637ad25-d7bc-52db-bf94-0c7dc5f88902"


@pytest.mark.parametrize("names", [("d-2", "en", "topics", "t-1"), ("d-1", "tr", "topics", "t-1"), ("d-1", "en", "events", "t-1"),
                                   ("d-1", "en", "topics", "t-2"), ("d-1", "en", "topics", "t-1", "feed")])
def test_different_things_have_different_ids(names: tuple[str, ...]) -> None:
    assert feed_id(*names) != feed_id("d-1", "en", "topics", "t-1")


@pytest.mark.parametrize(("stated", "told"), [
    ("2031-05-12", "2031-05-12T00:00:00Z"), ("2031-05-12T09:30:00+03:00", "2031-05-12T06:30:00Z"),
    ("2031-05-12T09:30", "2031-05-12T09:30:00Z"), ("2031-05-12T23:59:59.999-01:00", "2031-05-13T00:59:59Z"),
    ("2031-05-12T09:30:00+03:00:30", "2031-05-12T06:29:30Z"), ("0987-01-02", "0987-01-02T00:00:00Z"),
])
def test_moments_are_those_of_rfc_3339(stated: str, told: str) -> None:
    assert moment(When.parse(stated)) == told


def test_notes_that_say_the_same_are_numbered() -> None:
    first, same, other = (Correction(line, When.parse("2031-05-16").day, "Ada", text) for line, text in ((3, "A."), (9, "A."), (5, "B.")))
    names = number_notes([same, first, other])
    assert names[9] == (*names[3], "2")
    assert len(set(names.values())) == 3
    assert number_notes([first])[3] == names[3]


@pytest.mark.parametrize(("address", "day", "base"), [
    (ADDRESS, DAY, ADDRESS), ("https://bücher.example/", DAY, "https://xn--bcher-kva.example/"), ("", DAY, ""), (ADDRESS, None, ""),
    ("ftp://example.org/", DAY, ""), ("https://me:pw@example.org/", DAY, ""),
])
def test_feeds_need_an_address_and_a_day(address: str, day: str | None, base: str) -> None:
    assert feed_base(address, day) == base


def test_another_address_and_title_change_no_id(desk: Desk) -> None:
    before, address = made(desk), "https://elsewhere.example/"
    (desk.content / "overrides.yml").write_text(f"titles: [{{topic: {HONEY}, title: {{en: The honey}}}}]\n", "utf-8")
    desk.edit(desk.content / "digest.yml", "Quay", "Key")
    after = made(desk, address)
    assert before.keys() == after.keys()
    for name in filter(lambda name: name.endswith(".xml"), before):
        assert re.findall(URN, before[name]) == re.findall(URN, after[name])
        assert ADDRESS not in after[name]
        assert f'rel="self" type="application/atom+xml" href="{address}{name}"' in after[name]


def test_recording_and_older_articles_change_no_id(desk: Desk) -> None:
    before = made(desk)
    record_digest(load_digest(desk.content)[0], desk.content)
    assert made(desk) == before
    desk.write("ice-on-the-teller", "The Teller froze at Orvane, and skaters crossed it for the first time.", published="2029-01-07")
    after = made(desk)
    assert set(re.findall(URN, "".join(before.values()))) < set(re.findall(URN, "".join(after.values())))


# What makes them valid


def test_every_feed_is_valid(site: Desk) -> None:
    for path in feeds_of(site):
        found, place = read(path), path.relative_to(site.site).as_posix()
        assert re.fullmatch(URN, found.feed.id), place
        assert found.feed.title, place
        assert found.feed.author, place
        links = {link.rel: link.href for link in found.feed.links}
        own = links["self"].removeprefix(ADDRESS)
        assert links == {"self": ADDRESS + own, "alternate": ADDRESS + own.removesuffix("feed.xml")}
        assert (site.site / own).read_bytes() == path.read_bytes(), place
        stated = [found.feed.updated, *(entry.updated for entry in found.entries)]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each) for each in stated), place
        assert stated[0] == max(stated)
        assert stated[1:] == sorted(stated[1:], reverse=True)
        for entry in found.entries:
            assert re.fullmatch(URN, entry.id), place
            assert entry.title, place
            assert entry.link.startswith(ADDRESS), place


def test_no_id_is_given_twice(site: Desk) -> None:
    """An event, an article or a note has one id, whichever feeds of its language tell it."""
    where: dict[str, set[tuple[str, str]]] = {}
    for path in feeds_of(site):
        found = read(path)
        idents = [entry.id for entry in found.entries]
        assert len(set(idents)) == len(idents)
        for entry in (found.feed, *found.entries):
            where.setdefault(entry.id, set()).add((next(link.href for link in entry.links if link.rel == "alternate"), entry.title))
    assert {ident: places for ident, places in where.items() if len(places) > 1} == {}


def test_elements_have_their_languages(told: Desk) -> None:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    hebrew = etree.parse(str(told.site / "he" / "feed.xml")).getroot()
    entries = {entry.findtext(f"{ATOM}title"): entry for entry in hebrew.iter(f"{ATOM}entry")}
    own, fallen = entries["מעבורות מסיעות נוסעים לאחר שנסדק גלגל השיניים של גשר אורוונה"], entries["ميناء اللؤلؤ يفتح أبوابه للزوار"]
    assert (hebrew.get(lang), own.get(lang), own.find(f"{ATOM}title").get(lang)) == ("he", "he", "he")
    assert (fallen.get(lang), fallen.find(f"{ATOM}title").get(lang)) == ("en", "ar")
    texts = [fragment_fromstring(entry.findtext(f"{ATOM}content")) for entry in (own, fallen)]
    assert [(text.get("lang"), text.get("dir")) for text in texts] == [("he", "rtl"), ("en", "ltr")]
    assert texts[0].xpath("//blockquote[@lang='en' and @dir='ltr']")
    assert texts[1].find("p[@class='fallback']").get("lang") == "he"


@pytest.mark.parametrize("tree", ["", "tr/", "he/"])
def test_the_json_feed_says_the_same(told: Desk, tree: str) -> None:
    atom, found = read(told.site / tree / "feed.xml"), json.loads((told.site / tree / "feed.json").read_text("utf-8"))
    assert (found["version"], found["language"]) == ("https://jsonfeed.org/version/1.1", tree.rstrip("/") or "en")
    assert (found["home_page_url"], found["feed_url"]) == (ADDRESS + tree, f"{ADDRESS}{tree}feed.json")
    assert found["authors"] == [{"name": "The people of the quay", "url": "mailto:quay@example.org"}]
    assert [(item["id"], item["url"], item["date_modified"]) for item in found["items"]] == [
        (entry.id, entry.link, entry.updated) for entry in atom.entries]
    texts = etree.parse(str(told.site / tree / "feed.xml")).iterfind(f"{ATOM}entry/{ATOM}content")
    assert [item["content_html"] for item in found["items"]] == [text.text for text in texts]


# What they say


def test_the_site_tells_its_topics(told: Desk) -> None:
    entries = read(told.site / "feed.xml").entries
    index = json.loads((told.site / "data" / "index.json").read_text("utf-8"))
    assert {entry.link for entry in entries} == {f"{ADDRESS}topics/{topic['slug']}/" for topic in index["topics"]}
    entry = next(entry for entry in entries if "ferries" in entry.link)
    data = json.loads(next((told.site / "data" / "topics").glob("ferries*")).read_text("utf-8"))
    assert (entry.title, entry.updated) == (data["title"]["text"], moment(When.parse(data["updated"])))
    assert len(content(entry).findall(".//blockquote")) == len(data["summary"]) >= 3
    for point in data["summary"]:
        assert f"“{point['citations'][0]['quote']}”" in said(entry)
    assert "As of 15 May 2031, 18:00 (UTC+03:00)" in said(entry)
    assert "4 outlets" in said(entry)


def test_every_quotation_leads_to_its_sentence(site: Desk) -> None:
    for path in feeds_of(site):
        texts = [fragment_fromstring(found.text) for found in etree.parse(str(path)).iter(f"{ATOM}content")]
        for point in (point for text in texts for point in text.xpath(".//div[@class='point']")):
            page, _, anchor = point.find("p/a").get("href").removeprefix(ADDRESS).partition("#")
            source = fragment_fromstring(re.search("<main.*</main>", (site.site / page / "index.html").read_text("utf-8"), re.DOTALL)[0])
            sentence = " ".join(source.get_element_by_id(anchor).text_content().split())
            quoted = "".join(point.xpath("blockquote/p/span/text()"))
            assert " ".join(quoted.split()) in sentence
            assert point.find("p/a").text_content()


def test_a_translation_says_so_and_stands_in_no_quotation_marks(told: Desk) -> None:
    entry = next(entry for entry in read(told.site / "he" / "feed.xml").entries if "ferries" in entry.link)
    text, data = said(entry), json.loads(next((told.site / "he" / "data" / "topics").glob("ferries*")).read_text("utf-8"))
    assert entry.title == data["title"]["text"] != data["title"]["original"]["text"]
    assert data["title"]["original"]["text"] in text
    translated = [point for point in data["summary"] if point["state"] == "translated" and "“" not in point["text"]]
    assert translated
    for point in translated:
        assert f"“{point['text']}" not in text
        assert text.index(point["text"]) < text.index(f"“{point['citations'][0]['quote']}”")
    assert text.count("Argos 1.9") == 1 + sum(point["state"] == "translated" for point in data["summary"])
    assert content(entry).find("p[@class='machine-notice']") is not None
    assert content(read(told.site / "feed.xml").entries[0]).find("p[@class='machine-notice']") is None


def test_direct_speech_shows_the_original_first(told: Desk) -> None:
    feed = next((told.site / "tr" / "topics").glob("ferries*/feed.xml"))
    text = " ".join(said(entry) for entry in read(feed).entries)
    assert text.index("“We greased it and prayed,” he said.") < text.index("“Yağladık ve dua ettik” dedi.")


def test_a_topic_tells_its_events_and_notes(told: Desk) -> None:
    feed = next((told.site / "topics").glob("ferries*/feed.xml"))
    data = json.loads(next((told.site / "data" / "topics").glob("ferries*")).read_text("utf-8"))
    places = {entry.link.partition("#")[2] for entry in read(feed).entries}
    assert places == {*(story["id"] for story in data["stories"]), "corrections"}
    note = next(entry for entry in read(feed).entries if entry.link.endswith("#corrections"))
    assert (note.updated, "The barge came a day later" in said(note)) == ("2031-05-16T00:00:00Z", True)


def test_an_outlet_tells_its_articles(told: Desk) -> None:
    entries = {entry.title: entry for entry in read(told.site / "outlets" / "quay-herald" / "feed.xml").entries}
    honey = entries["Honey thieves leave a note in Pellin"]
    assert honey.link == f"{ADDRESS}sources/{HONEY}/"
    assert [(link.rel, link.href) for link in honey.links[1:]] == [("via", "https://quay-herald.example.org/2031/06/honey")]
    turkish = read(told.site / "tr" / "outlets" / "quay-herald" / "feed.xml")
    assert {entry.title for entry in turkish.entries} == set(entries)
    assert {entry.id for entry in turkish.entries}.isdisjoint(entry.id for entry in entries.values())


def test_an_outlet_that_may_only_be_linked_is_only_linked(told: Desk) -> None:
    (entry,) = read(told.site / "outlets" / "sealed-review" / "feed.xml").entries
    assert (entry.title, entry.link) == ("Why Pellin laughs about stolen honey", next(iter(
        f"{ADDRESS}{page.parent.relative_to(told.site).as_posix()}/" for page in told.site.glob("topics/honey*/index.html"))))
    assert "“" not in said(entry)
    everything = "".join(path.read_text("utf-8") for path in feeds_of(told))
    assert "Nobody in Pellin talks" not in html.unescape(html.unescape(everything))


def test_editors_notes_have_a_feed_where_they_have_a_page(told: Desk, published: Desk) -> None:
    for tree in ("", "tr", "he"):
        (note,) = read(told.site / tree / "corrections" / "feed.xml").entries
        assert "Ada Editor" in said(note)
    assert not list(published.site.rglob("corrections"))


def test_the_list_of_outlets_has_their_feeds_or_homepages() -> None:
    home, feed = "https://a.example/", "https://a.example/rss?x=1&y=2"
    outlets = {outlet.id: outlet for outlet in (
        Outlet(id="b", name="B\u202e", homepage=home, feeds=(feed,), lang="en"), Outlet(id="a", name="A", homepage=home),
        Outlet(id="c", name="C"), Outlet(id="d", name="D", feeds=(feed, "https://d.example/2")))}
    assert outline_rows(Settings(title="T", outlets=outlets)) == [
        {"text": "A", "type": "link", "url": home}, {"text": "B", "type": "rss", "xmlUrl": feed, "htmlUrl": home, "language": "en"},
        {"text": "D", "type": "rss", "xmlUrl": feed}, {"text": "D", "type": "rss", "xmlUrl": "https://d.example/2"}]


def test_the_list_of_outlets_is_opml(newsroom: Desk, told: Desk) -> None:
    """It needs no address of the site."""
    root = etree.parse(str(newsroom.site / "sources" / "outlets.opml")).getroot()
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", 'Quay & Harbour "Daily"')
    assert [dict(row.attrib) for row in root.iterfind("body/outline")] == [
        {"text": name, "type": "link", "url": f"https://{ident}.example.org/"}
        for ident, name in (("lantern-wire", "Lantern Wire"), ("quay-herald", "The Quay Herald"))]
    assert (told.site / "sources" / "outlets.opml").read_bytes() == (newsroom.site / "sources" / "outlets.opml").read_bytes()


# Where readers find them


@pytest.mark.parametrize(("page", "kinds"), [
    ("", ["atom+xml", "feed+json"]), ("tr/", ["atom+xml", "feed+json"]), ("topics/ferries*/", ["atom+xml"]),
    ("he/topics/myn*/", ["atom+xml"]), ("tr/outlets/open-gazette/", ["atom+xml"]), ("corrections/", ["atom+xml"]), ("topics/", []),
    ("archive/", []), ("about/method/", []), (f"sources/{GEAR}/", []), ("404.html", []),
])
def test_pages_name_their_feeds(told: Desk, page: str, kinds: list[str]) -> None:
    (path,) = told.site.glob(page if page.endswith(".html") else f"{page}index.html")
    head = path.read_text("utf-8").partition("</head>")[0]
    assert re.findall(r'<link rel="alternate" type="application/([^"]+)" href="feed\.\w+">', head) == kinds
    assert head.count('rel="alternate"') == len(kinds)
    for kind in kinds:
        assert (path.parent / ("feed.json" if "json" in kind else "feed.xml")).is_file()


@pytest.mark.parametrize("page", ["topics/ferries*/", "outlets/quay-herald/", "corrections/", "tr/topics/honey*/"])
def test_pages_link_to_their_feed(told: Desk, page: str) -> None:
    (path,) = told.site.glob(f"{page}index.html")
    assert '<a href="feed.xml">' in path.read_text("utf-8").partition("<main")[2]


def test_the_page_on_the_method_lists_them(told: Desk, newsroom: Desk) -> None:
    page = (told.site / "about" / "method" / "index.html").read_text("utf-8")
    listed = page.partition('id="feeds"')[2].partition("<h2")[0]
    assert re.findall(r'<a href="([^"]+)">', listed) == ["../../feed.xml", "../../feed.json", "../../sources/outlets.opml"]
    page = (newsroom.site / "about" / "method" / "index.html").read_text("utf-8")
    assert re.findall(r'<a href="([^"]+)">', page.partition('id="feeds"')[2].partition("<h2")[0]) == ["../../sources/outlets.opml"]


def test_without_an_address_there_are_no_feeds(newsroom: Desk) -> None:
    assert [*newsroom.site.rglob("feed.*")] == []
    for path in set(newsroom.site.rglob("*.html")) - set((newsroom.site / "handbook").rglob("*")):
        assert "alternate" not in path.read_text("utf-8"), path
        assert "feed.xml" not in path.read_text("utf-8"), path


@pytest.mark.browser
@pytest.mark.parametrize("page", ["", "he/", "tr/outlets/open-gazette/"])
def test_the_theme_asks_for_nothing_beside_them(told: Desk, tmp_path: Path, browser: Browser, page: str) -> None:
    """Its script takes every alternate for the front page of another site, and would ask that for its list of addresses."""
    asked: list[str] = []
    with serve(tmp_path, {"news": told}) as root:
        reader = Reader(browser.new_page(), root)
        reader.page.on("request", lambda request: asked.append(request.url))
        assert reader.open(f"news/{page}").locator("link[rel~=alternate][type='application/atom+xml']").count() == 1
        reader.page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.endswith((".css", ".js", ".png", ".woff2", "/"))] == []
    assert reader.faults == []


# How they go on


def test_a_new_article_moves_its_entries_and_no_others(desk: Desk) -> None:
    record_digest(load_digest(desk.content)[0], desk.content)
    before = made(desk)
    copied = desk.article(STUCK).read_text("utf-8").split("---\n")[2].split("\n\n")
    desk.write("orvane-bridge-again", *copied, published=f"{DAY}T08:00Z")
    after = made(desk)
    former, latest = ({entry.id: entry.updated for entry in read(feeds["feed.xml"]).entries} for feeds in (before, after))
    assert former.keys() == latest.keys()
    assert [latest[ident] for ident in latest if latest[ident] != former[ident]] == [f"{DAY}T08:00:00Z"]
    name = next(name for name in before if name.startswith("topics/honey"))
    assert before[name] == after[name]


def test_undated_entries_keep_the_day_of_the_edition_that_told_them(desk: Desk) -> None:
    record_digest(load_digest(desk.content)[0], desk.content)
    desk.write("otters", *OTTERS, published=DAY)
    after = made(desk)
    assert {entry.title: entry.updated for entry in read(after["feed.xml"]).entries}["Lighthouse of Brann gets its stripes back"] == (
        "2031-06-05T00:00:00Z")
    (event,) = of_topic(after, "lighthouse").entries
    assert event.updated == "2031-06-05T00:00:00Z"
    assert "Undated" in said(event)


def test_without_any_date_there_are_no_feeds(desk: Desk) -> None:
    for path in (desk.content / "articles" / "2031").rglob("*.md"):
        path.unlink()
    assert made(desk) == {}


@pytest.mark.parametrize("withdrawn", [True, False])
def test_what_leaves_the_pages_leaves_the_feeds(desk: Desk, withdrawn: bool) -> None:
    record_digest(load_digest(desk.content)[0], desk.content)
    assert any("Thieves took forty jars" in text for text in made(desk).values())
    if withdrawn:
        withdraw_article(desk.content, HONEY, "It was invented.", When.parse(DAY).day)
    else:
        (desk.content / "overrides.yml").write_text(f"hide: [{{article: {HONEY}, why: a test}}]\n", "utf-8")
    everything = "".join(made(desk).values())
    assert "Thieves took forty jars" not in everything
    assert "Honey thieves" not in everything
    assert f"sources/{HONEY}" not in everything


def test_the_feed_of_a_merged_topic_leads_on(desk: Desk) -> None:
    before = load_digest(desk.content)[0]
    record_digest(before, desk.content)
    (desk.content / "overrides.yml").write_text(f"topics: [{{together: [{HONEY}, {GEAR}]}}]\n", "utf-8")
    after = made(desk)
    assert {name for name in after if name.startswith("topics/")} == {f"topics/{topic.slug}/feed.xml" for topic in before.edition.topics}
    honey, bridge = (text for name, text in after.items() if name.startswith(("topics/ferries", "topics/honey")))
    assert honey == bridge
    assert len(read(honey).entries) == 2


def test_the_feed_of_a_topic_that_is_gone_stays_and_is_empty(desk: Desk) -> None:
    path = desk.write("otters", *OTTERS, published=DAY)
    record_digest(load_digest(desk.content)[0], desk.content)
    ident = of_topic(made(desk), "otters").feed.id
    path.unlink()
    found = of_topic(made(desk), "otters")
    assert (found.feed.id, found.entries, found.feed.subtitle) == (
        ident, [], "None of its articles is in the content folder any more.")


def test_only_the_newest_entries_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = read(made(desk)["feed.xml"]).entries
    monkeypatch.setattr("digest.render.feeds.LONGEST", 2)
    assert [entry.id for entry in read(made(desk)["feed.xml"]).entries] == [entry.id for entry in everything[:2]]


OTTERS = ["An otter lives under the mill of Tarn and steals the shoes of the miller at night.",
          "Miller Jorun Falk of Tarn has bought eleven pairs since the spring.", "The otter of Tarn wears none of them."]
HOSTILE = "]]> <script>alert(1)</script> &lt;b&gt; &amp; \x07<!-- \u202e{{ 7 * 7 }} \"' <feed>"


def test_hostile_titles_do_nothing(desk: Desk) -> None:
    desk.write("hostile", f"{HOSTILE} said the mayor of Orvane, and nobody in the harbour laughed about it.", title=HOSTILE, published=DAY,
               url="https://example.org/\"><script>alert(1)</script>?a=1&b=2", outlet="open-gazette")
    desk.edit(desk.content / "digest.yml", 'title: [^\n]*', lambda _: f"title: {json.dumps(HOSTILE)}")
    for name, text in made(desk).items():
        if name.endswith(".xml"):
            root = etree.fromstring(text.encode())
            assert {element.tag for element in root.iter()} <= {f"{ATOM}{tag}" for tag in (
                "feed", "id", "title", "subtitle", "updated", "author", "name", "email", "link", "entry", "content")}
            texts = [fragment_fromstring(found.text) for found in root.iter(f"{ATOM}content")]
            assert not [element for found in texts for element in found.xpath("//script | //b | //feed | //comment()")]
    titles = [entry.title_detail for entry in read(made(desk)["outlets/open-gazette/feed.xml"]).entries]
    assert titles[0].type == "text/plain"
    assert titles[0].value == HOSTILE.replace("\x07", "").replace("\u202e", "")


def test_the_seed_of_hashes_makes_no_difference(desk: Desk) -> None:
    script = ("import json, sys; from pathlib import Path; from test_feeds import made; from conftest import Desk;"
              "print(json.dumps(list(made(Desk(Path(sys.argv[1]))).items())))")
    seen = {subprocess.run([sys.executable, "-c", script, str(desk.root)], check=True, capture_output=True, text=True, encoding="utf-8",
                           env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}, cwd=Path(__file__).parent).stdout
            for seed, zone in (("1", "America/Los_Angeles"), ("2", "Pacific/Kiritimati"))}
    assert len(seen) == 1
