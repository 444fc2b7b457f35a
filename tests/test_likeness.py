"""How likely two texts report one event: the same both ways, from 0 to 1, and carefully across gaps of time."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from linking import Pairs

from digest import likeness
from digest.gist import find_gist
from digest.group import score_events
from digest.likeness import ACROSS, LATE, WITHIN, attest, compare_texts, score_texts
from digest.models import Article, Text, When
from digest.parts import Reader
from digest.rarity import Rarity
from digest.traits import Traits, find_traits
from digest.vectors import Scores

WORDS = ["Valkessa", "Bardin", "Orvane", "bridge", "treaty", "fell", "signed", "the", "of", "1,250", "44", "May 6", "2019", "rain", "court"]
WEIGHTS = yaml.safe_load(Path(likeness.__file__).with_name("likeness.yml").read_text("utf-8"))
AGAINST = {"other_numbers", "apart", "other_day", "other_year"}


def text(ident: str, words: str, published: str | None = None, lang: str = "en") -> Text:
    return Text((Article(id=ident, path=Path(f"{ident}.md"), title=words[:40], text=words, lang=lang,
                         published=When.parse(published) if published else None),))


def score(*texts: Text) -> Pairs:
    return dict(score_events(texts).items())


def scores_of(pairs: Pairs) -> Scores:
    rows = np.array([(a, b, value) for (a, b), value in sorted(pairs.items())], float).reshape(-1, 3)
    return Scores(rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2])


def traits_of(texts: Sequence[Text]) -> Traits:
    gists = [[find_gist(article) for article in text.articles] for text in texts]
    parts = Reader().count(gists)
    return find_traits(gists, Rarity.of(parts))


@pytest.mark.parametrize(("kind", "names"), [("within", WITHIN), ("across", ACROSS)])
def test_every_feature_has_a_weight_of_its_sign_and_says_what_it_is(kind: str, names: tuple[str, ...]) -> None:
    assert list(WEIGHTS[kind]) == ["bias", *names]
    assert all(weight <= 0 if name in AGAINST else weight >= 0 for name, weight in WEIGHTS[kind].items() if name != "bias")
    lines = Path(likeness.__file__).with_name("likeness.yml").read_text("utf-8").splitlines()
    assert all(" # " in line for line in lines if line.startswith("  ") and not line.startswith("  bias"))


@given(st.lists(st.tuples(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), st.sampled_from(["2024-05-06", "2024-05-09", None]),
                          st.sampled_from(["en", "tr"])), min_size=2, max_size=5))
def test_features_and_scores_have_their_bounds_and_are_the_same_both_ways(rows: list[tuple[list[str], str | None, str]]) -> None:
    texts = [text(f"a{n}", " ".join(words), day, lang) for n, (words, day, lang) in enumerate(rows)]
    candidates = scores_of(dict.fromkeys(combinations(range(len(texts)), 2), 0.5))
    most = np.full(len(texts), 0.5)
    compared = compare_texts(traits_of(texts), candidates, most)
    assert sum(len(at) for _, at, _ in compared) == len(candidates)
    for kind, _, features in compared:
        bounded = [name != "apart" for name in (WITHIN if kind == "within" else ACROSS)]
        assert ((features[:, bounded] >= 0) & (features[:, bounded] <= 1 + 1e-9)).all()
    scores = dict(score_texts(traits_of(texts), candidates, most).items())
    assert all(0 <= value <= 1 for value in scores.values())
    last = len(texts) - 1
    turned = dict(score_texts(traits_of(texts[::-1]), candidates, most).items())
    assert {(last - b, last - a): value for (a, b), value in turned.items()} == pytest.approx(scores)


NEWS = (
    ("Farmers blocked a road over prices of milk near Orin. Their speaker Tora Venn said that 140 tractors stood there since dawn, and "
     "that the dairies of Marenia paid less than hay costs."),
    ("A ferry with 212 passengers ran aground off Hollin Sound. Captain Ivo Bardin had reported engine trouble; the coast guard of "
     "Marenia took everybody off by noon."),
    ("Schools of Drenovar will teach in two languages from autumn on. The council voted 31 to 8; teachers from all over Marenia have "
     "applied, said the mayor, Samira Nadel."),
    ("The central bank of Marenia cut its rate to 3.5 percent. Traders at the exchange of Sarn had expected less, the analyst Josef "
     "Kadlan noted, and the crown fell."),
)


def test_the_same_day_and_country_are_no_event() -> None:
    texts = [text(f"a{n}", words, "2024-05-06") for n, words in enumerate(NEWS)]
    assert max(score(*texts).values(), default=0.0) < 0.5


def test_an_event_is_less_likely_the_more_days_lie_between() -> None:
    words = "The treaty of Valkessa was signed by Alina Temirov, and 1,250 soldiers leave {}."
    one, other = words.format("Bardinov"), words.format("the town of Bardinov")
    scores = [score(text("a", one, "2024-05-06"), text("b", other, day)).get((0, 1), 0.0)
              for day in ("2024-05-06", "2024-05-09", "2024-05-15", "2024-06-15", "2025-06-15")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def traits(*days: int) -> Traits:
    return traits_of([text(f"a{n}", "A bridge.", (date(2024, 1, 1) + timedelta(day)).isoformat()) for n, day in enumerate(days)])


@pytest.mark.parametrize(("first", "later", "kept"), [(1, 1, False), (3, 2, False), (9, 1, False), (5, 2, True), (4, 3, True)])
def test_late_reports_need_several_witnesses_on_either_side(first: int, later: int, kept: bool) -> None:
    pairs = dict.fromkeys(combinations(range(first + later), 2), 0.9)
    found = dict(attest(traits(*[0] * first, *[LATE + 5] * later), scores_of(pairs)).items())
    assert math.isclose(found[0, first], 0.9) == kept
    assert all(math.isclose(found[pair], 0.9) for pair in combinations(range(first), 2))


def test_reports_of_the_next_days_need_no_witnesses() -> None:
    assert dict(attest(traits(0, LATE), scores_of({(0, 1): 0.7})).items()) == {(0, 1): 0.7}
