"""Cleaning: what nobody sees goes, mojibake is undone, good text stays."""

import re
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.clean import clean_line, clean_text

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f\U0001fffe\U0010ffff]"
)
CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from(
        "\x00\x0b\x1b\x7f\x80\x85\x92\x9f\u00ad\u200b\u200c\u200d\u200e\u2028\u2029\u202e\u2060\u2066\ufeff\ufffe\ud800\udc00\r\n\U000e0041"
    ),
    st.sampled_from("ÃÂâ€™œ©¼ðŸ˜€áРСЂа\u0301\u0323e"),
)


@given(st.text(CHARACTERS, max_size=200))
@settings(max_examples=400, deadline=None)
def test_properties(text: str) -> None:
    cleaned = clean_text(text)
    assert not FORBIDDEN.search(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_text(cleaned) == cleaned


@given(st.text(max_size=100))
@example("Â\r0")
@settings(max_examples=100, deadline=None)
def test_a_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert clean_line(line) == line


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” ‘quotes’ – and … dashes",
        "Erdoğan’ın İstanbul ziyareti, ıssız",
        "Президент России заявил: «Мы готовы»",
        "می‌خواهم",
        "क्‍ष",
        "ﬁne Ａ １",
        "&lt;b&gt; &amp; x",
        "Não há VOCÊ à É…",
        "naïve café, Ångström",
        "日本語のテキスト。",
        "مرحبا بالعالم",
        "👩‍👩‍👧 ☀️",
        "a\tb\n\nc",
    ],
)
def test_good_text_stays(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("ErdoÄŸan saidâ€™s", "Erdoğan said’s"),
        ("schÃ¶n", "schön"),
        ("РџСЂРёРІРµС‚ РјРёСЂ", "Привет мир"),
        ("a\u2028b\u2029c\r\nd\re\x0bf", "a\nb\nc\nd\ne\nf"),
        ("Wait\x85 it\x92s", "Wait… it’s"),
        ("e\u0301", "é"),
        ("so\u00adft\u200b\u2060\ufeff zero\u180e", "soft zero"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("flag\U000e0067\U000e007f\ufdd0", "flag"),
        ("lone \ud800 and \udc00", "lone  and "),
        ("\x1b[31mred\x00", "[31mred"),
    ],
)
def test_bad_text_is_mended(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize("unit", ["Ã", "â€™", "Ã©", "a\u0301\u0323", "\u200b", "\U000e0041", "&", "РџСЂ"])
def test_time_grows_with_length_only(unit: str) -> None:
    start = time.process_time()
    clean_text(unit * (100_000 // len(unit)))
    assert time.process_time() - start < 5
