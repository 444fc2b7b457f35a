"""What the feeds of a site keep: where they lie, the ids that never change, which moments they tell. Written by `render`, read by `verify`.

An id depends on nothing but the ids that the ledger keeps (of the digest, a topic, an event), those of outlets and articles, and the
language: neither on the address of the site, nor on its title, nor on what stands there. So readers who move with a site to another
address are told nothing twice.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from digest.escape import address, visible
from digest.models import Correction, When
from digest.settings import Outlet, Settings
from digest.slugs import short_hash

__all__ = ["ATOM", "JSON", "LONGEST", "OPML", "feed_base", "feed_id", "moment", "number_notes", "outline_rows"]

ATOM = "feed.xml"
"""The name of an Atom feed, in the folder of the page that it follows."""
JSON = "feed.json"
"""The name of a JSON Feed, beside the Atom feed that says the same."""
OPML = "sources/outlets.opml"
"""The list of the outlets, for all languages."""
LONGEST = 50
"""Entries of a feed, at most: the newest."""
_SPACE = UUID("1c8f1759-329c-4876-b179-da3d135e539b")
"""The namespace of our names (RFC 9562)."""


def feed_base(site: str, day: date | str | None) -> str:
    """Return what the addresses in feeds begin with, by the address of the site and the day of the edition; nothing where there are none.

    Feeds are read away from their site, so their links need its address; and they must tell when they changed, so an edition needs a day.
    """
    return (address(site) or "") if day else ""


def feed_id(digest: str, lang: str, *names: str) -> str:
    """Return the id of a feed or an entry, such as that of `topics`, `t-0123abcd`."""
    return uuid5(_SPACE, "/".join((digest, lang, *names))).urn


def number_notes(notes: Iterable[Correction]) -> dict[int, tuple[str, ...]]:
    """Return what the ids of all editors' notes are made of, by their lines: day and words; of notes that agree in both, the number too."""
    names: dict[int, tuple[str, ...]] = {}
    for line, name in sorted({note.line: (note.day.isoformat(), short_hash(note.by, note.text)) for note in notes}.items()):
        same = sum(other[1:3] == name for other in names.values())
        names[line] = ("corrections", *name, *([str(same + 1)] if same else []))
    return names


def moment(stated: When | date) -> str:
    """Return a moment as RFC 3339 has it, in UTC: midnight where only the day is stated."""
    when = stated.moment if isinstance(stated, When) else datetime.combine(stated, time(), UTC)
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def outline_rows(settings: Settings) -> list[dict[str, str]]:
    """Return what the list of outlets says of each (OPML 2.0): its feeds or, where none is declared, its homepage."""
    declared = [settings.outlets[name] for name in sorted(settings.outlets)]
    return [row for outlet in declared for row in _outlines(outlet)]


def _outlines(outlet: Outlet) -> Iterator[dict[str, str]]:
    name, home = visible(outlet.name), address(outlet.homepage)
    feeds = [feed for stated in outlet.feeds if (feed := address(stated))]
    for feed in feeds:
        yield {"text": name, "type": "rss", "xmlUrl": feed} | ({"htmlUrl": home} if home else {}) | (
            {"language": outlet.lang} if outlet.lang else {})
    if home and not feeds:
        yield {"text": name, "type": "link", "url": home}
