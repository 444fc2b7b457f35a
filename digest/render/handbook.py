"""The pages of the handbook, which says the same in every digest."""

from collections.abc import Iterator

from markupsafe import Markup

from digest.handbook import load_chapters
from digest.render.tree import Tree
from digest.words import base_language

__all__ = ["handbook_pages"]


def handbook_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield a page a chapter."""
    told = base_language(pages.telling.lang) == "en"
    for address, chapter in load_chapters().items():
        html = Markup(chapter.html)  # noqa: S704 - made of the program's own documents
        yield pages.page("handbook", f"{address}index.md", told=told, title=chapter.title, html=html)
