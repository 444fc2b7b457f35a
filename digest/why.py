"""Say why things stand together: the names, terms and days that they share, how alike they are, and what was nearly with them."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from digest.days import Day, calendar_words, stated_days
from digest.linkage import Pairs
from digest.models import Article, Nearest, Why
from digest.terms import Weighted, surfaces
from digest.words import base_language

__all__ = ["explain_groups"]

READ = 3
"""Articles that are read for how terms are written, at most."""
LONGEST_SHOWN = 60
"""Characters of a name that is shown, at most."""
COMPARED = 12
"""Articles in which a name is looked for as it is written, at most."""
SHOWN = 8
"""Terms that are shown as shared, at most."""
WORDS_SHOWN = 5
"""Words that are no names are shown up to this many terms."""
DAYS_SHOWN = 5
"""Days that are shown as shared, at most."""
NEAR = 0.05
"""What is less alike than this on the average was not nearly with them."""
_NAMES = ("n", "s")
"""Kinds of terms that are names."""


def explain_groups(groups: Sequence[Sequence[int]], members: Sequence[Sequence[Article]], weighted: Sequence[Weighted],
                   owners: Sequence[int], pairs: Pairs, language: str) -> tuple[Why, ...]:
    """Return for each group what its members share, how alike they are on the average, and the nearest article left out.

    `members` are the articles of each member, `weighted` the terms of their parts, `owners` whose these are. A member alone
    shares nothing, and is as alike as can be.
    """
    homes = {number: home for home, group in enumerate(groups) for number in group}
    within, outside = _add_up(homes, pairs)
    return tuple(Why(_shared(group, members, weighted, owners, language), _average(within[home], len(group)),
                     _days([members[i] for i in group]), _nearest(outside[home], len(group), members))
                 for home, group in enumerate(groups))


def _add_up(homes: Mapping[int, int], pairs: Pairs) -> tuple[Mapping[int, float], Mapping[int, Mapping[int, float]]]:
    """Return how alike the members of each group are in sum, and how alike to each group what is outside it."""
    within: defaultdict[int, float] = defaultdict(float)
    outside: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (a, b), score in sorted(pairs.items()):
        if homes[a] == homes[b]:
            within[homes[a]] += score
        else:
            outside[homes[a]][b] += score
            outside[homes[b]][a] += score
    return within, outside


def _average(total: float, size: int) -> float:
    return min(1.0, 2 * total / (size * (size - 1))) if size > 1 else 1.0


def _nearest(outside: Mapping[int, float], size: int, members: Sequence[Sequence[Article]]) -> Nearest | None:
    """Return the first article of the member that is most like a group on the average, of equals the first; perhaps none."""
    best = min(outside, key=lambda number: (-outside[number], number), default=None)
    if best is None or outside[best] / size < NEAR:
        return None
    return Nearest(members[best][0], min(1.0, outside[best] / size))


def _days(members: Sequence[Sequence[Article]]) -> tuple[str, ...]:
    """Return the days that most of two or more members name or were published on, those of the most members, in their order."""
    years: defaultdict[Day, set[int]] = defaultdict(set)
    named: Counter[Day] = Counter()
    for articles in members:
        published = [a.published.day for a in articles if a.published]
        for day in published:
            years[day.month, day.day].add(day.year)
        named.update({(day.month, day.day) for day in published}.union(*(stated_days(a) for a in articles)))
    most = [day for day, count in named.items() if count > 1 and 2 * count > len(members)]
    return tuple(sorted(_written_day(day, years[day]) for day in sorted(most, key=lambda day: (-named[day], day))[:DAYS_SHOWN]))


def _written_day(day: Day, years: Collection[int]) -> str:
    return ("-" if len(years) != 1 else f"{min(years):04}") + f"-{day[0]:02}-{day[1]:02}"


def _shared(group: Sequence[int], members: Sequence[Sequence[Article]], weighted: Sequence[Weighted], owners: Sequence[int],
            language: str) -> tuple[str, ...]:
    """Return the terms that the members of a group share.

    Terms of at least half of its parts, names first and the weightiest of them, are shown as its articles write them, those in
    `language` before the others; numbers and the names of days and months are left out.
    """
    if len(group) < 2:
        return ()
    parts = [weighted[i] for owner in group for i in range(bisect_left(owners, owner), bisect_right(owners, owner))]
    totals: dict[str, list[float]] = defaultdict(list)
    for vector in [p.near if len({p.lang for p in parts}) == 1 else p.far for p in parts]:
        for term, weight in vector.items():
            totals[term].append(weight)
    shared = sorted((term[0] not in _NAMES, -math.fsum(weights), term)
                    for term, weights in totals.items() if 2 * len(weights) >= max(4, len(parts)))
    ordered = sorted((a for i in group for a in members[i]), key=lambda a: (base_language(a.lang) != base_language(language), a.order))
    return _written([term for _, _, term in shared], ordered)


def _written(terms: Sequence[str], articles: Sequence[Article]) -> tuple[str, ...]:
    """Return terms as the first article writes them that has them, each name once and as far as another article writes it so."""
    shown: list[Mapping[str, str]] = []
    texts = [f"{a.title} {a.text}".casefold() for a in articles[:COMPARED]]
    chosen: list[str] = []
    seen: set[str] = set()
    for term in terms:
        if len(chosen) >= (SHOWN if term[0] in _NAMES else WORDS_SHOWN):
            break
        while len(shown) < min(READ, len(articles)) and not any(term in forms for forms in shown):
            shown.append(surfaces(articles[len(shown)]))
        form, lang = next(((forms[term], a.lang) for a, forms in zip(articles, shown, strict=False) if term in forms), ("", ""))
        form = _common(form, texts) or ("" if len({a.lang for a in articles}) == 1 else form)
        form = form if len(form) <= LONGEST_SHOWN else ""
        parts = form.casefold().replace("-", " ").split()
        if parts and seen.isdisjoint(parts) and calendar_words(lang).isdisjoint(parts):
            chosen.append(form)
        seen.update(parts)
    return tuple(chosen)


def _common(name: str, texts: Sequence[str]) -> str:
    """Return the longest run of a name's words that at least two texts have; of equals the first, perhaps none."""
    words = name.split()
    runs = ((start, end) for length in range(len(words), 0, -1) for start in range(len(words) - length + 1) for end in (start + length,))
    return next((run for start, end in runs if sum((run := " ".join(words[start:end])).casefold() in text for text in texts) > 1), "")
