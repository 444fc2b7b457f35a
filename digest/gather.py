"""Gather stories in topics, step by step in time: what was gathered stays together, and new stories and topics join it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from digest.columns import Columns
from digest.group import FLOOR, Found, Read, name_bounds, score_pairs
from digest.linkage import Bounds, link_scores
from digest.models import Article, Text
from digest.parts import Parts, Reader
from digest.rarity import Rarity
from digest.settings import Grouping
from digest.steps import Memory, Step, go_through, make_steps
from digest.vectors import DECIMALS, Array, Scores, make_matrix
from digest.why import Reasons, average_within, explain, find_nearest, shared_days

__all__ = ["WINDOW", "gather"]

WINDOW = 365
"""Days after its last article in which stories join a topic: trials and talks pause for months, and return within the year."""

Texts = Sequence[Text]


@dataclass(frozen=True, slots=True)
class Core:
    """Stories that are one topic for good."""

    members: tuple[str, ...]
    """The ids of the stories' first articles."""
    newest: int | None
    """The day of its last article, as `date.toordinal` counts."""
    days: tuple[tuple[str, ...], ...]
    """Of each text of its stories: the days of its first article."""
    why: Reasons
    within: float = 0.0
    """How alike its stories are, in sum over their pairs."""


@dataclass(frozen=True, slots=True)
class Told:
    """How often terms occur in stories, in plain data: entries of a matrix of their parts x terms."""

    stories: tuple[str, ...]
    """The ids of their first articles, in the order in which they came."""
    owners: Array
    """The story of each part, by its place there."""
    langs: tuple[str, ...]
    """The language of each part."""
    starts: Array
    """Where the entries of each part start, and the last ends."""
    places: Array
    """The term of each entry, by its place in `terms`."""
    counts: Array
    terms: str
    """A line each."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of topics at the end of a step."""

    settled: tuple[Found, ...] = ()
    cores: tuple[Core, ...] = ()
    """Those that stories may still join."""
    told: Told | None = None
    sums: Scores = field(default_factory=lambda: Scores.of([]))
    """How alike the stories of two cores are, in sum over their pairs; by the cores' numbers."""


def gather(stories: Sequence[Texts], settings: Grouping, language: str, bounds: Bounds, read: Read,
           memory: Memory | None) -> Sequence[Found]:
    """Return stories, given by their texts in the order of their first articles, in groups of one topic each.

    Stories are gone through in time (`steps`), each on the day of its last article. A new story is compared with all stories of the
    topics whose last article is within the window, or that a rule binds; what was one topic before stays one.
    """
    if not stories:
        return ()
    days = [_newest(texts) for texts in stories]
    idents = [texts[0].articles[0].id for texts in stories]
    named = name_bounds(bounds, idents)
    marks = [b"".join([a.mark for text in texts for a in text.articles]) + named[n] for n, texts in enumerate(stories)]
    pinned = frozenset(number for members in bounds.together for number in members)
    numbers = {ident: n for n, ident in enumerate(idents)}
    gathering = _Gathering(stories, days, idents, numbers, settings, language, bounds, pinned, read, [])
    return go_through(make_steps(days), marks, ("topics", settings, language, WINDOW), State(), gathering.advance, memory)


def _articles(texts: Texts) -> list[Article]:
    return sorted((a for text in texts for a in text.articles), key=lambda a: a.order)


def _newest(texts: Texts) -> int | None:
    return max((a.published.day.toordinal() for text in texts for a in text.articles if a.published), default=None)


@dataclass(frozen=True, slots=True)
class _Gathering:
    """What goes through the steps."""

    stories: Sequence[Texts]
    days: Sequence[int | None]
    idents: Sequence[str]
    """The ids of the first articles of the stories."""
    numbers: Mapping[str, int]
    """The number of each story, by that id."""
    settings: Grouping
    language: str
    bounds: Bounds
    pinned: frozenset[int]
    read: Read
    known: list[tuple[Told, Columns]]
    """What the last step told, and the columns of its terms: the next one need not read them again."""

    def advance(self, state: State, step: Step, _last: bool) -> tuple[State, tuple[Found, ...]]:
        """Let what comes join the topics that there are, or make new ones; return the state and all topics."""
        cores = [*state.cores, *(self._alone(n) for n in step.members)]
        homes = {ident: node for node, core in enumerate(cores) for ident in core.members}
        before = state.told.stories if state.told else ()
        idents = (*before, *(self.idents[n] for n in step.members))
        units, nodes = [self.numbers[ident] for ident in idents], np.array([homes[ident] for ident in idents])
        parts = self._read_all(state.told, step)
        rarity = Rarity.of(parts)
        is_new = np.arange(len(units)) >= len(before)
        scores = score_pairs(rarity, is_new, FLOOR)
        sums = _beside(state.sums, _add_up(nodes[scores.ones], nodes[scores.others], scores.values))
        sizes = np.array([len(core.members) for core in cores], float)
        groups = link_scores(len(cores), sums, self.settings.topic, bounds=self._bind(units, nodes.tolist()), sizes=sizes.tolist())
        grown = self._grow(groups, cores, nodes, units, rarity, sums, sizes, len(state.cores))
        is_open = [self._stays(core, step.end) for core in grown]
        told = [Found(core.members, core.why) for core in grown]
        settled = (*state.settled, *(found for found, stays in zip(told, is_open, strict=True) if not stays))
        rest = tuple(found for found, stays in zip(told, is_open, strict=True) if stays)
        return self._keep(settled, groups, grown, is_open, nodes, idents, parts, sums), (*settled, *rest)

    def _alone(self, number: int) -> Core:
        """Return a story as a topic of its own."""
        texts = self.stories[number]
        return Core((self.idents[number],), self.days[number], tuple(self.read(text.articles[0]).days for text in texts),
                    Reasons((), 1.0, (), None))

    def _gists(self, number: int) -> list[Any]:
        return [self.read(article) for article in _articles(self.stories[number])]

    def _bind(self, units: Sequence[int], nodes: Sequence[int]) -> Bounds:
        """Return what the bounds say of cores."""
        home = dict(zip(units, nodes, strict=True))
        together = [sorted({home[n] for n in members if n in home}) for members in self.bounds.together]
        apart = {tuple(sorted((home[a], home[b]))) for a, b in self.bounds.apart if a in home and b in home}
        return Bounds([members for members in together if len(members) > 1], [(a, b) for a, b in sorted(apart) if a != b],
                      sorted({home[n] for n in self.bounds.closed if n in home}))

    def _grow(self, groups: Sequence[Sequence[int]], cores: Sequence[Core], nodes: Array, units: Sequence[int], rarity: Rarity,
              sums: Scores, sizes: Array, known: int) -> list[Core]:
        """Return the cores that groups of cores make; what nothing new joined keeps its reasons."""
        within = np.array([core.within for core in cores])
        averages = average_within(groups, sums, sizes, within)
        at = [n for n, group in enumerate(groups) if group[-1] >= known or len(group) > 1]
        fresh, nearest = [groups[n] for n in at], find_nearest(groups, sums, self.settings.topic, sizes, at)
        members = _members(nodes)
        inside = [[unit for node in group for unit in members[node]] for group in fresh]
        articles = [sorted((a for unit in found for a in _articles(self.stories[units[unit]])), key=lambda a: a.order) for found in inside]
        shared = dict(zip(map(tuple, fresh), explain(inside, rarity, articles, self.language), strict=True))
        grown = []
        for group, average, near in zip(groups, averages, nearest, strict=True):
            joined = _join([cores[node] for node in group], average)
            if tuple(group) in shared:
                days = shared_days(joined.days)
                why = Reasons.of(shared[tuple(group)], average, days, (cores[near[0]].members[0], near[1]) if near else None)
                joined = Core(joined.members, joined.newest, joined.days, why, joined.within)
            grown.append(joined)
        return grown

    def _stays(self, core: Core, end: int) -> bool:
        """Return whether stories may still join: what has no day may always be joined."""
        if core.newest is None or core.newest >= end - WINDOW:
            return True
        return not self.pinned.isdisjoint(self.numbers[ident] for ident in core.members)

    def _keep(self, settled: tuple[Found, ...], groups: Sequence[Sequence[int]], grown: Sequence[Core], is_open: Sequence[bool],
              nodes: Array, idents: Sequence[str], parts: Parts, sums: Scores) -> State:
        """Return the state: the open ones of the groups are its cores."""
        cores = [core for core, stays in zip(grown, is_open, strict=True) if stays]
        homes = np.full(len(nodes), -1)
        kept = [group for group, stays in zip(groups, is_open, strict=True) if stays]
        for n, group in enumerate(kept):
            homes[group] = n
        stay = np.flatnonzero(homes[nodes] >= 0)
        told, columns = _tell(parts, stay, tuple(idents[unit] for unit in stay.tolist()))
        self.known[:] = [(told, columns)]
        return State(settled, tuple(cores), told, _moved(sums, homes))

    def _read_all(self, told: Told | None, step: Step) -> Parts:
        """Return the parts of the stories that are told of, and of what comes."""
        columns = next((columns for known, columns in self.known if known is told), None)
        if columns is None:
            columns = Columns(told.terms if told else "")
        self.known.clear()
        return _add_told(told, Reader(columns).count([self._gists(n) for n in step.members]))


def _members(nodes: Array) -> list[list[int]]:
    """Return the numbers of the stories of each core; `nodes` tells whose each is."""
    order = np.argsort(nodes, kind="stable")
    ends = np.cumsum(np.bincount(nodes)).tolist()
    return [order[start:end].tolist() for start, end in zip([0, *ends], ends, strict=False)]


def _join(cores: Sequence[Core], average: float) -> Core:
    """Return several cores as one; `average` is how alike their stories are."""
    if len(cores) == 1:
        return cores[0]
    members = tuple(ident for core in cores for ident in core.members)
    newest = None if any(core.newest is None for core in cores) else max(core.newest or 0 for core in cores)
    return Core(members, newest, tuple(days for core in cores for days in core.days), cores[0].why,
                round(average * len(members) * (len(members) - 1) / 2, DECIMALS))


def _add_up(ones: Array, others: Array, values: Array) -> Scores:
    """Return likenesses of pairs added up, those of two that are one left out."""
    kept = ones != others
    ones, others = np.minimum(ones, others)[kept].astype(np.int64), np.maximum(ones, others)[kept]
    width = int(others.max(initial=0)) + 1
    found, places = np.unique(ones * width + others, return_inverse=True)
    sums = np.bincount(places, values[kept], minlength=len(found)).round(DECIMALS)
    ones, others = np.divmod(found, width)
    return Scores(ones.astype(np.int32), others.astype(np.int32), sums)


def _moved(sums: Scores, homes: Array) -> Scores:
    """Return likenesses by the new numbers of what they are of, added up where several have one; what has none (-1) is left out."""
    homes = homes.astype(np.int32)
    one, other = homes[sums.ones], homes[sums.others]
    many = np.append(np.bincount(homes[homes >= 0]) > 1, False)
    there = (one >= 0) & (other >= 0)
    joined = many[one] | many[other]
    alone, together = np.flatnonzero(there & ~joined), np.flatnonzero(there & joined)
    one_by_one = Scores(np.minimum(one, other)[alone], np.maximum(one, other)[alone], sums.values[alone])
    return _beside(one_by_one, _add_up(one[together], other[together], sums.values[together]))


def _beside(one: Scores, other: Scores) -> Scores:
    """Return the scores of pairs that are here and of those that are there."""
    return Scores(*(np.concatenate(column) for column in ((one.ones, other.ones), (one.others, other.others), (one.values, other.values))))


def _add_told(told: Told | None, new: Parts) -> Parts:
    """Return the parts of the stories that are told of and of new ones; the columns are those of what is told."""
    if told is None:
        return new
    starts = np.concatenate([told.starts, told.starts[-1] + new.counts.indptr[1:]])
    counts, places = np.concatenate([told.counts, new.counts.data]), np.concatenate([told.places, new.counts.indices])
    matrix = make_matrix(counts, places, starts, len(new.columns))
    spoken = dict.fromkeys((*told.langs, *new.spoken))
    numbers = {lang: n for n, lang in enumerate(spoken)}
    langs = [*(numbers[lang] for lang in told.langs), *(numbers[new.spoken[n]] for n in new.langs)]
    return Parts(np.concatenate([told.owners, new.owners + len(told.stories)]), np.array(langs), tuple(spoken), matrix,
                 new.columns, new.reader)


def _tell(parts: Parts, stay: Array, idents: tuple[str, ...]) -> tuple[Told, Columns]:
    """Return the parts of stories in plain data, and the columns of their terms; only of those that stay, by number, which have these ids.

    Terms that no other had go with the others.
    """
    counts, owners, langs, columns = parts.counts, parts.owners, parts.langs, parts.columns
    places = np.full(owners.max(initial=-1) + 1, -1)
    places[stay] = np.arange(len(stay))
    if len(stay) < len(places):
        rows = np.flatnonzero(places[owners] >= 0)
        counts, owners, langs = counts[rows], places[owners[rows]], langs[rows]
        used = np.zeros(len(columns), bool)
        used[counts.indices] = True
        columns, moved = columns.keep(used)
        counts.indices = moved[counts.indices]
    return Told(idents, owners, tuple(parts.spoken[n] for n in langs), counts.indptr.astype(np.int64), counts.indices,
                counts.data, columns.terms()), columns
