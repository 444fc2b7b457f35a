"""What an edition says that no earlier one said: topics that are new, and key points of articles that were not quoted before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digest.models import Edition, KeyPoint, Topic
from digest.records import EditionRecord, TopicRecord

__all__ = ["NO_NEWS", "New", "News", "find_fresh", "tell_news"]


@dataclass(frozen=True, slots=True)
class New:
    """What is new on a topic."""

    topic: Topic
    points: tuple[KeyPoint, ...]
    """Its key points of articles that no earlier edition quoted, and in words that none did, in the order of its summary."""
    whole: bool
    """Whether the topic itself is new: no earlier edition had it, or quoted one of its articles."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new since the last edition."""

    since: date | None
    """The day of the edition before; None where there is none, and nothing to compare with."""
    topics: Mapping[str, New] = field(default_factory=dict)
    """By the topic's id, in the order of the front page; topics of which nothing is new are not there."""


NO_NEWS = News(None)


def tell_news(edition: Edition, records: Sequence[EditionRecord]) -> News:
    """Return what an edition says that the recorded ones before its day did not; the record of its own day does not count."""
    before = [record for record in records if edition.day and record.day < edition.day]
    if not before:
        return NO_NEWS
    told = _Told()
    for record in before:
        told.add(record)
    found = (_tell(topic, told) for topic in edition.topics)
    return News(max(record.day for record in before), {new.topic.id: new for new in found if new.whole or new.points})


def find_fresh(records: Iterable[EditionRecord]) -> Mapping[date, frozenset[str]]:
    """Return, by the day of each edition, the ids of the topics that said something of articles which no edition before had quoted."""
    return dict(_find_fresh(sorted(records, key=lambda record: record.day)))


def _find_fresh(records: Iterable[EditionRecord]) -> Iterator[tuple[date, frozenset[str]]]:
    told = _Told()
    for record in records:
        yield record.day, frozenset(topic.id for topic in record.topics if told.lacks(topic))
        told.add(record)


@dataclass(slots=True)
class _Told:
    """What some editions told."""

    said: set[str] = field(default_factory=set)
    """The words that they quoted; those of withdrawn articles are not kept."""
    known: set[str] = field(default_factory=set)
    """The ids of their topics, and of the articles that these quoted."""

    def add(self, record: EditionRecord) -> None:
        for topic in record.topics:
            self.said |= {quote.quote for point in (*topic.points, *topic.story_points) for quote in point if quote.quote}
            self.known |= {topic.id, *topic.articles}

    def is_new(self, quotes: Sequence[tuple[str, str]]) -> bool:
        """Return whether a key point is: the articles that it cites, each with its words, were not quoted, nor were these words."""
        return self.known.isdisjoint(article for article, _ in quotes) and self.said.isdisjoint(words for _, words in quotes)

    def lacks(self, topic: TopicRecord) -> bool:
        """Return whether something of a topic is new."""
        points = ([(quote.article, quote.quote) for quote in point] for point in topic.points)
        return self.known.isdisjoint((topic.id, *topic.articles)) or any(map(self.is_new, points))


def _tell(topic: Topic, told: _Told) -> New:
    points = tuple(point for point in topic.summary if told.is_new([(c.article.id, c.quote) for c in point.citations]))
    return New(topic, points, told.known.isdisjoint((topic.id, *(article.id for article in topic.articles))))
