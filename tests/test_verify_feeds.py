"""`digest verify` refuses every change of a feed: words, quotation marks, links, ids, days, and what is no part of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ADDRESS, Desk
from test_verify import LIE, Run, refused

from digest.settings import Frame
from digest.verify import verify_site

SITE, TOPIC, HEBREW, FALLEN = "feed.xml", "topics/ferries*/feed.xml", "he/feed.xml", "tr/topics/myn*/feed.xml"
OUTLET, NOTES = "outlets/quay-herald/feed.xml", "corrections/feed.xml"
MARKED = r"(data-quote=\"[^\"]*\"&gt;|data-quote=\"[^\"]*\" lang=\"en\" dir=\"ltr\"&gt;)"
NO_MARKS = "does not stand in quotation marks"


@pytest.fixture
def fed(told: Desk, tmp_path: Path) -> Desk:
    """A copy of the newsroom in three languages, to be changed with `edit`."""
    return told.copy(tmp_path / "fed")


def test_whoever_proves_a_site_need_not_know_its_address(told: Desk) -> None:
    assert verify_site(told.site, told.content) == verify_site(told.site, told.content, frame=Frame("Digest", ADDRESS)) == []


@pytest.mark.parametrize(("feed", "old", "new", "what"), [
    pytest.param(SITE, rf"{MARKED}\w", r"\1x", "does not stand in", id="a letter of a quotation"),
    pytest.param(SITE, rf"{MARKED}\w+ ", r"\1", "does not stand in", id="a word is gone"),
    pytest.param(SITE, r"(data-quote=\"[^\"]*)@", r"\1x@", "which is not in the content", id="another article"),
    pytest.param(SITE, r"&lt;/blockquote&gt;", f"&lt;/blockquote&gt;&lt;p&gt;{LIE}&lt;/p&gt;", LIE, id="a sentence"),
    pytest.param(SITE, r"&lt;/div&gt;</content>", f"&lt;/div&gt;{LIE}</content>", LIE, id="a sentence after the text"),
    pytest.param(SITE, r'<content type="html">', f'<content type="html">{LIE}', LIE, id="a sentence before it"),
    pytest.param(SITE, r"&lt;/p&gt;", "&lt;/p&gt;&lt;p&gt;“The mayor took it”&lt;/p&gt;", "The mayor took it", id="an unmarked quotation"),
    pytest.param(SITE, r"&lt;/p&gt;", "&lt;/p&gt;&lt;!-- x --&gt;&lt;script&gt;x&lt;/script&gt;", "has a <script>", id="a script"),
    pytest.param(SITE, r"&lt;p&gt;", "&lt;p onclick='x'&gt;", "has the attribute onclick", id="a handler"),
    pytest.param(SITE, r"&lt;/p&gt;", "&lt;/p&gt;&lt;img src='https://example.org/x.png'&gt;", "has a <img>", id="an image"),
    pytest.param(SITE, r"“&lt;span data-quote", "&lt;span data-quote", NO_MARKS, id="no opening quotation mark"),
    pytest.param(SITE, r"&lt;/span&gt;”", "&lt;/span&gt;", NO_MARKS, id="no closing quotation mark"),
    pytest.param(SITE, r"&lt;p&gt;“", "&lt;p&gt;The mayor: “", NO_MARKS, id="words before a quotation"),
    pytest.param(HEBREW, r"(&lt;p class=\"translation\"&gt;)(&lt;span[^;]*;)", r"\1“\2", "neither a marked quotation",
                 id="a translation in quotation marks"),
    pytest.param(HEBREW, r"&lt;p class=\"origin\"&gt;.*?&lt;/p&gt;", "", "is not said to be a translation", id="no label"),
    pytest.param(HEBREW, r"&lt;p class=\"machine-notice\"&gt;.*?&lt;/p&gt;", "", "does not say so", id="no machine notice"),
    pytest.param(HEBREW, r"Argos 1\.9", "Argos 2.0", "is not what engine", id="another engine"),
    pytest.param(HEBREW, r"&lt;blockquote lang=\"en\".*?&lt;/blockquote&gt;", "", "does not stand beside it", id="no original"),
    pytest.param(HEBREW, r"(data-translation=\"[a-z-]+@[^&]*&gt;)[^&]*", r"\1אורוונה", "is not what the data say",
                 id="another translation"),
    pytest.param(FALLEN, r"&lt;p class=\"fallback\".*?&lt;/p&gt;", "", "is told in 'tr', but its data",
                 id="no fallback notice"),
    pytest.param(SITE, r"#s-[0-9a-f]{8}", "#s-deadbeef", "a place that is not on that page", id="a link to another place"),
    pytest.param(SITE, r"#s-[0-9a-f]{8}", "", "has no link to the place where it stands", id="a link to the page alone"),
    pytest.param(SITE, r"/sources/[a-z-]+", "/sources/nowhere", "leads to nothing", id="a broken link"),
    pytest.param(SITE, rf"a href=\"{ADDRESS}sources", 'a href="https://elsewhere.example/sources', "neither a page of the site",
                 id="a link elsewhere"),
    pytest.param(OUTLET, r"a href=\"https://quay-herald[^\"]*", 'a href="javascript:alert(1)', "neither a page of the site", id="a script"),
    pytest.param(OUTLET, r"a href=\"https://quay-herald[^\"]*", 'a href="https://quay-herald.example.org/lie', "neither a page of the site",
                 id="another page of a publisher"),
    pytest.param(OUTLET, r'rel="via" type="text/html" href="[^"]*', r'rel="via" type="text/html" href="https://elsewhere.example/',
                 "where link via", id="another source"),
    pytest.param(OUTLET, r"published\"&gt;\d+", 'published"&gt;29', "is not", id="an article's day"),
    pytest.param(SITE, r"(<entry.*?href=\")[^\"]*", rf"\1{ADDRESS}", "where link alternate", id="an entry that leads elsewhere"),
    pytest.param(SITE, r'(rel="self"[^>]*href=")[^"]*', rf"\1{ADDRESS}tr/feed.xml", "where link self", id="another address of its own"),
    pytest.param(SITE, r"(<entry.*?<id>urn:uuid:)........", r"\g<1>00000000", "which is none of its page", id="an entry's id"),
    pytest.param(SITE, r"<id>urn:uuid:........", "<id>urn:uuid:00000000", "says id “urn:uuid:00000000", id="the feed's id"),
    pytest.param(SITE, r"(<entry.*?</entry>)", r"\1\1", "has an id twice", id="an entry twice"),
    pytest.param(SITE, r"<entry.*?</entry>", "", "entries, and the data", id="an entry is gone"),
    pytest.param(TOPIC, r"<entry.*?</entry>", "", "entries, and the data", id="an event is gone"),
    pytest.param(SITE, r"(<entry.*?<title[^>]*>)", rf"\1{LIE} ", LIE, id="an entry's title"),
    pytest.param(SITE, r"(<entry.*?<title xml:lang=\")en", r"\1tr", "title tr", id="a title's language"),
    pytest.param(SITE, r"<title>", f"<title>{LIE} ", LIE, id="the feed's title"),
    pytest.param(OUTLET, r"<title>The", "<title>A", "A Quay Herald", id="an outlet's name"),
    pytest.param(SITE, r"<subtitle>", f"<subtitle>{LIE} ", LIE, id="the subtitle"),
    pytest.param(SITE, r"<name>", f"<name>{LIE} ", LIE, id="the author"),
    pytest.param(SITE, r"<email>", "<email>x", "xquay@example.org", id="the author's address"),
    pytest.param(SITE, r"(<entry.*?<updated>)\d{4}", r"\g<1>2032", "says updated “2032", id="when an entry was updated"),
    pytest.param(SITE, r"<updated>\d{4}", "<updated>2032", "says updated “2032", id="when the feed was updated"),
    pytest.param(SITE, r"<entry", f"{LIE}<entry", "has words beside its elements", id="words beside entries"),
    pytest.param(SITE, r"<entry", f"<!-- {LIE} --><entry", "has a comment", id="a comment"),
    pytest.param(SITE, r"<entry", f"<?lie {LIE}?><entry", "has a comment, instruction", id="an instruction"),
    pytest.param(SITE, r"$", f"<!-- {LIE} -->", "has more than its elements", id="a comment at the end"),
    pytest.param(SITE, r"<feed", '<!DOCTYPE feed [<!ENTITY lie SYSTEM "file:///etc/passwd">]><feed', "has more than its elements",
                 id="a document type"),
    pytest.param(SITE, r"<title>", "<title>&lie;", "is no XML", id="an entity"),
    pytest.param(SITE, r"<entry", f"<rights>{LIE}</rights><entry", "which is not due|where entry", id="another element"),
    pytest.param(SITE, r"<updated>", '<updated dir="ltr">', "updated ltr", id="another attribute"),
    pytest.param(SITE, r"<entry", '<lie xmlns="https://example.org/">x</lie><entry', "has the element", id="another namespace"),
    pytest.param(SITE, r"</feed>", "", "is no XML", id="half a feed"),
    pytest.param(SITE, r"^.*$", "", "is no XML", id="nothing"),
    pytest.param(SITE, r"^.*$", "<feed xmlns='http://www.w3.org/2005/Atom'/>", "where feed en", id="an empty feed"),
    pytest.param(SITE, r"<content type=\"html\">[^<]*", '<content type="html">', "not one text", id="no text"),
    pytest.param(NOTES, r"(text\"[^;]*;)The barge", r"\1The mayor", "is not what override", id="an editor's note"),
    pytest.param(NOTES, r"<updated>2031-05-16", "<updated>2031-05-15", "says updated “2031-05-15", id="the day of a note"),
    pytest.param(TOPIC, r"#corrections\"", '#why"', "where link alternate", id="where a note stands"),
])
def test_refuses_a_changed_feed(digest: Run, fed: Desk, feed: str, old: str, new: str | Callable[..., str], what: str) -> None:
    (path,) = fed.site.glob(feed)
    fed.edit(path, old, new)
    refused(digest, fed, path.relative_to(fed.site).as_posix(), what)


def test_refuses_what_belongs_to_another_topic(digest: Run, fed: Desk) -> None:
    """Its words are proven elsewhere, and so are its links."""
    path = fed.site / SITE
    entries = re.findall(r"<entry\b.*?</entry>", path.read_text("utf-8"), re.DOTALL)
    one, other = (re.findall(r'<content type="html">(.*?)</content>', entry, re.DOTALL)[0]
                  for name in ("topics/ferries", "topics/honey") for entry in entries if name in entry)
    fed.edit(path, re.escape(one), lambda _: other)
    refused(digest, fed, SITE, "which is no key point of its page")


@pytest.mark.parametrize(("change", "what"), [
    pytest.param(lambda found: found.update(description=LIE), "does not say what feed.xml says", id="the description"),
    pytest.param(lambda found: found.update(note=LIE), "does not say what feed.xml says", id="a field"),
    pytest.param(lambda found: found["items"].pop(), "does not say what feed.xml says", id="an item is gone"),
    pytest.param(lambda found: found["items"][0].update(content_html=LIE), "does not say what feed.xml says", id="a text"),
    pytest.param(lambda found: found["items"][0].update(id=LIE), "does not say what feed.xml says", id="an id"),
    pytest.param(lambda found: found.update(home_page_url="https://elsewhere.example/"), "does not say", id="a link"),
])
def test_refuses_a_changed_json_feed(digest: Run, fed: Desk, change: Callable[[dict[str, object]], object], what: str) -> None:
    path = fed.site / "tr" / "feed.json"
    found = json.loads(path.read_text("utf-8"))
    change(found)
    path.unlink()
    path.write_text(json.dumps(found), "utf-8")
    refused(digest, fed, "tr/feed.json", what)


@pytest.mark.parametrize(("old", "new", "what"), [
    ('"items"', '"title": "x", "items"', "a field stands twice"), (r"\}\n$", "", "is no JSON Feed"), ("^.*$", "[]", "does not say")])
def test_refuses_a_damaged_json_feed(digest: Run, fed: Desk, old: str, new: str, what: str) -> None:
    fed.edit(fed.site / "feed.json", old, new)
    refused(digest, fed, "feed.json", what)


@pytest.mark.parametrize(("old", "new", "what"), [
    (r'text="The', 'text="A', "A Quay Herald"), ("<outline", f"{LIE}<outline", "has words beside"), ("</opml>", "", "is no XML"),
    (r"</body>", '<outline text="x" type="link" url="https://elsewhere.example/"/></body>', "which is not due"),
    ("<outline[^>]*>", "", "says outline|lacks")])
def test_refuses_another_list_of_outlets(digest: Run, fed: Desk, old: str, new: str, what: str) -> None:
    fed.edit(fed.site / "sources" / "outlets.opml", old, new)
    refused(digest, fed, "sources/outlets.opml", what)


@pytest.mark.parametrize("name", [SITE, TOPIC, "he/outlets/open-gazette/feed.xml", "tr/feed.json", NOTES, "sources/outlets.opml"])
def test_refuses_a_site_without_a_feed(digest: Run, fed: Desk, name: str) -> None:
    (path,) = fed.site.glob(name)
    path.unlink()
    refused(digest, fed, path.relative_to(fed.site).as_posix(), "is missing")


@pytest.mark.parametrize("name", ["archive/feed.xml", "topics/feed.xml", "topics/otters/feed.xml", "topics/otters/feed.json",
                                  "rss.xml", "atom.xml", "outlets/feed.xml", "de/feed.xml", "names/feed.xml", "outlets.opml",
                                  "tr/sources/outlets.opml"])
def test_refuses_a_feed_that_is_not_due(digest: Run, fed: Desk, name: str) -> None:
    path = fed.site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((fed.site / SITE).read_bytes())
    refused(digest, fed, name, "is no page, no data, no feed and no file of the theme")


def test_refuses_feeds_of_a_site_that_has_none(digest: Run, built: Desk, told: Desk) -> None:
    (built.site / "feed.xml").write_bytes((told.site / "feed.xml").read_bytes())
    refused(digest, built, "feed.xml", "is no page")


def test_refuses_feeds_of_another_address(told: Desk) -> None:
    problems = verify_site(told.site, told.content, frame=Frame("Digest", "https://elsewhere.example/"))
    assert any(line.startswith("tr/feed.xml: says link self application/atom+xml https://example.org/") for line in problems)


def test_refuses_a_link_to_a_feed_that_is_not_there(digest: Run, fed: Desk) -> None:
    path = fed.site / "archive" / "index.html"
    fed.edit(path, "</head>", '<link rel="alternate" type="application/atom+xml" href="feed.xml"></head>')
    refused(digest, fed, "archive/index.html", "leads to nothing")


def test_damaged_data_are_no_crash(digest: Run, fed: Desk) -> None:
    path = next((fed.site / "data" / "topics").glob("ferries*"))
    found = json.loads(path.read_text("utf-8"))
    found["corrections"][0]["date"] = LIE
    path.unlink()
    path.write_text(json.dumps(found), "utf-8")
    refused(digest, fed, "feed.xml", "cannot be held against damaged data")


def test_holds_the_rights_of_feeds(digest: Run, fed: Desk) -> None:
    """What only a feed quotes counts too."""
    fed.edit(fed.content / "outlets.yml", "(id: open-gazette.*?)rights: full", r"\1rights: link")
    result = digest(fed, "verify")
    assert any("only links are allowed" in line for line in result.stderr.splitlines())


@pytest.fixture
def merged(published: Desk, tmp_path: Path) -> Desk:
    """The sample, of which a former topic leads on."""
    return published.copy(tmp_path / "merged")


def test_a_former_topics_feed_is_that_of_its_heir(digest: Run, merged: Desk) -> None:
    (path,) = (path for path in merged.site.glob("topics/*/feed.xml") if path.parent.name not in path.read_text("utf-8"))
    text = path.read_text("utf-8")
    path.unlink()
    path.write_text(f"{text} ", "utf-8")
    refused(digest, merged, path.relative_to(merged.site).as_posix(), "is not the feed of the topic that took over its articles")
