"""Sentences of different texts that are alike are found, whatever the spelling of their names."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.compare.align import align_sentences
from digest.compare.profiles import merge_spellings, profile_sentences, read_number
from digest.models import Article, Text
from digest.segment import segment_article


def article(ident: str, text: str, lang: str = "en") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title=ident, text=text, lang=lang))


def texts(*bodies: str, lang: str = "en") -> list[Text]:
    return [Text((article(f"a{number}", body, lang),)) for number, body in enumerate(bodies)]


def pairs(found: Sequence[Text]) -> list[tuple[str, str]]:
    return [(a.one.quote, a.other.quote) for a in align_sentences(found)]


FERRY = "The ferry Almira sank off Port Selvi on Tuesday with 212 people aboard."
SUNK = "With 212 passengers on board, the Almira went down near Port Selvi."
BREAD = "Bakers in Nolvar raised the price of a loaf by a tenth."


def test_alike_sentences_are_paired_in_the_order_of_the_texts() -> None:
    assert pairs(texts(FERRY + " " + BREAD, "Nothing of the kind was reported elsewhere. " + SUNK)) == [(FERRY, SUNK)]


def test_sentences_of_one_text_and_of_two_languages_are_not_paired() -> None:
    assert not pairs(texts(f"{FERRY} {SUNK}"))
    mixed = [Text((article("a", FERRY),)), Text((article("b", FERRY, "es"),))]
    assert not pairs(mixed)


def test_copies_speak_once() -> None:
    copied = [Text((article("a", FERRY), article("b", FERRY))), Text((article("c", SUNK),))]
    assert [(a.one.article.id, a.other.article.id) for a in align_sentences(copied)] == [("a", "c")]


@pytest.mark.parametrize(("one", "other", "lang"), [
    ("Premier Anush Pashelian met the envoy Çelik Doğru in Sarvena.", "In Sarvena, Pashelyan received Celik Dogru.", "en"),
    ("The cease-fire of Nov. 4 holds along the Sarvena river.", "A ceasefire agreed on November 4 was kept at the river Sarvena.", "en"),
    ("El puerto de Selvi cerró el 4 de marzo por la huelga.", "La huelga obligó a cerrar el puerto de Selvi.", "es"),
    ("Паром «Альмира» затонул у порта Сельви.", "Возле порта Сельви затонул паром «Альмира».", "ru"),
])
def test_spellings_inflections_and_compounds_are_compared_alike(one: str, other: str, lang: str) -> None:
    assert align_sentences(texts(one, other, lang=lang))[0].score >= 0.35


def test_equal_sentences_score_one() -> None:
    assert align_sentences(texts(FERRY, FERRY))[0].score == pytest.approx(1)


@pytest.mark.parametrize(("names", "merged"), [
    (["pashelyan", "pashelian"], {"pashelyan": "pashelian"}),
    (["dorva", "dorvi"], {}),
    (["sarvena", "nolvar"], {}),
])
def test_spellings(names: list[str], merged: dict[str, str]) -> None:
    assert merge_spellings(names) == merged == merge_spellings(reversed(names))


@pytest.mark.parametrize(("word", "number"), [
    ("48,000", "#48000"), ("1.5", "#1.5"), ("1.250.000", "#1250000"), ("2021", "#2021"), ("٤٨", "#48"),
])
def test_numbers(word: str, number: str) -> None:
    assert read_number(word) == number


def test_boilerplate_says_nothing() -> None:
    assert not profile_sentences(article("a", "Subscribe to our newsletter for more news from Sarvena."))


def test_the_order_of_the_texts_only_turns_pairs_round() -> None:
    found = texts(f"{FERRY} {BREAD}", SUNK, BREAD, "The Almira, with 212 people aboard, sank. Bread costs a tenth more in Nolvar.")
    known = {frozenset(pair) for pair in pairs(found)}
    for seed in range(5):
        shuffled = random.Random(seed).sample(found, len(found))
        assert {frozenset(pair) for pair in pairs(shuffled)} == known
