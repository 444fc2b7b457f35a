"""Read a built page: its elements, with their marks as they were written before the page was tidied."""

from lxml import etree, html

from digest.marks import MARKS, NAMES, MarkNames

__all__ = ["read_page"]

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


def _lengthen(element: etree._Element, kind: str, names: MarkNames) -> str:
    """Write a whole mark in the place of a short one, and return it."""
    mark = names.lengthen(element.get(kind, ""))
    element.set(kind, mark)
    return mark
