"""Which names have a page of their own: places and organizations of several topics, and persons that an editor has listed."""

from collections.abc import Collection, Mapping, Sequence

from digest.findings import Findings, Name
from digest.models import Topic
from digest.words import fold

__all__ = ["is_listed", "list_names"]

TOPICS = 3
"""A place or organization has a page from this many topics on."""


def list_names(topics: Sequence[Topic], findings: Mapping[str, Findings], persons: Collection[str],
               hidden: Collection[str]) -> tuple[tuple[Name, tuple[Topic, ...]], ...]:
    """Return the names that have a page, in alphabetical order, each over all its topics, and these topics in their order.

    `persons` and `hidden` are the editors' lists; they are compared without case and accents, in any spelling of a name.
    """
    found: dict[str, list[tuple[Topic, Name]]] = {}
    for topic in topics:
        for name in findings[topic.id].names if topic.id in findings else ():
            found.setdefault(fold(name.name), []).append((topic, name))
    joined = [(_join([name for _, name in rows]), tuple(topic for topic, _ in rows)) for rows in found.values()]
    kept = [(name, places) for name, places in joined if _has_page(name, len(places), persons) and not is_listed(name, hidden)]
    return tuple(sorted(kept, key=lambda row: (fold(row[0].name), row[0].name)))


def _has_page(name: Name, topics: int, persons: Collection[str]) -> bool:
    return (topics >= TOPICS and name.kind in {"place", "organization"}) or is_listed(name, persons)


def is_listed(name: Name, listed: Collection[str]) -> bool:
    """Return whether an editors' list has a name, in any of its spellings, whatever its case and accents."""
    spellings = {fold(spelling) for spelling in (name.name, *name.spellings)}
    return not spellings.isdisjoint(map(fold, listed))


def _join(names: Sequence[Name]) -> Name:
    """Return one name over several topics: the kind that most say, spellings and places in their order."""
    kinds = [name.kind for name in names]
    spellings = dict.fromkeys(spelling for name in names for spelling in name.spellings)
    citations = tuple(sorted((c for name in names for c in name.citations), key=lambda c: (c.article.order, c.start)))
    return Name(names[0].name, tuple(spellings), max(kinds, key=lambda kind: (kinds.count(kind), kind != "name")), citations)
