"""What a topic's page sets side by side."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from lxml import html

from digest.catalog import load_catalog
from digest.findings import Dated, Findings, Statement, Value, Wording
from digest.limits import UNQUOTED, find_limits, why_unquoted
from digest.models import Article, Citation, Decision, KeyPoint, Sentence, Story, Text, Title, Topic, When, Why
from digest.render.grid import lay_out
from digest.render.topic_page import dates_of, group_points, is_first, part_wording, sections_of, used_by, view_story, voices_of
from digest.settings import Outlet, Settings
from digest.telling import Telling
from digest.verify.evidence import Evidence
from digest.verify.limits import check_unquoted

WHY = Why((), 1.0)
SETTINGS = Settings(title="T", outlets={"sealed": Outlet(id="sealed", name="Sealed", rights="link")})
TELLING = Telling(lang="en")


SAYS, ELSE = "The gear of the crane broke. It was mended.", "Bread is dear in Orvale. It was sold out."


def article(ident: str, outlet: str | None = "a", day: str | None = "2031-05-12", lang: str = "en", text: str = SAYS) -> Article:
    at = text.index(" It")
    return Article(id=ident, path=Path("x.md"), title=ident, text=text, lang=lang, outlet=outlet,
                   published=When.parse(day) if day else None, sentences=(Sentence(0, 0, at, 0), Sentence(1, at + 1, len(text), 0)))


def topic(*stories: tuple[Article, ...]) -> Topic:
    """Make a topic of stories, each of articles that are separate texts."""
    titles = [Title(articles[0].title, "en", "article", articles[0]) for articles in stories]
    made = tuple(Story(f"s-{n}", titles[n], tuple(Text((one,)) for one in articles), WHY) for n, articles in enumerate(stories))
    return Topic("t-1", "t", made[0].title, made, WHY)


def broke(of: Article) -> Citation:
    return Citation.of(of, of.sentences[0])


@pytest.mark.parametrize(("silent", "state"), [
    pytest.param(article("x", "b", text=ELSE), "absent", id="an article of the same day"),
    pytest.param(article("x", "b", text="The crane stands still. It has a broken gear."), "near", id="one that says it in other words"),
    pytest.param(article("x", "b", "2031-05-11"), "earlier", id="an article older than the event"),
    pytest.param(article("x", "b", "2031-06-11", text=ELSE), "absent", id="a later one"),
    pytest.param(article("x", "b", None, text=ELSE), "absent", id="an undated one"),
    pytest.param(article("x", "b", lang="tr"), "foreign", id="another language"),
    pytest.param(article("x", "b", lang="en-GB", text=ELSE), "absent", id="another kind of the same language"),
    pytest.param(article("x", "sealed"), "link", id="may only be linked"),
    pytest.param(article("unquoted", "b"), "withheld", id="its sentence may not be shown"),
    pytest.param(article("withheld", "b", text=ELSE), "withheld", id="another sentence of it may not be shown"),
    pytest.param(article("withheld", "b"), "near", id="another sentence of it may not be shown, and it says it in other words"),
    pytest.param(article("x", None, text=ELSE), "absent", id="an unknown outlet"),
])
def test_a_blank_says_why(silent: Article, state: str) -> None:
    """Only an article that was compared, could have said so and tells nothing near it has a statement “not found” in it."""
    one, other = article("one"), article("other", "c")
    found = Findings(statements=(Statement((broke(one), broke(other)), 2, ("a", "c"), unquoted=frozenset({"unquoted"})),))
    grid = lay_out(topic((one, other), (silent,)), found, SETTINGS, TELLING, frozenset({"withheld"}))
    states = {cell.column.article.id: cell.state for cell in grid.rows[0].cells}
    assert states == {"one": "own", "other": "said", silent.id: state}


@pytest.mark.parametrize(("withheld", "told"), [((), False), (("one",), True), (("x",), False), (("elsewhere",), False)])
def test_a_page_tells_that_more_was_found_than_may_be_quoted(withheld: tuple[str, ...], told: bool) -> None:
    """Of an article that may only be linked, another limit tells."""
    limits = find_limits(topic((article("one"), article("x", "sealed"))), SETTINGS, TELLING, (), withheld)
    assert ("limit_withheld" in [limit.key for limit in limits]) == told
    assert "limit_link" in [limit.key for limit in limits]


@pytest.mark.parametrize(("articles", "key"), [
    pytest.param((article("x", "sealed"), article("y", "sealed")), "unquoted_rights", id="none may be quoted"),
    pytest.param((article("x", "sealed"), article("y", text="He did so. It did not.")), "unquoted_alone", id="what may be leans on others"),
    pytest.param((article("x"),), "unquoted_rights", id="too much of a short text"),
])
def test_a_page_without_quotations_says_why(articles: tuple[Article, ...], key: str) -> None:
    assert why_unquoted(articles, SETTINGS) == key
    catalog, evidence = load_catalog("en"), Evidence(Path(), SETTINGS, {one.id: one for one in articles}, ())
    for said in UNQUOTED:
        main = html.fragment_fromstring(f"<main><p>{catalog.text(said)}</p></main>")
        assert bool(list(check_unquoted(main, evidence.articles, evidence, catalog))) == (said != key)


def test_a_copy_of_the_text_shown_is_no_report_of_its_own() -> None:
    agency, paper, other = article("agency", "a"), article("paper", "b"), article("other", "c")
    told = topic((agency, other))
    story = replace(told.stories[0], texts=(Text((agency, paper)), Text((other,))))
    found = Findings(statements=(Statement(tuple(map(broke, (agency, paper, other))), 2, ("a", "b", "c")),))
    grid = lay_out(replace(told, stories=(story,)), found, SETTINGS, TELLING)
    assert [cell.state for cell in grid.rows[0].cells] == ["own", "said", "copy"]


def test_an_outlet_is_one_column_and_an_unknown_one_is_not_joined() -> None:
    articles = (article("a1"), article("a2"), article("u1", None), article("u2", None, text=ELSE), article("b1", "b", text=ELSE))
    found = Findings(statements=(Statement((broke(articles[0]), broke(articles[1]), broke(articles[2])), 3, ("a",)),))
    for given in permutations(articles):
        grid = lay_out(topic(given), found, SETTINGS, TELLING)
        assert [[a.id for a in column.articles] for column in grid.columns] == [["a1", "a2"], ["b1"], ["u1"], ["u2"]]
        cells = [(cell.state, len(cell.citations)) for cell in grid.rows[0].cells]
        assert cells == [("said", 1), ("absent", 0), ("said", 1), ("absent", 0)]
        assert (grid.rows[0].number, grid.rows[0].unknown) == (1, 1)


def test_outlets_that_have_nothing_are_told_together_by_their_reason() -> None:
    silent = (article("x1", "x", text=ELSE), article("x2", "x", text=ELSE), article("y", "y", lang="tr"), article("z", "z", text=ELSE))
    one, other = article("one"), article("other", "c")
    found = Findings(statements=(Statement((broke(one), broke(other)), 2, ("a", "c")),))
    row, = lay_out(topic((one, other), silent), found, SETTINGS, TELLING).rows
    told = [(silence.state, [cell.column.article.id for _, cell in silence.cells], silence.articles) for silence in row.silences]
    assert told == [("absent", ["x1", "z"], 3), ("foreign", ["y"], 1)]
    assert [cell.column.article.id for _, cell in row.held] == ["one", "other"]
    assert sorted(number for number, _ in (*row.held, *(n for silence in row.silences for n in silence.cells))) == [1, 2, 3, 4, 5]


def test_many_outlets_do_not_stand_side_by_side() -> None:
    few, many = (topic(tuple(article(f"a{n}", f"o{n}") for n in range(count))) for count in (5, 6))
    assert (lay_out(few, Findings(), SETTINGS, TELLING).wide, lay_out(many, Findings(), SETTINGS, TELLING).wide) == (True, False)


def test_key_points_stand_under_their_event_in_their_order() -> None:
    new, old = article("new", day="2031-05-20"), article("old")
    points = tuple(KeyPoint((Citation.of(a, s),)) for a, s in ((new, new.sentences[0]), (old, old.sentences[0]), (new, new.sentences[1])))
    told = group_points(replace(topic((new,), (old,)), summary=points))
    assert [(one.story.id, [p.text for p in one.points]) for one in told] == [
        ("s-0", [points[0].text, points[2].text]), ("s-1", [points[1].text])]


@pytest.mark.parametrize(("days", "first"), [
    (["2031-05-12", "2031-05-13"], True), (["2031-05-12", "2031-05-12"], False), (["2031-05-12", None], False),
    (["2031-05-12", "2031-05-13", "2031-05-13"], True), (["2031-05-12", "2031-05-13", None], False),
])
def test_the_first_of_a_text_is_first_only_before_all_others(days: list[str | None], first: bool) -> None:
    assert is_first(Text(tuple(article(f"a{n}", day=day) for n, day in enumerate(days)))) == first


def test_words_are_counted_by_outlet() -> None:
    articles = [article("a1"), article("b1", "b"), article("u1", None), article("a2"), article("u2", None)]
    uses = used_by(Value("gear", tuple(map(broke, articles)), tuple(map(broke, articles))))
    assert [(use.citations[0].article.outlet, use.n) for use in uses] == [("a", 2), ("b", 1), (None, 2)]


def test_copies_of_a_text_are_no_voices() -> None:
    agency, paper, station, other = (article(ident, ident) for ident in ("agency", "paper", "station", "other"))
    texts = (Text((agency, paper, station)), Text((other,)))
    of_text, alone = voices_of((broke(paper), broke(other), broke(agency)), texts)
    assert (of_text.cited, of_text.others) == (broke(agency), ((paper, broke(paper)), (station, None)))
    assert (alone.cited, alone.others) == (broke(other), ())
    (of_copy,) = voices_of((broke(paper),), texts)
    against = (Value("1", (broke(paper),), (broke(paper),)), Value("2", (broke(agency),), (broke(agency),)))
    (apart,) = voices_of((broke(agency),), texts, against=against)
    assert paper not in [article for article, _ in apart.others]
    assert (of_copy.cited, of_copy.others) == (broke(paper), ((agency, None), (station, None)))


def test_a_date_stands_once() -> None:
    said = broke(article("a"))
    found = [Dated(day, ("stated",), (said,), (said,)) for day in ("2031-05-12", "2031-05-12", "2031-05")]
    assert [(day, [number for number, _ in entries]) for day, entries in dates_of(found)] == [("2031-05-12", [1, 2]), ("2031-05", [3])]


def test_an_event_does_not_repeat_what_the_topic_quotes() -> None:
    (story,) = topic((article("a"), article("b"))).stories
    first, second = (KeyPoint((broke(one),)) for one in story.articles)
    told = replace(story, summary=(first, second))
    assert view_story(told, (), [first]).further == (second,)
    assert view_story(told, (), []).further == (first, second)


def test_spellings_are_no_opinions() -> None:
    one, other, third = (Wording(kind, (), ()) for kind in ("spelling", "verb", "spelling"))
    assert part_wording((one, other, third)) == (((2, other),), ((1, one), (3, third)))


def test_a_page_names_the_parts_that_it_has() -> None:
    found = topic((article("a"),))
    assert sections_of(found, Findings(), drawn=False, limited=False, decided=False) == ["events", "sources"]
    found = topic((article("a"), article("b", "b")))
    assert sections_of(found, Findings(), drawn=True, limited=False, decided=False) == ["timeline", "events", "sources", "why"], (
        "no way leads to a part that has nothing")
    statement = Statement((broke(found.articles[0]),), 1, ("a",))
    alone = (("s-0", ()), ("s-1", (statement,)))
    findings = Findings(statements=(statement,), alone=alone)
    assert sections_of(found, findings, drawn=True, limited=True, decided=bool((Decision("pin", 1),))) == [
        "statements", "only-one", "timeline", "events", "sources", "why", "editorial", "limits"]
