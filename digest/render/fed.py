"""The page of the outlets' feeds: how they were when they were read last, from the record of that, so that no clock is asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from digest.escape import address
from digest.feed_records import FeedRecord, health
from digest.models import When
from digest.render.tree import Tree
from digest.settings import Outlet

__all__ = ["FEEDS_PAGE", "feeds_page", "has_feeds"]

FEEDS_PAGE = "about/feeds/"


@dataclass(frozen=True, slots=True)
class _Fed:
    """A feed of an outlet."""

    number: int
    """Its place among all feeds of `outlets.yml`."""
    outlet: Outlet
    url: str
    record: FeedRecord

    @property
    def states(self) -> tuple[str, ...]:
        return health(self.record)

    @property
    def link(self) -> str | None:
        return address(self.url)

    @property
    def moments(self) -> Iterator[tuple[str, When]]:
        """When it was `checked`, when it was read last (`good`) if not then, and of when its `newest` entry is."""
        for name in ("checked", "good", "newest"):
            stated = getattr(self.record, name)
            if stated and not (name == "good" and stated == self.record.checked):
                yield name, When.parse(stated)


def has_feeds(pages: Tree) -> bool:
    """Return whether any feed was read."""
    return any(True for _ in _feeds(pages))


def feeds_page(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the page of the feeds, where any was read."""
    if rows := list(_feeds(pages)):
        yield pages.page("feeds", "about/feeds.md", rows=rows)


def _feeds(pages: Tree) -> Iterator[_Fed]:
    named = ((outlet, url) for outlet in pages.digest.settings.outlets.values() for url in outlet.feeds)
    for number, (outlet, url) in enumerate(named):
        if record := pages.digest.feeds.get(url):
            yield _Fed(number, outlet, url, record)
