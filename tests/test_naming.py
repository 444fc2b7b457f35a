"""Names across articles and spellings, and the countries that a text speaks of."""

import itertools
from pathlib import Path

import pytest

from digest.findings import Name
from digest.models import Article
from digest.names.mentions import are_short_forms
from digest.names.naming import gather_names
from digest.names.places import countries, find_places
from digest.segment import segment_article


def article(ident: str, text: str, lang: str = "en") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title="x", text=text, lang=lang))


def names(*texts: str, lang: str = "en") -> dict[str, Name]:
    """Return the names of articles with these texts, by name."""
    return {name.name: name for name in gather_names([article(f"a{number}", text, lang) for number, text in enumerate(texts)])}


@pytest.mark.parametrize(("text", "lang", "found"), [
    ("On Monday Moscow told Sweden's envoy and the Turkish side.", "en", {"RU", "SE", "TR"}),
    ("The U.S. and the UK; we asked us.", "en", {"US", "GB"}),
    ("Armenians live in Bosnia and Herzegovina.", "en", {"AM", "BA"}),
    ("Президент России встретился в Турции.", "ru", {"RU", "TR"}),
    ("Türkiye'nin elçisi Ermenistan'a gitti.", "tr", {"TR", "AM"}),
    ("Estados Unidos y Rusia", "es", {"US", "RU"}),
    ("The polish on the turkey was fine.", "en", set()),
    ("Sarvena borders Nolvar.", "en", set()),
    ("nothing", "qqq", set()),
])
def test_countries_by_any_name(text: str, lang: str, found: set[str]) -> None:
    assert countries(text, lang) == found


def test_places_are_as_long_as_their_names() -> None:
    text = "South Korea's capital Seoul"
    found = [(text[p.start:p.end], p.country, p.kind) for p in find_places(text, "en")]
    assert found == [("South Korea", "KR", "country"), ("Seoul", "KR", "seat")]


def test_spellings_and_short_forms_are_one_name() -> None:
    found = names("President Temir Aldanóv spoke in Kess. Aldanóv left on Monday.", "They met President Temir Aldanov, and Aldanov smiled.",
                  "In Kess the crowd cheered President Temir Aldanev.")
    assert found["Temir Aldanóv"].spellings[0] in ("Aldanóv", "Temir Aldanóv")
    assert set(found["Temir Aldanóv"].spellings) == {"Temir Aldanóv", "Aldanóv", "Temir Aldanov", "Aldanov", "Temir Aldanev"}
    assert [citation.article.id for citation in found["Temir Aldanóv"].citations] == ["a0", "a1", "a2"]


def test_a_short_form_of_two_is_joined_to_neither() -> None:
    found = names("We saw Mara Velt there, and Jon Velt there.", "Then Mara Velt and Jon Velt met, and Velt left. It was Velt who left.")
    assert found.keys() == {"Mara Velt", "Jon Velt", "Velt"}


@pytest.mark.parametrize(("text", "name", "kind"), [
    ("We met President Mara Velt. Later President Mara Velt left.", "Mara Velt", "person"),
    ("We met Mara Velt. Then Mara Velt said no. Now Velt is here; a letter from Velt came.", "Mara Velt", "person"),
    ("He works for the Kess Port Authority. Now the Kess Port Authority is closed.", "Kess Port Authority", "organization"),
    ("It rained in Orvale. People in Orvale slept.", "Orvale", "place"),
    ("They crossed the Sirel River. Then the Sirel River rose.", "Sirel River", "place"),
    ("They flew to Norway. Back in Norway they slept.", "Norway", "place"),
    ("They read the Codex. Then the Codex was lost.", "Codex", "name"),
])
def test_kinds(text: str, name: str, kind: str) -> None:
    assert names(text)[name].kind == kind


@pytest.mark.parametrize(("text", "lang"), [
    ("The Norwegian team met Norwegians. A Norwegian won.", "en"), ("On Monday in May they met. Every Monday in May they meet.", "en"),
    ("We saw Orvale once.", "en"), ("Der Minister sah den Hafen. Der Minister verließ den Hafen.", "de"), ("وصل الوزير إلى فالكيسا", "ar"),
    ("", "en"),
])
def test_what_is_no_name(text: str, lang: str) -> None:
    assert names(text, lang=lang) == {}


def test_german_persons_have_names() -> None:
    assert names("Wir trafen Präsidentin Mara Velt. Auch Präsidentin Mara Velt kam.", lang="de")["Mara Velt"].kind == "person"


def test_titles_calendar_and_particles_are_no_part_of_names() -> None:
    found = names("We asked Foreign Minister Jon O'Dell on Monday. Yesterday Foreign Minister Jon O'Dell and Judge Raj K. Sarn came; "
                  "Judge Raj K. Sarn left.")
    assert found.keys() == {"Jon O'Dell", "Raj K. Sarn"}


def test_order_of_input_does_not_matter_and_citations_are_verbatim() -> None:
    articles = [article("b", "We met President Mara Velt in Kess."), article("a", "In Kess, President Mara Velt slept."),
                article("c", "Kess? We saw Kess.")]
    found = [gather_names(order) for order in itertools.permutations(articles)]
    assert all(names == found[0] for names in found)
    for name in found[0]:
        assert all(c.article.text[c.start:c.end] == c.quote for c in name.citations)


@pytest.mark.parametrize(("one", "other", "short"), [("bill", "william", True), ("mara", "jon", False), ("tom", "thomas", True)])
def test_short_forms(one: str, other: str, *, short: bool) -> None:
    assert are_short_forms(one, other) is short
