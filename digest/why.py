"""Say why articles or stories stand together: the names, terms and days that decided, and the nearest article left out."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from digest.dates.stated import stated_dates
from digest.days import calendar_words
from digest.linkage import Pairs
from digest.models import Article, Nearest, Why
from digest.terms import Weighted, surfaces
from digest.words import base_language

__all__ = ["explain", "find_nearest", "named_days", "shared_days"]

READ = 3
"""Articles that are read for how terms are written, at most."""
LONGEST_SHOWN = 60
"""Characters of a name that is shown, at most."""
COMPARED = 12
"""Articles in which a name is looked for as it is written, at most."""
_NAMES = ("n", "s")
"""Kinds of terms that are names."""
SHOWN = 8
"""Terms that are shown as shared, at most."""
WORDS_SHOWN = 5
"""Words that are no names are shown up to this many terms."""
NEAR = 0.5
"""What is less alike on the average than this share of what joins groups was far from being with them, and is not named."""
DAYS_SHOWN = 3
"""Days that are shown as shared, at most."""


def explain(group: Sequence[int], weighted: Sequence[Weighted], owners: Sequence[int], pairs: Pairs, articles: Sequence[Article],
            language: str) -> Why:
    """Return what the members of a group share, and how alike they are on the average; nothing and 1 for one alone.

    Terms of at least half of its parts, names first and the weightiest of them, are shown as its articles write them, those in
    `language` before the others; numbers and the names of days and months are left out.
    """
    if len(group) < 2:
        return Why((), 1.0)
    parts = [weighted[i] for owner in group for i in range(bisect_left(owners, owner), bisect_right(owners, owner))]
    totals: dict[str, list[float]] = defaultdict(list)
    for vector in [p.near if len({p.lang for p in parts}) == 1 else p.far for p in parts]:
        for term, weight in vector.items():
            totals[term].append(weight)
    shared = sorted((term[0] not in _NAMES, -math.fsum(weights), term)
                    for term, weights in totals.items() if 2 * len(weights) >= max(4, len(parts)))
    ordered = sorted(articles, key=lambda a: (base_language(a.lang) != base_language(language), a.order))
    scores = [pairs.get((a, b), 0.0) for n, b in enumerate(group) for a in group[:n]]
    return Why(_written([term for _, _, term in shared], ordered), min(1.0, math.fsum(scores) / len(scores)))


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
    """Return as much of a name as at least two texts have, cut at its beginning alone: "Petra Lindal" of "Envoy Petra Lindal"."""
    words = name.split()
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return next((end for end in ends if sum(end.casefold() in text for text in texts) > 1), "")


def find_nearest(groups: Sequence[Sequence[int]], pairs: Pairs, firsts: Sequence[Article], cut: float) -> list[Nearest | None]:
    """Return, for each group, the first article of what is outside it and most like it, on the average over its members.

    None where that is far away. `firsts` are the first articles of all that was grouped, by number; `cut` is the likeness on the
    average from which groups are joined.
    """
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), score in sorted(pairs.items()):
        near[a][b] = near[b][a] = score
    return [_nearest(group, near, firsts, NEAR * cut) for group in groups]


def _nearest(group: Sequence[int], near: Mapping[int, Mapping[int, float]], firsts: Sequence[Article], least: float) -> Nearest | None:
    members = set(group)
    totals: defaultdict[int, float] = defaultdict(float)
    for number, score in (row for member in group for row in near.get(member, {}).items()):
        if number not in members:
            totals[number] += score
    best = max(totals, key=lambda number: (totals[number], -number), default=None)
    if best is None or totals[best] < least * len(group):
        return None
    return Nearest(firsts[best], min(1.0, totals[best] / len(group)))


def shared_days(articles: Sequence[Article]) -> tuple[str, ...]:
    """Return the days that most of several articles were published on or name, those of most first, in ISO 8601."""
    if len(articles) < 2:
        return ()
    counts = Counter(day for article in articles for day in sorted(named_days(article)))
    most = [(day, count) for day, count in counts.items() if count >= max(2, len(articles) / 2)]
    return tuple(day for day, _ in sorted(most, key=lambda row: (-row[1], row[0]))[:DAYS_SHOWN])


def named_days(article: Article) -> set[str]:
    """Return the days that an article was published on and names; without their year where nobody tells it."""
    found = stated_dates(article)
    days = {stated.date for stated in found if stated.date and stated.date.count("-") == 2}
    yearless = {stated.day_of_year for stated in found if not stated.date and stated.day_of_year and stated.day_of_year[1]}
    published = {article.published.day.isoformat()} if article.published else set()
    return days | published | {f"--{month:02}-{day:02}" for month, day in yearless}
