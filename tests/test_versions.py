"""What two editions of one text tell differently."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seeds import add_seeds, needs_seeds, read_gold

from digest.compare.versions import find_versions
from digest.compare.worddiff import changed_words, spans_of, split_words
from digest.dedupe import find_texts
from digest.findings import Version
from digest.models import Article, Text, When
from digest.segment import segment_article
from digest.settings import Grouping

STORY = [
    "The harbour of Velden will close on Monday, the mayor told reporters in Orvane.",
    "Crews have cleared 14 ships from the inner basin since the storm.",
    "The council said that the ferry to Kesh had not been damaged.",
    "Mayor Petra Lindal thanked the fishermen who had towed the first barges out.",
    "A new breakwater is being built at the northern mole.",
    "Insurers expect the repairs to cost 48 million crowns.",
]


def article(ident: str, sentences: list[str], published: str | None = None, lang: str = "en", outlet: str | None = None) -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title=ident, text="\n\n".join(sentences), lang=lang, outlet=outlet,
                                   published=When.parse(published) if published else None))


def versions(one: list[str], other: list[str], lang: str = "en") -> tuple[Version, ...]:
    return find_versions([Text((article("a", one, lang=lang), article("b", other, lang=lang)))])


def marked(sentence: str, changed: frozenset[int], lang: str) -> list[str]:
    return [sentence[start:end] for start, end in spans_of(split_words(sentence, lang), changed)]


@pytest.mark.parametrize(("lang", "one", "other", "lost", "gained"), [
    ("en", "The bridge will open in May.", "The bridge will open in June.", ["May"], ["June"]),
    ("en", "The bridge was closed.", "The bridge was not closed.", [], ["not"]),
    ("en", "The mole is being built.", "The mole has been built.", ["is being"], ["has been"]),
    ("en", "It cost 14 million crowns.", "It cost 40 million crowns.", ["14"], ["40"]),
    ("en", "Orvane attacked Kesh.", "Kesh attacked Orvane.", ["attacked Kesh"], ["Kesh attacked"]),
    ("en", "He hailed the old and very fine port.", "He hailed the port.", ["old and very fine"], []),
    ("en", "Envoys met on Monday in Kesh.", "Monday, envoys met in Kesh.", [], []),
    ("en", "The \"cease-fire\" - Kesh's idea - holds.", "The “ceasefire” – Kesh’s idea – holds.", [], []),
    ("en", "The centre's programme was organised on Monday.", "The Center's program had been organized Monday.", [], []),
    ("en", "Nikola Pashinov met Çelik of the European Union.", "Nikola Pashynov met Celik of the EU.", [], []),
    ("tr", "Köprü pazartesi günü açıldı.", "Köprü pazartesi günü kapatıldı.", ["açıldı"], ["kapatıldı"]),
    ("ru", "Мост закрыт для грузовиков.", "Мост открыт для грузовиков.", ["закрыт"], ["открыт"]),
    ("de", "Der Hafen wurde am Montag geschlossen.", "Am Montag wurde der Hafen geschlossen.", [], []),
    ("fr", "Le port a été fermé lundi.", "Le port n’a pas été fermé lundi.", [], ["n’a pas"]),
    ("ar", "أغلق الميناء يوم الاثنين.", "أغلق المطار يوم الاثنين.", ["الميناء"], ["المطار"]),
    ("zh", "港口周一关闭。", "港口周二关闭。", ["一"], ["二"]),
    ("en", "The play パーティーへ行かないか opens in May.", "The play パーティーへ行かないか opens in June.", ["May"], ["June"]),
    ("und", "Aka beru tola.", "Aka beru mina.", ["tola"], ["mina"]),
])
def test_changed_words(lang: str, one: str, other: str, lost: list[str], gained: list[str]) -> None:
    old, new = changed_words(split_words(one, lang), split_words(other, lang), lang)
    assert (marked(one, old, lang), marked(other, new, lang)) == (lost, gained)


@given(st.text(alphabet="ab 1.,パーへ港口周ж\u0301'-", max_size=60))
def test_words_stand_where_they_are_said_to(text: str) -> None:
    for word in split_words(text, "en"):
        assert 0 <= word.start < word.end <= len(text)


def test_texts_of_thousands_of_sentences_are_compared_in_time() -> None:
    one, other = ([f"{word} {n} was seen here." for n in range(4_000)] for word in ("This", "That"))
    begun = time.process_time()
    assert len(versions(["The same.", *one], ["The same.", *other])) <= 1
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("other", [
    STORY, ["\n".join(STORY)], [s.replace("'", "’").upper() for s in STORY], [STORY[3], *STORY[:3], *STORY[4:]],
    ["VELDEN (Harbour News) — " + STORY[0], *STORY[1:]], [*STORY, "All rights reserved. Follow us on our website."],
    [STORY[0].replace("on Monday", "Monday"), *STORY[1:]],
], ids=["same", "paragraphs", "capitals", "moved", "dateline", "boilerplate", "function-word"])
def test_what_says_the_same_is_no_version(other: list[str]) -> None:
    assert versions(STORY, other) == ()


def test_changes_stand_in_the_order_of_the_first_edition() -> None:
    other = ["The storm was the worst in thirty years.", STORY[0].replace("Monday", "Tuesday"), *STORY[1:3], STORY[4],
             "Kesh has offered help.", STORY[5]]
    (version,) = versions(STORY, other)
    assert [(c.one and c.one.quote, c.other and c.other.quote) for c in version.changes] == [
        (None, other[0]), (STORY[0], other[1]), (STORY[3], None), (None, other[5])]
    assert [(w.quote, v.quote) for c in version.changes for w, v in zip(c.one_words, c.other_words, strict=True)] == [("Monday", "Tuesday")]


def test_a_sentence_that_was_split_is_no_change() -> None:
    joined = [STORY[0], STORY[1][:-1] + ", and " + STORY[2][0].lower() + STORY[2][1:], *STORY[3:]]
    assert versions(STORY, joined) == ()


def test_rewritten_sentences_stand_side_by_side() -> None:
    other = [*STORY[:3], "Petra Lindal, the mayor, said the fishermen's barges had saved the town.", *STORY[4:]]
    (version,) = versions(STORY, other)
    assert [(c.one and c.one.quote, c.other and c.other.quote) for c in version.changes] == [(STORY[3], other[3])]


def test_other_languages_are_no_editions() -> None:
    assert find_versions([Text((article("a", STORY), article("b", ["Der Hafen ist zu."], lang="de")))]) == ()


@pytest.mark.parametrize(("one", "other", "first"), [
    (("2024-01-01", "x"), ("2024-01-02", "y"), "one"),
    (("2024-01-01", "x"), ("2024-01-01", "y"), None),
    (("2024-01-01", "x"), (None, "y"), None),
    ((None, "x"), (None, "y"), None),
    (("2024-01-01T10:00", "x"), ("2024-01-01T09:00", "y"), None),
    (("2024-01-01T10:00", "x"), ("2024-01-01T09:00", "x"), "other"),
    (("2024-01-01T10:00", "x"), ("2024-01-01T09:00+02:00", "x"), None),
    (("2024-01-02T00:30+03:00", "x"), ("2024-01-01T22:00+00:00", "y"), "one"),
    (("2024-01-01T10:00+00:00", "x"), ("2024-01-01", "y"), None),
])
def test_order_is_known_only_where_both_state_it(one: tuple[str | None, str], other: tuple[str | None, str], first: str | None) -> None:
    a, b = article("one", STORY, one[0], outlet=one[1]), article("other", STORY[:-1], other[0], outlet=other[1])
    (version,) = find_versions(find_texts([a, b], Grouping()))
    assert version.order == ("known" if first else "unknown")
    assert version.one.id == first or first is None


def test_every_citation_is_verbatim_and_order_makes_no_difference() -> None:
    chance = random.Random(2)
    copies = [article(f"a{n}", [s.replace("Monday", str(n)) for s in chance.sample(STORY, 5)]) for n in range(8)]
    expected = find_versions(find_texts(copies, Grouping()))
    assert expected
    for seed in range(4):
        assert find_versions(find_texts(random.Random(seed).sample(copies, 8), Grouping())) == expected
    for change in (c for version in expected for c in version.changes):
        for whole, words in ((change.one, change.one_words), (change.other, change.other_words)):
            assert all(whole and whole.start <= w.start < w.end <= whole.end for w in words)


def test_a_hundred_copies_of_a_long_story_take_no_time() -> None:
    long = [f"{sentence[:-1]} number {n}." for n in range(10) for sentence in STORY]
    edited = [[s.replace("number", "round") if n == at else s for at, s in enumerate(long)] for n in range(100)]
    copies = Text(tuple(article(f"a{n:03}", sentences) for n, sentences in enumerate(edited)))
    started = time.process_time()
    assert len(find_versions([copies])) > 50
    assert time.process_time() - started < 3


@needs_seeds
def test_what_a_careful_editor_reads_off_the_real_texts(tmp_path: Path) -> None:
    articles = add_seeds(tmp_path)
    names = {article.id: name[:3] for name, article in articles.items()}
    (version,) = find_versions(find_texts(list(articles.values()), Grouping()))
    assert version.order == "unknown"
    told = [{names[cited.article.id]: cited.quote for cited in (c.one, c.other) if cited} for c in version.changes]
    for change in read_gold()["versions"]["changes"]:
        assert any(all((words is None and name not in row) or (words and words in row.get(name, "")) for name, words in change.items())
                   for row in told), change
    assert len(told) <= 11
