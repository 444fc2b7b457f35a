"""Tell an edition in its other languages: titles and quotations of theirs where there are any; and what all tellings quote together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.archive import DayPage
from digest.editors.decisions import Chosen, tell_unquoted
from digest.editors.overrides import Overrides
from digest.findings import Findings
from digest.marks import home_of
from digest.models import Citation, Edition, KeyPoint, Topic
from digest.order import order_topics
from digest.quoting import Retold
from digest.settings import Settings
from digest.telling import Telling
from digest.topics import Gathered, Titles

__all__ = ["cited_spans", "kept_sentences", "retell", "retitle"]


def retitle(topics: Sequence[Topic], groups: Sequence[Gathered], titles: Sequence[Titles]) -> list[Topic]:
    """Return topics with their titles in another language; each is of the group at its place, which the titles are of."""
    return [_retitled(*row) for row in zip(topics, groups, titles, strict=True)]


def retell(retold: Sequence[Retold], language: str, chosen: Mapping[str, Chosen], settings: Settings, overrides: Overrides) -> Telling:
    """Return a telling in a language, with the quotations that this language's readers can read best, as editors decided."""
    topics, _ = tell_unquoted([told.topic for told in retold], chosen, overrides)
    narrow = {told.topic.id: told.narrow for told in retold if told.narrow}
    return Telling(lang=language, topics=tuple(order_topics(topics, settings)), narrow=narrow, closed=settings.closed_outlets)


def _retitled(topic: Topic, group: Gathered, titles: Titles) -> Topic:
    found = {story.texts[0].articles[0].id: title for story, title in zip(group.stories, titles.stories, strict=True)}
    stories = tuple(replace(story, title=found[story.texts[0].articles[0].id]) for story in topic.stories)
    return replace(topic, title=titles.topic, stories=stories)


def kept_sentences(tellings: Sequence[Telling], findings: Mapping[str, Findings]) -> dict[str, tuple[Citation, ...]]:
    """Return the sentences that findings and the summaries of other languages show, by topic: their places on the source pages stay."""
    kept = {ident: [home_of(cited) for cited in found.citations] for ident, found in findings.items()}
    for topic in (topic for telling in tellings[1:] for topic in (*telling.topics, *telling.narrow.values())):
        kept[topic.id] += [cited for point in _points(topic) for cited in point.citations]
    return {ident: tuple(dict.fromkeys(citations)) for ident, citations in kept.items()}


def _points(topic: Topic) -> Iterator[KeyPoint]:
    yield from topic.summary
    yield from (point for story in topic.stories for point in story.summary)


def cited_spans(edition: Edition, days: Sequence[DayPage], kept: Mapping[str, Sequence[Citation]]) -> dict[str, frozenset[tuple[int, int]]]:
    """Return all cited spans by article, but for those of former texts."""
    spans: dict[str, set[tuple[int, int]]] = {}
    summaries = [point for topic in edition.topics for point in _points(topic)]
    for point in [*summaries, *(point for page in days for topic in page.topics for point in (*topic.points, *topic.kept))]:
        for cited in (cited for cited in point.citations if not cited.article.former):
            spans.setdefault(cited.article.id, set()).add(cited.span)
    for cited in (sentence for sentences in kept.values() for sentence in sentences):
        spans.setdefault(cited.article.id, set()).add(cited.span)
    return {ident: frozenset(spans[ident]) for ident in sorted(spans)}
