"""What the page of a name shows: the topics in which it occurs, and the sentences that name it there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from digest.findings import Name
from digest.marks import home_of, topic_url
from digest.models import Citation, Topic
from digest.names.directory import Listed

__all__ = ["NameRow", "NameTopic", "Place", "name_row"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands in an article."""

    words: Citation
    sentence: Citation | None
    """None where it may not be shown: no other page quotes it."""


@dataclass(frozen=True, slots=True)
class NameTopic:
    """A topic in which a name occurs."""

    topic: Topic
    url: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name with the topics in which it occurs."""

    slug: str
    url: str
    name: Name
    topics: tuple[NameTopic, ...]


def name_row(listed: Listed, cited: Mapping[str, Collection[tuple[int, int]]]) -> NameRow:
    """Return a name's page: its sentences are shown as far as other pages quote them."""
    places = [Place(words, home if (home := home_of(words)).span in cited.get(words.article.id, ()) else None)
              for words in listed.name.citations]
    members = {topic.id: {article.id for article in topic.articles} for topic in listed.topics}
    found = tuple(NameTopic(topic, topic_url(topic.slug), tuple(p for p in places if p.words.article.id in members[topic.id]))
                  for topic in listed.topics)
    return NameRow(listed.slug, f"names/{listed.slug}/", listed.name, found)
