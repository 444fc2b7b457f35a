"""One passage in several articles."""

from pathlib import Path

import pytest

from digest.models import Article, Sentence
from digest.passages import find_passages

SENTENCE = "The crews of Velden cleared 14 ships from the harbour on Monday and opened the bridge."


def _place(ident: str, text: str, lang: str = "en") -> tuple[Article, Sentence]:
    return Article(id=ident, path=Path("a.md"), title="T", text=text, lang=lang), Sentence(0, 0, len(text), 0)


@pytest.mark.parametrize(("other", "same"), [
    (SENTENCE, True),
    (SENTENCE.replace("the harbour", "The Harbour"), True),
    (SENTENCE.replace("crews", "crew"), True),
    (SENTENCE.replace("14", "15"), False),
    (SENTENCE.replace("cleared", "not cleared"), False),
    ("The crews of Velden went home on Monday after the storm had closed the harbour again.", False),
])
def test_same_words(other: str, same: bool) -> None:
    passages = find_passages([_place("a", SENTENCE), _place("b", other)])
    assert [len(passage) for passage in passages] == ([2] if same else [1, 1])


def test_each_article_stands_once_in_a_passage() -> None:
    (passage,) = find_passages([_place("a", SENTENCE), _place("a", SENTENCE), _place("b", SENTENCE)])
    assert [article.id for article, _ in passage] == ["a", "b"]


def test_equal_words_of_two_languages_are_two_passages() -> None:
    text = "Velden Birk Port Ana Storm Radio Hotel Taxi."
    assert len(find_passages([_place("a", text, "en"), _place("b", text.replace("Taxi", "Taxis"), "de")])) == 2
