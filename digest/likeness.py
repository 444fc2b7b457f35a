"""How likely it is that two texts report one event: a logistic score of a few features, its weights in `likeness.yml`.

Texts in one language are compared by their words, names and numbers, over all they say and in what they say first, and by the days
between them. The weights are fitted by `tests/quality/fit_likeness.py`. Texts in two languages are compared by the keys that both have.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from digest.days import days_apart, stated_days
from digest.linkage import Pairs
from digest.models import Article, Text
from digest.terms import Terms, Vector, count_rarity, find_terms, scale
from digest.words import stems

__all__ = ["FEATURES", "LEAST", "Traits", "compare_traits", "find_traits", "keep_apart", "read_weights", "score_texts"]

FEATURES = ("words", "names", "numbers", "first_words", "first_names", "dated", "apart", "same_time")
"""What a pair of texts in one language is scored by; each from 0 to about 1."""
FIRST = 2
"""Sentences that are what an article says first, with its title."""
FADE = 7.0
"""Days after which two texts are no more of the same time; time constant of an exponential."""
NEAR = 3
"""Days within which two dated texts may report one event whatever each says first."""
LATER = 10.0
"""Beyond that, the time constant in days with which what they say first comes to decide."""
SAME_NEWS = 0.2
"""Cosine, names aside, of what two texts say first from which they tell the same news: a text of a later day that begins with other
news of the same people reports an event of its own."""
UNFADED = 0.15
"""What is left of the score of two texts of which one has no date, however far the days that it names are from the other's date."""
ACROSS = 0.286
"""The likeness by keys of two languages that counts as certain."""
LEAST = 0.1
"""Texts in one language less alike than this, over all they say, are two events though they are of one day."""
FAINT = 0.01
"""Lower scores count as none."""
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a text is compared by, each vector of length 1."""

    lang: str
    words: Vector
    names: Vector
    numbers: Vector
    first_words: Vector
    first_names: Vector
    news: Vector
    """What it says first, names aside."""
    day: date | None
    """The first day that one of its articles was published on."""
    stated: frozenset[tuple[int, int]]
    """Where it has none: the days that it names."""


def find_traits(texts: Sequence[Text]) -> tuple[Traits, ...]:
    """Return what each text is compared by; how rare words and names are is counted within their language (Spärck Jones 1972)."""
    terms = [find_terms(text.articles[0]) for text in texts]
    rarity = count_rarity(terms)
    return tuple(_traits(text, found, rarity[found.lang]) for text, found in zip(texts, terms, strict=True))


def _traits(text: Text, terms: Terms, rare: Vector) -> Traits:
    words = {term: (1 + math.log(count)) * rare[term] for term, count in terms.words.items()}
    named = {term: (1 + math.log(count)) * rare[term] for term, count in terms.names.items()}
    names = {term: weight for term, weight in named.items() if term[0] == "n"}
    first = _first(text.articles[0])
    day = min((a.published.day for a in text.articles if a.published), default=None)
    stated = frozenset[tuple[int, int]]() if day else frozenset(d for a in text.articles for d in stated_days(a))
    return Traits(
        terms.lang, scale(words), scale(names), scale({term: weight for term, weight in named.items() if term[0] == "#"}),
        scale({"w" + stem: rare["w" + stem] for stem in first if "w" + stem in words}),
        scale({"n" + stem: names["n" + stem] for stem in first if "n" + stem in names}),
        scale({"w" + stem: rare["w" + stem] for stem in first if "w" + stem in words and "n" + stem not in names}), day, stated)


def _first(article: Article) -> Iterable[str]:
    """Return the stems of what an article says first, each once."""
    end = article.sentences[:FIRST][-1].end if article.sentences else 0
    return dict.fromkeys(stems(f"{article.title}\n{article.text[:end]}", article.lang))


class _Weights(NamedTuple):
    """The fitted weights of the features, and what is added to them."""

    features: Mapping[str, float]
    bias: float


@lru_cache(maxsize=1)
def read_weights() -> _Weights:
    """Read `likeness.yml`."""
    found = yaml.load(Path(__file__).with_name("likeness.yml").read_text("utf-8"), Loader=_LOADER)  # noqa: S506  it makes texts only
    return _Weights({name: float(found["weights"][name]) for name in FEATURES}, float(found["bias"]))


def compare_traits(one: Traits, other: Traits) -> tuple[float, ...]:
    """Return the features of a pair, in the order of `FEATURES`."""
    apart = abs((one.day - other.day).days) if one.day and other.day else None
    pairs = ((one.words, other.words), (one.names, other.names), (one.numbers, other.numbers), (one.first_words, other.first_words),
             (one.first_names, other.first_names))
    times = (0.0, 0.0, 0.0) if apart is None else (1.0, math.log1p(apart) / 5, math.exp(-apart / FADE))
    return (*(_cosine(a, b) for a, b in pairs), *times)


def _cosine(one: Vector, other: Vector) -> float:
    less, more = (one, other) if len(one) < len(other) else (other, one)
    return sum([weight * more[term] for term, weight in less.items() if term in more])


def score_texts(texts: Sequence[Text], candidates: Pairs) -> Pairs:
    """Return how likely each candidate is to be one event: from 0 to 1; of two languages up to more than 1.

    `candidates` are pairs of the texts' numbers with how alike they are by words and names, or by the keys of two languages.
    """
    traits = find_traits(texts)
    scored = {(a, b): _score(traits[a], traits[b], alike) for (a, b), alike in candidates.items()
              if alike >= LEAST or traits[a].lang != traits[b].lang}
    return {pair: score for pair, score in scored.items() if score > FAINT}


def _score(one: Traits, other: Traits, alike: float) -> float:
    if one.lang != other.lang:
        return alike / ACROSS * fade(one, other)
    weights = read_weights()
    features = zip(weights.features.values(), compare_traits(one, other), strict=True)
    return keep_apart(one, other) / (1 + math.exp(-weights.bias - sum(weight * value for weight, value in features)))


def keep_apart(one: Traits, other: Traits) -> float:
    """Return what is left of the score of two texts in one language over the days between them, from 0 to 1."""
    if not (one.day and other.day):
        return fade(one, other)
    later = 1 - math.exp(-max(0, abs((one.day - other.day).days) - NEAR) / LATER)
    return 1 - later * (1 - min(1.0, _cosine(one.news, other.news) / SAME_NEWS)) if later else 1.0


def fade(one: Traits, other: Traits) -> float:
    """Return what is left of a likeness over the days between two texts, as far as their dates or the days they name tell."""
    apart: float | None = None
    if one.day and other.day:
        apart = abs((one.day - other.day).days)
    elif day := one.day or other.day:
        apart = days_apart(one.stated | other.stated, day)
    return 1.0 if apart is None else UNFADED + (1 - UNFADED) * math.exp(-apart / FADE)
