"""What an outlet changed stands on its article's source page, former editions quote what they quoted, and both are proven."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Desk, set_up, whole
from lxml import html
from told import correct

from digest.content import read_articles
from digest.former import MOST, find_rewriting, tell_rewritten
from digest.former_files import read_former_texts
from digest.ingest import add_files
from digest.marks import anchor
from digest.models import Article, text_version
from digest.pipeline import load_digest, record_digest
from digest.rights import QuoteBudget, texts_share
from digest.search.indexed import read_fragment
from digest.search.shelf import FOLDER
from digest.segment import segment_article
from digest.settings import Outlet, Settings

Run = Callable[..., Result]
REST = ["The mill has stood by the weir of Tarn for two hundred years, and its wheel turns on market days for visitors.",
        "Visitors leave their shoes at the gate now and walk barefoot to the wheel, which most of them enjoy.",
        "The baker of Tarn sells a bread in the shape of a shoe for as long as the matter lasts."]
OTTER = ["An otter lives under the mill of Tarn and steals the shoes of the miller at night.",
         "Miller Jorun Falk of Tarn has bought eleven pairs since the spring, she said.", "The otter of Tarn wears none of them.", *REST]
LATER = ["A weasel lives under the mill of Tarn and steals the shoes of the miller at night.",
         "Miller Jorun Falk of Tarn has bought fourteen pairs since the spring, she said.", "The otter of Tarn wears none of them.", *REST]
NOW = ["An otter family lives in the loft of the Tarn mill, the council found out on Tuesday.",
       "Miller Jorun Falk of Tarn has bought nineteen pairs since the spring, she said.", "The otter of Tarn wears none of them.", *REST]
GOAT = ["Forty goats crossed the runway of Ustal airport in a row on Friday morning and delayed eleven flights.",
        "Airport director Pavle Ostin said the goats had kept to the marked lane the whole way."]
CELLO = ["A cello that fell off a lorry near Brunt has been found in a haystack, in tune.",
         "Cellist Aina Torsk of Brunt said that she would play the next concert in the field where it lay."]
SOURCE, FIRST, SECOND = "sources/otter/index.html", "archive/2031/07/01/index.html", "archive/2031/07/05/index.html"


def body(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


V1, V2 = text_version(body(OTTER)), text_version(body(LATER))
"""The former versions of the otter's text."""


def change(desk: Desk, text: list[str], former: list[str], **front: object) -> None:
    """Give the otter another text and keep what it was."""
    kept = desk.content / "versions" / "otter" / f"{text_version(body(former))}.md"
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(desk.article("otter"), kept)
    write(desk, text, **front)


def write(desk: Desk, text: list[str], **front: object) -> None:
    desk.write("otter", *text, title="Otter steals shoes in Tarn", url="https://gazette.example/otter", **front)


def record(desk: Desk) -> None:
    record_digest(load_digest(desk.content)[0], desk.content)


def grow(desk: Desk, **front: object) -> Desk:
    """Make a digest of three editions, between which the otter's outlet changed its text twice."""
    write(desk, OTTER, **front)
    record(desk)
    change(desk, LATER, OTTER, **front)
    desk.write("goats", *GOAT, published="2031-07-05")
    record(desk)
    change(desk, NOW, LATER, **front)
    desk.write("cello", *CELLO, published="2031-07-09")
    return desk


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = grow(set_up(tmp_path_factory.mktemp("grown") / "desk"))
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    return desk


@pytest.fixture
def copied(grown: Desk, tmp_path: Path) -> Desk:
    """A copy of the built digest, to be changed with `edit`."""
    return grown.copy(tmp_path / "copied")


def page(desk: Desk, name: str) -> html.HtmlElement:
    return html.fromstring(whole(desk.site / name))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def refused(digest: Run, desk: Desk, name: str, what: str) -> None:
    """Check that a site is refused with a line that names the file and the fault."""
    result = digest(desk, "verify")
    assert result.exit_code == 1, result.output
    assert any(line.startswith(name) and what in line for line in result.stderr.splitlines()), result.stderr


def test_the_source_page_shows_each_changed_place(grown: Desk) -> None:
    part, = page(grown, SOURCE).xpath("//section[@class='changed']")
    rows = [[words(side.find("blockquote")) for side in sides] for sides in part.find_class("sides")]
    assert sorted(rows) == sorted([text[n], NOW[n]] for text in (OTTER, LATER) for n in (0, 1))
    assert {words(mark) for mark in part.iter("mark")} >= {"eleven", "fourteen", "nineteen"}
    assert [words(label) for label in part.find_class("says")] == ["Before", "Now"] * 4
    assert not part.xpath(".//time"), "when it was changed, nobody knows"


@pytest.mark.parametrize(("name", "text"), [(FIRST, OTTER), (SECOND, LATER)])
def test_an_edition_quotes_what_it_quoted_and_says_so(grown: Desk, name: str, text: list[str]) -> None:
    point, = (found for found in page(grown, name).find_class("point") if text[0] in words(found))
    assert "From a former text of the article" in words(point)
    assert "is no longer shown" not in words(page(grown, name))
    receipt = page(grown, name).get_element_by_id(point.xpath(".//button")[0].get("popovertarget"))
    link, = (found.get("href") for found in receipt.iter("a") if "#s-" in found.get("href"))
    assert link == f"../../../../sources/otter/#{anchor(body(text), 0, len(text[0]))}"
    assert words(page(grown, SOURCE).get_element_by_id(link.partition("#")[2])) == text[0]


def test_nothing_else_cites_a_former_text(digest: Run, grown: Desk) -> None:
    assert digest(grown, "verify").exit_code == 0
    holding = {path.relative_to(grown.site).as_posix() for path in grown.site.rglob("*")
               if path.is_file() and b"under the mill of Tarn and steals" in path.read_bytes()}
    assert holding == {SOURCE, FIRST, SECOND}
    data = [path for path in grown.site.rglob("*") if path.suffix in (".json", ".csv", ".xml", ".txt")]
    assert not any(version.encode() in path.read_bytes() for path in data for version in (V1, V2))
    found = [line.text for path in (grown.site / FOLDER).rglob("fragment/*") for line in read_fragment(path.read_bytes()).lines]
    assert NOW[0] in found
    assert not {OTTER[0], OTTER[1], LATER[0], LATER[1]} & set(found)


def test_the_order_of_files_makes_no_difference(grown: Desk, tmp_path: Path) -> None:
    copy = Desk(tmp_path / "again")
    copy.root.mkdir()
    shutil.copy(grown.root / "mkdocs.yml", copy.root)
    for path in sorted(grown.content.rglob("*.*"), reverse=True):
        (copy.root / path.relative_to(grown.root)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy.root / path.relative_to(grown.root))
    assert copy.run("build").returncode == 0
    assert copy.snapshot() == grown.snapshot()


QUOTED = f'<q data-quote="otter@{V1}:0-82">{OTTER[0]}</q>'
FORMER = rf"(<q data-quote=.otter@{V1}:0-82.[^>]*>)"


@pytest.mark.parametrize(("name", "old", "new", "what"), [
    pytest.param(SOURCE, r"An otter lives", "An otter wins", "does not stand in otter", id="a word of a former sentence"),
    pytest.param(FIRST, FORMER + "An otter", r"\1No otter", "does not stand in otter", id="a word of an edition"),
    pytest.param(FIRST, f"otter@{V1}:0-82", f"otter@{V2}:0-82", "does not stand in otter", id="another version"),
    pytest.param(FIRST, f"otter@{V1}", "otter@0123456789abcdef", "no former text is that version", id="a version that is nowhere"),
    pytest.param(SOURCE, "s-ba2fe29a", "s-deadbeef", "has the anchor s-deadbeef", id="an anchor"),
    pytest.param(SOURCE, ' id="s-ba2fe29a"', "", "a place that is not on that page", id="no anchor"),
    pytest.param(FIRST, "#s-ba2fe29a", "#s-fac793af", "has no link to the place", id="a link to another former sentence"),
    pytest.param(FIRST, "#s-ba2fe29a", "#s-08debeb6", "has no link to the place", id="a link to what stands there now"),
    pytest.param(FIRST, "<p class=.fine.>From a former text[^<]*</p>", "", "does not say so", id="an edition that does not say so"),
    pytest.param(SECOND, r"(Ustal airport in a row.{1,400}?</blockquote>)", r"\1<p>From a former text of the article, which its outlet has "
                 "changed since</p>", "is of no former text", id="an edition that says so of a text that was not changed"),
    pytest.param(SECOND, "</article>", f'<div class="point">{QUOTED}<p>From a former text of the article, which its outlet has changed '
                 "since</p></div></article>", "was in no such edition", id="an edition that did not quote it"),
    pytest.param(SOURCE, "</section>", f"<p>{QUOTED.replace('0-82', '163-200').replace(OTTER[0], OTTER[2])}</p></section>",
                 "was in no such edition", id="a former sentence that nobody quoted"),
    pytest.param(SOURCE, "this article. Here[^<]*", "this article. No changed sentence is shown here.",
                 "does not say that its article was changed", id="other words"),
    pytest.param(SOURCE, ">Before<", ">Now<", "does not say which is before", id="before for now"),
    pytest.param(SOURCE, "<mark>eleven</mark> pairs", "eleven <mark>pairs</mark>", "nothing rests on these words",
                 id="another word is marked"),
    pytest.param(SOURCE, "<p class=.fine.>Its outlet changed[^<]*</p>", "", "does not say that its article was changed", id="silence"),
    pytest.param("sources/goats/index.html", "</h1>", "</h1><p>Its outlet changed this article. No changed sentence is shown here.</p>",
                 "which it was not", id="a change that was none"),
    pytest.param("sources/goats/index.html", "</h1>", f'</h1><section class="changed"><p>{QUOTED}</p></section>',
                 "only source pages and pages of editions may", id="on another article's page"),
    pytest.param("index.html", "</h1>", f"</h1><p>{QUOTED}</p>", "only source pages and pages of editions may", id="on the front page"),
    pytest.param(SOURCE, r"<div class=.text.>", f'<div class="text"><p>{QUOTED}</p>', "in the text that its article has now",
                 id="in the text"),
])
def test_what_is_tampered_with_is_refused(digest: Run, copied: Desk, name: str, old: str, new: str, what: str) -> None:
    copied.edit(copied.site / name, old, new)
    refused(digest, copied, FIRST if old.startswith(" id=") else name, what)


def test_a_pair_that_never_was_is_refused(digest: Run, copied: Desk) -> None:
    text = whole(copied.site / SOURCE)
    one, other = (text[(start := text.index("<span data-quote=\"otter@" + version)):text.index("</span>", start) + 7]
                  for version in (f"{V1}:0-", f"{V1}:84-"))
    (copied.site / SOURCE).unlink()
    (copied.site / SOURCE).write_text(text.replace(one, "@@").replace(other, one).replace("@@", other), "utf-8")
    refused(digest, copied, SOURCE, "tells a change that is none")


def test_data_may_not_cite_a_former_text(digest: Run, copied: Desk) -> None:
    path = next(copied.site.glob("data/topics/otter*.json"))
    version, cited = text_version(body(NOW)), f'"version": "{text_version(body(NOW))}"'
    assert cited in path.read_text("utf-8") or version in path.read_text("utf-8")
    text = path.read_text("utf-8").replace(version, V1).replace(NOW[0], OTTER[0]).replace(
        f'"end": {len(NOW[0])}', f'"end": {len(OTTER[0])}').replace(f'"end":{len(NOW[0])}', f'"end":{len(OTTER[0])}')
    path.unlink()
    path.write_text(text, "utf-8")
    refused(digest, copied, path.relative_to(copied.site).as_posix(), "only source pages and pages of editions may")


def test_a_former_text_that_is_gone_or_changed_proves_nothing(digest: Run, copied: Desk) -> None:
    path = copied.content / "versions" / "otter" / f"{V1}.md"
    copied.edit(path, "An otter lives", "An otter wins")
    refused(digest, copied, FIRST, "no former text is that version")
    result = digest(copied, "stories")
    assert "former text not used" in result.stderr
    assert "not the one that its name says" in result.stderr
    path.unlink()
    refused(digest, copied, SOURCE, "no former text is that version")


def _spans(desk: Desk) -> dict[str, set[tuple[int, int]]]:
    """Return what a site shows of the otter, by its texts."""
    texts = {text_version(body(text)): body(text) for text in (OTTER, LATER, NOW)}
    found: dict[str, set[tuple[int, int]]] = {}
    for path in desk.site.rglob("*.html"):
        for mark in re.findall(r'data-quote="otter@([^"]*)"', whole(path)):
            version, start, end = re.split("[:-]", mark)
            found.setdefault(texts[version], set()).add((int(start), int(end)))
    return found


def shares(desk: Desk) -> tuple[float, float]:
    """Return which shares of the words of the shortest of the otter's texts a site shows: of the text now, and of all of them."""
    found = _spans(desk)
    least = min(len(text.split()) for text in found)
    now = texts_share({body(NOW): found.get(body(NOW), set())}) * len(body(NOW).split()) / least
    return now, texts_share(found)


@pytest.mark.parametrize(("limit", "shown"), [(0.2, 0), (0.75, 1), (1, 2)])
def test_all_texts_together_stay_within_the_limit(desk: Desk, limit: float, shown: int) -> None:
    desk.edit("content/outlets.yml", "(id: lantern-wire)", rf"\1\n  quote_limit: {limit}")
    done = grow(desk, outlet="lantern-wire").run("build")
    assert done.returncode == 0, done.stderr
    assert limit == 1 or shares(desk)[1] <= limit
    told = [OTTER[0] in words(page(desk, FIRST)), LATER[0] in words(page(desk, SECOND))]
    assert told == [shown > 1, shown > 0], "the newest edition is asked first"
    assert NOW[0] in words(page(desk, SOURCE)), "the text as it is now comes first"
    assert "Its outlet changed this article" in words(page(desk, SOURCE))
    assert ("More was changed than may be shown here." in words(page(desk, SOURCE))) == (limit == 0.75)
    assert [words(found) for found in page(desk, SOURCE).xpath("//h2")][1] == "What its outlet changed"


def test_the_proof_counts_all_texts_together(digest: Run, desk: Desk) -> None:
    desk.edit("content/outlets.yml", "(id: lantern-wire)", r"\1\n  quote_limit: 0.99")
    assert grow(desk, outlet="lantern-wire").run("build").returncode == 0
    now, together = shares(desk)
    assert now < together
    desk.edit("content/outlets.yml", "quote_limit: 0.99", f"quote_limit: {(now + together) / 2}")
    refused(digest, desk, "", f"otter: {together:.0%} of its words are shown over the whole site")


def test_of_an_outlet_of_links_alone_nothing_is_shown(desk: Desk) -> None:
    grow(desk, outlet="lantern-wire")
    desk.edit("content/outlets.yml", "(id: lantern-wire)", r"\1\n  rights: link")
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    assert "Its outlet changed this article. No changed sentence is shown here." in words(page(desk, SOURCE))
    assert not page(desk, SOURCE).xpath("//section[@class='changed']")
    assert shows(desk) == set()


def shows(desk: Desk) -> set[str]:
    """Return the files that hold anything of the otter's former texts."""
    parts = (b"under the mill of Tarn", b"fourteen", V1.encode(), V2.encode())
    found = (path for path in desk.site.rglob("*") if path.is_file())
    return {path.relative_to(desk.site).as_posix() for path in found if any(part in path.read_bytes() for part in parts)}


def test_a_withdrawn_article_leaves_nothing_of_its_former_texts(digest: Run, grown: Desk, copied: Desk) -> None:
    assert shows(grown) == {SOURCE, FIRST, SECOND}
    assert digest(copied, "withdraw", "otter", "--reason", "It was made up.", "--day", "2031-07-20").exit_code == 0
    assert not (copied.content / "versions" / "otter").exists()
    assert "An otter lives" not in "".join(path.read_text("utf-8") for path in (copied.content / "editions").iterdir())
    done = copied.run("build")
    assert done.returncode == 0, done.stderr
    assert shows(copied) == set()
    assert "Its outlet changed" not in words(page(copied, SOURCE))


def test_a_hidden_article_shows_nothing_of_its_former_texts(copied: Desk) -> None:
    (copied.content / "overrides.yml").write_text("hide: [{article: otter, why: A joke.}]\n", "utf-8")
    done = copied.run("build")
    assert done.returncode == 0, done.stderr
    assert shows(copied) == set()


def test_a_draft_has_no_former_texts(desk: Desk) -> None:
    grow(desk, draft=True)
    assert load_digest(desk.content)[0].rewritten == {}


def test_what_was_added_again_with_another_text_is_told(desk: Desk, tmp_path: Path) -> None:
    raw = tmp_path / "ferret.md"
    for pairs in ("eleven", "twelve"):
        front = "title: Ferret of Nurm\npublished: 2031-07-01\noutlet: open-gazette\nlang: en\nurl: https://gazette.example/ferret"
        raw.write_text(f"---\n{front}\n---\n" + body(OTTER).replace("otter", "ferret").replace("eleven", pairs), "utf-8")
        added, = add_files([raw], desk.content)
    assert added.state == "updated"
    assert added.article
    told = load_digest(desk.content)[0].rewritten[added.article.stem]
    changed, = told.changes
    assert changed.one
    assert changed.other
    assert [word.quote for word in (*changed.one_words, *changed.other_words)] == ["eleven", "twelve"]
    assert (changed.one.article.former, changed.other.article.former) == (True, False)


def test_an_article_that_nothing_quotes_any_more_keeps_what_was_quoted(desk: Desk) -> None:
    desk.edit("content/outlets.yml", "(id: lantern-wire)", r"\1\n  quote_limit: 0.2")
    write(desk, [*OTTER, *REST], outlet="lantern-wire")
    record(desk)
    change(desk, NOW[:3], [*OTTER, *REST], outlet="lantern-wire")
    desk.write("goats", *GOAT, published="2031-07-05")
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    digest, _ = load_digest(desk.content)
    assert ("otter" in digest.uncited, "otter" in digest.cited) == (True, False)
    quoted, = digest.rewritten["otter"].quoted
    assert words(page(desk, SOURCE).get_element_by_id(anchor(quoted.article.text, *quoted.span))) == quoted.quote
    assert "No sentence of this article is quoted any more" not in words(page(desk, SOURCE).find(".//article"))


def test_what_an_edition_quoted_is_told_in_other_languages(desk: Desk) -> None:
    desk.edit("content/digest.yml", r"languages: \[en\]", "languages: [en, tr]")
    told, = (page.topics for page in load_digest(grow(desk).content)[0].days if page.day.isoformat() == "2031-07-01")
    correct(desk.content, {"tr": {point.text: f"Bu bir çeviridir: {point.text[:12]}" for topic in told for point in topic.points}})
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    point, = (found for found in page(desk, f"tr/{FIRST}").find_class("point") if OTTER[0] in words(found))
    assert f"Bu bir çeviridir: {OTTER[0][:12]}" in words(point)
    assert "Haberin, yayın organının sonradan değiştirdiği önceki bir metninden" in words(point)


def _article(text: list[str], *, former: bool) -> Article:
    return segment_article(Article(id="otter", path=Path("otter.md"), title="Otter", lang="en", text=body(text), former=former))


def test_what_several_former_texts_say_alike_is_told_once() -> None:
    third = [OTTER[0], LATER[1], *OTTER[2:]]
    now = _article(NOW, former=False)
    rows = find_rewriting(now, [_article(text, former=True) for text in (OTTER, LATER, third)])
    assert [(row.one and row.one.quote, row.other and row.other.quote) for row in rows] == [
        (OTTER[0], NOW[0]), (LATER[0], NOW[0]), (OTTER[1], NOW[1]), (LATER[1], NOW[1])]
    assert all(row.one and row.other and row.one.article.former and row.other.article is now for row in rows)


def test_what_only_one_text_has_stands_alone() -> None:
    more = "The council of Tarn will pay for rubber boots if the thefts go on until the harvest."
    now = _article([*OTTER, more], former=False)
    added, = find_rewriting(now, [_article(OTTER, former=True)])
    assert (added.one, added.other and added.other.quote) == (None, more)
    gone, = find_rewriting(_article(OTTER, former=False), [_article([*OTTER, more], former=True)])
    assert (gone.one and gone.one.quote, gone.other) == (more, None)


def test_a_former_text_is_shown_in_its_language_and_as_words(desk: Desk) -> None:
    before = ["عثر الصيادون في ميناء لولو على قارب قديم فيه <b>سبع</b> جرار <script>alert(1)</script> من العسل يوم الأحد."]
    now = [before[0].replace("سبع", "تسع")]
    write(desk, before, outlet="sawt-al-mina", lang="ar")
    change(desk, now, before, outlet="sawt-al-mina", lang="ar")
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    one, other = page(desk, SOURCE).xpath("//section[@class='changed']//blockquote")
    assert (one.get("lang"), one.get("dir"), words(one), words(other)) == ("ar", "rtl", before[0], now[0])
    assert [mark.text for mark in one.iter("mark")] == ["سبع"]
    assert not one.xpath(".//b | .//script")


def test_only_former_texts_under_their_own_names_are_read(desk: Desk) -> None:
    grow(desk)
    folder = desk.content / "versions" / "otter"
    (folder / f"{text_version(body(NOW))}.md").write_text(desk.article("otter").read_text("utf-8"), "utf-8")
    (folder / "0123456789abcdef.md").write_text((folder / f"{V1}.md").read_text("utf-8"), "utf-8")
    (folder / "fedcba9876543210.md").write_text("no front matter", "utf-8")
    (desk.content / "versions" / "nobody").mkdir()
    articles = read_articles(desk.content).articles
    found, warnings = read_former_texts(desk.content, articles)
    assert {ident: [text.version for text in texts] for ident, texts in found.items()} == {"otter": sorted([V1, V2])}
    assert [name in warning for name, warning in zip(["0123456789abcdef", "fedcba9876543210"], warnings, strict=True)] == [True, True]
    otter = next(article for article in articles if article.id == "otter")
    assert all((text.url, text.outlet, text.former) == (otter.url, otter.outlet, True) for text in found["otter"])


def test_of_very_many_changes_the_first_are_shown() -> None:
    def text(word: str, former: bool) -> Article:
        body = "\n\n".join(f"{word} {number} was seen at the harbour of Orvane on that day." for number in range(MOST + 40))
        article = Article(id="a", path=Path("a.md"), title="T", text=f"{body}\n", lang="en", outlet="all")
        return replace(segment_article(article), former=former)
    now, before = text("Ship", former=False), text("Boat", former=True)
    settings = Settings(title="T", outlets={"all": Outlet(id="all", name="All", rights="full")})
    _, told = tell_rewritten((), {"a": now}, {"a": (before,)}, {}, QuoteBudget(settings))
    assert (len(told["a"].changes), told["a"].whole) == (MOST, False)
