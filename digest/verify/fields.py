"""What `data-from` marks claim, looked up in content and settings."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from digest.catalog import Catalog, language_name
from digest.models import Article, When
from digest.settings import setting_values
from digest.translation import engine_label
from digest.translators import ENGINES
from digest.verify.editors import written
from digest.verify.evidence import MODEL, Evidence

__all__ = ["field_values"]


def field_values(mark: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    """Return what a marked field may say; None where the mark names nothing that exists."""
    kind, _, rest = mark.partition(":")
    ident, _, name = rest.rpartition(":")
    find = _KINDS.get(kind)
    return find(ident, name, evidence, catalog) if find else None


def _article(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    article = evidence.articles.get(ident)
    if article is None:
        return None
    values: Mapping[str, Callable[[Article], Sequence[str | None]]] = {
        "title": lambda a: (a.title,), "outlet": lambda a: (a.outlet,), "author": lambda a: a.authors,
        "republished_by": lambda a: (a.republished_by,),
        "published": lambda a: (catalog.when(a.published) if a.published else None,),
        "day": lambda a: (catalog.day(a.published.day) if a.published else None,),
        "reposted": lambda a: (catalog.when(a.reposted) if a.reposted else None,),
    }
    return [value for value in values[name](article) if value] if name in values else None


def _outlet(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    outlet = evidence.settings.outlets.get(ident)
    if outlet is None or name not in {"name", "owner", "country", "homepage", "basis"}:
        return None
    value = getattr(outlet, name)
    return [catalog.country(value) if name == "country" else value] if value else None


def _feed(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    """Return the address of a feed, by its place among all feeds of the outlets, or a time that its record has."""
    addresses = [url for outlet in evidence.settings.outlets.values() for url in outlet.feeds]
    if not ident.isdecimal() or int(ident) >= len(addresses):
        return None
    if name == "address":
        return [addresses[int(ident)]]
    stated = getattr(evidence.fetched.get(addresses[int(ident)]), name, None) if name in {"checked", "good", "newest"} else None
    return [catalog.when(When.parse(stated))] if stated else None


def _settings(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    return [value for key, value in setting_values(evidence.settings) if key == name]


def _section(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    """Return the titles of a section of the front page."""
    found = next((section for section in evidence.settings.sections if section.id == ident), None)
    return [found.id, *found.titles.values()] if found and name == "title" else None


def _country(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    """Return the name of a country that a topic does not hear."""
    return [catalog.country(ident)] if name == "name" and any(ident in found for found in evidence.unheard.values()) else None


def _language(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    names = {"name": catalog.lang, "own": ident}
    return [language_name(ident, names[name])] if ident in evidence.languages and name in names else None


def _engine(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    """Return what a translation says of the engine that made it."""
    known = ident in ENGINES and MODEL.fullmatch(name)
    return [engine_label(ident, "" if name == "-" else name)] if known else None


def _left_out(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    if not ident.isdecimal() or int(ident) >= len(evidence.left_out):
        return None
    row = evidence.left_out[int(ident)]
    return [row.path.name if name == "file" else row.reason]


def _edition(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    """Return the titles that an edition's record gives its topics, where no article has them any more; no hidden article's headline."""
    record = evidence.records.get(ident)
    titles = [topic.title for topic in record.topics if topic.title and topic.title_article not in evidence.hidden] if record else []
    return titles if name == "title" and titles else None


class _Terms(Sequence[str]):
    """Every short term that stands in a group's articles."""

    def __init__(self, members: Iterable[str], evidence: Evidence) -> None:
        self._members, self._evidence = sorted(members), evidence

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self._evidence.shares(self._members, term)

    def __len__(self) -> int:
        return len(self._members)

    def __getitem__(self, index: object) -> str:
        raise IndexError


def _group(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    members = evidence.members.get(ident)
    if name == "title":
        return [text for _, text in evidence.editors_titles(ident)] or None
    return _Terms(members, evidence) if members and name == "term" else None


def _override(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    return written(evidence.overrides, int(ident), name, catalog) or None if ident.isdecimal() and len(ident) < 9 else None


def _hidden(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    """Return what may be told of an article that an editor hid: whose it is, and of which day."""
    row = evidence.hidden.get(ident)
    if row is None:
        return None
    return {"outlet": [row.outlet or ""], "day": [catalog.day(row.published.day)] if row.published else []}.get(name)


def _withdrawn(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    row = evidence.withdrawn.get(ident)
    return {"reason": [row.reason], "outlet": [row.outlet or ""], "day": [catalog.day(row.day)]}.get(name) if row else None


def _name(ident: str, name: str, evidence: Evidence, catalog: Catalog) -> Sequence[str] | None:
    row = evidence.names.get(ident)
    return {"name": [row["name"]], "spelling": row["spellings"]}.get(name) if row else None


_KINDS: Mapping[str, Callable[[str, str, Evidence, Catalog], Sequence[str] | None]] = {
    "article": _article, "outlet": _outlet, "feed": _feed, "section": _section, "country": _country,
    "settings": _settings, "language": _language, "left-out": _left_out,
    "story": _group, "topic": _group, "edition": _edition, "override": _override, "name": _name, "withdrawn": _withdrawn,
    "hidden": _hidden, "engine": _engine,
}
