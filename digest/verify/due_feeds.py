"""Which feeds a site must have and which entries, as its data and the content say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from digest.catalog import Catalog, load_catalog
from digest.escape import address, visible
from digest.feeds import ATOM, feed_id, moment, number_notes
from digest.models import Article, Correction, When, newest
from digest.records import digest_id
from digest.settings import Outlet
from digest.verify.evidence import Evidence

__all__ = ["DueEntry", "DueFeed", "due_feeds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEntry:
    """What an entry must say, apart from its text."""

    title: str
    title_lang: str
    lang: str
    updated: frozenset[str]
    """The moments that it may tell."""
    places: tuple[str, ...]
    """Where it may stand, from the site's root."""
    page: str
    """The page whose text its own must be a part of."""
    source: str | None = None
    quotes: frozenset[str] | None = None
    """The quotations that it may have; None: any of its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFeed:
    """What a feed must say."""

    name: str
    """Its file."""
    ident: str
    title: str
    catalog: Catalog
    page: str
    subtitles: frozenset[str] = frozenset()
    entries: Mapping[str, DueEntry] = field(default_factory=dict)
    """By their ids."""
    some: bool = False
    """Whether entries may be missing."""


_TOLD = ("id", "slug", "title", "stories", "summary", "corrections")
"""What feeds tell of the data of a topic."""


def due_feeds(evidence: Evidence) -> Iterator[DueFeed]:
    """Yield the feeds of a site, but for those of former topics that lead on."""
    return (feed for tree in evidence.trees for feed in _Due(evidence, tree).feeds())


class _Due:
    """What is due in the tree of a language."""

    def __init__(self, evidence: Evidence, tree: str) -> None:
        self.evidence, self.tree, self.lang = evidence, tree, evidence.trees[tree]
        self.catalog = load_catalog(self.lang)
        self.site = visible(evidence.settings.title)
        self.ident = partial(feed_id, digest_id(evidence.ledger, evidence.articles.values()), self.lang)
        here = {page: found for page, found in evidence.topics.items() if evidence.tree_of(page) == tree}
        self.topics = {page: {key: found[key] for key in _TOLD} for page, found in here.items()}
        self.numbered = number_notes(map(_note, (row for found in self.topics.values() for row in found["corrections"])))
        self.homes = {ident: page for page, found in self.topics.items() for ident in evidence.members[found["id"]]}

    def feeds(self) -> Iterator[DueFeed]:
        """Yield the feeds of the tree."""
        yield self._feed("", self.site, self._topic_entries(), said=("chosen", "chosen_translated"))
        for page, found in self.topics.items():
            yield self._feed(page.removeprefix(self.tree), self._named(self._title(page, found["title"])), self._event_entries(page, found),
                             "topics", found["slug"], said=("chosen", "chosen_translated"))
        for outlet in self.evidence.settings.outlets.values():
            place = f"outlets/{outlet.id}/"
            yield self._feed(place, self._named(outlet.name), self._articles(outlet, place), "outlets", outlet.id, some=True)
        if notes := dict(self._notes(self.topics.items())):
            yield self._feed("corrections/", self._named(self._words("section_corrections")), notes.items(), "corrections",
                             said=("corrections_intro",))
        for slug in sorted(self._gone()):
            yield self._feed(f"topics/{slug}/", self._named(self._words("gone")), (), "topics", slug, said=("gone_why",))

    def _gone(self) -> Iterator[str]:
        """Yield the former addresses of topics whose articles are all gone."""
        for given in self.evidence.ledger.topics.values():
            if given.slug and given.slug not in self.evidence.slugs and not self.evidence.articles.keys() & set(given.articles):
                yield given.slug

    def _feed(self, place: str, title: str, entries: Iterable[tuple[str, DueEntry]], *names: str, said: Sequence[str] = (),
              some: bool = False) -> DueFeed:
        return DueFeed(name=f"{self.tree}{place}{ATOM}", ident=self.ident(*names, "feed"), title=title, catalog=self.catalog,
                       page=self.tree + place, subtitles=frozenset(map(self._words, said)), entries=dict(entries), some=some)

    def _words(self, key: str) -> str:
        return visible(self.catalog.text(key).unescape())

    def _named(self, name: str) -> str:
        return f"{visible(name)} - {self.site}"

    def _told(self, page: str) -> Catalog:
        return load_catalog(self.evidence.told.get(page, self.lang))

    def _title(self, page: str, title: Mapping[str, Any]) -> str:
        return visible(self._told(page).joint().join(title["terms"]) if title["from"] == "terms" else title["text"])

    def _topic_entries(self) -> Iterator[tuple[str, DueEntry]]:
        for page, found in self.topics.items():
            updated = self._updated(page, self.evidence.members[found["id"]])
            yield self.ident("topics", found["id"]), self._entry(page, found["title"], updated, page, _quotes(found))

    def _event_entries(self, page: str, found: Mapping[str, Any]) -> Iterator[tuple[str, DueEntry]]:
        """Yield the entries of a topic's events, and of the editors' notes on it."""
        for story in found["stories"]:
            updated = self._updated(page, story["articles"])
            yield self.ident("events", story["id"]), self._entry(page, story["title"], updated, f"{page}#{story['id']}", _quotes(found))
        yield from self._notes([(page, found)])

    def _updated(self, page: str, members: Iterable[str]) -> list[When] | list[date]:
        """Return the moment of a group's newest article or, where all are undated, the days of editions that told it."""
        articles = [article for ident in members if (article := self.evidence.articles.get(ident))]
        latest = newest(articles)
        return [latest] if latest else self._days(page, articles)

    def _entry(self, page: str, title: Mapping[str, Any], updated: Sequence[When | date], place: str, quotes: frozenset[str]) -> DueEntry:
        return DueEntry(title=self._title(page, title), title_lang=title["lang"], lang=self._told(page).lang,
                        updated=frozenset(map(moment, updated)), places=(place,), page=page, quotes=quotes)

    def _articles(self, outlet: Outlet, place: str) -> Iterator[tuple[str, DueEntry]]:
        """Yield the entries of an outlet's articles: each leads to its own page or to its topic's."""
        for article in self.evidence.articles.values():
            if article.outlet == outlet.id:
                yield self.ident("articles", article.id), DueEntry(
                    title=visible(article.title), title_lang=article.lang, lang=self.catalog.lang,
                    updated=frozenset(map(moment, [article.published] if article.published else self._days("", [article]))),
                    places=(f"sources/{article.id}/", self.homes.get(article.id, "")), page=self.tree + place,
                    source=address(article.url), quotes=frozenset())

    def _notes(self, topics: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, DueEntry]]:
        """Yield the entries of the editors' notes on topics; they are numbered among all of the tree."""
        for page, found in topics:
            for note in map(_note, found["corrections"]):
                yield self.ident(*self.numbered[note.line]), DueEntry(
                    title=self._title(page, found["title"]), title_lang=found["title"]["lang"], lang=self.catalog.lang,
                    updated=frozenset({moment(note.day)}),
                    places=(f"{page}#corrections",), page=f"{self.tree}corrections/", quotes=frozenset())

    def _days(self, page: str, articles: Iterable[Article]) -> list[date]:
        """Return the days of the editions that told a topic or quoted articles, and that of this edition."""
        slug, quoted = page.removeprefix(self.tree).removeprefix("topics/").rstrip("/"), {article.id for article in articles}
        told = [record.day for record in self.evidence.records.values() for topic in record.topics
                if topic.slug == slug or topic.articles & quoted]
        return [*told, *([date.fromisoformat(self.evidence.day)] if self.evidence.day else [])]


def _quotes(topic: Mapping[str, Any]) -> frozenset[str]:
    """Return the marks of the key points of a topic and its events."""
    cited = (point["citations"][0] for group in (topic, *topic["stories"]) for point in group["summary"])
    return frozenset(f"{c['article']}@{c['version']}:{c['start']}-{c['end']}" for c in cited)


def _note(row: Mapping[str, Any]) -> Correction:
    return Correction(row["line"], date.fromisoformat(row["date"]), row["by"], row["text"])
