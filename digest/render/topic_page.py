"""What a topic's page shows, laid out for its template: its events, who says what in how many voices, dates, and who was first."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from digest.findings import Dated, Difference, Findings, Statement, Value, Wording
from digest.marks import home_of
from digest.models import Article, Citation, KeyPoint, Story, Text, Topic, Why
from digest.precedence import came_first
from digest.words import base_language

__all__ = [
    "Counted", "Counts", "StoryView", "Told", "Voice", "count", "dates_of", "disputed_in", "group_points", "is_first",
    "nearest_score", "newest_first", "part_wording", "sections_of", "tells_why", "two_decimals", "used_by", "view_story",
    "voices_of",
]


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


def disputed_in(point: KeyPoint, differences: Sequence[Difference]) -> int | None:
    """Return the number of the first difference that rests on a sentence of a key point; None where none does."""
    told = _homes(point.citations)
    return next((number for number, found in enumerate(differences, 1)
                 if any(told & _homes(value.citations) for value in found.values)), None)


def _homes(citations: Iterable[Citation]) -> set[tuple[str, tuple[int, int]]]:
    """Return the places of the sentences that citations are, or are words of."""
    return {(home.article.id, home.span) for home in map(home_of, citations)}


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story as its topic's page shows it."""

    story: Story
    counts: Counts
    alone: tuple[Statement, ...]
    """What only one of its texts tells."""
    further: tuple[KeyPoint, ...]
    """Its key points that the topic's summary does not have."""

    @property
    def score(self) -> Decimal:
        """How alike its texts are, with two decimals."""
        return two_decimals(self.story.why.score)

    @property
    def nearest_score(self) -> Decimal:
        """How alike the nearest article left out is, with two decimals."""
        return nearest_score(self.story.why)


def view_story(story: Story, alone: tuple[Statement, ...], quoted: Collection[KeyPoint]) -> StoryView:
    """Return a story as its topic's page shows it; `quoted` are the key points that the page has already."""
    had = {point.citations for point in quoted}
    return StoryView(story, count([story]), alone, tuple(point for point in story.summary if point.citations not in had))


def newest_first(text: Text) -> tuple[object, ...]:
    """Return what the sources of a topic are ordered by: the newest first, undated ones last."""
    when = text.articles[0].published
    return (when is None, -when.day.toordinal() if when else 0, text.articles[0].order)


def nearest_score(why: Why) -> Decimal:
    """Return how alike the nearest article left out is, with two decimals; 0 where there is none."""
    return two_decimals(why.nearest.score if why.nearest else 0)


def two_decimals(score: float) -> Decimal:
    """Return a share as a page shows it."""
    return Decimal(f"{score:.2f}")


@dataclass(frozen=True, slots=True)
class Told:
    """Key points of one event."""

    story: Story
    points: tuple[KeyPoint, ...]


def tells_why(of: Story | Topic) -> bool:
    """Return whether there is anything to say on why its articles stand together, or alone."""
    return len(of.texts) > 1 or bool(of.why.shared or of.why.days or of.why.nearest)


def group_points(topic: Topic) -> tuple[Told, ...]:
    """Return a topic's key points by event, in the order of its summary: the newest first, then what several texts report."""
    home = {article.id: story for story in topic.stories for article in story.articles}
    groups: dict[str, list[KeyPoint]] = {}
    for point in topic.summary:
        groups.setdefault(home[point.citations[0].article.id].id, []).append(point)
    stories = {story.id: story for story in topic.stories}
    return tuple(Told(stories[ident], tuple(points)) for ident, points in groups.items())


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


def voices_of(citations: Sequence[Citation], texts: Sequence[Text], against: Sequence[Value] = ()) -> tuple[Voice, ...]:
    """Return sentences by the separate texts that say them, each as its text's first article has it that is cited.

    An article that says otherwise, in one of the values that these are set `against`, does not carry them.
    """
    here = {cited.article.id for cited in citations}
    apart = {cited.article.id for value in against for cited in value.citations} - here
    home = {article.id: text for text in texts for article in text.articles}
    said: dict[str, list[Citation]] = {}
    for cited in citations:
        said.setdefault(home[cited.article.id].articles[0].id, []).append(cited)
    return tuple(voice for first, found in said.items() for voice in _voices(found, home[first], apart))


def _voices(said: Sequence[Citation], text: Text, apart: Collection[str]) -> Iterator[Voice]:
    """Yield the sentences of the first article of a text that is cited, the first of them with what the others have."""
    cited = {c.article.id: c for c in reversed(said)}
    first = next(article for article in text.articles if article.id in cited)
    own = [c for c in said if c.article.id == first.id]
    others = (article for article in text.articles if article is not first and article.id not in apart)
    yield Voice(own[0], tuple((article, cited.get(article.id)) for article in others))
    yield from map(Voice, own[1:])


def dates_of(timeline: Sequence[Dated]) -> tuple[tuple[str, tuple[tuple[int, Dated], ...]], ...]:
    """Return the entries of a timeline by their dates, each with its number from 1."""
    return tuple((stated, tuple(rows)) for stated, rows in groupby(enumerate(timeline, 1), key=lambda row: row[1].date))


def part_wording(wording: Sequence[Wording]) -> tuple[tuple[tuple[int, Wording], ...], tuple[tuple[int, Wording], ...]]:
    """Return the wordings that differ, and those that are only spellings, each with its number from 1."""
    numbered = tuple(enumerate(wording, 1))
    return tuple(w for w in numbered if w[1].kind != "spelling"), tuple(w for w in numbered if w[1].kind == "spelling")


def sections_of(topic: Topic, findings: Findings, *, drawn: bool, limited: bool, decided: bool) -> list[str]:
    """Return the parts of a topic's page below its summary, by their anchors; `drawn`: it has a chart of who published when."""
    there = {"statements": findings.statements, "only-one": any(told for _, told in findings.alone), "differences": findings.differences,
             "versions": findings.versions, "wording": findings.wording, "timeline": findings.timeline or drawn, "events": True,
             "sources": True, "why": tells_why(topic), "editorial": decided, "corrections": topic.corrections, "limits": limited}
    return [key for key, found in there.items() if found]
