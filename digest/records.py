"""The committed memory: which ids and addresses were given, and what each edition said; `record_files` reads and writes it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from types import MappingProxyType

from digest.editors.withdrawn import Withdrawal
from digest.models import Article, Citation, Edition, Topic
from digest.slugs import short_hash, slugify

__all__ = [
    "UNKNOWN_LANGUAGE", "EditionRecord", "Given", "Ledger", "QuoteRecord", "TopicRecord", "assign", "blank_articles", "cited_articles",
    "digest_id", "find_topic", "forwarding", "new_id", "new_slug", "place_notices", "record_edition", "record_ledger",
]

UNKNOWN_LANGUAGE = "und"
"""What BCP 47 calls a language that nobody stated."""


@dataclass(frozen=True, slots=True)
class Given:
    """An id that was given, what it stood for, and a topic's address."""

    articles: tuple[str, ...]
    """Ids of its articles when it was last recorded."""
    slug: str | None = None
    """The last part of its address; only topics have one."""
    former: bool = False
    """Whether nothing bore it any more when the ledger was last written: its articles are gone, or elsewhere."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every id given so far."""

    topics: Mapping[str, Given] = field(default_factory=dict)
    stories: Mapping[str, Given] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    """The addresses of names that have or had a page."""
    digest: str = ""
    """The id of the digest itself; nothing where nothing is recorded yet."""


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """A citation as an edition made it."""

    article: str
    version: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """What an edition said on a topic."""

    id: str
    slug: str
    title: str
    """Nothing where the article whose headline it was has been withdrawn."""
    title_article: str
    """The article whose headline the title is; nothing where it is none's."""
    points: tuple[tuple[QuoteRecord, ...], ...]
    """The quotations of its summary, each with its citations."""
    story_points: tuple[tuple[QuoteRecord, ...], ...] = ()
    """Those of its stories' summaries, and what its findings quoted."""
    title_lang: str = field(default=UNKNOWN_LANGUAGE, compare=False)
    title_from: str = field(default="article", compare=False)
    """As `Title.origin`; like the language and the terms, old records do not tell it."""
    title_terms: tuple[str, ...] = field(default=(), compare=False)

    @property
    def articles(self) -> frozenset[str]:
        """The ids of all articles that it quoted or whose headline named it."""
        quoted = {quote.article for point in (*self.points, *self.story_points) for quote in point}
        return frozenset(quoted | ({self.title_article} if self.title_article else set()))


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """What an edition said: the topics that were new or changed in it."""

    day: date
    topics: tuple[TopicRecord, ...]


def new_id(kind: str, earliest_article: str) -> str:
    """Return the id of a topic or story that is not recorded yet."""
    return f"{kind}-{short_hash(kind, earliest_article)}"


def new_slug(title: str, ident: str) -> str:
    """Return the address of a topic that is not recorded yet: words of its title and a part of its id."""
    tail = ident.rpartition("-")[2]
    return f"{slugify(title) or 'topic'}-{tail}"


def assign(groups: Sequence[Sequence[str]], given: Mapping[str, Given], kind: str) -> list[str]:
    """Return an id for each group of article ids: a recorded one goes to the group that holds most of its articles.

    Groups come with their earliest article first. No id is given twice; which group gets it does not depend on their order.
    An id that nothing bore any more is borne again only by a group that no other is due to.
    """
    where = {article: number for number, group in enumerate(groups) for article in group}
    votes: dict[tuple[str, int], int] = {}
    for ident, record in given.items():
        for article in record.articles:
            if article in where:
                votes[ident, where[article]] = votes.get((ident, where[article]), 0) + 1
    ids: dict[int, str] = {}
    taken: set[str] = set(given)
    for (ident, number), _ in sorted(votes.items(), key=lambda row: (given[row[0][0]].former, -row[1], row[0][0], groups[row[0][1]][0])):
        if number not in ids and ident not in ids.values():
            ids[number] = ident
    for number, group in sorted(enumerate(groups), key=lambda row: row[1][0]):
        if number not in ids:
            ids[number] = next(i for i in _candidates(kind, group) if i not in taken)
            taken.add(ids[number])
    return [ids[number] for number in range(len(groups))]


def _candidates(kind: str, group: Sequence[str]) -> Iterator[str]:
    yield from (new_id(kind, article) for article in group)
    yield from (new_id(kind, f"{group[0]}#{n}") for n in count(1))


def forwarding(ledger: Ledger, topics: Sequence[Topic]) -> dict[str, Topic | None]:
    """Return, for each recorded address that no topic has any more, the topic that holds most of its articles, or None."""
    live = {topic.slug for topic in topics}
    where = {article.id: topic for topic in topics for article in topic.articles}
    forwards: dict[str, Topic | None] = {}
    for _, record in sorted(ledger.topics.items()):
        if record.slug and record.slug not in live:
            homes = [where[a] for a in record.articles if a in where]
            forwards[record.slug] = max(homes, key=lambda topic: (homes.count(topic), topic.slug), default=None)
    return forwards


def find_topic(name: str, topics: Mapping[str, Topic], homes: Mapping[str, Topic], ledger: Ledger) -> Topic | None:
    """Return the topic of an id, of an article's id, or that took over most articles of a recorded id.

    `topics` are by id, `homes` by article.
    """
    given = ledger.topics.get(name)
    heirs = [homes[article] for article in given.articles if article in homes] if given else []
    return topics.get(name) or homes.get(name) or max(heirs, key=lambda t: (heirs.count(t), t.slug), default=None)


def place_notices(withdrawals: Iterable[Withdrawal], topics: Sequence[Topic], ledger: Ledger) -> dict[str, tuple[Withdrawal, ...]]:
    """Return, by address of a topic, the withdrawn articles that it or a topic it took over held; topics that are gone keep theirs."""
    by_id, homes = {topic.id: topic for topic in topics}, {a.id: topic for topic in topics for a in topic.articles}
    placed: dict[str, dict[str, Withdrawal]] = {}
    for withdrawal in withdrawals:
        for name in withdrawal.topics:
            found, given = find_topic(name, by_id, homes, ledger), ledger.topics.get(name)
            slug = found.slug if found else given.slug if given else None
            if slug:
                placed.setdefault(slug, {})[withdrawal.article] = withdrawal
    return {slug: tuple(placed[slug].values()) for slug in sorted(placed)}


def digest_id(ledger: Ledger, articles: Iterable[Article]) -> str:
    """Return the id of a digest: the recorded one, else one from its earliest article; nothing where there is neither."""
    earliest = min(articles, key=lambda article: article.order, default=None)
    return ledger.digest or (new_id("d", earliest.id) if earliest else "")


def record_ledger(ledger: Ledger, topics: Sequence[Topic], names: Iterable[str] = (), digest: str = "") -> Ledger:
    """Return the ledger with the ids and addresses of these topics and their stories, the others as former ones, and those of names.

    The id of the digest is recorded where none is yet.
    """
    now_topics = {t.id: Given(tuple(a.id for a in t.articles), t.slug) for t in topics}
    now_stories = {s.id: Given(tuple(a.id for a in s.articles)) for t in topics for s in t.stories}
    return Ledger({**_former(ledger.topics), **now_topics}, {**_former(ledger.stories), **now_stories}, tuple(sorted(names)),
                  ledger.digest or digest)


def _former(ids: Mapping[str, Given]) -> dict[str, Given]:
    return {ident: replace(given, former=True) for ident, given in ids.items()}


def record_edition(edition: Edition, before: Sequence[EditionRecord],
                   kept: Mapping[str, Sequence[Citation]] = MappingProxyType({})) -> EditionRecord | None:
    """Return the record of an edition: the topics that say something else than when last recorded on another day.

    `kept` is what the findings of each topic quote, by its id, so that its place on the source pages stays.
    """
    if edition.day is None:
        return None
    last = {topic.id: topic for record in before if record.day < edition.day for topic in record.topics}
    records = [_record_topic(topic, kept.get(topic.id, ())) for topic in edition.topics]
    changed = tuple(record for record in records if last.get(record.id) != record)
    return EditionRecord(edition.day, changed)


def _record_topic(topic: Topic, kept: Iterable[Citation]) -> TopicRecord:
    title, points = topic.title, _record_points(point.citations for point in topic.summary)
    told = _record_points(point.citations for story in topic.stories for point in story.summary)
    quoted = {quote for point in (*points, *told) for quote in point}
    more = [point for point in dict.fromkeys(_record_points([cited] for cited in kept)) if quoted.isdisjoint(point)]
    return TopicRecord(topic.id, topic.slug, title.text, title.article.id if title.article else "", points, (*told, *more),
                       title.lang, title.origin, title.terms)


def _record_points(points: Iterable[Sequence[Citation]]) -> tuple[tuple[QuoteRecord, ...], ...]:
    return tuple(tuple(QuoteRecord(c.article.id, c.article.version, c.start, c.end, c.quote) for c in cited) for cited in points)


def cited_articles(records: Iterable[EditionRecord]) -> set[str]:
    """Return the ids of all articles that editions cited."""
    topics = [topic for record in records for topic in record.topics]
    return {quote.article for topic in topics for point in (*topic.points, *topic.story_points) for quote in point}


def blank_articles(record: EditionRecord, articles: Collection[str]) -> EditionRecord:
    """Return the record of an edition without any words of some articles: what stood where is kept, but not what it said."""
    return replace(record, topics=tuple(_blank_topic(topic, articles) for topic in record.topics)) if articles else record


def _blank_topic(topic: TopicRecord, articles: Collection[str]) -> TopicRecord:
    titled = replace(topic, title="", title_article="") if topic.title_article in articles else topic
    return replace(titled, points=_blank_points(topic.points, articles), story_points=_blank_points(topic.story_points, articles))


def _blank_points(points: Sequence[Sequence[QuoteRecord]], articles: Collection[str]) -> tuple[tuple[QuoteRecord, ...], ...]:
    return tuple(tuple(replace(quote, quote="") if quote.article in articles else quote for quote in point) for point in points)
