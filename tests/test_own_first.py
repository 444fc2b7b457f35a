"""Which sentence of a finding a page in some language shows first."""

from pathlib import Path

import pytest

from digest.findings import Dated, Difference, Findings, Value
from digest.models import Article, Citation
from digest.render.own_first import own_first
from digest.telling import Telling


def said(ident: str, lang: str) -> Citation:
    article = Article(id=ident, path=Path("x.md"), title=ident, text="On 4 May.", lang=lang)
    return Citation(article, 0, 9, article.text)


def first(citations: tuple[Citation, ...]) -> list[str]:
    return [cited.article.id for cited in citations]


@pytest.mark.parametrize(("lang", "bases", "order"), [
    pytest.param("en", ("stated", "stated", "stated"), ["a-en", "b-tr", "c-tr"], id="the first is in it"),
    pytest.param("tr", ("stated", "stated", "stated"), ["b-tr", "c-tr", "a-en"], id="others are, in their order"),
    pytest.param("tr-CY", ("stated", "published", "stated"), ["b-tr", "c-tr", "a-en"], id="a kind of it, with the article's day"),
    pytest.param("tr", ("published", "copy", "stated"), ["c-tr", "a-en", "b-tr"], id="one of them rests on something else"),
    pytest.param("tr", ("copy", "copy", "stated"), ["b-tr", "c-tr", "a-en"], id="so does the first"),
    pytest.param("ru", ("stated", "stated", "stated"), ["a-en", "b-tr", "c-tr"], id="none is"),
])
def test_an_entry_of_the_timeline_begins_in_the_language_of_its_page(lang: str, bases: tuple[str, ...], order: list[str]) -> None:
    cited = (said("a-en", "en"), said("b-tr", "tr"), said("c-tr", "tr"))
    told, = own_first(Findings(timeline=(Dated("2031-05-04", bases, cited, cited),)), Telling(lang=lang)).timeline
    assert first(told.citations) == first(told.spans) == order
    assert dict(zip(order, told.bases, strict=True)) == dict(zip(("a-en", "b-tr", "c-tr"), bases, strict=True))


def test_each_side_of_a_difference_begins_in_the_language_of_its_page_and_the_sides_stay() -> None:
    sides = [tuple(said(f"{n}-{lang}", lang) for lang in langs) for n, langs in enumerate((("en", "tr"), ("tr", "en"), ("ru", "en")))]
    found = Difference("number", (), tuple(Value(str(n), side, side) for n, side in enumerate(sides)))
    told, = own_first(Findings(differences=(found,)), Telling(lang="tr")).differences
    assert [first(value.citations) for value in told.values] == [["0-tr", "0-en"], ["1-tr", "1-en"], ["2-ru", "2-en"]]
    assert all(value.citations == value.spans for value in told.values)
