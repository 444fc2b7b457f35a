"""Different words for one thing: names of one place, words that take sides, spellings; and what is none of these."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.compare.align import align_sentences
from digest.compare.wording import find_wording
from digest.findings import Wording
from digest.models import Article, Text, When
from digest.segment import segment_article


def article(ident: str, text: str, lang: str = "en") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title="x", text=text, lang=lang, published=When.parse("2031-07-20")))


def wording(*articles: Article | Sequence[Article]) -> tuple[Wording, ...]:
    """Return the wording of separate texts; several articles in a list are copies of one text."""
    texts = [Text((a,) if isinstance(a, Article) else tuple(a)) for a in articles]
    return find_wording(texts, align_sentences(texts))


def told(found: Sequence[Wording]) -> list[tuple[str, set[str]]]:
    return [(words.kind, {value.value for value in words.values}) for words in found]


def test_two_names_of_one_place() -> None:
    one = article("a", "The envoys spoke about the roads in Upper Merkut on Monday. Snow fell in Upper Merkut.")
    other = article("b", "On Monday the envoys spoke about the roads in Nordi Merkut. Nobody lives in Nordi Merkut.")
    (found,) = wording(one, other)
    assert (found.kind, {value.value for value in found.values}, found.about) == ("name", {"Upper Merkut", "Nordi Merkut"}, ("Merkut",))
    assert [value.citations[0].article.id for value in found.values] == ["a", "b"]
    assert [value.spans[0].quote for value in found.values] == [value.value for value in found.values]


@pytest.mark.parametrize(("one", "other"), [
    # a text that has both tells two places
    ("The envoys spoke about roads in Upper Merkut. Snow fell in Upper Merkut.",
     "The envoys spoke about roads in Nordi Merkut, far from Upper Merkut. Nobody lives in Nordi Merkut."),
    # many names end so
    ("The envoys spoke about roads in Kess County. Snow fell in Kess County.",
     "The envoys spoke about roads in Lomir County. Nobody lives in Lomir County."),
    # people of one surname
    ("The envoys met Mara Velt about the roads. Later Mara Velt said no.",
     "The envoys met Nadira Velt about the roads. Later Nadira Velt said yes."),
    # nothing alike
    ("Snow fell in Upper Merkut. The road to Upper Merkut is long.", "Nobody grows rice in Nordi Merkut. Rice in Nordi Merkut is dear."),
])
def test_names_of_two_things(one: str, other: str) -> None:
    assert wording(article("a", one), article("b", other)) == ()


@pytest.mark.parametrize(("one", "other", "found"), [
    ("During the war Norway liberated the ports of the Orvale coast from Swedish rule.",
     "The pact leaves to Norway the ports of Orvale that it had regained control of during the war with Sweden.",
     {"liberated", "regained control of"}),
    ("Rebels shelled the grain harbor of Orvale at night and two cranes burned.",
     "At night terrorists shelled the grain harbor of Orvale; two cranes burned.", {"rebels", "terrorists"}),
    ("On July 3 the Swedish army launched attacks on Norwegian ports.", "The conflict between Oslo and Stockholm re-escalated on July 3.",
     {"launched attacks", "re-escalated"}),
])
def test_words_that_take_sides(one: str, other: str, found: set[str]) -> None:
    assert told(wording(article("a", one), article("b", other))) == [("verb", found)]


@pytest.mark.parametrize(("one", "other"), [
    # the words of somebody else
    ("Norway liberated the ports of the Orvale coast during the war with Sweden.",
     "“Norway regained control of the ports of the Orvale coast during the war with Sweden,” a general said."),
    # another did it
    ("During the war Norway liberated the ports of the Orvale coast, Sweden says.",
     "During the war the ports of the Orvale coast were occupied by Sweden, Norway says."),
    # a text that has both
    ("Rebels shelled the grain harbor of Orvale at night.", "At night terrorists shelled the grain harbor of Orvale; rebels deny it."),
    # neither takes a side
    ("The government of Sarvena sold the grain harbor of Orvale at night.",
     "The administration of Sarvena sold the grain harbor of Orvale at night."),
    # other things
    ("Rebels shelled the grain harbor of Orvale.", "The minister warned of terrorists in the mountain schools."),
])
def test_words_that_are_not_set_against_each_other(one: str, other: str) -> None:
    assert wording(article("a", one), article("b", other)) == ()


def test_copies_count_with_their_text() -> None:
    rebels = "Rebels shelled the grain harbor of Orvale at night and two cranes burned."
    terrorists = "At night terrorists shelled the grain harbor of Orvale; two cranes burned."
    (found,) = wording([article("a", rebels), article("b", rebels)], article("c", terrorists))
    assert [[citation.article.id for citation in value.citations] for value in found.values] == [["a", "b"], ["c"]]
    assert wording([article("a", rebels), article("b", terrorists)], article("c", "Rice is dear in Kess.")) == ()


def test_other_languages_have_families_too() -> None:
    one = article("a", "Повстанцы обстреляли ночью зерновой порт Орвале, сгорели два крана.", "ru")
    other = article("b", "Ночью террористы обстреляли зерновой порт Орвале, сгорели два крана.", "ru")
    assert told(wording(one, other)) == [("verb", {"повстанцы", "террористы"})]


@pytest.mark.parametrize(("one", "other", "found"), [
    ("We met Nikol Arvenian. Then Arvenian left.", "They saw Nikol Arvenyan. Then Arvenyan slept.", {"Arvenian", "Arvenyan"}),
    ("We met Özgür Çeliköz. Then Çeliköz left.", "They saw Ozgur Celikoz. Then Celikoz slept.", {"Çeliköz", "Celikoz"}),
])
def test_spellings(one: str, other: str, found: set[str]) -> None:
    assert told(wording(article("a", one), article("b", other))) == [("spelling", found)]


@pytest.mark.parametrize(("one", "other", "lang"), [
    ("Мы видели Аршавина. Это письмо Аршавина.", "Они пишут Аршавину. Дали Аршавину хлеб.", "ru"),
    ("We met the Valkessa Theatre crew at Valkessa Theatre.", "They left Valkessa Theater; then Valkessa Theater closed.", "en"),
    ("We met Mara Velt. We like Mara Velt.", "WE MET MARA VELT. We like MARA VELT, they say of MARA VELT.", "en"),
])
def test_endings_and_habits_are_no_spellings(one: str, other: str, lang: str) -> None:
    assert wording(article("a", one, lang), article("b", other, lang)) == ()


def test_languages_spell_in_their_own_way() -> None:
    one, other = "We met Nikol Arvenian. Then Arvenian left.", "Wij zagen Nikol Arvenjan. Toen sliep Arvenjan."
    assert wording(article("a", one), article("b", other, "nl")) == ()


def test_order_of_input_does_not_matter_and_everything_is_verbatim() -> None:
    articles = [article("a", "Rebels shelled the grain harbor of Orvale at night and two cranes burned. We saw Nikol Arvenian there."),
                article("b", "At night terrorists shelled the grain harbor of Orvale; two cranes burned. They met Nikol Arvenyan."),
                article("c", "At night separatists shelled the grain harbor of Orvale and burned two cranes. It was Nikol Arvenian.")]
    found = [wording(*order) for order in itertools.permutations(articles)]
    assert all(one == found[0] for one in found)
    assert {words.kind for words in found[0]} == {"verb", "spelling"}
    for value in (value for words in found[0] for value in words.values):
        for whole, span in zip(value.citations, value.spans, strict=True):
            assert whole.start <= span.start
            assert span.end <= whole.end


def test_one_text_has_no_other_wording() -> None:
    assert wording(article("a", "Rebels and terrorists met.")) == ()
    assert wording() == ()
