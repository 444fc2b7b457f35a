"""The interface's words, numbers and dates."""

import re
import time
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import REPOSITORY
from markupsafe import Markup

from digest.catalog import Catalog, _english, direction, escape_words, language_name, load_catalog
from digest.content import write_file
from digest.messages import compile_catalog, read_entries, update_catalog
from digest.models import When

OFFERED = sorted(path.parent.parent.name.replace("_", "-") for path in (REPOSITORY / "digest" / "locale").glob("*/LC_MESSAGES/digest.po"))
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


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogs: Russian and traditional Chinese, each with two strings."""
    english = "home: Home\ntexts_n: {one: one text, other: \"{n} texts\"}\nzone_unknown: zone not stated\nby: by {name}\n"
    (tmp_path / "en.yml").write_text(english, "utf-8")
    for lang, home, forms in (("ru", "Главная\xa0: да", ("{n} текст", "{n} текста", "{n} текстов")), ("zh-Hant", "首頁", ("{n}篇",))):
        source = update_catalog(lang, read_entries(tmp_path / "en.yml"), b"").decode()
        for number, form in enumerate(forms):
            source = source.replace(f'msgstr[{number}] ""', f'msgstr[{number}] "{form}"')
        source = source.replace('msgid "Home"\nmsgstr ""', f'msgid "Home"\nmsgstr "{home}"')
        write_file(tmp_path / lang.replace("-", "_") / "LC_MESSAGES" / "digest.mo", compile_catalog(lang, source.encode()))
    monkeypatch.setattr("digest.catalog.LOCALES", tmp_path)
    for kept in (load_catalog, _english):
        kept.cache_clear()
    yield tmp_path
    for kept in (load_catalog, _english):
        kept.cache_clear()


@pytest.mark.parametrize(("lang", "key", "fields", "text"), [
    ("ru", "texts_n", {"n": 1}, "1 текст"), ("ru", "texts_n", {"n": 22}, "22 текста"), ("ru", "texts_n", {"n": "5"}, "5 текстов"),
    ("ru", "texts_n", {"n": 11_111}, "11\xa0111 текстов"), ("ru", "by", {"name": "Ада"}, "by Ада"),
    ("ru-RU", "texts_n", {"n": 0}, "0 текстов"), ("ru", "home", {}, "Главная\xa0&#58; да"),
    ("zh-Hant-TW", "home", {}, "首頁"), ("zh-Hant", "texts_n", {"n": 3}, "3篇"), ("zh", "home", {}, "Home"),
])
@pytest.mark.usefixtures("locales")
def test_words_come_from_the_nearest_compiled_catalog(lang: str, key: str, fields: dict[str, object], text: str) -> None:
    assert load_catalog(lang).text(key, **fields) == text


@pytest.mark.usefixtures("locales")
def test_a_catalog_tells_its_own_language() -> None:
    assert [load_catalog(lang).lang for lang in ("ru-RU", "zh-Hant-TW", "zh", "en-GB")] == ["ru", "zh-Hant", "en", "en"]


DAY, LATER = date(2021, 2, 8), datetime.fromisoformat("2021-02-08T14:05+03:00")


@pytest.mark.parametrize(("lang", "told"), [
    ("en", ("8 February 2021", "8 Feb 2021", "February 2021", "8 February", "2021", "8 February 2021, 14:05 (UTC+03:00)")),
    ("de", ("8. Februar 2021", "8. Feb. 2021", "Februar 2021", "8. Februar", "2021", "8. Februar 2021, 14:05 (UTC+03:00)")),
    ("tr", ("8 Şubat 2021", "8 Şub 2021", "Şubat 2021", "8 Şubat", "2021", "8 Şubat 2021 14:05 (UTC+03:00)")),
    ("zh", ("2021年2月8日", "2021年2月8日", "2021年2月", "2月8日", "2021年", "2021年2月8日 14:05 (UTC+03:00)")),
    ("ar", ("8 فبراير 2021", "8 فبراير 2021", "فبراير 2021", "8 فبراير", "2021", "8 فبراير 2021، 14:05 (UTC+03:00)")),
    ("fa", ("۸ فوریهٔ ۲۰۲۱", "۸ فوریه ۲۰۲۱", "فوریهٔ ۲۰۲۱", "۸ فوریه", "۲۰۲۱", "۸ فوریهٔ ۲۰۲۱،\u200f ۱۴:۰۵ (UTC+03:00)")),
])
def test_days_are_written_as_cldr_has_them(lang: str, told: tuple[str, ...]) -> None:
    catalog = Catalog(lang, {})
    assert (catalog.day(DAY), catalog.short_day(DAY), catalog.partial("2021-02"), catalog.partial("--02-08"), catalog.partial("2021"),
            catalog.time(LATER)) == told


@pytest.mark.parametrize("stated", ["2021-2", "21", "", "2021-02-08"])
def test_what_is_no_part_of_a_day_is_refused(stated: str) -> None:
    with pytest.raises(ValueError, match="is neither a month nor a year nor a day without one"):
        Catalog("en", {}).partial(stated)


@pytest.mark.parametrize(("lang", "value", "shown"), [
    ("en", 1234567, "1,234,567"), ("en", Decimal("0.50"), "0.50"), ("fr", 12345, "12\u202f345"), ("de", Decimal("0.45"), "0,45"),
    ("hi", 1234567, "12,34,567"), ("fa", 1234, "۱٬۲۳۴"), ("fa", Decimal("0.5"), "۰٫۵"), ("ar", 38, "38"), ("en", 0, "0"),
])
def test_numbers_are_written_as_cldr_has_them(lang: str, value: int | Decimal, shown: str) -> None:
    assert Catalog(lang, {}).number(value) == shown


@pytest.mark.parametrize(("lang", "shown"), [("en", "a, <b>"), ("ar", "a، <b>"), ("zh", "a、<b>"), ("fa", "a،\u200f <b>")])
def test_lists_are_joined_as_cldr_has_them(lang: str, shown: str) -> None:
    assert Catalog(lang, {}).join([Markup("a"), Markup("<b>")]) == shown


@pytest.mark.parametrize("lang", OFFERED)
def test_a_language_is_read_in_a_moment(lang: str) -> None:
    load_catalog("en")
    took = []
    for _ in range(3):  # whatever else the processor does in one of them
        load_catalog.cache_clear()
        begun = time.process_time()
        catalog = load_catalog(lang)
        took.append(time.process_time() - begun)
    assert min(took) < 0.05
    assert (catalog.lang, catalog.strings.keys()) == (lang, load_catalog("en").strings.keys())


def test_every_word_that_a_template_asks_for_is_there() -> None:
    known = load_catalog("en").strings
    asked = {key for path in TEMPLATES for key in re.findall(r"""m\.t\(["'](\w+)["'][,)]""", path.read_text("utf-8"))}
    assert asked - set(known) == set()


@pytest.mark.parametrize(("text", "shown"), [
    ("per \u200b", "per "), (" a ", " a "), (" ", " "), ("", ""), ("\u200b x", " x"), ("a\u200b", "a"), ("\u200b", ""),
])
def test_a_piece_of_a_text_keeps_its_blanks(text: str, shown: str) -> None:
    assert escape_words(text) == shown
