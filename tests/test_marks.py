"""The marks that tell whose words an element holds."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_models import TEXT, article

from digest.marks import QuoteMark, anchor, home_of, parse_quote_mark, quote_mark
from digest.models import Citation, Sentence


@given(ident=st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True), start=st.integers(0, 12), length=st.integers(1, 13))
def test_marks_are_read_as_they_were_written(ident: str, start: int, length: int) -> None:
    cited = Citation.of(article(ident), Sentence(0, start, start + length, 0))
    assert parse_quote_mark(quote_mark(cited)) == QuoteMark(ident, cited.article.version, start, start + length)


@pytest.mark.parametrize("value", [
    "", "a", "a@0123456789abcdef", "a@0123456789abcdef:1", "a@0123456789abcdef:1-", "a@0123:1-2", "a@0123456789ABCDEF:1-2",
    "A@0123456789abcdef:1-2", "a/../b@0123456789abcdef:1-2", "a@0123456789abcdef:-1-2", "a@0123456789abcdef:1-2 ",
    "a@0123456789abcdef:1-2\n", "@0123456789abcdef:1-2",
])
def test_malformed_marks_are_none(value: str) -> None:
    assert parse_quote_mark(value) is None


def test_an_anchor_depends_on_the_words_alone() -> None:
    start = TEXT.index("Second")
    assert re.fullmatch(r"s-[0-9a-f]{8}", anchor(TEXT, start, len(TEXT)))
    assert anchor(TEXT, start, len(TEXT)) == anchor("Before it. " + TEXT, start + 11, len(TEXT) + 11)


@given(count=st.integers(1, 6))
def test_doubles_are_numbered(count: int) -> None:
    text = "Again. " * count
    found = [anchor(text, 7 * n, 7 * n + 6) for n in range(count)]
    assert len(set(found)) == count
    assert [name.removeprefix(found[0]) for name in found] == ["", *(f"-{n}" for n in range(2, count + 1))]


@pytest.mark.parametrize(("span", "home"), [
    ((0, 5), (0, 15)), ((3, 9), (0, 15)), ((16, 20), (16, 32)), ((10, 20), (0, 15)), ((15, 16), (15, 16)),
])
def test_words_have_their_home_in_the_sentence_where_they_begin(span: tuple[int, int], home: tuple[int, int]) -> None:
    text = "First sentence. Second sentence."
    cited = replace(article("a"), text=text, sentences=(Sentence(0, 0, 15, 0), Sentence(1, 16, 32, 0)))
    assert home_of(Citation(cited, *span, text[slice(*span)])).span == home


@pytest.mark.parametrize(("part", "whole", "within"), [
    ((2, 5), (2, 5), True), ((3, 4), (2, 5), True), ((1, 5), (2, 5), False), ((2, 6), (2, 5), False), ((9, 2), (0, 10), False),
    ((4, 4), (0, 10), False),
])
def test_a_quotation_is_in_another(part: tuple[int, int], whole: tuple[int, int], within: bool) -> None:
    version = "0123456789abcdef"
    assert QuoteMark("a", version, *part).is_in(QuoteMark("a", version, *whole)) == within
    assert not QuoteMark("b", version, *part).is_in(QuoteMark("a", version, *whole))
    assert not QuoteMark("a", version[::-1], *part).is_in(QuoteMark("a", version, *whole))
