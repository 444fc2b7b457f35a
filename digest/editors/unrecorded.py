"""What a digest changes against what is recorded: topics that are new, merged, split, gone or retitled, key points gone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.models import Topic
from digest.records import EditionRecord, Given, Ledger, TopicRecord

__all__ = ["Unrecorded", "find_unrecorded"]


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """One change."""

    what: str
    """A closed list: `new`, `merged`, `split`, `gone`, `retitled`, `key-point-gone`."""
    topic: str
    """The id of the topic that it is about."""
    title: str
    """That topic's title; nothing where it is gone."""
    others: tuple[str, ...] = ()
    """`merged`: the topic that it went into; `split`: the topics that hold other parts of it."""
    text: str = ""
    """`retitled`: the former title; `key-point-gone`: the quotation."""
    articles: tuple[str, ...] = ()
    """`key-point-gone`: where it stands or stood; `merged`, `split`: one article of each side."""


def find_unrecorded(topics: Sequence[Topic], ledger: Ledger, records: Sequence[EditionRecord]) -> tuple[Unrecorded, ...]:
    """Return what the topics change, in the order of the front page; nothing where nothing is recorded yet."""
    if not ledger.topics:
        return ()
    homes = {a.id: topic for topic in topics for a in topic.articles}
    last = {topic.id: topic for record in sorted(records, key=lambda r: r.day) for topic in record.topics}
    borne = {ident: given for ident, given in ledger.topics.items() if not given.former}
    live = {topic.id: topic for topic in topics}
    changes = [change for topic in topics for change in _of_topic(topic, borne.get(topic.id), last.get(topic.id), homes)]
    for ident, given in sorted(borne.items()):
        if ident not in live:
            changes.append(_left(ident, given, homes))
    return tuple(changes)


def _of_topic(topic: Topic, given: Given | None, last: TopicRecord | None, homes: Mapping[str, Topic]) -> Iterator[Unrecorded]:
    if given is None:
        yield Unrecorded("new", topic.id, topic.title.text)
    elif lost := [a for a in given.articles if a in homes and homes[a].id != topic.id]:
        sides = (topic.articles[0].id, lost[0])
        yield Unrecorded("split", topic.id, topic.title.text, tuple(dict.fromkeys(homes[a].id for a in lost)), articles=sides)
    if last and last.title and last.title != topic.title.text:
        yield Unrecorded("retitled", topic.id, topic.title.text, text=last.title)
    if last and topic.summary:
        said = {(c.article.id, c.quote) for point in topic.summary for c in point.citations}
        gone = (point for point in last.points if not any((cited.article, cited.quote) in said for cited in point))
        for quote in (found for point in gone if (found := next((cited for cited in point if cited.quote), None))):
            yield Unrecorded("key-point-gone", topic.id, topic.title.text, text=quote.quote, articles=(quote.article,))


def _left(ident: str, given: Given, homes: Mapping[str, Topic]) -> Unrecorded:
    """Return what became of a topic that nothing bears any more."""
    parts = Counter(homes[a].id for a in given.articles if a in homes)
    if not parts:
        return Unrecorded("gone", ident, "")
    into = max(parts, key=lambda other: (parts[other], other))
    target = next(topic for topic in homes.values() if topic.id == into)
    theirs = next(a for a in given.articles if a in homes and homes[a].id == into)
    others = [a.id for a in target.articles if a.id not in given.articles]
    return Unrecorded("merged", ident, target.title.text, (into,), articles=(theirs, *others[:1]))
