"""The words and counts that a page may hold, in each language of the interface."""

import pytest
from conftest import REPOSITORY

from digest.catalog import load_catalog
from digest.verify.counts import stated_counts
from digest.verify.words import is_interface

LANGUAGES = ("en", *sorted(path.parent.parent.name.replace("_", "-") for path in
                           (REPOSITORY / "digest" / "locale").glob("*/LC_MESSAGES/digest.mo")))
NUMBERS = (*range(26), 99, 100, 101, 102, 999, 1000, 1234, 12_345, 1_234_567)


def told(lang: str, key: str, number: int) -> str:
    """Return a count as a page has it, blanks folded."""
    return " ".join(load_catalog(lang).text(key, n=number).unescape().split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["texts_n", "outlets_n", "limit_languages"])
def test_a_count_is_read_as_it_is_written(lang: str, key: str) -> None:
    for number in NUMBERS:
        text = told(lang, key, number)
        assert (key, number) in stated_counts(text, lang), text
        assert (key, number + 1) not in stated_counts(text, lang), text
        assert is_interface(text, lang), text


@pytest.mark.parametrize(("lang", "text", "said"), [
    ("en", "1,234 articles", 1234), ("en", "1234 articles", -1), ("en", "1.234 articles", -1), ("en", "1,2,3 articles", -1),
    ("en", "01 articles", -1), ("en", "1,234,567,890 articles", -1), ("en", "− 3 articles", None), ("fr", "articles", None),
])
def test_only_a_number_as_the_language_writes_it_counts(lang: str, text: str, said: int | None) -> None:
    assert stated_counts(text, lang) == (frozenset() if said is None else {("articles_n", said)})


@pytest.mark.parametrize(("lang", "text", "known"), [
    ("en", ",", True), ("zh", "、", True), ("ar", "،", True), ("fa", "،\u200f", True), ("en", "、", False),
    ("en", "· likeness 0.45", True), ("en", "· likeness 0.45 x", False), ("en", "· likeness many", False),
])
def test_words_between_the_members_of_a_list_are_the_languages_own(lang: str, text: str, known: bool) -> None:
    assert is_interface(text, lang) is known
