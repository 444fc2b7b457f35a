"""The interface's words, numbers and dates."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import REPOSITORY
from markupsafe import Markup

from digest.catalog import direction, escape_words, language_name, load_catalog
from digest.models import When

LOCALES = sorted((REPOSITORY / "digest" / "locale").glob("*.yml"))
TEMPLATES = [*(REPOSITORY / "templates").rglob("*.jinja"), *(REPOSITORY / "digest").glob("*.py")]


@pytest.mark.parametrize(("key", "fields", "text"), [
    ("home", {}, "Home"), ("texts_n", {"n": 1}, "one text"), ("texts_n", {"n": 2}, "2 separate texts"),
    ("texts_n", {"n": 0}, "0 separate texts"),
    ("as_of", {"day": "today"}, "As of today"), ("by", {"name": "<b>"}, "by &#60;b&#62;"),
    ("by", {"name": Markup("<b>x</b>")}, "by <b>x</b>"),
    ("gap", {}, "&#91;…&#93;"),
])
def test_texts_are_escaped_and_counted(key: str, fields: dict[str, object], text: str) -> None:
    assert load_catalog("en").text(key, **fields) == text


@pytest.mark.parametrize(("stated", "shown"), [
    ("2021-02-18", "18 February 2021"), ("2021-02-18T14:05", "18 February 2021, 14:05 (zone not stated)"),
    ("2021-02-18T14:05+03:00", "18 February 2021, 14:05 (UTC+03:00)"), ("2021-02-18T14:05Z", "18 February 2021, 14:05 (UTC+00:00)"),
])
def test_times_are_shown_as_stated(stated: str, shown: str) -> None:
    assert load_catalog("en").when(When.parse(stated)) == shown


def test_days_are_shown_in_short() -> None:
    assert load_catalog("en").short_day(date(2021, 2, 8)) == "8 Feb 2021"


@pytest.mark.parametrize(("lang", "turned"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("zz", "ltr"),
("not a code", "ltr")])
def test_directions(lang: str, turned: str) -> None:
    assert direction(lang) == turned


@pytest.mark.parametrize(("lang", "shown_in", "name"), [
    ("tr", "en", "Turkish"), ("tr", "tr", "Türkçe"), ("ar", "en", "Arabic"), ("pt-BR", "en", "Portuguese (Brazil)"), ("zz", "en", "zz"),
    ("x", "en", "x"),
])
def test_languages_have_names(lang: str, shown_in: str, name: str) -> None:
    assert language_name(lang, shown_in) == name


def test_an_unknown_language_is_told_in_english() -> None:
    assert load_catalog("qq").lang == "en"
    assert load_catalog("en-GB").lang == "en"


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_catalogs_have_the_same_keys_and_fields(path: Path) -> None:
    english = yaml.safe_load((REPOSITORY / "digest" / "locale" / "en.yml").read_text("utf-8"))
    found = yaml.safe_load(path.read_text("utf-8"))
    assert sorted(found) == sorted(english)
    for key, text in found.items():
        assert fields(text) <= fields(english[key]) | {"n"}, key


def fields(text: str | dict[str, str]) -> set[str]:
    """Return the fields of a string of the interface."""
    return set(re.findall(r"\{(\w+)\}", text if isinstance(text, str) else " ".join(text.values())))


def test_every_word_that_a_template_asks_for_is_there() -> None:
    known = load_catalog("en").strings
    asked = {key for path in TEMPLATES for key in re.findall(r"""m\.t\(["'](\w+)["'][,)]""", path.read_text("utf-8"))}
    assert asked - set(known) == set()


@pytest.mark.parametrize(("text", "shown"), [
    ("per \u200b", "per "), (" a ", " a "), (" ", " "), ("", ""), ("\u200b x", " x"), ("a\u200b", "a"), ("\u200b", ""),
])
def test_a_piece_of_a_text_keeps_its_blanks(text: str, shown: str) -> None:
    assert escape_words(text) == shown
