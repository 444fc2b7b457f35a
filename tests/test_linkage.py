"""Average linkage on a sparse graph, within what is settled before."""

from itertools import combinations
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linking import Pairs, link_averages

from digest import linkage
from digest.linkage import UNBOUND, Bounds

CHAIN: Pairs = {(0, 1): 0.9, (1, 2): 0.5, (2, 3): 0.8}
LOOSE: Pairs = {(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0, (3, 4): 1.0, (3, 5): 1.0, (4, 5): 1.0} | {
    (a, b): 0.45 for a in range(3) for b in range(3, 6)}
PAIRS = st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), st.floats(0.05, 1))


@pytest.mark.parametrize(("count", "pairs", "cut", "inner", "groups"), [
    (0, {}, 0.3, 0.0, []), (2, {}, 0.3, 0.0, [[0], [1]]), (2, {(0, 1): 0.3}, 0.3, 0.0, [[0, 1]]), (2, {(0, 1): 0.29}, 0.3, 0.0, [[0], [1]]),
    (4, CHAIN, 0.2, 0.0, [[0, 1], [2, 3]]),
    (4, CHAIN, 0.1, 0.0, [[0, 1, 2, 3]]),
    (3, {(0, 1): 0.5, (1, 2): 0.5}, 0.3, 0.0, [[0, 1], [2]]),
    (6, LOOSE, 0.4, 0.0, [[0, 1, 2, 3, 4, 5]]), (6, LOOSE, 0.4, 0.6, [[0, 1, 2], [3, 4, 5]]), (6, LOOSE, 0.4, 0.4, [[0, 1, 2, 3, 4, 5]]),
])
def test_groups(count: int, pairs: Pairs, cut: float, inner: float, groups: list[list[int]]) -> None:
    assert link_averages(count, pairs, cut, inner) == groups


@pytest.mark.parametrize(("bounds", "groups"), [
    (UNBOUND, [[0, 1], [2, 3]]),
    (Bounds(together=[[0, 3]]), [[0, 1, 2, 3]]), (Bounds(together=[[1, 2]]), [[0, 1, 2, 3]]),
    (Bounds(together=[[0, 2]], apart=[(1, 2)]), [[0, 2, 3], [1]]), (Bounds(together=[[0, 2], [2, 3]], closed=[3]), [[0, 2, 3], [1]]),
    (Bounds(apart=[(0, 1)]), [[0], [1], [2, 3]]), (Bounds(apart=[(0, 1), (2, 3)]), [[0], [1, 2], [3]]),
    (Bounds(closed=[0]), [[0], [1], [2, 3]]), (Bounds(together=[[0, 3]], closed=[3]), [[0, 3], [1, 2]]),
    (Bounds(together=[[0, 3]], apart=[(3, 1)]), [[0, 2, 3], [1]]),
])
def test_bounds_go_before_scores(bounds: Bounds, groups: list[list[int]]) -> None:
    assert link_averages(4, CHAIN, 0.3, bounds=bounds) == groups


def test_what_is_put_together_drives_nothing_away() -> None:
    pairs = {(0, 1): 0.9, (2, 3): 0.9}
    assert link_averages(5, pairs, 0.5, bounds=Bounds(together=[[0, 4]])) == [[0, 1, 4], [2, 3]]
    assert link_averages(5, pairs, 0.5, bounds=Bounds(together=[[0, 2]])) == [[0, 1, 2, 3], [4]]


@given(PAIRS, st.sampled_from([0.0, 0.6]), st.permutations(range(8)))
def test_the_order_of_pairs_does_not_matter(pairs: Pairs, inner: float, order: list[int]) -> None:
    keys = sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))
    assert link_averages(8, {key: pairs[key] for key in keys}, 0.3, inner) == link_averages(8, pairs, 0.3, inner)


@given(PAIRS, st.sampled_from([0.0, 0.6]))
def test_no_two_groups_could_still_be_joined(pairs: Pairs, inner: float) -> None:
    groups = link_averages(8, pairs, 0.3, inner)
    assert sorted(n for group in groups for n in group) == list(range(8))

    def average(one: list[int], other: list[int]) -> float:
        return sum(pairs.get((min(a, b), max(a, b)), 0.0) for a in one for b in other) / (len(one) * len(other))

    def within(group: list[int]) -> float:
        return sum(pairs.get(pair, 0.0) for pair in combinations(group, 2)) / (len(group) * (len(group) - 1) / 2) if len(group) > 2 else 0.0

    for one, other in combinations(groups, 2):
        assert average(one, other) < max(0.3, inner * min(within(one), within(other))) + 1e-9


MANY = st.dictionaries(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
                       st.integers(1, 20).map(lambda n: n / 20), max_size=50)


@given(MANY, st.sampled_from([0.0, 0.6]), st.lists(st.integers(0, 11), max_size=2))
def test_joining_many_at_once_is_joining_one_by_one(pairs: Pairs, inner: float, closed: list[int]) -> None:
    with patch.object(linkage, "FEW", 1):
        assert link_averages(12, pairs, 0.3, inner, Bounds(closed=closed)) == one_by_one(12, pairs, 0.3, inner, closed)


def one_by_one(count: int, pairs: Pairs, cut: float, inner: float, closed: list[int]) -> list[list[int]]:
    scores = {pair: round(score * linkage.UNIT) for pair, score in pairs.items()}
    groups = [[n] for n in range(count)]
    while True:
        tight = {group[0]: within(group, scores) for group in groups}
        rows = []
        for one, other in combinations([group for group in groups if not {*group} & {*closed}], 2):
            average = sum(scores.get((min(a, b), max(a, b)), 0) for a in one for b in other) / (len(one) * len(other))
            if average >= cut * linkage.UNIT and average >= inner * min(tight[one[0]], tight[other[0]]):
                rows.append((-average, one, other))
        if not rows:
            return groups
        _, one, other = min(rows)
        groups = sorted([*(group for group in groups if group not in (one, other)), sorted(one + other)])


def within(group: list[int], scores: dict[tuple[int, int], int]) -> float:
    inside = list(combinations(group, 2))
    return sum(scores.get(pair, 0) for pair in inside) / len(inside) if len(group) > 2 else 0.0


@given(PAIRS, st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=3), max_size=2), st.lists(st.integers(0, 7), max_size=2))
def test_what_is_together_stays_and_nothing_joins_what_is_closed(pairs: Pairs, together: list[list[int]], closed: list[int]) -> None:
    groups = link_averages(8, pairs, 0.3, bounds=Bounds(together=together, closed=closed))
    home = {n: frozenset(group) for group in groups for n in group}
    assert all(len({home[n] for n in members}) == 1 for members in together)
    alone = {home[n] for n in closed}
    bound = link_averages(8, {}, 0.3, bounds=Bounds(together=together))
    assert alone <= {frozenset(group) for group in bound}
