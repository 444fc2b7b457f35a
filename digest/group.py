"""Bring together the texts that report one event."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from digest.likeness import score_texts
from digest.linkage import UNBOUND, Bounds, Pairs, link_averages
from digest.models import Article, Text, Why
from digest.settings import Grouping
from digest.terms import Vector, Weighted, find_terms, join_terms, weigh_terms
from digest.why import explain, find_nearest, shared_days

__all__ = ["Grouped", "group_texts", "score_pairs", "weigh_groups"]

FLOOR = 0.03
"""Pairs less alike than this count as not alike at all."""
COMMON = 150
"""A term of more texts than this says next to nothing about which of them belong together, and costs the most."""


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
    groups = link_averages(len(texts), pairs, settings.story, settings.inner, bounds)
    firsts = [text.articles[0] for text in texts]
    found = []
    for group, nearest in zip(groups, find_nearest(groups, pairs, firsts, settings.story), strict=True):
        members = tuple(texts[i] for i in group)
        why = explain(group, weighted, owners, pairs, [a for text in members for a in text.articles], language)
        found.append(Grouped(members, replace(why, days=shared_days([firsts[i] for i in group]), nearest=nearest)))
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
    langs, spoken = defaultdict[int, set[str]](set), defaultdict[str, list[int]](list)
    for i, (w, owner) in enumerate(zip(weighted, owners, strict=True)):
        langs[owner].add(w.lang)
        spoken[w.lang].append(i)
    near, far = [w.near for w in weighted], [w.far for w in weighted]
    parts = [spoken[lang] for lang in sorted(spoken)]
    pairs: Pairs = {}
    for own in parts:
        _keep_best(pairs, ((owners[a], owners[b], score) for a, b, score in _products(near, [[i] for i in own])))
    across = ((owners[a], owners[b], score) for a, b, score in _products(far, parts))
    _keep_best(pairs, ((a, b, score) for a, b, score in across if langs[a].isdisjoint(langs[b])))
    return pairs


def _keep_best(pairs: Pairs, scored: Iterable[tuple[int, int, float]]) -> None:
    for one, other, score in scored:
        pair = (one, other) if one < other else (other, one)
        if one != other and score > pairs.get(pair, FLOOR):
            pairs[pair] = score


def _products(vectors: Sequence[Vector], groups: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of vectors, by number, of different groups with their scalar product where it is not next to nothing.

    Only vectors that have a term in common are looked at, through an inverted index.
    """
    used = Counter(term for group in groups for number in group for term in vectors[number])
    having: dict[str, list[tuple[int, float]]] = {term: [] for term, count in used.items() if 1 < count <= COMMON}
    for group in groups:
        for b in group:
            products: dict[int, float] = defaultdict(float)
            for term, weight in vectors[b].items():
                for a, other in having.get(term, ()):
                    products[a] += weight * other
            yield from ((a, b, product) for a, product in products.items() if product > FLOOR)
        for b in group:
            for term, weight in vectors[b].items():
                if term in having:
                    having[term].append((b, weight))
