"""Say why articles or stories stand together: the names, terms and days that decided, and the nearest article left out."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from digest.columns import Columns
from digest.dates.named import named_days
from digest.days import calendar_words
from digest.models import Article
from digest.rarity import Rarity
from digest.terms import Forms, find_names, write_terms
from digest.vectors import DECIMALS, Array, Scores
from digest.words import base_language, split

__all__ = ["Reasons", "average_within", "explain", "find_nearest", "named_days", "shared_days"]

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
STATED = 2
"""Digits after the point of a stated score: more would change with every new article, since terms become more or less rare."""
STEPS = 20
"""How alike the nearest article is, is stated in so many steps: it changes more than what holds a group together."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a group stands together, in plain data; articles by their ids."""

    shared: tuple[str, ...]
    score: float
    days: tuple[str, ...]
    nearest: tuple[str, float] | None

    @classmethod
    def of(cls, shared: tuple[str, ...], score: float, days: tuple[str, ...], nearest: tuple[str, float] | None) -> "Reasons":
        """Give reasons, with scores as they are stated."""
        near = (nearest[0], round(round(nearest[1] * STEPS) / STEPS, STATED)) if nearest else None
        return cls(shared, round(score, STATED), days, near)


def explain(groups: Sequence[Sequence[int]], rarity: Rarity, articles: Sequence[Sequence[Article]], language: str) -> list[tuple[str, ...]]:
    """Return what the members of each group share; nothing for one alone. `articles` are those of each group.

    Of the terms of at least half of its parts the weightiest are shown, names first, as its articles write them, those in `language`
    before the others, and in the order of their texts: weights change with every new article. Numbers and the names of days and months
    are left out.
    """
    if not groups:
        return []
    parts = rarity.parts
    homes = np.full(parts.owners.max(initial=-1) + 1, -1)
    for n, group in enumerate(groups):
        homes[list(group)] = n if len(group) > 1 else -1
    of_part = homes[parts.owners]
    spoken = np.zeros((len(groups), len(parts.spoken)), bool)
    spoken[of_part[of_part >= 0], parts.langs[of_part >= 0]] = True
    one_lang = spoken.sum(1) == 1
    shared: list[tuple[str, ...]] = [()] * len(groups)
    for weigh, told in ((rarity.weigh_near, one_lang), (rarity.weigh_far, ~one_lang)):
        chosen = np.flatnonzero((of_part >= 0) & told[of_part])
        for n, terms in _shared(weigh(chosen), of_part[chosen], len(groups), parts.columns):
            ordered = sorted(articles[n], key=lambda a: (base_language(a.lang) != base_language(language), a.order))
            shared[n] = _written(terms, ordered)
    return shared


def _shared(matrix: Any, homes: Array, count: int, columns: Columns) -> Iterator[tuple[int, list[str]]]:
    """Yield groups of rows, and the terms of at least half of them, names first and the weightiest of them."""
    gather = sparse.csr_matrix((np.ones(len(homes)), (homes, np.arange(len(homes)))), shape=(count, len(homes)))
    sums = gather @ matrix
    sums.sort_indices()
    pattern = matrix.copy()
    pattern.data = np.ones(len(matrix.data))
    used = gather @ pattern
    used.sort_indices()
    rows = np.repeat(np.arange(count), np.diff(sums.indptr))
    often = np.flatnonzero(2 * used.data >= np.maximum(4, np.diff(gather.indptr)[rows]))
    found: defaultdict[int, list[tuple[bool, float, str]]] = defaultdict(list)
    places, weights = sums.indices[often].tolist(), sums.data[often].round(DECIMALS).tolist()
    for row, place, weight in zip(rows[often].tolist(), places, weights, strict=True):
        term = columns[place]
        found[row].append((term[0] not in _NAMES, -weight, term))
    for row, terms in found.items():
        yield row, [term for _, _, term in sorted(terms)]


def average_within(groups: Sequence[Sequence[int]], scores: Scores, sizes: Array, within: Array) -> list[float]:
    """Return how alike the members of each group are on the average over pairs; 1 for one alone.

    Each number stands for as many members as `sizes` says, and scores are sums over their pairs; `within` those of each number itself.
    """
    homes = _homes(groups, len(sizes))
    inside = scores[homes[scores.ones] == homes[scores.others]]
    sums = (np.bincount(homes[inside.ones], inside.values, minlength=len(groups)) + np.bincount(homes, within)).round(DECIMALS).tolist()
    counts = np.bincount(homes, sizes, minlength=len(groups)).tolist()
    return [_average(total, count) for total, count in zip(sums, counts, strict=True)]


def _average(total: float, count: float) -> float:
    return min(1.0, round(total / (count * (count - 1) / 2), DECIMALS)) if count > 1 else 1.0


def _homes(groups: Sequence[Sequence[int]], count: int) -> Array:
    homes = np.zeros(count, np.int64)
    for n, group in enumerate(groups):
        homes[list(group)] = n
    return homes


def _written(terms: Sequence[str], articles: Sequence[Article]) -> tuple[str, ...]:
    """Return terms as the first article writes them that has them, each name once and as far as another article writes it so."""
    shown: list[_Written] = []
    texts = [f"{a.title} {a.text}".casefold() for a in articles[:COMPARED]]
    chosen: list[tuple[bool, tuple[int, int], str]] = []
    seen: set[str] = set()
    wanted = frozenset(terms)
    for term in terms:
        if len(chosen) >= (SHOWN if term[0] in _NAMES else WORDS_SHOWN):
            break
        while len(shown) < min(READ, len(articles)) and not any(written.find(term) for written in shown):
            shown.append(_Written(articles[len(shown)], wanted))
        form, lang = next(((form, written.article.lang) for written in shown if (form := written.find(term))), ("", ""))
        form = _common(form, texts) or ("" if len({a.lang for a in articles}) == 1 else form)
        form = form if len(form) <= LONGEST_SHOWN else ""
        parts = form.casefold().replace("-", " ").split()
        if parts and seen.isdisjoint(parts) and calendar_words(lang).isdisjoint(parts):
            chosen.append((term[0] not in _NAMES, _place(form, texts), form))
        seen.update(parts)
    return tuple(form for *_, form in sorted(chosen))


def _place(form: str, texts: Sequence[str]) -> tuple[int, int]:
    """Return the first text that has a term as it is written, by number, and where."""
    return next(((n, at) for n, text in enumerate(texts) if (at := text.find(form.casefold())) >= 0), (len(texts), 0))


@dataclass(frozen=True)
class _Written:
    """How an article writes some terms."""

    article: Article
    wanted: frozenset[str]

    @cached_property
    def parts(self) -> Sequence[str]:
        """Its text, split."""
        return split(self.article.text)

    @cached_property
    def named(self) -> frozenset[str]:
        """Its names."""
        return find_names(self.parts, self.article.lang)

    @cached_property
    def forms(self) -> Forms:
        """How it writes them."""
        return write_terms(self.parts, self.named, self.article.lang, self.wanted)

    def find(self, term: str) -> str | None:
        """Return how the article writes a term, if it has it: a name as a name, if it has it as one."""
        return (self.forms.names.get(term) if term[0] == "n" else None) or self.forms.terms.get(term)


def _common(name: str, texts: Sequence[str]) -> str:
    """Return as much of a name as at least two texts have, cut at its beginning alone: "Petra Lindal" of "Envoy Petra Lindal"."""
    words = name.split()
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return next((end for end in ends if sum(end.casefold() in text for text in texts) > 1), "")


def find_nearest(groups: Sequence[Sequence[int]], scores: Scores, cut: float, sizes: Array,
                 told: Sequence[int] | None = None) -> list[tuple[int, float] | None]:
    """Return, for each group, what outside it is most like it, by number, and how alike on the average over its members.

    None where that is far away, or where the group's place is not in `told`. `cut` is the likeness on the average from which groups are
    joined; each number stands for as many members as `sizes` says, and scores are sums over their pairs.
    """
    homes, least = _homes(groups, len(sizes)), NEAR * cut
    asked = np.isin(homes, np.arange(len(groups)) if told is None else told)
    single, rows = np.bincount(homes, minlength=len(groups)) == 1, []
    for ones, others in ((scores.ones, scores.others), (scores.others, scores.ones)):
        at = np.flatnonzero(asked[ones])
        ones, others, values = ones[at], others[at], scores.values[at]
        inside = homes[ones]
        far = single[inside] & (values < (least - 1 / 10 ** DECIMALS) * sizes[ones] * sizes[others])
        kept = np.flatnonzero(~far & (inside != homes[others]))
        rows.append((inside[kept] * len(sizes) + others[kept], values[kept]))
    keys, places = np.unique(np.concatenate([keys for keys, _ in rows]), return_inverse=True)
    inside, outside = np.divmod(keys, max(1, len(sizes)))
    within = np.bincount(homes, sizes, minlength=len(groups))
    sums = np.bincount(places, np.concatenate([values for _, values in rows]), minlength=len(keys))
    averages = (sums / (within[inside] * sizes[outside])).round(DECIMALS)
    order = np.lexsort((-outside, averages, inside))
    last = order[np.flatnonzero(np.diff(inside[order], append=-1))]
    found: list[tuple[int, float] | None] = [None] * len(groups)
    for n in last[averages[last] >= least].tolist():
        found[inside[n]] = int(outside[n]), min(1.0, float(averages[n]))
    return found


def shared_days(days: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the days that most of several articles were published on or name, those of most first, in ISO 8601."""
    if len(days) < 2:
        return ()
    counts = Counter(day for named in days for day in named)
    most = [(day, count) for day, count in counts.items() if count >= max(2, len(days) / 2)]
    return tuple(day for day, _ in sorted(most, key=lambda row: (-row[1], row[0]))[:DAYS_SHOWN])
