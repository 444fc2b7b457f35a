"""One passage in several articles."""

from pathlib import Path

import pytest

from digest.models import Article, Citation, Sentence
from digest.passages import find_passages, is_carried

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


LONG = "Fighting at the Lume canal broke out on Sept. 27 and the army of Kesh shelled three villages on the far bank, breaking the truce."
PART = "The army of Kesh shelled three villages along the Lume and broke several fragile truce agreements."
QUOTED = "“We will not leave the valley before the last family has come home,” Lindal said."


def _cite(ident: str, text: str, lang: str) -> Citation:
    return Citation(Article(id=ident, path=Path("a.md"), title="T", text=text, lang=lang), 0, len(text), text)


@pytest.mark.parametrize(("one", "other", "lang", "shared"), [
    (SENTENCE, SENTENCE, "en", True),
    (SENTENCE, SENTENCE.replace("cleared", "removed"), "en", True),
    (SENTENCE, "Officials said: " + SENTENCE, "en", True),
    (LONG, "The army of Kesh shelled three villages on the far bank and broke the truce.", "en", True),
    (LONG, PART, "en", False),
    (QUOTED, QUOTED.replace(",” Lindal said.", ",” said the envoy, Petra Lindal, in Tarsk."), "en", True),
    (SENTENCE, SENTENCE.replace("14", "15"), "en", False),
    (SENTENCE, SENTENCE.replace("Velden", "Orvane"), "en", False),
    (SENTENCE, SENTENCE.replace("cleared", "have not cleared"), "en", False),
    ("The mayor told reporters in Velden on Monday.", "The minister told reporters in Velden on Monday.", "en", False),
    ("He told reporters.", "He told reporters.", "en", False),
    ("Die Feuerwehr räumte am Montag den Hafen und öffnete danach die alte Brücke wieder.",
     "Die Feuerwehr räumte den Hafen und öffnete danach die alte Brücke wieder.", "de", True),
    ("Бригады очистили гавань в понедельник и снова открыли старый мост для грузовиков.",
     "Бригады очистили гавань во вторник и снова открыли старый мост для грузовиков.", "ru", False),
    ("消防队员周一清理了港口并在傍晚重新开放了连接两岸的旧桥。", "消防队员周一清理了港口并重新开放了连接两岸的旧桥。", "zh", True),
    ("消防队员周一清理了港口。", "消防队员周一离开了港口。", "zh", False),
], ids=["equal", "light-edit", "within-longer", "part", "half-new", "speech", "number", "name", "negation", "formula", "short", "german",
        "russian", "chinese", "chinese-short"])
def test_carried_sentences(one: str, other: str, lang: str, shared: bool) -> None:
    a, b = _cite("a", one, lang), _cite("b", other, lang)
    assert is_carried(a, b) == is_carried(b, a) == shared
