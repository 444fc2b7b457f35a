"""The marks that tell whose words an element holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_models import TEXT, article

from digest.marks import QuoteMark, anchor, parse_quote_mark, quote_mark
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
