"""The front page and the list of topics."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest.data import title_data
from digest.editors.decisions import pin_of
from digest.linked import front_linked
from digest.marks import topic_url
from digest.models import Decision, KeyPoint, Topic, When, newest
from digest.order import topic_age
from digest.render.topic_page import Counts, count
from digest.render.tree import Shown, Tree
from digest.telling import ENOUGH

__all__ = ["Card", "front_pages"]


@dataclass(frozen=True, slots=True)
class Card:
    """A topic on the front page and in lists."""

    topic: Topic
    url: str
    counts: Counts
    newest: When | None
    pin: Decision | None
    """An editor's decision that it stands first."""
    point: KeyPoint | None
    """Its first key point, where its page is told in the language of the card."""
    other: str | None
    """The language in which its page is told instead."""


def _cards(pages: Tree, topics: Iterable[Topic]) -> list[Card]:
    return [_card(topic, pages.shown(topic)) for topic in topics]


def _card(topic: Topic, shown: Shown) -> Card:
    return Card(topic, topic_url(topic.slug), count(topic.stories), newest(topic.articles), pin_of(topic),
                point=None if shown.fallen else shown.point, other=shown.telling.lang if shown.fallen else None)


def front_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the lists of topics; they are told in a language where any topic is, and found in it where most are."""
    topics = pages.telling.topics
    told = sum(not pages.shown(topic).fallen for topic in topics)
    fallen, enough = bool(topics) and not told, told >= ENOUGH * len(topics)
    m, day = pages.marker("", fallen=fallen), pages.digest.edition.day
    rows = [{"slug": shown.topic.slug, "title": title_data(shown.topic, shown.telling)} for shown in map(pages.shown, topics)]
    linked = None if fallen else front_linked(m.settings, m.tree, m.telling.lang, day.isoformat() if day else None, rows)
    yield pages.page("home", "index.md", described=m.t("chosen_translated" if m.telling.translates else "chosen"), linked=linked,
                     fallen=fallen, told=enough, edition=pages.digest.edition, cards=_cards(pages, topics))
    newest_first = sorted(topics, key=lambda topic: (topic_age(topic), topic.id))
    yield pages.page("topics", "topics/index.md", fallen=fallen, told=enough, cards=_cards(pages, newest_first))
