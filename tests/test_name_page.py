"""The page of a name, and of an article behind quotations."""

from test_topic_page import article, broke, topic

from digest.findings import Name
from digest.models import Citation
from digest.name_page import name_row
from digest.source_page import paragraphs_of


def test_a_name_shows_only_sentences_that_are_quoted_anyway() -> None:
    one, other = article("one"), article("other", "b")
    of = topic((one, other))
    words = tuple(Citation(a, 4, 8, "gear") for a in (one, other))
    row = name_row(Name("gear", ("gear",), "name", words), [of], {"one": {broke(one).span}})
    assert [place.sentence for place in row.topics[0].places] == [broke(one), None]
    assert [place.words for place in row.topics[0].places] == list(words)
    assert row.url == f"names/{row.slug}/"


def test_spellings_that_differ_in_accents_share_an_address() -> None:
    rows = [name_row(Name(name, (name,), "place", ()), [], {}) for name in ("Çavuş Ovası", "Cavus Ovasi", "Çavuş Ova")]
    assert rows[0].slug == rows[1].slug != rows[2].slug


def test_a_sentence_is_marked_where_words_of_it_are_cited() -> None:
    one = article("one")
    for cited, marked in (({(4, 8)}, [True, False]), ({(0, len(one.text))}, [True, True]), (set(), [False, False])):
        assert [piece.cited for piece in paragraphs_of(one, one.sentences, cited)[0]] == marked
