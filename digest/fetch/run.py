"""Fetch the feeds of `outlets.yml` and the pages behind them: each article is on its shelf before the next one is looked at."""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from digest.errors import FetchError, SettingsError
from digest.feed_records import FeedRecord, FeedRecords, Gone, Seen, read_feed_records, write_feed_records
from digest.fetch.pages import page_article
from digest.fetch.web import Answer, Web
from digest.ingest.add import Added, put_found
from digest.ingest.feed import Entry, Feed, read_feed
from digest.ingest.feed_file import read_entry
from digest.ingest.shelf import Shelf
from digest.ingest.sources import Found, attempt
from digest.locking import alone_in
from digest.models import Article
from digest.settings import Settings
from digest.slugs import short_hash

__all__ = ["Fetched", "fetch_feeds"]

_HOSTS = 8
"""Hosts that are asked at the same time."""
_SAVED = 2.0
"""Seconds after which what was done is written down."""
_GONE = frozenset({404, 410})

Progress = Callable[[Iterator["Got"], int], Iterator["Got"]]


@dataclass(slots=True)
class Page:
    """A page to be fetched, and why."""

    url: str
    named: list[tuple[str, Entry]] = field(default_factory=list)
    """The feeds that name it, and what each says of it."""
    article: str | None = None
    """The article that was made of it before."""

    @property
    def feed(self) -> str:
        """The first feed that names it; nothing where none does."""
        return self.named[0][0] if self.named else ""

    @property
    def entry(self) -> Entry | None:
        """What that feed says of it."""
        return self.named[0][1] if self.named else None


@dataclass(frozen=True, slots=True)
class Got:
    """A page, and what came of asking for it."""

    page: Page
    answer: Answer | FetchError


@dataclass(slots=True)
class Fetched:
    """What a fetch did."""

    records: FeedRecords
    asked: tuple[str, ...]
    """The feeds, in the order of `outlets.yml`."""
    added: dict[str, list[Added]] = field(default_factory=dict)
    """What became of pages, by feed; those looked at again by the empty name."""
    gone: list[str] = field(default_factory=list)
    """Ids of articles whose pages are gone."""

    @property
    def failed(self) -> int:
        """How many of the feeds could not be read."""
        return sum(self.records.feeds[url].problem is not None for url in self.asked)

    def count(self, feed: str, *states: str) -> int:
        """Return how many articles of a feed came out so."""
        return sum(added.state in states for added in self.added.get(feed, ()))


def fetch_feeds(content: Path, settings: Settings, web: Web, now: datetime, *, outlets: Collection[str] = (), again: int = 0,
                progress: Progress = lambda got, _: got) -> Fetched:
    """Fetch the feeds of the outlets, or of some, and the pages that are new or changed; those of the last `again` days once more.

    What was fetched is kept whatever happens then; the next run goes on where this one stopped.

    Raises:
        RecordError: `feeds.json` is damaged.
        SettingsError: no outlet has a feed.
        BusyError: another run writes to the content folder.
        OSError: the content folder cannot be written.
    """
    chosen = (outlet for outlet in settings.outlets.values() if not outlets or outlet.id in outlets)
    feeds = [(url, outlet.id) for outlet in chosen for url in outlet.feeds]
    if not feeds:
        raise SettingsError(content / "outlets.yml", "no feeds; write them to an outlet, as in feeds: [https://courier.example.org/feed.xml]")
    with alone_in(content):
        return _fetch(content, settings, web, now, feeds, again, progress)


def _fetch(content: Path, settings: Settings, web: Web, now: datetime, feeds: Sequence[tuple[str, str]], again: int,
           progress: Progress) -> Fetched:
    done = Fetched(read_feed_records(content), tuple(url for url, _ in feeds))
    run = _Run(content, settings, web, now, Shelf.of(content, settings), done)
    with ThreadPoolExecutor(_HOSTS) as pool:
        found = list(pool.map(partial(_ask_feed, run), feeds))
    for (url, outlet), answer in zip(feeds, found, strict=True):
        run.note_feed(url, outlet, answer)
    pages = (*run.pages.values(), *(_recent(run, again) if again else ()))
    try:
        for got in progress(_fetched(pages, web), len(pages)):
            run.take(got)
    finally:
        run.save()
    return run.done


@dataclass(slots=True)
class _Run:
    content: Path
    settings: Settings
    web: Web
    now: datetime
    shelf: Shelf
    done: Fetched
    pages: dict[str, Page] = field(default_factory=dict)
    """By address: several feeds may name one."""
    feeds: dict[str, Feed] = field(default_factory=dict)
    open: Counter[str] = field(default_factory=Counter)
    """How many pages of a feed are still to be fetched, in this run or the next."""
    saved: float = 0.0

    @property
    def stamp(self) -> str:
        return self.now.astimezone(UTC).isoformat(timespec="seconds")

    def note_feed(self, url: str, outlet: str, answer: "tuple[Answer, Feed | None] | FetchError") -> None:
        """Remember what a feed says, and which of its pages are to be fetched."""
        before = self.done.records.feeds.get(url) or FeedRecord(outlet=outlet, checked=self.stamp)
        before = replace(before, outlet=outlet, checked=self.stamp)
        if isinstance(answer, FetchError):
            self._record(url, replace(before, problem=answer.problem))
            return
        got, feed = answer
        before = replace(before, problem=None, good=self.stamp, moved=got.moved)
        if feed is None:
            self._record(url, before)
            return
        self.feeds[url] = feed
        keys = {entry.key for entry in feed.entries}
        stated = [entry.published.moment for entry in feed.entries if entry.published]
        newest = max((moment for moment in stated if moment <= self.now + timedelta(days=1)), default=None)
        self._record(url, replace(
            before, etag=got.etag, modified=got.modified, title=feed.title, entries=len(feed.entries), notes=feed.notes,
            undated=len(feed.entries) - len(stated), newest=newest.isoformat() if newest else None,
            seen={key: seen for key, seen in before.seen.items() if key in keys}))
        for entry in feed.entries:
            self._want(url, entry)

    def _want(self, url: str, entry: Entry) -> None:
        """Put an entry's page on the list, unless what it holds is known."""
        seen = self.done.records.feeds[url].seen.get(entry.key)
        if seen and seen.mark == _mark(entry):
            return
        self.open[url] += 1
        known = next(iter(self.shelf.by_url.get(entry.url or "", {})), None)
        if entry.url and known and seen is None:
            self._see(url, entry, Seen(_mark(entry), known))
        elif entry.url:
            self.pages.setdefault(entry.url, Page(entry.url, article=seen.article if seen else None)).named.append((url, entry))
        else:
            found = attempt(f"{url}: {entry.key}", partial(read_entry, entry, self.feeds[url], url, self.now.date()))
            self._put([(url, entry)], replace(found, fetched=url))

    def take(self, got: Got) -> None:
        """Put a page that was fetched on the shelf."""
        page, answer = got.page, got.answer
        if isinstance(answer, FetchError):
            self._failed(page, answer)
        else:
            self._put(page.named, page_article(answer, page.url, self.now.date(), page.entry))
            if page.article:
                self._back(page.article)
        if monotonic() - self.saved > _SAVED:
            self.save()

    def _put(self, named: Sequence[tuple[str, Entry]], found: Found) -> None:
        added = put_found(found, self.shelf, self.settings)
        self.done.added.setdefault(named[0][0] if named else "", []).append(added)
        for feed, entry in named:
            self._see(feed, entry, Seen(_mark(entry), added.article.stem if added.article else None, added.problem))

    def _failed(self, page: Page, error: FetchError) -> None:
        self.done.added.setdefault(page.feed, []).append(Added(page.url, None, "refused", problem=error.problem))
        if page.article and error.status in _GONE:
            self.done.gone.append(page.article)
            gone = {**self.done.records.gone, page.article: Gone(error.status, self.stamp)}
            self.done.records = replace(self.done.records, gone=gone)
        for feed, entry in page.named if not error.again else ():
            self._see(feed, entry, Seen(_mark(entry), page.article, error.problem))

    def _back(self, article: str) -> None:
        """Forget that an article's page was gone."""
        if article in self.done.records.gone:
            left = {ident: row for ident, row in self.done.records.gone.items() if ident != article}
            self.done.records = replace(self.done.records, gone=left)

    def _see(self, feed: str, entry: Entry, seen: Seen) -> None:
        self.open[feed] -= 1
        record = self.done.records.feeds[feed]
        self._record(feed, replace(record, seen={**record.seen, entry.key: seen}))

    def _record(self, url: str, record: FeedRecord) -> None:
        self.done.records = replace(self.done.records, feeds={**self.done.records.feeds, url: record})

    def save(self) -> None:
        """Write down what was done; a feed of which pages are still to be fetched will be asked for whole, changed or not."""
        feeds = {url: replace(record, etag=None, modified=None) if self.open[url] > 0 else record
                 for url, record in self.done.records.feeds.items()}
        write_feed_records(self.content, replace(self.done.records, feeds=feeds))
        self.saved = monotonic()


def _mark(entry: Entry) -> str:
    return short_hash(entry.title or "", entry.changed or "")


def _ask_feed(run: _Run, named: tuple[str, str]) -> "tuple[Answer, Feed | None] | FetchError":
    url, _ = named
    known = run.done.records.feeds.get(url)
    try:
        got = run.web.get(url, etag=known.etag if known else None, modified=known.modified if known else None)
        return got, None if got.status == 304 else read_feed(got.body, got.url)
    except FetchError as error:
        return error


def _recent(run: _Run, days: int) -> Iterator[Page]:
    """Yield the pages of the last days' articles of outlets with feeds, to see whether they changed or are gone."""
    for article in sorted(run.shelf.by_id.values(), key=lambda article: article.order):
        if article.url and article.url not in run.pages and _is_recent(article, run, days):
            yield Page(article.url, article=article.id)


def _is_recent(article: Article, run: _Run, days: int) -> bool:
    outlet = run.settings.outlets.get(article.outlet or "")
    if outlet is None or not outlet.feeds or article.published is None:
        return False
    return article.published.moment >= run.now - timedelta(days=days)


def _host(page: Page) -> str:
    return urlsplit(page.url).netloc


def _fetched(pages: Sequence[Page], web: Web) -> Iterator[Got]:
    """Yield pages as they come: several hosts at a time, the pages of one host one after another."""
    hosts = (deque(of_host) for _, of_host in groupby(sorted(pages, key=_host), key=_host))
    asked: dict[Future[Got], deque[Page]] = {}
    with ThreadPoolExecutor(_HOSTS) as pool:
        def ask(left: deque[Page]) -> None:
            asked[pool.submit(_asked, left.popleft(), web)] = left
        for left in islice(hosts, _HOSTS):
            ask(left)
        while asked:
            for done in wait(asked, return_when=FIRST_COMPLETED).done:
                if left := asked.pop(done) or next(hosts, deque()):
                    ask(left)
                yield done.result()


def _asked(page: Page, web: Web) -> Got:
    try:
        return Got(page, web.get(page.url))
    except FetchError as error:
        return Got(page, error)
