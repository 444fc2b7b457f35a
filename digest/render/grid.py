"""Who reports what: the statements of a topic, and what each of its outlets has on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.aids import aids_of
from digest.compare.abroad import only_language
from digest.compare.nearby import texts_near
from digest.findings import Findings, Statement
from digest.models import Article, Citation, KeyPoint, Text, Topic
from digest.rights import article_rights
from digest.settings import Settings
from digest.telling import Telling
from digest.words import base_language

__all__ = ["Cell", "Column", "Grid", "Row", "Silence", "lay_out"]

ACROSS = 5
"""Outlets that stand side by side, at most; of more, each statement is a card."""
SILENT = ("near", "absent", "earlier", "foreign", "link", "withheld")
"""Why an outlet has no sentence on a statement, in the order in which cards tell it."""


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
    """`said`, `own` where its sentence is the one shown, `copy` where it only carries the text of that; or why there is none (`SILENT`)."""
    citations: tuple[Citation, ...] = ()
    """Its sentences, but for the one that is shown."""


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
    only: str | None = None
    """The language in whose press alone it is found, other than the page's."""

    @property
    def held(self) -> tuple["Numbered", ...]:
        """The outlets that have it."""
        return tuple(row for row in enumerate(self.cells, 1) if row[1].state not in SILENT)

    @property
    def silences(self) -> tuple["Silence", ...]:
        """The others, by why there is no sentence of theirs."""
        found = (Silence(state, tuple(row for row in enumerate(self.cells, 1) if row[1].state == state)) for state in SILENT)
        return tuple(silence for silence in found if silence.cells)


Numbered = tuple[int, Cell]
"""What an outlet has on a statement, with the outlet's number from 1."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Outlets that have nothing on a statement for the same reason."""

    state: str
    cells: tuple[Numbered, ...]

    @property
    def articles(self) -> int:
        """How many articles they have."""
        return sum(len(cell.column.articles) for _, cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """Who reports what: statements down, outlets across."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def apart(self) -> bool:
        """Whether something is found in the press of one other language alone."""
        return any(row.only for row in self.rows)

    @property
    def wide(self) -> bool:
        """Whether all outlets fit side by side."""
        return len(self.columns) <= ACROSS


def lay_out(topic: Topic, findings: Findings, settings: Settings, telling: Telling, withheld: frozenset[str] = frozenset()) -> Grid:
    """Return who reports what, for readers of a telling; `withheld` are the articles of which something that was found may not be shown."""
    columns = tuple(_columns(topic))
    days = {article.id: story.day for story in topic.stories for article in story.articles}
    texts = sorted(topic.texts, key=lambda text: text.articles[0].order)
    rows = (replace(_row(number, found, columns, _About.of(found, texts, days, settings, withheld)),
                    only=only_language(found, topic, telling)) for number, found in enumerate(findings.statements, 1))
    return Grid(columns, tuple(rows))


def _columns(topic: Topic) -> Iterator[Column]:
    """Yield the outlets in the order of their first articles; articles of unknown outlets may be of different ones."""
    outlets: dict[str, list[Article]] = {}
    for article in topic.articles:
        outlets.setdefault(article.outlet or f"\0{article.id}", []).append(article)
    return (Column(tuple(articles)) for articles in outlets.values())


def _row(number: int, found: Statement, columns: Sequence[Column], about: "_About") -> Row:
    cited = {c.article.id: c for c in found.citations}
    own = [tuple(cited[a.id] for a in column.articles if a.id in cited) for column in columns]
    cells = [Cell(column, about.state(column, has), tuple(c for c in has if c != about.shown))
             for column, has in zip(columns, own, strict=True)]
    unknown = sum(not c.article.outlet for c in found.citations)
    return Row(number, found, KeyPoint((about.shown,), aids_of(about.shown)), tuple(cells), unknown)


@dataclass(frozen=True, slots=True)
class _About:
    """What decides what an outlet has on a statement, or why it has nothing."""

    shown: Citation
    copies: frozenset[str]
    """The articles of the text in which the sentence shown stands."""
    day: date | None
    """That of the earliest event whose articles say so."""
    langs: frozenset[str]
    """The languages in which it is said."""
    settings: Settings
    unquoted: frozenset[str]
    """Articles that say it, but may not be quoted with it."""
    withheld: frozenset[str]
    near: frozenset[str]
    """Articles that may say it in other words."""

    @classmethod
    def of(cls, found: Statement, texts: Sequence[Text], days: Mapping[str, date | None], settings: Settings,
           withheld: frozenset[str]) -> "_About":
        """Gather it for a statement of a topic."""
        shown = found.citations[0]
        told = [day for cited in found.citations if (day := days[cited.article.id])]
        copies = next(text.articles for text in texts if shown.article.id in {article.id for article in text.articles})
        near = frozenset(article.id for at in texts_near(found.citations, texts) for article in texts[at].articles)
        return cls(shown, frozenset(article.id for article in copies), min(told, default=None),
                   frozenset(base_language(c.article.lang) for c in found.citations), settings, found.unquoted, withheld, near)

    def state(self, column: Column, cited: tuple[Citation, ...]) -> str:
        """Return what an outlet has: only what was compared can be said not to be found."""
        articles = column.articles
        if cited:
            return "own" if cited == (self.shown,) else "copy" if self.copies.issuperset(c.article.id for c in cited) else "said"
        if self.day and all(a.published and a.published.day < self.day for a in articles):
            return "earlier"
        if all(base_language(a.lang) not in self.langs for a in articles):
            return "foreign"
        if any(article_rights(a, self.settings) == "link" for a in articles):
            return "link"
        ids = {article.id for article in articles}
        if ids & self.unquoted:
            return "withheld"
        return "near" if ids & self.near else "withheld" if ids & self.withheld else "absent"
