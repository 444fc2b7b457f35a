"""The archive and what stands at every address that was ever given: read without JavaScript, and proven."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browsing import OUTSIDE, OVERFLOW, Reader
from conftest import ADDRESS, Desk, set_up, whole
from lxml import html
from playwright.sync_api import Browser, Page

from digest.catalog import load_catalog
from digest.content import read_articles
from digest.desk import open_desk
from digest.editors.overrides import read_overrides
from digest.editors.withdraw import withdraw_article
from digest.pipeline import load_digest, make_digest, record_digest
from digest.record_files import read_ledger
from digest.records import Ledger, record_edition
from digest.render.archive import day_page
from digest.render.portion import divide_archive
from digest.render.tree import Tree
from digest.settings import load_settings
from digest.templating import make_environment
from digest.translate import work_through
from digest.verify import verify_site
from digest.wanted import find_wanted, with_translations

HERON = ("A heron has moved into the fountain of Sill and refuses to leave it before the summer.",
         "Mayor Tove Lund of Sill said the heron may stay as long as the fountain has fish.",
         "Children in Sill bring the heron herrings after school. The fishmonger sells them at half the price.")
GOAT = ("Forty goats crossed the runway of Ustal airport in a row on Friday morning and delayed eleven flights.",
        "Airport director Pavle Ostin said the goats had kept to the marked lane the whole way.",
        "The goatherd, Mirel Santo, was fined the price of a ticket.")
OTTER = ("An otter lives under the mill of Tarn and steals the shoes of the miller at night.",
         "Miller Jorun Falk of Tarn has bought eleven pairs since the spring.", "The otter of Tarn wears none of them.")
CELLO = ("A cello that fell off a lorry near Brunt has been found in a haystack, in tune.",
         "Cellist Aina Torsk of Brunt said that she would play the next concert in the field where it lay.",
         "The farmer of Brunt asks for two tickets and his hay.")
OWL = ("An owl of Quillon sleeps in the town hall and cannot be woken.", "The clerk of Quillon works at night now, with a lamp.")
KILN = ("The potter Runa Felk of Ostrel fired four hundred jugs in one night.", "Her kiln in Ostrel cracked in the morning frost.")
DAYS = ("2031-06-05", "2031-07-01", "2031-07-09", "2032-01-15")
"""The days of the editions."""
TITLED = "titles:\n  - {topic: drawbridge-of-orvane-stuck-open, title: {en: The ferries of Orvane}}\n"
"""What an editor wrote for one edition: a topic without new articles, which is told anew then, and again once it is gone."""


@dataclass(frozen=True)
class Aged:
    """A digest of some age."""

    desk: Desk
    given: dict[str, str]
    """The addresses of topics that were given, by their articles."""


def _record(desk: Desk) -> None:
    record_digest(load_digest(desk.content)[0], desk.content)


def _slugs(desk: Desk) -> dict[str, str]:
    """Return the addresses of topics by the first article that each was given for."""
    return {article: given.slug for given in read_ledger(desk.content).topics.values() for article in given.articles if given.slug}


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Aged:
    """A digest of four editions in two languages, of which a topic was merged, one is gone, an article was withdrawn, a name dropped."""
    desk = set_up(tmp_path_factory.mktemp("built") / "aged")
    desk.edit("content/digest.yml", r"languages: \[en\]", "languages: [en, he]\npersons: [Matis Corl]")
    _record(desk)
    for name, text, day in (("heron", HERON, DAYS[1]), ("goats", GOAT, DAYS[1]), ("otter", OTTER, DAYS[2]), ("cello", CELLO, DAYS[3])):
        desk.write(name, *text, published=day, title=f"{name.capitalize()} news of the day")
        (desk.content / "overrides.yml").write_text(TITLED if name == "otter" else "{}\n", "utf-8")
        if name != "heron":
            _record(desk)
    given = _slugs(desk)
    desk.edit("content/digest.yml", r"persons: \[Matis Corl\]", "persons: []")
    desk.article("goats").unlink()
    withdraw_article(desk.content, "otter", "The paper took it back.", date(2032, 1, 20))
    (desk.content / "overrides.yml").write_text("topics:\n  - together: [heron, cello]\n", "utf-8")
    done = desk.run("build", SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    return Aged(desk, given)


class _Pages(SimpleHTTPRequestHandler):
    """Serves a site under `/news/` as GitHub Pages does: with its own page for what is not there."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - the base class's
        page = (Path(self.directory) / "news" / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="module")
def root(aged: Aged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "news").symlink_to(aged.desk.site)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visit(browser: Browser, root: str) -> Iterator[Callable[[str], Page]]:
    """A reader with a small phone and no JavaScript."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    reader = Reader(context.new_page(), root)
    yield lambda path: reader.open(f"news/{path}")
    context.close()
    assert [fault for fault in reader.faults if "404" not in fault] == []


def _shown(page: Page) -> str:
    return " ".join(page.locator("main").inner_text().split())


def test_the_page_of_an_edition_looks_at_nothing_but_a_digest_of_it(told: Desk) -> None:
    """The rest of the digest changes nothing: translations, titles of today, what stands beside a quotation, editions before and after."""
    desk = open_desk(load_settings(told.content), told.content, told.root / "build" / "translations")
    digest, _ = load_digest(told.content)
    record = record_edition(digest.edition, [], {})
    assert record
    earlier = [replace(record, day=record.day - timedelta(days)) for days in (1, 2)]
    articles, overrides = read_articles(told.content).articles, read_overrides(told.content)
    digest = make_digest(digest.settings, articles, (), Ledger(), earlier, overrides=overrides)
    digest = with_translations(digest, work_through(find_wanted(digest), desk).told)
    environment = make_environment(told.root)
    portions, translated = divide_archive(digest), set()
    for portion in portions:
        dated = replace(digest, edition=replace(digest.edition, day=portion.edition.day))
        for part, telling, lang in zip(portion.tellings, digest.tellings, digest.settings.languages, strict=True):
            page = day_page(Tree(portion, environment, part))
            assert page == day_page(Tree(dated, environment, telling))
            if "data-translation" in page[1]:
                translated.add(lang)
    assert (len(portions), translated) == (3, {"tr", "he"})


@pytest.mark.browser
@pytest.mark.parametrize("tree", ["", "he/"])
def test_a_reader_goes_from_edition_to_edition(visit: Callable[[str], Page], tree: str) -> None:
    page = visit(f"{tree}archive/")
    for name in (DAYS[3][:4], DAYS[3][:7], DAYS[3]):
        page.locator(f"main a:has(time[datetime='{name}'])").first.click()
        page.wait_for_url(f"**/news/{tree}archive/{name.replace('-', '/')}/")
    for day in reversed(DAYS[:3]):
        page.locator("a[rel=prev]").click()
        page.wait_for_url(f"**/news/{tree}archive/{day.replace('-', '/')}/")
        assert page.evaluate(OVERFLOW) <= 0
    assert page.locator("a[rel=prev]").count() == 0
    page.locator("a[rel=next]").click()
    page.wait_for_url(f"**/{DAYS[1].replace('-', '/')}/")


@pytest.mark.browser
@pytest.mark.parametrize("place", ["archive/", "archive/2031/", "archive/2031/07/", "he/archive/2031/07/", "topics/", "404.html"])
def test_the_pages_fit_a_small_phone(visit: Callable[[str], Page], place: str) -> None:
    page = visit(place)
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.browser
def test_the_archive_leads_to_topics_and_outlets(visit: Callable[[str], Page]) -> None:
    for place in ("topics/", "outlets/"):
        page = visit("archive/")
        page.locator(f"article a[href='../{place}']").click()
        page.wait_for_url(f"**/news/{place}")


@pytest.mark.browser
@pytest.mark.parametrize("tree", ["", "he/"])
def test_every_address_says_what_became_of_it(visit: Callable[[str], Page], aged: Aged, tree: str) -> None:
    catalog, goats, otter = load_catalog(tree[:2] or "en"), *(f"topics/{aged.given[name]}/" for name in ("goats", "otter"))
    kept, moved = sorted((aged.given["heron"], aged.given["cello"]), key=lambda slug: _leads_on(aged, slug))
    page = visit(f"{tree}topics/{moved}/")
    page.wait_for_url(f"**/news/{tree}topics/{kept}/")
    assert page.locator("#key-points").count() == 1
    (name,) = (path.name for path in (aged.desk.site / "names").glob("matis-corl-*"))
    left = {goats: catalog.text("gone_why").unescape(), otter: "The paper took it back.",
            f"names/{name}/": catalog.text("gone_name").unescape()}
    for place, words in left.items():
        assert " ".join(str(words).split()) in _shown(visit(f"{tree}{place}")), place
    assert "The paper took it back." in _shown(visit("sources/otter/"))


def _leads_on(aged: Aged, slug: str) -> bool:
    """Return whether the page of a topic leads on to another one."""
    return 'http-equiv="refresh"' in (aged.desk.site / "topics" / slug / "index.html").read_text("utf-8")


@pytest.mark.browser
def test_former_topics_are_listed_with_where_they_went(visit: Callable[[str], Page], aged: Aged) -> None:
    page = visit("topics/")
    rows = page.locator("#former ~ ul.days > li")
    assert rows.count() == 2
    texts = sorted(" ".join(row.split()) for row in rows.all_inner_texts())
    assert any("This topic was merged into another one." in text for text in texts)
    assert any(text == "Goats news of the day" for text in texts)
    assert "otter" not in _shown(page).lower()
    page.locator("#former ~ ul.days > li > a", has_text="Goats").click()
    page.wait_for_url(f"**/news/topics/{aged.given['goats']}/")


@pytest.mark.browser
def test_a_wrong_address_leads_on_in_every_language(visit: Callable[[str], Page]) -> None:
    page = visit("he/archive/1999/no/such/page/")
    assert page.locator("main h1").inner_text().strip() == "Page not found"
    places = [str(link.evaluate("a => a.pathname")) for link in page.locator("main section a").all()]
    assert places == [f"/news/{tree}{place}" for tree in ("", "he/") for place in ("", "topics/", "archive/")]
    for place in places:
        assert "not found" not in _shown(visit(place.removeprefix("/news/")))


def _links(page: Path) -> set[str]:
    return {unquote(urlsplit(str(link.get("href"))).path) for link in html.parse(page).getroot().iterfind(".//main//article//a")}


def test_every_page_of_the_archive_has_its_counterpart(aged: Aged) -> None:
    site = aged.desk.site
    own = {path.relative_to(site / "archive").as_posix() for path in (site / "archive").rglob("index.html")}
    assert own == {path.relative_to(site / "he" / "archive").as_posix() for path in (site / "he" / "archive").rglob("index.html")}
    assert own == {f"{name.replace('-', '/')}/index.html" for day in DAYS for name in (day[:4], day[:7], day)} | {"index.html"}
    assert "2032/01/" in _links(site / "archive" / "index.html")


def test_a_long_list_of_what_is_new_is_counted_and_folded(desk: Desk) -> None:
    _record(desk)
    for name, text in {"heron": HERON, "goats": GOAT, "otter": OTTER, "cello": CELLO, "owl": OWL, "kiln": KILN}.items():
        desk.write(name, *text, published=DAYS[2], title=f"{name.capitalize()} news of the day")
    assert desk.run("build").returncode == 0
    path = desk.site / "index.html"
    section, = html.parse(path).find(".//main").xpath(".//section[@id='news']")
    shown, folded = section.xpath("ul/li"), section.xpath("details//li")
    assert (len(shown), len(folded), section.findtext("p")) == (5, 1, "6 topics")
    desk.edit(path, r'(id="news".*?)6 topics', r"\g<1>4 topics")
    assert any("counts other topics than it lists as new" in line for line in verify_site(desk.site, desk.content, root=desk.root))


def test_topics_that_are_chosen_anew_are_told_apart(aged: Aged) -> None:
    for tree, place in (("", "archive/2031/07/09/"), ("he/", "archive/2031/07/09/"), ("", "archive/2031/07/")):
        main = html.parse(aged.desk.site / tree / place / "index.html").find(".//main")
        apart, = main.xpath(".//details[@id='anew-2031-07-09']")
        assert "topics/ferries" in "".join(apart.xpath(".//a/@href"))
        assert "otter" not in "".join(apart.xpath(".//a/@href"))
        for other in main.xpath(".//details[starts-with(@id, 'anew-')]"):
            other.getparent().remove(other)
        if place.endswith("/09/"):
            assert "topics/ferries" not in "".join(main.xpath(".//a/@href"))


@pytest.mark.parametrize(("page", "old", "new", "what"), [
    pytest.param("archive/2031/07/09/", r'(<details[^>]*) id="anew-[^"]*"', r"\1", "and is not told apart", id="chosen anew, not said"),
    pytest.param("archive/2031/07/01/", r'(<h2><a href.*?)(<div class="receipts">)', r'<details id="anew-2031-07-01">\1</details>\2',
                 "is not what the records say", id="new, told as chosen anew"),
    pytest.param("archive/", r'<a href="2031/07/">(.*?)</a>', r"\1", "does not lead to archive/2031/07/", id="a month less"),
    pytest.param("archive/2031/07/", r'<a href="09/">(.*?)</a>', r"\1", "does not lead to archive/2031/07/09/", id="an edition less"),
    pytest.param("archive/2031/07/09/", r' rel="prev"', "", "does not lead to what is before and after", id="no way back"),
    pytest.param("archive/2031/07/09/", r'rel="prev" href="[^"]*"|href="[^"]*" rel="prev"', 'rel="prev" href="../../../06/05/"|',
                 "leads to archive/2031/06/05/|malformed|before and after", id="a way back that leaves one out"),
    pytest.param("archive/2031/07/09/", r"</article>", r'<a rel="prev" href="https://other.example/"></a></article>', "before and after",
                 id="a way back to another site"),
    pytest.param("archive/2031/", r"2 editions", "3 editions", "is not what the data count", id="a count of editions"),
    pytest.param("archive/2031/07/", r'(<h1.*?)<time datetime="2031-07">July 2031', r'\1<time datetime="2030-07">July 2030',
                 "is not the edition's", id="another month"),
    pytest.param("archive/2031/07/", r'<time datetime="2031-07-09">9 July 2031', '<time datetime="2031-07-01">1 July 2031',
                 "leads to archive/2031/07/09/", id="a link to another day"),
    pytest.param("topics/", r"Goats news", "Boats news", "is not what edition:", id="a former title"),
    pytest.param("", r'data-since="2031-07-09"', 'data-since="2031-07-01"', "what is new since 2031-07-01", id="new since another edition"),
    pytest.param("", r'(id="news".*?)<li>.*?</li>', r"\1", "what is new since", id="something new less"),
    pytest.param("", r'(data-new="[^"]*):\w+"', r'\1:topic"', "is not what the records say", id="a topic that is not new"),
    pytest.param("", r'(class="new"[^>]*>)[^<]*', r"\1new topic", "is not what the records say", id="another word for it"),
    pytest.param("", r' data-new="[^"]*"', "", "says that something is new, and not what|what is new since", id="without its mark"),
])
def test_verify_refuses_a_changed_archive(aged: Aged, tmp_path: Path, page: str, old: str, new: str, what: str) -> None:
    desk = aged.desk.copy(tmp_path / "changed")
    path = desk.site / page / "index.html"
    text, changed = re.subn(old, new, whole(path), count=1, flags=re.DOTALL)
    assert changed
    path.unlink()
    path.write_text(text, "utf-8")
    found = verify_site(desk.site, desk.content, root=desk.root)
    named = [line for line in found if line.startswith(f"{page}index.html")]
    assert any(fault in line for line in named for fault in what.split("|")), found


@pytest.mark.parametrize("page", ["archive/2031/07/09", "archive/2031/07", "archive/2031"])
def test_verify_misses_a_page_of_the_archive(aged: Aged, tmp_path: Path, page: str) -> None:
    desk = aged.desk.copy(tmp_path / "changed")
    shutil.rmtree(desk.site / page)
    assert any(line.startswith("archive/") and "leads to nothing" in line for line in verify_site(desk.site, desk.content, root=desk.root))
