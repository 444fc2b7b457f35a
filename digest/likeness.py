"""How likely it is that two texts report one event: a logistic score (Cox 1958) of a few features of the pair.

Texts in one language are compared by their names and numbers, by how much of what one says first the other says at all, and by
their days; texts in two languages by the keys that both have, and by their days. The weights stand in `likeness.yml`;
`tests/quality/fit_likeness.py` fits them.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from digest.lists import load_lists
from digest.traits import Days, Traits
from digest.vectors import DECIMALS, Array, Scores, dot_rows

__all__ = ["ACROSS", "FAINT", "LEAST", "WITHIN", "attest", "compare_texts", "score_texts"]

WITHIN = ("names", "opening", "opening_names", "numbers", "other_numbers", "soon", "apart", "other_day", "other_year")
"""What a pair of texts in one language is scored by; `likeness.yml` tells what each is."""
ACROSS = ("keys", "closest", "soon", "apart", "other_day", "other_year")
"""What a pair of texts in two languages is scored by."""
LEAST = 0.05
"""Pairs less alike than this by words and names, or by keys, are no candidates."""
SOON = 7.0
"""Days in which reports of one event grow rare; time constant of an exponential."""
LATE = 10
"""Texts more days apart than this report one event only where several texts on either side attest it: the same persons do
something every few weeks, and a pair or two that are alike do not tell whether it is the same thing."""
WITNESSES = 2
"""Texts that attest it on either side, at least."""
ATTESTED = 10
"""Pairs that these make, at least."""
UNATTESTED = 0.4
"""What is left of the likelihood of a late pair without them."""
FAINT = 0.01
"""Pairs less likely than this count as not alike at all."""


def score_texts(traits: Traits, candidates: Scores, most: Array) -> Scores:
    """Return how likely each candidate is to report one event, from 0 to 1.

    `candidates` are pairs of the texts' numbers and how alike they are by words and names, or by keys where they have no
    language in common; `most` is the greatest likeness of each text to any other.
    """
    likely = np.zeros(len(candidates))
    for kind, at, features in compare_texts(traits, candidates, most):
        bias, *weights = _weights()[kind]
        score = 1 / (1 + np.exp(-bias - sum(features[:, n] * weight for n, weight in enumerate(weights))))
        likely[at] = np.maximum(likely[at], score.round(DECIMALS))
    return Scores(candidates.ones, candidates.others, likely)


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[float, ...]]:
    """Return the bias and the weights of either kind, in the order of its features."""
    found = load_lists("likeness")
    kinds = {"within": WITHIN, "across": ACROSS}
    return {kind: tuple(float(found[kind][name]) for name in ("bias", *names)) for kind, names in kinds.items()}


def compare_texts(traits: Traits, candidates: Scores, most: Array) -> list[tuple[str, Array, Array]]:
    """Return the features of candidates, for each language that some have in common and for those without any.

    Each row is the kind (`within` a language or `across` two), the numbers of the candidates and a row of features for each.
    """
    days = _compare_days(traits, candidates)
    common, found = np.zeros(len(candidates), bool), []
    for rows in traits.rows:
        one, other = rows[candidates.ones], rows[candidates.others]
        at = np.flatnonzero((one >= 0) & (other >= 0))
        if len(at):
            common[at] = True
            found.append(("within", at, np.column_stack([*_compare_parts(traits, one[at], other[at]), days[at]])))
    at = np.flatnonzero(~common)
    if len(at):
        values, closest = candidates.values[at], most[candidates.ones[at]] * most[candidates.others[at]]
        found.append(("across", at, np.column_stack([values, values / np.sqrt(closest), days[at]])))
    return found


def _compare_parts(traits: Traits, one: Array, other: Array) -> list[Array]:
    shares, of_names = zip(_shares(traits, one, other), _shares(traits, other, one), strict=True)
    fewest = np.minimum(traits.number_counts[one], traits.number_counts[other])
    names, numbers, begun = (dot_rows(rows, one, rows, other)[0] for rows in (traits.names, traits.numbers, traits.first_numbers))
    begins = np.diff(traits.first_numbers.indptr) > 0
    return [names, np.fmax(np.fmax(*shares), 0.0), _least(*of_names), numbers / np.maximum(fewest, 1),
            (begins[one] & begins[other] & (begun == 0)).astype(float)]


def _least(one: Array, other: Array) -> Array:
    """Return the lower of two shares, the one that there is, or 0."""
    return np.nan_to_num(np.fmin(one, other))


def _shares(traits: Traits, one: Array, other: Array) -> tuple[Array, Array]:
    """Return how much of what one opening tells, and of the names in it, the other text has too; nothing (NaN) for an empty opening."""
    words, names = dot_rows(traits.opening, one, traits.has, other, traits.is_name, 2)
    with np.errstate(invalid="ignore"):
        return (words + names) / (traits.word_sums + traits.name_sums)[one], names / traits.name_sums[one]


def _compare_days(traits: Traits, candidates: Scores) -> Array:
    one, other = traits.published[candidates.ones], traits.published[candidates.others]
    apart = np.abs(one - other)
    found = np.zeros((len(candidates), 4))
    found[:, 0], found[:, 1] = np.exp(-apart / SOON), np.log1p(apart)
    for n in np.flatnonzero((one == 0) | (other == 0)).tolist():
        found[n] = _compare_undated(traits.days[candidates.ones[n]], traits.days[candidates.others[n]])
    return found


def _compare_undated(one: Days, other: Days) -> tuple[float, ...]:
    apart, years = one.apart(other), (one.year, other.year)
    other_year = years[0] is not None and years[1] is not None and abs(years[0] - years[1]) > 1
    return 0.0, 0.0, 0.0 if apart is None else 1 - float(np.exp(-apart / SOON)), float(other_year)


def attest(traits: Traits, likely: Scores) -> Scores:
    """Return likelihoods, less for pairs of texts that are far apart in time and that too few other texts attest; not the faint ones.

    A text's witnesses are it and those of about the same days that more likely than not report the same event.
    """
    apart = np.abs(traits.published[likely.ones] - traits.published[likely.others]).astype(float)
    for n in np.flatnonzero((traits.published[likely.ones] == 0) | (traits.published[likely.others] == 0)).tolist():
        apart[n] = traits.days[likely.ones[n]].apart(traits.days[likely.others[n]]) or 0
    late = apart > LATE
    near = likely[(likely.values >= 0.5) & ~late]
    witnesses = 1 + np.bincount(np.concatenate([near.ones, near.others]), minlength=len(traits.days))
    one, other = witnesses[likely.ones], witnesses[likely.others]
    enough = (np.minimum(one, other) >= WITNESSES) & (one * other >= ATTESTED)
    values = np.where(late & ~enough, (likely.values * UNATTESTED).round(DECIMALS), likely.values)
    return Scores(likely.ones, likely.others, values)[values > FAINT]
