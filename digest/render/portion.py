"""A digest of one topic: all that its pages, its data, its feed and the pages of its articles may look at, and nothing else.

They are rendered from it alone, so they are what they were as long as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date

from digest.findings import Findings
from digest.models import Article, Edition, Story, Topic
from digest.news import NO_NEWS
from digest.pipeline import Digest
from digest.telling import Telling
from digest.translation import Original, Told
from digest.wanted import find_wanted

__all__ = ["divide", "says"]


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
