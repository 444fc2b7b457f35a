"""Values as marked HTML."""

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest

from digest.catalog import load_catalog
from digest.models import Aid, Article, Citation, Sentence, Story, Text, Title, Topic, When, Why
from digest.render.marker import Marker
from digest.settings import Settings
from digest.telling import Telling
from digest.translation import Translation

TEXT = "The crew left Orvane on Monday. It came back."
ARTICLE = Article(id="a", path=Path("a.md"), title="Crew <leaves>", text=TEXT, lang="en", published=When.parse("2031-05-14"),
                  sentences=(Sentence(0, 0, 31, 0), Sentence(1, 32, 45, 0)))
FIRST = Citation.of(ARTICLE, ARTICLE.sentences[0])
MARKER = Marker(load_catalog("en"), Settings(title="T"), "topics/x/", Telling(lang="en"))


def words(of: str) -> Citation:
    start = TEXT.index(of)
    return Citation(ARTICLE, start, start + len(of), of)


@pytest.mark.parametrize(("spans", "aids", "inner"), [
    pytest.param([], [], "The crew left Orvane on Monday&#46;", id="nothing"),
    pytest.param(["Orvane"], [], "The crew left <mark>Orvane</mark> on Monday&#46;", id="words"),
    pytest.param(["The crew", "Monday"], [], "<mark>The crew</mark> left Orvane on <mark>Monday</mark>&#46;", id="at the ends"),
    pytest.param(["It came"], [], "The crew left Orvane on Monday&#46;", id="words of another sentence"),
    pytest.param([], [30], "The crew left Orvane on Monday<bdi", id="an aid"),
    pytest.param(["Monday"], [30], "on <mark>Monday</mark><bdi", id="an aid after marked words"),
])
def test_words_are_marked_where_they_stand(spans: Sequence[str], aids: Sequence[int], inner: str) -> None:
    shown = MARKER.cite(FIRST, [words(of) for of in spans], [Aid(at, "date", "2031-05-12", "published") for at in aids])
    assert inner in shown
    assert shown.startswith(f'<q data-quote="a&#64;{ARTICLE.version}&#58;0&#45;31">')


def titled(title: Title) -> Topic:
    return Topic("t-1", "t", title, (Story("s-1", title, (Text((ARTICLE,)),), Why((), 1.0)),), Why((), 1.0))


@pytest.mark.parametrize(("title", "shown", "whose"), [
    pytest.param(Title("Crew <leaves>", "en", "article", ARTICLE), '<span data-from="article&#58;a&#58;title">Crew &#60;leaves&#62;</span>',
                 "Headline", id="a source's own"),
    pytest.param(Title("Orvane, crew", "en", "terms", None, ("Orvane", "crew")),
                 '<span data-from="topic&#58;t&#45;1&#58;term">Orvane</span>, <span data-from="topic&#58;t&#45;1&#58;term">crew</span>',
                 "names and terms", id="terms"),
    pytest.param(Title("A <crew>", "en", "editor"), '<span data-from="topic&#58;t&#45;1&#58;title">A &#60;crew&#62;</span>', "by an editor",
                 id="an editor's"),
])
def test_titles_say_whose_they_are(title: Title, shown: str, whose: str) -> None:
    topic = titled(title)
    assert MARKER.title(topic) == shown
    assert MARKER.title_text(topic) == title.text
    assert whose in MARKER.title_of(topic)
    assert MARKER.title(topic.stories[0]) == shown.replace("topic&#58;t&#45;1", "story&#58;s&#45;1")


def test_words_lead_to_the_sentence_that_holds_them() -> None:
    assert MARKER.context_link(words("Orvane")) == MARKER.context_link(FIRST)
    assert MARKER.context_link(words("came back")) != MARKER.context_link(FIRST)


@pytest.mark.parametrize(("stated", "shown"), [
    ("2031-05-12", "12 May 2031"), ("2031-05", "May 2031"), ("2031", "2031"), ("--02-29", "29 February"),
])
def test_days_are_as_precise_as_stated(stated: str, shown: str) -> None:
    assert MARKER.dated(stated) == f'<time datetime="{stated.replace("-", "&#45;")}">{shown}</time>'


@pytest.mark.parametrize(("text", "shown"), [
    ("Sie kam am Montag.", "Sie kam am Montag{}&#46;"), ("Sie kam am Montag", "Sie kam am Montag{}"),
    ("„Sie kam am Montag.“", "&#8222;Sie kam am Montag&#46;&#8220;{}"), ("…", "&#8230;{}"),
])
def test_the_day_of_an_aid_stands_before_the_stop_of_a_translation(text: str, shown: str) -> None:
    told = Translation(text=text, lang="en", source="tr", engine="argos", model="1.9")
    found = MARKER.translation(FIRST, told, [Aid(3, "date", "2031-05-12", "published")])
    day = re.search(r"<bdi.*?</bdi>", found)
    assert day
    assert unescape(re.sub("<.*?>", "", found.replace(day[0], "{}"))) == unescape(shown)
