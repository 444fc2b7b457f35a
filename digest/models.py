"""The types that every stage takes and returns: articles, sentences, citations, stories, topics, editions.

All of them are frozen. A citation refuses a span that is not in its article's text, so that a sentence
without a source cannot be built, let alone published.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path

__all__ = [
    "Aid", "Article", "Citation", "Correction", "Decision", "Edition", "KeyPoint", "LeftOut", "Nearest", "Sentence", "Story", "Text",
    "Title", "Topic", "When", "Why", "newest", "text_version",
]


def text_version(text: str) -> str:
    """Return the first 16 hex digits of the SHA-256 of a text in UTF-8: the name of this version of it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class When:
    """A publication day, with the time where the source states one."""

    day: date
    """The day as stated; in the source's own zone."""
    time: datetime | None = None
    """The moment as stated; without `tzinfo` where the source names no zone."""

    @classmethod
    def parse(cls, stated: str) -> "When":
        """Read ISO 8601: a day, or a day with a time and perhaps an offset.

        Raises:
            ValueError: it is neither, or a time of the first or last year of the calendar.
        """
        stated = stated.strip()
        if len(stated) <= 10:
            return cls(date.fromisoformat(stated))
        moment = datetime.fromisoformat(stated)
        if not date.min.year < moment.year < date.max.year:
            raise ValueError(f"{stated} is no time in every zone")
        return cls(moment.date(), moment)

    @property
    def iso(self) -> str:
        """The form in article files and data."""
        return (self.time or self.day).isoformat()

    @property
    def moment(self) -> datetime:
        """A time to sort by: midnight where none is stated, UTC where no zone is."""
        stated = self.time or datetime.combine(self.day, time(), UTC)
        return stated if stated.tzinfo else stated.replace(tzinfo=UTC)

    def day_in(self, zone: tzinfo) -> date:
        """Return the day in a zone; the stated day where the time or its zone is unknown."""
        return self.time.astimezone(zone).date() if self.time and self.time.tzinfo else self.day


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article, as a span of its text."""

    index: int
    """Its number in the article, from 0."""
    start: int
    end: int
    paragraph: int
    """The number of its paragraph, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article of one outlet, as its file says it. What the source does not tell is None."""

    id: str
    """The stem of its file's name."""
    path: Path
    title: str
    text: str
    """Everything after the front matter: the coordinate system of every offset."""
    lang: str
    """BCP 47."""
    outlet: str | None = None
    """An id of outlets.yml, or the name of an outlet that is not declared there."""
    published: When | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    subtitle: str | None = None
    reposted: When | None = None
    republished_by: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    copy_of: str | None = None
    rights: str | None = None
    draft: bool = False
    former: bool = False
    """Whether this is a text that the article had before its outlet changed it; what else is told of it is as the article has it now."""
    sentences: tuple[Sentence, ...] = ()
    version: str = ""
    """Names this version of the text; derived from it."""
    mark: bytes = b""
    """Changes with whatever of it decides how it is grouped; 16 bytes, derived from that."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", text_version(self.text))
        told = (self.id, self.version, self.title, self.lang, self.copy_of, self.published.iso if self.published else None)
        object.__setattr__(self, "mark", hashlib.blake2b(repr(told).encode(), digest_size=16).digest())
        for sentence in self.sentences:
            if not 0 <= sentence.start < sentence.end <= len(self.text):
                raise ValueError(f"sentence {sentence.index} of {self.id} is not in its text")

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @property
    def order(self) -> tuple[bool, date, bool, datetime, str]:
        """What breaks ties everywhere: the day (undated last), on one day those with a time first, then the time and the id."""
        if self.published is None:
            return True, date.min, True, datetime.min.replace(tzinfo=UTC), self.id
        return False, self.published.day, self.published.time is None, self.published.moment, self.id


@dataclass(frozen=True, slots=True)
class Citation:
    """A span of an article, and the very words that stand there."""

    article: Article
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        within = 0 <= self.start < self.end <= len(self.article.text)
        if not within or self.article.text[self.start:self.end] != self.quote:
            raise ValueError(f"{self.article.id}[{self.start}:{self.end}] is not {self.quote[:40]!r}")

    @classmethod
    def of(cls, article: Article, sentence: Sentence) -> "Citation":
        """Cite a sentence of an article."""
        return cls(article, sentence.start, sentence.end, article.text[sentence.start:sentence.end])

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the article's text."""
        return self.start, self.end

    @property
    def sentence(self) -> Sentence:
        """The sentence that it is, where it is a whole one."""
        return next(sentence for sentence in self.article.sentences if sentence.start == self.start)


@dataclass(frozen=True, slots=True)
class Aid:
    """A word of help that stands beside a quotation, never in it (a closed list of kinds)."""

    at: int
    """Where it belongs: after this many characters of the quotation."""
    kind: str
    """`date`: the day that a word such as "Wednesday" means; `connective`: a linking word left out before the quotation."""
    text: str
    """For `date`: the day in ISO 8601; each page writes it in its own language. For `connective`: the word as it stands."""
    basis: str
    """What it rests on: `published`, the article's publication day; `stated`, what stands in the article."""


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One quotation of a summary."""

    citations: tuple[Citation, ...]
    """Where it stands; the first is the one quoted."""
    aids: tuple[Aid, ...] = ()

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a key point needs a citation")

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.citations[0].quote

    @property
    def lang(self) -> str:
        """The language of the quoted words."""
        return self.citations[0].article.lang


@dataclass(frozen=True, slots=True)
class Title:
    """A title and whose it is."""

    text: str
    lang: str
    origin: str
    """`article`: a source's own headline; `terms`: a plain list of names and terms; `editor`: an editor's."""
    article: Article | None = None
    """The article whose headline it is."""
    terms: tuple[str, ...] = ()
    """The names and terms that it lists."""


@dataclass(frozen=True, slots=True)
class Text:
    """One separate text: an article and its copies, however many outlets carry it."""

    articles: tuple[Article, ...]
    """In `Article.order`."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The article outside a story or topic that is most like those in it."""

    article: Article
    score: float
    """How alike it is to them on the average, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why articles or stories stand together."""

    shared: tuple[str, ...]
    """Names and terms that most of them share, weightiest first."""
    score: float
    """How alike they are on the average, from 0 to 1."""
    days: tuple[str, ...] = ()
    """The days that most of them name or were published on, in ISO 8601; `--11-07` where no year is stated."""
    nearest: Nearest | None = None
    """The nearest article left out; None where nothing is at all alike."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided in `overrides.yml`, as far as it concerns a story or topic."""

    what: str
    """A closed list: `together`, `apart`, `only` (events), `topics-together`, `topics-apart`, `topics-only`, `title`, `pin`, `close`,
    `keypoint-pin`, `keypoint-drop`, `hide`."""
    line: int
    """Its line in `overrides.yml`."""
    articles: tuple[Article, ...] = ()
    """The articles that it names: of what is kept apart those of other topics too, of `hide` the hidden one."""
    why: str | None = None
    """The editor's reason, in the editor's words."""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A signed, dated editor's note."""

    line: int
    """Its line in `overrides.yml`."""
    day: date
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that report one event."""

    id: str
    title: Title
    texts: tuple[Text, ...]
    why: Why
    summary: tuple[KeyPoint, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """All its articles, in `Article.order`."""
        return tuple(sorted((a for text in self.texts for a in text.articles), key=lambda a: a.order))

    @property
    def day(self) -> date | None:
        """The day of its first dated article."""
        return next((a.published.day for a in self.articles if a.published), None)


@dataclass(frozen=True, slots=True)
class Topic:
    """Stories that belong together over time: the page a reader opens."""

    id: str
    slug: str
    title: Title
    stories: tuple[Story, ...]
    """Newest first, undated last."""
    why: Why
    summary: tuple[KeyPoint, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """What editors decided about it and its stories, in the order of `overrides.yml`."""
    corrections: tuple[Correction, ...] = ()
    """Newest first."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """All its articles, in `Article.order`."""
        return tuple(sorted((a for story in self.stories for a in story.articles), key=lambda a: a.order))

    @property
    def texts(self) -> tuple[Text, ...]:
        """The separate texts of all its stories."""
        return tuple(text for story in self.stories for text in story.texts)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article file that is not in the edition, and the reason."""

    path: Path
    reason: str


def newest(articles: Iterable[Article]) -> When | None:
    """Return the latest publication among articles; None where none has a date."""
    return max((a.published for a in articles if a.published), key=lambda when: (when.moment, when.iso), default=None)


@dataclass(frozen=True, slots=True)
class Edition:
    """What is published at one time."""

    day: date | None
    """The day of its newest article in the settings' time zone; None where no article has a date."""
    topics: tuple[Topic, ...]
    """In the order of the front page."""
    left_out: tuple[LeftOut, ...] = ()
    """Files that could not be used."""
