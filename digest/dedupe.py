"""Find the articles that carry one text: reposts and wire stories, whole or lightly edited."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from digest.lookalikes import are_lookalikes, find_slots
from digest.models import Article, Text
from digest.phrases import quotations
from digest.settings import Grouping
from digest.words import words

__all__ = ["find_texts", "shared_part", "shingles"]

SHINGLE = 5
"""Words of a shingle."""
SAMPLE = 4
"""Candidates are found by every fourth shingle of longer texts: nearly all copies, at a quarter of the work."""
LEAST = 1 / 3
"""Pairs that share less than this part of the sampled shingles that copies share are no candidates."""
SHORT = 25
"""A text counts as at least this many shingles, so that a short one's stock phrases make no copy."""
FEW = 100
"""Of texts with no more shingles than this every one counts: a sample of so few would miss copies."""
WHOLE = 0.75
"""Of copies that share less than this, the lead and what is no quotation have to be alike too: news that ends in an earlier article's
background, or is built round the same statement to the press, is no copy."""
LEAD, LED = (30, 60), 0.15
"""Words of the lead, a third of the text but not fewer or more than these, and the part of its shingles that the other text has."""
QUOTED = 500
"""Characters of the longest quotation: a longer one is not closed where it should be."""
CROWD = 100
"""A shingle of more texts than this is a publisher's boilerplate or a wire story: each text is compared with the first only."""


def find_texts(articles: Sequence[Article], settings: Grouping) -> tuple[Text, ...]:
    """Return the separate texts, each with its copies, in the order of their first articles.

    Copies share at least `settings.copy` of the shorter text's shingles (Broder 1997), not only in background or quotations, and are no
    look-alikes; or one names the other as its original in `copy_of`. Copies of copies are copies as long as the longest texts of both
    sides are still alike.
    """
    ordered = sorted(articles, key=lambda a: a.order)
    sets = [shingles(a.text) for a in ordered]
    slots = cache(lambda i: find_slots(ordered[i]))
    parts = cache(lambda i: _Parts(sets[i], _lead(ordered[i].text), shingles(_unquoted(ordered[i].text))))
    groups = {i: [i] for i in range(len(ordered))}
    for a, b in _declared(ordered):
        _join(groups, a, b)
    alike = {(a, b): part for a, b in _candidates(sets, settings.copy) if (part := shared_part(sets[a], sets[b])) >= settings.copy}
    for (a, b), part in sorted(alike.items(), key=lambda pair: (-pair[1], pair[0])):
        one, other = _longest(groups[a], sets), _longest(groups[b], sets)
        if shared_part(sets[one], sets[other]) >= settings.copy / 2 and (
                part >= WHOLE or _tell_the_same(parts(a), parts(b), settings.copy / 2)) and (
                part == 1 or not are_lookalikes(slots(a), slots(b))):
            _join(groups, a, b)
    return tuple(Text(tuple(ordered[i] for i in sorted(group))) for first, group in sorted(groups.items()) if first == min(group))


def shingles(text: str) -> frozenset[int]:
    """Return the stable hashes of all sequences of five words of a text."""
    found = [word.encode() for word in words(text.casefold())]
    joined, starts = b" ".join(found), [0, *accumulate([len(word) + 1 for word in found])]
    return frozenset([zlib.crc32(joined[start:end - 1]) for start, end in zip(starts, starts[SHINGLE:], strict=False)])


@dataclass(frozen=True, slots=True)
class _Parts:
    """The shingles of a text, of its lead, and of what is no quotation."""

    text: frozenset[int]
    lead: frozenset[int]
    told: frozenset[int]


def _lead(text: str) -> frozenset[int]:
    """Return the shingles of the first words of a text."""
    found = words(text)
    return shingles(" ".join(found[:max(LEAD[0], min(LEAD[1], len(found) // 3))]))


def _unquoted(text: str) -> str:
    """Return a text without its quotations; one that does not end is kept."""
    kept: list[str] = []
    for paragraph in text.split("\n\n"):
        at = 0
        spans, closed = quotations(paragraph)
        for start, end in spans if closed else spans[:-1]:
            if end - start <= QUOTED:
                kept.append(paragraph[at:start])
                at = end
        kept.append(paragraph[at:])
    return " ".join(kept)


def _tell_the_same(one: _Parts, other: _Parts, least: float) -> bool:
    """Return whether one text has some of the other's lead, and both enough in common besides quotations."""
    led = any(len(lead & text) >= LED * len(lead) for lead, text in ((one.lead, other.text), (other.lead, one.text)))
    return led and shared_part(one.told, other.told) >= least


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
            if shingle % SAMPLE == 0 or len(found) <= FEW:
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
