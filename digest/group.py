"""Bring together the texts that report one event."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.days import calendar_words
from digest.likeness import score_texts
from digest.linkage import UNBOUND, Bounds, Pairs, link_averages
from digest.models import Article, Text, Why
from digest.settings import Grouping
from digest.terms import Vector, Weighted, find_terms, join_terms, surfaces, weigh_terms
from digest.words import base_language

__all__ = ["Grouped", "explain", "group_texts", "score_pairs", "weigh_groups"]

FLOOR = 0.03
"""Pairs less alike than this count as not alike at all."""
COMMON = 150
"""A term of more texts than this says next to nothing about which of them belong together, and costs the most."""
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


@dataclass(frozen=True, slots=True)
class Grouped:
    """The texts that report one event."""

    texts: tuple[Text, ...]
    """In the order of their first articles."""
    why: Why

    @property
    def articles(self) -> tuple[Article, ...]:
        """All its articles, in `Article.order`."""
        return tuple(sorted((a for text in self.texts for a in text.articles), key=lambda a: a.order))


def group_texts(texts: Sequence[Text], settings: Grouping, language: str = "en", bounds: Bounds = UNBOUND) -> tuple[Grouped, ...]:
    """Return the texts in groups of one event each, whatever their languages, in the order of their first articles.

    `bounds` are about the texts' numbers in that order.

    How likely two texts report one event is what `likeness` says. Terms that a group shares are shown in `language` where
    it has them in that language.
    """
    texts = sorted(texts, key=lambda t: t.articles[0].order)
    weighted, owners = weigh_groups([text.articles for text in texts])
    pairs = score_texts(texts, score_pairs(weighted, owners))
    found = []
    for group in link_averages(len(texts), pairs, settings.story, settings.inner, bounds):
        members = tuple(texts[i] for i in group)
        found.append(Grouped(members, explain(group, weighted, owners, pairs, [a for t in members for a in t.articles], language)))
    return tuple(found)


def weigh_groups(groups: Sequence[Sequence[Article]]) -> tuple[tuple[Weighted, ...], list[int]]:
    """Return the weighted terms of groups of articles, one part for each language of each, and whose each part is; in order."""
    parts = [join_terms([find_terms(article) for article in group]) for group in groups]
    owners = [i for i, part in enumerate(parts) for _ in part]
    return weigh_terms([terms for part in parts for terms in part]), owners


def score_pairs(weighted: Sequence[Weighted], owners: Sequence[int]) -> Pairs:
    """Return how alike the owners of weighted terms are: as their most alike parts are.

    Owners that have a language in common are compared in it by words and names (cosine, half each); the others by the
    keys that languages share.
    """
    langs: dict[int, set[str]] = defaultdict(set)
    for w, owner in zip(weighted, owners, strict=True):
        langs[owner].add(w.lang)
    pairs: Pairs = {}
    for lang in sorted({w.lang for w in weighted}):
        chosen = [i for i, w in enumerate(weighted) if w.lang == lang]
        _keep_best(pairs, ((owners[chosen[a]], owners[chosen[b]], score) for a, b, score in _products([weighted[i].near for i in chosen])))
    across = ((owners[a], owners[b], score) for a, b, score in _products([w.far for w in weighted]))
    _keep_best(pairs, ((a, b, score) for a, b, score in across if langs[a].isdisjoint(langs[b])))
    return pairs


def _keep_best(pairs: Pairs, scored: Iterable[tuple[int, int, float]]) -> None:
    for one, other, score in scored:
        pair = (one, other) if one < other else (other, one)
        if one != other and score > pairs.get(pair, FLOOR):
            pairs[pair] = score


def _products(vectors: Sequence[Vector]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of vectors with their scalar product where it is not next to nothing, by an inverted index."""
    used = Counter(term for vector in vectors for term in vector)
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for b, vector in enumerate(vectors):
        products: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            if used[term] > COMMON:
                continue
            for a, other in having[term]:
                products[a] += weight * other
            having[term].append((b, weight))
        for a, product in products.items():
            if product > FLOOR:
                yield a, b, product


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
    """Return the longest run of a name's words that at least two texts have; of equals the first, perhaps none."""
    words = name.split()
    runs = ((start, end) for length in range(len(words), 0, -1) for start in range(len(words) - length + 1) for end in (start + length,))
    return next((run for start, end in runs if sum((run := " ".join(words[start:end])).casefold() in text for text in texts) > 1), "")
