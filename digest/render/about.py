"""How the digest is made: its method, its figures, what it left out."""

from collections.abc import Iterator

from digest.feeds import outline_rows
from digest.handbook import HANDBOOK, load_chapters
from digest.lists import load_lists
from digest.render.fed import has_feeds
from digest.render.tree import Tree
from digest.settings import setting_values

__all__ = ["method_page"]


def method_page(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the page of the method."""
    digest = pages.digest
    topics = digest.edition.topics
    counted = {"topics": len(topics), "stories": sum(len(t.stories) for t in topics), "texts": sum(len(t.texts) for t in topics),
               "articles": len(digest.articles)}
    left_out = [{"number": str(number), "file": row.path.name, "reason": row.reason} for number, row in enumerate(digest.edition.left_out)]
    yield pages.page("method", "about/method.md", counted=counted, left_out=left_out, values=setting_values(digest.settings),
                     figures=load_lists("figures").items(), made=pages.telling.makers(), fed=bool(pages.base),
                     outlined=bool(outline_rows(digest.settings)), read=has_feeds(pages), handbook=HANDBOOK if load_chapters() else None)
