"""How likely it is that two texts report one event: a logistic score (Cox 1958) of a few features of the pair.

Texts in one language are compared by their names and numbers, by how much of what one says first the other says at all, and by
their days; texts in two languages by the keys that both have, and by their days. The weights stand in `likeness.yml`;
`tests/quality/fit_likeness.py` fits them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from digest.linkage import Pairs
from digest.lists import load_lists
from digest.models import Text
from digest.terms import Vector
from digest.traits import Days, Part, Traits, find_traits

__all__ = ["ACROSS", "WITHIN", "Features", "attest", "compare_texts", "score_texts"]

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


Features = tuple[float, ...]


def score_texts(texts: Sequence[Text], candidates: Pairs) -> Pairs:
    """Return how likely each candidate is to report one event, from 0 to 1.

    `candidates` are pairs of the texts' numbers and how alike they are by words and names, or by keys where they have no
    language in common.
    """
    traits = find_traits(texts)
    likely = {pair: max(_logistic(kind, features) for kind, features in compared)
              for pair, compared in compare_texts(traits, candidates).items()}
    return {pair: score for pair, score in attest(traits, likely).items() if score > FAINT}


def compare_texts(traits: Sequence[Traits], candidates: Pairs) -> dict[tuple[int, int], list[tuple[str, Features]]]:
    """Return the kind (`within` a language or `across` two) and the features of each candidate, once for each language in common."""
    alike = {pair: score for pair, score in candidates.items() if score > LEAST}
    most: defaultdict[int, float] = defaultdict(float)
    for pair, score in alike.items():
        for number in pair:
            most[number] = max(most[number], score)
    found = {}
    for (a, b), score in alike.items():
        one, other = traits[a], traits[b]
        days = _compare_days(one.days, other.days)
        common = [("within", (*_compare_parts(part, other.parts[lang]), *days)) for lang, part in one.parts.items() if lang in other.parts]
        found[a, b] = common or [("across", (score, score / math.sqrt(most[a] * most[b]), *days))]
    return found


def _logistic(kind: str, features: Features) -> float:
    bias, *weights = _weights()[kind]
    return 1 / (1 + math.exp(-bias - sum([weight * value for weight, value in zip(weights, features, strict=True)])))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Features]:
    """Return the bias and the weights of either kind, in the order of its features."""
    found = load_lists("likeness")
    kinds = {"within": WITHIN, "across": ACROSS}
    return {kind: tuple(float(found[kind][name]) for name in ("bias", *names)) for kind, names in kinds.items()}


def _compare_parts(one: Part, other: Part) -> Features:
    fewest = min(len(one.numbers), len(other.numbers))
    known = bool(one.opening_numbers and other.opening_numbers)
    return (_product(one.names, other.names),
            max(_shares(one.opening, other.opening, one, other), default=0.0),
            min(_shares(one.opening_names, other.opening_names, one, other), default=0.0),
            len(one.numbers & other.numbers) / fewest if fewest else 0.0,
            float(known and one.opening_numbers.isdisjoint(other.opening_numbers)))


def _product(one: Vector, other: Vector) -> float:
    less, more = (one, other) if len(one) < len(other) else (other, one)
    return sum([weight * more[term] for term, weight in less.items() if term in more])


def _shares(opening: Vector, others: Vector, one: Part, other: Part) -> list[float]:
    """Return how much of what either opening tells the other text has too; nothing for an empty opening."""
    return [sum([rare for term, rare in begun.items() if term in part.terms]) / sum(begun.values())
            for begun, part in ((opening, other), (others, one)) if begun]


def _compare_days(one: Days, other: Days) -> Features:
    apart = one.apart(other)
    if one.published and other.published and apart is not None:
        return math.exp(-apart / SOON), math.log1p(apart), 0.0, 0.0
    years = one.year, other.year
    other_year = years[0] is not None and years[1] is not None and abs(years[0] - years[1]) > 1
    return 0.0, 0.0, 0.0 if apart is None else 1 - math.exp(-apart / SOON), float(other_year)


def attest(traits: Sequence[Traits], likely: Pairs) -> Pairs:
    """Return likelihoods, less for pairs of texts that are far apart in time and that too few other texts attest.

    A text's witnesses are it and those of about the same days that more likely than not report the same event.
    """
    late = {(a, b) for a, b in likely if (traits[a].days.apart(traits[b].days) or 0) > LATE}
    witnesses = Counter(range(len(traits)))
    for pair, score in likely.items():
        if score >= 0.5 and pair not in late:
            witnesses.update(pair)
    return {pair: score * UNATTESTED if pair in late and not _enough(witnesses[pair[0]], witnesses[pair[1]]) else score
            for pair, score in likely.items()}


def _enough(one: int, other: int) -> bool:
    return min(one, other) >= WITNESSES and one * other >= ATTESTED
