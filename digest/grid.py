"""Who reports what: the statements of a topic, and what each of its outlets has on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digest.aids import aids_of
from digest.compare.nearby import texts_near
from digest.findings import Findings, Statement
from digest.models import Article, Citation, KeyPoint, Topic
from digest.rights import article_rights
from digest.settings import Settings
from digest.words import base_language

__all__ = ["Cell", "Column", "Grid", "Row", "lay_out"]

ACROSS = 5
"""Outlets that stand side by side, at most; of more, each statement is a card."""


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
