"""The pages that the gates look at: of each kind the largest."""

from conftest import Desk
from lxml import etree
from pagewise import BuiltPage, pages_of

__all__ = ["KINDS", "kind_of", "one_of_each"]

KINDS = {"front": "", "topic": "topics/*/", "source": "sources/*/", "archive": "archive/", "outlet": "outlets/*/"}
"""The five main kinds, by name."""


def kind_of(page: BuiltPage) -> str:
    """Return what pages of a kind have in common: the first word of their address in its tree, and its depth."""
    first, *others = page.place.split("/")
    return "/".join([first, *("*" if word else "" for word in others)])


def one_of_each(desk: Desk, lang: str) -> dict[str, str]:
    """Return the address of the largest page of each kind in a language's tree."""
    pages = [page for page in pages_of(desk) if page.lang == lang and not page.tree.xpath("//meta[@http-equiv='refresh']")]
    return {kind_of(page): page.address for page in sorted(pages, key=_size)}


def _size(page: BuiltPage) -> int:
    return len(etree.tostring(page.main))
