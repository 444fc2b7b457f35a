"""A statement is said to be found in the press of one language alone only where something shows that the others do not tell it."""

from pathlib import Path

import pytest

from digest.compare.abroad import only_language
from digest.findings import Statement
from digest.models import Article, Citation, Story, Text, Title, Topic, Why
from digest.segment import segment_article
from digest.telling import Telling
from digest.translation import Original, Translation

WHY = Why((), 1.0)
LANTERNS = "Belediye başkanı Berkant Toprak, gece kürek çeken 45 kayıkçıya birer fener armağan etti."
AGAIN = "Başkan Berkant Toprak 45 kayıkçıya birer fener armağan etti."
FERRIES = "The drawbridge of Orvane is stuck open. Ferries carry commuters across the river. Bakers sold out before nine."


def article(lang: str, text: str, ident: str = "") -> Article:
    return segment_article(Article(id=ident or f"of-{lang}", path=Path("x.md"), title=text[:20], text=text, lang=lang))


def statement(*articles: Article) -> Statement:
    """Return a statement of the first sentence of each article."""
    return Statement(tuple(Citation.of(found, found.sentences[0]) for found in articles), len(articles), ())


def topic(*articles: Article) -> Topic:
    title = Title("x", "en", "editor")
    return Topic("t-1", "t", title, (Story("s-1", title, tuple(Text((found,)) for found in articles), WHY),), WHY)


def only(telling: Telling, *others: Article, said: tuple[str, str] = (LANTERNS, AGAIN), lang: str = "tr") -> str | None:
    """Return in whose press alone two articles of a language are said to tell something, beside others in the same topic."""
    one, other = article(lang, said[0], "one"), article(lang, said[1], "other")
    return only_language(statement(one, other), topic(one, other, *others), telling)


def telling(lang: str = "en", told: str = "", text: str = LANTERNS) -> Telling:
    """Return a telling in which a Turkish sentence is translated, if it is."""
    became = {Original(text, "tr"): Translation(text=told, lang=lang, source="tr", engine="argos", model="1.9")} if told else {}
    return Telling(lang=lang, translations=became)


def test_what_no_other_language_tells_is_found_in_one_alone() -> None:
    assert only(telling(), article("en", FERRIES)) == "tr"
    assert only(telling("he"), article("en", FERRIES)) == "tr"
    assert only(telling(told="Mayor Berkant Toprak gave lanterns to 45 boatmen who rowed at night."), article("en", FERRIES)) == "tr"


def test_readers_of_the_language_are_not_told_so() -> None:
    assert only(telling("tr"), article("en", FERRIES)) is None
    assert only(telling("pt-BR"), article("en", FERRIES), lang="pt") is None


def test_where_all_articles_are_in_one_language_nothing_is_said() -> None:
    assert only(telling()) is None
    assert only(telling(), article("tr", "Köprü açık kaldı. Fırınlar ekmek dağıttı.")) is None


def test_what_two_languages_tell_is_found_in_neither_alone() -> None:
    one, other = article("tr", LANTERNS), article("en", "Mayor Berkant Toprak gave lanterns to 45 boatmen.")
    assert only_language(statement(one, other), topic(one, other, article("ru", "Мост не работает.")), telling("he")) is None


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "Mayor Berkant Toprak thanked the boatmen."), ("en", "The mayor is Berkant. He gave lanterns to 45 boatmen."),
    ("ru", "Мэр Беркант Топрак подарил лодочникам фонари."), ("ru", "Мэр Топрак благодарил гребцов. Их было 45 человек."),
    ("uk", "Мер Беркант Топрак подарував човнярам ліхтарі."), ("ar", "شكر رئيس البلدية بيركانت توبراك أصحاب القوارب."),
    ("fa", "شهردار برکانت توپراک از قایقرانان تشکر کرد."), ("he", "ראש העיר ברקנט טופראק הודה לבעלי הסירות."),
    ("hi", "मेयर बर्कांत तोप्राक ने नाविकों को धन्यवाद दिया।"), ("hy", "Քաղաքապետ Բերքանթ Թոփրաքը շնորհակալություն հայտնեց։"),
    ("ka", "მერმა ბერქანთ თოფრაქმა მადლობა გადაუხადა მენავეებს."), ("el", "Ο Τοπράκ ευχαρίστησε τους 45 βαρκάρηδες."),
])
def test_names_and_numbers_in_any_script_show_that_another_language_may_tell_it(lang: str, text: str) -> None:
    """Half of them, in two sentences that stand together."""
    assert only(telling("es"), article(lang, f"It rains today. {text} It snows today.")) is None


@pytest.mark.parametrize(("lang", "text"), [
    ("zh", "市长贝尔坎特·托普拉克感谢了45名船夫。"), ("ja", "橋は開いたままだ。パンは九時前に売り切れた。"), ("th", "สะพานเปิดค้างอยู่"),
])
def test_where_names_cannot_be_told_from_words_nothing_is_said(lang: str, text: str) -> None:
    assert only(telling(), article("en", FERRIES), article(lang, text)) is None
    assert only(telling("en"), article("en", FERRIES), said=(text, text), lang=lang) is None


@pytest.mark.parametrize("text", [
    "Mayor Toprak thanked the boatmen. Children flew kites on the quay. Bread was dear. There were 45 kites.",
    "Forty boatmen rowed. The mayor of Orvane is 54 years old.",
])
def test_one_name_or_number_alone_shows_nothing(text: str) -> None:
    assert only(telling(), article("en", text)) == "tr"


@pytest.mark.parametrize("said", [
    ("Kayıkçılar gece boyunca kürek çekti.", "Kayıkçılar gece boyunca kürek çekti."), ("Belediye başkanı Toprak teşekkür etti.",) * 2,
    ("Kayıkçılara 45 fener armağan edildi.",) * 2,
])
def test_a_sentence_without_two_names_and_numbers_cannot_be_searched_for(said: tuple[str, str]) -> None:
    assert only(telling(), article("en", FERRIES), said=said) is None


def test_words_like_those_of_its_translation_show_that_its_readers_press_may_tell_it() -> None:
    told = "The mayor gave lanterns to the boatmen who rowed at night."
    press = article("en", f"{FERRIES} At night the boatmen rowed on. The town gave lanterns to all of them.")
    assert only(telling(), press) == "tr"
    assert only(telling(told=told), press) is None
    assert only(telling("he", told="ראש העיר העניק פנסים לבעלי הסירות."), press) == "tr"
