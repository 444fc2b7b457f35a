"""Quantities of sentences in ten languages: what they are, what they are not, and which can both be right."""

import pytest

from digest.quantities import Quantity, are_comparable, are_compatible, find_quantities


def only(text: str, lang: str = "en") -> Quantity:
    """Return the one quantity of a sentence."""
    found = find_quantities(text, lang)
    assert len(found) == 1, [text[q.start:q.end] for q in found]
    return found[0]


@pytest.mark.parametrize(("text", "lang", "words", "shown"), [
    ("The strike lasted 44 days.", "en", "44 days", "44 day"),
    ("A 44-day strike ended.", "en", "44-day", "44 day"),
    ("They held out for six weeks.", "en", "six weeks", "6 week"),
    ("It cost $1.5 million in all.", "en", "$1.5 million", "1500000 usd"),
    ("It cost about $3 in all.", "en", "about $3", "3 usd"),
    ("It cost 1,200,000 euros.", "en", "1,200,000 euros", "1200000 eur"),
    ("Prices rose by five percent.", "en", "five percent", "5 percent"),
    ("Prices rose 5%.", "en", "5%", "5 percent"),
    ("Two hundred and fifty-three sheep died.", "en", "Two hundred and fifty-three", "253"),
    ("A magnitude 5.9 quake shook Merkut.", "en", "5.9", "5.9 magnitude"),
    ("Mara Velt, 44, resigned.", "en", "44", "44 age"),
    ("The 44-year-old minister resigned.", "en", "44-year-old", "44 age"),
    ("Nearly 300 villages have no water.", "en", "Nearly 300", "300"),
    ("Hundreds of thousands of people were displaced.", "en", "Hundreds of thousands", "100000"),
    ("Bei dem Unglück starben 1.200 Menschen.", "de", "1.200", "1200"),
    ("Einundzwanzig Häuser brannten.", "de", "Einundzwanzig", "21"),
    ("Die Preise stiegen um 3,5 Prozent.", "de", "3,5 Prozent", "3.5 percent"),
    ("La crue a fait 1 200 morts.", "fr", "1 200", "1200"),
    ("Le port a coûté 40 millions d'euros.", "fr", "40 millions d'euros", "40000000 eur"),
    ("El puente costó 5,5 millones de euros.", "es", "5,5 millones de euros", "5500000 eur"),
    ("Em seis semanas nada mudou.", "pt", "seis semanas", "6 week"),
    ("L'alluvione ha causato 31 morti.", "it", "31", "31"),
    ("De storm kostte 12 mensen het leven, zeven doden vielen in Kess.", "nl", "zeven", "7"),
    ("Погибли 48 тысяч человек.", "ru", "48 тысяч", "48000"),
    ("Война длилась 44 дня.", "ru", "44 дня", "44 day"),
    ("Depremde 1.200 kişi öldü.", "tr", "1.200", "1200"),
    ("Grev 44 gün sürdü.", "tr", "44 gün", "44 day"),
    ("قتل ٢٤ شخصا", "ar", "٢٤", "24"),
])
def test_quantities_of_ten_languages(text: str, lang: str, words: str, shown: str) -> None:
    quantity = only(text, lang)
    assert (text[quantity.start:quantity.end], quantity.shown) == (words, shown)


@pytest.mark.parametrize("text", [
    "They met on Nov. 10 and May 3.", "It happened in 2020.", "The train left at 7 p.m. and came at 10:30.", "Kess won 3-1.",
    "A Falcon 737 landed.", "The 21st meeting began.", "The two countries agreed.", "Two of them left.", "Two others were hurt.",
    "The first three days were calm.", "No number at all.",
])
def test_numbers_that_are_no_quantities(text: str) -> None:
    assert find_quantities(text, "en") == ()


@pytest.mark.parametrize(("text", "kind", "heads"), [
    ("The flood left nine dead.", "death", True), ("The flood killed nine people.", "death", False),
    ("Nine people were killed.", "death", False), ("Nine miners were injured.", "injury", True), ("Nine bridges are closed.", "", True),
])
def test_what_is_counted(text: str, kind: str, *, heads: bool) -> None:
    quantity = only(text)
    assert (quantity.kind, bool(quantity.heads)) == (kind, heads)


def test_each_number_counts_its_own() -> None:
    killed, injured = find_quantities("The flood killed nine people and injured 30.", "en")
    assert (killed.kind, killed.value, injured.kind, injured.value) == ("death", 9, "injury", 30)
    assert find_quantities("The storm that killed nine injured many.", "en") == ()


@pytest.mark.parametrize(("one", "other"), [
    ("a 44-day strike", "a strike of six weeks"), ("a 44-day strike", "the six-week strike"),
    ("nearly 300 villages", "hundreds of villages"), ("at least 9 dead", "11 dead"), ("1.2 million houses", "1,200,000 houses"),
    ("300 houses", "298 houses"), ("about 50 houses", "53 houses"),
    ("up to 50 houses", "30 houses"), ("a 5.9-magnitude quake", "a magnitude 6 quake"), ("90 minutes of rain", "1.5 hours of rain"),
    ("nine dead", "ten days"), ("3 km of road", "3000 meters of road"), ("more than 40 sheep", "61 sheep"),
])
def test_compatible(one: str, other: str) -> None:
    assert are_compatible(only(one), only(other))
    assert are_compatible(only(other), only(one))


@pytest.mark.parametrize(("one", "other"), [
    ("nine dead", "ten dead"), ("44 days of strike", "three weeks of strike"), ("1.2 million houses", "1.4 million houses"),
    ("fewer than 20 houses", "31 houses"), ("a 5.9-magnitude quake", "a magnitude 6.1 quake"), ("200 houses", "400 houses"),
])
def test_not_compatible(one: str, other: str) -> None:
    assert not are_compatible(only(one), only(other))
    assert not are_compatible(only(other), only(one))


@pytest.mark.parametrize(("one", "other", "comparable"), [
    ("The flood killed nine people.", "Nine are dead after the flood.", True),
    ("Nine bridges are closed.", "The flood closed ten bridges.", True),
    ("Nine bridges are closed.", "Nine miners were killed.", False), ("A 44-day strike ended.", "The strike lasted six weeks.", True),
    ("Prices rose 5 percent.", "Wages fell 4 percent.", False),
])
def test_comparable(one: str, other: str, *, comparable: bool) -> None:
    assert are_comparable(only(one), only(other)) is comparable


def test_other_languages_have_none_but_figures_with_signs() -> None:
    assert find_quantities("Tři muži zemřeli.", "cs") == ()
    assert only("Stálo to 40 %.", "cs").shown == "40 percent"


def test_money_alone_in_brackets_is_a_conversion() -> None:
    assert [found.unit for found in find_quantities("Sarvena lends Nolvar 40 million euros ($44 million) for the bridge.", "en")] == ["eur"]
    assert [found.unit for found in find_quantities("Sarvena lends Nolvar $44 million for the bridge.", "en")] == ["usd"]
