"""Find what two editions of one text tell differently."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.compare.worddiff import Word, changed_words, content_forms, dateline_end, spans_of, split_words
from digest.findings import Change, Version
from digest.models import Article, Citation, Text
from digest.precedence import came_first
from digest.readable import is_boilerplate
from digest.words import base_language

__all__ = ["find_changes", "find_versions"]

NEAR = 0.5
"""Two sentences are editions of one from this share of words in common on (Dice 1945)."""
WITHIN = 0.8
"""A sentence is a part of a longer one that has this share of its words."""
SHORTEST_PART = 4
"""Words of a sentence that is looked for in a longer one, at least."""
PREFIX = 4
"""Letters by which the words of rewritten sentences are compared (Can et al. 2008)."""
LEAST_SHARED = 3
"""Words that sentences have in common where one was rewritten to the other, at least."""
REWRITTEN = 0.13
"""A sentence is another one rewritten from this share of what its words weigh on."""
MOST_PAIRS = 500_000
"""Pairs of a sentence that was changed and one that it may have become, at most: no article is as long, or changed as much."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence of an edition."""

    cited: Citation
    words: tuple[Word, ...]
    content: Counter[str]
    """The words that say something."""


def find_versions(texts: Sequence[Text]) -> tuple[Version, ...]:
    """Return what the copies of each text tell differently from its first article, in their order; what says the same gives none."""
    return tuple(version for text in texts for copy in text.articles[1:] if (version := _version(text.articles[0], copy)))


def _version(first: Article, copy: Article) -> Version | None:
    if first.text == copy.text or base_language(first.lang) != base_language(copy.lang):
        return None
    one, other = (copy, first) if came_first(copy, first) else (first, copy)
    changes = find_changes(one, other)
    return Version(one, other, "known" if came_first(one, other) else "unknown", changes) if changes else None


def find_changes(one: Article, other: Article) -> tuple[Change, ...]:
    """Return what two editions of one text tell differently, in the order of the first."""
    return tuple(_changes(_lines(one), _lines(other), one.lang))


def _lines(article: Article) -> list[_Line]:
    cited = [Citation.of(article, sentence) for sentence in article.sentences]
    words = [split_words(c.quote, article.lang) for c in cited]
    return [_Line(c, w, content_forms(w)) for c, w in zip(cited, words, strict=True)]


def _changes(one: Sequence[_Line], other: Sequence[_Line], lang: str) -> Iterator[Change]:
    """Yield the changes in the order of the first edition; what only the other has after what stands before it there."""
    links = _align(one, other)
    changed = _changed(one, other, links, lang)
    met = {j: i for i, j in links}
    rows: list[tuple[int, int, int, Change]] = []
    for i, j in links:
        old, new = changed[0][i], changed[1][j]
        if old or new:
            rows.append((i, 0, j, Change(one[i].cited, other[j].cited, _cite(one[i], old), _cite(other[j], new))))
    rows += [(i, 0, 0, Change(one[i].cited, None)) for i in _alone(one, {i for i, _ in links})]
    for j in _alone(other, set(met)):
        before = next((met[k] for k in range(j - 1, -1, -1) if k in met), -1)
        rows.append((before, 1, j, Change(None, other[j].cited)))
    yield from (change for *_, change in sorted(rows, key=lambda row: row[:3]))


def _alone(lines: Sequence[_Line], linked: set[int]) -> Iterator[int]:
    """Yield the sentences that only one edition has and that say something."""
    for n, line in enumerate(lines):
        if n not in linked and line.content and not is_boilerplate(line.cited.quote, line.cited.article.lang):
            yield n


def _changed(one: Sequence[_Line], other: Sequence[_Line], links: Iterable[Pair], lang: str) -> tuple[
        Mapping[int, frozenset[int]], Mapping[int, frozenset[int]]]:
    """Return the changed words of linked sentences: those that none of the sentences linked with theirs has."""
    ours, theirs = dict[int, frozenset[int]](), dict[int, frozenset[int]]()
    for i, j in links:
        old, new = changed_words(one[i].words, other[j].words, lang)
        ours[i] = _still(one[i], ours[i] & old) if i in ours else old
        theirs[j] = _still(other[j], theirs[j] & new) if j in theirs else new
    for lines, changed in ((one, ours), (other, theirs)):
        if 0 in changed:
            changed[0] -= frozenset(range(dateline_end(lines[0].cited.quote, lines[0].words)))
    return ours, theirs


def _still(line: _Line, changed: frozenset[int]) -> frozenset[int]:
    """Return changed words as long as they say something."""
    return changed if any(not line.words[n].light for n in changed) else frozenset()


def _cite(line: _Line, changed: frozenset[int]) -> tuple[Citation, ...]:
    article, start = line.cited.article, line.cited.start
    return tuple(Citation(article, start + a, start + b, line.cited.quote[a:b]) for a, b in spans_of(line.words, changed))


def _align(one: Sequence[_Line], other: Sequence[_Line]) -> list[Pair]:
    """Return the pairs of sentences of two editions of which one became the other, whole, in part or rewritten; in order.

    Equal sentences find each other wherever they stand, then the nearest, then parts of longer sentences; what is left
    stands for what is left between the same neighbors. Where more is left than any edition changes, nothing is asked of it.
    """
    links = _equal(one, other)
    longer = max(len(one), len(other))
    if (longer - len(links)) * longer > MOST_PAIRS:
        return sorted(links)
    links |= _near(one, other, links)
    links |= _parts(one, other, links)
    return sorted(links | _rewritten(one, other, links))


def _equal(one: Sequence[_Line], other: Sequence[_Line]) -> set[Pair]:
    places = defaultdict[tuple[str, ...], list[int]](list)
    for j in range(len(other) - 1, -1, -1):
        places[_said(other[j])].append(j)
    return {(i, found.pop()) for i, line in enumerate(one) if (found := places.get(_said(line)))}


def _said(line: _Line) -> tuple[str, ...]:
    return tuple([word.form for word in line.words])


def _near(one: Sequence[_Line], other: Sequence[_Line], links: set[Pair]) -> set[Pair]:
    """Return pairs of sentences that are left over, the most alike first, of equals those that stand most alike."""
    left, right = _left(one, (i for i, _ in links)), _left(other, (j for _, j in links))
    scored = [(2 * count / (one[i].content.total() + other[j].content.total()), i, j)
              for (i, j), count in _overlaps(one, other, left, right)]
    found = set[Pair]()
    for score, i, j in sorted(scored, key=lambda row: (-row[0], abs(row[1] * len(other) - row[2] * len(one)), row)):
        if score >= NEAR and i in left and j in right:
            found.add((i, j))
            left.remove(i)
            right.remove(j)
    return found


def _left(lines: Sequence[_Line], taken: Iterable[int]) -> set[int]:
    return set(range(len(lines))).difference(taken)


def _overlaps(one: Sequence[_Line], other: Sequence[_Line], left: Iterable[int], right: Iterable[int]) -> list[tuple[Pair, int]]:
    """Return how many words pairs of sentences have in common."""
    having = defaultdict[str, list[int]](list)
    for j in sorted(right):
        for form in other[j].content:
            having[form].append(j)
    shared = Counter[Pair]()
    for i in sorted(left):
        for form, count in one[i].content.items():
            for j in having.get(form, ()):
                shared[i, j] += min(count, other[j].content[form])
    return sorted(shared.items())


def _parts(one: Sequence[_Line], other: Sequence[_Line], links: set[Pair]) -> set[Pair]:
    """Return the sentences left over that stand within another of the other edition: one was split, or two were joined."""
    left, right = _left(one, (i for i, _ in links)), _left(other, (j for _, j in links))
    everything = range(len(one)), range(len(other))
    found = {pair for pair, n in _overlaps(one, other, left, everything[1]) if _is_part(one[pair[0]], other[pair[1]], n)}
    return found | {pair for pair, n in _overlaps(one, other, everything[0], right) if _is_part(other[pair[1]], one[pair[0]], n)}


def _is_part(part: _Line, whole: _Line, shared: int) -> bool:
    size = part.content.total()
    return size >= SHORTEST_PART and shared >= WITHIN * size and whole.content.total() > size


def _rewritten(one: Sequence[_Line], other: Sequence[_Line], links: set[Pair]) -> set[Pair]:
    """Return for each sentence left over the one most alike of those left over at its place in the other edition."""
    left, right = sorted(_left(one, (i for i, _ in links))), sorted(_left(other, (j for _, j in links)))
    keys = [[frozenset(form[:PREFIX] for form in line.content) for line in lines] for lines in (one, other)]
    used = Counter(key for lines in keys for line in lines for key in line)
    weights = {key: math.log((len(one) + len(other) + 1) / count) for key, count in used.items()}
    blocks = [(i, j) for i, j in _facing(left, right, links) if len(keys[0][i] & keys[1][j]) >= LEAST_SHARED]
    score = {(i, j): _weight(keys[0][i] & keys[1][j], weights) / min(_weight(keys[0][i], weights), _weight(keys[1][j], weights))
             for i, j in blocks}
    close = [pair for pair, value in score.items() if value >= REWRITTEN]
    best: dict[tuple[int, int], Pair] = {}
    for pair in sorted(close, key=lambda pair: (score[pair], pair[0] - pair[1], pair)):
        best[0, pair[0]] = best[1, pair[1]] = pair
    return set(best.values())


def _weight(keys: Iterable[str], weights: Mapping[str, float]) -> float:
    return math.fsum(sorted(weights[key] for key in keys))


def _facing(left: Sequence[int], right: Sequence[int], links: set[Pair]) -> Iterator[Pair]:
    """Yield the pairs of what is left over between the same neighbors."""
    forth, back = dict(sorted(links)), {j: i for i, j in sorted(links)}
    before, start = _running(back, right), _running(forth, left)
    mirrored = {-k: -place for k, place in forth.items()}
    end = {-i: -place for i, place in _running(mirrored, [-i for i in reversed(left)], -len(back) - len(right)).items()}
    for i in left:
        yield from ((i, j) for j in right if start[i] < j < end[i] and before[j] < i)


def _running(places: Mapping[int, int], wanted: Sequence[int], least: int = -1) -> dict[int, int]:
    """Return for each of some numbers, in order, the largest of the places of smaller ones."""
    found, known, most = dict[int, int](), iter(sorted(places.items())), least
    upcoming = next(known, None)
    for number in wanted:
        while upcoming and upcoming[0] < number:
            most = max(most, upcoming[1])
            upcoming = next(known, None)
        found[number] = most
    return found
