"""What an edition says that no earlier one said: topics that are new, and key points of articles that were not quoted before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digest.models import Edition, KeyPoint, Topic
from digest.records import EditionRecord

__all__ = ["NO_NEWS", "New", "News", "tell_news"]


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
    told = [topic for record in before for topic in record.topics]
    said = frozenset(quote.quote for topic in told for point in (*topic.points, *topic.story_points) for quote in point)
    known = frozenset(topic.id for topic in told).union(*(topic.articles for topic in told))
    found = (_tell(topic, said, known) for topic in edition.topics)
    return News(max(record.day for record in before), {new.topic.id: new for new in found if new.whole or new.points})


def _tell(topic: Topic, said: frozenset[str], known: frozenset[str]) -> New:
    points = tuple(point for point in topic.summary
                   if known.isdisjoint(c.article.id for c in point.citations) and said.isdisjoint(c.quote for c in point.citations))
    return New(topic, points, known.isdisjoint((topic.id, *(article.id for article in topic.articles))))
