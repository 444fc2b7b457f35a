"""Average linkage of a few pairs, given one by one."""

import numpy as np

from digest.linkage import UNBOUND, Bounds, link_scores
from digest.vectors import Scores

Pairs = dict[tuple[int, int], float]
"""Scores of pairs of numbers, the smaller number first; a pair that is missing scores 0."""


def link_averages(count: int, pairs: Pairs, cut: float, inner: float = 0.0, bounds: Bounds = UNBOUND) -> list[list[int]]:
    """Return the numbers below `count` in groups, as `link_scores` does."""
    rows = sorted(pairs)
    ones, others = (np.array([pair[n] for pair in rows], np.int64) for n in (0, 1))
    return link_scores(count, Scores(ones, others, np.array([pairs[pair] for pair in rows], float)), cut, inner, bounds)
