"""What may be said in other words is not said to be missing."""

from pathlib import Path

import pytest

from digest.compare.nearby import texts_near
from digest.models import Article, Citation, Text
from digest.segment import segment_article

TOLD = "The crane of the port of Kess fell on the ferry Almira at dawn."


def article(ident: str, text: str) -> Article:
    return segment_article(Article(id=ident, path=Path("x.md"), title="x", text=text, lang="en"))


@pytest.mark.parametrize(("text", "near"), [
    ("Bakers in Orvale raised the price of a loaf by a tenth. Corn is dear.", False),
    ("Bakers in Orvale raised the price of a loaf by a tenth. In Kess, Almira sails again.", True),
    ("A crane has fallen, the mayor said. It hit Almira, which lay in the harbour.", True),
    ("The port was busy. Bakers in Orvale raised the price of a loaf by a tenth. Corn is dear. Ferries were late in the rain.", False),
], ids=["nothing of it", "its names", "in two sentences", "words here and there"])
def test_a_text_is_near_where_neighboring_sentences_hold_enough(text: str, near: bool) -> None:
    first, other = article("a", TOLD), article("b", text)
    cited = [Citation.of(first, first.sentences[0])]
    assert (1 in texts_near(cited, [Text((first,)), Text((other,))])) is near


def test_sentences_of_different_texts_are_no_neighbors() -> None:
    first = article("a", TOLD)
    told = ["Corn is dear. Corn was sold at dawn.", "Ports were busy again. Corn is dear."]
    others = [Text((article(f"b{n}", text),)) for n, text in enumerate(told)]
    assert texts_near([Citation.of(first, first.sentences[0])], [Text((first,)), *others]) == {0}
