"""Feeds as they are: RSS, Atom, JSON Feed and sitemaps of news, good and bad."""

import json
import resource
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import FetchError
from digest.ingest.feed import MAX_ENTRIES, Entry, Feed, read_feed

HOME = "https://press.example/feeds/all"
RSS = "<rss version='2.0'><channel><title>The &amp; Press</title><language>en</language>{}</channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Press</title>{}</feed>"
SITEMAP = ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
           "{}</urlset>")


def read(text: str | bytes) -> Feed:
    return read_feed(text if isinstance(text, bytes) else text.encode(), HOME)


def one(text: str) -> Entry:
    (entry,) = read(text).entries
    return entry


def test_rss() -> None:
    entry = one(RSS.format("<item><title>A &lt;b&gt;bold&lt;/b&gt; step</title><link>/a?utm_source=rss&amp;id=3#top</link>"
                           "<pubDate>Fri, 04 Jul 2031 08:30:00 +0200</pubDate><category>Sea</category><guid isPermaLink='false'>7</guid>"
                           "<description>&lt;p&gt;Text.&lt;/p&gt;</description></item>"))
    assert (entry.title, entry.url, entry.key) == ("A bold step", "https://press.example/a?id=3", "https://press.example/a?id=3")
    assert entry.published
    assert entry.published.iso == "2031-07-04T08:30:00+02:00"
    assert (entry.lang, entry.tags, entry.html) == ("en", ("Sea",), "<p>Text.</p>")


def test_atom() -> None:
    entry = one(ATOM.format("<entry><id>tag:press.example,2031:1</id><title type='html'>Title</title><link href='/a'/>"
                            "<author><name>Ann Lee</name></author><updated>2031-07-04T09:00:00Z</updated>"
                            "<published>2031-07-04T08:30:00+02:00</published><content type='html'>&lt;p&gt;Long.</content></entry>"))
    assert (entry.url, entry.authors, entry.changed) == ("https://press.example/a", ("Ann Lee",), "2031-07-04T09:00:00Z")
    assert entry.published
    assert entry.published.iso == "2031-07-04T08:30:00+02:00"


def test_json_feed() -> None:
    entry = one(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Press", "items": [
        {"id": "1", "url": "https://press.example/a", "title": "Title", "content_html": "<p>Text.",
         "date_published": "2031-07-04T08:30:00Z", "authors": [{"name": "Ann Lee"}, 3], "tags": ["Sea"]}, "x"]}))
    assert (entry.url, entry.authors, entry.tags) == ("https://press.example/a", ("Ann Lee",), ("Sea",))


def test_sitemap_of_news() -> None:
    entry = one(SITEMAP.format("<url><loc>https://press.example/a</loc><news:news><news:publication><news:language>en</news:language>"
                               "</news:publication><news:publication_date>2031-07-04</news:publication_date><news:title>Title</news:title>"
                               "</news:news></url>"))
    assert (entry.url, entry.title, entry.lang, str(entry.published and entry.published.day)) == (
        "https://press.example/a", "Title", "en", "2031-07-04")


@pytest.mark.parametrize(("item", "key"), [
    ("<link>https://press.example/a</link><guid>7</guid>", "https://press.example/a"),
    ("<guid>https://press.example/b</guid>", "https://press.example/b"),
    ("<guid>7</guid>", "7"), ("<guid isPermaLink='false'>x7</guid>", "x7"), ("<title>Only a title</title>", "Only a title"),
    ("<link>javascript:alert(1)</link><guid isPermaLink='false'>9</guid>", "9"),
])
def test_what_an_entry_is_known_by(item: str, key: str) -> None:
    assert one(RSS.format(f"<item>{item}</item>")).key == key


def test_an_entry_that_stands_twice_counts_once() -> None:
    twice = "<item><link>https://press.example/a</link></item><item><link>https://press.example/a?utm_source=x</link></item>"
    assert len(read(RSS.format(twice)).entries) == 1


def test_a_feed_that_is_broken_is_read_as_far_as_it_goes() -> None:
    feed = read("<rss version='2.0'><channel><title>P</title><item><title>A & B</title><link>https://press.example/a</link></item>")
    assert [entry.url for entry in feed.entries] == ["https://press.example/a"]
    assert "not well-formed" in feed.notes[0]


@pytest.mark.parametrize(("text", "problem"), [
    ("", "not a feed"), ("<html><p>Hello", "not a feed"), ("{", "JSON that cannot"), ("{}", "not a JSON Feed"), ("\0\1\2", "not a feed"),
    ("<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "a list of sitemaps"), ("<a>" * 200_000, "larger"),
    ("x" * 3_000_000, "larger"),
])
def test_what_is_no_feed_is_said(text: str, problem: str) -> None:
    with pytest.raises(FetchError, match=problem):
        read(text)


def test_no_entity_is_expanded(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("inside") / "secret.txt"
    secret.write_text("SECRET", "utf-8")
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'lol'}'>" for n in range(10))
    for inner in (f"<!DOCTYPE r [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>", f"<!DOCTYPE r [{laughs}]>"):
        for name, outer in (("x", RSS), ("x", ATOM), ("l9", RSS), ("x", SITEMAP)):
            text = inner + outer.format(f"<item><title>T&{name};</title><link>https://press.example/&{name};</link></item>"
                                        f"<url><loc>https://press.example/&{name};</loc></url>")
            told = repr(read(text))
            assert "SECRET" not in told
            assert "lollol" not in told


def test_at_most_so_many_entries() -> None:
    feed = read(RSS.format("".join(f"<item><link>https://press.example/{n}</link></item>" for n in range(MAX_ENTRIES + 5))))
    assert (len(feed.entries), len(feed.notes)) == (MAX_ENTRIES, 1)


HEAVY = {
    "open": "<item><a " * 99_000, "deep": "<b>" * 99_000, "attributes": "<rss " + "a='b' " * 150_000 + ">", "amps": "&" * 1_900_000,
    "quotes": "<item a=" + "\"'" * 900_000, "cdata": "<![CDATA[" * 90_000, "comments": "<!--" * 90_000, "ill": "<p>a</i>&nbsp;" * 45_000,
    "sitemap": "<urlset>" + "<url><loc>" * 49_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_feed_costs_bounded_time(name: str) -> None:
    begun = process_time()
    for start in ("", "<rss version='2.0'><channel>"):
        try:
            read(start + HEAVY[name])
        except FetchError:
            continue
    assert process_time() - begun < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000


@given(st.one_of(st.binary(max_size=400), st.text(alphabet="<>/&;\"'= abcrsitemlnkfedguv:![]{}-?", max_size=300).map(str.encode)))
def test_any_bytes_are_a_feed_or_refused(raw: bytes) -> None:
    for start in (b"", b"<rss version='2.0'><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"<urlset>",
                  b'{"items": ['):
        try:
            read_feed(start + raw, HOME)
        except FetchError:
            continue
