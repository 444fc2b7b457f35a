"""Read the XML of feeds and lists of outlets, of which nothing is trusted, as rows that can be held against those that are due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from lxml import etree

__all__ = ["ATOM_SPACE", "LANG", "Row", "read_rows", "wrong_row"]

ATOM_SPACE = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Row:
    """An element."""

    path: str
    """The names of what holds it and its own: `feed/entry/id`."""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join([self.path.rpartition("/")[2], *self.attributes.values(), f"“{self.text}”"])[:120]


def read_rows(path: Path, space: str = "") -> list[Row]:
    """Return the elements of a file in their order, all of one namespace.

    Raises:
        ValueError: there is anything else in it, or it is no XML.
    """
    try:
        tree = etree.fromstring(path.read_bytes(), _PARSER).getroottree()
    except etree.XMLSyntaxError as error:
        raise ValueError(f"is no XML ({error})") from error
    root = tree.getroot()
    if tree.docinfo.internalDTD is not None or [*root.itersiblings(), *root.itersiblings(preceding=True)]:
        raise ValueError("has more than its elements")
    if strays := [*root.iter(etree.Comment, etree.PI, etree.Entity)]:
        raise ValueError(f"has a comment, instruction or entity “{(strays[0].text or '')[:80]}”")
    return [_row(element, space) for element in root.iter()]


def _row(element: etree._Element, space: str) -> Row:
    name = etree.QName(element)
    if (name.namespace or "") != space:
        raise ValueError(f"has the element {name.text[:80]}")
    text, beside = element.text or "", element.tail or ""
    if beside.strip() or (len(element) and text.strip()):
        raise ValueError(f"has words beside its elements: “{' '.join((text + beside).split())[:80]}”")
    holders = [etree.QName(holder).localname for holder in element.iterancestors()]
    path = "/".join([*reversed(holders), name.localname])
    return Row(path, "" if len(element) else text, {str(key): str(value) for key, value in element.attrib.items()})


def wrong_row(found: Sequence[Row], due: Sequence[Row]) -> str | None:
    """Return what is wrong with the first row that is not due; None where all are."""
    for one, other in zip_longest(found, due):
        if one != other:
            return f"says {one}, where {other} is due" if one and other else f"says {one}, which is not due" if one else f"lacks {other}"
    return None
