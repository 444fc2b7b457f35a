"""The language of a text is the one that py3langid tells, whatever the text."""

from hypothesis import example, given
from hypothesis import strategies as st
from py3langid import classify as told

from digest.ingest.language import detect_language, settle_language
from digest.ingest.ngrams import classify

GREETINGS = ("The council approved the plan.", "Совет одобрил план моста.", "Belediye meclisi planı onayladı.", "وافق المجلس على الخطة.",
             "市议会批准了该计划。", "Der Rat hat den Plan gebilligt.", "המועצה אישרה את התוכנית.", "परिषद ने योजना को मंजूरी दी।")


@example("")
@example("THE COUNCIL")
@example("e\u0301te\u0301 \ud800")
@given(st.text(st.characters(), max_size=60) | st.lists(st.sampled_from(GREETINGS)).map(" ".join))
def test_as_py3langid_tells_it(text: str) -> None:
    assert classify(text) == told(text)[0]


def test_a_few_letters_tell_no_language() -> None:
    assert detect_language("The council 2021, 18.02.") is None
    assert detect_language("The council approved it.") == "en"


def test_a_long_text_is_believed_against_the_page() -> None:
    assert settle_language("de-AT", "The council. " * 30, "en") == "en"
    assert settle_language("de-AT", "The council.", "en") == "de-AT"
    assert settle_language("und", "The council.", "en") == "en"
