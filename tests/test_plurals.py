"""Plural forms: CLDR's, as gettext numbers them."""

from gettext import c2py

import pytest
from babel import Locale

from digest.plurals import plural_header, plural_samples, plural_tag, plural_tags, sole_number

LANGUAGES = ("en", "tr", "ru", "es", "fr", "de", "pt", "ar", "fa", "he", "uk", "hy", "az", "ka", "zh", "hi", "ca", "pl", "lt", "cy")


@pytest.mark.parametrize(("lang", "tags"), [
    ("en", ("one", "other")), ("ru", ("one", "few", "many")), ("es", ("one", "other")), ("zh", ("other",)), ("he", ("one", "two", "other")),
    ("ar", ("zero", "one", "two", "few", "many", "other")),
])
def test_a_catalog_has_the_forms_that_whole_numbers_reach(lang: str, tags: tuple[str, ...]) -> None:
    assert plural_tags(lang) == tags


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cldr_and_gettext_choose_the_same_form(lang: str) -> None:
    choose = c2py(plural_header(lang).partition("plural=")[2].rstrip(";"))
    rule, tags = Locale.parse(lang, sep="-").plural_form, plural_tags(lang)
    assert all(tags[choose(number)] == plural_tag(lang, number) == rule(number) for number in range(10_000))


def test_a_million_has_the_form_of_all_other_numbers() -> None:
    assert plural_tag("es", 1_000_000) == "other"
    assert plural_tag("ru", 1_000_000) == "many"


@pytest.mark.parametrize(("lang", "tag", "number"), [
    ("en", "one", 1), ("en", "other", None), ("fr", "one", None), ("ru", "one", None), ("ar", "zero", 0), ("he", "two", 2),
    ("zh", "other", None),
])
def test_what_number_a_form_is_for(lang: str, tag: str, number: int | None) -> None:
    assert sole_number(lang, tag) == number


@pytest.mark.parametrize(("lang", "tag", "number"), [("en", "one", 1), ("ar", "zero", 0), ("ar", "two", 2)])
def test_a_sample_of_a_form_for_one_number_is_that_number(lang: str, tag: str, number: int) -> None:
    assert plural_samples(lang)[tag] == number


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sample_has_its_form(lang: str) -> None:
    assert all(plural_tag(lang, number) == tag for tag, number in plural_samples(lang).items())
    assert all(number != 1 for tag, number in plural_samples(lang).items() if sole_number(lang, tag) is None)
