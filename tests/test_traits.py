"""What texts are compared by: days and years, names and numbers, what is said first."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.gist import find_gist
from digest.models import Article, Text, When
from digest.parts import Reader
from digest.rarity import Rarity
from digest.traits import Days, Traits, find_traits


def text(words: str, published: str | None = None, lang: str = "en", title: str = "News", ident: str = "a") -> Text:
    return Text((Article(id=ident, path=Path("a.md"), title=title, text=words, lang=lang,
                         published=When.parse(published) if published else None),))


def days(of: Text) -> Days:
    return Days.of(list(map(find_gist, of.articles)))


def find(texts: Sequence[Text]) -> tuple[Traits, list[str]]:
    gists = [list(map(find_gist, text.articles)) for text in texts]
    parts = Reader().count(gists)
    return find_traits(gists, Rarity.of(parts)), parts.columns.terms().split("\n")


@pytest.mark.parametrize(("one", "other", "apart"), [
    (text("x", "2024-05-06"), text("x", "2024-05-16"), 10),
    (text("x", "2024-05-16"), text("x", "2024-05-06"), 10),
    (text("It fell on May 6."), text("x", "2024-05-06"), 0),
    (text("x", "2024-05-06"), text("Upadł 6 maja.", lang="pl"), 0),
    (text("It fell on May 6.", "2023-01-01"), text("x", "2024-01-01"), 365),
    (text("No day is named."), text("x", "2024-05-06"), None),
    (text("It fell on May 6."), text("It fell on May 9."), None),
], ids=["dated", "turned-round", "names-the-day", "in-polish", "dates-come-first", "no-day", "no-date"])
def test_days_apart(one: Text, other: Text, apart: float | None) -> None:
    found = days(one).apart(days(other))
    assert found == (apart if apart is None else pytest.approx(apart, abs=1.5))


@pytest.mark.parametrize(("words", "published", "year"), [
    ("The bridge of 1987 fell in 2019.", None, 2019),
    ("The bridge of 1987 fell.", "2021-03-04", 2021),
    ("2,019 people and 20190 birds; version 2.2019, 1,987 votes", None, None),
    ("In 2019, and in 2020.", None, 2020),
])
def test_year(words: str, published: str | None, year: int | None) -> None:
    assert days(text(words, published)).year == year


def test_what_is_said_first_is_the_title_and_sixty_words() -> None:
    traits, terms = find([text("A quiet start of 7 lines in Kess. " + "The clerk went on and on. " * 20 + "Finally Orvale burned.",
                               title="Bridges of Lume")])
    first, words = ({terms[n] for n in rows[0].indices} for rows in (traits.opening, traits.has))
    names = {term for term in first if traits.is_name[terms.index(term)]}
    assert {"wquiet", "wbridg"} <= first
    assert {"worval", "wburn"}.isdisjoint(first)
    assert {"worval", "wburn"} <= words
    assert names == {"nkess"}
    assert (traits.first_numbers.sum(), traits.number_counts.tolist()) == (1, [0])


def test_a_text_with_copies_in_two_languages_has_two_parts() -> None:
    one, other = text("A quiet bridge in Kess."), text("Un puente tranquilo en Kess.", "2024-05-06", "es", ident="b")
    traits, _ = find([Text((*one.articles, *other.articles))])
    assert traits.rows.tolist() == [[0], [1]]
    assert str(traits.days[0].published) == "2024-05-06"
