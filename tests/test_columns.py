"""Terms find their columns, many at once."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest import columns
from digest.columns import Columns

TERMS = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1), min_size=1)


@given(st.lists(TERMS), TERMS)
def test_terms_have_the_columns_of_their_first_coming(texts: list[list[str]], more: list[str]) -> None:
    found, expected = Columns(), dict[str, int]()
    for terms in texts:
        for term in terms:
            expected.setdefault(term, len(expected))
    assert found.find(["\n".join(terms) for terms in texts]).tolist() == [expected[term] for terms in texts for term in terms]
    assert [found[n] for n in range(len(found))] == list(expected)
    assert found.look_up(["\n".join(more)]).tolist() == [expected.get(term, -1) for term in more]
    assert len(found) == len(expected)


def test_many_terms_in_many_pieces() -> None:
    chance = random.Random(5)
    terms = [f"w{chance.randrange(40_000):x}" for _ in range(100_000)]
    found, texts = Columns(), ["\n".join(terms[at:at + 100]) for at in range(0, len(terms), 100)]
    assert sum(map(len, texts)) > columns.PIECE
    expected = {term: n for n, term in enumerate(dict.fromkeys(terms))}
    assert found.find(texts).tolist() == [expected[term] for term in terms]
    assert Columns(found.terms()).look_up(texts).tolist() == found.look_up(texts).tolist()


def test_only_what_is_used_is_kept_in_its_order() -> None:
    found = Columns("wa\nnB\n#1500\nwé")
    kept, places = found.keep(np.array([False, True, True, True]))
    assert places[1:].tolist() == [0, 1, 2]
    assert kept.terms() == "nB\n#1500\nwé"
    assert kept.look_up(["wa\nwé\n#1500"]).tolist() == [-1, 2, 1]
    assert kept.is_kind("#", "n").tolist() == [True, True, False]
    assert kept.find(["new"]).tolist() == [3]


def test_a_long_term_is_a_term() -> None:
    long = "w" + "ab" * columns.PIECE
    found = Columns()
    assert found.find([long, long + "c", long]).tolist() == [0, 1, 0]
