"""The types keep their promises."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.models import Article, Citation, KeyPoint, Sentence, Story, Text, Title, Topic, When, Why, text_version

TEXT = "First words. Second words."


def article(ident: str = "a", published: str | None = None, text: str = TEXT, **fields: object) -> Article:
    """Make an article."""
    when = When.parse(published) if published else None
    return Article(id=ident, path=Path(f"{ident}.md"), title="T", text=text, lang="en", published=when, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("stated", "iso", "moment"), [
    ("2021-02-18", "2021-02-18", datetime(2021, 2, 18, tzinfo=UTC)),
    (" 2021-02-18 ", "2021-02-18", datetime(2021, 2, 18, tzinfo=UTC)),
    ("2021-02-18T14:05", "2021-02-18T14:05:00", datetime(2021, 2, 18, 14, 5, tzinfo=UTC)),
    ("2021-02-18T14:05+03:00", "2021-02-18T14:05:00+03:00", datetime(2021, 2, 18, 11, 5, tzinfo=UTC)),
    ("2021-02-18T14:05:09Z", "2021-02-18T14:05:09+00:00", datetime(2021, 2, 18, 14, 5, 9, tzinfo=UTC)),
])
def test_reads_days_and_times(stated: str, iso: str, moment: datetime) -> None:
    when = When.parse(stated)
    assert (when.iso, when.moment) == (iso, moment)
    assert When.parse(when.iso) == when


@pytest.mark.parametrize("stated", ["", "Tuesday", "18.02.2021", "2021-02-30", "2021-02-18T25:00", "2021",
                                    "0001-01-01T00:00:00+03:00", "9999-12-31T23:59:00-03:00"])
def test_refuses_what_is_no_day(stated: str) -> None:
    with pytest.raises(ValueError):
        When.parse(stated)


@pytest.mark.parametrize(("stated", "zone", "day"), [
    ("2021-02-18T23:30+00:00", "Asia/Tokyo", date(2021, 2, 19)), ("2021-02-18T23:30", "Asia/Tokyo", date(2021, 2, 18)),
    ("2021-02-18", "Asia/Tokyo", date(2021, 2, 18)), ("2021-02-18T00:30+03:00", "UTC", date(2021, 2, 17)),
])
def test_tells_the_day_in_a_zone_only_where_the_zone_is_known(stated: str, zone: str, day: date) -> None:
    assert When.parse(stated).day_in(ZoneInfo(zone)) == day


@pytest.mark.parametrize(("start", "end", "quote"), [
    (0, 12, "Second words"), (0, 13, "First words."), (-13, 26, "Second words."), (5, 5, ""), (0, 99, TEXT), (13, 12, ""),
])
def test_a_citation_refuses_a_span_that_is_not_in_the_text(start: int, end: int, quote: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        Citation(article(), start, end, quote)


@given(text=st.text(min_size=1), data=st.data())
def test_a_citation_is_verbatim(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cited = Citation.of(article(text=text), Sentence(0, start, end, 0))
    assert cited.quote == text[start:end]
    assert cited.span == (start, end)
    with pytest.raises(ValueError):
        Citation(cited.article, start, end, cited.quote + "x")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, len(TEXT) + 1)])
def test_an_article_refuses_a_sentence_that_is_not_in_its_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="sentence 0 of a is not in its text"):
        article(sentences=(Sentence(0, start, end, 0),))


def test_a_key_point_needs_a_citation() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        KeyPoint(())


def test_types_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        article().text = "Other words."  # type: ignore[misc]


def test_a_version_is_the_hash_of_the_text() -> None:
    assert text_version("") == "e3b0c44298fc1c14"
    assert article().version == text_version(TEXT)
    assert article(text="x").version != article().version


def test_articles_go_by_day_then_by_time_then_by_id_and_undated_last() -> None:
    dates = {"d": None, "c": "2021-02-18", "b": "2021-02-18", "a": "2021-02-18T08:00", "e": "2020-01-01"}
    articles = [article(ident, stated) for ident, stated in dates.items()]
    assert "".join(a.id for a in sorted(articles, key=lambda a: a.order)) == "eabcd"


def test_topics_and_stories_tell_their_articles_in_order() -> None:
    a, b, c = article("a", "2021-02-20"), article("b", "2021-02-18"), article("c")
    title, why = Title("T", "en", "article", a), Why((), 1.0)
    stories = tuple(Story(f"s-{n}", title, (text,), why) for n, text in enumerate([Text((a, c)), Text((b,))]))
    topic = Topic("t", "t", title, stories, why)
    assert [found.id for found in topic.articles] == ["b", "a", "c"]
    assert [story.day for story in stories] == [date(2021, 2, 20), date(2021, 2, 18)]
    assert topic.texts == (Text((a, c)), Text((b,)))
    assert Story("s", title, (Text((c,)),), why).day is None
