"""The archive: what each edition said, by day, month and year; and the editors' notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from digest.archive import DayPage
from digest.marks import archive_url, topic_url
from digest.models import Correction, Topic
from digest.render.charts import chart_topics
from digest.render.head import describe_first
from digest.render.receipts import Receipts
from digest.render.tree import Tree

__all__ = ["Period", "archive_pages", "corrections_page", "day_page"]


@dataclass(frozen=True, slots=True)
class Period:
    """The editions of a month or a year."""

    name: str
    """`2021-02` or `2021`."""
    days: tuple[DayPage, ...]
    """Newest first."""


def archive_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the archive, its years and months."""
    days = [_local(page, pages) for page in sorted(pages.digest.days, key=lambda page: page.day, reverse=True)]
    years, months = (_periods(days, length) for length in (4, 7))
    corrected = any(topic.corrections for topic in pages.topics)
    charts = chart_topics(pages.topics, ["", *(period.name for period in (*years, *months))])
    yield pages.page("archive", "archive/index.md", years=years, months=months, names=pages.digest.names, corrections=corrected,
                     chart=charts[""])
    for periods in (years, months):
        for period, beside in zip(periods, _beside([period.name for period in periods]), strict=True):
            within = [month for month in months if month.name != period.name and month.name.startswith(period.name)]
            yield pages.page("period", f"{archive_url(period.name)}index.md", period=period, months=within, beside=beside,
                             chart=charts[period.name])


def day_page(pages: Tree) -> tuple[str, str]:
    """Return the page of the edition that a digest of one edition is of."""
    days = pages.digest.days
    at = next(at for at, page in enumerate(days) if page.day == pages.digest.edition.day)
    page, beside = _local(days[at], pages), _beside([page.day.isoformat() for page in days])[at]
    points = [point for topic in (*page.fresh, *page.anew) for point in topic.points]
    fallen, url = pages.falls(points), archive_url(page.day.isoformat())
    described = describe_first(pages.marker(url, fallen=fallen), [p for p in points if not p.citations[0].article.former])
    return pages.page("day", f"{url.rstrip('/')}.md", described=described, fallen=fallen, page=page,
                      beside=beside, receipts=Receipts(points, pages.digest.shown))


def _local(page: DayPage, pages: Tree) -> DayPage:
    """Return what an edition said, its topics as they are told in a tree now."""
    return replace(page, topics=tuple(replace(topic, topic=pages.local(topic.topic) if topic.topic else None) for topic in page.topics))


def _periods(days: Sequence[DayPage], length: int) -> list[Period]:
    """Return the periods of editions, newest first: years, whose names have 4 characters, or months, which have 7."""
    return [Period(name, tuple(found)) for name, found in groupby(days, key=lambda page: page.day.isoformat()[:length])]


def _beside(names: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Return, for each of some days or periods, newest first, the one before it in time and the one after it."""
    return list(zip([*names[1:], None], [None, *names[:-1]], strict=True)) if names else []


def corrections_page(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the page of editors' notes, if there are any."""
    rows = [_Noted(note, topic, topic_url(topic.slug)) for topic in pages.topics for note in topic.corrections]
    if rows:
        newest_first = sorted(rows, key=lambda row: (row.note.day, -row.note.line), reverse=True)
        yield pages.page("corrections", "corrections/index.md", rows=newest_first)


@dataclass(frozen=True, slots=True)
class _Noted:
    """An editor's note and the topic that it is on."""

    note: Correction
    topic: Topic
    url: str
