"""Find the articles that carry one text: reposts and wire stories, whole or lightly edited."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from digest.lookalikes import Slots, are_lookalikes, find_slots
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
SAME = 2 / 3
"""Two texts are one where each has this share of its words in the other: follow-ups repeat half of an earlier article at most."""
OWN, SMALL, AMONG = 0.05, 40, 0.45
"""So are they where one has of its own no more than this share of its words, or no more words than that, but this share: a headline, a
dateline, a credit, small edits ..."""
ANEW = 24
"""... no more words than this before the first that the other has: news that repeats an earlier article opens anew ..."""
PART, OPENING = 0.38, 40
"""... and makes up that share of the other, or half of so many words that it opens with: it is no item of a roundup."""
GAP = 10
"""As many words in a row, at most, are an edit within a sentence: they count as shared with what stands around them."""
WHOLE = 0.8
"""Where neither has this share of its words in the other, what is no quotation has to be alike too: short reports of one statement hardly
say more than that."""
QUOTED = 500
"""Characters of the longest quotation: a longer one is not closed where it should be."""
CROWD = 100
"""A shingle of more texts than this is a publisher's boilerplate or a wire story: each text is compared with the first only."""


def find_texts(articles: Sequence[Article], settings: Grouping) -> tuple[Text, ...]:
    """Return the separate texts, each with its copies, in the order of their first articles.

    Copies share at least `settings.copy` of the shorter text's shingles (Broder 1997); each is mostly the other, or one has next to
    nothing of its own; and they are no look-alikes. Or one names the other as its original in `copy_of`. Copies of copies are copies as
    long as the longest and the shortest texts of both sides are still alike. In doubt texts are two: one that opens anew and repeats
    much, but not most, of another is news with its background rather than a cut copy with a new opening, and one that repeats another
    below more of its own, as a live blog does that has moved on, is a text of its own.
    """
    read = [_Reading(article) for article in sorted(articles, key=lambda a: a.order)]
    groups = {i: [i] for i in range(len(read))}
    alike = {(a, b): part for a, b in _candidates([one.found for one in read], settings.copy)
             if (part := shared_part(read[a].found, read[b].found)) >= settings.copy}
    for a, b in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        if groups[a] is not groups[b] and _are_one(read[a], read[b], settings.copy / 2) and all(
                shared_part(one.found, other.found) >= settings.copy / 2
                for one in _ends(groups[a], read) for other in _ends(groups[b], read)):
            _join(groups, a, b)
    for a, b in _declared([one.article for one in read]):
        _join(groups, a, b)
    return tuple(Text(tuple(read[i].article for i in sorted(group))) for first, group in sorted(groups.items()) if first == min(group))


@dataclass(frozen=True)
class _Reading:
    """What an article's text is compared by."""

    article: Article

    @cached_property
    def run(self) -> Sequence[int]:
        """Its shingles, in their order."""
        return _run(self.article.text)

    @cached_property
    def found(self) -> frozenset[int]:
        """Its different shingles."""
        return frozenset(self.run)

    @cached_property
    def told(self) -> frozenset[int]:
        """The shingles of what is no quotation."""
        return shingles(_unquoted(self.article.text))

    @cached_property
    def slots(self) -> Slots:
        """What fills its frames."""
        return find_slots(self.article)


def _are_one(one: _Reading, other: _Reading, least: float) -> bool:
    """Return whether two texts that share much are one, not two that repeat passages or say the same of other things."""
    if one.found == other.found:
        return True
    a, b = _shared(one.run, other.found), _shared(other.run, one.found)
    return ((min(_share(a), _share(b)) >= SAME or _is_part(a, b) or _is_part(b, a))
            and (max(_share(a), _share(b)) >= WHOLE or shared_part(one.told, other.told) >= least)
            and not are_lookalikes(one.slots, other.slots))


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


def _is_part(part: bytearray, whole: bytearray) -> bool:
    """Return whether a text has next to nothing of its own and is much of the other one, or what that opens with."""
    size = len(part)
    return size - sum(part) <= max(OWN * size, min(SMALL, AMONG * size)) and part.find(1) <= ANEW and (
        _share(whole) >= PART or _share(whole[:min(OPENING, size)]) >= 0.5)


def _share(marks: bytearray) -> float:
    return sum(marks) / len(marks)


def _shared(run: Sequence[int], found: frozenset[int]) -> bytearray:
    """Return for each word of a text 1 where it stands in a run that the other text has, small edits included, else 0."""
    marks, end = bytearray(len(run) + SHINGLE - 1), -GAP - 1
    for at, shingle in enumerate(run):
        if shingle in found:
            start = end if at - end <= GAP else at
            end = at + SHINGLE
            marks[start:end] = b"\1" * (end - start)
    return marks


def shingles(text: str) -> frozenset[int]:
    """Return the stable hashes of all sequences of five words of a text."""
    return frozenset(_run(text))


def _run(text: str) -> list[int]:
    found = [word.encode() for word in words(text.casefold())]
    joined, starts = b" ".join(found), [0, *accumulate([len(word) + 1 for word in found])]
    return [zlib.crc32(joined[start:end - 1]) for start, end in zip(starts, starts[SHINGLE:], strict=False)]


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


def _ends(group: Sequence[int], read: Sequence[_Reading]) -> tuple[_Reading, _Reading]:
    """Return the longest and the shortest text of a group."""
    ordered = sorted(group, key=lambda i: (len(read[i].found), -i))
    return read[ordered[-1]], read[ordered[0]]


def _join(groups: dict[int, list[int]], a: int, b: int) -> None:
    """Make the groups of two articles one list, the same object for every member."""
    if groups[a] is not groups[b]:
        groups[a].extend(groups[b])
        for i in groups[b]:
            groups[i] = groups[a]
