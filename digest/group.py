"""Bring together the texts that report one event, step by step in time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from digest.gist import Gist, find_gist
from digest.likeness import LEAST, attest, score_texts
from digest.linkage import UNBOUND, Bounds, link_scores
from digest.models import Article, Nearest, Text, Why
from digest.parts import Reader
from digest.rarity import Rarity
from digest.settings import Grouping
from digest.steps import WINDOW, Memory, Step, go_through, make_steps
from digest.traits import find_traits
from digest.vectors import Array, Scores, find_products
from digest.why import Reasons, average_within, explain, find_nearest, shared_days

__all__ = ["FLOOR", "Batch", "Found", "Grouped", "Read", "group_texts", "name_bounds", "score_events", "score_pairs", "score_stories",
           "tell_why"]

FLOOR = 0.03
"""Pairs less alike than this count as not alike at all."""

Read = Callable[[Article], Gist]
"""Tells what is read in an article: `find_gist`, or what remembers it."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The texts that report one event."""

    texts: tuple[Text, ...]
    """In the order of their first articles."""
    why: Why

    @property
    def first(self) -> Article:
        """Its first article, in `Article.order`."""
        return self.texts[0].articles[0]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All its articles, in `Article.order`."""
        return tuple(sorted((a for text in self.texts for a in text.articles), key=lambda a: a.order))


@dataclass(frozen=True, slots=True)
class Found:
    """A group, in plain data: the ids of its members' first articles, and why they stand together."""

    members: tuple[str, ...]
    why: Reasons


@dataclass(frozen=True, slots=True)
class State:
    """What is known of stories at the end of a step."""

    settled: tuple[Found, ...] = ()
    open: tuple[str, ...] = ()
    """The ids of the first articles of the texts that may still be joined, in order."""
    likely: Scores = field(default_factory=lambda: Scores.of([]))
    """How likely pairs of them are to report one event, by their places there."""
    most: tuple[float, ...] = ()
    """The greatest likeness of each to any text."""
    shared: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """What open stories of several texts share, by the ids of the texts' first articles."""


def group_texts(texts: Sequence[Text], settings: Grouping, language: str = "en", bounds: Bounds = UNBOUND, *, read: Read = find_gist,
                memory: Memory | None = None) -> tuple[Grouped, ...]:
    """Return the texts in groups of one event each, whatever their languages, in the order of their first articles.

    `bounds` are about the texts' numbers in that order.

    How likely two texts report one event is what `likeness` says. Texts are gone through in time (`steps`): a pair is compared when
    the later of the two comes, and a story whose last text is older than the window is settled and joined by nothing, unless a rule
    binds it. Of a text its copies count that came in its own step. Terms that a group shares are shown in `language` where it has them
    in that language.
    """
    if not texts:
        return ()
    texts = sorted(texts, key=lambda t: t.articles[0].order)
    days = [_day(text) for text in texts]
    steps = make_steps(days)
    told = _tell(texts, steps)
    named = name_bounds(bounds, [text.articles[0].id for text in texts])
    marks = [b"".join([a.mark for a in text.articles]) + named[n] for n, text in enumerate(told)]
    pinned = {number for members in bounds.together for number in members}
    numbers = {text.articles[0].id: n for n, text in enumerate(texts)}
    stories = _Stories(told, numbers, days, settings, language, bounds, frozenset(pinned), read, Reader())
    found = go_through(steps, marks, ("stories", settings, language, WINDOW), State(), stories.advance, memory)
    articles = {a.id: a for text in texts for a in text.articles}
    groups = sorted(([numbers[ident] for ident in row.members], row.why) for row in found)
    return tuple(Grouped(tuple(texts[n] for n in group), tell_why(why, articles)) for group, why in groups)


def _day(text: Text) -> int | None:
    return min((a.published.day.toordinal() for a in text.articles if a.published), default=None)


def _tell(texts: Sequence[Text], steps: Sequence[Step]) -> list[Text]:
    """Return the texts with those of their copies that came in their own step; in the last one all do."""
    told = list(texts)
    for step in steps[:-1]:
        for n in step.members:
            if len(texts[n].articles) > 1:
                told[n] = Text(tuple(a for a in texts[n].articles if not a.published or a.published.day.toordinal() <= step.end))
    return told


def tell_why(why: Reasons, articles: dict[str, Article]) -> Why:
    """Return reasons with their articles."""
    nearest = Nearest(articles[why.nearest[0]], why.nearest[1]) if why.nearest else None
    return Why(why.shared, why.score, why.days, nearest)


def name_bounds(bounds: Bounds, idents: Sequence[str]) -> list[bytes]:
    """Return, by number, what bounds say of each: all that is told of it by ids, nothing where they say nothing."""
    said: dict[int, list[str]] = {}
    for members in bounds.together:
        for n in members:
            said.setdefault(n, []).append(f" with {sorted(idents[m] for m in members)}")
    for a, b in bounds.apart:
        said.setdefault(a, []).append(f" not {idents[b]}")
        said.setdefault(b, []).append(f" not {idents[a]}")
    for n in bounds.closed:
        said.setdefault(n, []).append(" closed")
    return ["".join(sorted(said.get(n, ()))).encode() for n in range(len(idents))]


def _narrow(bounds: Bounds, numbers: Sequence[int]) -> Bounds:
    """Return what bounds say of some numbers, by their places."""
    places = {number: place for place, number in enumerate(numbers)}
    together = [[places[n] for n in members if n in places] for members in bounds.together]
    return Bounds([members for members in together if len(members) > 1],
                  [(places[a], places[b]) for a, b in bounds.apart if a in places and b in places],
                  [places[n] for n in bounds.closed if n in places])


@dataclass(frozen=True, slots=True)
class _Stories:
    """What goes through the steps."""

    texts: Sequence[Text]
    numbers: Mapping[str, int]
    """By the id of the first article."""
    days: Sequence[int | None]
    settings: Grouping
    language: str
    bounds: Bounds
    pinned: frozenset[int]
    read: Read
    reader: Reader

    def advance(self, state: State, step: Step, last: bool) -> tuple[State, tuple[Found, ...]]:
        """Group what is open and what comes; return the state, and in the last step all groups."""
        at = sorted(self.numbers[ident] for ident in state.open)
        numbers = sorted([*at, *step.members])
        places = {number: place for place, number in enumerate(numbers)}
        before = np.array([places[n] for n in at], np.int64)
        batch = Batch.of([self.texts[n] for n in numbers], self.read, self.reader)
        likely, most = batch.score(before, state)
        scores = attest(batch.traits, likely)
        groups = link_scores(len(numbers), scores, self.settings.story, self.settings.inner, _narrow(self.bounds, numbers))
        members = [tuple(batch.texts[place].articles[0].id for place in group) for group in groups]
        shared = self._share(batch, groups, members, state.shared)
        is_open = [self._stays([numbers[place] for place in group], step.end) for group in groups]
        told = [n for n, stays in enumerate(is_open) if last or not stays]
        whys = batch.tell_why(groups, told, [shared.get(members[n], ()) for n in told], scores, self.settings)
        found = [(is_open[n], Found(members[n], why)) for n, why in zip(told, whys, strict=True)]
        settled, rest = (*state.settled, *(row for stays, row in found if not stays)), (row for stays, row in found if stays)
        kept = sorted(place for group, stays in zip(groups, is_open, strict=True) if stays for place in group)
        still = {row: shared[row] for row, stays in zip(members, is_open, strict=True) if stays and row in shared}
        return State(settled, tuple(batch.texts[place].articles[0].id for place in kept), _between(likely, kept, len(numbers)),
                     tuple(most[kept].tolist()), still), (*settled, *rest)

    def _share(self, batch: "Batch", groups: Sequence[Sequence[int]], members: Sequence[tuple[str, ...]],
               known: Mapping[tuple[str, ...], tuple[str, ...]]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Return what groups of several texts share, by their members; what was the same group before keeps what is known of it."""
        new = [n for n, row in enumerate(members) if len(row) > 1 and row not in known]
        articles = [[a for place in groups[n] for a in batch.texts[place].articles] for n in new]
        found = explain([groups[n] for n in new], batch.rarity, articles, self.language)
        return {**known, **{members[n]: terms for n, terms in zip(new, found, strict=True)}}

    def _stays(self, group: Sequence[int], end: int) -> bool:
        """Return whether a group may still be joined: what has no day always may."""
        newest = max((day for n in group if (day := self.days[n]) is not None), default=None)
        return newest is None or newest >= end - WINDOW or not self.pinned.isdisjoint(group)


def _between(scores: Scores, kept: Sequence[int], count: int) -> Scores:
    """Return the scores between those that are kept, by their new places."""
    places = np.full(count, -1)
    places[kept] = np.arange(len(kept))
    ones, others = places[scores.ones], places[scores.others]
    return Scores(ones, others, scores.values)[(ones >= 0) & (others >= 0)]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts that are compared at once."""

    texts: Sequence[Text]
    gists: Sequence[Sequence[Gist]]
    rarity: Rarity
    traits: Any

    @classmethod
    def of(cls, texts: Sequence[Text], read: Read, reader: Reader) -> "Batch":
        """Read texts."""
        gists = [[read(article) for article in text.articles] for text in texts]
        reader.forget()
        parts = reader.count(gists)
        rarity = Rarity.of(parts)
        return cls(texts, gists, rarity, find_traits(gists, rarity))

    def score(self, before: Array, state: State) -> tuple[Scores, Array]:
        """Return how likely pairs are to report one event, and the greatest likeness of each; `before` is where the state's are now."""
        alike, most = self.find_alike(before, np.array(state.most, float))
        new = score_texts(self.traits, alike, most)
        old = state.likely
        return Scores.of([(new.ones, new.others, new.values), (before[old.ones], before[old.others], old.values)]), most

    def find_alike(self, before: Array, known: Array) -> tuple[Scores, Array]:
        """Return the pairs that may report one event, but for those among the texts `before`, and the greatest likeness of each text.

        `known` is the greatest likeness of those before.
        """
        is_new, most = np.ones(len(self.texts), bool), np.zeros(len(self.texts))
        is_new[before], most[before] = False, known
        alike = score_pairs(self.rarity, is_new, LEAST)
        for side in (alike.ones, alike.others):
            np.maximum.at(most, side, alike.values)
        return alike, most

    def tell_why(self, groups: Sequence[Sequence[int]], told: Sequence[int], shared: Sequence[tuple[str, ...]], scores: Scores,
                 settings: Grouping) -> list[Reasons]:
        """Return why some of the groups, given by their places, stand together; `shared` is what each of these shares."""
        sizes = np.ones(len(self.texts))
        near, averages = find_nearest(groups, scores, settings.story, sizes, told), average_within(groups, scores, sizes, 0 * sizes)
        found = []
        for n, terms in zip(told, shared, strict=True):
            nearest, days = near[n], shared_days([self.gists[place][0].days for place in groups[n]])
            found.append(Reasons.of(terms, averages[n], days, (self.texts[nearest[0]].articles[0].id, nearest[1]) if nearest else None))
        return found


def score_events(texts: Sequence[Text], read: Read = find_gist) -> Scores:
    """Return how likely pairs of texts are to report one event, by their numbers, all compared at once."""
    batch = Batch.of(texts, read, Reader())
    return attest(batch.traits, batch.score(np.empty(0, np.int64), State())[0])


def score_stories(stories: Sequence[Sequence[Article]], read: Read = find_gist) -> Scores:
    """Return how alike pairs of stories are, given by their articles, by their numbers, all compared at once."""
    parts = Reader().count([[read(article) for article in articles] for articles in stories])
    return score_pairs(Rarity.of(parts), np.ones(len(stories), bool), FLOOR)


def score_pairs(rarity: Rarity, is_new: Array, least: float) -> Scores:
    """Return how alike owners of parts are, as their most alike parts are: pairs of which one is new, more alike than `least`.

    Owners that have a language in common are compared in it by words and names (cosine, half each); the others by the
    keys that languages share.
    """
    if not len(is_new):
        return Scores.of([])
    parts = rarity.parts
    new = is_new[parts.owners]
    speaks = np.zeros((len(parts.spoken), len(is_new)), bool)
    speaks[parts.langs, parts.owners] = True
    (near, far), rows = rarity.find_telling(np.flatnonzero(new)), []
    for lang in range(len(parts.spoken)):
        own, own_new = np.flatnonzero(parts.langs == lang), np.flatnonzero((parts.langs == lang) & new)
        for i, j, values in find_products(near[own_new], near[own], least):
            rows.append((parts.owners[own_new[i]], parts.owners[own[j]], values))
        others = np.flatnonzero(parts.langs != lang)
        for i, j, values in find_products(far[own_new], far[others], least):
            ones, twos = parts.owners[own_new[i]], parts.owners[others[j]]
            kept = ~(speaks[:, ones] & speaks[:, twos]).any(0)
            rows.append((ones[kept], twos[kept], values[kept]))
    return Scores.of(rows)
