"""What a topic's page shows, laid out for its template: who reports what, the events, the sources and who was first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from digest.aids import aids_of
from digest.compare.nearby import texts_near
from digest.findings import Dated, Findings, Statement, Value, Wording
from digest.models import Article, Citation, KeyPoint, Story, Text, Topic, Why
from digest.precedence import came_first
from digest.rights import article_rights
from digest.settings import Settings
from digest.words import base_language

__all__ = [
    "Cell", "Column", "Counted", "Counts", "Grid", "Row", "StoryView", "Told", "Voice", "count", "dates_of", "group_points", "is_first",
    "lay_out", "nearest_score", "part_wording", "sections_of", "used_by", "voices_of",
]

ACROSS = 5
"""Outlets that stand side by side, at most; of more, each statement is a card."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a line of counts says of a topic or story."""

    outlets: int
    texts: int
    languages: int
    stories: int
    unknown_outlets: int


def count(stories: Sequence[Story]) -> Counts:
    """Count the outlets, separate texts, languages and events of stories."""
    articles = [a for story in stories for a in story.articles]
    return Counts(len({a.outlet for a in articles if a.outlet}), sum(len(s.texts) for s in stories),
                  len({base_language(a.lang) for a in articles}), len(stories), sum(a.outlet is None for a in articles))


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story as its topic's page shows it."""

    story: Story
    counts: Counts
    alone: tuple[Statement, ...]
    """What only one of its texts tells."""

    @property
    def compared(self) -> bool:
        """Whether two of its texts are in one language."""
        langs = [base_language(text.articles[0].lang) for text in self.story.texts]
        return len(set(langs)) < len(langs)

    @property
    def score(self) -> str:
        """How alike its texts are, with two decimals."""
        return f"{self.story.why.score:.2f}"

    @property
    def nearest_score(self) -> str:
        """How alike the nearest article left out is, with two decimals."""
        return nearest_score(self.story.why)


def nearest_score(why: Why) -> str:
    """Return how alike the nearest article left out is, with two decimals; nothing where there is none."""
    return f"{why.nearest.score:.2f}" if why.nearest else ""


@dataclass(frozen=True, slots=True)
class Column:
    """An outlet of a topic, or one article of an unknown outlet."""

    articles: tuple[Article, ...]

    @property
    def article(self) -> Article:
        """The one that names the outlet."""
        return self.articles[0]


@dataclass(frozen=True, slots=True)
class Cell:
    """What an outlet has on a statement."""

    column: Column
    state: str
    """`said`, `own` where its sentence is the one shown, or why there is none: `absent`, `near`, `earlier`, `foreign`, `link`,
    `withheld`."""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with what each outlet has on it."""

    number: int
    statement: Statement
    point: KeyPoint
    """The sentence that is shown, with its aids."""
    cells: tuple[Cell, ...]
    unknown: int
    """Articles of unknown outlets that say so."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Who reports what: statements down, outlets across."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def wide(self) -> bool:
        """Whether all outlets fit side by side."""
        return len(self.columns) <= ACROSS


@dataclass(frozen=True, slots=True)
class Told:
    """Key points of one event."""

    story: Story
    points: tuple[KeyPoint, ...]


def group_points(topic: Topic) -> tuple[Told, ...]:
    """Return a topic's key points by event, in the order in which the events come first in its summary."""
    home = {article.id: story for story in topic.stories for article in story.articles}
    groups: dict[str, list[KeyPoint]] = {}
    for point in topic.summary:
        groups.setdefault(home[point.citations[0].article.id].id, []).append(point)
    stories = {story.id: story for story in topic.stories}
    return tuple(Told(stories[ident], tuple(points)) for ident, points in groups.items())


def lay_out(topic: Topic, findings: Findings, settings: Settings, withheld: frozenset[str] = frozenset()) -> Grid:
    """Return who reports what; `withheld` are the articles of which no more sentences may be shown."""
    columns = tuple(_columns(topic))
    days = {article.id: story.day for story in topic.stories for article in story.articles}
    texts = sorted(topic.texts, key=lambda text: text.articles[0].order)
    rows = []
    for number, found in enumerate(findings.statements, 1):
        near = frozenset(article.id for at in texts_near(found.citations, texts) for article in texts[at].articles)
        rows.append(_row(number, found, columns, days, settings, withheld, near))
    return Grid(columns, tuple(rows))


def _columns(topic: Topic) -> Iterator[Column]:
    """Yield the outlets in the order of their first articles; articles of unknown outlets may be of different ones."""
    outlets: dict[str, list[Article]] = {}
    for article in topic.articles:
        outlets.setdefault(article.outlet or f"\0{article.id}", []).append(article)
    return (Column(tuple(articles)) for articles in outlets.values())


def _row(number: int, found: Statement, columns: Sequence[Column], days: Mapping[str, date | None], settings: Settings,
         withheld: frozenset[str], near: frozenset[str]) -> Row:
    first, cited = found.citations[0], {c.article.id: c for c in found.citations}
    told = [day for ident in cited if (day := days[ident])]
    about = _About(min(told, default=None), frozenset(base_language(c.article.lang) for c in found.citations), settings, withheld, near)
    own = [tuple(cited[a.id] for a in column.articles if a.id in cited) for column in columns]
    cells = [Cell(column, about.state(column, has, first), has) for column, has in zip(columns, own, strict=True)]
    return Row(number, found, KeyPoint((first,), aids_of(first)), tuple(cells), sum(not c.article.outlet for c in found.citations))


@dataclass(frozen=True, slots=True)
class _About:
    """What decides why an outlet has no sentence of a statement."""

    day: date | None
    """That of the earliest event whose articles say so."""
    langs: frozenset[str]
    """The languages in which it is said."""
    settings: Settings
    withheld: frozenset[str]
    near: frozenset[str]
    """Articles that may say it in other words."""

    def state(self, column: Column, cited: tuple[Citation, ...], shown: Citation) -> str:
        """Return what an outlet has: only what was compared can be said not to be found."""
        articles = column.articles
        if cited:
            return "own" if cited == (shown,) else "said"
        if self.day and all(a.published and a.published.day < self.day for a in articles):
            return "earlier"
        if all(base_language(a.lang) not in self.langs for a in articles):
            return "foreign"
        if any(article_rights(a, self.settings) == "link" for a in articles):
            return "link"
        if any(a.id in self.withheld for a in articles):
            return "withheld"
        return "absent" if self.near.isdisjoint(a.id for a in articles) else "near"


def is_first(text: Text) -> bool:
    """Return whether the first article of a text was certainly published before all its copies."""
    first, *others = text.articles
    return all(came_first(first, other) for other in others)


@dataclass(frozen=True, slots=True)
class Counted:
    """How often an outlet uses a word: in how many of its articles."""

    citations: tuple[Citation, ...]
    n: int


def used_by(value: Value) -> tuple[Counted, ...]:
    """Return the outlets that have a value, each with its number of articles; unknown ones together, last."""
    outlets: dict[str, list[Citation]] = {}
    for cited in value.citations:
        outlets.setdefault(cited.article.outlet or "", []).append(cited)
    return tuple(Counted(tuple(found), len(found)) for _, found in sorted(outlets.items(), key=lambda row: not row[0]))


@dataclass(frozen=True, slots=True)
class Voice:
    """A sentence of a separate text. Other outlets that carry the text say nothing of their own."""

    cited: Citation
    others: tuple[tuple[Article, Citation | None], ...] = ()
    """The other articles of its text, each with its own sentence where that is cited too."""


def voices_of(citations: Sequence[Citation], texts: Sequence[Text]) -> tuple[Voice, ...]:
    """Return sentences by the separate texts that say them, each as its text's first article has it that is cited."""
    home = {article.id: text for text in texts for article in text.articles}
    said: dict[str, list[Citation]] = {}
    for cited in citations:
        said.setdefault(home[cited.article.id].articles[0].id, []).append(cited)
    return tuple(voice for first, found in said.items() for voice in _voices(found, home[first]))


def _voices(said: Sequence[Citation], text: Text) -> Iterator[Voice]:
    """Yield the sentences of the first article of a text that is cited, the first of them with what the others have."""
    cited = {c.article.id: c for c in reversed(said)}
    first = next(article for article in text.articles if article.id in cited)
    own = [c for c in said if c.article.id == first.id]
    yield Voice(own[0], tuple((article, cited.get(article.id)) for article in text.articles if article is not first))
    yield from map(Voice, own[1:])


def dates_of(timeline: Sequence[Dated]) -> tuple[tuple[str, tuple[tuple[int, Dated], ...]], ...]:
    """Return the entries of a timeline by their dates, each with its number from 1."""
    return tuple((stated, tuple(rows)) for stated, rows in groupby(enumerate(timeline, 1), key=lambda row: row[1].date))


def part_wording(wording: Sequence[Wording]) -> tuple[tuple[tuple[int, Wording], ...], tuple[tuple[int, Wording], ...]]:
    """Return the wordings that differ, and those that are only spellings, each with its number from 1."""
    numbered = tuple(enumerate(wording, 1))
    return tuple(w for w in numbered if w[1].kind != "spelling"), tuple(w for w in numbered if w[1].kind == "spelling")


def sections_of(topic: Topic, findings: Findings, *, limited: bool, decided: bool) -> list[str]:
    """Return the parts of a topic's page below its summary, by their anchors."""
    there = {"statements": findings.statements, "only-one": True, "differences": findings.differences, "versions": findings.versions,
             "wording": findings.wording, "timeline": findings.timeline, "events": True, "sources": True, "why": True,
             "editorial": decided, "corrections": topic.corrections, "limits": limited}
    return [key for key, found in there.items() if found]
