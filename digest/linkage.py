"""Put things in groups by how alike their pairs are, whatever the things are: average linkage on a sparse graph."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["UNBOUND", "Bounds", "Pairs", "link_averages"]

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


def link_averages(count: int, pairs: Pairs, cut: float, inner: float = 0.0, bounds: Bounds = UNBOUND) -> list[list[int]]:
    """Return the numbers below `count` in groups, by average linkage (Sokal and Michener 1958) on a sparse graph.

    The two groups whose members are most alike on the average are joined first, equals in the order of their first
    members, while that average is at least `cut` and, between groups of three or more, at least `inner` times the average
    within the looser of them: look-alikes of two events are more alike within each. Groups and their members are sorted.
    `bounds` hold whatever the scores are. What is alike is joined before they put anything together, so that a rule drives nothing
    away, unless that would join what is to be apart.
    """
    groups = _gather(_link(count, pairs, cut, inner, _loosen(bounds)), bounds.together)
    home = {number: at for at, group in enumerate(groups) for number in group}
    broken = bounds.together and any(home[a] == home[b] for a, b in bounds.apart)
    return _link(count, pairs, cut, inner, bounds) if broken else groups


def _loosen(bounds: Bounds) -> Bounds:
    """Return bounds that put nothing together, but hold all that is to be together apart from others and closed as one."""
    sets = _gather([[number] for members in bounds.together for number in members], bounds.together)
    mates = {number: members for members in sets for number in members}
    apart = {(x, y) for a, b in bounds.apart for x in mates.get(a, [a]) for y in mates.get(b, [b])}
    return Bounds(apart=sorted(apart), closed=sorted({mate for number in bounds.closed for mate in mates.get(number, [number])}))


def _gather(groups: Sequence[Sequence[int]], together: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return groups, those that hold numbers to be together as one."""
    found = [set(group) for group in groups]
    for members in together:
        met = [group for group in found if not group.isdisjoint(members)]
        found = [group for group in found if group not in met] + [set().union(*met)]
    return sorted(map(sorted, found))


def _link(count: int, pairs: Pairs, cut: float, inner: float, bounds: Bounds) -> list[list[int]]:
    linkage = _Linkage(count, pairs, bounds)
    heap = [(-linkage.average(a, b), a, b) for a in linkage.groups for b in linkage.near[a] if a < b and linkage.average(a, b) >= cut]
    heapq.heapify(heap)
    while heap:
        score, a, b = heapq.heappop(heap)
        if not linkage.may_join(a, b, -score, inner):
            continue
        linkage.join(a, b)
        for c in linkage.near[a]:
            average = linkage.average(a, c)
            if average >= cut:
                heapq.heappush(heap, (-average, min(a, c), max(a, c)))
    return [sorted(group) for _, group in sorted(linkage.groups.items())]


class _Linkage:
    """The groups so far, each named by its smallest number, and how alike they are in sum."""

    def __init__(self, count: int, pairs: Pairs, bounds: Bounds) -> None:
        self.groups = {i: [i] for i in range(count)}
        self.near: dict[int, dict[int, float]] = {i: {} for i in range(count)}
        self.within = dict.fromkeys(range(count), 0.0)
        self.apart: defaultdict[int, set[int]] = defaultdict(set)
        self.closed: set[int] = set()
        for (a, b), score in sorted(pairs.items()):
            self.near[a][b] = self.near[b][a] = score
        for a, b in bounds.apart:
            self.apart[a].add(b)
            self.apart[b].add(a)
        for members in bounds.together:
            self._gather(members)
        self.closed.update(i for i, group in self.groups.items() if not set(bounds.closed).isdisjoint(group))

    def _gather(self, members: Sequence[int]) -> None:
        """Join the groups of these numbers."""
        homes = sorted({home for home, group in self.groups.items() if not set(members).isdisjoint(group)})
        for other in homes[1:]:
            self.join(homes[0], other)

    def average(self, a: int, b: int) -> float:
        """Return how alike two groups are, on the average over their pairs."""
        return self.near[a].get(b, 0.0) / (len(self.groups[a]) * len(self.groups[b]))

    def may_join(self, a: int, b: int, score: float, inner: float) -> bool:
        """Return whether two groups are still as alike as `score` says and nothing holds them apart."""
        if a not in self.groups or b not in self.groups or score != self.average(a, b):
            return False
        if b in self.apart[a] or a in self.closed or b in self.closed:
            return False
        return score >= inner * min(_average(self.within[i], len(self.groups[i])) for i in (a, b))

    def join(self, a: int, b: int) -> None:
        """Make b a part of a."""
        self.within[a] += self.within[b] + self.near[a].get(b, 0.0)
        self.groups[a] += self.groups.pop(b)
        _merge(self.near, a, b)
        for c in self.apart.pop(b, set()):
            self.apart[c].discard(b)
            self.apart[c].add(a)
            self.apart[a].add(c)


def _average(total: float, size: int) -> float:
    """Return the average over the pairs within a group; 0 where they are too few to tell."""
    return total / (size * (size - 1) / 2) if size > 2 else 0.0


def _merge(near: dict[int, dict[int, float]], a: int, b: int) -> None:
    """Add up the scores of b's neighbors to those of a, and forget b."""
    for c, total in near.pop(b).items():
        del near[c][b]
        if c != a:
            near[a][c] = near[c][a] = near[a].get(c, 0.0) + total
