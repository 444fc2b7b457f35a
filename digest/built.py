"""Read a built page: its elements, with their marks as they were written before the page was tidied."""

from collections.abc import Iterator

from lxml import etree, html

from digest.marks import MARKS, NAMES, MarkNames

__all__ = ["find_titles", "read_page"]

_TITLES = etree.XPath(".//h1/preceding-sibling::p[@class='kicker'] | .//h1")
_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)


def read_page(page: bytes) -> etree._Element:
    """Return the elements of a page, with whole marks.

    Its list of names goes where it is the very one of its marks; any other stays, and is an attribute that no page has.

    Raises:
        LxmlError: it is no HTML.
    """
    tree = html.document_fromstring(page, parser=_PARSER)
    for main in tree.findall(f".//main[@{NAMES}]"):
        told = main.get(NAMES, "")
        names = MarkNames(tuple(told.split()))
        marks = [_lengthen(element, kind, names) for element in main.iter(etree.Element) for kind in MARKS if kind in element.attrib]
        if told and told == str(MarkNames.of(marks)):
            del main.attrib[NAMES]
    return tree


def find_titles(main: etree._Element) -> Iterator[etree._Element]:
    """Yield what bears the title of a page: of a topic that an event's headline heads, what stands above it; then its headings."""
    return iter(_TITLES(main))


def _lengthen(element: etree._Element, kind: str, names: MarkNames) -> str:
    """Write a whole mark in the place of a short one, and return it."""
    mark = names.lengthen(element.get(kind, ""))
    element.set(kind, mark)
    return mark
