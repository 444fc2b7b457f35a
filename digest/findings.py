"""What comparing the sources of a topic finds: statements, differences, versions, wording, a timeline, names.

Everything that a finding shows is a `Citation`: a whole sentence, or the very words within one that carry a value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.models import Article, Citation

__all__ = ["Change", "Dated", "Difference", "Findings", "Name", "Statement", "Value", "Version", "Wording"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Sentences of different articles that say the same thing: a claim with its sources, never a fact."""

    citations: tuple[Citation, ...]
    """A sentence an article, the clearest first, then in `Article.order`."""
    separate_texts: int
    """How many separate texts say it; a passage that different articles carry word for word counts once."""
    outlets: tuple[str, ...]
    """The known outlets that say it, each once, in the order of the citations."""
    attributed_to: Citation | None = None
    """The words of the first sentence that name whom it rests on, where it says so."""
    passage: bool = False
    """Whether it is one passage that otherwise different articles carry nearly word for word."""
    unquoted: frozenset[str] = frozenset()
    """Ids of articles that say it too, but may not be quoted with it."""


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values that are set against each other."""

    value: str
    """Normalized, for data: `2020-11-10`, `44 day`, a name in its commonest spelling."""
    citations: tuple[Citation, ...]
    """The sentences that carry it, the clearest first."""
    spans: tuple[Citation, ...]
    """The words that carry it in each of these sentences, in the same order."""
    assumed: bool = False
    """Whether a day rests on that of a dated copy, or a year on that of another article."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two separate texts, or one text in two places, put different values at the same place; both cannot be right as said."""

    what: str
    """`date`, `number`, `name`, `place` or `state`."""
    about: tuple[str, ...]
    """Names and terms that the sentences share, as they write them, weightiest first."""
    values: tuple[Value, ...]
    """Two or more, those of more separate texts first."""
    within: bool = False
    """Whether it is one article that contradicts itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place where two editions of a text differ; at least one of the two is there."""

    one: Citation | None
    """The sentence in the first of the two articles; None where only the other has it."""
    other: Citation | None
    one_words: tuple[Citation, ...] = ()
    """The words of `one` that the other does not have; empty where the whole sentence is new."""
    other_words: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        if self.one is None and self.other is None:
            raise ValueError("a change needs a sentence")


@dataclass(frozen=True, slots=True)
class Version:
    """What two copies of one text tell differently."""

    one: Article
    other: Article
    order: str
    """`known` where both state when they were published (`one` is the earlier then), else `unknown`."""
    changes: tuple[Change, ...]
    """In the order of `one`; what only `other` has stands where it would stand."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Different words for one thing."""

    kind: str
    """`name`: different names of one thing; `verb`: different words for what happened; `spelling`: spellings of one name."""
    about: tuple[str, ...]
    """Names and terms that the sentences share; empty for spellings."""
    values: tuple[Value, ...]
    """Two or more; `spans` are the words themselves."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A statement that names when something happened."""

    date: str
    """ISO 8601, as precise as the words are: `2020-11-10`, `2020-11`, `2020`."""
    bases: tuple[str, ...]
    """What the day rests on in each of the sentences: `stated` in full; `published`, with the article's day; `copy`, with that of
    a dated copy; `other-article`, with the year that another article of the topic states for that day."""
    citations: tuple[Citation, ...]
    """The sentences that name it, the clearest first."""
    spans: tuple[Citation, ...]
    """The words that name it in each of these sentences, in the same order."""

    @property
    def basis(self) -> str:
        """What the day rests on in the first sentence."""
        return self.bases[0]

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return ("year", "month", "day")[self.date.count("-")]


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place or organization that articles name, in all its spellings."""

    name: str
    """The commonest spelling, as it stands in an article."""
    spellings: tuple[str, ...]
    """All of them, the commonest first."""
    kind: str
    """`person`, `place`, `organization` or, where nothing tells, `name`."""
    citations: tuple[Citation, ...]
    """Where it stands first in each article, in `Article.order`: the words of the name themselves."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that comparing the sources of one topic finds."""

    statements: tuple[Statement, ...] = ()
    """What two or more separate texts say, those of most texts first; then shared passages; last what one outlet alone repeats."""
    alone: Sequence[tuple[str, tuple[Statement, ...]]] = ()
    """By id of each story of two or more separate texts: what only one of them says, in the order of its articles."""
    differences: tuple[Difference, ...] = ()
    versions: tuple[Version, ...] = ()
    wording: tuple[Wording, ...] = ()
    timeline: tuple[Dated, ...] = ()
    """Newest first."""
    names: tuple[Name, ...] = ()
    """Those that most articles name first."""

    @property
    def citations(self) -> Iterator[Citation]:
        """Everything that is quoted, names aside."""
        for statement in (*self.statements, *(statement for _, rows in self.alone for statement in rows)):
            yield from statement.citations
        for values in (*(d.values for d in self.differences), *(w.values for w in self.wording)):
            yield from (cited for value in values for cited in value.citations)
        for change in (change for version in self.versions for change in version.changes):
            yield from (side for side in (change.one, change.other) if side)
        yield from (cited for dated in self.timeline for cited in dated.citations)
