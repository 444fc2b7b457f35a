"""What only one text of an event tells is told by no other; where there is only one text, nothing is told alone."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.compare.align import align_sentences
from digest.compare.alone import MOST, find_alone
from digest.models import Article, Story, Text, Title, Why
from digest.segment import segment_article

FERRY = "The ferry Almira sank off Port Selvi on Tuesday with 212 people aboard."
SUNK = "With 212 people aboard, the Almira went down near Port Selvi."
COST = "Its owner Telmar Lines had bought the ship for 48 million crowns in a sale at Brelle."


def article(ident: str, text: str, lang: str = "en", title: str = "Ferry") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title=title, text=text, lang=lang, outlet=ident))


def alone(texts: Sequence[Text], further: Sequence[Text] = ()) -> list[str]:
    story = Story("s", Title("Ferry", "en", "terms"), tuple(texts), Why((), 0.0))
    every = (*texts, *further)
    return [statement.citations[0].quote for statement in find_alone(story, every, align_sentences(every))]


def test_what_one_text_tells() -> None:
    assert alone([Text((article("a", f"{FERRY} {COST}"),)), Text((article("b", SUNK),))]) == [COST]


def test_one_text_tells_nothing_alone() -> None:
    assert not alone([Text((article("a", f"{FERRY} {COST}"),))])
    assert not alone([Text((article("a", f"{FERRY} {COST}"),)), Text((article("b", "El ferry se hundió.", "es"),))])


@pytest.mark.parametrize("other", [
    "The ship had cost Telmar Lines 48 million crowns.",
    "Telmar Lines owned the ship. It had paid 48 million crowns for it at Brelle.",
    "Telmar Lines, of Brelle, is a company of 48 ships.",
])
def test_what_another_text_tells_in_other_words_or_in_pieces(other: str) -> None:
    assert not alone([Text((article("a", f"{FERRY} {COST}"),)), Text((article("b", f"{SUNK} {other}"),))])


def test_a_copy_of_another_text_and_another_story_of_the_topic_tell_it_too() -> None:
    one, copied = Text((article("a", f"{FERRY} {COST}"),)), Text((article("b", SUNK), article("c", f"{SUNK} {COST}")))
    assert not alone([one, copied])
    assert not alone([one, Text((article("b", SUNK),))], [Text((article("d", COST),))])


def test_a_headline_tells_it_too() -> None:
    headline = "Telmar Lines paid 48 million for ferry in Brelle sale"
    assert not alone([Text((article("a", f"{FERRY} {COST}"),)), Text((article("b", SUNK, title=headline),))])


def test_copies_are_cited_and_a_text_has_few() -> None:
    many = " ".join(f"Sailor {name} of {town} swam {n} miles to the lighthouse." for n, (name, town) in enumerate([
        ("Aro", "Vesk"), ("Bemm", "Lund"), ("Coril", "Pray"), ("Drast", "Molk"), ("Eben", "Tarn")], 11))
    story = Story("s", Title("Ferry", "en", "terms"), (Text((article("a", f"{FERRY} {many}"), article("b", f"{FERRY} {many}"))),
                                                       Text((article("c", SUNK),))), Why((), 0.0))
    found = find_alone(story, story.texts, align_sentences(story.texts))
    assert len(found) == MOST
    assert all([cited.article.id for cited in statement.citations] == ["a", "b"] for statement in found)
    assert {statement.separate_texts for statement in found} == {1}
    assert [statement.citations[0].start for statement in found] == sorted(statement.citations[0].start for statement in found)
