"""What is new in an edition."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from editing import PRESS, article, decided

from digest.marks import anchor
from digest.models import Article, Title
from digest.news import News
from digest.pipeline import Digest
from digest.records import EditionRecord, record_edition
from digest.render.front import new_event
from digest.render.tree import Shown

AFTER = article("heron-after", "The heron of Sill left its fountain on Tuesday, and the mayor of Sill, Tove Lund, wants a statue of it. "
                "Fishmongers of Sill ordered forty herrings too many.", "2031-07-09")
OWL = article("owl", "An owl of Quillon sleeps in the town hall and cannot be woken. The clerk of Quillon works at night now.",
              "2031-07-09")


def made(folder: Path, press: Sequence[Article], records: Sequence[EditionRecord] = ()) -> Digest:
    """Return the digest of a press after these editions; the herons are one topic."""
    both = {AFTER.id, "heron"} <= {a.id for a in press}
    return decided(folder, f"topics:\n  - together: [heron, {AFTER.id}]\n" if both else "", press=press, records=records)


@pytest.fixture
def first(tmp_path: Path) -> EditionRecord:
    """What the edition of the whole press said."""
    record = record_edition(made(tmp_path, PRESS).edition, ())
    assert record
    return record


def titles(news: News) -> dict[str, bool]:
    """Return which articles' topics have something new, and whether they are new themselves."""
    return {min(a.id for a in new.topic.articles): new.whole for new in news.topics.values()}


def test_a_first_edition_has_nothing_to_compare_with(tmp_path: Path) -> None:
    assert made(tmp_path, PRESS).news == News(None)


def test_nothing_is_new_if_nothing_came(tmp_path: Path, first: EditionRecord) -> None:
    again = made(tmp_path, PRESS, [first])
    assert again.news == News(None), "the record of its own day does not count"


def test_a_topic_is_new_whose_articles_no_edition_had(tmp_path: Path, first: EditionRecord) -> None:
    news = made(tmp_path, (*PRESS, OWL), [first]).news
    assert (news.since, titles(news)) == (date(2031, 7, 1), {"owl": True})
    assert all(point.citations[0].article.id == "owl" for new in news.topics.values() for point in new.points)


def test_the_front_page_names_the_event_that_is_new(tmp_path: Path, first: EditionRecord) -> None:
    digest = made(tmp_path, (*PRESS, AFTER), [first])
    new, = digest.news.topics.values()
    story, = new.topic.stories
    parted = tuple(replace(story, id=f"s-{n}", texts=(text,)) for n, text in enumerate(story.texts))
    listed = replace(new.topic, stories=parted, title=Title("Heron", "en", "terms", terms=("Heron",)))
    event = new_event(Shown(listed, digest.tellings[0], fallen=False), new)
    assert event
    assert [a.id for a in event.articles] == [AFTER.id]
    named = replace(new.topic, title=Title("Herons", "en", "editor"))
    assert new_event(Shown(named, digest.tellings[0], fallen=False), new) is None, "an editor's title stands"


def test_a_topic_has_news_where_an_article_joined_it(tmp_path: Path, first: EditionRecord) -> None:
    news = made(tmp_path, (*PRESS, AFTER), [first]).news
    assert titles(news) == {"heron": False}
    new, = news.topics.values()
    assert new.points
    assert {c.article.id for point in new.points for c in point.citations} == {AFTER.id}


def test_another_choice_from_old_articles_is_no_news(tmp_path: Path, first: EditionRecord) -> None:
    shown, = (topic.summary[0] for topic in made(tmp_path, PRESS).edition.topics if topic.articles[0].id == "heron")
    cited = shown.citations[0]
    drop = f"keypoints:\n  - {{topic: heron, drop: [heron#{anchor(cited.article.text, *cited.span)}]}}\n"
    chosen = decided(tmp_path, drop, press=(*PRESS, OWL), records=[first])
    assert shown.text not in {point.text for topic in chosen.edition.topics for point in topic.summary}
    assert titles(chosen.news) == {"owl": True}


def test_a_topic_that_bears_another_id_is_not_new(tmp_path: Path, first: EditionRecord) -> None:
    news = decided(tmp_path, "topics:\n  - together: [honey, heron]\n", press=(*PRESS, OWL), records=[first]).news
    assert titles(news) == {"owl": True}


def test_the_edition_before_is_the_latest_of_another_day(tmp_path: Path, first: EditionRecord) -> None:
    second = record_edition(made(tmp_path, (*PRESS, AFTER)).edition, [first])
    assert second
    late = article("late", "Rain fell on the stairs of Umber for a week. Nobody in Umber has seen the lowest step since Monday.",
                   "2031-08-01")
    news = made(tmp_path, (*PRESS, AFTER, late), [first, second]).news
    assert (news.since, titles(news)) == (date(2031, 7, 9), {"late": True})
