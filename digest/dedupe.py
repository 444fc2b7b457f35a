"""Find the articles that carry one text: reposts and wire stories, whole or lightly edited."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from digest.gist import SHINGLE, find_run, shingles
from digest.lookalikes import Slots, are_lookalikes, find_slots
from digest.models import Article, Text
from digest.phrases import quotations
from digest.settings import Grouping
from digest.steps import WINDOW, Memory, Step, go_through, make_steps
from digest.vectors import Array, find_products

__all__ = ["find_texts", "shared_part", "shingles"]

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


Groups = tuple[tuple[str, ...], ...]
"""Articles that carry one text each, by their ids."""


def find_texts(articles: Sequence[Article], settings: Grouping, *, read: Callable[[Article], bytes] = find_run,
               memory: Memory | None = None) -> tuple[Text, ...]:
    """Return the separate texts, each with its copies, in the order of their first articles.

    Copies share at least `settings.copy` of the shorter text's shingles (Broder 1997); each is mostly the other, or one has next to
    nothing of its own; and they are no look-alikes. Or one names the other as its original in `copy_of`. Copies of copies are copies as
    long as the longest and the shortest texts of both sides are still alike. In doubt texts are two: one that opens anew and repeats
    much, but not most, of another is news with its background rather than a cut copy with a new opening, and one that repeats another
    below more of its own, as a live blog does that has moved on, is a text of its own.

    `read` tells the hashes of an article's shingles. Articles are gone through in time (`steps`), and each is compared with those
    before it that are in the window; only `copy_of` holds at any distance: what it names comes at once.
    """
    if not articles:
        return ()
    articles = sorted(articles, key=lambda a: a.order)
    declared = _declared(articles)
    copying = _Copying(articles, settings.copy, declared, {a.id: n for n, a in enumerate(articles)}, read, {})
    steps = make_steps(_days(articles, declared))
    found = go_through(steps, [a.mark for a in articles], ("texts", settings.copy, WINDOW), State(), copying.advance, memory)
    groups = sorted(sorted(copying.numbers[ident] for ident in group) for group in found)
    return tuple(Text(tuple(articles[n] for n in group)) for group in groups)


def _days(articles: Sequence[Article], declared: Sequence[tuple[int, int]]) -> list[int | None]:
    """Return the day on which each article comes: of those that name each other the first's, none where one of them has none."""
    days = [a.published.day.toordinal() if a.published else 0 for a in articles]
    groups = {number: [number] for pair in declared for number in pair}
    for a, b in declared:
        _join(groups, a, b)
    return [min(days[other] for other in groups.get(n, [n])) or None for n in range(len(articles))]


@dataclass(frozen=True, slots=True)
class State:
    """What is known of copies at the end of a step."""

    settled: Groups = ()
    open: Groups = ()
    """Those that may still be joined."""


@dataclass(frozen=True, slots=True)
class _Copying:
    """What goes through the steps."""

    articles: Sequence[Article]
    copy: float
    declared: Sequence[tuple[int, int]]
    numbers: Mapping[str, int]
    read: Callable[[Article], bytes]
    gists: dict[int, "_Side"]
    """Of what is open."""

    def advance(self, state: State, step: Step, last: bool) -> tuple[State, Groups]:
        """Find the copies among what comes, and between that and what is open; return the state, and in the last step all groups."""
        known = [sorted(self.numbers[ident] for ident in group) for group in state.open]
        groups = {n: group for group in known for n in group} | {n: [n] for n in step.members}
        for n in self.gists.keys() - groups.keys():
            del self.gists[n]
        come = sorted(groups.keys() - self.gists.keys())
        self.gists.update(zip(come, _sides([self.articles[n] for n in come], self.read), strict=True))
        self._find(groups, frozenset(step.members))
        for a, b in self.declared:
            if a in groups and b in groups:
                _join(groups, a, b)
        found = sorted(sorted(group) for first, group in groups.items() if first == min(group))
        told = [(tuple(self.articles[n].id for n in group), self._stays(group, step.end)) for group in found]
        settled = (*state.settled, *(group for group, stays in told if not stays))
        is_open = tuple(group for group, stays in told if stays)
        return State(settled, is_open), (*settled, *is_open) if last else ()

    def _find(self, groups: dict[int, list[int]], new: frozenset[int]) -> None:
        """Join the groups of copies of which one is new, the most alike first."""
        read, copy = self.gists, self.copy
        numbers = sorted(groups)
        pairs = _candidates([read[n].sample for n in numbers], [read[n].size for n in numbers], [n in new for n in numbers], copy)
        alike = {(a, b): part for a, b in ((numbers[one], numbers[other]) for one, other in pairs)
                 if (part := shared_part(read[a].found, read[b].found)) >= copy}
        for a, b in sorted(alike, key=lambda pair: (-alike[pair], pair)):
            if groups[a] is not groups[b] and _are_one(read[a], read[b], copy / 2) and all(
                    shared_part(one.found, other.found) >= copy / 2
                    for one in _ends(groups[a], read) for other in _ends(groups[b], read)):
                _join(groups, a, b)

    def _stays(self, group: Sequence[int], end: int) -> bool:
        """Return whether a text may still be joined: what has no day always may."""
        newest = max((a.published.day.toordinal() for n in group if (a := self.articles[n]).published), default=None)
        return newest is None or newest >= end - WINDOW


@dataclass(frozen=True)
class _Side:
    """What an article's text is compared by."""

    article: Article
    hashes: bytes
    """Of its shingles in their order (`Gist.run`)."""
    size: int
    """How many different ones it has."""
    sample: Array
    """Those of them by which candidates are found, in order."""

    @cached_property
    def run(self) -> Sequence[int]:
        """Its shingles, in their order."""
        run: list[int] = np.frombuffer(self.hashes, "<u4").tolist()
        return run

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


def _sides(articles: Sequence[Article], read: Callable[[Article], bytes]) -> list[_Side]:
    """Return what articles are compared by."""
    hashes = [read(article) for article in articles]
    runs = np.frombuffer(b"".join(hashes), "<u4")
    owners = np.repeat(np.arange(len(articles), dtype=np.uint64), [len(run) // runs.itemsize for run in hashes])
    every = np.sort(owners << np.uint64(32) | runs)
    different = every[np.diff(every, append=~every[-1:]) != 0]  # np.unique looks each number up in a hash table, which takes far longer
    owners, found = (different >> np.uint64(32)).astype(np.int64), different.astype(np.uint32)
    sizes = np.bincount(owners, minlength=len(articles))
    sampled = (found % SAMPLE == 0) | (sizes <= FEW)[owners]
    samples = np.split(found[sampled], np.cumsum(np.bincount(owners[sampled], minlength=len(articles)))[:-1])
    return [_Side(*row) for row in zip(articles, hashes, sizes.tolist(), samples, strict=True)]


def _are_one(one: _Side, other: _Side, least: float) -> bool:
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
    had, at = bytes(map(found.__contains__, run)), 0
    while (at := had.find(1, at)) >= 0:
        start = end if at - end <= GAP else at
        at = stop if (stop := had.find(0, at)) >= 0 else len(had)
        end = at - 1 + SHINGLE
        marks[start:end] = b"\1" * (end - start)
    return marks


def shared_part(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the shorter text's shingles that the other has, from 0 to 1; 1 for equal texts however short."""
    if one == other:
        return float(bool(one))
    return len(one & other) / max(SHORT, min(len(one), len(other)))


def _candidates(samples: Sequence[Array], sizes: Sequence[int], new: Sequence[bool], copy: float) -> list[tuple[int, int]]:
    """Return the pairs, of which one is new, that share enough sampled shingles, in order."""
    count, is_new = len(samples), np.array(new, bool)
    owners = np.repeat(np.arange(count), [len(sample) for sample in samples])
    _, columns, used = np.unique(np.concatenate([np.empty(0, "<u4"), *samples]), return_inverse=True, return_counts=True)
    wanted = (used > 1) & (used <= CROWD)
    kept, places = wanted[columns], np.cumsum(wanted) - 1
    having = sparse.csr_matrix((np.ones(kept.sum()), (owners[kept], places[columns[kept]])), shape=(count, int(wanted.sum())))
    rows = [_crowded(owners, columns, used, is_new)]
    news = np.flatnonzero(is_new)
    for i, j, values in find_products(having[news], having, 0.0):
        once = ~is_new[j] | (j < news[i])
        rows.append((np.minimum(news[i], j)[once] * count + np.maximum(news[i], j)[once], values[once]))
    pairs, places = np.unique(np.concatenate([pair for pair, _ in rows]), return_inverse=True)
    shared = np.bincount(places, np.concatenate([values for _, values in rows]), minlength=len(pairs))
    least = np.maximum(SHORT, sizes) * copy * LEAST / SAMPLE
    ones, others = np.divmod(pairs, max(1, count))
    enough = (ones != others) & (shared >= np.minimum(least[ones], least[others]))
    return list(zip(ones[enough].tolist(), others[enough].tolist(), strict=True))


def _crowded(owners: Array, columns: Array, used: Array, is_new: Array) -> tuple[Array, Array]:
    """Return pairs, as the first times the number of all plus the other, of the first and each other text of a crowd, and 1 for each."""
    crowd = np.flatnonzero(used[columns] > CROWD)
    crowd = crowd[np.lexsort((owners[crowd], columns[crowd]))]
    _, starts, places = np.unique(columns[crowd], return_index=True, return_inverse=True)
    one, other = owners[crowd][starts][places], owners[crowd]
    kept = is_new[one] | is_new[other]
    return one[kept] * len(is_new) + other[kept], np.ones(kept.sum())


def _declared(articles: Sequence[Article]) -> list[tuple[int, int]]:
    """Return the pairs of which one names the other as its original."""
    numbers: Mapping[str, int] = {a.id: i for i, a in enumerate(articles)}
    return [(i, numbers[a.copy_of]) for i, a in enumerate(articles) if a.copy_of is not None and a.copy_of in numbers]


def _ends(group: Sequence[int], read: Mapping[int, _Side]) -> tuple[_Side, _Side]:
    """Return the longest and the shortest text of a group."""
    ordered = sorted(group, key=lambda i: (len(read[i].found), -i))
    return read[ordered[-1]], read[ordered[0]]


def _join(groups: dict[int, list[int]], a: int, b: int) -> None:
    """Make the groups of two articles one list, the same object for every member."""
    if groups[a] is not groups[b]:
        groups[a].extend(groups[b])
        for i in groups[b]:
            groups[i] = groups[a]
