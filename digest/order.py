"""The order of topics, the same in all languages, and the number that it goes by."""

from collections.abc import Sequence

from digest.editors.decisions import pin_of
from digest.models import Topic, newest
from digest.settings import Settings

__all__ = ["count_owners", "order_topics", "topic_age"]


def order_topics(topics: Sequence[Topic], settings: Settings) -> list[Topic]:
    """Return topics in the order of the front page: what editors pinned; separate texts, one per owner; recency; id."""
    return sorted(topics, key=lambda topic: (pin_of(topic) is None, -count_owners(topic, settings), topic_age(topic), topic.id))


def count_owners(topic: Topic, settings: Settings) -> int:
    """Return how many outlets have a text of their own on a topic; those of one owner count once, and so do all unknown ones."""
    outlets = [settings.outlet(text.articles[0].outlet) for text in topic.texts]
    return len({outlet.owner or outlet.id if outlet else None for outlet in outlets})


def topic_age(topic: Topic) -> float:
    """Return what sorts newer topics first, undated ones last."""
    when = newest(topic.articles)
    return -when.moment.timestamp() if when else float("inf")
