"""The data that stand beside the pages."""

from collections.abc import Iterator

from digest.catalog import load_catalog
from digest.data import edition_data, format_json, topic_data
from digest.limits import tell_limit
from digest.pipeline import Digest
from digest.render.topics import findings_of, limits_of
from digest.render.tree import Shown, Tree

__all__ = ["data_files"]


def data_files(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the index of a tree and the data of each of its topics."""
    digest, settings = pages.digest, pages.digest.settings
    day = digest.edition.day.isoformat() if digest.edition.day else None
    days = sorted(page.day.isoformat() for page in digest.days)
    shown = [pages.shown(topic) for topic in pages.telling.topics]
    rows = [(of.topic, of.telling) for of in shown]
    index = edition_data(settings.title, settings.languages, pages.telling.lang, day, rows, days, digest.names)
    yield f"{pages.prefix}data/index.json", format_json(index)
    for of in shown:
        yield f"{pages.prefix}data/topics/{of.topic.slug}.json", format_json(_topic_data(of, digest))


def _topic_data(shown: Shown, digest: Digest) -> dict[str, object]:
    findings, catalog = findings_of(digest, shown.topic), load_catalog(shown.telling.lang)
    told = [tell_limit(limit.key, limit.listed, limit.n, catalog) for limit in limits_of(shown, digest)]
    return topic_data(shown.topic, shown.telling, catalog.lang, told, findings, digest.notices.get(shown.topic.slug, ()),
                      editors=digest.settings.language)
