"""Make built pages smaller without changing what a browser makes of them."""

import re
from html import unescape

from digest.marks import FROM, MARKS, NAMES, MarkNames

__all__ = ["shorten_marks", "tidy_page"]

_KEPT = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(rf'<(a|button|span)((?: (?!data-|lang=|dir=)[a-z-]+="[^"<>]*")*)><span( {FROM}="[^"<>]*"(?: lang="[^"<>]*")?)>'
                    r"([^<>]*)</span></\1>")
"""A field that is all there is in a link, a button or a span, and runs with the text around it."""
_BLANK = re.compile(r"[ \t\r\f]*\n\s*|[ \t\r\f]{2,}")
_TAG = re.compile(r"<[a-z][^<>]*>")
_MARK = re.compile(rf'( (?:{"|".join(MARKS)})=")([^"]*)(?=")')
_MAIN = re.compile(r"(<main\b)(.*?)(?=</main>)", re.DOTALL)
_REFERENCE = re.compile(r"&#(\d+);")
_PLAIN = frozenset("-./:,;#@%_?!~+")
"""What texts and addresses are full of, and what begins and ends nothing in HTML; all other signs keep their reference."""


def tidy_page(page: str) -> str:
    """Return a page with the plainest of its signs written as such, and without indentation, empty lines and needless elements.

    In Markdown every sign is written as a numeric reference, so that no Markdown is found in it; a browser needs that of few. Elements
    in which blanks count stay as they are.
    """
    pieces = _KEPT.split(page)
    return "".join(_tidy(piece) if number % 3 == 0 else piece for number, piece in enumerate(pieces) if number % 3 != 2)


def shorten_marks(page: str) -> str:
    """Return a tidy page with the long names in its marks told once, at its `<main>`; one that has them so stays as it is."""
    return page if NAMES in page else _MAIN.sub(_shorten, page)


def _shorten(found: re.Match[str]) -> str:
    names = MarkNames.of(unescape(mark) for tag in _TAG.findall(found[2]) for _, mark in _MARK.findall(tag))
    inner = _TAG.sub(lambda tag: _MARK.sub(lambda mark: mark[1] + names.shorten(mark[2]), tag[0]), found[2])
    return f'{found[1]} {NAMES}="{names}"{inner}' if names.names else found[0]


def _tidy(markup: str) -> str:
    written = _FIELD.sub(r"<\1\2\3>\4</\1>", _REFERENCE.sub(_plain, markup))
    return _BLANK.sub(lambda found: "\n" if "\n" in found[0] else " ", written)


def _plain(found: re.Match[str]) -> str:
    sign = chr(int(found[1])) if len(found[1]) < 4 else ""
    return sign if sign in _PLAIN else found[0]
