"""What of an article may be shown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.models import Article, Citation
from digest.rights import QuoteBudget, article_rights, quote_limit, shown_sentences, shown_share
from digest.segment import segment_article
from digest.settings import Outlet, Settings

OUTLETS = (Outlet(id="open", name="Open", rights="full"), Outlet(id="some", name="Some", quote_limit=0.5),
           Outlet(id="none", name="None", rights="link"))
SETTINGS = Settings(title="T", outlets={outlet.id: outlet for outlet in OUTLETS})
TEN = " ".join(f"Harbour number {n} of Velden reopened on Monday after storms." for n in ("one", "two", "three", "four"))
"""Four sentences of ten words."""


def _article(outlet: str | None, rights: str | None = None, text: str = TEN, ident: str = "a") -> Article:
    return segment_article(Article(id=ident, path=Path("a.md"), title="T", text=text, lang="en", outlet=outlet, rights=rights))


@pytest.mark.parametrize(("outlet", "own", "rights", "limit"), [
    ("open", None, "full", 1.0), ("open", "excerpt", "excerpt", 0.4), ("open", "link", "link", 0.0),
    ("some", None, "excerpt", 0.5), ("some", "full", "excerpt", 0.5), ("some", "link", "link", 0.0),
    ("none", None, "link", 0.0), ("none", "full", "link", 0.0), ("none", "excerpt", "link", 0.0),
    ("undeclared", None, "excerpt", 0.4), (None, None, "excerpt", 0.4), (None, "full", "excerpt", 0.4), (None, "al", "link", 0.0),
])
def test_the_narrower_rights_hold(outlet: str | None, own: str | None, rights: str, limit: float) -> None:
    article = _article(outlet, own)
    assert (article_rights(article, SETTINGS), quote_limit(article, SETTINGS)) == (rights, limit)


def test_share_counts_each_word_once_and_a_part_as_whole() -> None:
    article = _article("some", text="One two three four five six seven eight nine ten.")
    assert shown_share(article, []) == 0.0
    assert shown_share(article, [(0, 7), (4, 7)]) == 0.2
    assert shown_share(article, [(1, 2)]) == 0.1
    assert shown_share(article, [(3, 4)]) == 0.0
    assert shown_share(article, [(0, len(article.text))]) == 1.0


@pytest.mark.parametrize(("outlet", "cited", "shown"), [
    ("open", [2], [0, 1, 2, 3]), ("none", [2], []), ("some", [2], [1, 2]), ("some", [0], [0, 1]), ("some", [0, 3], [0, 3]),
    ("some", [0, 1, 2], [0, 1]), (None, [2], [2]), ("some", [], []),
])
def test_source_page(outlet: str | None, cited: list[int], shown: list[int]) -> None:
    article = _article(outlet)
    spans = [(article.sentences[n].start, article.sentences[n].end) for n in cited]
    assert [sentence.index for sentence in shown_sentences(article, spans, SETTINGS)] == shown


def test_budget_over_an_edition() -> None:
    article, budget = _article("some"), QuoteBudget(SETTINGS)
    first, second, third, _ = article.sentences
    assert budget.admits(article, first)
    assert budget.admit(article, first)
    assert budget.admit(article, first), "what is shown already costs nothing"
    assert budget.spend(Citation.of(article, second))
    assert not budget.admits(article, third)
    assert not budget.spend(Citation.of(article, third))
    assert budget.admits(article, (first.start, first.start + 7))
    assert budget.admit(_article("some", ident="b"), third), "each article has its own limit"


def test_a_short_text_may_show_nothing() -> None:
    article = _article(None, text="Harbour number one of Velden reopened on Monday after storms.")
    assert not QuoteBudget(SETTINGS).admits(article, article.sentences[0])


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12), st.lists(st.integers(0, 11), max_size=12), st.floats(0, 1))
def test_the_limit_is_never_exceeded(lengths: list[int], asked: list[int], limit: float) -> None:
    settings = Settings(title="T", outlets={"o": Outlet(id="o", name="O", quote_limit=limit)})
    article = _article("o", text="\n\n".join("Velden " * length + "reopened." for length in lengths))
    budget = QuoteBudget(settings)
    sentences = [article.sentences[number] for number in asked if number < len(article.sentences)]
    spans = [(sentence.start, sentence.end) for sentence in sentences if budget.admit(article, sentence)]
    shown = [(sentence.start, sentence.end) for sentence in shown_sentences(article, spans, settings)]
    assert set(spans) <= set(shown)
    assert shown_share(article, [*spans, *shown]) <= limit
