"""What stands beside a quotation: the links of its group, and those of the receipts that its buttons open."""

from collections.abc import Iterator, Mapping

from lxml import etree

__all__ = ["links_beside", "receipts_of"]

_TOGETHER = {"div", "section", "li", "blockquote", "main", "article"}


def receipts_of(main: etree._Element) -> dict[str, etree._Element]:
    """Return the receipts of a page, by their ids."""
    return {str(found.get("id")): found for found in main.iterfind(".//*[@popover]")}


def links_beside(element: etree._Element, receipts: Mapping[str, etree._Element]) -> Iterator[str]:
    """Yield the links in the nearest group that holds a quotation and any link at all."""
    for ancestor in element.iterancestors(*_TOGETHER):
        opened = (receipts[target] for button in ancestor.iter("button") if (target := button.get("popovertarget", "")) in receipts)
        links = [link for place in (ancestor, *opened) for found in place.iter("a") if (link := found.get("href"))]
        if links:
            yield from links
            return
