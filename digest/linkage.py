"""Put things in groups by how alike their pairs are, whatever the things are: average linkage on a sparse graph."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from digest.vectors import DECIMALS, Array, Scores

__all__ = ["UNBOUND", "Bounds", "link_scores"]

UNIT = 10 ** DECIMALS
"""Scores are added up as whole numbers of these."""
FEW = 20
"""Groups are joined one by one where fewer can be joined at once."""

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
    """Return the numbers below `count` in groups, by average linkage (Sokal and Michener 1958) on a sparse graph.

    The two groups whose members are most alike on the average are joined first, equals in the order of their first
    members, while that average is at least `cut` and, between groups of three or more, at least `inner` times the average
    within the looser of them: look-alikes of two events are more alike within each. Groups and their members are sorted.
    `bounds` hold whatever the scores are. What is alike is joined before they put anything together, so that a rule drives nothing
    away, unless that would join what is to be apart.
    `sizes` tells how many members each number stands for: scores are sums over their pairs.
    """
    groups = _gather(_link(count, scores, cut, inner, _loosen(bounds), sizes), bounds.together)
    home = {number: at for at, group in enumerate(groups) for number in group}
    broken = bounds.together and any(home[a] == home[b] for a, b in bounds.apart)
    return _link(count, scores, cut, inner, bounds, sizes) if broken else groups


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


def _link(count: int, scores: Scores, cut: float, inner: float, bounds: Bounds, sizes: Sequence[int]) -> list[list[int]]:
    joined = _Joined.of(count, scores, cut * UNIT, sizes)
    if not bounds.together:
        held = {number for pair in bounds.apart for number in pair}.union(bounds.closed)
        joined.join_mates(inner, np.array(sorted(held), np.int64))
    linkage = _Linkage(joined, bounds)
    heap = sorted(row for a in linkage.groups for row in linkage.find_alike(a, joined.cut) if row[1] == a) if bounds.together else (
        sorted(zip(*joined.find_alike(), strict=True)))
    while heap:
        score, a, b = heapq.heappop(heap)
        if linkage.may_join(a, b, -score, inner):
            linkage.join(a, b)
            for row in linkage.find_alike(a, joined.cut):
                heapq.heappush(heap, row)
    return [sorted(group) for _, group in sorted(linkage.groups.items())]


@dataclass(slots=True)
class _Joined:
    """The groups so far, in arrays: what is joined whatever else is, at once and much faster than one by one.

    Sums are whole numbers, so that the order of adding does not matter.
    """

    homes: Array
    """The group of each number: its smallest number."""
    sizes: Array
    within: Array
    """How alike the members of each group are in sum."""
    ones: Array
    others: Array
    sums: Array
    """How alike groups are in sum."""
    cut: float

    @classmethod
    def of(cls, count: int, scores: Scores, cut: float, sizes: Sequence[int]) -> "_Joined":
        return cls(np.arange(count), np.array(sizes, float) if sizes else np.ones(count), np.zeros(count), scores.ones, scores.others,
                   np.rint(scores.values * UNIT), cut)

    def averages(self) -> Array:
        """Return how alike groups are on the average."""
        found: Array = self.sums / (self.sizes[self.ones] * self.sizes[self.others])
        return found

    def find_alike(self) -> tuple[list[float], list[int], list[int]]:
        """Return the groups that are alike enough: how alike, negative, and the smaller number first."""
        averages = self.averages()
        at = np.flatnonzero(averages >= self.cut)
        return (-averages[at]).tolist(), self.ones[at].tolist(), self.others[at].tolist()

    def join_mates(self, inner: float, held: Array) -> None:
        """Join groups each of which is the other's nearest, while there are many; what is `held` waits.

        Nothing that happens to others makes either more alike to anything; so both are joined sooner or later. Where `inner` forbids
        that, they wait: what they join then depends on when it happens.
        """
        waits = np.zeros(len(self.homes), bool)
        waits[held] = True
        while True:
            self._narrow()
            averages = self.averages()
            at = np.flatnonzero(averages >= self.cut)
            at = at[np.lexsort((self.others[at], self.ones[at], -averages[at]))]
            ones, others = self.ones[at], self.others[at]
            first = np.full(len(self.homes), len(at))
            for side in (ones, others):
                np.minimum.at(first, side, np.arange(len(at)))
            mates = (first[ones] == np.arange(len(at))) & (first[others] == np.arange(len(at))) & ~waits[ones] & ~waits[others]
            pairs = np.maximum(1, self.sizes * (self.sizes - 1) / 2)
            tight = np.where(self.sizes > 2, self.within / pairs, 0.0)
            may = averages[at] >= inner * np.minimum(tight[ones], tight[others])
            for side in (ones, others):
                waits[side[mates & ~may]] = True
            mates &= may
            self._join(ones[mates], others[mates], self.sums[at[mates]])
            if mates.sum() < FEW:
                return

    def _narrow(self) -> None:
        """Forget how alike groups are that nothing can bring together: that no chain of groups that are alike enough connects."""
        strong = np.flatnonzero(self.averages() >= self.cut)
        graph = sparse.coo_matrix((np.ones(len(strong)), (self.ones[strong], self.others[strong])), shape=2 * self.homes.shape)
        _, parts = csgraph.connected_components(graph, directed=False)
        kept = parts[self.ones] == parts[self.others]
        self.ones, self.others, self.sums = self.ones[kept], self.others[kept], self.sums[kept]

    def _join(self, ones: Array, others: Array, sums: Array) -> None:
        """Make each of some groups a part of another one."""
        self.within[ones] += self.within[others] + sums
        self.sizes[ones] += self.sizes[others]
        moved = np.arange(len(self.homes))
        moved[others] = ones
        self.homes = moved[self.homes]
        ones, others = moved[self.ones], moved[self.others]
        apart = ones != others
        keys, places = np.unique((np.minimum(ones, others) * len(moved) + np.maximum(ones, others))[apart], return_inverse=True)
        self.sums = np.bincount(places, self.sums[apart], minlength=len(keys))
        self.ones, self.others = np.divmod(keys, max(1, len(moved)))


class _Linkage:
    """The groups so far, each named by its smallest number, and how alike they are in sum: what is joined one by one."""

    def __init__(self, joined: _Joined, bounds: Bounds) -> None:
        self.groups: dict[int, list[int]] = {}
        for number, home in enumerate(joined.homes.tolist()):
            self.groups.setdefault(home, []).append(number)
        self.sizes: list[float] = joined.sizes.tolist()
        self.within: list[float] = joined.within.tolist()
        self.near: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self.apart: defaultdict[int, set[int]] = defaultdict(set)
        self.closed: set[int] = set()
        for a, b, total in zip(joined.ones.tolist(), joined.others.tolist(), joined.sums.tolist(), strict=True):
            self.near[a][b] = self.near[b][a] = total
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


def _average(total: float, size: float) -> float:
    """Return the average over the pairs within a group; 0 where they are too few to tell."""
    return total / (size * (size - 1) / 2) if size > 2 else 0.0
