"""Put things in groups by how alike their pairs are, whatever the things are: average linkage on a sparse graph."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from digest.vectors import Scores

__all__ = ["UNBOUND", "Bounds", "Pairs", "link_averages", "link_scores"]

Pairs = dict[tuple[int, int], float]
"""Scores of pairs of numbers, the smaller number first; a pair that is missing scores 0."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is settled before anything is compared; it must not contradict itself."""

    together: Sequence[Sequence[int]] = ()
    """Numbers that are in one group."""
    apart: Sequence[tuple[int, int]] = ()
    """Pairs of numbers that are in no group together."""
    closed: Sequence[int] = ()
    """Numbers whose group nothing joins that is not put together with them."""


UNBOUND = Bounds()
"""Nothing is settled."""


def link_scores(count: int, scores: Scores, cut: float, inner: float = 0.0, bounds: Bounds = UNBOUND,
                sizes: Sequence[int] = ()) -> list[list[int]]:
    """Return what `link_averages` does; `sizes` tells how many members each number stands for, and scores are sums over their pairs.

    Only what is connected by likenesses of `cut` or more, or by bounds, can come together: nothing else is looked at.
    """
    members = np.array(sizes, float) if sizes else np.ones(count)
    strong = scores[scores.values >= cut * members[scores.ones] * members[scores.others]]
    bound = [(group[0], other) for group in bounds.together for other in group[1:]]
    ones, others = (np.concatenate([found, [pair[n] for pair in bound]]).astype(int)
                    for n, found in enumerate((strong.ones, strong.others)))
    graph = sparse.coo_matrix((np.ones(len(ones)), (ones, others)), shape=(count, count))
    _, homes = csgraph.connected_components(graph, directed=False)
    return link_averages(count, dict(scores[homes[scores.ones] == homes[scores.others]].items()), cut, inner, bounds, sizes)


def link_averages(count: int, pairs: Pairs, cut: float, inner: float = 0.0, bounds: Bounds = UNBOUND,
                  sizes: Sequence[int] = ()) -> list[list[int]]:
    """Return the numbers below `count` in groups, by average linkage (Sokal and Michener 1958) on a sparse graph.

    The two groups whose members are most alike on the average are joined first, equals in the order of their first
    members, while that average is at least `cut` and, between groups of three or more, at least `inner` times the average
    within the looser of them: look-alikes of two events are more alike within each. Groups and their members are sorted.
    `bounds` hold whatever the scores are. What is alike is joined before they put anything together, so that a rule drives nothing
    away, unless that would join what is to be apart.
    """
    groups = _gather(_link(count, pairs, cut, inner, _loosen(bounds), sizes), bounds.together)
    home = {number: at for at, group in enumerate(groups) for number in group}
    broken = bounds.together and any(home[a] == home[b] for a, b in bounds.apart)
    return _link(count, pairs, cut, inner, bounds, sizes) if broken else groups


def _loosen(bounds: Bounds) -> Bounds:
    """Return bounds that put nothing together, but hold all that is to be together apart from others and closed as one."""
    sets = _gather([[number] for members in bounds.together for number in members], bounds.together)
    mates = {number: members for members in sets for number in members}
    apart = {(x, y) for a, b in bounds.apart for x in mates.get(a, [a]) for y in mates.get(b, [b])}
    return Bounds(apart=sorted(apart), closed=sorted({mate for number in bounds.closed for mate in mates.get(number, [number])}))


def _gather(groups: Sequence[Sequence[int]], together: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return groups, those that hold numbers to be together as one."""
    if not together:
        return [list(group) for group in groups]
    found = [set(group) for group in groups]
    for members in together:
        met = [group for group in found if not group.isdisjoint(members)]
        found = [group for group in found if group not in met] + [set().union(*met)]
    return sorted(map(sorted, found))


def _link(count: int, pairs: Pairs, cut: float, inner: float, bounds: Bounds, sizes: Sequence[int]) -> list[list[int]]:
    linkage = _Linkage(count, pairs, bounds, sizes)
    heap = [row for a in linkage.groups for row in linkage.find_alike(a, cut) if row[1] == a]
    heapq.heapify(heap)
    while heap:
        score, a, b = heapq.heappop(heap)
        if linkage.may_join(a, b, -score, inner):
            linkage.join(a, b)
            for row in linkage.find_alike(a, cut):
                heapq.heappush(heap, row)
    return [sorted(group) for _, group in sorted(linkage.groups.items())]


class _Linkage:
    """The groups so far, each named by its smallest number, and how alike they are in sum."""

    def __init__(self, count: int, pairs: Pairs, bounds: Bounds, sizes: Sequence[int]) -> None:
        self.groups = {i: [i] for i in range(count)}
        self.sizes = list(sizes) or [1] * count
        self.near: list[dict[int, float]] = [{} for _ in range(count)]
        self.within = [0.0] * count
        self.apart: defaultdict[int, set[int]] = defaultdict(set)
        self.closed: set[int] = set()
        for (a, b), score in pairs.items():
            self.near[a][b] = self.near[b][a] = score
        for a, b in bounds.apart:
            self.apart[a].add(b)
            self.apart[b].add(a)
        for members in bounds.together:
            self._gather(members)
        closed = set(bounds.closed)
        self.closed.update(i for i, group in self.groups.items() if closed and not closed.isdisjoint(group))

    def _gather(self, members: Sequence[int]) -> None:
        """Join the groups of these numbers."""
        homes = sorted({home for home, group in self.groups.items() if not set(members).isdisjoint(group)})
        for other in homes[1:]:
            self.join(homes[0], other)

    def find_alike(self, a: int, cut: float) -> list[tuple[float, int, int]]:
        """Return a group with each other one at least `cut` alike on the average: how alike, negative, and the smaller number first."""
        size, sizes = self.sizes[a], self.sizes
        return [(-total / (size * sizes[b]), min(a, b), max(a, b))
                for b, total in self.near[a].items() if total / (size * sizes[b]) >= cut]

    def may_join(self, a: int, b: int, score: float, inner: float) -> bool:
        """Return whether two groups are still as alike as `score` says and nothing holds them apart."""
        if a not in self.groups or b not in self.groups or score != self.near[a].get(b, 0.0) / (self.sizes[a] * self.sizes[b]):
            return False
        if b in self.apart[a] or a in self.closed or b in self.closed:
            return False
        return score >= inner * min(_average(self.within[i], self.sizes[i]) for i in (a, b))

    def join(self, a: int, b: int) -> None:
        """Make b a part of a."""
        near = self.near[a]
        self.within[a] += self.within[b] + near.pop(b, 0.0)
        self.groups[a] += self.groups.pop(b)
        self.sizes[a] += self.sizes[b]
        for c, total in self.near[b].items():
            if c != a:
                other = self.near[c]
                del other[b]
                near[c] = other[a] = near.get(c, 0.0) + total
        self.near[b] = {}
        for c in self.apart.pop(b, set()):
            self.apart[c].discard(b)
            self.apart[c].add(a)
            self.apart[a].add(c)


def _average(total: float, size: int) -> float:
    """Return the average over the pairs within a group; 0 where they are too few to tell."""
    return total / (size * (size - 1) / 2) if size > 2 else 0.0
