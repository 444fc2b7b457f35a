"""The order of topics, the same in all languages."""

from collections.abc import Sequence

from digest.editors.decisions import pin_of
from digest.models import Topic, newest
from digest.settings import Settings

__all__ = ["order_topics", "topic_age"]


def order_topics(topics: Sequence[Topic], settings: Settings) -> list[Topic]:
    """Return topics in the order of the front page: what editors pinned; separate texts, one per owner; recency; id."""
    return sorted(topics, key=lambda topic: (pin_of(topic) is None, -len(_owners(topic, settings)), topic_age(topic), topic.id))


def _owners(topic: Topic, settings: Settings) -> frozenset[str | None]:
    outlets = [settings.outlet(text.articles[0].outlet) for text in topic.texts]
    return frozenset(outlet.owner or outlet.id if outlet else None for outlet in outlets)


def topic_age(topic: Topic) -> float:
    """Return what sorts newer topics first, undated ones last."""
    when = newest(topic.articles)
    return -when.moment.timestamp() if when else float("inf")
