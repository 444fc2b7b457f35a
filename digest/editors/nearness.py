"""Find what was nearly grouped otherwise: groups that were nearly joined, and members that joined by a hair."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.editors.overrides import Overrides, Rule
from digest.group import score_events, score_stories
from digest.models import Article, Topic
from digest.settings import Grouping
from digest.vectors import Scores

__all__ = ["Near", "find_near"]

NEARLY = 0.8
"""From this share of the likeness that joins two groups on, they were nearly joined."""
HARDLY = 1.1
"""Below this many times that likeness, a member only just belongs."""


@dataclass(frozen=True, slots=True)
class Near:
    """Two articles whose groups an editor may want otherwise."""

    of: str
    """`story` or `topic`."""
    one: Article
    other: Article
    """The most alike of the two sides."""
    score: float
    """How alike the sides are on the average, from 0 to 1."""
    cut: float
    """From which likeness on they are joined."""
    joined: bool


def find_near(topics: Sequence[Topic], settings: Grouping, overrides: Overrides) -> tuple[Near, ...]:
    """Return stories and topics that were nearly joined and members that only just joined, those nearest to the cut first.

    Those that an editor's rule names are decided, and left out.
    """
    stories = sorted((story for topic in topics for story in topic.stories), key=lambda s: s.articles[0].order)
    texts = sorted((text for story in stories for text in story.texts), key=lambda t: t.articles[0].order)
    homes = {a.id: story.id for story in stories for a in story.articles}
    above = {a.id: topic.id for topic in topics for a in topic.articles}
    events = _Members([t.articles for t in texts], [homes[t.articles[0].id] for t in texts], "story", settings.story, overrides.stories)
    themes = _Members([s.articles for s in stories], [above[s.articles[0].id] for s in stories], "topic", settings.topic, overrides.topics)
    near = [*events.near(score_events(texts)),
            *themes.near(score_stories(themes.members))]
    return tuple(sorted(near, key=lambda n: (n.of, n.joined, abs(n.score / n.cut - 1), n.one.order, n.other.order)))


@dataclass(frozen=True, slots=True)
class _Members:
    """What was grouped, and into which groups."""

    members: Sequence[tuple[Article, ...]]
    homes: Sequence[str]
    of: str
    cut: float
    rules: Sequence[Rule]

    def near(self, pairs: Scores) -> Iterator[Near]:
        """Yield the groups that were nearly joined, then the member of each group that only just belongs."""
        between: defaultdict[tuple[str, str], list[tuple[float, int, int]]] = defaultdict(list)
        within: defaultdict[str, list[tuple[float, int, int]]] = defaultdict(list)
        for (a, b), score in pairs.items():
            one, other = sorted((self.homes[a], self.homes[b]))
            (within[one] if one == other else between[one, other]).append((score, a, b))
        sizes = Counter(self.homes)
        for (one, other), scored in between.items():
            average = sum(score for score, _, _ in scored) / (sizes[one] * sizes[other])
            if average >= NEARLY * self.cut:
                yield from self._near(max(scored, key=_likeness), average, joined=False)
        for home, scored in within.items():
            yield from self._weakest(scored, sizes[home])

    def _weakest(self, scored: Sequence[tuple[float, int, int]], size: int) -> Iterator[Near]:
        """Yield the member of a group that is least like the others, where it only just belongs."""
        of: defaultdict[int, list[tuple[float, int, int]]] = defaultdict(list)
        for row in scored:
            of[row[1]].append(row)
            of[row[2]].append(row)
        averages = {number: sum(score for score, _, _ in rows) / (size - 1) for number, rows in of.items()}
        weakest = min(averages, key=lambda number: (averages[number], number))
        if averages[weakest] < HARDLY * self.cut:
            score, a, b = max(of[weakest], key=_likeness)
            yield from self._near((score, weakest, b if a == weakest else a), averages[weakest], joined=True)

    def _near(self, best: tuple[float, int, int], average: float, *, joined: bool) -> Iterator[Near]:
        _, a, b = best
        one, other = ({article.id for article in self._side(number, joined=joined)} for number in (a, b))
        if not any(_decides(rule, one, other) for rule in self.rules):
            yield Near(self.of, self.members[a][0], self.members[b][0], average, self.cut, joined)

    def _side(self, number: int, *, joined: bool) -> Iterator[Article]:
        """Yield the articles of a member or, where two groups are compared, of its group."""
        for other, home in enumerate(self.homes):
            if other == number or (not joined and home == self.homes[number]):
                yield from self.members[other]


def _likeness(row: tuple[float, int, int]) -> tuple[float, int, int]:
    return row[0], -row[1], -row[2]


def _decides(rule: Rule, one: set[str], other: set[str]) -> bool:
    """Return whether a rule says already how two sides stand to each other."""
    named = one.intersection(rule.articles), other.intersection(rule.articles)
    return all(named) or (rule.what == "only" and any(named))
