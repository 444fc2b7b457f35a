"""The page of a name, and of an article behind quotations."""

from test_topic_page import article, broke, topic

from digest.findings import Findings, Name
from digest.models import Citation
from digest.names.directory import Listed, drop_names, list_names
from digest.render.name_page import name_row
from digest.render.source_page import paragraphs_of
from digest.slugs import name_slug


def test_a_name_shows_only_sentences_that_are_quoted_anyway() -> None:
    one, other = article("one"), article("other", "b")
    of = topic((one, other))
    words = tuple(Citation(a, 4, 8, "gear") for a in (one, other))
    row = name_row(Listed("gear-1", Name("gear", ("gear",), "name", words), (of,)), {"one": {broke(one).span}})
    assert [place.sentence for place in row.topics[0].places] == [broke(one), None]
    assert [place.words for place in row.topics[0].places] == list(words)
    assert row.url == "names/gear-1/"


def test_spellings_that_differ_in_accents_share_an_address() -> None:
    one, same, other = map(name_slug, ("Çavuş Ovası", "Cavus Ovasi", "Çavuş Ova"))
    assert one == same != other


def listed(*names: Name, given: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the names that have a page, each with its address, where a topic has them and editors list them all."""
    of = topic((article("one"),))
    rows = list_names([of], {of.id: Findings(names=names)}, [name.name for name in names], [], given)
    return {row.name.name: row.slug for row in rows}


def test_an_address_given_to_a_spelling_stays_when_another_becomes_the_commonest() -> None:
    former, now = name_slug("Ovaview"), name_slug("Ova View")
    name = Name("Ova View", ("Ova View", "Ovaview"), "place", ())
    assert listed(name) == {"Ova View": now}
    assert listed(name, given=(former,)) == {"Ova View": former}
    assert listed(name, given=(former, now)) == {"Ova View": now}


def test_names_that_are_the_same_in_latin_letters_are_one() -> None:
    of = topic((article("one"),))
    names = tuple(Name(name, (name,), "place", ()) for name in ("Iran", "Ιράν"))
    (row,) = list_names([of], {of.id: Findings(names=names)}, ["Iran"], [])
    assert (row.name.spellings, row.topics) == (("Iran", "Ιράν"), (of,))


def test_no_address_is_given_twice() -> None:
    names = (Name("Ova View", ("Ova View", "Ovaview"), "place", ()), Name("Ovaview", ("Ovaview",), "place", ()))
    assert listed(*names, given=(name_slug("Ovaview"),)) == {"Ova View": name_slug("Ova View"), "Ovaview": name_slug("Ovaview")}


def test_a_name_without_a_page_keeps_its_address_unless_it_is_hidden() -> None:
    given = tuple(map(name_slug, ("Ova", "Lume", "Petra Lindal")))
    (row,) = list_names([topic((article("one"),))], {"t-1": Findings(names=(Name("Ova", ("Ova",), "place", ()),))}, ["Ova"], [], given)
    assert drop_names(given, [row], ["Petra Lindal"]) == (name_slug("Lume"),)


def test_a_sentence_is_marked_where_words_of_it_are_cited() -> None:
    one = article("one")
    for cited, marked in (({(4, 8)}, [True, False]), ({(0, len(one.text))}, [True, True]), (set(), [False, False])):
        assert [piece.cited for piece in paragraphs_of(one, one.sentences, cited)[0]] == marked
