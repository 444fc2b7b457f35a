"""The pages: their order, their marks, and nothing of strangers in between."""

import html
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Desk, whole

from digest.catalog import load_catalog
from digest.models import Article, Story, Text, Title, Topic, When, Why
from digest.order import order_topics
from digest.pipeline import Digest, load_digest, make_digest
from digest.records import Ledger
from digest.render import render_pages
from digest.render.front import LEAD
from digest.render.marker import Marker
from digest.settings import Outlet, Settings, load_settings
from digest.telling import Telling

Run = Callable[..., Result]
OWNERS = {"a": None, "b": None, "c": "One House", "d": "One House"}
OUTLETS = {ident: Outlet(id=ident, name=ident, owner=owner) for ident, owner in OWNERS.items()}


def topic(ident: str, texts: Sequence[tuple[str | None, str | None]]) -> Topic:
    """Make a topic of separate texts, each an outlet and a day."""
    articles = [Article(id=f"{ident}-{n}", path=Path("x.md"), title="T", text="Words.", lang="en", outlet=outlet,
                        published=When.parse(day) if day else None) for n, (outlet, day) in enumerate(texts)]
    title, why = Title("T", "en", "article", articles[0]), Why((), 1.0)
    return Topic(ident, ident, title, (Story(f"s-{ident}", title, tuple(Text((a,)) for a in articles), why),), why)


@pytest.mark.parametrize(("topics", "order"), [
    pytest.param({"x": [("a", "2021-01-09")], "y": [("a", "2021-01-01"), ("b", "2021-01-02")]}, "yx", id="more texts first"),
    pytest.param({"x": [("a", "2021-01-09")], "y": [("c", "2021-01-01"), ("d", "2021-01-02")]}, "xy", id="one text an owner"),
    pytest.param({"x": [("a", "2021-01-09")], "y": [("a", "2021-01-01"), ("a", "2021-01-02")]}, "xy", id="one text an outlet"),
    pytest.param({"x": [("a", "2021-01-01")], "y": [("a", "2021-01-02T08:00")]}, "yx", id="newer first"),
    pytest.param({"x": [("a", None)], "y": [("a", "1999-01-02")]}, "yx", id="undated last"),
    pytest.param({"y": [("a", "2021-01-01")], "x": [("a", "2021-01-01")]}, "xy", id="then by id"),
    pytest.param({"x": [(None, "2021-01-01"), (None, "2021-01-01")], "y": [("a", "2021-01-01"),
    ("b", "2021-01-01")]}, "yx", id="unknown outlets"),
])
def test_the_order_of_the_front_page(topics: dict[str, list[tuple[str | None, str | None]]], order: str) -> None:
    made = [topic(ident, texts) for ident, texts in topics.items()]
    for given in (made, made[::-1]):
        assert "".join(t.id for t in order_topics(given, Settings(title="A", outlets=OUTLETS))) == order


def test_the_front_page_shows_the_number_that_its_order_goes_by(sample: Desk) -> None:
    front = html.unescape((sample.site / "index.html").read_text("utf-8"))
    shown = {section: [int(n) for n in re.findall(r"<li>(\d+) outlets with texts of their own</li>", part)]
             for section, part in zip(("lead", "others"), front.split('class="section-topics"')[:2], strict=True)}
    assert all(shown.values())
    assert all(numbers == sorted(numbers, reverse=True) for numbers in shown.values())


def test_the_front_page_keeps_that_order(sample: Desk) -> None:
    front = html.unescape((sample.site / "index.html").read_text("utf-8"))
    found = load_digest(sample.content)[0]
    order, shown = [t.slug for t in found.edition.topics], re.findall(r'<h[23]><a href="topics/([^"/]+)/', front)
    assert shown[:LEAD] == order[:LEAD]
    assert sorted(shown) == sorted(order)
    for section in front.split('class="section-topics"')[1:]:
        within = re.findall(r'<h3><a href="topics/([^"/]+)/', section.partition("</section>")[0])
        assert within == [slug for slug in order if slug in within] != []
    assert "not by importance" in front


@pytest.mark.parametrize(("url", "target", "shown"), [
    ("", "topics/x/", "topics/x/"), ("topics/x/", "topics/y/", "../y/"), ("topics/x/", "", "../../"), ("topics/x/", "topics/x/", "./"),
    ("topics/x/", "sources/a/#s-1", "../../sources/a/#s-1"), ("sources/a/", "sources/a/#s-1", "#s-1"),
    ("archive/", "archive/2021/01/02/", "2021/01/02/"),
    ("topics/x/", "data/topics/x.json", "../../data/topics/x.json"), ("", "", "./"),
])
def test_links_are_relative(url: str, target: str, shown: str) -> None:
    assert Marker(load_catalog("en"), Settings(title="A"), url, Telling(lang="en")).link(target) == shown


def test_no_page_has_an_absolute_link_of_its_own(newsroom: Desk) -> None:
    for path in newsroom.site.rglob("*.html"):
        if path.name != "404.html":
            assert re.findall(r'(?:href|src)="/[^"]*"', path.read_text("utf-8")) == []


HOSTILE = [
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", "{{ 7 * 7 }}{% raw %}", "--8<-- \"/etc/passwd\"", "![x](http://evil.example/x.png)",
    "---\ntemplate: x.html", "\" onmouseover=\"alert(1)", "{ .x onclick=alert(1) }", "&lt;script&gt;", "\u202egnp.exe",
]


def test_hostile_articles_are_only_words(digest: Run, desk: Desk) -> None:
    for number, words in enumerate(HOSTILE):
        sentence = f"The port of Kesh{number} said {words} on Monday about the crane number {number} and its driver Ola Frisk."
        desk.write(f"hostile-{number}", sentence, f"Crane driver Ola Frisk of Kesh{number} has had enough of it.",
                   title=f"{words} {number}", outlet=words, authors=[words])
    result = digest(desk, "build")
    assert result.exit_code == 0, result.output
    for path in set(desk.site.rglob("*.html")) - set((desk.site / "handbook").rglob("*")):
        page = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", path.read_text("utf-8"))
        assert not re.search(r"<script>alert|onmouseover=\"|onclick=|evil\.example/x\.png\"", page), path
        assert "root:x:0" not in page
        assert "\u202e" not in page
    headings = [html.unescape(heading) for path in desk.site.glob("**/index.html") for heading in re.findall(
        r"<h[123].*?</h[123]>", path.read_text("utf-8"))]
    assert any("{{ 7 * 7 }}" in heading for heading in headings)
    assert not any("49" in heading for heading in headings)


def render(found: Digest, desk: Desk) -> dict[str, str]:
    """Return the files of a digest's pages by their paths."""
    return {file.path: text for file, text in render_pages(found, desk.root) if text is not None}


@pytest.mark.parametrize(("template", "text"), [("home.md.jinja", "{{ m.t('home') }}"), ("parts.jinja", None)])
def test_a_digests_own_templates_go_first(desk: Desk, template: str, text: str | None) -> None:
    (desk.root / "templates").mkdir()
    pages = render(load_digest(desk.content)[0], desk)
    if text:
        (desk.root / "templates" / template).write_text(text, "utf-8")
        changed = render(load_digest(desk.content)[0], desk)
        assert changed["index.md"] == "Home"
        assert {name for name in pages if pages[name] != changed[name]} == {"index.md"}
    else:
        assert "key_point" not in pages["index.md"]


def test_values_in_a_template_are_escaped_by_themselves(desk: Desk) -> None:
    (desk.root / "templates").mkdir()
    (desk.root / "templates" / "home.md.jinja").write_text("{{ settings.title }}", "utf-8")
    assert render(load_digest(desk.content)[0], desk)["index.md"] == "Quay &#38; Harbour &#34;Daily&#34;"


KEYS = {"title", "hide", "lang", "body", "tree", "told", "redirect", "kind", "locale", "description", "linked", "feeds"}


def test_front_matter_has_only_keys_of_ours(desk: Desk) -> None:
    for name, text in render(load_digest(desk.content)[0], desk).items():
        if name.endswith(".md"):
            front = text.split("---\n")[1]
            assert set(re.findall(r"^(\w+):", front, re.MULTILINE)) <= KEYS, name
            assert re.search(r'^title: "[^"\n\\<>]*"$', front, re.MULTILINE), name


def test_the_order_of_articles_makes_no_difference(desk: Desk) -> None:
    settings = load_settings(desk.content)
    found = load_digest(desk.content)[0]
    again = make_digest(settings, found.articles[::-1], found.edition.left_out, Ledger(), ())
    assert render(again, desk) == render(found, desk)


def test_no_sentence_of_a_link_only_outlet_is_anywhere(newsroom: Desk) -> None:
    for path in newsroom.site.rglob("*"):
        if path.suffix in {".html", ".json", ".xml"}:
            assert "Nobody in Pellin talks" not in html.unescape(path.read_text("utf-8")), path
    assert not list(newsroom.site.glob("sources/why-pellin*"))
    assert "Why Pellin laughs" in newsroom.page("topics/honey").read_text("utf-8")


def test_every_cited_sentence_has_its_place(sample: Desk) -> None:
    """Each citation of the data is a marked sentence of a source page that its topic links to."""
    for path in sample.site.glob("data/topics/*.json"):
        page = html.unescape(sample.page(f"topics/{path.stem}").read_text("utf-8"))
        for point in json.loads(path.read_text("utf-8"))["summary"]:
            for cited in point["citations"]:
                source = html.unescape(whole(sample.page(f"sources/{cited['article']}")))
                mark = f'data-quote="{cited["article"]}@{cited["version"]}:{cited["start"]}-{cited["end"]}"'
                anchor = re.search(rf'<mark {re.escape(mark)}[^>]* id="([^"]+)"', source)
                assert anchor, mark
                assert f'sources/{cited["article"]}/#{anchor[1]}"' in page


def test_a_topic_tells_its_parts_in_order(compared: Desk) -> None:
    page = html.unescape(compared.page("topics/ferries").read_text("utf-8"))
    parts = re.findall(r'<h2 id="([^"]+)"', page)
    assert parts == ["key-points", "statements", "only-one", "differences", "versions", "wording", "timeline", "events", "sources", "why",
                     "editorial", "corrections"]
    assert re.findall(r'<a href="#([^"]+)">', page.partition('class="jump"')[2].partition("</ul>")[0]) == parts[1:]
    assert '<h2 id="key-points">Latest, as of' in page
    assert "style=" not in re.sub(r"<head>.*?</head>", "", page.partition("<main")[2].partition("</main>")[0])


def test_who_reports_what_is_a_table_with_headers(compared: Desk) -> None:
    page = html.unescape(compared.page("topics/ferries").read_text("utf-8"))
    table = page.partition('<table class="who-reports"')[2].partition("</table>")[0]
    assert [re.sub("<[^>]*>", "", head) for head in re.findall(r'<th scope="col">(.*?)</th>', table)] == [
        "Sentence", "The Quay Herald", "Lantern Wire", "Open Gazette"]
    rows = table.split("<tr id=")[1:]
    assert len(rows) == 3
    for row in rows:
        assert row.count('<th scope="row">') == 1
        assert len(re.findall("<td", row)) == 3
    assert re.findall(r'<td class="(\w+)"', rows[0]) == ["said", "own", "copy"]
    assert re.findall(r'<td class="(\w+)"', rows[1]) == ["near", "near", "said"]
    for number, said in ((0, "2 separate texts"), (0, "3 outlets"), (1, "attributed to:"), (1, "Engineer Matis Corl"),
                         (1, "perhaps in other words"), (2, "one passage, shared: counts once")):
        assert said in rows[number]
    assert "separate texts" not in rows[2]


def test_what_only_one_text_tells_is_no_part_of_a_page_with_one_text(newsroom: Desk) -> None:
    none = "None is listed: others may tell the same, or it may not be quoted."
    for name, said in (("topics/lighthouse", ()), ("topics/ferries", (f"<p>{none}</p>",))):
        page = html.unescape(newsroom.page(name).read_text("utf-8"))
        part = page.partition('<h2 id="only-one"')[2].partition("<h2 ")[0]
        assert bool(part) == bool(said)
        assert 'href="#only-one"' not in page, "no way leads to a part that has nothing"
        assert all(words in part for words in said)


def test_an_event_of_one_text_says_so(sample: Desk) -> None:
    pages = [html.unescape(page.read_text("utf-8")) for page in sample.site.glob("topics/*/index.html")]
    events = [part for page in pages for part in page.partition('<h2 id="events"')[2].partition("<h2 ")[0].split('class="story"')[1:]]
    alone = [event for event in events if "<li>one text</li>" in event]
    assert alone
    assert not any("separate texts" in event for event in alone)
    assert any("<summary>Why this stands alone</summary>" in event for event in alone)


def test_titles_are_shown_wherever_a_topic_is_named(compared: Desk) -> None:
    for page, holder in (("", 'p class="kicker"'), ("topics/index", "h2"), ("archive/2031/06/05", "h2")):
        shown = html.unescape(whole(compared.page(page) if "index" not in page else compared.site / "topics/index.html"))
        listed = r'<a [^>]*><span data-from="topic:[^"]*:term">Brann</span>, <span [^>]*>Oda Rusk</span></a>'
        assert re.search(f"<{holder}>{listed}", shown), page
        assert "Lulu's open days" in shown, page
    assert "Oda Rusk" in compared.page("sources/lighthouse").read_text("utf-8").partition("Quoted in")[2]


def test_a_site_without_notes_and_names_has_no_pages_for_them(newsroom: Desk, compared: Desk) -> None:
    for name in ("names", "corrections"):
        assert not (newsroom.site / name).exists()
        assert (compared.site / name / "index.html").is_file()
        assert f'href="../{name}/"' in html.unescape((compared.site / "archive" / "index.html").read_text("utf-8"))
