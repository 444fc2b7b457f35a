"""Whom a sentence rests on is found where it says so, and only there."""

from pathlib import Path

import pytest

from digest.compare.attribution import find_source, telling_span
from digest.models import Article, Citation


def source(text: str, lang: str) -> str | None:
    article = Article(id="a", path=Path("a.md"), title="a", text=f"Before. {text}", lang=lang)
    found = find_source(Citation(article, 8, 8 + len(text), text))
    return found.quote if found else None


@pytest.mark.parametrize(("text", "expected"), [
    ("The ferry sank off Selvi, according to the Nolvar Directorate of Ports.", "the Nolvar Directorate of Ports"),
    ("According to a harbor report released on Monday, Premier Doru said nothing.", "a harbor report"),
    ("Doru said the port would close.", "Doru"),
    ("The ferry sank at dawn, police said.", "police"),
    ("“The port will close,” said Minister Anna Doru, who was visiting.", "Minister Anna Doru"),
    ("The ministry announced that the port would close.", "The ministry"),
    ("Anna Doru, speaking in Selvi, said the port would close.", "Anna Doru"),
    ("Two hundred people were aboard, according to Nolvar estimates.", "Nolvar estimates"),
    ("The premier of Nolvar also said the ferry had been safe.", "The premier of Nolvar"),
    ("He said police told him so.", None),
    ("The ferry had been repaired, she told reporters.", None),
    ("The plan announced Monday would close the port.", None),
    ("“The minister said no,” a sign read.", None),
    ("The port of Selvi closed on Monday.", None),
    ("Actor Milo Karst tweeted Thursday: the ferry was old.", "Actor Milo Karst"),
    ("Her son, actor Milo Karst, tweeted Thursday: “She was brave.”", None),
    ("Enough said.", None),
    ("Anna Doru, the head of the port, told the newspaper it would close.", "Anna Doru"),
])
def test_english(text: str, expected: str | None) -> None:
    assert source(text, "en") == expected


@pytest.mark.parametrize(("lang", "text", "expected"), [
    ("tr", "Başbakan Aylin Doru, limanın kapanacağını söyledi.", "Başbakan Aylin Doru"),
    ("tr", "Nolvar Liman Bakanlığına göre feribot battı.", "Nolvar Liman Bakanlığına"),
    ("tr", "Bunun bir hata olduğunu söyledi.", None),
    ("ru", "По словам Дору, порт закроют.", "Дору"),
    ("ru", "Премьер Нолвара Анна Дору заявила, что порт закроют.", "Премьер Нолвара Анна Дору"),
    ("ru", "Он сообщил, что все живы.", None),
    ("es", "Según la policía, el puerto de Selvi cerró.", "la policía"),
    ("es", "«No lo sabemos», dijo el alcalde de Selvi.", "el alcalde de Selvi"),
    ("es", "Según dijo Doru, el puerto cerró.", None),
    ("fr", "« Nous ne savons pas », a déclaré la ministre Anne Doru.", "la ministre Anne Doru"),
    ("fr", "Selon lesquelles le port ferme.", None),
    ("de", "Laut Polizei sind drei Menschen verletzt.", "Polizei"),
    ("de", "Dem Bericht zufolge sank die Fähre.", "Dem Bericht"),
    ("de", "Anschließend sagte Doru nichts mehr.", None),
    ("it", "Secondo il sindaco di Selvi, il porto chiude.", "il sindaco di Selvi"),
    ("it", "Secondo posto per la squadra di Selvi.", None),
    ("nl", "Volgens de politie zonk de veerboot.", "de politie"),
    ("pt", "Segundo a polícia, o porto fechou.", "a polícia"),
    ("pt", "No segundo dia, o porto fechou.", None),
    ("ar", "قال وزير الموانئ إن الميناء سيغلق.", "وزير الموانئ"),
    ("ar", "وقال إن الميناء سيغلق.", None),
    ("sw", "Polisi walisema kuwa kivuko kilizama.", None),
])
def test_other_languages(lang: str, text: str, expected: str | None) -> None:
    assert source(text, lang) == expected


def test_what_tells_of_a_source_is_more_than_its_name() -> None:
    text = "Anna Doru, the head of the port, said it would close."
    assert telling_span(text, "en") == (0, text.index(" it would"))
    text = "It would close, said Anna Doru, the head of the port."
    assert telling_span(text, "en") == (text.index("said"), len(text) - 1)
