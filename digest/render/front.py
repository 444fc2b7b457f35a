"""The front page and the list of topics."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from digest.archive import DayTopic
from digest.data import title_data
from digest.editors.decisions import pin_of
from digest.linked import front_linked
from digest.marks import topic_url
from digest.models import Decision, KeyPoint, Story, Topic, When
from digest.news import New
from digest.order import count_owners, topic_age
from digest.render.charts import Spark, spark_of
from digest.render.marker import Marker
from digest.render.receipts import Receipts
from digest.render.topic_page import Counts, count
from digest.render.tree import Shown, Tree, newest_event
from digest.sections import section_of
from digest.settings import Section, Settings
from digest.telling import ENOUGH

__all__ = ["Card", "Former", "Novelty", "front_pages", "new_event"]

LEAD = 3
"""Topics that stand first on the front page, before its sections."""


CURRENT = 100
"""Topics on the front page, at most: the newest, and those that editors pinned."""
LISTED = 300
"""Topics in the list of topics, at most: the newest."""


@dataclass(frozen=True, slots=True)
class Card:
    """A topic on the front page and in lists."""

    topic: Topic
    url: str
    counts: Counts
    owners: int
    """How many outlets have texts of their own: the order goes by it."""
    newest: When | None
    """When the newest article of what its page tells first was published."""
    narrow: bool
    """Whether that is not the newest of the topic, since its page summarizes only what articles in its language report."""
    pin: Decision | None
    """An editor's decision that it stands first."""
    point: KeyPoint | None
    """Its first key point, where its page is told in the language of the card."""
    spark: Spark | None
    """Its articles over time."""
    story: Story | None
    """The event of its key point, whose headline tells what is new; None where the topic's title does, or an editor gave that."""
    other: str | None
    """The language in which its page is told instead."""


def _cards(pages: Tree, topics: Iterable[Topic]) -> list[Card]:
    return [_card(pages.shown(topic), pages.digest.settings) for topic in topics]


def _sections(cards: Sequence[Card], pages: Tree) -> Iterator[tuple[Section | None, list[Card]]]:
    """Yield the sections that have cards, in the order of the settings; last those of none."""
    settings = pages.digest.settings
    of = [(section_of(card.topic, settings), card) for card in cards]
    for section in (*settings.sections, None):
        if found := [card for home, card in of if home == section]:
            yield section, found


def _card(shown: Shown, settings: Settings) -> Card:
    topic = shown.topic
    owners = count_owners(topic, settings)
    return Card(topic, topic_url(topic.slug), count(topic.stories), owners, shown.newest, shown.narrow, pin_of(topic),
                spark=spark_of(topic) if len(topic.articles) > 1 else None, story=shown.headed,
                point=None if shown.fallen else shown.point, other=shown.telling.lang if shown.fallen else None)


def front_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the lists of topics; they are told in a language where any topic is, and found in it where most are."""
    topics = pages.telling.topics
    told = sum(not pages.shown(topic).fallen for topic in topics)
    fallen, enough = bool(topics) and not told, told >= ENOUGH * len(topics)
    newest_first = sorted(topics, key=lambda topic: (topic_age(topic), topic.id))
    current = {topic.id for topic in newest_first[:CURRENT]} | {topic.id for topic in topics if pin_of(topic)}
    digest, cards = pages.digest, _cards(pages, (topic for topic in topics if topic.id in current))
    lead, sections = cards[:LEAD], list(_sections(cards[LEAD:], pages))
    ordered = [*lead, *(card for _, found in sections for card in found)]
    m = pages.marker("", fallen=fallen)
    yield pages.page("home", "index.md", described=m.t("chosen_translated" if m.telling.translates else "chosen"),
                     linked=None if fallen else _linked(m, pages), fallen=fallen, told=enough, edition=digest.edition,
                     since=digest.news.since, news=_novelties(pages), cards=cards, lead=lead, sections=sections,
                     more=len(cards) < len(topics),
                     receipts=Receipts((card.point for card in ordered if card.point), digest.shown))
    yield pages.page("topics", "topics/index.md", fallen=fallen, told=enough, cards=_cards(pages, newest_first[:LISTED]),
                     more=len(topics) > LISTED, former=list(_former(pages)))


@dataclass(frozen=True, slots=True)
class Novelty:
    """A topic of which something is new, as the front page lists it."""

    new: New
    topic: Topic
    url: str
    story: Story | None
    """The event that is new, whose headline tells it; None where the topic's title does, or an editor gave that."""


def _novelties(pages: Tree) -> list[Novelty]:
    """Return what is new since the last edition, in the order of the front page."""
    news = pages.digest.news.topics
    return [Novelty(new, shown.topic, topic_url(shown.topic.slug), new_event(shown, new))
            for shown in map(pages.shown, pages.telling.topics) if (new := news.get(shown.topic.id))]


def new_event(shown: Shown, new: New) -> Story | None:
    """Return the newest event that a new key point tells; that which heads the topic's page where there is none."""
    topic, told = shown.topic, {cited.article.id for point in new.points for cited in point.citations}
    found = newest_event(topic, told)
    if found is None or topic.title.origin == "editor":
        return shown.headed
    return found if found.title != topic.title else None


@dataclass(frozen=True, slots=True)
class Former:
    """A topic that is no more, as an edition last told it."""

    day: date
    topic: DayTopic
    target: Topic | None
    """The one that took its articles over."""
    target_url: str


def _former(pages: Tree) -> Iterator[Former]:
    """Yield the topics of former addresses, the latest told first, as far as an edition's record still gives their titles."""
    left = {topic_url(slug): target for slug, target in pages.digest.forwards.items()}
    for page in sorted(pages.digest.days, key=lambda page: page.day, reverse=True):
        for topic in page.topics:
            if topic.url in left:
                target = left.pop(topic.url)
                yield Former(page.day, topic, pages.local(target) if target else None, topic_url(target.slug) if target else "")


def _linked(m: Marker, pages: Tree) -> dict[str, object]:
    """Return the linked data of a front page."""
    day = pages.digest.edition.day
    rows = [{"slug": shown.topic.slug, "title": title_data(shown.topic, shown.telling)} for shown in map(pages.shown, pages.telling.topics)]
    return front_linked(m.settings, m.tree, m.telling.lang, day.isoformat() if day else None, rows)
