"""Hold the handbook against the program's own documents: each page has their words and elements, and nothing else is there."""

from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree, html

from digest.handbook import HANDBOOK, load_chapters

__all__ = ["check_chapter", "check_handbook", "drop_chapters", "is_chapter", "is_title"]


def is_chapter(element: etree._Element) -> bool:
    """Return whether an element is said to hold a chapter."""
    return str(element.get("class")) == "handbook"


def is_title(element: etree._Element, text: str, address: str) -> bool:
    """Return whether a text in an element is the title of the chapter at an address."""
    chapter = load_chapters().get(address)
    return chapter is not None and element.tag == "h1" and text == chapter.title


def check_handbook(main: etree._Element, place: str, address: str) -> Iterator[str]:
    """Yield whether a page within the handbook, in whatever tree, is not one chapter of it."""
    if place.startswith(HANDBOOK) and (address not in load_chapters() or sum(map(is_chapter, main.iter("div"))) != 1):
        yield "is no chapter of the handbook"


def drop_chapters(main: etree._Element) -> None:
    """Take out of a page what is said to be chapters of the handbook."""
    for found in [found for found in main.iter("div") if is_chapter(found)]:
        found.drop_tree()


def check_chapter(element: etree._Element, address: str) -> Iterator[str]:
    """Yield the first thing in which an element is not the chapter at an address."""
    chapter = load_chapters().get(address)
    due = _pieces(html.fragment_fromstring(chapter.html)) if chapter else iter(())
    for found, said in zip_longest(_pieces(element), due, fillvalue="nothing"):
        if found != said:
            yield f"“{found[:80]}” is not what the handbook says here: {said[:80]}"
            return


def _pieces(element: etree._Element) -> Iterator[str]:
    """Yield all that an element holds, in order: where elements begin and end, and the words between, blanks folded."""
    yield f"<{element.tag}{''.join(f' {name}={value!r}' for name, value in sorted(element.items()))}>"
    yield from _words(element.text)
    for child in element:
        yield from _pieces(child)
        yield from _words(child.tail)
    yield f"</{element.tag}>"


def _words(text: str | None) -> Iterator[str]:
    if folded := " ".join((text or "").split()):
        yield folded
