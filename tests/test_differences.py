"""Where accounts differ: what is set against each other, what never is, and what a difference shows."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.compare.align import align_sentences
from digest.compare.differences import find_differences
from digest.findings import Difference
from digest.models import Article, Text, When
from digest.segment import segment_article


def article(ident: str, text: str, day: str | None = "2031-07-01", lang: str = "en") -> Article:
    published = When.parse(day) if day else None
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title="x", text=text, lang=lang, published=published))


def differences(*articles: Article | Sequence[Article]) -> tuple[Difference, ...]:
    """Return the differences of separate texts; several articles in a list are copies of one text."""
    texts = [Text((a,) if isinstance(a, Article) else tuple(a)) for a in articles]
    return find_differences(texts, align_sentences(texts))


def values(found: Sequence[Difference]) -> list[tuple[str, set[str]]]:
    return [(difference.what, {value.value for value in difference.values}) for difference in found]


QUAKE = "The quake struck the valley of Merkut at dawn and cut the road to Lomir, rescuers said."
"""Something that all say, so that sentences are not all that a topic has."""


@pytest.mark.parametrize(("one", "other", "found"), [
    ("The pirates in two boats surrounded the freighter Gibe off Port Selvan at noon.",
     "Pirates in three boats surrounded the freighter Gibe near Port Selvan around noon.", {"2", "3"}),
    ("Harbor master Mara Velt, 61, was arrested in Kess over the missing grain.",
     "Mara Velt, 58, harbor master of Kess, was arrested over the missing grain.", {"61 age", "58 age"}),
    ("The harbor of Kess bought both cranes of Orvale for $80 million, the mayor said.",
     "According to the mayor, the harbor of Kess bought the cranes of Orvale for $95 million.", {"80000000 usd", "95000000 usd"}),
])
def test_numbers_at_the_same_place(one: str, other: str, found: set[str]) -> None:
    assert values(differences(article("a", f"{one} {QUAKE}"), article("b", f"{QUAKE} {other}"))) == [("number", found)]


@pytest.mark.parametrize(("one", "other"), [
    # the same, said otherwise or less exactly
    ("The strike at the harbor of Kess lasted 44 days and cost the owners dearly.",
     "For six weeks the strike at the harbor of Kess cost the owners dearly."),
    ("The flood cut off nearly 300 villages of the Sirel valley.", "The flood cut off hundreds of villages of the Sirel valley."),
    ("At least 40 houses of Orvale burned down in the night.", "In the night 52 houses of Orvale burned down."),
    # different things
    ("The quake destroyed nine houses in Merkut and eleven houses in Hodar.", "The quake destroyed eleven houses in Hodar near Merkut."),
    ("Pirates in two boats surrounded the freighter Gibe off Port Selvan.", "The freighter Gibe off Port Selvan carried three cranes."),
    ("Mara Velt died nine days after the fire in the harbor of Kess.",
     "The fire in the harbor of Kess burned for three days, Mara Velt said."),
    ("Two others of the crew of the Gibe swam to Port Selvan.", "Three others of the crew of the Gibe swam to Port Selvan."),
    # one is a denial
    ("The mayor did not sell two cranes of the harbor of Kess to Orvale.", "The mayor sold three cranes of the harbor of Kess to Orvale."),
])
def test_numbers_that_are_not_set_against_each_other(one: str, other: str) -> None:
    assert differences(article("a", f"{one} {QUAKE}"), article("b", f"{QUAKE} {other}")) == ()


def test_an_article_that_gives_the_other_number_too_does_not_differ() -> None:
    one = "The pirates in two boats surrounded the freighter Gibe off Port Selvan at noon."
    other = "Pirates in three boats surrounded the freighter Gibe near Port Selvan around noon. First only two boats were seen."
    assert differences(article("a", one), article("b", other)) == ()


@pytest.mark.parametrize(("days", "found"), [
    (("2031-07-01", "2031-07-03"), []), (("2031-07-03", "2031-07-01"), [("number", {"9", "11"})]),
    (("2031-07-01", "2031-07-01"), [("number", {"9", "11"})]), ((None, "2031-07-01"), []),
])
def test_a_toll_grows(days: tuple[str | None, str], found: list[tuple[str, set[str]]]) -> None:
    one, other = "The quake in the valley of Merkut killed nine people.", "The quake in the valley of Merkut has killed eleven people."
    assert values(differences(article("a", one, days[0]), article("b", other, days[1]))) == found


SIGNED = "The leaders of Norway and Sweden signed a fishing agreement in Oslo on July {}."
"""A thing that two parties do but once in a few days."""


def test_days_of_one_signing_however_the_countries_are_called() -> None:
    one = article("a", SIGNED.format(10), "2031-07-20")
    accord = "Grain prices fell. Under the accord that Oslo and the Swedish side signed on July 9, boats may pass."
    other = article("b", accord, "2031-08-02")
    (found,) = differences(one, other)
    assert (found.what, [value.value for value in found.values]) == ("date", ["2031-07-10", "2031-07-09"])
    assert [value.spans[0].quote for value in found.values] == ["July 10", "July 9"]
    assert found.values[0].citations[0].quote == one.text
    assert found.about[:2] == ("Norway", "Sweden")
    assert not found.within


def test_a_truce_is_a_cease_fire_and_an_end_of_fighting() -> None:
    one = article("a", "Norway and Sweden signed a paper on July 10 to end the fighting.", "2031-07-20")
    other = article("b", "On July 9, Denmark oversaw a ceasefire between Stockholm and Oslo.", "2031-07-21")
    assert values(differences(one, other)) == [("date", {"2031-07-10", "2031-07-09"})]


@pytest.mark.parametrize(("one", "other"), [
    (SIGNED.format(10), "Swedes and Norwegians signed a fishing agreement on July 10, their papers wrote."),
    (SIGNED.format(10), "The leaders of Norway and Sweden signed a rail agreement in Oslo on July 18."),
    (SIGNED.format(10), "The leaders of Norway and Denmark signed a fishing agreement in Oslo on July 9."),
    (SIGNED.format(10), "The leaders of Norway and Sweden signed a fishing agreement in July."),
    (SIGNED.format(10), SIGNED.format(9) + " It came into force on July 10."),
    (SIGNED.format(10), "The agreement that Norway and Sweden signed is good, a spokesman said on July 9."),
    ("Norway and Sweden held fishing talks in Oslo on July 10.", "Norway and Sweden held fishing talks in Oslo on July 9."),
])
def test_days_that_are_not_set_against_each_other(one: str, other: str) -> None:
    assert differences(article("a", one, "2031-07-20"), article("b", other, "2031-07-20")) == ()


def test_alike_sentences_give_different_days_of_one_happening() -> None:
    one = "The ferry Selvan Star sank off Port Brena on July 3 in thick fog."
    other = "In thick fog the ferry Selvan Star sank near Port Brena on July 2."
    found = differences(article("a", one, "2031-07-20"), article("b", other, "2031-07-20"))
    assert values(found) == [("date", {"2031-07-03", "2031-07-02"})]


def test_a_weekday_stands_with_the_day_that_it_is_and_an_undated_copy_borrows_its_day() -> None:
    copies = [article("dated", "On Monday the leaders of Norway and Sweden signed a fishing agreement.", "2031-07-16"),
              article("undated", "On Monday the leaders of Norway and Sweden signed a fishing agreement on July 15.", None)]
    other = article("other", "Boats pass under the agreement that Norway and Sweden signed on July 14.", "2031-08-20")
    (found,) = differences(copies, other)
    by_value = {value.value: value for value in found.values}
    assert {c.article.id for c in by_value["2031-07-14"].citations} == {"dated", "other"}
    assert [c.article.id for c in by_value["2031-07-15"].citations] == ["undated"]
    assert (by_value["2031-07-15"].assumed, by_value["2031-07-14"].assumed) == (True, False)


def test_copies_of_one_text_do_not_differ() -> None:
    copies = [article("a", SIGNED.format(10), "2031-07-20"), article("b", SIGNED.format(9), "2031-07-20")]
    assert differences(copies, article("c", QUAKE)) == ()


@pytest.mark.parametrize(("one", "other", "what", "found"), [
    ("Harbor master Nadira Velt told the court in Kess that the grain was wet. Velt then left.",
     "The harbor master, Ilse Velt, told the court in Kess that the grain was wet. Velt then left.", "name", {"Nadira Velt", "Ilse Velt"}),
    ("The stolen bells of Kess were found in a barn in Norway on Sunday, the sexton said.",
     "The stolen bells of Kess were found in a barn in Sweden on Sunday, the sexton said.", "place", {"Norway", "Sweden"}),
    ("The court of Kess acquitted harbor master Mara Velt of taking the grain.",
     "The court of Kess convicted harbor master Mara Velt of taking the grain.", "state", {"acquitted", "convicted"}),
])
def test_names_places_and_states(one: str, other: str, what: str, found: set[str]) -> None:
    assert values(differences(article("a", f"{one} {QUAKE}"), article("b", f"{QUAKE} {other}"))) == [(what, found)]


@pytest.mark.parametrize(("one", "other"), [
    ("Harbor master Bill Velt told the court in Kess that the grain was wet. Velt then left.",
     "The harbor master, William Velt, told the court in Kess that the grain was wet. Velt then left."),
    ("The stolen bells of Kess were found in a barn in Norway on Sunday.",
     "The stolen bells of Kess were found in a barn in Sweden on Sunday. They had been in Norway."),
    ("The court of Kess acquitted harbor master Mara Velt of taking the grain.",
     "The court of Kess convicted harbor master Mara Velt of taking the grain. A higher court acquitted her."),
])
def test_what_both_may_be_right_about(one: str, other: str) -> None:
    assert differences(article("a", f"{one} {QUAKE}"), article("b", f"{QUAKE} {other}")) == ()


@pytest.mark.parametrize(("text", "found"), [
    ("Baker Mara Velt, 61, was seen in Kess. Her son Jon Velt, 30, was not. In the evening Mara Velt, 58, returned.", {"61 age", "58 age"}),
    ("Baker Mara Velt, 61, was seen in Kess. Her son Jon Velt, 30, was not.", None),
])
def test_an_article_that_contradicts_itself(text: str, found: set[str] | None) -> None:
    told = differences(article("a", text), article("b", QUAKE))
    assert [(d.within, {value.value for value in d.values}) for d in told] == ([(True, found)] if found else [])


def test_order_of_input_does_not_matter_and_everything_is_verbatim() -> None:
    articles = [article(ident, SIGNED.format(day), "2031-07-20") for ident, day in (("a", 10), ("b", 9), ("c", 10))]
    found = [differences(*order) for order in itertools.permutations(articles)]
    assert all(one == found[0] for one in found)
    assert [value.value for value in found[0][0].values] == ["2031-07-10", "2031-07-09"]
    for value in found[0][0].values:
        assert len(value.citations) == len(value.spans)
        for whole, span in zip(value.citations, value.spans, strict=True):
            assert whole.start <= span.start
            assert span.end <= whole.end
            assert whole.article.text[span.start:span.end] == span.quote


def test_one_text_has_no_differences() -> None:
    assert differences(article("a", SIGNED.format(10))) == ()
    assert differences() == ()


def test_a_value_cites_the_copies_that_carry_its_sentence() -> None:
    two = f"{QUAKE} The pirates in two boats surrounded the freighter Gibe off Port Selvan at noon."
    three = f"Pirates in three boats surrounded the freighter Gibe near Port Selvan around noon. {QUAKE}"
    (found,) = differences([article("a", two), article("copy", two), article("cut", QUAKE)], article("b", three))
    assert {value.value: [cited.article.id for cited in value.citations] for value in found.values} == {"2": ["a", "copy"], "3": ["b"]}
    assert all(span.quote in cited.quote for value in found.values for cited, span in zip(value.citations, value.spans, strict=True))
