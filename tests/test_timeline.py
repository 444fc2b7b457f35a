"""When things happened, by the articles of one topic."""

import random
from pathlib import Path

import pytest

from digest.compare.timeline import MOST, find_dated
from digest.findings import Dated
from digest.models import Article, Text, When
from digest.segment import segment_article

ACCORD = "Orvane and Kesh signed an accord on Nov. 10 to open the Lume crossing and to count the mines."
TALKS = "Envoy Petra Lindal of Orvane met the minister of Kesh in Tarsk on Tuesday to talk about the Lume crossing."


def _text(*articles: Article) -> Text:
    return Text(tuple(sorted(articles, key=lambda a: a.order)))


def _article(ident: str, published: str | None, *paragraphs: str, lang: str = "en") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title="Lume crossing", text="\n\n".join(paragraphs), lang=lang,
                                   published=When.parse(published) if published else None))


def _told(*texts: Text) -> list[tuple[str, str]]:
    return [(one.date, one.basis) for one in find_dated(texts)]


def _cited(entry: Dated) -> list[str]:
    return [citation.article.id for citation in entry.citations]


def test_newest_first_each_with_its_sentence_and_words() -> None:
    article = _article("a", "2021-01-14", TALKS, ACCORD)
    found = find_dated([_text(article)])
    assert [(one.date, one.precision, one.basis) for one in found] == [
        ("2021-01-12", "day", "published"), ("2020-11-10", "day", "published")]
    assert [(one.citations[0].quote, one.spans[0].quote) for one in found] == [(TALKS, "Tuesday"), (ACCORD, "Nov. 10")]


def test_texts_that_tell_the_same_of_a_day_are_one_entry() -> None:
    other = "The accord that Orvane and Kesh signed in Tarsk on 10 November opened the Lume crossing."
    (entry,) = find_dated([_text(_article("a", "2021-01-14", ACCORD)), _text(_article("b", "2021-02-20", other))])
    assert _cited(entry) == ["a", "b"]


def test_texts_that_tell_something_else_of_a_day_are_two() -> None:
    sale = "A gallery in Velden sold forty paintings by the late Mira Senn on 12 January, the Orvane house of auctions said."
    earlier = TALKS.replace("Tuesday", "May 2, 2020")
    found = find_dated([_text(_article("a", "2021-01-14", TALKS)), _text(_article("b", "2021-01-14", sale, earlier))])
    assert [(one.date, _cited(one)) for one in found] == [("2021-01-12", ["a"]), ("2021-01-12", ["b"]), ("2020-05-02", ["b"])]


def test_copies_that_mean_the_same_day_are_cited_with_their_text() -> None:
    """Of a copy from another week, or without a day, the words are the same, but not what they mean."""
    first, copy, later, undated = (_article(ident, day, TALKS) for ident, day in (
        ("a", "2021-01-14"), ("b", "2021-01-15"), ("c", "2021-03-04"), ("d", None)))
    (entry,) = find_dated([_text(first, copy, later, undated)])
    assert (_cited(entry), [span.quote for span in entry.spans], entry.basis) == (["a", "b"], ["Tuesday", "Tuesday"], "published")


@pytest.mark.parametrize(("others", "told"), [
    (["2021-01-14", "2021-02-20"], [("2020-11-10", "other-article")]),
    ([], []),
    (["2021-04-20", "2021-06-20"], []),
])
def test_year_of_an_undated_article(others: list[str], told: list[tuple[str, str]]) -> None:
    plain = "Petra Lindal of Orvane called the Lume crossing a step for Kesh, and the commission of Tarsk agreed."
    texts = [_text(_article("a", None, ACCORD)), *(_text(_article(f"b-{day}", day, plain)) for day in others)]
    assert _told(*texts) == told


def test_year_that_another_article_tells() -> None:
    sure = "Orvane and Kesh fought for six weeks last year after shots fell at the Lume crossing on Sept. 27."
    bare = "Shots fell at the Lume crossing on Sept. 27, and Kesh called its envoy home from Orvane."
    (entry,) = find_dated([_text(_article("a", "2021-01-14", bare)), _text(_article("b", "2021-02-18", sure))])
    assert (entry.date, entry.basis, _cited(entry)) == ("2020-09-27", "other-article", ["a", "b"])
    assert _told(_text(_article("a", "2021-01-14", bare)), _text(_article("b", "2022-02-18", sure))) == [("2021-09-27", "published")]


@pytest.mark.parametrize("sentence", [
    "The islands of Velmar have been torn by war since the ouster of their king in 2011.",
    "However, on Jan. 5, rival parties of Velmar agreed on a government.",
    "The parties of Orvane and Kesh will meet again in Tarsk on Jan. 20.",
    "The Lume crossing between Orvane and Kesh was closed this week.",
    "The Lume crossing between Orvane and Kesh will stay closed this month.",
    "The Lume crossing between Orvane and Kesh has been closed since the early 1990s.",
    "The Nov. 10 accord of Orvane and Kesh on the Lume crossing is fulfilled.",
    "Orvane and Kesh have until Jan. 12 to count the mines of the Lume crossing.",
    "“Orvane and Kesh met at the Lume crossing on Jan. 11 and shook hands.”",
    "The Lume crossing of Orvane and Kesh, opened on Jan. 11, and",
    "Photo of the Lume crossing on Jan. 11, AFP/Getty Images, by the staff of Orvane.",
])
def test_what_is_no_event_of_the_topic(sentence: str) -> None:
    article = _article("a", "2021-01-14", "Orvane and Kesh hold the Lume crossing. Kesh and Orvane share the Lume crossing.", sentence)
    other = _article("b", "2021-01-15", "The Lume crossing lies between Orvane and Kesh, and nobody lives there.")
    assert find_dated([_text(article), _text(other)]) == ()


def test_day_of_publication_is_no_event() -> None:
    assert find_dated([_text(_article("a", "2021-01-14", "Orvane and Kesh share the Lume crossing, the envoy of Kesh said."))]) == ()


def test_dateline_is_no_event() -> None:
    text = "January 14, 2021 Orvane and Kesh share the Lume crossing, the envoy of Kesh told the deputies of Orvane."
    assert find_dated([_text(_article("a", "2021-01-14", text))]) == ()


def test_day_of_saying_gives_way_to_the_day_of_the_event() -> None:
    said = "Orvane and Kesh opened the Lume crossing on Jan. 11, the commission said on Wednesday."
    assert _told(_text(_article("a", "2021-01-14", said, "The Lume crossing of Orvane and Kesh is open."))) == [("2021-01-11", "published")]


def test_month_gives_way_to_a_day_that_tells_the_same() -> None:
    late = "Orvane and Kesh signed their accord on the mines of the Lume crossing in November."
    texts = [_text(_article("a", "2021-01-14", ACCORD)), _text(_article("b", "2021-01-14", late))]
    assert _told(*texts) == [("2020-11-10", "published")]
    assert _told(texts[1], _text(_article("c", "2021-01-14", "The Lume crossing divides Orvane and Kesh, and nobody lives there."))) == [
        ("2020-11", "published")]


def test_languages_meet_in_names_and_numbers() -> None:
    english = "Envoy Petra Lindal of Orvane met 48 deputies of Kesh in Tarsk on 12 January, the commission of Kesh said."
    spanish = "La enviada Petra Lindal, de Orvane, se reunió en Tarsk con 48 diputados de Kesh el 12 de enero."
    texts = [_text(_article("a", "2021-01-14", english, english)), _text(_article("b", "2021-01-14", spanish, spanish, lang="es"))]
    (entry,) = find_dated(texts)
    assert sorted(_cited(entry)) == ["a", "b"]


def test_order_does_not_matter_and_every_citation_is_verbatim() -> None:
    mines = "Kesh and Orvane counted {} mines at the Lume crossing on Jan. {}."
    texts = [_text(_article(f"a{day}", f"2021-01-{day:02}", TALKS, ACCORD, mines.format(day, day - 5))) for day in range(6, 28)]
    found = find_dated(texts)
    assert 3 < len(found) <= MOST
    for one in found:
        for citation in (*one.citations, *one.spans):
            assert citation.article.text[citation.start:citation.end] == citation.quote
    random.Random(3).shuffle(texts)
    assert find_dated(texts) == found
