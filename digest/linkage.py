"""Put things in groups by how alike their pairs are, whatever the things are: average linkage on a sparse graph."""

import heapq

__all__ = ["Pairs", "link_averages"]

Pairs = dict[tuple[int, int], float]
"""Scores of pairs of numbers, the smaller number first; a pair that is missing scores 0."""


def link_averages(count: int, pairs: Pairs, cut: float, inner: float = 0.0) -> list[list[int]]:
    """Return the numbers below `count` in groups, by average linkage (Sokal and Michener 1958) on a sparse graph.

    The two groups whose members are most alike on the average are joined first, equals in the order of their first
    members, while that average is at least `cut` and, between groups of three or more, at least `inner` times the average
    within the looser of them: look-alikes of two events are more alike within each. Groups and their members are sorted.
    """
    groups = {i: [i] for i in range(count)}
    within = dict.fromkeys(range(count), 0.0)
    near: dict[int, dict[int, float]] = {i: {} for i in range(count)}
    for (a, b), score in sorted(pairs.items()):
        near[a][b] = near[b][a] = score
    heap = [(-score, a, b) for (a, b), score in pairs.items() if score >= cut]
    heapq.heapify(heap)
    while heap:
        score, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or score != -near[a].get(b, 0.0) / (len(groups[a]) * len(groups[b])):
            continue
        if -score < inner * min(_average(within[i], len(groups[i])) for i in (a, b)):
            continue
        within[a] += within[b] + near[a][b]
        groups[a] += groups.pop(b)
        _merge(near, a, b)
        for c, total in near[a].items():
            average = total / (len(groups[a]) * len(groups[c]))
            if average >= cut:
                heapq.heappush(heap, (-average, min(a, c), max(a, c)))
    return [sorted(group) for _, group in sorted(groups.items())]


def _average(total: float, size: int) -> float:
    """Return the average over the pairs within a group; 0 where they are too few to tell."""
    return total / (size * (size - 1) / 2) if size > 2 else 0.0


def _merge(near: dict[int, dict[int, float]], a: int, b: int) -> None:
    """Add up the scores of b's neighbors to those of a, and forget b."""
    for c, total in near.pop(b).items():
        del near[c][b]
        if c != a:
            near[a][c] = near[c][a] = near[a].get(c, 0.0) + total
