"""Connectives that may be left out, and nothing else."""

from pathlib import Path

import pytest

from digest.aids import aids_of
from digest.connectives import connective_before, connective_end
from digest.models import Aid, Article, Citation, When

JOINED = [
    ("en", "However, ", "Sarvena refused to open the harbour."),
    ("en", "In addition, ", "Velden lost two of its ferries."),
    ("fr", "Par ailleurs, ", "Velden a perdu deux de ses bacs."),
    ("es", "Sin embargo, ", "Sarvena rechazó la apertura del puerto."),
    ("it", "Tuttavia, ", "Sarvena ha respinto la proposta."),
    ("pt", "No entanto, ", "Sarvena rejeitou a proposta."),
    ("ru", "Тем не менее, ", "Сарвена отвергла предложение."),
    ("tr", "Öte yandan, ", "Sarvena öneriyi reddetti."),
]


@pytest.mark.parametrize(("lang", "head", "rest"), JOINED)
def test_a_connective_ends_at_the_sentence_proper(lang: str, head: str, rest: str) -> None:
    assert (head + rest)[connective_end(head + rest, lang):] == rest
    text = f"One. {head}{rest}"
    assert connective_before(text, text.index(rest), lang) == head.strip()


@pytest.mark.parametrize("text", [
    "He added that, however late, the harbour would open.", "Not so, Sarvena said on Monday.", "According to Birk, the harbour opened.",
    "However late it was, the harbour opened.", "On Monday, the harbour opened.", "The harbour, however, opened.",
])
def test_who_said_it_and_what_it_denies_stay(text: str) -> None:
    assert connective_end(text, "en") == 0


def test_the_aid_follows_from_the_quotation_and_its_article() -> None:
    text = "The harbour opened. However, Sarvena sent no ship on Monday."
    article = Article(id="a", path=Path("a.md"), title="T", text=text, lang="en", published=When.parse("2021-01-14"))
    start = text.index("Sarvena")
    assert aids_of(Citation(article, start, len(text), text[start:]))[0] == Aid(0, "connective", "However,", "stated")
    whole = text.index("However")
    assert all(aid.kind == "date" for aid in aids_of(Citation(article, whole, len(text), text[whole:])))
