"""Choose among sentences greedily: each adds most to those before it, and none repeats one of them."""

import heapq
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from digest.models import KeyPoint
from digest.passages import Place
from digest.reading import Reading
from digest.reports import Report

__all__ = ["Candidate", "Passage", "Told", "choose"]

LENGTH = 0.75
"""Power of its length by which a sentence's gain is divided."""
SHARED = 3.0
"""How much more a sentence gains by what several separate texts report."""
REPEAT = 0.5
"""Cosine of stems from which a sentence repeats a chosen one."""
REPEAT_ALONE, REPEAT_SHARED, REPEAT_TOLD, REPEAT_LEAD = 0.6, 0.5, 0.4, 0.45
"""Part of the shorter of two sentences' telling stems from which one repeats the other; of those of its stems that several texts have; of
these where all that it tells of several texts' reports is told; and of these where both are the first of their articles."""
REPEAT_STEMS = 3
"""Telling stems that two sentences must have in common for one to repeat the other; one fewer where both are first sentences."""
FURTHER = 0.5
"""Weight of a story that has a key point, for the next."""
LEAST, DENIAL = 0.003, 0.07
"""A sentence that adds less than this part of what the best adds is not worth a key point; nor is a denial, wherever it stands."""
CENTRAL = 2
"""Telling stems that a denial has in common with most texts."""
FEW, DENIED = 3, 3
"""Key points up to which even little counts; fewer than these leave no room for a denial."""


class Passage(NamedTuple):
    """A sentence that can be quoted alone, with everywhere its words stand."""

    places: Sequence[Place]
    reading: Reading
    score: float
    """The best score of its places."""
    reports: frozenset[Report]
    """What of several separate texts' reports it tells."""


class Candidate(NamedTuple):
    """A passage of a story."""

    passage: Passage
    reading: Reading
    score: float
    """Its score times the weight of its story."""
    story: int
    """The number of its story, from the newest; 0 where there is but one."""


class Told(NamedTuple):
    """What the texts tell."""

    weights: Mapping[str, float]
    """What each stem and pair of stems weighs."""
    texts: Mapping[str, int]
    """How many separate texts have each stem and pair of stems; empty where there is but one text."""
    most: int
    """How many texts there are."""


Chosen = list[tuple[Candidate, KeyPoint]]
Grant = Callable[[Candidate], KeyPoint | None]


class Plan(NamedTuple):
    """How much is to be chosen."""

    points: int
    """Key points, at most."""
    words: float
    """Words of all of them together, at most."""
    least: float
    """After `FEW` key points, what adds less is not chosen."""


def choose(candidates: Sequence[Candidate], told: Told, grant: Grant, *, points: int | None, words: int | None,
           first: Chosen, newest_first: bool = False) -> Chosen:
    """Return `first` and the candidates that add most and are granted, best first and without repeats.

    There are at most `points`, of at most `words` words together. A denial, objection or failure that the texts hold is one
    of them. With `newest_first` the newest story's come before all others until one of them is granted.
    """
    ranked = [(_gain(c, told, set(), set()), c) for c in candidates]
    best = max((gain for gain, _ in ranked), default=0.0)
    plan = Plan(len(candidates) + len(first) if points is None else points, math.inf if words is None else words,
                0.0 if points is None else LEAST * best)
    denials = [(gain, c) for gain, c in ranked if c.reading.denial and gain >= DENIAL * best * c.reading.weight
               and _is_central(c.reading, told)]
    begun = plan._replace(points=min(plan.points, len(first) + 1))
    chosen = _fill(ranked, told, grant, begun, first, newest_first=newest_first)
    if plan.points < DENIED or any(c.reading.denial for c, _ in chosen):
        return _fill(ranked, told, grant, plan, chosen)
    denied = _fill(denials, told, grant, plan._replace(points=len(chosen) + 1), chosen)
    told_all = _fill(ranked, told, grant, plan, denied)
    return [*chosen, *told_all[len(denied):], *denied[len(chosen):]]


def _fill(ranked: Sequence[tuple[float, Candidate]], told: Told, grant: Grant, plan: Plan, first: Chosen, *,
          newest_first: bool = False) -> Chosen:
    """Return the chosen with those that add most to them, as far as the plan has room; each comes with what it adds to nothing.

    What a candidate adds only ever shrinks, so one that is still best when it is counted anew is the best of all (Minoux 1978).
    """
    chosen = list(first)
    room = plan.words - sum(c.reading.words for c, _ in chosen)
    covered, reported = {term for c, _ in chosen for term in c.reading.terms}, {r for c, _ in chosen for r in c.passage.reports}
    times = Counter(c.story for c, _ in chosen)
    ahead = newest_first and not chosen
    heap = [(c.story if ahead else 0, -gain, i, 0) for i, (gain, c) in enumerate(ranked)]
    heapq.heapify(heap)
    while heap and len(chosen) < plan.points:
        _, loss, i, counted = heapq.heappop(heap)
        best = ranked[i][1]
        known = bool(best.passage.reports) and best.passage.reports <= reported
        if best.reading.words > room or any(_repeats(best.reading, other.reading, told, known=known) for other, _ in chosen):
            continue
        if counted < len(chosen):
            heapq.heappush(heap, (0, -FURTHER ** times[best.story] * _gain(best, told, covered, reported), i, len(chosen)))
        elif -loss < plan.least * FURTHER ** times[best.story] and len(chosen) >= FEW:
            break
        elif point := grant(best):
            chosen.append((best, point))
            covered.update(best.reading.terms)
            reported.update(best.passage.reports)
            times[best.story] += 1
            room -= best.reading.words
            if ahead:
                ahead, heap = False, [(0, gain, number, n) for _, gain, number, n in heap]
                heapq.heapify(heap)
    return chosen


def _is_central(reading: Reading, told: Told) -> bool:
    """Return whether a sentence has words that most texts have; any sentence where there is but one text."""
    return not told.texts or sum([2 * told.texts.get(stem, 0) > told.most for stem in reading.content]) >= CENTRAL


def _gain(candidate: Candidate, told: Told, covered: Collection[str], reported: Collection[Report]) -> float:
    """Return what a sentence adds: words and pairs that are new, and all the more where several texts report something new of it."""
    new = sum([told.weights.get(term, 0.0) for term in candidate.reading.terms if term not in covered])
    others = sum([report.texts - 1 for report in candidate.passage.reports if report not in reported])
    return candidate.score * new * (1 + SHARED * math.log1p(others)) / math.pow(candidate.reading.words, LENGTH)


def _repeats(one: Reading, other: Reading, told: Told, *, known: bool) -> bool:
    """Return whether two sentences tell the same, perhaps in other words: what counts are the stems that several texts have."""
    both = one.content.keys() & other.content.keys()
    leads = one.sentence.index == other.sentence.index == 0
    if len(both) < REPEAT_STEMS - leads:
        return len(both) == len(one.content) == len(other.content)
    if len(both) >= REPEAT_ALONE * min(len(one.content), len(other.content)) or _cosine(one, other) >= REPEAT:
        return True
    told_again, whole = _weight(both, told.texts), _weight(one.content, told.texts)
    least = REPEAT_LEAD if leads else REPEAT_TOLD if known else REPEAT_SHARED
    return told_again >= least * whole > 0


def _weight(stems: Iterable[str], texts: Mapping[str, int]) -> float:
    """Return what the stems that several texts have weigh together."""
    return sum([math.log1p(n) for stem in stems if (n := texts.get(stem, 0)) > 1])


def _cosine(one: Reading, other: Reading) -> float:
    """Return the cosine of two sentences' stems, from 0 to 1."""
    return sum([n * other.stems[stem] for stem, n in one.stems.items() if stem in other.stems]) / (one.norm * other.norm or 1)
