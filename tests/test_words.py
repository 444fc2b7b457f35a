"""What a word is, in scripts with marks, with joiners and without blanks."""

import pytest

from digest.words import fold, spaceless, split, stems, words


@pytest.mark.parametrize(("text", "expected"), [
    ("It's 1,500 sea-ice floes.", ["It", "s", "1,500", "sea", "ice", "floes"]),
    ("हिन्दी में समाचार", ["हिन्दी", "में", "समाचार"]),
    ("বাংলা খবর", ["বাংলা", "খবর"]),
    ("தமிழ் செய்தி", ["தமிழ்", "செய்தி"]),
    ("మా ఊరు, ಕನ್ನಡ", ["మా", "ఊరు", "ಕನ್ನಡ"]),
    ("שָׁלוֹם עוֹלָם", ["שָׁלוֹם", "עוֹלָם"]),
    ("مُحَمَّدٌ رَسُول", ["مُحَمَّدٌ", "رَسُول"]),
    ("می\u200cخواهم", ["می\u200cخواهم"]),
    ("Cafe\u0301 noir", ["Cafe\u0301", "noir"]),
    ("東京都 ok 12", ["東京", "京都", "ok", "12"]),
    ("…", []),
    ("", []),
])
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_split_text_is_gaps_and_words_in_turn() -> None:
    assert split("“Mara Velt” left") == ["“", "Mara", " ", "Velt", "” ", "left", ""]
    assert split("東京都 ok") == ["", "東京", "", "京都", " ", "ok", ""]


@pytest.mark.parametrize(("one", "other"), [
    ("İSTANBUL", "istanbul"), ("Çavuşoğlu", "cavusoglu"), ("مُحَمَّد", "محمد"), ("שָׁלוֹם", "שלום"), ("می\u200cخواهم", "میخواهم"),
])
def test_folded_words_are_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_stems() -> None:
    assert stems("The bridges’ opening", "en") == ["the", "bridg", "open"]
    assert stems("Bridges", "qqq") == ["bridges"]
    assert stems("…", "en") == []


def test_characters_of_scripts_without_blanks() -> None:
    assert spaceless("東京 ok 12 ไทย") == "東京ไทย"
