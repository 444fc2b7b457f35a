"""Find what several separate texts report: groups of sentences of different texts that tell the same.

Sentences are compared by the cosine of their stems, weighted by how rare these are in the story; from `SAME` on two of them mostly tell
the same. They are gathered around those that most other texts resemble (star clustering: Aslam, Pelekhov and Rus 2004).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["Report", "Unit", "find_reports"]

SAME = 0.3
"""Cosine from which two sentences of different texts tell the same."""
COPIED = 0.9
"""Cosine from which they are one passage that two texts carry: no second report."""
COMMON = 0.2
"""Stems that more than this part of many sentences have tell nothing about which of them tell the same."""
MANY = 30


class Unit(NamedTuple):
    """A sentence, or a passage that several articles carry."""

    text: int
    """The number of the separate text that it comes from."""
    stems: Mapping[str, int]
    """How often it has each stem that tells something."""


class Report(NamedTuple):
    """What several separate texts tell."""

    texts: int
    """How many."""
    told_by: frozenset[int]
    """The numbers of the units that tell it."""


def find_reports(units: Sequence[Unit]) -> tuple[Report, ...]:
    """Return what units of two or more separate texts tell, that of most texts first."""
    if len({unit.text for unit in units}) < 2:
        return ()
    near = _near(units)
    around = {i: len({units[j].text for j in others}) for i, others in enumerate(near) if others}
    free, reports = set(range(len(units))), list[Report]()
    for i in sorted(around, key=lambda i: (-around[i], i)):
        group = [i, *(j for j in near[i] if j in free)] if i in free else []
        texts = len({units[j].text for j in group})
        if texts > 1:
            free.difference_update(group)
            reports.append(Report(texts, frozenset(group).union(*(near[j] for j in group))))
    return tuple(sorted(reports, key=lambda report: -report.texts))


def _near(units: Sequence[Unit]) -> list[list[int]]:
    """Return for each unit those of other texts that tell the same."""
    having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    found: list[list[int]] = [[] for _ in units]
    for i, vector in enumerate(_vectors(units)):
        likeness: defaultdict[int, float] = defaultdict(float)
        for stem, weight in vector.items():
            for j, other in having[stem]:
                likeness[j] += weight * other
            having[stem].append((i, weight))
        for j in sorted([j for j, cosine in likeness.items() if SAME <= cosine < COPIED and units[j].text != units[i].text]):
            found[i].append(j)
            found[j].append(i)
    return found


def _vectors(units: Sequence[Unit]) -> list[dict[str, float]]:
    """Return the stems of each unit weighted by tf-idf (Spärck Jones 1972), as vectors of length 1."""
    used = Counter(stem for unit in units for stem in unit.stems)
    most = max(MANY, COMMON * len(units))
    rare = {stem: math.log((len(units) + 1) / (count + 0.5)) for stem, count in used.items() if count <= most}
    vectors = []
    for unit in units:
        raw = {stem: n * rare[stem] for stem, n in unit.stems.items() if stem in rare}
        length = math.sqrt(sum([weight * weight for weight in raw.values()])) or 1.0
        vectors.append({stem: weight / length for stem, weight in raw.items()})
    return vectors
