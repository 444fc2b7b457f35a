"""What the last fetch leaves for an editor: feeds that need a look, and articles whose pages are gone."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from digest.editors.tasks import Task
from digest.errors import shown_path
from digest.feed_records import FEEDS, FeedRecord, health, read_feed_records
from digest.models import Article
from digest.settings import Settings

__all__ = ["find_fetched"]

_DO = {
    "failed": "open it in a browser; where the outlet gave it up, take it out of feeds or write its new address",
    "broken": "tell the outlet; what can be read of it is used",
    "empty": "open it in a browser; perhaps the outlet has another feed",
    "undated": "nothing, if the pages themselves tell their day",
    "stale": "open the outlet's homepage; perhaps it has another feed",
}
_SAID = {"broken": "it is not well-formed", "empty": "it has no entries", "undated": "none of its entries has a day"}


def find_fetched(content: Path, settings: Settings, articles: Sequence[Article]) -> Iterator[Task]:
    """Yield the tasks that `feeds.json` holds, of feeds and articles that are here still.

    Raises:
        RecordError: it is damaged.
    """
    records = read_feed_records(content)
    for url in (url for outlet in settings.outlets.values() for url in outlet.feeds):
        if record := records.feeds.get(url):
            yield from (_feed(content, url, record, state) for state in health(record) if state != "fine")
    here = {article.id: article for article in articles}
    for ident, gone in sorted(records.gone.items()):
        if article := here.get(ident):
            yield Task("gone", shown_path(article.path), f"{article.url} answered {gone.status} on {gone.checked[:10]}",
                       f"find out why; if the outlet took it back: digest withdraw {ident} --reason …")


def _feed(content: Path, url: str, record: FeedRecord, state: str) -> Task:
    said = {"failed": f"it could not be read on {record.checked[:10]}: {record.problem}", "moved": f"it moved to {record.moved}",
            "stale": f"nothing in it is newer than {(record.newest or '')[:10]}"} | _SAID
    do = {"moved": f"write {record.moved} in its place in {shown_path(content / 'outlets.yml')}"} | _DO
    return Task("feed", f"{shown_path(content / FEEDS)}, {record.outlet}: {url}", said[state], do[state])
