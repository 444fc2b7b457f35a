"""The features of articles: numbers, names, keys across languages, weights in collections of any size."""

from pathlib import Path

import numpy as np
import pytest

from digest.days import days_apart, stated_days
from digest.gist import Gist, find_gist
from digest.models import Article, When
from digest.parts import Reader
from digest.rarity import Rarity
from digest.terms import find_terms, function_words, number_key, skeleton, surfaces


def article(text: str, lang: str = "en", title: str = "x") -> Article:
    return Article(id="a", path=Path("a.md"), title=title, text=text, lang=lang)


@pytest.mark.parametrize(("text", "lang", "numbers"), [
    ("It cost 1,500,000 crowns and 3.5 percent.", "en", ["#1500000", "#3.5"]),
    ("Es kostete 1.500.000 Kronen und 3,5 Prozent.", "de", ["#1500000", "#3.5"]),
    ("شارك ٢٤٠٬٠٠٠ شخص في ٢٠٢١", "ar", ["#240000", "#2021"]),
    ("Only 3 of 44 came.", "en", ["#44"]),
])
def test_numbers_are_alike_in_every_language(text: str, lang: str, numbers: list[str]) -> None:
    assert [name for name in find_terms(article(text, lang)).names if name[0] == "#"] == numbers


@pytest.mark.parametrize(("text", "lang", "names"), [
    ("Yesterday Mara Velt met the Kessian envoy. The envoy left.", "en", {"nmara", "nvelt", "nkessian"}),
    ("Trade grew. Exports of Kess fell. The trade of Kess is small.", "en", {"nkess"}),
    ("“Nobody came,” she said in Orvale.", "en", {"norval"}),
    ("İstanbul'a Özgür geldi, İzmir'e Murat gitti.", "tr", {"nozgur", "nizmir", "nmurat"}),
])
def test_names_are_capitals_where_none_is_due(text: str, lang: str, names: set[str]) -> None:
    assert {name for name in find_terms(article(text, lang)).names if name[0] == "n"} == names


def test_scripts_without_capitals_have_names_too() -> None:
    assert find_terms(article("وصل الوزير إلى فالكيسا", "ar")).names
    assert find_terms(article("首相在北京会见记者", "zh")).names


@pytest.mark.parametrize("forms", [

    ("Valkessa", "Valkessa", "Валькесса", "فالكيسا"),
    ("Temirov", "Temirov", "Темирова", "تيميروف"),
    ("Bardin", "Bardin", "Бардину", "باردين"),
])
def test_a_name_has_one_key_in_four_languages(forms: tuple[str, ...]) -> None:
    sentences = ("We saw {} there.", "Orada {} vardı.", "Мы видели {} там.", "رأينا {} هناك")
    keys = [set(find_terms(article(sentence.format(form), lang)).keys)
            for sentence, form, lang in zip(sentences, forms, ("en", "tr", "ru", "ar"), strict=True)]
    assert set.intersection(*keys)


@pytest.mark.parametrize(("one", "other"), [("valkessa", "falkysa"), ("pashinian", "bashynyan"), ("chavusoglu", "cavusoglu")])
def test_skeletons_level_transliterations(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_function_words() -> None:
    assert "the" in function_words("en-GB")
    assert "ve" in function_words("tr")
    assert function_words("qqq") == function_words("tlh") == frozenset()


def test_weights_are_vectors_of_length_one_even_for_few() -> None:
    parts = Reader().count([[find_gist(article(f"Mara Velt opened the bridge in {place} today."))] for place in ("Kess", "Orvale")])
    rarity, rows = Rarity.of(parts), np.arange(2)
    near = rarity.weigh_near(rows)
    products = (near @ near.T).toarray()
    assert products.diagonal() == pytest.approx([1, 1])
    assert rarity.weigh_far(rows).nnz == 0
    assert 0.3 < products[0, 1] < 1


def test_rarity_is_counted_within_a_language() -> None:
    rows = (("A bridge in Kess.",), ("A bridge in Orvale.",), ("Un bridge.", "es"))
    parts = Reader().count([[find_gist(article(*row))] for row in rows])
    english, _, spanish = Rarity.of(parts).tell().rare.toarray()
    bridge, word, name = parts.columns.find(["wbridg\nwkess\nnkess"])
    assert english[bridge] < english[word] == english[name]
    assert spanish.nonzero()[0].tolist() == [bridge]


@pytest.mark.parametrize(("written", "key"), [("1,500,000", "#1500000"), ("3.5", "#3.5"), ("3,5", "#3.5"), ("٢٤٠", "#240"), ("7", "#7")])
def test_number_keys(written: str, key: str) -> None:
    assert number_key(written) == key


@pytest.mark.parametrize("at_once", [1, 5, None, 1_000_000], ids=["one", "some", "all", "more"])
def test_what_tells_of_new_parts_is_weighed_as_all_is(at_once: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (("Mara Velt opened a bridge in Kess, and 1500 came.",), ("Mara Velt closed the bridge, and 1500 left Kess. Velt waved.",),
            ("Mara Velt kapattı köprü Kess 1500.", "tr"), ("A quiet day in Orvale, with Velt.",), ("The quiet bridge of Kess.",),
            ("The.", "en", "And"))
    rarity = Rarity.of(Reader().count([[find_gist(article(*row))] for row in rows]))
    assert rarity.parts.counts[-1].nnz == 0
    monkeypatch.setattr("digest.rarity.ENTRIES", at_once or rarity.parts.counts.nnz)
    monkeypatch.setattr("digest.rarity.COMMON", 3)
    everything, new = np.arange(len(rows)), np.isin(np.arange(len(rarity.kinds)), rarity.parts.counts[:2].indices)
    near, far = rarity.find_telling(everything[:2])
    used = rarity.used[rarity.parts.langs]
    of_near = np.where((used > 1) & (used <= 3) & new, rarity.weigh_near(everything).toarray(), 0)
    every = rarity.used.sum(0)
    of_far = np.where((every > 1) & (every <= 3) & new, rarity.weigh_far(everything).toarray(), 0)
    assert of_near.any()
    assert of_far.any()
    assert near.toarray() == pytest.approx(of_near)
    assert far.toarray() == pytest.approx(of_far)


def test_what_is_forgotten_is_read_again() -> None:
    bridge = ("Mara Velt opened a bridge in Kess.", "The bridge of Kess stands over long and quiet waters.")
    one, other = ([[find_gist(article(text))] for text in texts] for texts in (bridge, ("Velt left Orvale.", "Orvale sleeps.")))
    reader = Reader()
    for groups in (one, other):
        reader.count(groups)
        reader.begin([group[0] for group in groups])
    before = len(reader.columns)
    reader.forget()
    found = [tell(reader, other), tell(Reader(), other)]
    assert found[0] == found[1]
    assert all(found[0][1])
    assert len(reader.columns) < before


def tell(reader: Reader, groups: list[list[Gist]]) -> tuple[list[set[str]], list[set[str]]]:
    """Return the terms of groups, and those that they begin with."""
    counts = reader.count(groups).counts
    rows = [row.indices for row in counts], reader.begin([group[0] for group in groups])
    all_terms, begun = ([{reader.columns[n] for n in row} for row in found] for found in rows)
    return all_terms, begun


def test_terms_without_content_weigh_nothing() -> None:
    assert Rarity.of(Reader().count([[find_gist(article("The and of.", title="The"))]])).tell().rare.nnz == 0


def test_joined_terms_keep_languages_apart() -> None:
    group = [article("A quiet bridge."), article("Un puente.", "es"), article("The bridge again.")]
    parts = Reader().count([list(map(find_gist, group))])
    assert [parts.spoken[n] for n in parts.langs] == ["en", "es"]
    assert parts.counts[0, parts.columns.find(["wbridg"])[0]] == 2


def test_surfaces_are_names_in_full() -> None:
    shown = surfaces(article("We met Mara Velt near Upper-Kess. Then Mara Velt left the bridges."))
    assert (shown["nvelt"], shown["nkess"], shown["wbridg"]) == ("Mara Velt", "Upper-Kess", "bridges")


@pytest.mark.parametrize(("text", "lang", "days"), [
    ("On Nov. 7 and September 27 they met; in 2020 and May they did not.", "en", {(11, 7), (9, 27)}),
    ("7 ноября и 27 сентября", "ru", {(11, 7), (9, 27)}),
    ("El 7 de noviembre", "es", {(11, 7)}),
    ("7 Kasım günü", "tr", {(11, 7)}),
    ("on May 99 or May 2020", "en", set()),
    ("on Nov. 7", "qqq", set()),
])
def test_stated_days(text: str, lang: str, days: set[tuple[int, int]]) -> None:
    assert stated_days(article(text, lang)) == days


def test_days_apart_go_round_the_year() -> None:
    day = When.parse("2021-01-02").day
    assert days_apart([], day) is None
    assert days_apart([(12, 30)], day) == pytest.approx(3, abs=1.5)
    assert days_apart([(12, 30), (6, 1)], day) == days_apart([(12, 30)], day)
