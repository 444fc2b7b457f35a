"""Sources of many articles: feeds, web archives, tables of addresses, lists of subscriptions, and pages on the web."""

import json
from collections.abc import Iterator
from gzip import compress
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from press import Press, Sheet, open_press

from digest.content import read_articles
from digest.ingest import Added, iter_added
from digest.ingest.addresses import same_site, site_of, tidy_address
from digest.ingest.resemblance import looks_like
from digest.settings import load_settings

PAGE = ("<!doctype html><html lang=en><head><title>{0}</title>{1}</head><body><article><h1>{0}</h1>"
        "<p>The bridge over the Ester was closed on Friday after divers found a crack.</p>"
        "<p>Engineers will look at the pillar for two weeks, the road office said.</p></article></html>")
BODY = "&lt;p&gt;The bridge over the Ester was closed on Friday after divers found a crack.&lt;/p&gt;"


@pytest.fixture
def press() -> Iterator[Press]:
    with open_press() as server:
        yield server


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "outlets.yml").write_text("- {id: press, name: The Press, domains: [press.example]}\n", "utf-8")
    return folder


def add(content: Path, *sources: Path | str, press: Press | None = None) -> list[Added]:
    return list(iter_added(sources, content, press.web() if press else None))


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_feed_that_was_saved(tmp_path: Path, content: Path) -> None:
    feed = write(tmp_path / "all.xml", "<rss version='2.0'><channel><title>The Press</title>"
                 f"<item><title>Bridge closed</title><link>https://press.example/a</link><description>{BODY}</description>"
                 "<pubDate>Fri, 04 Jul 2031 08:30:00 +0200</pubDate></item>"
                 "<item><title>Soon</title><link>https://press.example/b</link></item>"
                 f"<item><link>https://press.example/c</link><description>{BODY}</description></item>"
                 f"<item><title>Far</title><pubDate>Fri, 04 Jul 2099 08:30:00 GMT</pubDate><description>{BODY}</description></item>"
                 "</channel></rss>")
    results = add(content, feed)
    assert [(added.state, added.source) for added in results] == [
        ("added", f"{feed}: https://press.example/a"), ("refused", f"{feed}: https://press.example/b"),
        ("refused", f"{feed}: https://press.example/c"), ("added", f"{feed}: Far")]
    assert [added.problem for added in results if added.problem] == [
        "the feed has none of its text; name the feed in outlets.yml, and digest fetch gets the page", "the feed gives it no title"]
    near, far = sorted(read_articles(content).articles, key=lambda article: article.title)
    assert (near.title, near.outlet, near.url, near.text) == (
        "Bridge closed", "press", "https://press.example/a", "The bridge over the Ester was closed on Friday after divers found a crack.\n")
    assert (far.published, far.title) == (None, "Far")
    assert [added.state for added in add(content, feed)] == ["unchanged", "refused", "refused", "unchanged"]


@pytest.mark.parametrize(("name", "text", "problem"), [
    ("a.xml", "<note>Hello</note>", "not a feed"), ("a.rss", "", "not a feed"), ("a.json", "{}", "not a JSON Feed"),
    ("a.json", json.dumps({"items": []}), "without entries"), ("a.warc", "WARC", "web archive"),
    ("a.warc.gz", "\x1f\x8b\x08", "web archive"),
    ("a.epub", "PK", "an e-book is not read"), ("a.pdf", "%PDF-1.7", "a PDF is not read"), ("a.opml", "<opml/>", "no feeds in it"),
    ("a.opml", "", "no XML"), ("a.csv", "title;words\nBridge;3\n", "no address in it"),
])
def test_what_cannot_be_used_is_said_in_a_line(tmp_path: Path, content: Path, name: str, text: str, problem: str) -> None:
    (added,) = add(content, write(tmp_path / name, text))
    assert added.state == "refused"
    assert problem in (added.problem or "")


def archive(*records: tuple[str, bytes, str, str], gzip: bool) -> bytes:
    """Return an archive of answers: address, body, media type, status."""
    out = b""
    for url, body, media, status in records:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-07-05T10:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, url)}>\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n").encode()
        record = head + http + b"\r\n\r\n"
        out += compress(record) if gzip else record
    return out


@pytest.mark.parametrize("gzip", [False, True])
def test_a_web_archive(tmp_path: Path, content: Path, gzip: bool) -> None:
    html, good = "text/html; charset=utf-8", "200 OK"
    claim = '<meta property="og:site_name" content="The Press"><link rel=canonical href="https://press.example/stolen">'
    raw = archive(("https://press.example/a?utm_medium=x", PAGE.format("Bridge closed", "").encode(), html, good),
                  ("https://evil.example/b", PAGE.format("Crack found", claim).encode(), html, good),
                  ("https://press.example/c.png", b"\x89PNG", "image/png", good),
                  ("https://press.example/d", b"<p>", html, "404 Not Found"),
                  ("https://press.example/e", b"<html></html>", html, good), gzip=gzip)
    results = add(content, write(tmp_path / ("a.warc.gz" if gzip else "a.warc"), raw))
    assert [added.state for added in results] == ["added", "added", "refused"]
    found = sorted((article.outlet or "", article.url or "") for article in read_articles(content).articles)
    assert found == [("The Press (evil.example)", "https://evil.example/b"), ("press", "https://press.example/a")]
    assert all("retrieved: 2031-07-05" in article.path.read_text("utf-8") for article in read_articles(content).articles)


def test_a_web_archive_that_was_cut_off_keeps_what_is_whole(tmp_path: Path, content: Path) -> None:
    raw = archive(("https://press.example/a", PAGE.format("Bridge closed", "").encode(), "text/html", "200 OK"),
                  ("https://press.example/b", PAGE.format("Crack found", "").encode(), "text/html", "200 OK"), gzip=True)
    results = add(content, write(tmp_path / "a.warc.gz", raw[:-40]))
    assert results[0].state == "added"
    assert [added.state for added in results[1:]] in (["refused"], ["added"], ["refused", "refused"])


def test_a_page_on_the_web(content: Path, press: Press) -> None:
    url = press.page("/bridge", "Bridge closed", "The bridge over the Ester was closed on Friday after divers found a crack.")
    (added,) = add(content, f"{url}?fbclid=1", press=press)
    assert (added.state, added.source) == ("added", f"{url}?fbclid=1")
    (article,) = read_articles(content).articles
    assert (article.url, article.outlet) == (url, "127.0.0.1")
    (gone,) = add(content, press.url("/missing"), press=press)
    assert (gone.state, gone.problem) == ("refused", "the server answers 404")


def test_a_feed_on_the_web_and_a_table_of_addresses(tmp_path: Path, content: Path, press: Press) -> None:
    pages = [press.page(f"/{name}", f"Bridge {name} closed", f"Bridge {name} over the Ester was closed on Friday.") for name in "abc"]
    feed = press.feed("/feed.xml", {"link": pages[0]}, {"title": "No address"})
    assert [added.state for added in add(content, feed, press=press)] == ["added", "refused"]
    table = write(tmp_path / "list.csv", f"title;address\nOne;{pages[1]}\nTwo;{pages[2]}?utm_source=x\nAgain;{pages[2]}\n")
    assert [added.state for added in add(content, table, press=press)] == ["added", "added"]
    assert len(read_articles(content).articles) == 3


def test_an_address_of_something_else(content: Path, press: Press) -> None:
    press.sheets["/image"] = Sheet(b"\x89PNG", "image/png")
    (added,) = add(content, press.url("/image"), press=press)
    assert added.problem == "image/png is not read; expected a page (HTML)"


OPML = """<opml version="2.0"><body><outline text="North">
<outline text="Harbour Courier: world" xmlUrl="https://www.courier.example/world.xml" htmlUrl="https://www.courier.example/"/>
<outline text="Harbour Courier" xmlUrl="https://www.courier.example/all.xml" htmlUrl="https://www.courier.example/"/>
<outline text="Press" xmlUrl="https://press.example/all.xml"/>
<outline title="Голос: &quot;Юг&quot; #1" xmlUrl="https://golos.example/rss"/>
<outline text="bad" xmlUrl="javascript:alert(1)"/></outline></body></opml>"""


def test_a_list_of_subscriptions(tmp_path: Path, content: Path) -> None:
    before = (content / "outlets.yml").read_text("utf-8")
    path = write(tmp_path / "feeds.opml", OPML)
    assert [(added.state, added.problem) for added in add(content, path)] == [
        ("added", None), ("added", None), ("refused", "press stands in outlets.yml; write this feed among its feeds"), ("added", None)]
    assert (content / "outlets.yml").read_text("utf-8").startswith(before)
    outlets = load_settings(content).outlets
    courier, golos = outlets["harbour-courier"], list(outlets.values())[-1]
    assert (courier.name, courier.domains, len(courier.feeds)) == ("Harbour Courier", ("courier.example",), 2)
    assert golos.name == 'Голос: "Юг" #1'
    assert [added.state for added in add(content, path)] == ["unchanged", "unchanged", "refused", "unchanged"]


@pytest.mark.parametrize(("url", "tidy"), [
    ("https://press.example/a?utm_source=x&id=3#top", "https://press.example/a?id=3"), ("https://press.example/a?b=1&a=2", None),
    ("https://press.example/?p=17", None), ("https://press.example/a/", None), ("https://press.example/a?fbclid=x", "https://press.example/a"),
    ("https://press.example/caf%C3%A9?q=%2F", None), ("https://press.example/müll", None),
])
def test_tidy_addresses(url: str, tidy: str | None) -> None:
    assert tidy_address(url) == (tidy or url)
    assert tidy_address(tidy_address(url)) == tidy_address(url)


def test_sites() -> None:
    assert site_of("https://www.press.co.uk/a") == "press.co.uk"
    assert same_site("https://amp.press.org/a", "https://www.press.org/b")
    assert not same_site("https://press.org/", "https://press.net/")
    assert not same_site("http://127.0.0.1:81/", "http://127.0.0.1:82/")


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("R\u0435uters", "Reuters", True), ("REUTERS", "Reuters", True), ("Reuters", "Reuter", False), ("\u0410nadolu", "Anadolu", True),
    ("G0lf News", "Golf News", True), ("The Press", "Le Monde", False),
])
def test_names_that_look_alike(one: str, other: str, alike: bool) -> None:
    assert looks_like(one, other) == alike


def test_outlets_that_share_a_site_stay_apart(tmp_path: Path, content: Path) -> None:
    rows = "".join(f'<outline text="{name.title()}" xmlUrl="https://{name}.substack.com/feed"/>' for name in ("ann", "bob"))
    add(content, write(tmp_path / "two.opml", f"<opml><body>{rows}</body></opml>"))
    outlets = load_settings(content).outlets
    assert {name: outlets[name].domains for name in ("ann", "bob")} == {"ann": ("ann.substack.com",), "bob": ("bob.substack.com",)}


def test_a_folder_says_what_it_passes_over(tmp_path: Path, content: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf", "c.csv", ".hidden.pdf"):
        write(folder / name, "x")
    write(folder / "d.html", PAGE.format("Bridge closed", ""))
    with caplog.at_level("INFO"):
        assert [added.state for added in add(content, folder)] == ["added"]
    assert f"{folder}: passed over in a folder: .csv, .pdf (2); name .csv itself" in caplog.messages


def test_what_may_be_no_source_is_refused(tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(content, write(tmp_path / "d.html", PAGE.format("Bridge closed", "")))
    monkeypatch.chdir(content.parent)
    for name, problem in {"": "an empty name", ".": "the digest itself lies in this folder", str(content): "the digest itself"}.items():
        (added,) = add(content, name)
        assert (added.state, problem in (added.problem or "")) == ("refused", True)
    assert len(list((content / "articles").rglob("*.md"))) == 1


def test_an_unknown_outlet_is_traced_to_its_domain(tmp_path: Path, content: Path) -> None:
    page = PAGE.format("Bridge closed", "<link rel=canonical href='https://www.other.example/a'>")
    (added,) = add(content, write(tmp_path / "a.html", page))
    assert "other.example is among no outlet's domains in outlets.yml" in added.notes
