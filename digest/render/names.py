"""The pages of names."""

from collections.abc import Iterator
from dataclasses import replace

from digest.models import KeyPoint
from digest.render.head import describe_first
from digest.render.name_page import name_row
from digest.render.sources import source_urls
from digest.render.tree import Tree

__all__ = ["name_pages"]


def name_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the pages of names and their list, if there are any."""
    cited = source_urls(pages.digest)
    rows = [name_row(replace(listed, topics=tuple(map(pages.local, listed.topics))), pages.digest.cited) for listed in pages.digest.names]
    for row in rows:
        named = [KeyPoint((place.sentence,)) for of in row.topics for place in of.places if place.sentence]
        yield pages.page("name", f"names/{row.slug}.md", described=describe_first(pages.marker(row.url), named), row=row, cited=cited)
    if rows:
        yield pages.page("names", "names/index.md", rows=sorted(rows, key=lambda row: row.slug),
                         hidden=pages.digest.names_hidden)
    for slug in pages.digest.nameless:
        yield pages.page("moved", f"names/{slug}.md", target=None, why="gone_name", notices=())
