"""Digests of parts of a digest, each with all that its pages may look at, and nothing else.

That of a topic is for its pages, its data, its feed and the pages of its articles; that of an edition for its page in the archive. They are
rendered from it alone, so they are what they were as long as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date

from digest.archive import DayPage
from digest.findings import Findings
from digest.models import Article, Edition, Story, Topic, Why
from digest.news import NO_NEWS
from digest.pipeline import Digest
from digest.telling import Telling, title_original
from digest.translation import Original, Told
from digest.wanted import find_wanted

__all__ = ["divide", "divide_archive", "says"]

_NO_WHY = Why((), 0.0)


def divide(digest: Digest) -> list[Digest]:
    """Return a digest of each topic, in the order of the front page."""
    by_id = {article.id: article for article in digest.articles}
    tellings = [({topic.id: topic for topic in telling.topics}, telling) for telling in digest.tellings]
    return [_portion(digest, topic, by_id, tellings) for topic in digest.edition.topics]


def says(portion: Digest) -> tuple[object, ...]:
    """Return what a portion says, but for the settings, which are the same for all."""
    return tuple(getattr(portion, field.name) for field in fields(portion) if field.name != "settings")


def _portion(digest: Digest, topic: Topic, by_id: Mapping[str, Article], tellings: Sequence[tuple[Mapping[str, Topic], Telling]]) -> Digest:
    local = [(topics[topic.id], telling) for topics, telling in tellings]
    own = {article.id for article in topic.articles}
    beside = {other.id for one, _ in local for other in (*_nearest((one, *one.stories)), *_decided(one))} - own
    named = own | beside
    undated = any(not any(a.published for a in story.articles) for story in topic.stories)
    part = replace(
        digest, articles=tuple(by_id[ident] for ident in sorted(named & by_id.keys())),
        edition=Edition(_day(topic, digest.edition.day, undated=undated), (topic,)), tellings=tuple(_telling(*row) for row in local),
        days=digest.days if undated else (), forwards={}, names=(), nameless=(), uncited=(), refused=(), drafts=(), warnings=(), hidden=(),
        feeds={}, withdrawn=(), news=NO_NEWS, homes={ident: digest.homes[ident] for ident in sorted(named & digest.homes.keys())},
        notes={note.line: digest.notes[note.line] for note in topic.corrections},
        cited={ident: digest.cited[ident] if ident in own else frozenset() for ident in sorted(named & digest.cited.keys())},
        shown={ident: digest.shown[ident] for ident in sorted(own & digest.shown.keys())},
        rewritten={ident: digest.rewritten[ident] for ident in sorted(own & digest.rewritten.keys())},
        findings={topic.id: digest.findings.get(topic.id, Findings())}, withheld=digest.withheld & own,
        notices={slug: found for slug, found in digest.notices.items() if slug == topic.slug})
    wanted = find_wanted(part)
    titles = [Original(article.title, article.lang) for article in part.articles]
    return replace(part, tellings=tuple(_translated(one, telling, [*wanted[one.lang], *titles])
                                        for one, (_, telling) in zip(part.tellings, local, strict=True)))


def divide_archive(digest: Digest) -> list[Digest]:
    """Return a digest of each edition, newest first: of that day and the editions before and after it, of which it has the days alone.

    Its topics have only what names and sums them up now.
    """
    days = sorted(digest.days, key=lambda page: page.day, reverse=True)
    beside = [DayPage(page.day, ()) for page in days]
    tellings = [({topic.id: topic for topic in telling.topics}, telling) for telling in digest.tellings]
    return [_dated(digest, page, (*beside[max(0, at - 1):at], page, *beside[at + 1:at + 2]), tellings) for at, page in enumerate(days)]


def _dated(digest: Digest, page: DayPage, days: tuple[DayPage, ...], tellings: Sequence[tuple[Mapping[str, Topic], Telling]]) -> Digest:
    told = [topic.topic.id for topic in page.topics if topic.topic]
    cited = [cited for topic in page.topics for point in topic.points for cited in point.citations]
    own = replace(page, topics=tuple(replace(topic, topic=_named(topic.topic) if topic.topic else None) for topic in page.topics))
    local = [replace(telling, topics=tuple(_named(topics[ident]) for ident in told), translations={},
                     narrow={ident: _named(telling.narrow[ident]) for ident in told if ident in telling.narrow})
             for topics, telling in tellings]
    summed = [topic for telling in local for topic in (*telling.topics, *telling.narrow.values())]
    titles = [*(topic.title for topic in page.topics), *(topic.title for topic in summed)]
    quoted = [*cited, *(point.citations[0] for topic in summed for point in topic.summary)]
    wanted = [*filter(None, map(title_original, titles)), *(Original(one.quote, one.article.lang) for one in quoted)]
    return replace(
        digest, articles=(), edition=Edition(page.day, ()), days=tuple(own if day is page else day for day in days),
        tellings=tuple(_translated(one, whole, wanted) for one, (_, whole) in zip(local, tellings, strict=True)),
        shown={ident: digest.shown[ident] for ident in sorted({one.article.id for one in cited} & digest.shown.keys())},
        forwards={}, homes={}, notes={}, cited={}, rewritten={}, uncited=(), refused=(), drafts=(), findings={}, names=(), nameless=(),
        withheld=frozenset(), warnings=(), hidden=(), feeds={}, withdrawn=(), news=NO_NEWS, notices={})


def _named(topic: Topic) -> Topic:
    """Return of a topic what names it and sums it up."""
    return Topic(topic.id, topic.slug, topic.title, (), _NO_WHY, topic.summary)


def _nearest(groups: Iterable[Topic | Story]) -> Iterator[Article]:
    """Yield the articles outside some groups that are told to be nearest to them."""
    return (group.why.nearest.article for group in groups if group.why.nearest)


def _decided(topic: Topic) -> Iterator[Article]:
    """Yield the articles that editors' decisions on a topic name, those of other topics among them."""
    return (article for decision in topic.decisions for article in decision.articles)


def _day(topic: Topic, day: date | None, *, undated: bool) -> date | None:
    """Return the day of a topic's edition: what has dates of its own does not change with the day of the whole."""
    return day if undated or day is None else max(a.published.day for a in topic.articles if a.published)


def _telling(topic: Topic, telling: Telling) -> Telling:
    narrow = telling.narrow.get(topic.id)
    return replace(telling, topics=(topic,), narrow={topic.id: narrow} if narrow else {}, translations={})


def _translated(part: Telling, whole: Telling, wanted: Iterable[Original]) -> Telling:
    """Return a telling of one topic with the translations that it needs; it is one that translates where the whole does."""
    found: dict[Original, Told] = {one: whole.translations[one] for one in dict.fromkeys(wanted) if one in whole.translations}
    told = replace(part, translations=found)
    object.__setattr__(told, "translates", whole.translates)
    return told
