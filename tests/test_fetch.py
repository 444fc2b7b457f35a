"""Fetching feeds: each article once, changed ones as versions, nothing lost when it stops, and a record of how each feed is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Desk
from lxml import html
from press import Press, Sheet, open_press

from digest.content import read_articles
from digest.editors.fetched import find_fetched
from digest.errors import RecordError, SettingsError
from digest.feed_records import FeedRecord, health, read_feed_records, write_feed_records
from digest.fetch import run as fetching
from digest.fetch.run import Fetched, Got, fetch_feeds
from digest.fetch.tell import tell_fetched
from digest.models import Article
from digest.settings import load_settings

NOW = datetime(2031, 7, 5, 12, tzinfo=UTC)
FERRY = ("Harbour towns agree on a ferry line",
         "The mayors of Alsund, Berhaven and Corvik agreed on Thursday to run one ferry line together.",
         "Each town will pay a third of the sum, said the mayor of Alsund, and the first ship is to sail in May.")
BRIDGE = ("Bridge over the Ester closed after a crack is found",
          "The bridge over the Ester was closed on Friday after divers found a crack.",
          "Engineers will look at the pillar for two weeks, the road office said, and lorries must take the ferry.")


@pytest.fixture
def press() -> Iterator[Press]:
    with open_press() as server:
        yield server


@pytest.fixture
def content(tmp_path: Path, press: Press) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "digest.yml").write_text("title: Test\nlanguages: [en]\ncontact: mailto:desk@example.org\n", "utf-8")
    declare(folder, press.url("/feed.xml"))
    return folder


def declare(content: Path, *feeds: str) -> None:
    (content / "outlets.yml").write_text(f"- {{id: press, name: The Press, domains: [127.0.0.1], feeds: [{', '.join(feeds)}]}}\n", "utf-8")


def fetch(content: Path, press: Press, **options: object) -> Fetched:
    return fetch_feeds(content, load_settings(content), press.web(), NOW, **options)  # type: ignore[arg-type]


def articles(content: Path) -> list[Article]:
    return list(read_articles(content).articles)


def refusals(done: Fetched, press: Press) -> list[str]:
    return sorted(added.problem for added in done.added[press.url("/feed.xml")] if added.problem)


def serve_two(press: Press) -> None:
    ferry, bridge = press.page("/ferry", *FERRY), press.page("/bridge", *BRIDGE)
    press.feed("/feed.xml", {"title": FERRY[0], "link": f"{ferry}?utm_source=rss", "pubDate": "Fri, 04 Jul 2031 08:30:00 +0200"},
               {"title": BRIDGE[0], "link": bridge, "pubDate": "Fri, 04 Jul 2031 09:00:00 +0200"})


def test_new_pages_become_articles_once(content: Path, press: Press) -> None:
    serve_two(press)
    done = fetch(content, press)
    assert done.count(press.url("/feed.xml"), "added") == 2
    ferry = next(article for article in articles(content) if article.title == FERRY[0])
    assert (ferry.outlet, ferry.url, ferry.text) == ("press", press.url("/ferry"), "\n\n".join(FERRY[1:]) + "\n")
    assert ferry.published
    assert ferry.published.iso == "2031-07-04T08:30:00+02:00"
    assert "retrieved: 2031-07-05" in ferry.path.read_text("utf-8")
    again = fetch(content, press)
    assert (again.count(press.url("/feed.xml"), "added"), len(articles(content))) == (0, 2)
    assert press.asked("/ferry") == 1
    assert press.asked("/feed.xml") == 2
    assert "if-none-match" in press.visits[-1][1]


def test_asks_for_robots_first_in_the_digests_name(content: Path, press: Press) -> None:
    serve_two(press)
    press.sheets["/robots.txt"] = Sheet(b"User-agent: *\nDisallow: /bridge\n", "text/plain")
    done = fetch(content, press)
    assert press.visits[0][0] == "/robots.txt"
    assert {headers["user-agent"] for _, headers in press.visits} == {"digest/test (+desk@example.org)"}
    assert press.asked("/bridge") == 0
    assert refusals(done, press) == ["robots.txt asks not to fetch it"]
    assert [article.title for article in articles(content)] == [FERRY[0]]


@pytest.mark.parametrize("how", ["the feed tells", "it is looked at again"])
def test_what_an_outlet_changed_is_a_version(content: Path, press: Press, how: str) -> None:
    serve_two(press)
    fetch(content, press)
    before = next(article for article in articles(content) if article.title == FERRY[0])
    press.page("/ferry", FERRY[0], FERRY[1], "Each town will pay a quarter of the sum, said the mayor, and the state the rest of it.")
    if how == "the feed tells":
        press.feed("/feed.xml", {"title": f"{FERRY[0]} (updated)", "link": press.url("/ferry")},
                   {"title": BRIDGE[0], "link": press.url("/bridge")})
    done = fetch(content, press, again=0 if how == "the feed tells" else 30)
    assert [added.state for rows in done.added.values() for added in rows].count("updated") == 1
    after = next(article for article in articles(content) if article.title == FERRY[0])
    assert after.id == before.id
    assert "a quarter" in after.text
    assert (content / "versions" / before.id / f"{before.version}.md").is_file()


def test_a_page_that_is_gone_is_told_and_kept(content: Path, press: Press) -> None:
    serve_two(press)
    fetch(content, press)
    press.sheets["/bridge"] = Sheet(status=410)
    done = fetch(content, press, again=30)
    (ident,) = done.gone
    assert read_feed_records(content).gone[ident].status == 410
    assert len(articles(content)) == 2
    assert any(line.startswith(f"gone: {ident}:") for line in tell_fetched(done))
    press.page("/bridge", *BRIDGE)
    assert not fetch(content, press, again=30).records.gone


def test_a_run_that_stops_loses_nothing_and_doubles_nothing(content: Path, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    serve_two(press)
    monkeypatch.setattr(fetching, "_SAVED", 0.0)

    def stopping(pages: Iterator[Got], _: int) -> Iterator[Got]:
        yield next(pages)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(content, press, progress=stopping)
    assert len(articles(content)) == 1
    fetch(content, press)
    assert len(articles(content)) == 2
    assert (press.asked("/ferry"), press.asked("/bridge")) in [(1, 2), (2, 1), (1, 1)]
    assert fetch(content, press).count(press.url("/feed.xml"), "added", "refused") == 0


def test_a_page_that_failed_is_tried_again_though_the_feed_stays(content: Path, press: Press) -> None:
    serve_two(press)
    good = press.sheets["/ferry"]
    press.sheets["/ferry"] = Sheet(status=503)
    fetch(content, press)
    assert len(articles(content)) == 1
    press.sheets["/ferry"] = good
    fetch(content, press)
    assert len(articles(content)) == 2


def test_a_page_that_holds_no_article_is_not_asked_for_again(content: Path, press: Press) -> None:
    press.sheets["/list"] = Sheet(b"%PDF-1.7", "application/pdf")
    press.feed("/feed.xml", {"title": "Budget", "link": press.url("/list")}, {"title": "Old", "link": press.url("/missing")})
    done = fetch(content, press)
    assert refusals(done, press) == ["a PDF is not read; expected a page (HTML)", "the server answers 404"]
    press.feed("/feed.xml", {"title": "Budget", "link": press.url("/list")}, {"title": "Old", "link": press.url("/missing")},
               {"title": "Without an address"})
    fetch(content, press)
    assert (press.asked("/list"), press.asked("/missing")) == (1, 1)


@pytest.mark.parametrize(("day", "kept"), [("2031-07-04", True), ("2099-01-01", False), ("1962-01-01", False), ("2031-07-06", True)])
def test_a_day_that_cannot_be_is_left_out(content: Path, press: Press, day: str, kept: bool) -> None:
    press.feed("/feed.xml", {"title": FERRY[0], "link": press.page("/ferry", *FERRY, published=day)})
    done = fetch(content, press)
    (article,) = articles(content)
    assert (article.published is not None) == kept
    (added,) = done.added[press.url("/feed.xml")]
    assert any("is left out" in note for note in added.notes) != kept


def test_a_feed_adds_what_its_pages_do_not_tell(content: Path, press: Press) -> None:
    press.feed("/feed.xml", {"title": FERRY[0], "link": press.page("/ferry", *FERRY, published=None),
                             "pubDate": "Fri, 04 Jul 2031 08:30:00 +0200"})
    fetch(content, press)
    (article,) = articles(content)
    assert article.published
    assert article.published.iso == "2031-07-04T08:30:00+02:00"


def test_an_entry_without_an_address_is_read_from_the_feed(content: Path, press: Press) -> None:
    press.feed("/feed.xml", {"title": FERRY[0], "guid": "17", "description": f"<p>{FERRY[1]}</p><p>{FERRY[2]}</p>"})
    fetch(content, press)
    (article,) = articles(content)
    assert (article.outlet, article.url, article.title) == ("press", None, FERRY[0])
    fetch(content, press)
    assert len(articles(content)) == 1


def test_whose_a_page_is_its_host_tells(content: Path, press: Press) -> None:
    (content / "outlets.yml").write_text(
        f"- {{id: press, name: The Press, domains: [press.example], feeds: ['{press.url('/feed.xml')}']}}\n"
        "- {id: reuters, name: Reuters, domains: [reuters.example]}\n", "utf-8")
    head = '<meta property="og:site_name" content="{}"><link rel="canonical" href="https://reuters.example/ferry">'
    press.feed("/feed.xml", {"title": "1", "link": press.page("/a", *FERRY, head=head.format("Reuters"))},
               {"title": "2", "link": press.page("/b", *BRIDGE, head=head.format("R\u0435uters"))})
    fetch(content, press)
    assert sorted((article.outlet or "", article.url) for article in articles(content)) == [
        ("Reuters (127.0.0.1)", press.url("/a")), ("R\u0435uters (127.0.0.1)", press.url("/b"))]


def test_the_record_of_feeds_can_be_written_and_read(content: Path, press: Press) -> None:
    serve_two(press)
    done = fetch(content, press)
    before = (content / "feeds.json").read_text("utf-8")
    records = read_feed_records(content)
    write_feed_records(content, records)
    assert (content / "feeds.json").read_text("utf-8") == before
    record = records.feeds[press.url("/feed.xml")]
    assert (record.checked, record.good, record.entries, record.undated, record.title) == (
        "2031-07-05T12:00:00+00:00", "2031-07-05T12:00:00+00:00", 2, 0, "The Press")
    assert record.newest == "2031-07-04T09:00:00+02:00"
    assert done.records.feeds == records.feeds


@pytest.mark.parametrize("damaged", [
    "{", "[]", '{"format": 9}', '{"format": 1, "feeds": {"x": {"checked": 1}}}', '{"format": 1, "feeds": {"x": []}}',
    '{"format": 1, "feeds": {"x": {"outlet": "a", "checked": "soon"}}}',
])
def test_a_damaged_record_is_one_line(content: Path, press: Press, damaged: str) -> None:
    (content / "feeds.json").write_text(damaged, "utf-8")
    with pytest.raises(RecordError, match="delete it"):
        fetch(content, press)


GOOD = FeedRecord(outlet="press", checked="2031-07-05T12:00:00+00:00", good="2031-07-05T12:00:00+00:00", entries=3, newest="2031-07-04")


@pytest.mark.parametrize(("change", "states"), [
    ({}, ("fine",)),
    ({"problem": "not reached"}, ("failed",)),
    ({"moved": "https://new.example/"}, ("moved",)),
    ({"notes": ("it is not well-formed; what could be read of it is used",)}, ("broken",)),
    ({"entries": 0, "newest": None}, ("empty",)),
    ({"undated": 3, "newest": None}, ("undated",)),
    ({"newest": "2031-06-20"}, ("stale",)),
    ({"newest": "2031-06-20", "problem": "x"}, ("failed", "stale")),
    ({"newest": None, "good": None, "entries": 0, "problem": "x"}, ("failed",)),
])
def test_how_a_feed_is(change: dict[str, object], states: tuple[str, ...]) -> None:
    assert health(replace(GOOD, **change)) == states  # type: ignore[arg-type]


def test_one_feed_that_fails_costs_no_other(content: Path, press: Press) -> None:
    serve_two(press)
    press.sheets["/moved.xml"] = Sheet(status=301, headers=(("Location", "/feed.xml"),))
    press.sheets["/page.xml"] = Sheet(b"<html><p>No feed", "text/html")
    declare(content, press.url("/missing.xml"), press.url("/page.xml"), press.url("/moved.xml"))
    done = fetch(content, press)
    assert len(articles(content)) == 2
    told = list(tell_fetched(done))
    assert [line.split()[0] for line in told[:4]] == ["outlet", "press", "press", "press"]
    assert [line for line in told if line.startswith("not read")] == [
        f"not read: {press.url('/missing.xml')}: the server answers 404",
        f"not read: {press.url('/page.xml')}: not a feed; expected RSS, Atom, JSON Feed or a sitemap of news"]
    assert f"moved: {press.url('/moved.xml')} is now {press.url('/feed.xml')}; write that to outlets.yml" in told


def test_no_feeds_is_said(content: Path, press: Press) -> None:
    declare(content)
    with pytest.raises(SettingsError, match="no feeds"):
        fetch(content, press)


def test_the_worklist_names_feeds_and_pages_that_are_gone(content: Path, press: Press) -> None:
    serve_two(press)
    press.sheets["/old.xml"] = Sheet(status=301, headers=(("Location", "/feed.xml"),))
    declare(content, press.url("/feed.xml"), press.url("/missing.xml"), press.url("/old.xml"))
    fetch(content, press)
    press.sheets["/bridge"] = Sheet(status=404)
    fetch(content, press, again=30)
    tasks = list(find_fetched(content, load_settings(content), articles(content)))
    assert [(task.kind, task.problem.split(" on ")[0]) for task in tasks] == [
        ("feed", "it could not be read"), ("feed", f"it moved to {press.url('/feed.xml')}"),
        ("gone", f"{press.url('/bridge')} answered 404")]
    (content / "feeds.json").unlink()
    assert not list(find_fetched(content, load_settings(content), articles(content)))


def test_the_page_of_feeds_tells_how_they_are(desk: Desk, press: Press) -> None:
    with (desk.content / "outlets.yml").open("a", encoding="utf-8") as file:
        file.write(f"- {{id: press, name: The Press, domains: [127.0.0.1], feeds: ['{press.url('/feed.xml')}', '{press.url('/no')}']}}\n")
    serve_two(press)
    fetch(desk.content, press)
    assert desk.run("build").returncode == 0
    page = html.fromstring((desk.site / "about" / "feeds" / "index.html").read_text("utf-8")).find(".//article")
    facts = [" ".join(row.text_content().split()) for row in page.iter("li") if row.find("ul") is not None]
    assert [fact.partition(" Looked")[0] for fact in facts] == [
        f"The Press {press.url('/feed.xml')} as it should be", f"The Press {press.url('/no')} could not be read"]
    assert "Newest entry: 4 July 2031" in facts[0]
    assert desk.run("verify").returncode == 0


def test_the_command_reaches_nothing_on_this_machine(desk: Desk, press: Press) -> None:
    serve_two(press)
    (desk.content / "digest.yml").write_text("title: Test\nlanguages: [en]\ncontact: mailto:desk@example.org\n", "utf-8")
    declare(desk.content, press.url("/feed.xml"))
    done = desk.run("fetch")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "not an address of the public internet" in done.stdout
    assert "1 feed could not be read" in done.stderr
    assert not press.visits
    assert "public internet" in (desk.content / "feeds.json").read_text("utf-8")


@pytest.mark.parametrize(("words", "code", "said"), [
    (("pres",), 2, "no outlet 'pres' is in outlets.yml; did you mean 'press'?"), (("quiet",), 2, "quiet has no feeds in outlets.yml"),
    (("--again", "900"), 2, "Invalid value"), ((), 1, "contact is missing"),
])
def test_what_the_command_refuses(desk: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    (desk.content / "digest.yml").write_text("title: Test\nlanguages: [en]\n", "utf-8")
    declare(desk.content, "https://press.example/feed.xml")
    with (desk.content / "outlets.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: quiet, name: Quiet}\n")
    done = desk.run("fetch", *words)
    assert done.returncode == code
    assert said in done.stderr


def test_one_outlet_alone_can_be_fetched(content: Path, press: Press) -> None:
    serve_two(press)
    with (content / "outlets.yml").open("a", encoding="utf-8") as file:
        file.write(f"- {{id: other, name: Other, feeds: ['{press.url('/other.xml')}']}}\n")
    assert fetch(content, press, outlets=["press"]).asked == (press.url("/feed.xml"),)
    assert not press.asked("/other.xml")
    assert fetch(content, press).asked == (press.url("/feed.xml"), press.url("/other.xml"))
    assert press.url("/feed.xml") in fetch(content, press, outlets=["other"]).records.feeds


def test_a_page_that_two_feeds_name_is_asked_for_once(content: Path, press: Press) -> None:
    serve_two(press)
    press.feed("/more.xml", {"title": FERRY[0], "link": press.url("/ferry")}, {"title": "Inside", "link": "http://10.0.0.1/secret"})
    declare(content, press.url("/feed.xml"), press.url("/more.xml"))
    done = fetch(content, press)
    assert press.asked("/ferry") == 1
    seen = [{key: row.article for key, row in done.records.feeds[press.url(path)].seen.items()} for path in ("/feed.xml", "/more.xml")]
    assert seen[0][press.url("/ferry")] == seen[1][press.url("/ferry")]
    assert seen[1]["http://10.0.0.1/secret"] is None
    assert done.records.feeds[press.url("/more.xml")].etag
    assert not fetch(content, press).added
