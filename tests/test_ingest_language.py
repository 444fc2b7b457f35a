"""A text tells its language where it is long enough, and is believed against the page where it is longer still."""

from digest.ingest.language import detect_language, settle_language


def test_a_few_letters_tell_no_language() -> None:
    assert detect_language("The council 2021, 18.02.") is None
    assert detect_language("The council approved it.") == "en"


def test_a_long_text_is_believed_against_the_page() -> None:
    assert settle_language("de-AT", "The council. " * 30, "en") == "en"
    assert settle_language("de-AT", "The council.", "en") == "de-AT"
    assert settle_language("und", "The council.", "en") == "en"
