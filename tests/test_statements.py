"""Sentences that say the same come together, counted in separate texts; what contradicts stays apart."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from seeds import add_seeds, needs_seeds, read_gold

from digest.compare.align import align_sentences
from digest.compare.statements import find_statements
from digest.dedupe import find_texts
from digest.findings import Statement
from digest.models import Article, Text
from digest.segment import segment_article
from digest.settings import Grouping

FERRY = "The ferry Almira sank off Port Selvi on Tuesday with 212 people aboard."
SUNK = "With 212 people aboard, the ferry Almira sank on Tuesday near Port Selvi."
LONG = "Rescuers were still searching at night after the ferry Almira with 212 people aboard sank on Tuesday off Port Selvi."
PASSAGE = "The strait between Nolvar and Sarvena has been crossed by ferries since the harbor of Selvi was dug by hand a century ago."
FILLERS = ("Bakers in Nolvar raised the price of a loaf by a tenth.", "A court in Sarvena freed the poet Milo Karst after two years.",
           "Snow closed the mountain road to Brelle for a third night.", "The museum of clocks opens a new wing in autumn.")


def article(ident: str, text: str, outlet: str | None = None, lang: str = "en") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title=ident, text=text, lang=lang, outlet=outlet))


def texts(*bodies: str, lang: str = "en") -> list[Text]:
    return [Text((article(f"a{number}", f"{body} {FILLERS[number % 4]}", f"outlet-{number}", lang),)) for number, body in enumerate(bodies)]


def statements(found: Sequence[Text]) -> tuple[Statement, ...]:
    return find_statements(found, align_sentences(found))


def quotes(found: Sequence[Text]) -> list[set[str]]:
    return [{cited.quote for cited in statement.citations} for statement in statements(found)]


def test_the_same_words_were_written_once() -> None:
    short = "The ferry Almira sank off Port Selvi."
    [statement] = statements(texts(short, short, SUNK))
    assert sorted(cited.article.id for cited in statement.citations) == ["a0", "a1", "a2"]
    assert statement.separate_texts == 2


def test_sentences_that_say_the_same_are_one_statement() -> None:
    [statement] = statements(texts(FERRY, SUNK, LONG))
    assert {cited.quote for cited in statement.citations} == {FERRY, SUNK, LONG}
    assert (statement.separate_texts, statement.outlets, statement.passage) == (3, statement.outlets, False)
    assert sorted(statement.outlets) == ["outlet-0", "outlet-1", "outlet-2"]


@pytest.mark.parametrize(("one", "other"), [
    (FERRY, FERRY.replace("212", "309")),
    (FERRY, FERRY.replace("Tuesday", "Friday")),
    (FERRY, FERRY.replace("sank", "did not sink")),
    (FERRY, FERRY.replace("Almira", "Borealis").replace("Port Selvi", "Cape Torun")),
    ("Premier Anna Doru said on Monday that bread was too dear.", "Premier Anna Doru said on Monday that the ferry had been safe."),
], ids=["number", "day", "negation", "actors", "speaker alone"])
def test_what_differs_is_not_the_same(one: str, other: str) -> None:
    assert not [statement for statement in statements(texts(one, other)) if not statement.passage]


def test_copies_are_cited_and_count_once() -> None:
    edited = FERRY.replace("Tuesday", "Tuesday morning")
    copied = Text((article("a", FERRY, "gazette"), article("b", f"{edited} {FILLERS[2]}", "courier"), article("c", FILLERS[1], "mirror")))
    [statement] = statements([copied, Text((article("d", SUNK, "herald"),))])
    assert {cited.article.id for cited in statement.citations} == {"a", "b", "d"}
    assert statement.separate_texts == 2
    assert sorted(statement.outlets) == ["courier", "gazette", "herald"]


def test_a_passage_is_told_once() -> None:
    [statement] = statements(texts(PASSAGE, PASSAGE.replace("dug by hand", "dug by hand,"), f"{FERRY} {PASSAGE}"))
    assert (statement.separate_texts, statement.passage, len(statement.citations)) == (1, True, 3)


def test_what_is_also_told_in_other_words_is_no_mere_passage() -> None:
    found = statements(texts(FERRY, FERRY, SUNK))
    assert [(statement.separate_texts, statement.passage) for statement in found] == [(2, False)]


def test_the_first_sentence_reads_alone_and_names_its_source() -> None:
    pronoun = "It sank on Tuesday with 212 people aboard off Port Selvi, the ferry Almira."
    sourced = "The ferry Almira sank off Port Selvi on Tuesday with 212 people aboard, police said."
    [statement] = statements(texts(pronoun, sourced, SUNK))
    assert statement.citations[0].quote == sourced
    assert statement.attributed_to is not None
    assert statement.attributed_to.quote == "police"


def test_each_sentence_says_the_same_as_the_first_and_stands_in_one_statement() -> None:
    found = statements(texts(FERRY, SUNK, LONG, PASSAGE, PASSAGE))
    places = [(cited.article.id, cited.start) for statement in found for cited in statement.citations]
    assert len(places) == len(set(places))
    for statement in found:
        assert len({cited.article.id for cited in statement.citations}) == len(statement.citations)


def test_most_texts_come_first_and_passages_last() -> None:
    bread = ("A loaf of bread costs a tenth more in Nolvar since the bakers' vote of May.",
             "Since the bakers' vote of May, a loaf of bread costs a tenth more in Nolvar.")
    found = statements(texts(f"{FERRY} {PASSAGE}", f"{SUNK} {bread[0]}", f"{LONG} {bread[1]}", PASSAGE))
    assert [(statement.separate_texts, statement.passage) for statement in found] == [(3, False), (2, False), (1, True)]


def test_what_one_outlet_alone_repeats_comes_last() -> None:
    """Even behind passages, whatever its number of texts; articles of unknown outlets may be of different ones."""
    mine = [article(f"m{n}", body, "mine") for n, body in enumerate((FERRY, SUNK, LONG))]
    shared = [article(f"s{n}", f"{PASSAGE} {FILLERS[n]}", f"outlet-{n}") for n in range(2)]
    unknown = [replace(one, outlet=None) for one in mine]
    for given, last in ((mine, True), (unknown, False)):
        found = statements([Text((one,)) for one in (*given, *shared)])
        assert [statement.passage for statement in found] == [last, not last]


def test_the_order_of_texts_does_not_matter() -> None:
    found = texts(FERRY, SUNK, LONG, PASSAGE, f"{FERRY} {PASSAGE}")
    known = statements(found)
    for seed in range(5):
        assert statements(random.Random(seed).sample(found, len(found))) == known


def test_other_languages() -> None:
    one, other = ("El ferry Almira se hundió el martes frente al puerto de Selvi con 212 personas a bordo.",
                  "Con 212 personas a bordo, el ferry Almira se hundió el martes cerca del puerto de Selvi.")
    assert quotes(texts(one, other, lang="es")) == [{one, other}]
    mixed = [Text((article("a", one, lang="es"),)), Text((article("b", FERRY),))]
    assert not statements(mixed)


@needs_seeds
def test_the_passages_that_a_careful_editor_reads_off_the_real_texts(tmp_path: Path) -> None:
    articles = add_seeds(tmp_path)
    names = {article.id: name for name, article in articles.items()}
    found = find_texts(list(articles.values()), Grouping())
    passages = [s for s in find_statements(found, align_sentences(found)) if s.passage]
    assert sorted(sorted((names[c.article.id], c.quote[:50]) for c in s.citations) for s in passages) == sorted(
        sorted((row["article"], row["starts"]) for row in group) for group in read_gold()["shared_passages"]["groups"])
