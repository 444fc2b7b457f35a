"""Sentences begin and end with what a reader sees."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from digest.escape import visible
from digest.models import Article
from digest.segment import segment_article


@given(st.characters(exclude_categories=["Cs"]), st.characters(exclude_categories=["Cs"]))
def test_no_sentence_begins_or_ends_unseen(first: str, last: str) -> None:
    text = f"{first}\u200e The pier opened.{last} \u202e\n\nNobody came. \ufeff\n"
    article = segment_article(Article(id="a", path=Path("a.md"), title="A title", text=text, lang="en"))
    quoted = [text[sentence.start:sentence.end] for sentence in article.sentences]
    assert all(visible(quote[0]) and visible(quote[-1]) for quote in quoted)
    assert "".join(visible("".join(quoted)).split()) == "".join(visible(text).split())
