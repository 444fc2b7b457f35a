"""The data that stand beside the pages."""

from collections.abc import Iterator

from digest.catalog import load_catalog
from digest.data import edition_data, format_json, manifest_data, topic_data
from digest.limits import tell_limit
from digest.manifest import MANIFEST
from digest.pipeline import Digest
from digest.render.topics import findings_of, limits_of
from digest.render.tree import Shown, Tree
from digest.tables import table_file, table_of, tables_in

__all__ = ["index_file", "manifest_file", "topic_files"]


def index_file(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the index of a tree."""
    digest, settings = pages.digest, pages.digest.settings
    day = digest.edition.day.isoformat() if digest.edition.day else None
    days = sorted(page.day.isoformat() for page in digest.days)
    rows = [(of.topic, of.telling, tables_in(findings_of(digest, of))) for of in map(pages.shown, pages.telling.topics)]
    index = edition_data(settings.title, settings.languages, pages.telling.lang, day, rows, days, digest.names)
    yield f"{pages.prefix}data/index.json", format_json(index)


def topic_files(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the data of each topic of a tree, as JSON and in tables."""
    digest = pages.digest
    articles = {article.id: article for article in digest.articles}
    for of in map(pages.shown, pages.telling.topics):
        slug, data = of.topic.slug, _topic_data(of, digest)
        yield f"{pages.prefix}data/topics/{slug}.json", format_json(data)
        yield from ((f"{pages.prefix}data/{table_file(slug, kind)}", table_of(kind, data, articles))
                    for kind in tables_in(findings_of(digest, of)))


def manifest_file(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the manifest with the texts that the site is made from; its files are added when they are built."""
    yield MANIFEST, format_json(manifest_data(pages.digest.articles))


def _topic_data(shown: Shown, digest: Digest) -> dict[str, object]:
    findings, catalog = findings_of(digest, shown), load_catalog(shown.telling.lang)
    told = [tell_limit(limit.key, limit.listed, limit.n, catalog) for limit in limits_of(shown, digest)]
    return topic_data(shown.topic, shown.telling, catalog.lang, told, findings, digest.notices.get(shown.topic.slug, ()),
                      editors=digest.settings.language)
