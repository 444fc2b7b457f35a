"""The archive: what each edition said; and the editors" notes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.marks import day_url, topic_url
from digest.models import Correction, Topic
from digest.render.head import describe_first
from digest.render.receipts import Receipts
from digest.render.tree import Tree

__all__ = ["archive_pages", "corrections_page"]


def archive_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the list of former editions, and each of them."""
    days = sorted(pages.digest.days, key=lambda page: page.day, reverse=True)
    rows = [{"day": page.day, "url": day_url(page.day), "topics": len(page.topics)} for page in days]
    corrected = any(topic.corrections for topic in pages.telling.topics)
    yield pages.page("archive", "archive/index.md", days=rows, names=pages.digest.names, corrections=corrected)
    for page in days:
        points = [point for topic in page.topics for point in topic.points]
        topics = [replace(topic, topic=pages.local(topic.topic) if topic.topic else None) for topic in page.topics]
        fallen, url = pages.falls(points), day_url(page.day)
        described = describe_first(pages.marker(url, fallen=fallen), points)
        yield pages.page("day", f"{url.rstrip('/')}.md", described=described, fallen=fallen, day=page.day, topics=topics,
                         receipts=Receipts(points, pages.digest.shown))


def corrections_page(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the page of editors' notes, if there are any."""
    rows = [_Noted(note, topic, topic_url(topic.slug)) for topic in pages.telling.topics for note in topic.corrections]
    if rows:
        newest_first = sorted(rows, key=lambda row: (row.note.day, -row.note.line), reverse=True)
        yield pages.page("corrections", "corrections/index.md", rows=newest_first)


@dataclass(frozen=True, slots=True)
class _Noted:
    """An editor's note and the topic that it is on."""

    note: Correction
    topic: Topic
    url: str
