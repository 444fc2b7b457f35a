"""What stands beside a quotation: the links of its group, and those of the receipts that its buttons open."""

from collections.abc import Iterator

from lxml import etree

__all__ = ["links_beside"]

_TOGETHER = {"div", "section", "li", "blockquote", "main", "article"}


def links_beside(element: etree._Element) -> Iterator[str]:
    """Yield the links in the nearest group that holds a quotation and any link at all."""
    for ancestor in element.iterancestors(*_TOGETHER):
        links = [link for place in (ancestor, *_opened(ancestor)) for found in place.iter("a") if (link := found.get("href"))]
        if links:
            yield from links
            return


def _opened(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the receipts that the buttons within an element open."""
    named = {target for button in element.iter("button") if (target := button.get("popovertarget"))}
    if named:
        yield from (found for found in element.getroottree().iterfind(".//*[@popover]") if found.get("id") in named)
