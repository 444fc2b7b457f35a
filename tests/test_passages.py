"""One passage in several articles."""

import random
from pathlib import Path

import pytest
from seeds import add_seeds, needs_seeds, read_gold

from digest.dedupe import find_texts
from digest.models import Article, Sentence, Text
from digest.passages import find_passages, find_shared
from digest.segment import segment_article
from digest.settings import Grouping

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


def _text(ident: str, *sentences: str, lang: str = "en", copies: int = 0) -> Text:
    texts = ["\n\n".join(sentences), *("\n\n".join(["Other opening here.", *sentences]) for _ in range(copies))]
    return Text(tuple(segment_article(Article(id=f"{ident}{n}", path=Path("a.md"), title="T", text=text, lang=lang))
                      for n, text in enumerate(texts)))


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
def test_shared_passages(one: str, other: str, lang: str, shared: bool) -> None:
    found = find_shared([_text("a", one, lang=lang), _text("b", other, lang=lang)])
    assert [[c.article.id for c in passage] for passage in found] == ([["a0", "b0"]] if shared else [])


def test_copies_say_a_passage_with_their_text_and_not_by_themselves() -> None:
    alone = _text("a", SENTENCE, QUOTED, copies=2)
    assert find_shared([alone]) == ()
    (passage,) = find_shared([alone, _text("b", SENTENCE, copies=1)])
    assert [c.article.id for c in passage] == ["a0", "a1", "a2", "b0", "b1"]
    assert {c.quote for c in passage} == {SENTENCE}


def test_two_passages_in_one_sentence_stay_two() -> None:
    both = f"{SENTENCE[:-1]}, and {LONG[0].lower()}{LONG[1:]}"
    found = find_shared([_text("a", SENTENCE, LONG), _text("b", both)])
    assert [[c.article.id for c in passage] for passage in found] == [["a0", "b0"]]


def test_a_formula_of_a_crowd_is_no_passage_and_takes_no_time() -> None:
    formula = "Anyone who saw what happened is asked to call the police of Velden at any hour."
    crowd = [_text(f"a{n:03}", formula.replace("happened", f"happened at number {n}")) for n in range(300)]
    assert find_shared(crowd) == ()


def test_the_order_of_texts_makes_no_difference() -> None:
    texts = [_text("a", SENTENCE, LONG), _text("b", LONG, QUOTED), _text("c", QUOTED, SENTENCE), _text("d", SENTENCE)]
    expected = find_shared(texts)
    assert [len(passage) for passage in expected] == [3, 2, 2]
    for seed in range(4):
        assert find_shared(random.Random(seed).sample(texts, 4)) == expected


@needs_seeds
def test_what_a_careful_editor_reads_off_the_real_texts(tmp_path: Path) -> None:
    articles = add_seeds(tmp_path)
    names = {article.id: name for name, article in articles.items()}
    found = find_shared(find_texts(list(articles.values()), Grouping()))
    assert sorted(sorted((names[c.article.id], c.quote[:50]) for c in passage) for passage in found) == sorted(
        sorted((row["article"], row["starts"]) for row in group) for group in read_gold()["shared_passages"]["groups"])
