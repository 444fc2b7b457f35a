"""Find the articles that carry one text: reposts and wire stories, whole or lightly edited."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

from digest.lookalikes import are_lookalikes, find_slots
from digest.models import Article, Text
from digest.settings import Grouping
from digest.words import words

__all__ = ["find_texts", "shared_part", "shingles"]

SHINGLE = 5
"""Words of a shingle."""
SAMPLE = 4
"""Candidates are found by every fourth shingle; it finds 98 % of the copies."""
LEAST = 1 / 3
"""Pairs that share less than this part of the sampled shingles that copies share are no candidates."""
SHORT = 25
"""A text counts as at least this many shingles, so that a short one's stock phrases make no copy."""
WHOLE = 0.75
"""A text is another one, whole or cut and lightly edited, where this share of it stands there, small edits included."""
EDIT = 2 * SHINGLE - 1
"""Shingles in a row that one or two changed words make others."""
LEAD = 36
"""Shingles of the first forty words: what an article opens with."""
OPENS = 0.25
"""Two edited texts are editions of one where each has this share of the other's lead; articles that only share passages open anew."""
CROWD = 100
"""A shingle of more texts than this is a publisher's boilerplate or a wire story: each text is compared with the first only."""


def find_texts(articles: Sequence[Article], settings: Grouping) -> tuple[Text, ...]:
    """Return the separate texts, each with its copies, in the order of their first articles.

    Copies share at least `settings.copy` of the shorter text's shingles (Broder 1997), one stands in the other or both open
    alike, and they are no look-alikes; or one names the other as its original in `copy_of`. Copies of copies are copies as
    long as the longest texts of both sides are still alike.
    """
    ordered = sorted(articles, key=lambda a: a.order)
    runs = [_sequence(a.text) for a in ordered]
    sets = [frozenset(run) for run in runs]
    slots = cache(lambda i: find_slots(ordered[i]))
    groups = {i: [i] for i in range(len(ordered))}
    for a, b in _declared(ordered):
        _join(groups, a, b)
    alike = {(a, b): part for a, b in _candidates(sets, settings.copy) if (part := shared_part(sets[a], sets[b])) >= settings.copy}
    for (a, b), part in sorted(alike.items(), key=lambda pair: (-pair[1], pair[0])):
        one, other = _longest(groups[a], sets), _longest(groups[b], sets)
        if shared_part(sets[one], sets[other]) >= settings.copy / 2 and (part == 1 or (
                _is_one_text(runs[a], runs[b], sets[a], sets[b]) and not are_lookalikes(slots(a), slots(b)))):
            _join(groups, a, b)
    return tuple(Text(tuple(ordered[i] for i in sorted(group))) for first, group in sorted(groups.items()) if first == min(group))


def shingles(text: str) -> frozenset[int]:
    """Return the stable hashes of all sequences of five words of a text."""
    return frozenset(_sequence(text))


def _sequence(text: str) -> list[int]:
    found = [word.encode() for word in words(text.casefold())]
    joined, starts = b" ".join(found), [0, *accumulate([len(word) + 1 for word in found])]
    return [zlib.crc32(joined[start:end - 1]) for start, end in zip(starts, starts[SHINGLE:], strict=False)]


def _is_one_text(one: Sequence[int], other: Sequence[int], first: frozenset[int], second: frozenset[int]) -> bool:
    """Return whether two texts that share much are one, instead of two that share passages: a statement, background, a speech."""
    if _covered(one, second) >= WHOLE or _covered(other, first) >= WHOLE:
        return True
    return all(len(lead & found) >= OPENS * len(lead) for lead, found in ((frozenset(one[:LEAD]), second), (frozenset(other[:LEAD]), first)))


def _covered(run: Sequence[int], found: frozenset[int]) -> float:
    """Return the share of a text's shingles that another one has, with those that small edits between them changed."""
    count = gap = 0
    for shingle in run:
        if shingle in found:
            count += 1 + (gap if count and gap <= EDIT else 0)
            gap = 0
        else:
            gap += 1
    return count / max(1, len(run))


def shared_part(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the shorter text's shingles that the other has, from 0 to 1; 1 for equal texts however short."""
    if one == other:
        return float(bool(one))
    return len(one & other) / max(SHORT, min(len(one), len(other)))


def _candidates(sets: Sequence[frozenset[int]], copy: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share enough sampled shingles, in order."""
    having: dict[int, list[int]] = defaultdict(list)
    for i, found in enumerate(sets):
        for shingle in found:
            if shingle % SAMPLE == 0 or len(found) <= SHORT:
                having[shingle].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for crowd in having.values():
        for n, b in enumerate(crowd):
            shared.update([(a, b) for a in (crowd[:n] if len(crowd) <= CROWD else crowd[:min(n, 1)])])
    sizes = [max(SHORT, len(found)) * copy * LEAST / SAMPLE for found in sets]
    yield from sorted((a, b) for (a, b), count in shared.items() if count >= min(sizes[a], sizes[b]))


def _declared(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of which one names the other as its original."""
    numbers: Mapping[str, int] = {a.id: i for i, a in enumerate(articles)}
    for i, article in enumerate(articles):
        if article.copy_of in numbers and article.copy_of is not None:
            yield i, numbers[article.copy_of]


def _longest(group: Sequence[int], sets: Sequence[frozenset[int]]) -> int:
    return max(group, key=lambda i: (len(sets[i]), -i))


def _join(groups: dict[int, list[int]], a: int, b: int) -> None:
    """Make the groups of two articles one list, the same object for every member."""
    if groups[a] is not groups[b]:
        groups[a].extend(groups[b])
        for i in groups[b]:
            groups[i] = groups[a]
