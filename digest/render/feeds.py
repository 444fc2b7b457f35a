"""The feeds: of the site, of each topic, of each outlet and of the editors' notes, in the tree of each language.

The feed of the site has an entry for each topic, that of a topic one for each of its events and editors' notes, that of an outlet one for
each of its articles. An entry says what its page says, with links that work anywhere; what leaves the pages leaves the feeds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from lxml.html import fragment_fromstring, tostring

from digest.escape import address, visible
from digest.feeds import ATOM, JSON, LONGEST, OPML, feed_id, moment, outline_rows
from digest.marks import source_url, topic_url
from digest.models import Article, Correction, Story, Topic, newest
from digest.pipeline import Digest
from digest.render.feed_files import Entry, Feed, format_atom, format_json_feed, format_opml
from digest.render.marker import Marker
from digest.render.topic_page import count
from digest.render.tree import Shown, Tree
from digest.settings import Outlet

__all__ = ["feed_files", "outlet_list", "topic_feeds"]


def feed_files(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the feeds of a tree but for those of its topics; none where the site's address is not known or no article has a date."""
    if not pages.base or not pages.digest.edition.day:
        return
    write = _Writer(pages, pages.digest.edition.day)
    site = write.site()
    yield f"{pages.prefix}{ATOM}", format_atom(site)
    yield f"{pages.prefix}{JSON}", format_json_feed(site, f"{pages.base}{pages.prefix}{JSON}")
    for slug, heir in pages.digest.forwards.items():
        yield f"{pages.prefix}{topic_url(slug)}{ATOM}", format_atom(write.topic(pages.shown(heir)) if heir else write.gone(slug))
    for outlet in pages.digest.settings.outlets.values():
        yield f"{pages.prefix}outlets/{outlet.id}/{ATOM}", format_atom(write.outlet(outlet))
    if any(topic.corrections for topic in pages.telling.topics):
        yield f"{pages.prefix}corrections/{ATOM}", format_atom(write.corrections())


def topic_feeds(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the feed of each topic of a tree, where there are feeds."""
    if pages.base and pages.digest.edition.day:
        write = _Writer(pages, pages.digest.edition.day)
        for topic in pages.telling.topics:
            yield f"{pages.prefix}{topic_url(topic.slug)}{ATOM}", format_atom(write.topic(pages.shown(topic)))


def outlet_list(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the list of outlets with their feeds and homepages, if any has one."""
    if rows := outline_rows(pages.digest.settings):
        yield OPML, format_opml(visible(pages.digest.settings.title), rows)


def _told_days(digest: Digest) -> Mapping[str, Sequence[date]]:
    """Return the days of the editions that told a topic or quoted an article, oldest first, by address and id."""
    days: dict[str, list[date]] = {}
    for page in reversed(digest.days):
        for topic in page.topics:
            quoted = {cited.article.id for point in (*topic.points, *topic.kept) for cited in point.citations}
            for name in sorted({topic.url, *quoted}):
                days.setdefault(name, []).append(page.day)
    return days


class _Writer:
    """Makes the feeds of a tree."""

    def __init__(self, pages: Tree, day: date) -> None:
        self.pages, self.digest, self.settings, self.day = pages, pages.digest, pages.digest.settings, day
        self.ident = partial(feed_id, self.digest.ident, pages.telling.lang)
        self.days = _told_days(self.digest)
        self.homes = {article.id: topic for topic in pages.telling.topics for article in topic.articles}

    def site(self) -> Feed:
        """Return the feed of the site: its topics, the last changed first."""
        entries = [self._topic_entry(self.pages.shown(topic)) for topic in self.pages.telling.topics]
        return self._feed("", visible(self.settings.title), entries, said=self._chosen)

    def topic(self, shown: Shown) -> Feed:
        """Return the feed of a topic: its events, and the editors' notes on it."""
        topic = shown.topic
        m = self._marker(topic_url(topic.slug), shown)
        entries = [self._event_entry(story, shown) for story in topic.stories]
        return self._feed(topic_url(topic.slug), self._named(m.title_text(topic)), [*entries, *self._notes([topic])], "topics", topic.slug,
                          said=self._chosen)

    def gone(self, slug: str) -> Feed:
        """Return the feed of a topic whose articles are all gone: its address stays."""
        words = self._words("gone_why")
        return self._feed(topic_url(slug), self._named(self._words("gone")), [], "topics", slug, said=words)

    def outlet(self, outlet: Outlet) -> Feed:
        """Return the feed of an outlet: its articles, but for undated ones that nothing quotes."""
        articles = [a for a in self.digest.articles if a.outlet == outlet.id and (a.published or self.days.get(a.id))]
        place = f"outlets/{outlet.id}/"
        return self._feed(place, self._named(outlet.name), [self._article_entry(a, place) for a in articles], "outlets", outlet.id)

    def corrections(self) -> Feed:
        """Return the feed of all editors' notes."""
        return self._feed("corrections/", self._named(self._words("section_corrections")), self._notes(self.pages.telling.topics),
                          "corrections", said=self._words("corrections_intro"))

    @property
    def _chosen(self) -> str:
        return self._words("chosen_translated" if self.pages.telling.translates else "chosen")

    def _words(self, key: str) -> str:
        return visible(self.pages.catalog.text(key).unescape())

    def _named(self, name: str) -> str:
        """Return the title of a feed that is not the site's, as browsers show that of a page."""
        return f"{visible(name)} - {visible(self.settings.title)}"

    def _feed(self, place: str, title: str, entries: Iterable[Entry], *names: str, said: str = "") -> Feed:
        latest = sorted(entries, key=lambda entry: (entry.updated, entry.ident), reverse=True)[:LONGEST]
        page = f"{self.pages.base}{self.pages.prefix}{place}"
        return Feed(ident=self.ident(*names, "feed"), title=title, subtitle=said, lang=self.pages.catalog.lang,
                    page=page, address=page + ATOM,
                    author=visible(self.settings.publisher or self.settings.title), contact=self.settings.contact,
                    updated=latest[0].updated if latest else moment(self.day), entries=tuple(latest))

    def _marker(self, place: str, shown: Shown) -> Marker:
        return self.pages.marker(place, fallen=shown.fallen, base=self.pages.base)

    def _topic_entry(self, shown: Shown) -> Entry:
        topic, place = shown.topic, topic_url(shown.topic.slug)
        m, latest = self._marker(place, shown), newest(shown.topic.articles)
        said = self._said("topic", place, fallen=shown.fallen, topic=topic, counted=count(topic.stories), newest=latest)
        told = self.days.get(place, [self.day])
        return Entry(ident=self.ident("topics", topic.id), title=visible(m.title_text(topic)), title_lang=m.title_lang(topic),
                     lang=m.catalog.lang, updated=moment(latest or told[-1]), page=m.link(place), html=said)

    def _event_entry(self, story: Story, shown: Shown) -> Entry:
        """Return the entry of an event; that of the only one quotes what its topic's page does."""
        place = topic_url(shown.topic.slug)
        m, url, latest = self._marker(place, shown), f"{place}#{story.id}", newest(story.articles)
        summary = story.summary if len(shown.topic.stories) > 1 else shown.topic.summary
        said = self._said("event", place, fallen=shown.fallen, story=story, summary=summary, counted=count([story]))
        told = sorted(day for article in story.articles for day in self.days.get(article.id, ())) or self.days.get(place, [self.day])
        return Entry(ident=self.ident("events", story.id), title=visible(m.title_text(story)), title_lang=m.title_lang(story),
                     lang=m.catalog.lang, updated=moment(latest or told[-1]), page=m.link(url), html=said)

    def _article_entry(self, article: Article, place: str) -> Entry:
        m = self.pages.marker(place, base=self.pages.base)
        topic, quoted = self.homes[article.id], article.id in self.digest.cited
        page = source_url(article) if quoted else topic_url(topic.slug)
        return Entry(ident=self.ident("articles", article.id), title=visible(article.title), title_lang=article.lang, lang=m.catalog.lang,
                     updated=moment(article.published or self.days[article.id][0]), page=m.link(page), source=address(article.url),
                     html=self._said("article", place, article=article, quoted=quoted, topic=topic, topic_url=topic_url(topic.slug)))

    def _notes(self, topics: Iterable[Topic]) -> Iterator[Entry]:
        """Yield the entries of editors' notes, the same in every feed."""
        return (self._note_entry(note, self.pages.shown(topic)) for topic in topics for note in topic.corrections)

    def _note_entry(self, note: Correction, shown: Shown) -> Entry:
        place = f"{topic_url(shown.topic.slug)}#corrections"
        m = self._marker("corrections/", shown)
        return Entry(ident=self.ident(*self.digest.notes[note.line]), title=visible(m.title_text(shown.topic)),
                     title_lang=m.title_lang(shown.topic), lang=self.pages.catalog.lang, updated=moment(note.day), page=m.link(place),
                     html=self._said("correction", "corrections/", note=note))

    def _said(self, template: str, place: str, *, fallen: bool = False, **values: object) -> str:
        """Return what an entry says, as HTML that a parser has read and written again."""
        filled = self.pages.part(template, place, fallen=fallen, **values)
        said = str(tostring(fragment_fromstring(filled), encoding="unicode"))
        return "\n".join(line for line in said.splitlines() if line.strip())
