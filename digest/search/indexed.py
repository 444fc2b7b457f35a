"""What the search knows of a page, and the two shapes that it has: the HTML that Pagefind reads, and the fragment that it makes of that.

Pagefind keeps, beside the text of a page, the `id` of each element and the number of the word before which it stands. So an empty
element before each sentence carries what a reader is told with it, its parts percent-encoded and joined by `!`.
"""

import html
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from digest.search.spacing import spaced, unspaced

__all__ = ["SIGNATURE", "Indexed", "Line", "fragment_of", "page_html", "read_fragment"]

_LONGEST = 8_000_000
"""Bytes of a fragment, at most."""
_WEIGHT = 3
"""How much more the words of a topic's page count than those of a source: readers find topics first."""
SIGNATURE = b"pagefind_dcd"
"""Opens every compressed file of Pagefind."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that can be found, as a page shows it."""

    text: str
    place: str
    """The anchor on the page that a reader is led to; none: the page itself."""
    outlet: str
    """The name of the outlet, or the word for an unknown one; nothing where the words are no outlet's."""
    day: str
    """When it was published, in the language of the page."""
    lang: str
    how: str = ""
    """Who translated it, as the page says; nothing for a quotation."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A page that can be found."""

    address: str
    """From the site's root."""
    kind: str
    """`topic`, `source`, `outlet`, `name` or `page`."""
    title: str
    lang: str
    """That of the title."""
    lines: tuple[Line, ...]
    how: str = ""
    """Who translated the title, as the page says."""


def page_html(page: Indexed, lang: str) -> str:
    """Return a page as Pagefind is to read it, in the language whose stems its words get."""
    head = _mark(page.kind, page.lang, page.how)
    lines = (_mark(line.place, line.outlet, line.day, line.lang, line.how) + html.escape(spaced(line.text)) for line in page.lines)
    return (f'<!doctype html><html lang="{lang}"><body><h1 data-pagefind-ignore>{html.escape(spaced(page.title))}</h1>'
            f'<span data-pagefind-weight="{_WEIGHT if page.kind == "topic" else 1}">{head}{" ".join(lines)}</span></body></html>')


def _mark(*parts: str) -> str:
    return f'<b id="{"!".join(quote(part, safe="") for part in parts)}"></b>'


def read_fragment(packed: bytes) -> Indexed:
    """Return the page of which a fragment of Pagefind's tells.

    Raises:
        ValueError: it is no fragment of a page of ours.
    """
    found = fragment_of(packed)
    try:
        head, *marks = [(mark["location"], [unquote(part) for part in mark["id"].split("!")]) for mark in found["anchors"]]
        words, title = found["content"].split(" "), found["meta"]["title"]
        (_, (kind, lang, how)) = head
        return Indexed(found["url"], kind, unspaced(title), lang, tuple(_lines(marks, words)), how)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"lacks a part ({error})") from error


def fragment_of(packed: bytes) -> dict[str, Any]:
    """Return what a fragment of Pagefind's holds.

    Raises:
        ValueError: it is none.
    """
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(packed, _LONGEST)
        if not (plain.startswith(SIGNATURE) and unpacking.eof and not unpacking.unused_data):
            raise ValueError("is no compressed file of Pagefind's")
        found = json.loads(plain.removeprefix(SIGNATURE))
    except (zlib.error, RecursionError) as error:
        raise ValueError(f"cannot be read ({error})") from error
    if not isinstance(found, dict):
        raise ValueError("holds no page")  # noqa: TRY004 - it is the file that is wrong
    return found


def _lines(marks: Sequence[tuple[int, list[str]]], words: Sequence[str]) -> Iterator[Line]:
    ends = [*(start for start, _ in marks[1:]), len(words)]
    for (start, (place, outlet, day, lang, how)), end in zip(marks, ends, strict=True):
        yield Line(unspaced(" ".join(words[start:end])), place, outlet, day, lang, how)
