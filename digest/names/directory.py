"""Which names have a page of their own: places and organizations of several topics, and persons that an editor has listed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.findings import Findings, Name
from digest.models import Topic
from digest.slugs import name_slug
from digest.words import fold

__all__ = ["Listed", "drop_names", "is_listed", "list_names"]

TOPICS = 3
"""A place or organization has a page from this many topics on."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A name that has a page."""

    slug: str
    """The last part of its address."""
    name: Name
    """Over all its topics."""
    topics: tuple[Topic, ...]


def list_names(topics: Sequence[Topic], findings: Mapping[str, Findings], persons: Collection[str], hidden: Collection[str],
               given: Collection[str] = ()) -> tuple[Listed, ...]:
    """Return the names that have a page, in alphabetical order.

    Names that are the same in Latin letters are one. `persons` and `hidden` are the editors' lists; they are compared without case and
    accents, in any spelling of a name. A name keeps the address that one of its spellings was `given`.
    """
    found: dict[str, list[tuple[Topic, Name]]] = {}
    for topic in topics:
        for name in findings[topic.id].names if topic.id in findings else ():
            found.setdefault(name_slug(name.name), []).append((topic, name))
    joined = [(_join([name for _, name in rows]), tuple({topic.id: topic for topic, _ in rows}.values())) for rows in found.values()]
    kept = [(name, places) for name, places in joined if _has_page(name, len(places), persons) and not is_listed(name, hidden)]
    return tuple(_addressed(sorted(kept, key=lambda row: (fold(row[0].name), row[0].name)), given))


def _addressed(names: Sequence[tuple[Name, tuple[Topic, ...]]], given: Collection[str]) -> Iterator[Listed]:
    """Yield the names with their addresses: one that was given to a spelling, unless it is another name's own."""
    taken = {name_slug(name.name) for name, _ in names}
    for name, topics in names:
        slugs = dict.fromkeys(map(name_slug, (name.name, *name.spellings)))
        own = name_slug(name.name)
        slug = own if own in given else next((s for s in slugs if s in given and s not in taken), own)
        taken.add(slug)
        yield Listed(slug, name, topics)


def drop_names(given: Collection[str], listed: Sequence[Listed], hidden: Collection[str]) -> tuple[str, ...]:
    """Return the addresses that were given to names which have no page any more; nothing stays of those that editors hide."""
    return tuple(sorted({*given} - {row.slug for row in listed} - {name_slug(name) for name in hidden}))


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
